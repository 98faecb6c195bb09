"""What retention would destroy is what it destroys."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import Assistant, store_of
from bot.cli.main import main
from bot.config import read_settings
from bot.core.envelopes import InboundEvent
from bot.core.tickets.code_budget import REMEMBERED
from bot.core.tickets.ticket import State
from bot.storage.expiring import expiring
from bot.storage.retention import Periods
from bot.storage.unit import Unit
from tests.conftest import Clock
from tests.factories import LIISA, in_state
from tests.storage.conftest import Filled

KEPT = Periods()
PURGED = (
    *("conversations", "forms of staff", "files not attached", "events handled"),
    *(
        "messages sent",
        "rate limits of destinations",
        "codes mailed",
        "mailboxes that want no codes",
    ),
)


def past(unit: Unit, clock: Clock) -> Mapping[str, int]:
    return {one.kind: one.past for one in expiring(unit, clock(), KEPT)}


def test_what_it_tells_is_what_is_purged(app: Assistant, clock: Clock) -> None:
    Filled(app.store, now=clock())
    with app.store.transaction() as unit:
        unit.files.put("loose", "ticket", b"copy", clock())
        event = InboundEvent(channel="test", event_id="x", person="p", kind="k", payload="{}")
        unit.inbox.receive([event], clock())
    for days in (0, 2, 8, 200):
        clock.forward(timedelta(days=days))
        with app.store.transaction() as unit:
            told = past(unit, clock)
            purged = unit.purge_expired(clock(), KEPT)
            assert sum(told[kind] for kind in PURGED) == purged, days
            assert not any(past(unit, clock)[kind] for kind in PURGED)


def test_tickets_and_questions_are_told_from_the_day_on_which_they_are_found(
    app: Assistant, clock: Clock
) -> None:
    assert KEPT.ended > REMEMBERED
    with app.store.transaction() as unit:
        unit.tickets.save(in_state(State.REFUSED), unit.keys.person(LIISA), clock().date())
    Filled(app.store, now=clock())
    clock.forward(KEPT.ended + timedelta(days=1))
    with app.store.reading() as unit:
        told = past(unit, clock)
        assert told["ended tickets"] == len(unit.tickets.expired(clock() - KEPT.ended)) == 1
        waiting = unit.inquiries.waiting_since(clock() - KEPT.ended)
        assert told["questions to staff, unanswered"] == len(waiting) == 1


def test_the_command_shows_and_destroys_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    store_of(read_settings()).close()
    monkeypatch.setattr(sys, "argv", ["seloste", "retention", "show"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    said = capfd.readouterr().out
    assert re.search(r"ended tickets\s+│ 730 days\s+│ 0\s+│ 0", said)
    assert re.search(r"conversations\s+│ 24 h", said)
