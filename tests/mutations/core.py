"""The promises of the rest of the core: what staff do, masking, understanding."""

from __future__ import annotations

from tests.mutations.mutation import Mutation, of_file

_INQUIRIES = of_file(
    "bot/core/tickets/inquiries.py",
    "tests/core/tickets/test_inquiries.py",
    (
        "versions: the second of two answers is stale",
        "version not in (None, inquiry.version)",
        "version in ()",
    ),
    (
        "versions: what is closed is not answered again",
        "inquiry.closed_at is not None or",
        "inquiry.closed_at is inquiry.asked_at or",
    ),
    ("roles: only staff answer", "STAFF & actor.roles", "STAFF | actor.roles"),
    (
        "retention: a question that lapsed is gone",
        'question="", closed_at=now',
        "closed_at=now",
    ),
)
_STAFF = of_file(
    "bot/core/tickets/staff_decision.py",
    "tests/core/tickets/test_staff_decision.py",
    (
        "staff's notes reach nobody but through a form meant for the customer",
        "if text and action in _WITH_WORDS:",
        "if text:",
    ),
    (
        "letters go only to an address that was proved",
        "after.person if after.address_is_proved else",
        "after.person if after.person.email else",
    ),
    (
        "quotations: a refusal quotes the way to complain",
        '_COMPLAINT = "topic.complaint"',
        '_COMPLAINT = "topic.complaints"',
    ),
)

_MASKING = of_file(
    "bot/core/masking.py",
    "tests/core/test_masking.py",
    (
        "masking: codes of every century",
        "[-+YXWVUA-Fyxwvua-f]",
        "[-+A-Fa-f]",
    ),
    ("masking: codes in small letters", "code = text.upper()", "code = text"),
    ("masking: temporary codes", "allow_temporary=True", "allow_temporary=False"),
    ("masking: codes of those born today", "<= (today.year", "< (today.year"),
    (
        "masking: identity codes",
        'return "******-****"',
        "return match.group()",
    ),
    ("masking: cards of 13 to 19 digits", "{12,18}", "{15}"),
    ("masking: cards", 'return "**** **** ****"', "return match.group()"),
    ("masking: what was masked is told", "found.add(Masked.IDENTITY_CODE)", "found.clear()"),
)
_SANITISE = of_file(
    "bot/core/sanitise.py",
    "tests/core/test_sanitise.py",
    (
        "masking: what staff write",
        "text=clean(command.text),",
        "text=command.text,",
    ),
    (
        "masking: the name in a form",
        "name=clean(event.name),",
        "name=strip_invisible(event.name),",
    ),
    (
        "masking: the details in a form",
        "details=clean(event.details),",
        "details=strip_invisible(event.details),",
    ),
    (
        "masking: the address in a form",
        "email=clean(event.email),",
        "email=strip_invisible(event.email),",
    ),
    (
        "masking: what is asked in public",
        "case AskedInPublic():\n            return replace(event, text=clean(event.text))",
        "case AskedInPublic():\n            return event",
    ),
    (
        "masking: what staff answer",
        "case StaffAnswered():\n            return replace(event, text=clean(event.text))",
        "case StaffAnswered():\n            return event",
    ),
)
_UNDERSTANDING = (
    *of_file(
        "bot/core/understanding/recognisers/demands.py",
        "tests/core/understanding",
        (
            "requests: what must not be done is not asked for",
            "if right in _UNDONE_BY_NEGATION:",
            "if right not in _UNDONE_BY_NEGATION:",
        ),
        (
            "requests: nobody asks for somebody else",
            "return not _THIRD_PARTY.search(said)",
            "return True",
        ),
    ),
    *of_file(
        "bot/core/understanding/words/own_words.py",
        "tests/core/understanding",
        (
            "requests: what a mail quotes is not its wish",
            "{own_words(body) or body}",
            "{body}",
        ),
    ),
    *of_file(
        "bot/core/understanding/topics/several_rights.py",
        "tests/core/understanding",
        (
            "requests: every clause is judged by itself",
            "if intent and intent.right and asks_for_it(clause, intent.right):",
            "if intent and intent.right:",
        ),
    ),
)

CORE: tuple[Mutation, ...] = (*_INQUIRIES, *_STAFF, *_MASKING, *_SANITISE, *_UNDERSTANDING)
