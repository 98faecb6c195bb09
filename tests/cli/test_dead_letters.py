"""Dead letters are listed and tried again."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.cli.conftest import Machine
from tests.storage.conftest import Filled


def test_what_could_not_be_done_is_listed_and_tried_again(filled: Filled, machine: Machine) -> None:
    listed = machine.run("outbox", "list").out
    local = filled.now.astimezone(ZoneInfo("Europe/Helsinki"))
    assert f"4   │ say  │ given up │ {local:%Y-%m-%d %H:%M} │ 1" in listed
    assert "refused: [no] such place" in listed
    assert f"2   │ customer │ test    │ {local:%Y-%m-%d %H:%M} │ 1" in listed
    assert "1 effects were given up, 1 events were set aside; 2 effects wait" in listed
    unknown = machine.run("outbox", "retry", "4", "3", code=2).err
    assert "no. 3 cannot be tried again" in unknown
    assert "1 effects will be tried again" in machine.run("outbox", "retry", "4").out
    assert "1 events will be tried again" in machine.run("inbox", "retry").out
    assert "0 effects will be tried again" in machine.run("outbox", "retry").out
    assert "0 effects were given up, 0 events" in machine.run("outbox", "list").out
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
