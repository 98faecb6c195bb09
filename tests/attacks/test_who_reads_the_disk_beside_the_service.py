"""Other users of the machine read no file of the service, and no column says who wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import Assistant, store_of
from bot.bootstrap.foreground import take
from bot.config import Settings
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from tests.attacks.conftest import House, Intruder


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_files_are_for_their_owner_only(house: House, tmp_path: Path) -> None:
    assert house
    data = tmp_path / "data"
    assert data.stat().st_mode & 0o777 == 0o700
    open_to_others = [
        path.name for path in data.rglob("*") if path.is_file() and path.stat().st_mode & 0o077
    ]
    assert {path.name for path in data.iterdir()} >= {"seloste.db", "seloste.db-wal", "audit.log"}
    assert open_to_others == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_files_of_an_older_version_are_closed(
    app: Assistant, settings: Settings, tmp_path: Path
) -> None:
    assert app
    for path in (tmp_path / "data").glob("seloste.db*"):
        path.chmod(0o644)
    store_of(settings).close()
    assert [p for p in (tmp_path / "data").glob("seloste.db*") if p.stat().st_mode & 0o077] == []


def test_the_id_of_an_event_does_not_say_who_wrote(app: Assistant, intruder: Intruder) -> None:
    said = FromCustomer(person=Person(channel="test", account="U0MATTI"), event=Said(text="hei"))
    for _ in range(2):
        take(app, app.intake.inbound("171.2:choose:3:U0MATTI", said))
    (row,) = intruder.run("SELECT event_id FROM inbox")
    assert "U0MATTI" not in row["event_id"]


def test_an_event_that_an_older_version_kept_is_known(app: Assistant, intruder: Intruder) -> None:
    said = FromCustomer(person=Person(channel="test", account="U0MATTI"), event=Said(text="hei"))
    take(app, app.intake.inbound("171.2:choose:3:U0MATTI", said))
    intruder.run("UPDATE inbox SET event_id = '171.2:choose:3:U0MATTI'")
    assert app.intake.receive([app.intake.inbound("171.2:choose:3:U0MATTI", said)]) == 0
