"""What whole histories show: each line is broken, and the machine that makes them must find it.

It plays 20,000 events, and ends with the first that breaks a claim: often one of the first few.
"""

from __future__ import annotations

from tests.mutations.mutation import Mutation, of_file

_MACHINE = "tests/attacks/test_hostile_histories.py -m long -k 0]"
_TICKETS = (
    *of_file(
        "bot/core/tickets/transitions.py",
        _MACHINE,
        (
            "histories: evidence verifies only when the policy is met",
            "proof = identity.suffices(seen.evidence, seen.contacts, seen.right, rules.policy)",
            "proof = evidence",
        ),
        (
            "histories: only who may act acts",
            "if not rule.roles & actor.roles:",
            "if not rule.roles | actor.roles:",
        ),
        ("histories: of two presses the second is stale", "return Denial.STALE", "pass"),
        (
            "histories: what was withdrawn needs its person again",
            "ticket = replace(ticket, verified=None, evidence=(), authority=())",
            "ticket = replace(ticket)",
        ),
    ),
    *of_file(
        "bot/core/tickets/conditions.py",
        _MACHINE,
        (
            "histories: four eyes",
            "case Action.CONFIRM if _vouched(ticket, actor)",
            "case Action.CONFIRM if False",
        ),
        (
            "histories: staff cannot give the customer's code",
            "vouches != (Role.AGENT in actor.roles)",
            "vouches > (Role.AGENT in actor.roles)",
        ),
    ),
    *of_file(
        "bot/core/tickets/identity.py",
        _MACHINE,
        (
            "histories: one's own number proves no request in another's name",
            "whole = settled.issuperset(claimed)",
            "whole = True",
        ),
        (
            "histories: no code past its life is accepted",
            "if not is_alive(sent, rules, now):",
            "if not is_alive(sent, rules, sent.sent_at):",
        ),
        ("histories: each try counts", "tries=sent.tries + 1", "tries=sent.tries"),
    ),
    *of_file(
        "bot/core/tickets/inquiries.py",
        _MACHINE,
        ("histories: only staff answer", "STAFF & actor.roles", "STAFF | actor.roles"),
    ),
)
_CONVERSATIONS = (
    *of_file(
        "bot/core/conversation/verification.py",
        _MACHINE,
        (
            "histories: a code proves the address that it went to",
            "if ticket.person.email in proved and",
            "if ticket.person.email and",
        ),
        (
            "histories: on file is what the register holds",
            "on_file=contact in world.on_file",
            "on_file=bool(contact)",
        ),
        (
            "histories: codes of one person are few",
            "by_person=[at for ticket in world.tickets for at in ticket.codes_sent]",
            "by_person=[]",
        ),
    ),
    *of_file(
        "bot/core/conversation/request_flow.py",
        _MACHINE,
        (
            "histories: a ticket takes the place of no other",
            "        id=world.new.id,",
            "        id=request.right,",
        ),
    ),
)

HISTORIES: tuple[Mutation, ...] = (*_TICKETS, *_CONVERSATIONS)
