"""Faults on order against real replicas: nothing acknowledged is lost, and it mends by itself."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert

from bot.bootstrap import store_of, utc_now
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.storage import tables
from bot.storage.store import Store
from tests.fakes.disk import filled, limited, small_disk
from tests.fakes.loopback import Fault, Loopback
from tests.fakes.postgres import Postgres
from tests.fakes.replica import SECRET, Replica, until
from tests.fakes.smtp import FakeSmtp
from tests.soak.harness import Outage, Plan, Report, Soak

pytestmark = pytest.mark.long

COOKIES = "Mihin käytätte evästeitä?"
STOPS = ("events were turned away", "waiting for the database", "delivery waits for the database")


class House:
    """A replica with a short patience, and the world outside it."""

    def __init__(self, folder: Path, loopback: Loopback, smtp: FakeSmtp, url: str) -> None:
        self.loopback, self.smtp = loopback, smtp
        self._url = url
        self._events = 0
        self.replica = Replica(
            folder,
            loopback,
            SELOSTE_DATABASE__URL=url,
            SELOSTE_HTTP__TIMEOUT_SECONDS="0.5",
            SELOSTE_DELIVERY__AGAIN_SECONDS="[0.2, 0.2]",
            SELOSTE_MAIL__SMTP_URL=smtp.url(),
            SELOSTE_MAIL__ADDRESS="privacy@example.com",
        )
        self._data = folder / "data"

    def says(self, person: str, *texts: str) -> None:
        for text in texts:
            self._post(person=person, text=text)

    def acts(self, staff: str, ticket: str, action: str, **more: str) -> None:
        self._post(staff=staff, ticket=ticket, action=action, **more)

    def _post(self, **content: str) -> None:
        self._events += 1
        answer = self.replica.post({"id": str(self._events), **content})
        assert answer.status_code == 200, answer.text

    def heard(self, person: str) -> list[str]:
        return [d["text"] for d in self.loopback.taken if d.get("person") == person]

    def desk(self, kind: str) -> list[dict[str, Any]]:
        return [d for d in self.loopback.taken if d.get("kind") == kind]

    def letters(self, number: str) -> list[str]:
        bodies = [letter.body("plain") for letter in self.smtp.letters]
        return [body for body in bodies if number in body]

    def store(self) -> Store:
        described = {"service": {"data_dir": self._data}, "database": {"url": self._url}}
        return store_of(Settings.model_validate(described))

    def dead_effects(self) -> list[tuple[str, str, str]]:
        store = self.store()
        with store.reading() as unit:
            found = [(u.channel, u.kind, u.error) for u in unit.outbox.dead_effects()]
        store.close()
        return found

    def poison(self, person: str) -> int:
        """Put an event in the inbox that nobody can open; return its position."""
        now = utc_now()
        row = {
            "channel": "http",
            "event_id": "poison",
            "person": self._key(person),
            "kind": "customer",
            "sealed": b"broken",
            "received_at": now,
            "run_at": now,
            "attempts": 0,
        }
        engine = create_engine(self._url)
        with engine.begin() as connection:
            position = connection.execute(insert(tables.inbox).values(row)).inserted_primary_key
        engine.dispose()
        assert position
        return int(position[0])

    def _key(self, person: str) -> str:
        store = self.store()
        store.close()
        return store.keys.hashed(f"http:{person}")

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.replica.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[House]:
    """One replica on SQLite for all faults of channels: the other end is what fails."""
    assert known
    folder = tmp_path_factory.mktemp("house")
    url = f"sqlite:///{folder / 'data' / 'seloste.db'}"
    with Loopback(SECRET) as loopback, FakeSmtp() as smtp:
        made = House(folder, loopback, smtp, url)
        with made.replica:
            yield made


@pytest.fixture
def either(tmp_path: Path, url: str, known: Understanding) -> Iterator[House]:
    """A replica of one's own, on each kind of database."""
    assert known
    with Loopback(SECRET) as loopback, FakeSmtp() as smtp:
        made = House(tmp_path, loopback, smtp, url)
        with made.replica:
            yield made


# Channels


@pytest.mark.timed
def test_who_asks_for_a_rest_gets_it_and_the_others_go_on(house: House) -> None:
    house.loopback.faults.append(Fault(code=429, retry_after=2, to="tired"))
    begun = time.monotonic()
    house.says("tired", COOKIES, "kiitos")
    until(lambda: house.loopback.tries["tired"] == 1)
    house.says("awake", COOKIES)
    until(lambda: house.heard("awake"), 1.5)
    assert not house.heard("tired")
    until(lambda: len(house.heard("tired")) == 2)
    assert time.monotonic() - begun >= 2
    assert "evästeitä" in house.heard("tired")[0]  # in order all the same
    assert house.loopback.tries["tired"] == 3


def test_what_met_a_server_fault_is_sent_again_later(house: House) -> None:
    house.loopback.faults.append(Fault(code=500, to="shaky"))
    begun = time.monotonic()
    house.says("shaky", "hei")
    until(lambda: house.heard("shaky"))
    assert time.monotonic() - begun >= 1
    assert house.loopback.tries["shaky"] == 2


def test_what_took_effect_before_a_time_out_is_sent_again_with_the_same_id(house: House) -> None:
    house.loopback.faults.append(Fault(code=200, wait=1.0, effect=True, to="slow"))
    house.says("slow", COOKIES, "kiitos")
    until(lambda: len(house.heard("slow")) == 2)
    first = next(d["id"] for d in house.loopback.taken if d.get("person") == "slow")
    assert house.loopback.times[first] == 2


def test_a_plain_answer_that_is_refused_for_ever_alarms_staff(house: House) -> None:
    house.loopback.faults.append(Fault(code=403, to="gone", lasting=True))
    house.says("gone", COOKIES)
    until(lambda: house.desk("alarm"))
    assert ("http", "say", "HTTP 403") in house.dead_effects()
    assert house.loopback.tries["gone"] == 1
    assert "gone" not in json.dumps(house.desk("alarm"))


def test_a_matter_of_a_ticket_goes_by_letter_to_a_proved_address_instead(house: House) -> None:
    house.says("left", "Poistakaa tietoni", "kyllä", "Matti", "matti@example.com", "ohita", "kyllä")
    until(lambda: house.desk("ticket"))
    number = house.desk("ticket")[0]["ticket"]["number"]
    until(lambda: house.letters(number))
    house.says("left", re.findall(r"\b\d{8}\b", house.letters(number)[0])[0])
    until(lambda: len(house.desk("ticket")) == 2)
    until(lambda: len(house.heard("left")) == 7)
    alarms = len(house.desk("alarm"))
    house.loopback.faults.append(Fault(code=403, to="left", lasting=True))
    house.acts("Mika", number, "refuse", text="Sopimus on voimassa.")
    until(lambda: len(house.letters(number)) == 2)
    assert "Sopimus on voimassa." in house.letters(number)[1]
    assert "Sopimus" not in str(house.heard("left"))
    until(lambda: house.desk("ticket")[-1]["ticket"]["state"] == "refused")
    assert len(house.desk("alarm")) == alarms


def test_a_desk_that_refuses_for_ever_is_not_alarmed_of_its_own_alarm(house: House) -> None:
    before, tries = len(house.dead_effects()), house.loopback.tries["desk"]
    fault = Fault(code=403, to="desk", lasting=True)
    house.loopback.faults.append(fault)
    house.says("matti", "Lopettakaa mainonta", "kyllä", "matti@example.com", "ohita", "kyllä")
    until(lambda: len(house.dead_effects()) == before + 2)
    time.sleep(0.5)
    house.loopback.faults.remove(fault)
    assert [kind for _, kind, _ in house.dead_effects()[before:]] == ["show_ticket", "alarm"]
    assert house.loopback.tries["desk"] == tries + 2


# Events


def test_an_event_that_cannot_be_handled_is_set_aside_and_the_rest_go_on(either: House) -> None:
    either.says("matti", "hei")
    until(lambda: either.heard("matti"))
    position = either.poison("matti")
    either.says("matti", COOKIES)
    either.says("liisa", COOKIES)
    until(lambda: either.heard("liisa"))
    until(lambda: len(either.heard("matti")) == 2)  # behind the broken one
    until(lambda: either.desk("alarm"))
    (alarm,) = either.desk("alarm")
    assert str(position) in alarm["text"]
    store = either.store()
    with store.reading() as unit:
        assert unit.inbox.dead_count() == 1
    store.close()
    faults = [line for line in either.log() if line["event"] == "an event could not be handled"]
    # Two handlers may have made the same attempt; it counts once.
    assert sorted({fault["attempt"] for fault in faults}) == [1, 2, 3]


# Storage


def without_storage(
    folder: Path,
    url: str,
    known: Understanding,
    outage: Outage,
    replicas: int = 1,
) -> Report:
    """Return what comes of a fleet in whose midst storage fails for a while."""
    plan = Plan(rounds=0, replicas=replicas, customers=6)
    return Soak(plan, url, folder, known, [outage]).run()


def logged(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.glob("log-*"))


def test_a_database_that_stops_and_comes_back_loses_nothing(
    tmp_path: Path, postgres: Postgres, known: Understanding
) -> None:
    with postgres.database() as url:
        outage = Outage(seconds=5, begin=lambda _replicas: postgres.stopped(), unready=True)
        report = without_storage(tmp_path, url, known, outage, replicas=2)
    assert report.faults == []
    assert report.messages > 10
    assert all(words in logged(tmp_path) for words in STOPS)


def test_a_full_disk_loses_nothing(tmp_path: Path, known: Understanding) -> None:
    data = tmp_path / "data"  # the log, which is read below, lies on another disk
    data.mkdir()
    with small_disk(data, 64) as made:
        if not made:
            pytest.skip("only root may mount a file system")
        outage = Outage(seconds=2, begin=lambda _replicas: filled(data))
        report = without_storage(tmp_path, f"sqlite:///{data / 'seloste.db'}", known, outage)
        log = logged(tmp_path)
    assert report.faults == []
    assert report.messages > 10
    assert "SQLITE_FULL" in log


def test_a_quota_that_is_used_up_loses_nothing(tmp_path: Path, known: Understanding) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'seloste.db'}"
    report = without_storage(tmp_path, url, known, Outage(seconds=2, begin=limited))
    assert report.faults == []
    assert report.messages > 10


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, known: Understanding) -> None:
    assert known
    with Loopback(SECRET) as loopback:
        replica = Replica(tmp_path, loopback)
        replica.stderr = Path("/dev/full")
        with replica:
            assert replica.post({"id": "1", "person": "matti", "text": "hei"}).status_code == 200
            until(lambda: loopback.taken)
            replica.stop()
            assert replica.process.returncode == 0
