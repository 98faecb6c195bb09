"""A request is opened again at the moment in which its person is forgotten: it stays."""

from __future__ import annotations

from dataclasses import replace

from bot.bootstrap import utc_now
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action, State
from bot.core.tickets.transitions import Change, apply
from bot.core.tickets.whose import Whose
from bot.storage.kept import forget, kept_of
from bot.storage.store import Store
from tests.factories import LIISA, MIKA, NOW, RULES, in_state


def test_what_staff_have_taken_up_again_is_not_destroyed(store: Store) -> None:
    ended = replace(in_state(State.REFUSED), id="again")
    with store.transaction() as unit:
        unit.tickets.save(ended, unit.keys.person(LIISA), ended.clock.received)
    with store.reading() as unit:
        read = kept_of(unit, Whose(email=LIISA.email))
    assert [one.id for one in read.tickets] == ["again"]
    with store.transaction() as unit:
        change = apply(ended, Command(action=Action.REOPEN, text="mistake"), MIKA, NOW, RULES)
        assert isinstance(change, Change)
        unit.tickets.update(change.ticket, ended.clock.received)
    destroyed: list[str] = []
    with store.transaction() as unit:
        forget(unit, read, utc_now(), destroyed.extend)
    with store.reading() as unit:
        assert unit.tickets.by_id("again")
    assert destroyed == []
