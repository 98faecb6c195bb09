"""Staff begin a form about somebody and leave it: what stands in it is kept of them as well."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.bootstrap import utc_now
from bot.channels.desk.form import OPEN, Form, NewRequest
from bot.core.tickets.ticket import Action, State
from bot.core.tickets.whose import Whose
from bot.storage.codec import to_json
from bot.storage.kept import forget, kept_of
from bot.storage.store import Store
from tests.factories import LIISA, SARI, a_ticket, in_state

ANOTHER = replace(LIISA, account="veikko", email="veikko@example.com")


def begun_by_sari(action: str, subject: str, **written: str) -> Form:
    return Form(action=action, subject=subject, version=1, actor=SARI.key, **written)


@pytest.fixture
def forms(store: Store) -> dict[str, Form]:
    """Of Liisa: a form on an ended ticket, one on an open ticket, one by which it is opened."""
    ended = replace(in_state(State.REFUSED), id="ended", number="T-2026-0001")
    other = replace(in_state(State.REFUSED), id="other", number="T-2026-0002", person=ANOTHER)
    begun = replace(a_ticket(), id="open", number="T-2026-0003")
    note, said = Action.NOTE, "She calls every day."
    made = {
        "note": begun_by_sari(note, "ended", text=said),
        "ask": begun_by_sari(Action.ASK, "open", text="Which account?"),
        "open": begun_by_sari(OPEN, NewRequest().id, name="Liisa", email=LIISA.email),
        "other": begun_by_sari(note, "other", text="He calls every day."),
    }
    with store.transaction() as unit:
        for ticket in (ended, other, begun):
            unit.tickets.save(ticket, unit.keys.person(ticket.person), ticket.clock.received)
        for name, form in made.items():
            unit.drafts.keep(name, to_json(form), utc_now())
    return made


def test_it_is_found_and_written_out(store: Store, forms: dict[str, Form]) -> None:
    with store.reading() as unit:
        found = kept_of(unit, Whose(email=LIISA.email)).forms
        assert found.keys() == {"note", "ask", "open"}
        assert json.loads(found["note"])["text"] == forms["note"].text


@pytest.mark.usefixtures("forms")
def test_it_is_forgotten_but_for_what_is_about_an_open_request(store: Store) -> None:
    with store.transaction() as unit:
        forget(unit, kept_of(unit, Whose(email=LIISA.email)), utc_now(), lambda _ids: None)
    with store.reading() as unit:
        assert {name for name, _ in unit.drafts.contents()} == {"ask", "other"}
