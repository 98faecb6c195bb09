"""An upgrade keeps everything: from each older revision, with rows that its version wrote.

Each `revision-*.json` was written by the last version that had these tables: Matti was refused an
erasure, Liisa awaits identity, Pekka is asked for his address, and many effects wait to be sent. In
the second one Pekka's address has come and waits in the inbox, and one effect is claimed. In the
third one Liisa's ticket has a card in a group and a form in the making, and Pekka has asked staff.
In the fourth one staff are yet to be alarmed of a dead letter, and retention is due. In the fifth
one Veera's identity has been verified by a phone number, of which nobody knows which it was. In the
sixth one the register knows Matti by his address; the seventh has a mark of retention
and an earlier key, too. The eighth is the seventh as the version after it had upgraded it; in the
ninth a letter with a code was counted, too, and somebody has disowned an address; in the tenth a
file was uploaded for Liisa, and not attached yet. In the eleventh no marketing is sent to Liisa; in
the twelfth a question was counted.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, inspect

from bot.core.contacts import email
from bot.core.conversation.dialogue import Filling
from bot.core.effects import Alarm, AlarmReason, Say, SendCode, ShowTicket
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome, InboundEvent
from bot.core.events import Task, TaskDue
from bot.core.tickets.identity import CodeRules
from bot.core.tickets.ticket import State
from bot.service.routing import KINDS
from bot.storage.cards import Card
from bot.storage.codec import from_json
from bot.storage.engine import HEAD, open_store, upgrade
from bot.storage.retention import Periods
from bot.storage.store import Store
from bot.storage.tables import metadata
from bot.storage.verify import Verified, verify
from tests.fakes.postgres import Postgres
from tests.storage.test_store import opened, shape

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
HERE = Path(__file__).parent
OLDER = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
)


@dataclass(frozen=True)
class Left:
    """What waited when an older version was stopped."""

    says: list[int]
    cards: int
    people: set[str]
    events: int
    may_lack_numbers: bool = False  # the very first versions did not note the last number
    last_effect: int = 23
    last_event: int = 18
    tickets: int = 2
    audit: int = 4


_LATER = Left(
    [n for n in range(13, 24) if n != 20],
    1,
    {"liisa", "pekka"},
    1,
    last_effect=24,
    last_event=19,
)
LEFT = {
    "0001": Left(
        [n for n in range(9, 24) if n != 18],
        3,
        {"matti", "liisa", "pekka"},
        0,
        may_lack_numbers=True,
    ),
    **dict.fromkeys(
        ("0002", "0003"), Left([n for n in range(13, 24) if n != 20], 1, {"liisa", "pekka"}, 1)
    ),
    "0004": _LATER,
    **dict.fromkeys(
        ("0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012"),
        replace(_LATER, tickets=3, audit=6),
    ),
}
PLAIN: dict[str, Callable[[str], Any]] = {
    "bytes": base64.b64decode,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
}


def master_key(_new: bool) -> bytes:
    return bytes(32)


def rows_of(revision: str) -> dict[str, list[dict[str, Any]]]:
    def plain(values: dict[str, Any]) -> Any:
        kind, value = next(iter(values.items()), ("", ""))
        return PLAIN[kind](value) if kind in PLAIN else values

    written = (HERE / f"revision-{revision}.json").read_text(encoding="ascii")
    rows: dict[str, list[dict[str, Any]]] = json.loads(written, object_hook=plain)
    return rows


class Older:
    """Databases of older versions: each is made once, and copied for each test."""

    def __init__(self, folder: Path, server: Postgres) -> None:
        self._folder, self._server = folder, server
        self._there: set[str] = set()

    @contextmanager
    def copy(self, kind: str, revision: str, upgraded: bool, file: Path) -> Iterator[str]:
        """Give the URL of a copy, as it was or upgraded; of SQLite in a file."""
        name = f"upgraded_{revision}" if upgraded else f"revision_{revision}"
        source = self._folder / f"{name}.db"
        if (made := f"{kind} {name}") not in self._there:
            if kind == "postgresql":
                self._server.run(f"CREATE DATABASE {name}")
            url = f"sqlite:///{source}" if kind == "sqlite" else self._server.url(name)
            _write_revision(url, revision)
            if upgraded:
                open_store(url, master_key).close()
            self._there.add(made)
        if kind == "sqlite":
            shutil.copy(source, file)
            yield f"sqlite:///{file}"
            return
        with self._server.database(name) as url:
            yield url


def _write_revision(url: str, revision: str) -> None:
    engine = create_engine(url)
    upgrade(engine, revision)
    tables = MetaData()
    tables.reflect(engine)
    rows = rows_of(revision)
    assert set(rows) == set(tables.tables) - {"alembic_version"}
    with engine.begin() as connection:
        for name, table_rows in rows.items():
            assert table_rows
            connection.execute(tables.tables[name].insert(), table_rows)
        if engine.dialect.name == "postgresql":
            left = LEFT[revision]
            connection.exec_driver_sql(f"SELECT setval('outbox_position_seq', {left.last_effect})")
            if "position" in tables.tables["inbox"].c:
                last = left.last_event
                connection.exec_driver_sql(f"SELECT setval('inbox_position_seq', {last})")
    engine.dispose()


@pytest.fixture(scope="session")
def older(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Older:
    return Older(tmp_path_factory.mktemp("older"), postgres)


@pytest.fixture(params=OLDER)
def revision(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def url(
    request: pytest.FixtureRequest, older: Older, revision: str, tmp_path: Path
) -> Iterator[str]:
    """A database of an older version, with rows in every table, upgraded for who asks for that."""
    upgraded = "upgraded" in request.fixturenames
    with older.copy(request.param, revision, upgraded, tmp_path / "seloste.db") as copy:
        yield copy


@pytest.fixture
def old(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def left(revision: str) -> Left:
    return LEFT[revision]


@pytest.fixture
def upgraded(url: str) -> Iterator[Store]:
    store = open_store(url, master_key)
    yield store
    store.close()


def claimed(store: Store) -> list[ClaimedEffect]:
    """Claim and send all that waits."""
    sent: list[ClaimedEffect] = []
    later = NOW + timedelta(days=1)
    while True:
        with store.transaction() as unit:
            found = unit.outbox.claim(
                "me", now=later, lease=timedelta(minutes=1), most=9, rate_limits={}
            )
            for one in found:
                unit.outbox.settle(DeliveryOutcome(effect=one, sent=True), later)
        if not found:
            return sent
        sent += found


def test_every_older_revision_is_tried() -> None:
    known = ScriptDirectory("bot/storage/migrations").walk_revisions()
    assert sorted(script.revision for script in known) == [*OLDER, HEAD]


def test_tickets_open_as_they_were(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        matti, liisa, *_ = unit.tickets.by_due_date(ended=True)
        assert (matti.number, matti.state) == ("T-2026-0001", State.REFUSED)
        assert (liisa.number, liisa.state) == ("T-2026-0002", State.AWAITING_IDENTITY)
        assert matti.person.name == "Matti Virtanen"
        assert matti.details == "kaikki tilaukseni"
        assert liisa.person.email == "liisa@example.com"
        assert unit.tickets.of(upgraded.keys.hashed("terminal:matti")) == (matti,)


def test_the_next_ticket_takes_the_next_number(upgraded: Store, left: Left) -> None:
    assert opened(upgraded).ticket.number == f"T-2026-{left.tickets + 1:04d}"


@pytest.mark.parametrize("noted", [True, False])
def test_a_number_whose_ticket_was_forgotten_is_not_given_again(
    old: Engine, url: str, noted: bool, left: Left
) -> None:
    with old.begin() as connection:
        connection.exec_driver_sql("DELETE FROM tickets WHERE serial = 2")
        if not noted and left.may_lack_numbers:
            connection.exec_driver_sql("DELETE FROM meta WHERE name = 'serial:2026'")
    store = open_store(url, master_key)
    assert opened(store).ticket.number == f"T-2026-{left.tickets + 1:04d}"
    store.close()


def test_a_conversation_goes_on(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        pekka = unit.dialogues.of(upgraded.keys.hashed("terminal:pekka"))
    assert pekka is not None
    assert isinstance(pekka.state, Filling)
    assert pekka.state.request.fields == {"name": "Pekka Puro"}
    assert pekka.state.request.asked_at == NOW  # or when it was stored, if it was not noted
    assert pekka.state.asking.name == "email"


def test_the_audit_chain_is_whole_and_grows_on(upgraded: Store, left: Left) -> None:
    with upgraded.transaction() as unit:
        assert unit.audit.verify_chain() == (left.audit, None)
    opened(upgraded)
    with upgraded.transaction() as unit:
        assert unit.audit.verify_chain() == (left.audit + 1, None)


def test_everything_is_as_the_chain_says(upgraded: Store, left: Left) -> None:
    with upgraded.snapshot() as unit:
        assert verify(unit, upgraded.keys, anchors=(), erased=()) == Verified(left.audit, ())


def test_a_ticket_that_was_erased_long_ago_stands_in_the_erasure_journal(
    old: Engine, url: str
) -> None:
    with old.begin() as connection:
        gone = connection.exec_driver_sql("SELECT id FROM tickets WHERE serial = 2").scalar()
        connection.exec_driver_sql("DELETE FROM tickets WHERE serial = 2")
    store = open_store(url, master_key)
    with store.snapshot() as unit:
        assert verify(unit, store.keys, anchors=(), erased={str(gone)}).faults == ()
        (fault,) = verify(unit, store.keys, anchors=(), erased=()).faults
    assert fault.startswith("T-2026-0002 is gone")
    store.close()


def test_codes_that_were_sent_still_count_for_the_person(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        liisa = unit.tickets.numbered("T-2026-0002")
    assert liisa is not None
    assert liisa.codes_sent == (NOW,)


def test_letters_with_codes_are_counted_from_now_on(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        unit.code_letters.note("p", "liisa@example.com", "", "T-2026-0002", NOW, stranger=True)
    with upgraded.transaction() as unit:
        sent = unit.code_letters.sent(["p"], "liisa@example.com", CodeRules(), NOW)
    assert sent.to_pair == sent.to_address == sent.to_domain == sent.in_all == (NOW,)


@pytest.mark.parametrize("revision", OLDER[4:], indirect=True)
def test_an_address_is_read_in_its_canonical_form(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        veera = unit.tickets.numbered("T-2026-0003")
    assert veera is not None
    assert veera.person.email == "veera.mallikas@example.com"


@pytest.mark.parametrize("revision", OLDER[2:], indirect=True)
def test_what_stands_on_a_desk_is_still_there(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        liisa = unit.tickets.numbered("T-2026-0002")
        assert liisa is not None
        assert unit.cards.at(liisa.id, "telegram") == Card(place="-100200:7", history_shown=1)
        assert unit.drafts.at("-100200:9") is not None
        asked = unit.inquiries.numbered("Q-2026-0001")
        assert asked is not None
        assert asked.question == "Missä palvelimenne ovat?"


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"], indirect=True)
def test_the_register_is_empty_until_it_is_imported_anew(upgraded: Store) -> None:
    """What stood in it cannot be told from the addresses of others."""
    with upgraded.transaction() as unit:
        assert unit.contacts.count() == 0


@pytest.mark.parametrize("revision", ["0006", "0007"], indirect=True)
def test_the_register_knows_whom_it_knew(upgraded: Store) -> None:
    matti, other = email("matti.virtanen@example.com"), email("x@example.com")
    with upgraded.transaction() as unit:
        known = unit.contacts.look_up([matti, other])
    assert [contact in known for contact in (matti, other)] == [True, False]


def test_what_waited_is_sent_in_order_and_what_was_sent_is_not(upgraded: Store, left: Left) -> None:
    found = claimed(upgraded)
    effects = [from_json(KINDS[one.kind], one.payload) for one in found]
    there = sorted(p.position for p in found if p.destination.startswith("terminal:"))
    assert there == left.says
    for place in {one.destination for one in found}:
        order = [one.position for one in found if one.destination == place]
        assert order == sorted(order)
    assert [type(effect) for effect in effects].count(ShowTicket) == left.cards
    assert [effect.email for effect in effects if isinstance(effect, SendCode)] == [
        "liisa@example.com"
    ]
    people = {effect.to.account for effect in effects if isinstance(effect, Say)}
    assert people == left.people
    with upgraded.transaction() as unit:
        unit.purge_expired(NOW + timedelta(days=9), Periods())
        unit.outbox.enqueue("say", "terminal:a", "hei", NOW)
    assert [one.position for one in claimed(upgraded)] == [left.last_effect + 1]


def test_an_event_that_comes_again_is_known(upgraded: Store, left: Left) -> None:
    def event(id: str) -> InboundEvent:
        return InboundEvent(
            channel="terminal", event_id=id, person="x", kind="customer", payload="x"
        )

    with upgraded.transaction() as unit:
        assert unit.inbox.waiting()[0] == left.events + left.last_event - 18
        assert unit.inbox.receive([event("event-1"), event("event-16"), event("new")], NOW) == 1
        for _ in range(left.events):
            waited = unit.inbox.next(NOW)
            assert waited is not None
            assert "pekka@example.com" in unit.inbox.opened(waited)
            unit.inbox.handled([waited], NOW)
        for _ in range(left.last_event - 18):
            task = unit.inbox.next(NOW)
            assert task is not None
            unit.inbox.handled([task], NOW)
        received = unit.inbox.next(NOW)
        assert received is not None
        assert received.event_id == "new"
        assert received.position > 16


@pytest.mark.parametrize("revision", ["0004", "0005", "0006", "0007", "0008"], indirect=True)
def test_what_was_written_under_other_names_is_still_read(upgraded: Store) -> None:
    with upgraded.transaction() as unit:
        pekka = unit.inbox.next(NOW)
        assert pekka is not None
        unit.inbox.handled([pekka], NOW)
        task = unit.inbox.next(NOW)
        assert task is not None
        assert from_json(TaskDue, unit.inbox.opened(task)).task is Task.RETENTION
    alarms = [from_json(Alarm, one.payload) for one in claimed(upgraded) if one.kind == "alarm"]
    assert [alarm.trouble for alarm in alarms] == [AlarmReason.DEAD_EVENT]


def test_an_upgraded_database_has_the_tables_of_a_new_one(upgraded: Store, old: Engine) -> None:
    assert upgraded
    migrated = shape(old)
    partial = {
        (index["name"], "where" in str(index["dialect_options"]))
        for table in ("inbox", "outbox")
        for index in inspect(old).get_indexes(table)
        if str(index["name"]).endswith("waiting")
    }
    metadata.drop_all(old)
    metadata.create_all(old)
    assert shape(old) == migrated
    assert partial == {
        ("ix_inbox_waiting", True),
        ("ix_inbox_person_waiting", True),
        ("ix_outbox_waiting", True),
        ("ix_outbox_destination_waiting", True),
        ("ix_outbox_subject_waiting", True),
    }
