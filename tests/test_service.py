"""One event, one transaction; and nothing personal where it does not belong."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.core import tickets
from bot.core.identity import Method
from bot.core.messages import Message, Say, StaffActed
from bot.core.tickets import Action, Command, Denial, Person
from tests.conftest import Clock

MATTI = Person(channel="test", account="matti-account")
CANARIES = ("Kanarialintu", "kanaria@example.com", "salainen toive", "matti-account")


class Talk:
    """Talks to the service as one person and remembers what was heard."""

    def __init__(self, app: App, person: Person = MATTI) -> None:
        self.app, self.person, self.events = app, person, 0
        self.heard: list[Message] = []

    def say(self, *texts: str) -> Message:
        for text in texts:
            self.events += 1
            self.app.service.said(f"{self.person.account}-{self.events}", self.person, text)
            self.app.deliver(self._hear, lambda _seen: None)
        return self.heard[-1]

    def _hear(self, say: Say, message: Message) -> None:
        if say.to.account == self.person.account:
            self.heard.append(message)


def erasure(app: App) -> Talk:
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Kanarialintu", "kanaria@example.com")
    talk.say("salainen toive", "kyllä")
    return talk


def test_nothing_personal_in_logs_audit_or_file_names(
    app: App, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    talk = erasure(app)
    code = app.mail.letters()[0].read_text().split("on ")[1][:8]
    talk.say("12345678", code)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets()
        audit = repr(unit.history(ticket.id))
    assert ticket.person.name == "Kanarialintu"
    for canary in (*CANARIES, code):
        assert canary not in audit
        assert canary not in caplog.text
        assert all(canary not in str(path) for path in tmp_path.rglob("*"))


def test_a_plain_question_leaves_nothing_of_its_text(app: App, tmp_path: Path) -> None:
    Talk(app).say("Kuinka kauan Kanarialintu säilyttää tietoja?")
    app.store.close()
    for path in (tmp_path / "data").glob("seloste.db*"):
        assert b"Kanarialintu" not in path.read_bytes()
    with app.store.transaction() as unit:
        key = app.store.keys.hashed("test:matti-account")
        assert "Kanarialintu" not in repr(unit.dialogue(key))


def test_an_identity_code_is_masked_before_it_is_kept(app: App) -> None:
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Matti", "matti@example.com")
    summary = talk.say("hetuni on 131052-308T")
    assert "131052" not in repr(summary)
    talk.say("kyllä")
    with app.store.transaction() as unit:
        assert "131052" not in repr(unit.tickets())


def test_two_people_do_not_see_each_others_tickets(app: App) -> None:
    erasure(app)
    other = Talk(app, Person(channel="test", account="liisa"))
    assert "T-2026" not in repr(other.say("/status"))
    assert "T-2026" not in repr(other.say("T-2026-0001"))
    assert "T-2026" not in repr(other.say("peruutan pyynnön T-2026-0001"))


def test_a_button_of_another_persons_ticket_does_nothing(app: App) -> None:
    erasure(app)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets()
    for action in ("withdraw", "really", "resend", "answer"):
        app.service.chose(
            f"forged-{action}", Person(channel="test", account="x"), f"{action}:{ticket.id}"
        )
    with app.store.transaction() as unit:
        assert unit.tickets() == (ticket,)


@pytest.mark.parametrize(
    "token", ["", ":", "yes", "intent:", "fi:", "fi:nowhere", "x" * 5000, "really:"]
)
def test_a_forged_button_gets_a_calm_answer(app: App, token: str) -> None:
    talk = Talk(app)
    app.service.chose("forged", MATTI, token)
    talk.say("hei")
    assert len(talk.heard) == 2


def test_of_two_who_confirm_at_once_one_is_first(app: App, clock: Clock) -> None:
    erasure(app)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets()
    staff = app.actors()
    evidence = tickets.attestation(Method.CALL_BACK, staff["Sari"], clock())
    app.service.staff_acted(
        StaffActed(
            ticket=ticket.id,
            actor=staff["Sari"],
            command=Command(action=Action.VERIFY, version=ticket.version, evidence=evidence),
        )
    )
    outcomes: list[Denial | None] = []

    def confirm(name: str) -> None:
        command = Command(action=Action.CONFIRM, version=ticket.version + 1)
        event = StaffActed(ticket=ticket.id, actor=staff[name], command=command)
        outcomes.append(app.service.staff_acted(event))

    threads = [threading.Thread(target=confirm, args=(name,)) for name in ("Aino", "Mika")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [None, Denial.STALE]


def test_codes_are_mailed_three_times_an_hour_however_often_one_asks(
    app: App, clock: Clock
) -> None:
    for number in range(6):
        talk = Talk(app, Person(channel="test", account=f"account-{number}"))
        talk.say("lopettakaa mainonta", "kyllä", "uhri@example.com", "ohita", "kyllä")
    assert len(app.mail.letters()) == 3
    clock.forward(timedelta(hours=1, minutes=1))
    talk = Talk(app, Person(channel="test", account="later"))
    talk.say("lopettakaa mainonta", "kyllä", "uhri@example.com", "ohita", "kyllä")
    assert len(app.mail.letters()) == 4


def test_a_conversation_is_forgotten_after_a_day(app: App, clock: Clock) -> None:
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Matti")
    clock.forward(timedelta(hours=25))
    app.forget()
    with app.store.transaction() as unit:
        assert unit.dialogue(app.store.keys.hashed("test:matti-account")) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800\udfff",
        "a" * 100_000,
        "{{ ''.__class__ }}",
        "<script>",
        "[bold]x",
        "\u202e\u200b",
        "🙂" * 5000,
        "/",
        "//",
        "/start@bot",
        "/ start",
        "T-9999-9999",
        "٣٤٥٦٧٨٩٠",
    ],
)
def test_every_stage_takes_bad_input_calmly(app: App, text: str) -> None:
    talk = Talk(app)
    for before in ("hei", "poistakaa tietoni", "kyllä", "Matti", "m@example.com", "ohita", "kyllä"):
        talk.say(before)
        said = len(talk.heard)
        talk.say(text)
        assert len(talk.heard) > said
