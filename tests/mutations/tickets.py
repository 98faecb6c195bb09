"""The promises that tickets keep: identity, four eyes, versions, roles, deadlines."""

from __future__ import annotations

from tests.mutations.mutation import Mutation, of_file

_TICKET = of_file(
    "bot/core/tickets/ticket.py",
    "tests/core/tickets",
    (
        "identity: a state that needs it cannot exist without it",
        "self.state in NEEDS_IDENTITY and self.verified is None",
        "self.state in ENDED and self.verified is None",
    ),
    (
        "identity: a confirmed ticket needs it",
        "frozenset({State.AWAITING_CONFIRMATION, State.CONFIRMED, State.FULFILLED})",
        "frozenset({State.AWAITING_CONFIRMATION, State.FULFILLED})",
    ),
    (
        "identity: what verifies is among the evidence",
        "self.verified is not None and self.verified not in self.evidence",
        "self.verified is not None and not self.evidence and not self.verified",
    ),
)
_TRANSITIONS = of_file(
    "bot/core/tickets/transitions.py",
    "tests/core/tickets",
    (
        "identity: no step from awaiting identity to confirmed",
        "(State.AWAITING_CONFIRMATION, Action.CONFIRM): Rule(",
        "(State.AWAITING_IDENTITY, Action.CONFIRM): Rule(",
    ),
    (
        "identity: evidence verifies only when the policy is met",
        "proof = identity.suffices(seen.evidence, seen.contacts, seen.right, rules.policy)",
        "proof = evidence",
    ),
    (
        "identity: the policy is that of the ticket's own right",
        "seen.contacts, seen.right, rules.policy)",
        "seen.contacts, Right.MARKETING_OBJECTION, rules.policy)",
    ),
    (
        "identity: a reopened ticket is verified only if it had been",
        "state = target if verified else State.AWAITING_IDENTITY",
        "state = State.AWAITING_IDENTITY if ticket.evidence else target",
    ),
    (
        "identity: what the person withdrew needs the person again",
        "ticket = replace(ticket, verified=None, evidence=(), authority=())",
        "ticket = replace(ticket)",
    ),
    ("versions: the second of two clicks is stale", "return Denial.STALE", "pass"),
    (
        "versions: every change counts one up",
        "version=ticket.version + 1",
        "version=ticket.version",
    ),
    (
        "roles: only who may act acts",
        "if not rule.roles & actor.roles:",
        "if not rule.roles | actor.roles:",
    ),
    (
        "roles: approvers confirm",
        "(State.AWAITING_CONFIRMATION, Action.CONFIRM): Rule(State.CONFIRMED, APPROVER)",
        "(State.AWAITING_CONFIRMATION, Action.CONFIRM): Rule(State.CONFIRMED, STAFF)",
    ),
    ("roles: approvers refuse", "Rule(State.REFUSED, APPROVER)", "Rule(State.REFUSED, STAFF)"),
    (
        "roles: approvers fulfil",
        "Rule(State.FULFILLED, APPROVER)",
        "Rule(State.FULFILLED, STAFF)",
    ),
    (
        "roles: approvers reopen",
        "Rule(State.AWAITING_CONFIRMATION, APPROVER) for state in ENDED",
        "Rule(State.AWAITING_CONFIRMATION, STAFF) for state in ENDED",
    ),
    (
        "roles: approvers extend",
        "(state, Action.EXTEND): Rule(state, APPROVER)",
        "(state, Action.EXTEND): Rule(state, STAFF)",
    ),
    (
        "deadlines: days on which the clock stood still add up",
        "still = clock.stood_still(today)",
        "still = (today - clock.suspended_on).days",
    ),
    (
        "audit: a record holds no words",
        '"due": str(after.clock.end(rules.today(now)).due)}',
        '"due": command.text + command.email}',
    ),
)
_COMMAND = of_file(
    "bot/core/tickets/command.py",
    "tests/core/tickets",
    (
        "deadlines: the clock stops on a legal ground only",
        "return Denial.GROUND_MISSING",
        "return None",
    ),
    (
        "forms: what is given and not read is refused",
        "if given - taken else None",
        "if not given else None",
    ),
)
_CONTACTS = of_file(
    "bot/core/contacts.py",
    "tests/core/test_contacts.py",
    (
        "identity: what several persons have on file speaks for none",
        "whose <= self._persons(other)",
        "whose & self._persons(other)",
    ),
)
_PERSON_CHANGES = of_file(
    "bot/core/tickets/person_changes.py",
    "tests/core/tickets tests/core/conversation/test_verification.py",
    (
        "identity: a code that went to another address ends",
        "person=person, challenge=None)",
        "person=person)",
    ),
    (
        "on behalf: another contact needs the authority anew",
        "state=target, authority=(), verified=None)",
        "state=target, verified=None)",
    ),
    (
        "identity: another address has to be proved itself",
        "state=target, authority=(), verified=None)",
        "state=target, authority=())",
    ),
)
_CHAT_COPY = of_file(
    "bot/core/tickets/chat_copy.py",
    "tests/core/tickets/test_chat_copy.py",
    (
        "identity: staff's word sends no file to an account",
        "if piece.by == THE_CUSTOMER.key)",
        "if piece.by)",
    ),
)
_CONDITIONS = of_file(
    "bot/core/tickets/conditions.py",
    "tests/core/tickets",
    (
        "identity: an address is not changed once something was shown of it",
        "case Action.CORRECT if ticket.address_is_proved or",
        "case Action.CORRECT if",
    ),
    (
        "forms: nothing is carried out while a recipient is left",
        "case Action.FULFIL if recipients.wanted(ticket, rules.recipients):",
        "case Action.FULFIL if recipients.wanted(ticket, ()):",
    ),
    (
        "identity: nobody vouches in another's name",
        "evidence.by != actor.key or vouches",
        "vouches",
    ),
    (
        "identity: staff cannot give the customer's code",
        "vouches != (Role.AGENT in actor.roles)",
        "vouches > (Role.AGENT in actor.roles)",
    ),
    (
        "identity: a customer cannot vouch",
        "vouches != (Role.AGENT in actor.roles)",
        "vouches < (Role.AGENT in actor.roles)",
    ),
    (
        "identity: a customer shows only contacts that the ticket names",
        "if vouches or evidence.contact in ticket.contacts else",
        "if vouches or evidence.contact else",
    ),
    (
        "identity: what an unknown number verified is not confirmed",
        "return Denial.IDENTITY_OPEN",
        "return None",
    ),
    (
        "four eyes: the one who vouched does not confirm",
        "case Action.CONFIRM if _vouched(ticket, actor)",
        "case Action.CONFIRM if False",
    ),
    (
        "four eyes: who vouched is known by the evidence",
        "return actor.key in by | {",
        "return actor.key not in by | {",
    ),
    (
        "four eyes: who attested the authority is one of those",
        "by | {shown.by for shown in ticket.authority}",
        "by",
    ),
    (
        "on behalf: nothing is confirmed without authority",
        "case Action.CONFIRM if ticket.on_behalf and not ticket.authority:",
        "case Action.CONFIRM if ticket.on_behalf and ticket.authority:",
    ),
    (
        "on behalf: what shows authority is what the organisation takes",
        "return None if enough else Denial.AUTHORITY_NOT_ENOUGH",
        "return None",
    ),
    (
        "four eyes: for the rights that the organisation names",
        "and ticket.right in rules.four_eyes",
        "and ticket.right not in rules.four_eyes",
    ),
    (
        "deadlines: extended once only",
        "return Denial.ALREADY_EXTENDED",
        "return None",
    ),
    (
        "deadlines: extended inside the first month only",
        "today > ticket.clock.first_end(today).due",
        "today > ticket.clock.first_end(today).due + (today - ticket.clock.received)",
    ),
    (
        "deadlines: no doubt on an identity that was verified",
        "(ground is Ground.IDENTITY_DOUBT and ticket.verified)",
        "(ground is Ground.IDENTITY_DOUBT and not ticket.version)",
    ),
    (
        "deadlines: the clock does not stop once it has run out",
        "today > ticket.clock.end(today).due",
        "today > ticket.clock.end(today).due + (today - ticket.clock.received)",
    ),
    (
        "limits: a request lapses only after staff were told",
        "return Denial.STAFF_NOT_TOLD",
        "pass",
    ),
    (
        "limits: a request of which something was shown does not lapse",
        "waited and not ticket.evidence",
        "waited",
    ),
    (
        "limits: a reopened request lapses no sooner than a new one",
        "(ticket.reopened_at or ticket.received_at)",
        "ticket.received_at",
    ),
)
_IDENTITY = of_file(
    "bot/core/tickets/identity.py",
    "tests/core/tickets/test_identity.py",
    (
        "identity: an address that is not on file proves control only",
        "if self.on_file else set()",
        "if self.by else set()",
    ),
    (
        "identity: no claimed contact is left in doubt",
        "whole = settled.issuperset(claimed)",
        "whole = True",
    ),
    (
        "identity: only a claimed contact counts",
        "(whole and piece.contact in claimed)",
        "whole",
    ),
    (
        "identity: evidence of nobody knows what proves nothing",
        "[piece for piece in evidence if piece.is_bound]",
        "list(evidence)",
    ),
    (
        "identity: control is enough for marketing alone",
        "if right is Right.MARKETING_OBJECTION else",
        "if right is not Right.ERASURE else",
    ),
    ("limits: a code lives 15 minutes", "timedelta(minutes=15)", "timedelta(minutes=16)"),
    ("limits: 5 tries a code", "tries: int = 5", "tries: int = 6"),
    ("limits: 3 codes an hour", "per_hour: int = 3", "per_hour: int = 4"),
    ("limits: each try counts", "tries=sent.tries + 1", "tries=sent.tries"),
    (
        "limits: a code past its life or its tries is not accepted",
        "if not is_alive(sent, rules, now):",
        "if not is_alive(sent, rules, sent.sent_at):",
    ),
    (
        "identity: codes are compared in constant time",
        "hmac.compare_digest(given, sent.digest)",
        "given == sent.digest",
    ),
    ("identity: a code is bound to its ticket", 'f"{ticket}:{code}"', 'f"{code}"'),
    (
        "sealing: a code is kept as a keyed digest only",
        "Challenge(digest=_digest(code, ticket, key), sent_at=now, earlier=earlier)",
        "Challenge(digest=code, sent_at=now, earlier=earlier)",
    ),
    (
        "identity: the code of an earlier letter is not accepted",
        "return CodeVerdict.SUPERSEDED, sent",
        "return CodeVerdict.RIGHT, sent",
    ),
)
_CODE_BUDGET = of_file(
    "bot/core/tickets/code_budget.py",
    "tests/core/tickets/test_code_budget.py",
    (
        "limits: an hour is an hour",
        "HOUR, DAY = timedelta(hours=1)",
        "HOUR, DAY = timedelta(hours=2)",
    ),
    ("limits: strangers alone share theirs", "if sent.is_strangers:", "if sent is not None:"),
    (
        "limits: who reads the mailbox is no stranger",
        "return self.proved_at is None and not self.reads",
        "return self.proved_at is None",
    ),
    ("limits: a pause ends with a right code", "or at > sent.proved_at", "or at"),
    ("limits: pauses grow", "min(beyond, len(rules.pauses) - 1)", "0"),
    ("limits: tags are one mailbox", 'local.partition("+")[0] or local', "local"),
    ("limits: dots are dropped where that is known", "_DROPS_DOTS.get(host)", "host"),
    ("limits: a disowned address has no codes", "if sent.disowned:", "if not sent:"),
)
_RULES = of_file(
    "bot/core/tickets/rules.py",
    "tests/core/tickets/test_rules.py",
    ("four eyes: erasure by default", "frozenset({Right.ERASURE})", "frozenset()"),
    (
        "deadlines: days are local",
        "now.astimezone(self.timezone).date()",
        "now.date()",
    ),
)
_CLOCK = of_file(
    "bot/core/tickets/clock.py",
    "tests/core/tickets/test_clock.py",
    (
        "deadlines: two further months",
        "3 if self.extended else 1",
        "4 if self.extended else 1",
    ),
    (
        "deadlines: an open suspension moves the end",
        "return self.still_days + max((today - self.suspended_on).days, 0)",
        "return self.still_days",
    ),
    (
        "deadlines: a date that is set back takes no day away",
        "max((today - self.suspended_on).days, 0)",
        "(today - self.suspended_on).days",
    ),
)
_DEADLINES = of_file(
    "bot/core/tickets/deadlines.py",
    "tests/core/tickets/test_deadlines.py",
    (
        "deadlines: a month ends on the same day or on the last",
        "min(day.day, last)",
        "min(day.day, 28)",
    ),
    (
        "deadlines: all days off in a row are passed",
        "while name := _day_off",
        "if name := _day_off",
    ),
    ("deadlines: no period ends on a Saturday", ">= calendar.SATURDAY", "> calendar.SATURDAY"),
    (
        "deadlines: days on which the clock stood still are added",
        " + timedelta(days=still_days)",
        "",
    ),
    (
        "deadlines: the day of receipt is not counted",
        "day.month - 1 + months",
        "day.month - 2 + months",
    ),
    (
        "deadlines: staff are reminded daily when overdue",
        "return left < 0 or left in",
        "return left in",
    ),
    ("deadlines: staff are reminded on the day before", "(14, 7, 3, 1)", "(14, 7, 3)"),
)
TICKETS: tuple[Mutation, ...] = (
    *_TICKET,
    *_TRANSITIONS,
    *_COMMAND,
    *_CONTACTS,
    *_PERSON_CHANGES,
    *_CHAT_COPY,
    *_CONDITIONS,
    *_IDENTITY,
    *_CODE_BUDGET,
    *_RULES,
    *_CLOCK,
    *_DEADLINES,
)
