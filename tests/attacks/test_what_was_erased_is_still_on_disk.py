"""Who takes the disk, and has the master key, finds nothing of somebody who was erased."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.tickets.ticket import Action, Person
from bot.errors import StorageError
from bot.storage.store import Store
from tests.attacks.conftest import House, Intruder
from tests.conftest import Clock
from tests.test_service import Talk

NAME, ADDRESS = "Kanarialintu", "kanaria@example.com"
SEALED = {
    "tickets": "sealed",
    "ticket_keys": "sealed_key",
    "dialogues": "sealed_state",
    "inquiries": "sealed",
}


@pytest.fixture
def files(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """Where the bytes are: the data folder, and on PostgreSQL the files of the database."""
    if url.startswith("sqlite"):
        return [tmp_path / "data"]
    return [tmp_path / "data", Path(request.getfixturevalue("postgres").folder) / "base"]


def traces(files: list[Path], wanted: list[bytes]) -> list[str]:
    """Return the files in which something of the wanted is found."""
    paths = [path for folder in files for path in folder.rglob("*") if path.is_file()]
    contents = ((path.name, path.read_bytes()) for path in paths)
    return sorted({name for name, content in contents if any(one in content for one in wanted)})


def sealed(intruder: Intruder) -> Iterator[bytes]:
    """Return a piece from the middle of each sealed value: it is random."""
    for table, column in SEALED.items():
        for row in intruder.run(f"SELECT {column} FROM {table}"):
            value: Any = bytes(row[column])
            yield value[len(value) // 2 :][:16]


def the_days_pass(house: House, clock: Clock, days: int) -> None:
    clock.forward(timedelta(days=days))
    with house.app.store.transaction() as unit:
        unit.clock.accept(clock.now)
    for _ in range(2):  # marked, then destroyed
        house.app.schedule.enqueue_daily_tasks()
        while house.app.handler.handle_next():
            pass
        clock.forward(timedelta(days=1))


def test_nothing_of_the_erased_is_in_any_file(
    house: House, intruder: Intruder, clock: Clock, files: list[Path]
) -> None:
    house.talk.say("Kuka on tietosuojavastaavanne?")
    house.act("Mika", Action.REFUSE, text="Laki velvoittaa.")
    found = list(sealed(intruder))
    wanted = [NAME.encode(), ADDRESS.encode(), *found]
    assert len(found) >= len(SEALED) - 1
    flush(intruder, files)
    assert traces(files, found) != []
    old = (clock.now - timedelta(days=9)).timestamp()
    for letter in (files[0] / "mail").glob("*.eml"):
        os.utime(letter, (old, old))
    the_days_pass(house, clock, 731)
    Talk(house.app, Person(channel="test", account="liisa")).say("Kuka on tietosuojavastaavanne?")
    clock.now = clock.now.replace(hour=1)  # at night in Helsinki, when PostgreSQL rewrites tables
    house.app.schedule.scrub()
    flush(intruder, files)
    assert traces(files, wanted) == []


def test_by_day_no_table_is_locked_for_it(house: House, clock: Clock) -> None:
    the_days_pass(house, clock, 731)
    scrubbed: list[int] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "scrub", lambda _store: scrubbed.append(clock.now.hour))
        for hour in range(24):  # Helsinki is two hours ahead of UTC
            clock.now = clock.now.replace(month=11, hour=hour)
            house.app.schedule.scrub()
    assert scrubbed == ([0, 1, 2] if house.app.store.parallel else [*range(24)])


def test_who_reads_a_table_is_not_waited_for(house: House, clock: Clock) -> None:
    """Whoever came after the rewrite would wait behind it."""
    the_days_pass(house, clock, 731)
    clock.now = clock.now.replace(month=11, hour=1)
    with house.app.store.reading() as unit:
        unit.tickets.by_due_date()
        begun = time.monotonic()
        with pytest.raises(StorageError):
            house.app.schedule.scrub()
        assert time.monotonic() - begun < 3
    house.app.schedule.scrub()


def flush(intruder: Intruder, files: list[Path]) -> None:
    """Have PostgreSQL write what it holds in memory."""
    if len(files) > 1:
        intruder.run("CHECKPOINT")
