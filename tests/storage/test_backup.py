"""A backup is whole or refused, goes into either database, and brings nothing erased back."""

from __future__ import annotations

import base64
import gzip
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.bootstrap import store_of
from bot.config import Settings
from bot.core.catalog import Right
from bot.core.contacts import email
from bot.core.tickets.command import Command
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Action, State
from bot.core.tickets.transitions import Change, apply
from bot.errors import KeyFault, SelosteError, StorageError, UsageError
from bot.storage.backup.journal import Journal
from bot.storage.backup.restore import UNKNOWN, Restored, restore
from bot.storage.backup.write import read_backup, write_backup
from bot.storage.crypto import Keys, new_key
from bot.storage.engine import open_bare, open_existing, open_store
from bot.storage.retention import Periods
from bot.storage.store import Store
from bot.storage.unit import Unit
from tests.storage.conftest import NOW, Filled, everything, quiet
from tests.storage.test_store import opened

KEPT = Periods()
Tell = Callable[[str, float], None]


def backed_up(store: Store, path: Path, tell: Tell = quiet) -> Path:
    write_backup(store, path, now=NOW, version="0", erased=0, tell=tell)
    return path


@pytest.fixture
def file(filled: Filled, tmp_path: Path) -> Path:
    return backed_up(filled.store, tmp_path / "backup")


class Copy:
    """An empty database to restore into, with the same master key."""

    def __init__(self, url: str, keys: Keys) -> None:
        self.store = open_bare(url, keys)

    def restore(
        self,
        file: Path,
        *,
        erased: Collection[str] = (),
        resend: bool = False,
        now: datetime = NOW,
    ) -> Restored:
        with read_backup(file, self.store.keys, quiet) as backup:
            return restore(
                self.store, backup, erased=erased, kept=KEPT, resend=resend, now=now, tell=quiet
            )


@pytest.fixture
def copy(store: Store, other_tables: str) -> Iterator[Copy]:
    made = Copy(other_tables, store.keys)
    yield made
    made.store.close()


def without_audit(store: Store) -> dict[str, list[bytes]]:
    """Return all rows but those of the chain: a restore adds its own to it."""
    return {**everything(store), "audit": [], "meta": []}


# What comes back


def test_every_row_comes_back_on_the_other_database(filled: Filled, file: Path, copy: Copy) -> None:
    before = everything(filled.store)
    assert all(before.values())
    done = copy.restore(file, resend=True)
    assert without_audit(copy.store) == {**before, "audit": [], "meta": []}
    assert done.rows == {name: len(rows) for name, rows in before.items()}
    assert done.audit == (3, None)  # the restore is a row of its own


def test_a_restored_installation_goes_on_where_it_stood(
    filled: Filled, file: Path, copy: Copy
) -> None:
    copy.restore(file)
    assert opened(copy.store).ticket.number == "T-2026-0003"
    with copy.store.transaction() as unit:
        assert unit.tickets.numbered("T-2026-0001") == filled.matti
        assert unit.tickets.numbered("T-2026-0002") == filled.liisa
        assert email("matti@example.com") in unit.contacts.look_up([email("matti@example.com")])
        assert unit.audit.verify_chain() == (4, None)


def test_a_number_of_a_row_that_is_gone_is_not_given_again(
    filled: Filled, copy: Copy, tmp_path: Path
) -> None:
    with filled.store.transaction() as unit:
        (last,) = [row.position for row in unit.outbox.dead_effects()]
        unit.outbox.destroy(last)
    copy.restore(backed_up(filled.store, tmp_path / "after"))
    with copy.store.transaction() as unit:
        unit.outbox.enqueue("say", "test:a", "hei", NOW)
        assert max(position for position, *_ in unit.outbox.contents()) == last + 1


def test_a_backup_leaves_no_cursor_open_for_the_next_transaction_of_its_connection(
    filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = filled.store.snapshot
    left: list[str] = []

    @contextmanager
    def watched() -> Iterator[Unit]:
        with snapshot() as unit:
            yield unit
            if filled.store.parallel:
                open_cursors = text("SELECT name FROM pg_cursors WHERE name <> ''")
                left.extend(unit.connection.execute(open_cursors).scalars())

    monkeypatch.setattr(filled.store, "snapshot", watched)
    backed_up(filled.store, tmp_path / "backup")
    assert not left


def test_a_backup_shows_one_moment_while_others_write(
    store: Store, copy: Copy, tmp_path: Path
) -> None:
    filled = Filled(store)
    stopped, writing = threading.Event(), threading.Event()

    def write() -> None:
        while not stopped.is_set():
            filled.ticket("pekka")
            writing.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert writing.wait(10)

    def let_write(_what: str, _share: float) -> None:
        writing.clear()
        assert writing.wait(10)  # a write is done while the backup is being made

    path = backed_up(store, tmp_path / "backup", let_write)
    stopped.set()
    writer.join()
    rows, fault = copy.restore(path).audit
    assert fault is None
    with copy.store.transaction() as unit:
        assert len(unit.tickets.by_due_date()) == rows - 1
    with store.transaction() as unit:
        assert len(unit.tickets.by_due_date()) > rows


# The file


def test_the_file_is_for_its_owner_only_and_shows_nothing_of_anybody(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    packed = file.read_bytes().split(b"\n", 1)[1]
    plain = file.read_bytes() + gzip.decompress(packed)
    assert b"T-2026-0001" in plain
    for word in (b"matti", b"Matti", b"example.com", b"kaikki"):
        assert word not in plain


def test_the_master_key_is_not_in_the_file(settings: Settings, file: Path) -> None:
    written = (settings.service.data_dir / "master.key").read_bytes().strip()
    packed = file.read_bytes().split(b"\n", 1)[1]
    assert written not in gzip.decompress(packed)
    assert base64.b64decode(written) not in gzip.decompress(packed)


def test_a_file_that_is_there_is_not_overwritten(filled: Filled, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    path.write_text("precious")
    with pytest.raises(UsageError, match="is there already"):
        backed_up(filled.store, path)
    assert path.read_text() == "precious"


def test_a_backup_that_fails_leaves_no_file(filled: Filled, tmp_path: Path) -> None:
    def fail(_what: str, _share: float) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        backed_up(filled.store, folder / "backup", fail)
    assert list(folder.iterdir()) == []
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        backed_up(filled.store, folder / "nowhere" / "backup")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_byte_can_be_changed_and_none_left_out(file: Path, store: Store) -> None:
    whole = file.read_bytes()
    changed = [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(len(whole))]
    cut = [whole[:n] for n in range(0, len(whole), 7)]
    for fake in [*changed, *cut, whole + b"\n"]:
        file.write_bytes(fake)
        with pytest.raises(SelosteError), read_backup(file, store.keys, quiet):
            raise AssertionError("a changed backup was believed")


def test_a_changed_backup_is_told_plainly_and_nothing_is_restored(file: Path, copy: Copy) -> None:
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(StorageError, match="changed or cut short"):
        copy.restore(file)
    assert not any(everything(copy.store).values())


def test_a_backup_of_another_master_key_is_told_plainly(file: Path) -> None:
    another = Keys.derived_from(new_key())
    with pytest.raises(KeyFault, match="another master key"), read_backup(file, another, quiet):
        pass


@pytest.mark.parametrize("text", ["", "hello", "[]", "{}", '{"seloste backup": 1}'])
def test_a_file_that_is_no_backup_is_told_plainly(tmp_path: Path, store: Store, text: str) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    with (
        pytest.raises(UsageError, match="is no backup of seloste"),
        read_backup(path, store.keys, quiet),
    ):
        pass


# The target


def test_a_database_that_holds_something_is_left_alone(file: Path, copy: Copy) -> None:
    with copy.store.transaction() as unit:
        unit.contacts.register([[email("matti@example.com")]])
    before = everything(copy.store)
    with pytest.raises(UsageError, match=r"not empty .*contacts: 1"):
        copy.restore(file)
    assert everything(copy.store) == before


def test_a_database_that_was_only_opened_is_empty(
    filled: Filled, file: Path, copy: Copy, other_tables: str
) -> None:
    open_store(other_tables, lambda _new: new_key()).close()
    copy.restore(file, resend=True)
    assert without_audit(copy.store) == without_audit(filled.store)


def test_a_restore_that_fails_leaves_the_database_empty(file: Path, copy: Copy) -> None:
    def fail(what: str, _share: float) -> None:
        if what == "checking the audit chain":
            raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        read_backup(file, copy.store.keys, quiet) as backup,
    ):
        restore(copy.store, backup, erased=(), kept=KEPT, resend=False, now=NOW, tell=fail)
    assert not any(everything(copy.store).values())


def test_a_chain_that_was_broken_is_restored_and_told(
    filled: Filled, copy: Copy, tmp_path: Path
) -> None:
    with filled.store.transaction() as unit:
        unit.connection.exec_driver_sql("UPDATE audit SET actor = 'nobody' WHERE seq = 2")
    done = copy.restore(backed_up(filled.store, tmp_path / "broken"))
    assert done.audit == (2, "row 2 (T-2026-0002) was changed")


# Effects and events that waited


def test_what_waited_is_set_aside_since_it_may_have_been_sent(file: Path, copy: Copy) -> None:
    done = copy.restore(file)
    assert done.effects == 2
    with copy.store.transaction() as unit:
        assert unit.outbox.waiting() == (0, None)
        given_up = unit.outbox.dead_effects()
        assert [effect.error for effect in given_up].count(UNKNOWN) == 2
        assert unit.outbox.retry([], NOW) == len(given_up)


def test_what_waited_is_sent_when_the_restorer_says_so(file: Path, copy: Copy) -> None:
    done = copy.restore(file, resend=True)
    assert done.effects == 0
    with copy.store.transaction() as unit:
        assert unit.outbox.waiting()[0] == 2
        claimed = unit.outbox.claim("me", now=NOW, lease=timedelta(1), most=9, rate_limits={})
    assert len(claimed) == 2


def test_what_was_claimed_at_the_time_is_free(filled: Filled, copy: Copy, tmp_path: Path) -> None:
    with filled.store.transaction() as unit:
        assert unit.outbox.claim("gone", now=NOW, lease=timedelta(days=9), most=9, rate_limits={})
    copy.restore(backed_up(filled.store, tmp_path / "claimed"), resend=True)
    with copy.store.transaction() as unit:
        assert unit.outbox.claim("me", now=NOW, lease=timedelta(1), most=9, rate_limits={})


def test_an_event_that_waited_is_handled_an_old_one_is_left_to_a_person(
    file: Path, copy: Copy
) -> None:
    assert copy.restore(file, now=NOW + timedelta(days=6)).events == 0
    with copy.store.transaction() as unit:
        assert unit.inbox.waiting()[0] == 1


def test_an_old_event_that_waited_is_left_to_a_person(file: Path, copy: Copy) -> None:
    assert copy.restore(file, now=NOW + timedelta(days=8)).events == 1
    with copy.store.transaction() as unit:
        assert unit.inbox.waiting()[0] == 0
        assert [event.kind for event in unit.inbox.dead_events()] == ["customer"]


def test_what_is_kept_no_longer_is_not_brought_back(file: Path, copy: Copy) -> None:
    done = copy.restore(file, now=NOW + timedelta(days=8))
    gone = {name: number for name, number in done.forgotten.items() if number}
    assert gone == {
        "code_letters": 1,
        "dialogues": 2,
        "drafts": 1,
        "inbox": 2,
        "outbox": 2,
        "rate_limits": 2,
    }
    kept = everything(copy.store)
    assert kept["dialogues"] == []
    assert len(kept["inbox"]) == 1


# Nothing erased comes back


def test_what_the_journal_names_is_destroyed_with_all_that_is_about_it(
    filled: Filled, file: Path, copy: Copy
) -> None:
    done = copy.restore(file, erased=[filled.matti.id, "an id of later"])
    assert done.erased == {
        "tickets": 1,
        "ticket_keys": 1,
        "dialogues": 1,
        "inbox": 2,
        "outbox": 1,
    }
    with copy.store.transaction() as unit:
        assert [ticket.number for ticket in unit.tickets.by_due_date()] == ["T-2026-0002"]
        assert unit.dialogues.of(filled.key("matti")) is None
        assert unit.dialogues.of(filled.key("liisa")) is not None
        assert list(unit.inbox.contents()) == []
        assert all("matti" not in payload for _, _, payload in unit.outbox.contents())
        assert unit.audit.verify_chain() == (4, None)  # the restore, and the erasure
    assert len(everything(copy.store)["ticket_keys"]) == 1


def test_somebody_with_another_ticket_keeps_what_is_about_that(
    filled: Filled, copy: Copy, tmp_path: Path
) -> None:
    second = filled.ticket("matti")
    copy.restore(backed_up(filled.store, tmp_path / "two"), erased=[filled.matti.id])
    with copy.store.transaction() as unit:
        assert unit.tickets.of(filled.key("matti")) == (second,)
        assert unit.dialogues.of(filled.key("matti")) is not None
        said = [payload for _, _, payload in unit.outbox.contents()]
        assert any(second.number in payload for payload in said)
        assert not any(filled.matti.number in payload for payload in said)


def test_what_the_service_forgot_after_the_backup_does_not_come_back(
    filled: Filled, file: Path, copy: Copy, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "erased.log")
    withdrawn = apply(filled.matti, Command(action=Action.WITHDRAW), THE_CUSTOMER, NOW, Rules())
    assert isinstance(withdrawn, Change)
    with filled.store.transaction() as unit:
        unit.tickets.update(withdrawn.ticket, NOW.date())
        ids = unit.tickets.expired(NOW + timedelta(days=1))
        journal.write(ids)
        assert unit.erase(ids, NOW) == 1
    copy.restore(file, erased=journal.read())
    with copy.store.transaction() as unit:
        assert unit.tickets.by_id(filled.matti.id) is None
    assert everything(copy.store)["tickets"] == everything(filled.store)["tickets"]


def test_of_whom_was_erased_since_only_the_hash_is_brought_back_to_the_suppression_list(
    filled: Filled, file: Path, copy: Copy
) -> None:
    liisa = filled.objection()
    erased = replace(liisa, right=Right.ERASURE, state=State.FULFILLED, verified=liisa.evidence[0])
    with filled.store.transaction() as unit:
        ids = unit.forget_suppressed(erased)
    copy.restore(file, erased=ids)
    with copy.store.transaction() as unit:
        assert [one.value for one in unit.suppressions.listed()] == [""]
        assert unit.suppressions.held(liisa.contacts) == set(liisa.contacts)


def test_a_journal_whose_last_line_was_cut_short_loses_none_of_the_next(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "data" / "erased.log")
    journal.write(["one"])
    with (tmp_path / "data" / "erased.log").open("ab") as file:
        file.write(b"cut sho")
    journal.write(["two"])
    assert journal.read()[0] == "one"
    assert journal.read()[-1] == "two"


# Opening


def test_opening_what_is_there_makes_nothing(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no database of seloste"):
        open_existing(url, lambda: Keys.derived_from(new_key()))
    assert not (tmp_path / "data").exists()


def test_a_second_machine_without_the_key_is_refused_and_makes_none(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    assert store
    moved = settings.service.model_copy(update={"data_dir": tmp_path / "second"})
    with pytest.raises(KeyFault, match="restore it from your backup"):
        store_of(settings.model_copy(update={"service": moved}))
    assert not (tmp_path / "second").exists()
