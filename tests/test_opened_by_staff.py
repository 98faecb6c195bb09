"""A letter from the post, walked through: opened by staff, proved by its code, carried out.

Over HTTP and in the terminal, with the real database, and letters in a folder.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import default
from functools import partial

import pytest
from rich.console import Console

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, letters, take
from bot.channels.http.access import Access, Signer
from bot.channels.http.channel import PreviewedMessage, Taken, taken
from bot.channels.terminal import CHANNEL, Hands, Terminal
from bot.core import contacts
from bot.core.catalog import Language, Right
from bot.core.effects import Alarm, AlarmReason, ToStaff
from bot.core.envelopes import InboundEvent
from bot.core.tickets.register import Sought, sought_by
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import State, Ticket
from bot.errors import UsageError
from bot.storage.verify import verify
from tests.conftest import Clock

ACCESS = Access(secret="s" * 32, staff_secret="t" * 32)
LETTER = {
    "right": "access",
    "source": "letter",
    "received": "2026-11-02",
    "language": "sv",
    "name": "Liisa Lehto",
    "email": "Liisa@Example.com",
    "text": "Allt ni har om mig. 131052-308T",
}


def sent(app: Assistant, staff: str, action: str, **more: object) -> InboundEvent:
    event = asked(app, staff, action, **more)
    assert isinstance(event, InboundEvent)
    return event


def asked(app: Assistant, staff: str, action: str, **more: object) -> Taken:
    event = {"id": f"{staff} {action} {more}"[:150], "staff": staff, "action": action, **more}
    return taken(json.dumps(event).encode(), app.queries, ACCESS, Signer.STAFF)


def opened(app: Assistant, **more: str) -> Ticket:
    take(app, sent(app, "Sari", "open", **{**LETTER, **more}))
    return app.queries.tickets(ended=False)[-1]


def delivered(app: Assistant) -> list[ToStaff]:
    told: list[ToStaff] = []
    deliver(app, "test", lambda _say, _message: None, told.append)
    return told


def mailed(app: Assistant) -> Sequence[tuple[str, str]]:
    """Return to whom each letter went, and its text."""
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in letters(app)]
    bodies = [letter.get_body(("plain",)) for letter in found]
    return [
        (str(letter["To"]), body.get_content())
        for letter, body in zip(found, bodies, strict=True)
        if body
    ]


def code_in(text: str) -> str:
    [code] = re.findall(r"\b\d{8}\b", text)
    return str(code)


def test_a_letter_from_the_post_is_a_ticket_from_its_day_of_receipt(app: Assistant) -> None:
    ticket = opened(app)
    assert ticket.clock.received.isoformat() == "2026-11-02"
    assert (ticket.source, ticket.language) == (Source.LETTER, Language.SV)
    assert ticket.person.email == "liisa@example.com"
    assert "131052" not in ticket.opening
    assert ticket.state is State.AWAITING_IDENTITY
    delivered(app)
    [(to, text)] = mailed(app)
    assert to == "liisa@example.com"
    assert ticket.number in text
    assert "2.11.2026" in text
    assert "2.12.2026" in text


def test_the_code_of_the_letter_told_to_staff_verifies_whom_the_register_knows(
    app: Assistant,
) -> None:
    with app.store.transaction() as unit:
        unit.contacts.register([[contacts.email("liisa@example.com")]])
    number = opened(app).number
    delivered(app)
    code = code_in(mailed(app)[0][1])
    take(app, sent(app, "Sari", "tell_code", ticket=number, code="00000000"))
    [wrong] = app.queries.tickets(ended=False)
    assert wrong.challenge is not None
    assert (wrong.challenge.tries, wrong.evidence) == (1, ())
    take(app, sent(app, "Sari", "tell_code", ticket=number, code=f"{code[:4]} {code[4:]}"))
    [proved] = app.queries.tickets(ended=False)
    assert (proved.state, proved.address_is_proved) == (State.AWAITING_CONFIRMATION, True)
    take(app, sent(app, "Mika", "confirm", ticket=number))
    delivered(app)
    to, text = mailed(app)[-1]
    assert to == "liisa@example.com"
    assert "godkänts" in text  # in the language in which the person is answered
    with app.store.snapshot() as unit:
        assert verify(unit, app.store.keys, anchors=[], erased=frozenset()).faults == ()


def test_who_has_no_address_is_told_by_staff_who_are_reminded_of_it(app: Assistant) -> None:
    number = opened(app, email="", phone="040 123 4567").number
    take(app, sent(app, "Sari", "verify", ticket=number, method="call_back"))
    reasons = [told.trouble for told in delivered(app) if isinstance(told, Alarm)]
    assert reasons == [AlarmReason.UNREACHED]
    assert mailed(app) == []
    told = asked(app, "Mika", "refuse", ticket=number, text="Ei onnistu.", preview=True)
    assert isinstance(told, PreviewedMessage)
    assert told.message is not None


@pytest.mark.parametrize(
    ("more", "denial"),
    [
        ({"received": "2026-11-07"}, "day_to_come"),
        ({"received": "2025-11-01"}, "day_long_past"),
        ({"email": "liisa"}, "email_invalid"),
        ({"phone": "1"}, "phone_invalid"),
        ({"name": "", "email": ""}, "person_missing"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    app: Assistant, more: dict[str, str], denial: str
) -> None:
    words = app.queries.text(f"desk.denial.{denial}", Language.FI)
    with pytest.raises(UsageError, match=re.escape(words)):
        asked(app, "Sari", "open", **{**LETTER, **more})
    assert app.queries.tickets(ended=True) == ()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"received": "monday"}, "received"),
        ({"right": "everything"}, "everything"),
        ({"source": "pigeon"}, "pigeon"),
        ({"code": "12345678"}, "code: open takes none"),
    ],
)
def test_what_is_no_such_form_is_refused_at_the_door(
    app: Assistant, more: dict[str, str], fault: str
) -> None:
    with pytest.raises(UsageError, match=fault):
        asked(app, "Sari", "open", **{**LETTER, **more})


def test_a_preview_shows_the_letter_and_opens_nothing(app: Assistant) -> None:
    told = asked(app, "Sari", "open", preview=True, **LETTER)
    assert isinstance(told, PreviewedMessage)
    assert told.message is not None
    assert "2.11.2026" in told.message.blocks[0].text
    assert app.queries.tickets(ended=True) == ()


def test_sent_twice_it_is_opened_once(app: Assistant) -> None:
    for _ in range(2):
        opened(app)
    assert len(app.queries.tickets(ended=False)) == 1


def test_in_the_terminal_it_is_asked_for_line_by_line(app: Assistant, clock: Clock) -> None:
    lines = iter(
        (
            *("/staff Sari", "open", "access", "letter", "7.11.2026", "2.11.2026", "en"),
            *("Liisa Lehto", "liisa@", "liisa@example.com", "-", "All about me.", "y", "/quit"),
        )
    )
    screen = io.StringIO()
    hands = Hands(take=partial(take, app), deliver=partial(deliver, app, CHANNEL), letters=list)
    Terminal(app.queries, hands, Console(file=screen, width=200), lambda _: next(lines)).run()
    [ticket] = app.queries.tickets(ended=False)
    assert (ticket.person.name, ticket.opening) == ("Liisa Lehto", "All about me.")
    assert ticket.clock.received.isoformat() == "2026-11-02"
    assert clock.now.date().isoformat() == "2026-11-06"
    shown = screen.getvalue()
    for denial in ("day_to_come", "email_invalid"):
        assert app.queries.text(f"desk.denial.{denial}", Language.FI) in shown
    assert "2 November 2026" in shown


def test_in_the_terminal_an_empty_line_gives_it_up(app: Assistant) -> None:
    lines = iter(("/staff Sari", "open", "access", "", "/quit"))
    hands = Hands(take=partial(take, app), deliver=partial(deliver, app, CHANNEL), letters=list)
    screen = io.StringIO()
    Terminal(app.queries, hands, Console(file=screen, width=200), lambda _: next(lines)).run()
    assert app.queries.tickets(ended=True) == ()
    assert app.queries.text("desk.form.cancelled", Language.FI) in screen.getvalue()


def test_what_is_stored_is_found_by_number_name_and_address(app: Assistant) -> None:
    liisa = opened(app)
    matti = opened(app, name="Matti Virta", email="matti@example.com", right="erasure")

    def found(text: str) -> list[str]:
        return [ticket.number for ticket in app.queries.sought(sought_by(text, {}))]

    assert found("liisa@EXAMPLE.com") == [liisa.number]
    assert found("virta") == [matti.number]
    assert found(liisa.number.lower()) == [liisa.number]
    assert found("nobody@example.com") == found("T-2026-9999") == found("Mikko") == []
    erasures = Sought(rights=frozenset({Right.ERASURE}))
    assert [ticket.number for ticket in app.queries.sought(erasures)] == [matti.number]


def test_a_slip_in_the_address_is_corrected_and_the_code_of_the_new_letter_is_good(
    app: Assistant,
) -> None:
    number = opened(app, email="lisa@example.com").number
    delivered(app)
    wrong = code_in(mailed(app)[-1][1])
    told = asked(
        app, "Sari", "correct_contacts", ticket=number, email="liisa@example.com", preview=True
    )
    assert isinstance(told, PreviewedMessage)
    assert told.message is not None
    take(app, sent(app, "Sari", "correct_contacts", ticket=number, email="Liisa@Example.com"))
    delivered(app)
    to, text = mailed(app)[-1]
    assert (to, code_in(text) != wrong) == ("liisa@example.com", True)
    assert app.queries.sought(sought_by("liisa@example.com", {}))
    assert not app.queries.sought(sought_by("lisa@example.com", {}))
    take(app, sent(app, "Sari", "tell_code", ticket=number, code=wrong))
    take(app, sent(app, "Sari", "tell_code", ticket=number, code=code_in(text)))
    [ticket] = app.queries.tickets(ended=False)
    assert ticket.address_is_proved
    case = app.queries.case_numbered(number)
    assert case is not None
    assert [one.what for one in case.history] == ["open", "correct_contacts", "tell_code"]
    with app.store.snapshot() as unit:
        assert verify(unit, app.store.keys, anchors=[], erased=frozenset()).faults == ()


def test_in_the_terminal_contacts_are_asked_for_one_by_one_and_shown_first(app: Assistant) -> None:
    number = opened(app, email="lisa@example.com").number
    said = ["/staff Sari", f"correct_contacts {number}", "lisa", "liisa@example.com", "-", "k"]
    lines = iter([*said, "/quit"])
    shown = io.StringIO()
    console = Console(file=shown, width=200)
    hands = Hands(
        take=partial(take, app),
        deliver=partial(deliver, app, CHANNEL),
        letters=partial(letters, app),
    )
    Terminal(app.queries, hands, console, lambda _prompt: next(lines, None)).run()
    [ticket] = app.queries.tickets(ended=False)
    assert ticket.person.email == "liisa@example.com"
    assert ticket.phones == ()
    assert "••••••••" in shown.getvalue()
