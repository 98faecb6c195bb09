"""The promises that a conversation keeps: quotations, codes, the person's own yes."""

from __future__ import annotations

from tests.mutations.mutation import Mutation, of_file

_ANSWERS = of_file(
    "bot/core/conversation/answers.py",
    "tests/core/conversation/test_answers.py",
    (
        "quotations: at most three",
        "(best or intent.passages)[:MOST_QUOTED]",
        "(best or intent.passages)[:]",
    ),
    (
        "quotations: at most about 900 characters",
        "characters > MOST_CHARACTERS",
        "characters > 2 * MOST_CHARACTERS",
    ),
    (
        "quotations: the original is that of the passages",
        "Quote(passage=p, original=True)",
        "Quote(passage=p)",
    ),
)
_VERIFICATION = of_file(
    "bot/core/conversation/verification.py",
    "tests/core/conversation/test_verification.py",
    (
        "limits: codes of one person, wherever to",
        "by_person=[at for ticket in world.tickets for at in ticket.codes_sent]",
        "by_person=[]",
    ),
    (
        "limits: proof of another address does not count",
        "if piece.contact == contacts.email(email)",
        "if piece.contact",
    ),
    (
        "limits: every code that was sent counts",
        "sent_at = (*ticket.codes_sent, world.now)",
        "sent_at = ticket.codes_sent",
    ),
    (
        "identity: a code proves the address that it went to",
        "if ticket.person.email in proved and",
        "if ticket.person.email and",
    ),
    (
        "identity: only what the register holds is on file",
        "on_file=contact in world.on_file",
        "on_file=bool(contact)",
    ),
    (
        "identity: the workspace vouches for its own address only",
        "if email and email == world.vouched:",
        "if email and world.vouched:",
    ),
    (
        "identity: whether a number is on file is not told",
        "shown = ticket.address_is_proved or ticket.is_attested",
        "shown = ticket.verified",
    ),
    (
        "limits: a wrong code is counted",
        "return verdict, replace(ticket, challenge=tried)",
        "return verdict, ticket",
    ),
)
_FIELDS = of_file(
    "bot/core/conversation/request_fields.py",
    "tests/core/conversation/test_request_fields.py",
    (
        "masking: what is left of an address is nobody's mailbox",
        "return None if masking.HIDDEN in word else canonical_address(word)",
        "return canonical_address(word)",
    ),
)
_REPLIES = of_file(
    "bot/core/understanding/replies/safeguards.py",
    "tests/core/understanding/replies/test_safeguards.py",
    (
        "requests: a yes that is taken back is no yes",
        "return not (_refuses(said, language) or",
        "return not (",
    ),
    (
        "requests: a yes with a condition is no yes",
        "or _limits(said, language) or _asks(said))",
        "or _asks(said))",
    ),
    (
        "requests: a question is no yes",
        "or _limits(said, language) or _asks(said))",
        "or _limits(said, language))",
    ),
)
_DECISIONS = of_file(
    "bot/core/conversation/decisions.py",
    "tests/core/conversation",
    (
        "requests: only an optional field is left out",
        "case Filling() as filling, Skip() if filling.may_be_left_out:",
        "case Filling() as filling, Skip():",
    ),
    (
        "requests: a request begins with the person's yes",
        "case _, Yes():",
        "case _, (Yes() | No()):",
    ),
)

CONVERSATION: tuple[Mutation, ...] = (
    *_ANSWERS,
    *_VERIFICATION,
    *_FIELDS,
    *_REPLIES,
    *_DECISIONS,
)
