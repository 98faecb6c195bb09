"""`seloste run` as real processes: signed events in, signed messages out, a stop in time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.http import signature
from bot.content.loaded import Understanding
from tests.fakes.loopback import Fault, Loopback
from tests.fakes.replica import SECRET, Replica, until
from tests.fakes.smtp import FakeSmtp

pytestmark = pytest.mark.long


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    with Loopback(SECRET) as server:
        yield server


@pytest.fixture
def replica(
    tmp_path: Path, url: str, loopback: Loopback, known: Understanding
) -> Iterator[Replica]:
    assert known  # the model is trained before the process starts
    with Replica(tmp_path, loopback, SELOSTE_DATABASE__URL=url) as running:
        yield running


def heard(loopback: Loopback, person: str) -> list[str]:
    return [d["text"] for d in loopback.taken if d.get("person") == person]


def cards(loopback: Loopback) -> list[dict[str, Any]]:
    return [d["ticket"] for d in loopback.taken if d.get("kind") == "ticket"]


def test_a_question_is_answered_and_a_stop_is_over_in_time(
    replica: Replica, loopback: Loopback
) -> None:
    asked = {"id": "1", "person": "matti", "text": "Kuinka kauan säilytätte tietojani?"}
    assert replica.post(asked).json() == {"received": True}
    until(lambda: heard(loopback, "matti"))
    assert "kohtuullisen ajan asiakassuhteen päättymisen jälkeen" in heard(loopback, "matti")[0]
    assert replica.post(asked).json() == {"received": True}
    time.sleep(0.5)
    assert len(loopback.taken) == 1
    assert replica.stop() < 10
    assert replica.process.returncode == 0


def test_a_request_goes_its_way_with_real_mail_and_a_desk(
    tmp_path: Path, url: str, loopback: Loopback, known: Understanding
) -> None:
    assert known
    with FakeSmtp() as smtp:
        mail = {
            "SELOSTE_MAIL__SMTP_URL": smtp.url(),
            "SELOSTE_MAIL__ADDRESS": "privacy@example.com",
            "SELOSTE_DATABASE__URL": url,
        }
        with Replica(tmp_path, loopback, **mail) as replica:
            words = ("Poistakaa tietoni", "kyllä", "Matti Meikäläinen", "matti@example.com")
            for number, text in enumerate((*words, "ohita", "kyllä")):
                replica.post({"id": str(number), "person": "matti", "text": text})
            until(lambda: smtp.letters)
            code = re.findall(r"\b\d{8}\b", smtp.letters[0].body("plain"))[0]
            replica.post({"id": "code", "person": "matti", "text": code})
            until(lambda: len(cards(loopback)) == 2)
            card = cards(loopback)[-1]
            assert card["state"] == "awaiting_identity"  # the address is not on file

            def act(id: str, staff: str, action: str, **more: str) -> None:
                event = {"id": id, "staff": staff, "ticket": card["number"], "action": action}
                assert replica.post({**event, **more}).status_code == 200

            act("a", "Aino", "verify", method="call_back")
            act("b", "Aino", "confirm")
            until(lambda: any(d.get("kind") == "tellstaff" for d in loopback.taken))
            act("c", "Mika", "confirm")
            until(lambda: "hyväksytty" in heard(loopback, "matti")[-1])
            assert loopback.unsigned == 0
            log = replica.log.read_text()
            for secret in ("Matti", "matti@", code, SECRET, "Poistakaa"):
                assert secret not in log


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"person": "matti", "text": "hei"}, "id"),
        ({"id": "1", "text": "hei"}, "person or staff is missing"),
        ({"id": "1", "person": "matti"}, "a text or a choice"),
        ({"id": "1", "person": "matti", "text": "hei", "choice": "x"}, "a text or a choice"),
        ({"id": "1", "person": "matti", "text": 5}, "text"),
        ({"id": "1", "person": "matti", "text": "hei", "more": 1}, "more"),
        ({"id": "1", "staff": "Nobody", "ticket": "T-1", "action": "confirm"}, "of that"),
        ({"id": "1", "staff": "Aino", "ticket": "T-1", "action": "confirm"}, "none of that number"),
        ([], "object"),
    ],
)
def test_a_malformed_event_is_told_what_is_wrong(shared: Replica, event: Any, told: str) -> None:
    answer = shared.post(event)
    assert answer.status_code == 400
    assert told in answer.json()["error"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Replica]:
    assert known
    with (
        Loopback(SECRET) as loopback,
        Replica(tmp_path_factory.mktemp("shared"), loopback) as running,
    ):
        yield running


def test_what_is_not_signed_is_refused(shared: Replica) -> None:
    event = {"id": "1", "person": "matti", "text": "hei"}
    assert shared.post(event, **{signature.SIGNATURES: "v1,00"}).status_code == 401
    assert shared.post(event, **{signature.TIME: "1000000000"}).status_code == 401
    assert shared.post(event, **{signature.TIME: "soon"}).status_code == 401
    assert httpx.post(f"{shared.url}/http/events", content=b"{}").status_code == 401


def test_health_and_metrics_are_told_without_personal_data(shared: Replica) -> None:
    shared.post({"id": "m1", "person": "Kanarialintu", "text": "Kanarialintu laulaa?"})
    assert httpx.get(f"{shared.url}/healthz").text == "alive\n"
    assert httpx.get(f"{shared.url}/readyz").text == "ready\n"

    def page() -> str:
        return httpx.get(f"{shared.url}/metrics").text

    until(lambda: 'seloste_deliveries_total{channel="http",outcome="sent"}' in page())
    assert "Kanarialintu" not in page()
    for name in ("queue_depth", "queue_oldest_seconds", "dead_effects", "handling_seconds"):
        assert f"seloste_{name}" in page()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(code=429, retry_after=1),
        Fault(code=500),
        Fault(code=500, effect=True),
        Fault(code=503, retry_after=0),
    ],
)
def test_a_fault_of_the_other_end_loses_nothing(
    replica: Replica, loopback: Loopback, fault: Fault
) -> None:
    loopback.faults += [fault]
    for number, text in enumerate(("hei", "Mihin käytätte evästeitä?", "kiitos")):
        replica.post({"id": str(number), "person": "matti", "text": text})
    until(lambda: len(heard(loopback, "matti")) == 3)
    assert "evästeitä" in heard(loopback, "matti")[1]
    assert loopback.repeats == (1 if fault.effect else 0)


def test_a_question_passed_to_staff_comes_back_answered(
    replica: Replica, loopback: Loopback
) -> None:
    replica.post({"id": "1", "person": "liisa", "text": "Kuka on tietosuojavastaavanne?"})
    until(lambda: heard(loopback, "liisa"))
    said = next(d for d in loopback.taken if d.get("person") == "liisa")
    choice = next(c["choice"] for c in said["choices"] if c["choice"].startswith("pass"))
    replica.post({"id": "2", "person": "liisa", "choice": choice})
    until(lambda: any(d.get("kind") == "inquiry" for d in loopback.taken))
    asked = next(d["inquiry"] for d in loopback.taken if d.get("kind") == "inquiry")
    assert asked["question"] == "Kuka on tietosuojavastaavanne?"
    answer = {"id": "3", "staff": "Aino", "action": "reply", "ticket": asked["number"]}
    replica.post({**answer, "version": asked["version"], "text": "Soittakaa vaihteeseen."})
    until(lambda: len(heard(loopback, "liisa")) == 3)
    assert "Soittakaa vaihteeseen." in heard(loopback, "liisa")[-1]
    late = {**answer, "id": "4", "version": asked["version"], "text": "Ei ole."}
    assert replica.post(late).json() == {"received": True}
    until(lambda: any(d.get("kind") == "tellstaff" for d in loopback.taken))
    assert len(heard(loopback, "liisa")) == 3
