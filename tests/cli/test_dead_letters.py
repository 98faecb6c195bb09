"""Dead letters are listed and retried."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.cli.conftest import Machine
from tests.storage.conftest import Filled


def test_dead_letters_are_listed_and_retried(filled: Filled, machine: Machine) -> None:
    listed = machine.run("outbox", "list").out
    local = filled.now.astimezone(ZoneInfo("Europe/Helsinki"))
    assert f"4   │ say  │ refused │ {local:%Y-%m-%d %H:%M} │ 1" in listed
    assert "refused: [no] such place" in listed
    assert f"2   │ customer │ test    │ {local:%Y-%m-%d %H:%M} │ 1" in listed
    assert "1 dead effects, 1 dead events; 2 effects wait" in listed
    unknown = machine.run("outbox", "retry", "4", "3", code=2).err
    assert "no. 3 is no dead letter" in unknown
    assert "1 dead effects will be retried" in machine.run("outbox", "retry", "4").out
    assert "1 dead events will be retried" in machine.run("inbox", "retry").out
    assert "0 dead effects will be retried" in machine.run("outbox", "retry").out
    assert "0 dead effects, 0 dead events" in machine.run("outbox", "list").out
    with filled.store.reading() as unit:
        assert unit.outbox.waiting()[0] == 3
        assert unit.inbox.waiting()[0] == 2


def test_a_machine_without_the_key_of_its_database_is_refused(
    filled: Filled, machine: Machine, second: Machine
) -> None:
    assert filled
    stranger = machine.at(second.folder, machine.url)
    refused = stranger.run("outbox", "list", code=2)
    assert "data/master.key is missing" in refused.err
    assert "restore it from your backup" in refused.err
    assert list(stranger.folder.iterdir()) == []
