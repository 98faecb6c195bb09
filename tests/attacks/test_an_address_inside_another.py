"""What is kept of joanna@x.fi is asked for as anna@x.fi, whose address stands within hers."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.bootstrap import utc_now
from bot.core.catalog import Language
from bot.core.conversation.dialogue import Dialogue
from bot.core.effects import SendCode
from bot.core.tickets.ticket import Person
from bot.core.tickets.whose import Whose
from bot.storage.codec import to_json
from bot.storage.kept import forget, kept_of
from bot.storage.store import Store

ANNA = Whose(email="anna@x.fi")


@pytest.mark.parametrize(
    ("sought", "texts"),
    [
        (
            ANNA,
            (
                "joanna@x.fi",
                "o'anna@x.fi",
                "jo.anna@x.fi",
                "jo+anna@x.fi",
                "jo_anna@x.fi",
                "anna@x.fish",
                "anna@x.fi.example",
                "anna@x.fi-example.com",
            ),
        ),
        (Whose(phone="+35840123456"), ("+358401234567", "00+358401234560")),
        (Whose(number="T-2026-1000"), ("T-2026-10000",)),
    ],
    ids=["address", "phone", "ticket"],
)
def test_what_only_holds_their_address_or_number_is_anothers(
    sought: Whose, texts: Iterable[str]
) -> None:
    assert [text for text in texts if sought.is_named_in(f"Write to {text} please")] == []


@pytest.mark.parametrize(
    "text",
    [
        "anna@x.fi",
        "Anna@X.fi.",
        "<anna@x.fi>",
        "mailto:anna@x.fi",
        "anna@x.fi:hin",
        "anna@x.fi-osoite",
    ],
)
def test_who_is_named_is_found_however_it_is_written(text: str) -> None:
    assert ANNA.is_named_in(f"Kirjoittakaa:\n{text}\nKiitos")


def test_nothing_of_another_is_written_out_or_destroyed(store: Store) -> None:
    other = Person(channel="test", account="joanna", name="Joanna", email="joanna@x.fi")
    with store.transaction() as unit:
        whose, now = unit.keys.person(other), utc_now()
        unit.dialogues.save(whose, Dialogue(language=Language.FI, person=other), now)
        letter = SendCode(
            email=other.email, language=Language.FI, number="T-2026-0001", code="12345678"
        )
        unit.outbox.enqueue("send_code", f"mail:{whose}", to_json(letter), now)
        kept = kept_of(unit, ANNA)
        assert (kept.dialogues, kept.effects) == ({}, {})
        assert forget(unit, kept, now, lambda _ids: None) == 0
        theirs = kept_of(unit, Whose(email=other.email))
        assert (len(theirs.dialogues), len(theirs.effects)) == (1, 1)


def test_who_is_named_at_the_beginning_of_a_line_is_found_in_what_is_stored(store: Store) -> None:
    person = Person(channel="test", account="a", name="first\nanna@x.fi")
    with store.transaction() as unit:
        whose = unit.keys.person(person)
        unit.dialogues.save(whose, Dialogue(language=Language.FI, person=person), utc_now())
        assert list(kept_of(unit, ANNA).dialogues) == [whose]
