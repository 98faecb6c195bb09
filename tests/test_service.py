"""One event, one transaction; and nothing personal where it does not belong."""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from bot.bootstrap import Assistant, assistant
from bot.bootstrap.foreground import deliver, take
from bot.channels.desk import card
from bot.channels.render import plain
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.catalog import Language
from bot.core.effects import Remind, RemindOfInquiry, ReportDenial, Say, ShowInquiry, ToStaff
from bot.core.events import Chose, FromCustomer, Said, StaffActed
from bot.core.messages import Message
from bot.core.tickets import identity
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Action, Denial, Person
from bot.replica.metrics import Metrics
from bot.service.intake import CLOCK
from bot.service.routing import Routes
from bot.storage.store import Store
from tests.conftest import Clock
from tests.logs import logged, personal

MATTI = Person(channel="test", account="matti-account")
CANARIES = ("Kanarialintu", "kanaria@example.com", "salainen toive", "matti-account")


class Talk:
    """Talks to the service as one person and remembers what was heard."""

    def __init__(self, app: Assistant, person: Person = MATTI) -> None:
        self.app, self.person, self.events = app, person, 0
        self.heard: list[Message] = []
        self.told: list[ToStaff] = []

    def say(self, *texts: str) -> Message:
        for text in texts:
            self.events += 1
            event = f"{self.person.account}-{self.events}"
            take(
                self.app,
                self.app.intake.inbound(
                    event, FromCustomer(person=self.person, event=Said(text=text))
                ),
            )
            self.deliver()
        return self.heard[-1]

    def press(self, event: str, token: str) -> None:
        take(
            self.app,
            self.app.intake.inbound(
                event, FromCustomer(person=self.person, event=Chose(token=token))
            ),
        )

    def deliver(self) -> None:
        deliver(self.app, "test", self._hear, self.told.append)

    def _hear(self, say: Say, message: Message) -> None:
        if say.to.account == self.person.account:
            self.heard.append(message)


def letters(app: Assistant) -> list[str]:
    folder = app.settings.service.data_dir / "mail"
    return [path.read_text() for path in sorted(folder.glob("*.eml"))]


def erasure(app: Assistant) -> Talk:
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Kanarialintu", "kanaria@example.com")
    talk.say("salainen toive", "kyllä")
    return talk


def test_nothing_personal_in_logs_metrics_audit_or_file_names(
    app: Assistant, clock: Clock, tmp_path: Path
) -> None:
    with logged() as log:
        talk = erasure(app)
        code = letters(app)[0].split("on ")[1][:8]
        talk.say("12345678", code)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets.by_due_date()
        audit = repr(unit.audit.history(ticket.id))
    metrics = generate_latest(Metrics(app.store, clock, app.codes).registry).decode()
    assert ticket.person.name == "Kanarialintu"
    for written in (log.getvalue(), audit, metrics, *map(str, tmp_path.rglob("*"))):
        assert [canary for canary in (*CANARIES, code) if canary in written] == []


def test_of_an_event_that_cannot_be_handled_the_log_tells_its_kind_only(
    app: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Kanarialintu <kanaria@example.com>: salainen toive")

    monkeypatch.setattr("bot.service.customer.step", fail)
    said = FromCustomer(person=MATTI, event=Said(text="salainen toive"))
    with logged() as log:
        take(app, app.intake.inbound("1", said))
    begun, failed = log.getvalue().splitlines()
    assert '"event": "handling an event"' in begun
    assert '"fault": "ValueError"' in failed
    assert personal(begun + failed) == []


def test_a_plain_question_leaves_nothing_of_its_text(app: Assistant, tmp_path: Path) -> None:
    Talk(app).say("Kanarialintu: mihin käytätte evästeitä?")
    app.store.close()
    for path in (tmp_path / "data").rglob("*"):
        assert path.is_dir() or b"Kanarialintu" not in path.read_bytes()
    with app.store.transaction() as unit:
        key = app.store.keys.hashed("test:matti-account")
        assert "Kanarialintu" not in repr(unit.dialogues.of(key))


def test_a_plain_question_is_counted_by_its_topic(app: Assistant, clock: Clock) -> None:
    talk = Talk(app)
    talk.say("Käytättekö evästeitä?", "käytättekö evästeitä", "hei")
    today = app.rules.today(clock())
    with app.store.reading() as unit:
        counted = unit.question_counts.between(today, today)
    numbers = {(one.topic, one.result): n for one, n in counted.pop(Language.FI).items()}
    assert (numbers, counted) == ({("topic.cookies", "answered"): 2}, {})


def test_an_identity_code_is_masked_before_it_is_kept(app: Assistant) -> None:
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Matti", "matti@example.com")
    summary = talk.say("hetuni on 131052-308T")
    assert "131052" not in repr(summary)
    talk.say("kyllä")
    with app.store.transaction() as unit:
        assert "131052" not in repr(unit.tickets.by_due_date())


def test_two_people_do_not_see_each_others_tickets(app: Assistant) -> None:
    erasure(app)
    other = Talk(app, Person(channel="test", account="liisa"))
    assert "T-2026" not in repr(other.say("/status"))
    assert "T-2026" not in repr(other.say("T-2026-0001"))
    assert "T-2026" not in repr(other.say("peruutan pyynnön T-2026-0001"))


def test_a_button_of_another_persons_ticket_does_nothing(app: Assistant) -> None:
    erasure(app)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets.by_due_date()
    for action in ("withdraw", "really", "resend", "answer"):
        stranger = Talk(app, Person(channel="test", account="x"))
        stranger.press(f"forged-{action}", f"{action}:{ticket.id}")
    with app.store.transaction() as unit:
        assert unit.tickets.by_due_date() == (ticket,)


def test_one_code_proves_every_ticket_of_its_address(app: Assistant) -> None:
    talk = Talk(app)
    talk.say("poistakaa tietoni ja lopettakaa mainonta", "kyllä", "Matti", "m@example.com")
    talk.say("ohita", "kyllä", "kyllä", "ohita", "kyllä")
    first = re.findall(r"\b\d{8}\b", letters(app)[0])[0]
    talk.say(first)
    with app.store.reading() as unit:
        found = unit.tickets.by_due_date()
        assert len(found) == 2
        for ticket in found:
            assert ticket.evidence
            assert unit.audit.history(ticket.id)[-1].after == ticket.state


def test_the_clock_starts_when_the_right_is_asked_for(app: Assistant, clock: Clock) -> None:
    clock.now = datetime(2026, 8, 31, 20, 58, tzinfo=UTC)  # 23.58 in Helsinki
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Matti")
    clock.forward(timedelta(minutes=10))
    talk.say("m@example.com", "ohita", "kyllä")
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    assert ticket.clock.received == date(2026, 8, 31)


def test_an_old_button_answers_no_later_question(app: Assistant) -> None:
    talk = Talk(app)
    yes = talk.say("poistakaa tietoni").buttons[0].token
    talk.say("kyllä")
    for number in range(3):
        talk.press(f"skip-{number}", "skip:2")
    talk.say("Matti", "m@example.com")
    skip = talk.heard[-1].buttons[0].token
    talk.say("ohita", "kyllä", "/cancel")
    for token in (yes, skip):
        talk.press(f"old-{token}", token)
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    assert ticket.person.name == "Matti"


def test_a_letter_goes_only_to_an_address_that_was_proved(app: Assistant) -> None:
    erasure(app)
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    refusal = Command(action=Action.REFUSE, text="Ei voida.")
    event = StaffActed(ticket=ticket.id, actor=app.actors["Mika"], command=refusal)
    take(app, app.intake.inbound("refuse", event, "test"))
    said: list[Say] = []
    deliver(app, "test", lambda say, _message: said.append(say), lambda _told: None)
    assert said[-1].number == ticket.number
    assert said[-1].to.email == ""


def test_words_on_a_confirmation_stay_with_staff(app: Assistant, clock: Clock) -> None:
    talk = erasure(app)
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    aino = app.actors["Aino"]
    evidence = identity.attestation(Method.CALL_BACK, aino.key, clock())
    note = "Soitettu, hetu 131052-308T"
    verify = Command(action=Action.VERIFY, evidence=evidence, text=note)
    event = StaffActed(ticket=ticket.id, actor=aino, command=verify)
    take(app, app.intake.inbound("verify", event, "test"))
    talk.deliver()
    assert "Soitettu" not in repr(talk.heard)
    with app.store.reading() as unit:
        assert "131052" not in repr(unit.tickets.by_due_date())


@pytest.mark.parametrize(
    "token", ["", ":", "yes", "intent:", "fi:", "fi:nowhere", "x" * 5000, "really:"]
)
def test_a_forged_button_gets_a_calm_answer(app: Assistant, token: str) -> None:
    talk = Talk(app)
    talk.press("forged", token)
    talk.say("hei")
    assert len(talk.heard) == 2


def test_of_two_who_confirm_at_once_one_is_first(app: Assistant, clock: Clock) -> None:
    talk = erasure(app)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets.by_due_date()
    staff = app.actors
    evidence = identity.attestation(Method.CALL_BACK, staff["Sari"].key, clock())
    verify = Command(action=Action.VERIFY, version=ticket.version, evidence=evidence)
    attested = StaffActed(ticket=ticket.id, actor=staff["Sari"], command=verify)
    take(app, app.intake.inbound("attest", attested, "test"))
    talk.deliver()

    def confirm(name: str) -> None:
        command = Command(action=Action.CONFIRM, version=ticket.version + 1)
        event = StaffActed(ticket=ticket.id, actor=staff[name], command=command)
        take(app, app.intake.inbound(f"confirm-{name}", event, "test"))

    threads = [threading.Thread(target=confirm, args=(name,)) for name in ("Aino", "Mika")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    talk.deliver()
    (second,) = (told for told in talk.told if isinstance(told, ReportDenial))
    assert second.denial is Denial.STALE
    first = next(name for name, actor in staff.items() if actor.key == second.first)
    assert {first, *(n for n in ("Aino", "Mika") if staff[n].key == second.actor)} == {
        "Aino",
        "Mika",
    }


def test_codes_are_mailed_six_times_a_day_however_many_strangers_ask(
    app: Assistant, clock: Clock
) -> None:
    for number in range(8):
        talk = Talk(app, Person(channel="test", account=f"account-{number}"))
        talk.say("lopettakaa mainonta", "kyllä", "uhri@example.com", "ohita", "kyllä")
    assert len(letters(app)) == 6
    clock.forward(timedelta(days=1))
    talk = Talk(app, Person(channel="test", account="later"))
    talk.say("lopettakaa mainonta", "kyllä", "uhri@example.com", "ohita", "kyllä")
    assert len(letters(app)) == 7


def test_a_conversation_is_forgotten_after_a_day(app: Assistant, clock: Clock) -> None:
    talk = Talk(app)
    talk.say("poistakaa tietoni", "kyllä", "Matti", "peru", "Kuinka kauan säilytätte tietoja?")
    clock.forward(timedelta(hours=25))
    app.schedule.enqueue_daily_tasks()
    while app.handler.handle_next():
        pass
    with app.store.transaction() as unit:
        assert unit.dialogues.of(app.store.keys.hashed("test:matti-account")) is None


def passed_on(app: Assistant) -> Talk:
    talk = Talk(app)
    talk.say("Kuka on tietosuojavastaavanne?")
    talk.press("pass", token_of(talk.heard[-1], "pass"))
    talk.deliver()
    return talk


def token_of(message: Message, name: str) -> str:
    return next(b.token for b in message.buttons if b.token.startswith(f"{name}:"))


def day_comes(app: Assistant, clock: Clock, days: int) -> None:
    clock.forward(timedelta(days=days))
    with app.store.transaction() as unit:
        unit.clock.accept(clock.now)
    app.schedule.enqueue_daily_tasks()
    while app.handler.handle_next():
        pass


def test_no_task_comes_of_a_request_that_cannot_lapse(app: Assistant, clock: Clock) -> None:
    """One of which something was shown waits for staff, however long that takes."""
    shown, idle = erasure(app), Talk(app, Person(channel="test", account="liisa"))
    idle.say("poistakaa tietoni", "kyllä", "Liisa", "liisa@example.com", "ohita", "kyllä")
    shown.say(letters(app)[0].split("on ")[1][:8])
    clock.forward(timedelta(days=61))
    app.schedule.enqueue_daily_tasks()
    with app.store.reading() as unit:
        first, second = unit.tickets.by_due_date()
        lapsing = [
            t
            for t in (first, second)
            if unit.inbox.knows(CLOCK, f"lapse:{t.id}:{clock.now.date()}")
        ]
    assert [bool(ticket.evidence) for ticket in (first, second)] == [True, False]
    assert lapsing == [second]


def test_the_button_below_an_older_question_does_not_pass_a_newer_one(app: Assistant) -> None:
    talk = Talk(app)
    talk.say("Kuka on tietosuojavastaavanne?")
    first = token_of(talk.heard[-1], "pass")
    talk.say("Onko teillä tekoälyä?")
    talk.press("older", first)
    talk.deliver()
    with app.store.reading() as unit:
        assert not unit.inquiries.open()


def test_a_question_nobody_answers_is_brought_to_mind_each_week(
    app: Assistant, clock: Clock
) -> None:
    talk = passed_on(app)
    reminders: list[list[RemindOfInquiry]] = []
    for _ in range(15):
        talk.told.clear()
        day_comes(app, clock, 1)
        talk.deliver()
        reminders.append([told for told in talk.told if isinstance(told, RemindOfInquiry)])
    waited = [day for day, told in enumerate(reminders, start=1) for _ in told]
    assert waited == [7, 14]
    [reminder] = reminders[6]
    [line] = card.told(reminder, app.queries.wording)
    assert "Q-2026-0001" in line
    assert "7 päivää" in line


def test_of_a_task_staff_are_reminded_on_its_day_though_its_ticket_is_not_due(
    app: Assistant, clock: Clock
) -> None:
    talk = erasure(app)
    [ticket] = app.queries.tickets(ended=False)
    mika = app.actors["Mika"]
    due = app.rules.today(clock()) + timedelta(days=3)
    add = Command(action=Action.ADD_TASK, text="Kysy Kanarialinnusta", to=mika.key, due=due)
    event = StaffActed(ticket=ticket.id, actor=mika, command=add)
    take(app, app.intake.inbound("a task", event))
    talk.deliver()
    reminded = []
    for _ in range(5):
        talk.told.clear()
        day_comes(app, clock, 1)
        talk.deliver()
        reminded.append([one for one in talk.told if isinstance(one, Remind)])
    assert [len(found) for found in reminded] == [0, 0, 1, 1, 1]
    [first] = reminded[2]
    assert (first.number, first.task, first.owner) == (ticket.number, 1, mika.key)
    with app.store.reading() as unit:
        audit = repr(unit.audit.history(ticket.id))
    assert "add_task" in audit
    assert "Kanarialinnusta" not in audit + repr(reminded)


def test_a_question_nobody_ever_answered_is_not_kept_for_ever(app: Assistant, clock: Clock) -> None:
    passed_on(app)
    day_comes(app, clock, 729)
    with app.store.reading() as unit:
        assert unit.inquiries.open()
    day_comes(app, clock, 2)
    with app.store.reading() as unit:
        [closed] = [unit.inquiries.numbered("Q-2026-0001")]
        assert closed is not None
        assert closed.closed_at
        assert not closed.question
        assert unit.audit.verify_chain()[1] is None
    shown = ShowInquiry(inquiry=closed.id, number=closed.number)
    [line] = card.told(shown, app.queries.wording, closed)
    assert line == app.queries.text("desk.inquiry.lapsed", Language.FI, number="Q-2026-0001")
    day_comes(app, clock, 31)
    day_comes(app, clock, 1)
    with app.store.reading() as unit:
        assert unit.inquiries.numbered("Q-2026-0001") is None


def test_addresses_and_numbers_in_a_passed_question_are_masked_on_its_card(app: Assistant) -> None:
    asked = Inquiry(
        id="q",
        number="Q-2026-0001",
        language=Language.FI,
        person=MATTI,
        question="Olen liisa.lehto@example.com, 040 123 4567 tai +358401234567. Miksi 2024?",
        asked_at=app.clock(),
    )
    (_, question), *_ = card.face(asked, app.queries.wording)
    assert question == "Olen l•••@example.com, ••• tai •••. Miksi 2024?"


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
def test_every_stage_takes_bad_input_calmly(app: Assistant, text: str) -> None:
    talk = Talk(app)
    for before in ("hei", "poistakaa tietoni", "kyllä", "Matti", "m@example.com", "ohita", "kyllä"):
        talk.say(before)
        said = len(talk.heard)
        talk.say(text)
        assert len(talk.heard) > said


def test_a_language_that_is_not_spoken_here_is_not_answered_in(
    settings: Settings, known: Understanding, store: Store, clock: Clock
) -> None:
    only = settings.service.model_copy(update={"languages": [Language.SV]})
    here = settings.model_copy(update={"service": only})
    talk = Talk(assistant(here, known, store, clock, Routes(desks=("test",))))
    talk.say("How long do you keep my personal data?")
    assert "Dataskyddsbeskrivning" in plain(talk.heard[-1])
    talk.say("/en")
    assert "/en" in plain(talk.heard[-1])
