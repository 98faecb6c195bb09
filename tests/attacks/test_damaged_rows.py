"""A bit flips, a page is overwritten: it is noticed and named, and everything else goes on."""

from __future__ import annotations

import sqlite3
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from bot.bootstrap import Assistant, assistant, database_url, store_of
from bot.cli.backup import backup
from bot.cli.records import audit_verify
from bot.cli.tickets import tickets_list
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.effects import Alarm
from bot.core.envelopes import DeliveryOutcome
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person, Ticket
from bot.replica.metrics import Metrics
from bot.replica.workers import EventHandler
from bot.service.inspection import Inspection
from bot.service.routing import Routes
from bot.storage import tables
from bot.storage.backup.write import read_backup
from tests.conftest import Clock

_WORDS = ("Poistakaa tietoni", "kyllä", "Matti Meikäläinen", "m@example.com", "ohita", "kyllä")


class World:
    """An assistant with three customers, each with a ticket."""

    def __init__(self, app: Assistant, clock: Clock) -> None:
        self.app, self.clock = app, clock
        self._events = 0
        self.people = [Person(channel="test", account=name) for name in ("one", "two", "three")]
        for person in self.people:
            for text in _WORDS:
                self.says(person, text)
            self.handle()
        self.tickets: list[Ticket] = list(app.queries.tickets(ended=True))
        self.told()

    def says(self, person: Person, text: str) -> None:
        self._events += 1
        event = FromCustomer(person=person, event=Said(text=text))
        self.app.intake.receive([self.app.intake.inbound(str(self._events), event)])

    def handle(self) -> None:
        while self.app.handler.handle_next():
            pass

    def told(self) -> list[Alarm]:
        """Return the alarms since the last look, and how many answers there were."""
        alarms, self.answers = [], 0
        done: list[DeliveryOutcome] = []
        while claimed := self.app.router.settle_and_claim("me", done, 50):
            done = [DeliveryOutcome(effect=one, sent=True) for one in claimed]
            alarms += [one.effect for one in claimed if isinstance(one.effect, Alarm)]
            self.answers += sum(one.kind == "say" for one in claimed)
        return alarms

    def flip(self, table: str, column: str, where: object) -> None:
        """Flip a bit of a sealed value."""
        found = tables.metadata.tables[table]
        with self.app.store.transaction() as unit:
            sealed = unit.connection.execute(select(found.c[column]).where(where)).scalar_one()  # type: ignore[arg-type]
            changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
            unit.connection.execute(update(found).where(where).values({column: changed}))  # type: ignore[arg-type]

    def inspect(self) -> int:
        made = self.app
        return Inspection(made.store, made.rules, made.router, made.clock).look()


@pytest.fixture
def world(app: Assistant, clock: Clock) -> World:
    return World(app, clock)


def damage_ticket(world: World) -> Ticket:
    victim = world.tickets[1]
    world.flip("tickets", "sealed", tables.tickets.c.id == victim.id)
    return victim


def test_a_damaged_ticket_hides_no_other_and_is_named_in_the_lists(world: World) -> None:
    victim = damage_ticket(world)
    listed = [ticket.number for ticket in world.app.queries.tickets(ended=True)]
    assert listed == [one.number for one in world.tickets if one is not victim]
    assert world.app.queries.damaged(ended=True) == [victim.number]


def test_a_person_with_a_damaged_ticket_is_answered(world: World) -> None:
    damage_ticket(world)
    for person in world.people:
        world.says(person, "Mihin käytätte evästeitä?")
    world.handle()
    assert world.told() == []
    assert world.answers == 3


def test_a_damaged_conversation_begins_anew(world: World) -> None:
    key = world.app.intake.key(world.people[0])
    world.flip("dialogues", "sealed_state", tables.dialogues.c.person == key)
    world.says(world.people[0], "hei")
    world.handle()
    assert world.told() == []
    assert world.answers == 1


@pytest.mark.parametrize("damaged", [True, False])
def test_the_daily_look_names_what_is_damaged_once_a_day(world: World, damaged: bool) -> None:
    victim = damage_ticket(world) if damaged else None
    expected = [(victim.number, victim.number)] if victim else []
    for _ in range(2):
        with capture_logs() as log:
            assert world.inspect() == len(expected)
            assert world.inspect() == len(expected)  # another replica
        assert len([line for line in log if line["log_level"] == "error"]) == 2 * len(expected)
        assert [(one.number, one.reference) for one in world.told()] == expected
        world.clock.forward(timedelta(days=1))


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("tickets", "sealed", "T-2026-"),
        ("ticket_keys", "sealed_key", "T-2026-"),
        ("dialogues", "sealed_state", "1 conversations"),
        ("inbox", "sealed", "event "),
        ("outbox", "sealed", "effect "),
    ],
)
def test_verify_opens_every_row(
    world: World,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    table: str,
    column: str,
    named: str,
) -> None:
    monkeypatch.setattr("bot.cli.records.settings_from", lambda _path: settings)
    audit_verify()
    assert "whole" in capsys.readouterr().out
    world.says(world.people[0], "hei")  # waits in the inbox
    if table == "outbox":
        world.handle()
    found = tables.metadata.tables[table]
    key = next(iter(found.primary_key))
    with world.app.store.reading() as unit:
        last = select(func.max(key)).where(found.c[column].is_not(None))
        which = unit.connection.execute(last).scalar_one()
    world.flip(table, column, key == which)
    with pytest.raises(Exception, match="1"):
        audit_verify()
    said = capsys.readouterr().out
    assert f"damaged: {named}" in said
    assert len([line for line in said.splitlines() if named in line]) == 1, "it is named twice"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # it ends with its process
def test_the_list_of_the_command_line_names_a_damaged_ticket(
    world: World,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    victim = damage_ticket(world)
    monkeypatch.setattr("bot.cli.tickets.settings_from", lambda _path: settings)
    tickets_list(ended=True)
    shown = capsys.readouterr().out
    assert f"Asiaa {victim.number} ei voi avata" in shown
    assert all(ticket.number in shown for ticket in world.tickets)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_overwritten_page_sets_its_events_aside_and_the_rest_go_on(
    world: World,
    settings: Settings,
    known: Understanding,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = Path(database_url(settings).removeprefix("sqlite:///"))
    world.app.store.close()
    overwrite_page(file, "dialogues")
    store = store_of(settings)
    app = assistant(settings, known, store, world.clock, Routes(desks=("test",)))
    world.app = app
    for person in world.people:
        world.says(person, "hei")
    while app.handler.next_at() is not None and not world_is_set_aside(world):
        world.handle()
        world.clock.forward(timedelta(minutes=3))
    assert world_is_set_aside(world)
    assert [one.trouble for one in world.told()] == ["dead_event"] * 3
    assert world.inspect() > 0
    assert "table dialogues" in [one.reference for one in world.told()]
    backed_up(settings, monkeypatch, "table dialogues", capsys)
    store.close()


def test_a_backup_is_written_all_the_same_and_names_what_is_damaged(
    world: World,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    victim = damage_ticket(world)
    backed_up(settings, monkeypatch, victim.number, capsys)


def backed_up(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("bot.cli.backup.settings_from", lambda _path: settings)
    file = settings.service.data_dir / "backup"
    backup(file)
    assert f"damaged: {what} cannot be opened" in capsys.readouterr().err
    store = store_of(settings)
    with read_backup(file, store.keys, lambda _what, _share: None) as found:
        assert found.header.tables["tickets"] == 3
    store.close()


def overwrite_page(file: Path, table: str) -> None:
    """Overwrite the root page of a table, as a failing disk does."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    database.close()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)


def world_is_set_aside(world: World) -> bool:
    with world.app.store.reading() as unit:
        return unit.inbox.dead_count() == 3


def test_a_replica_that_handles_nothing_is_not_ready(
    app: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    handler = EventHandler(
        app.handler,
        Metrics(app.store, app.clock, app.codes),
        app.clock,
        parallel=app.store.parallel,
    )
    moment[0] += 31
    assert handler.is_stuck()
    assert handler._handle_due(woken=True) > 0  # nothing waits
    assert not handler.is_stuck()
    person = Person(channel="test", account="one")
    event = FromCustomer(person=person, event=Said(text="hei"))
    app.intake.receive([app.intake.inbound("1", event)])
    fails_on(monkeypatch, app)
    moment[0] += 31
    handler._handle_some()
    assert handler.is_stuck(), "an event that could not be handled is no progress"


def fails_on(monkeypatch: pytest.MonkeyPatch, app: Assistant) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(app.handler, "_take", fail)
