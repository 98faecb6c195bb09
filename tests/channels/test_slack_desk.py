"""The desk in Slack: every action through its form, what the customer reads of it, and the card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial

import pytest

from bot.channels.desk import card
from bot.channels.desk.flow import Preview
from bot.channels.desk.form import Form
from bot.channels.desk.listing import PAGE
from bot.channels.desk.listing import View as Listed
from bot.channels.slack.desk_views import Views
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.effects import Remind
from bot.core.events import StaffActed
from bot.core.tickets.absence import away
from bot.core.tickets.command import Command
from bot.core.tickets.filters import Filter
from bot.core.tickets.identity import Method, attestation
from bot.core.tickets.ticket import Action, Actor, Role
from tests.fakes.slack import Message as Posted
from tests.fakes.slack import User, View, kit, plain
from tests.fakes.slack.model import Delivery
from tests.fakes.slack.office import LABELS, Office

NASTY = "<!channel> <@UAINO> <http://evil|bank> *bold* {{ 7*7 }} &lt;b&gt; & co"
CALLED = "soitto rekisterissä olevaan numeroon"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known) as opened:
        yield opened
        refused = {call.answer.get("error") for call in opened.slack.calls}
        assert not refused & {"missing_scope", "invalid_blocks", "invalid_arguments"}


@pytest.fixture
def matti(office: Office) -> User:
    return office.customer()


@pytest.fixture
def ticket(office: Office, matti: User) -> str:
    """A ticket of Matti's that waits for his identity to be shown."""
    return office.opened(matti)


def does(office: Office, staff: User, action: Action, number: str, **more: object) -> None:
    """Carry out an action straight in the service, as another desk would."""
    actor = office.work.house.staff("slack")[staff.id]
    before = office.ticket(number)
    command = Command(action=action, version=before.version, **more)  # type: ignore[arg-type]
    event = StaffActed(ticket=before.id, actor=actor, command=command)
    inbound = office.work.house.inbound(f"{number} {before.version} {action}", event)
    office.work.app.intake.receive([inbound])
    office.slack.wait(lambda: office.ticket(number).version > before.version)


def verified(office: Office, staff: User, number: str) -> str:
    actor = office.work.house.staff("slack")[staff.id]
    seen = attestation(Method.CALL_BACK, actor.key, office.work.clock())
    office.slack.wait(lambda: office.ticket(number).staff_told)
    does(office, staff, Action.VERIFY, number, evidence=seen)
    office.card(number, "odottaa hyväksyntää")
    return number


def confirmed(office: Office, number: str) -> str:
    verified(office, office.sari, number)
    does(office, office.mika, Action.CONFIRM, number)
    office.card(number, "hyväksytty")
    return number


def heard(office: Office, matti: User, act: Callable[[], object]) -> str:
    return plain(office.hears(matti, act))


def previewed(view: View) -> str:
    """Return what a preview says that the customer will read."""
    return plain(view).partition("\n\n")[2]


def denied(office: Office, staff: User, why: str) -> str:
    """Return what is said instead of a form, which must be so."""
    view = office.shown(staff, why)
    assert view.body["submit"] is None
    return plain(view)


# Every action


Step = Mapping[str, str]
ACTIONS: list[tuple[str, str, Step, str, str]] = [
    # action, stage before, fields, state after, words on the card; the rest is every desk's
    ("ask", "new", {"text": "Mitä tietoja?"}, "awaiting_identity", "kysymys"),
    ("confirm", "verified", {}, "confirmed", "hyväksyntä"),
]


@pytest.mark.parametrize(("action", "stage", "fields", "state", "word"), ACTIONS)
def test_an_action_is_previewed_sent_and_seen(
    office: Office,
    matti: User,
    ticket: str,
    action: str,
    stage: str,
    fields: Step,
    state: str,
    word: str,
) -> None:
    if stage == "verified":
        verified(office, office.sari, ticket)
    office.card(ticket)
    acts = len(office.history(ticket))
    preview = office.previews(office.aino, action, ticket, fields)
    assert f"{ticket}, {LABELS[action]}. Asiakas lukee tämän:" in plain(preview)
    assert office.history(ticket)[acts:] == []
    told = heard(office, matti, lambda: office.slack.submit(office.aino))
    assert told == previewed(preview)
    assert office.slack.view(office.aino) is None
    assert office.ticket(ticket).state == state
    assert office.history(ticket)[acts:] == [("Aino", action)]
    card = office.card(ticket)
    office.slack.wait(
        lambda: f"Aino: {word}" in plain(office.slack.thread(office.desk, card.ts)[-1])
    )
    assert len(office.cards(ticket)) == 1
    said = office.slack.said(matti)[-1].labels
    assert bool([one for one in said if one.startswith("Vastaa")]) == (action in ("ask", "suspend"))


def test_what_sends_no_message_says_so_beforehand(office: Office, ticket: str) -> None:
    form = Form(action=Action.VERIFY, subject=office.ticket(ticket).id, version=1)
    case = office.work.house.case(form.subject)
    assert case is not None
    view = Views(office.work.house).preview(Preview(form, None), case)
    assert kit.view_problems(view) == []
    name = LABELS["verify"]
    assert office.words("desk.form.silent", number=ticket, name=name) in str(view)


def test_staffs_question_is_answered_by_the_customer(
    office: Office, matti: User, ticket: str
) -> None:
    asked = heard(office, matti, lambda: office.acts(office.sari, "ask", ticket, text=NASTY))
    assert asked.endswith(f"Henkilökunta kirjoittaa:\n{NASTY}")
    office.presses(matti, f"Vastaa ({ticket})")
    office.says(matti, f"Vastaan {NASTY}")
    office.card(ticket)
    shown = office.opens(office.sari, "details", ticket)
    assert f"Vastaan {NASTY}" in plain(shown)
    assert "mrkdwn" not in str(shown.blocks)
    for message in office.slack.said(office.desk):
        assert "<" not in message.text
        assert "mrkdwn" not in str(message.blocks)
        assert "Vastaan" not in plain(message)


def test_the_details_show_all_and_the_card_shows_it_masked(
    office: Office, matti: User, ticket: str
) -> None:
    details = plain(office.opens(office.sari, "details", ticket))
    assert "Matti Meikäläinen" in details
    assert matti.email in details
    assert "avaus → odottaa henkilöllisyyden varmistusta" in details
    face = office.card(ticket)
    for said in (plain(face), face.text):
        assert "Matti" not in said
        assert matti.email not in said
        assert "M. M." in said


def test_the_details_keep_a_long_history_within_the_limits(office: Office, ticket: str) -> None:
    for number in range(4):
        does(office, office.aino, Action.ASK, ticket, text=f"Kysymys {number} {'x' * 3900}")
    details = plain(office.opens(office.aino, "details", ticket))
    assert all(f"Kysymys {number}" in details for number in range(4))


# Forms


def test_a_form_is_open_before_the_database_is_asked(
    office: Office, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = office.card(ticket)
    asleep = threading.Event()
    reading = office.work.store.reading

    def slow() -> object:
        asleep.wait(5)
        return reading()

    monkeypatch.setattr(office.work.store, "reading", slow)
    try:
        begun = time.monotonic()
        for label in card.labels:
            office.presses_card(office.aino, label, card)
            assert office.slack.view(office.aino)
        assert time.monotonic() - begun < 2
    finally:
        asleep.set()
    assert office.shown(office.aino, ticket)


def test_when_the_database_is_slow_what_was_written_is_not_lost(
    office: Office, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.opens(office.aino, "refuse", ticket)
    asleep = threading.Event()
    reading = office.work.store.reading

    def slow() -> object:
        asleep.wait(10)
        return reading()

    later = office.words("desk.form.later")
    monkeypatch.setattr("bot.channels.slack.desk_input._ANSWER_WITHIN", 0.3)
    office.slack.fill(office.aino, {"text": "Pitkä perustelu"})
    with monkeypatch.context() as patched:
        patched.setattr(office.work.store, "reading", slow)
        office.slack.submit(office.aino)
        view = office.slack.view(office.aino)
        assert view is not None
        assert view.errors == {"text": later}
        asleep.set()
    office.slack.submit(office.aino)
    asleep.clear()
    with monkeypatch.context() as patched:
        patched.setattr(office.work.store, "reading", slow)
        office.slack.submit(office.aino)
        assert denied(office, office.aino, later)
        asleep.set()
    office.slack.close_view(office.aino)
    office.slack.submit(office.aino)
    assert office.card(ticket, "hylätty")
    assert "Pitkä perustelu" in str(office.ticket(ticket).notes)


def test_empty_words_are_an_error_in_their_field(office: Office, ticket: str) -> None:
    office.opens(office.aino, "refuse", ticket)
    office.slack.fill(office.aino, {"text": "\u200b"})
    office.slack.submit(office.aino)
    view = office.slack.view(office.aino)
    assert view is not None
    assert view.errors == {"text": office.words("desk.denial.reason_missing")}


def test_a_ground_that_cannot_hold_is_an_error_in_its_field_and_the_words_stay(
    office: Office, ticket: str
) -> None:
    office.acts(office.sari, "verify", ticket, method="tavattu henkilökohtaisesti")
    office.opens(office.aino, "suspend", ticket)
    doubt = office.words("desk.ground.identity_doubt")
    office.slack.fill(office.aino, {"ground": doubt, "text": "Kuka olet?"})
    assert office.slack.submit(office.aino)["response_action"] == "errors"
    view = office.slack.view(office.aino)
    assert view is not None
    assert view.errors == {"ground": office.words("desk.denial.ground_missing")}
    office.slack.fill(office.aino, {"ground": office.words("desk.ground.clarification")})
    assert office.slack.submit(office.aino)["response_action"] == "update"


def test_too_many_words_are_an_error_in_their_field(office: Office, ticket: str) -> None:
    office.opens(office.aino, "refuse", ticket)
    office.slack.fill(office.aino, {"text": '"' * 2000})  # each takes two places where it is kept
    office.slack.submit(office.aino)
    view = office.slack.view(office.aino)
    assert view is not None
    assert view.errors == {"text": office.words("field.too_long")}
    office.slack.fill(office.aino, {"text": "ä" * 2000})
    assert office.slack.submit(office.aino)["response_action"] == "update"


def test_who_was_first_is_also_told_when_both_were_taken(office: Office, ticket: str) -> None:
    """Both sent within one moment: the second is handled after the first."""
    version = office.ticket(ticket).version
    events = [
        office.work.house.inbound(
            f"at once {staff.id} {ticket}",
            StaffActed(
                ticket=office.ticket(ticket).id,
                actor=office.work.house.staff("slack")[staff.id],
                command=Command(action=Action.ASK, version=version, text="Mitä?"),
            ),
            "slack",
        )
        for staff in (office.aino, office.sari)
    ]
    office.work.app.intake.receive(events)
    office.slack.wait(lambda: office.whispers(office.sari))
    assert f"{ticket}: " in office.whispers(office.sari)[-1]
    assert office.whispers(office.sari)[-1].endswith("(ensin ehti Aino: kysymys)")
    assert not [said for said in office.whispers(office.aino) if ticket in said]
    assert all(m.blocks for m in office.slack.ephemerals(office.sari))


def test_who_has_left_the_channel_is_named_there_instead(office: Office, ticket: str) -> None:
    desk, tuuli = office.desk, Actor(key="former", roles=frozenset({Role.AGENT}))
    command = Command(action=Action.CONFIRM, version=1)
    event = StaffActed(ticket=office.ticket(ticket).id, actor=tuuli, command=command)
    said = len(office.slack.said(desk))
    office.work.app.intake.receive([office.work.house.inbound("former", event, "slack")])
    office.slack.wait(lambda: len(office.slack.said(desk)) > said)
    assert plain(office.slack.said(desk)[-1]).startswith("former: ")


# What is told


def test_the_card_carries_due_date_evidence_and_buttons_by_state(
    office: Office, ticket: str
) -> None:
    card, together = office.card(ticket), ("take", "hand_over", "note", "add_task", "details")
    assert card.labels == [
        LABELS[name]
        for name in ("verify", "ask", "extend", "suspend", "represent", "refuse", *together)
    ]
    assert "Määräpäivä: " in plain(card)
    assert "Henkilöllisyys: ei näyttöä" in plain(card)
    assert max(len(button.value.encode()) for button in card.buttons) <= 64
    confirmed(office, ticket)
    assert office.card(ticket).labels == [
        LABELS[name] for name in ("fulfil", "ask", "extend", "suspend", "refuse", *together)
    ]
    assert office.card(ticket).ts == card.ts

    def happened() -> list[str]:
        thread = office.slack.thread(office.desk, card.ts)[1:]
        lines = [line for message in thread for line in plain(message).splitlines()]
        return [line.split(" ", 3)[-1] for line in lines]

    office.slack.wait(lambda: len(happened()) == 2)  # a line may follow its card a moment later
    assert happened() == [
        "Sari: henkilöllisyyden varmistus → odottaa hyväksyntää",
        "Mika: hyväksyntä → hyväksytty",
    ]


def test_a_reminder_stands_in_the_channel(office: Office) -> None:
    work = office.work
    reminder = Remind(ticket="t", number="T-2026-0001", days=3)
    with work.store.transaction() as unit:
        work.app.router.enqueue(unit, [reminder], work.clock())
    says = card.told(reminder, work.house.wording)[0]
    found = office.slack.wait(
        lambda: [m for m in office.slack.said(office.desk) if says in plain(m)]
    )
    assert found[-1].thread_ts == ""


# Questions passed to staff


QUESTION = "Onko teillä tietosuojavastaavan sijainen lomien aikana?"


def passed_on(office: Office, who: User) -> Posted:
    answer = office.says(who, f"{QUESTION} {NASTY}")
    assert "Välitä kysymys henkilökunnalle" in answer.labels
    before = {m.ts for m in office.slack.said(office.desk)}
    told = plain(office.presses(who, "Välitä kysymys henkilökunnalle"))
    number = told.split("numerolla ")[1].split(".")[0]

    def card() -> list[Posted]:
        said = office.slack.said(office.desk)
        return [m for m in said if m.ts not in before and plain(m).startswith(number)]

    return office.slack.wait(card)[-1]


def test_a_question_that_was_passed_on_is_answered_in_staffs_words(
    office: Office, matti: User
) -> None:
    card = passed_on(office, matti)
    assert card.labels == ["Vastaa", LABELS["details"]]
    assert QUESTION in plain(card)
    assert "mrkdwn" not in str(card.blocks)
    office.presses_card(office.sari, "Vastaa", card)
    office.slack.fill(office.sari, {"text": f"On. {NASTY}"})
    office.slack.submit(office.sari)
    preview = previewed(office.shown(office.sari))
    told = heard(office, matti, lambda: office.slack.submit(office.sari))
    assert told == preview
    assert told.endswith(f"Henkilökunta kirjoittaa:\nOn. {NASTY}")
    thread = office.slack.thread
    office.slack.wait(lambda: "Vastasi: Sari" in plain(thread(office.desk, card.ts)[0]))
    assert thread(office.desk, card.ts)[0].labels == []
    reply = card.buttons[0]
    office.slack.press_forged(office.aino, office.desk, card.ts, reply.action_id, reply.value)
    assert denied(office, office.aino, "ensin ehti Sari")


# The home tab of staff


@pytest.fixture
def long_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all tickets of this file on one page."""
    monkeypatch.setattr("bot.channels.desk.listing.PAGE", 40)


@pytest.mark.usefixtures("long_page")
def test_the_home_tab_of_staff_lists_open_tickets_by_due_date_and_opens_details(
    office: Office, matti: User, ticket: str
) -> None:
    verified(office, office.sari, ticket)
    office.slack.open_home(office.sari)
    office.slack.wait(lambda: office.slack.home(office.sari))
    home = office.slack.home(office.sari)
    assert home is not None
    shown = plain(home)
    assert shown.startswith(office.words("desk.list.head", filters="", page=1, pages=1))
    assert f"{ticket} · tietojen poistaminen · odottaa hyväksyntää" in shown
    assert "Matti" not in shown
    assert matti.email not in shown
    office.slack.views.clear()
    office.acked(office.slack.press(office.sari, LABELS["details"], "home"))
    details = office.shown(office.sari, "avaus")
    assert "Historia" not in plain(details)
    assert office.words("desk.card.to_card") in details.labels
    [leads] = [one for block in details.blocks for one in block.get("elements", ()) if "url" in one]
    number = plain(details).partition(" ")[0]
    assert leads["url"].endswith(f"{office.desk.id}/p{office.card(number).ts.replace('.', '')}")


def test_details_come_without_a_way_to_the_card_where_slack_tells_none(
    office: Office, ticket: str
) -> None:
    office.slack.fail("chat.getPermalink", error="internal_error")
    details = office.opens(office.sari, "details", ticket)
    assert office.words("desk.card.to_card") not in details.labels


@pytest.mark.usefixtures("long_page")
def test_the_home_tab_of_staff_follows_the_tickets(
    office: Office, matti: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.home._DEBOUNCE", 0.1)
    office.slack.open_home(office.aino)
    office.slack.wait(lambda: office.slack.home(office.aino))
    number = office.request(matti)

    def listed() -> bool:
        home = office.slack.home(office.aino)
        return home is not None and number in plain(home)

    office.slack.wait(listed)
    office.acts(office.aino, "refuse", number, text="Ei tietoja")
    office.slack.wait(lambda: not listed())


def test_many_open_tickets_fit_into_the_home_tab_by_pages(
    office: Office, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, house = office.ticket(ticket), type(office.work.house)
    passed_on(office, office.customer())
    [inquiry, *_] = office.work.house.inquiries()
    monkeypatch.setattr(house, "tickets", lambda _self, *, ended: [one] * 500)  # noqa: ARG005
    monkeypatch.setattr(house, "inquiries", lambda _self: [inquiry] * 500)
    office.slack.open_home(office.mika)
    shown = home_with(office, office.mika, "1/34")
    assert shown.count(f"{ticket} · ") == PAGE
    assert shown.count(f"{inquiry.number} · ") == 5
    assert shown.count(office.words("desk.form.more", number=500 - 5)) == 1
    office.acked(office.slack.press(office.mika, office.words("desk.list.after"), "home"))
    second = home_with(office, office.mika, "2/34")
    assert second.count(f"{ticket} · ") == PAGE
    assert inquiry.number not in second


def home_with(office: Office, staff: User, text: str) -> str:
    """Return what somebody's home tab shows, once a text stands there."""

    def shown() -> str:
        home = office.slack.home(staff)
        return plain(home) if home and text in plain(home) else ""

    return office.slack.wait(shown)


@pytest.mark.usefixtures("long_page")
def test_the_home_tab_shows_what_staff_chose_to_see_until_they_choose_otherwise(
    office: Office, matti: User, ticket: str
) -> None:
    other = office.opened(matti, Right.ACCESS)
    office.acts(office.aino, "take", ticket)

    def chosen(press: Callable[[], Delivery], text: str) -> str:
        office.acked(press())
        return home_with(office, office.aino, text)

    office.slack.open_home(office.aino)
    home_with(office, office.aino, other)
    mine, everything = office.words("desk.filter.mine"), office.words("desk.list.all")
    own = chosen(lambda: office.slack.press(office.aino, mine, "home"), f" · {mine}")
    assert ticket in own
    assert other not in own
    office.slack.homes.pop(office.aino.id)
    office.slack.open_home(office.aino)
    assert other not in home_with(office, office.aino, f" · {mine}")
    menu = partial(office.slack.select, office.aino, "register:right", channel="home")
    access = office.words("right.access")
    none = chosen(lambda: menu(chosen=access), f"{mine}, {access}")
    assert office.words("desk.list.none") in none
    assert other in chosen(lambda: office.slack.press(office.aino, everything, "home"), other)


@pytest.mark.usefixtures("long_page", "ticket")
def test_of_filters_pressed_in_quick_succession_the_last_one_counts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, everything = office.words("desk.filter.mine"), office.words("desk.list.all")
    keep, slow = office.work.house.keep_note, iter([0.3])
    kept: list[str] = []

    def keep_slowly(key: str, text: str) -> None:
        time.sleep(next(slow, 0))
        keep(key, text)
        kept.append(text)

    monkeypatch.setattr(office.work.house, "keep_note", keep_slowly)
    office.slack.open_home(office.aino)
    office.slack.wait(lambda: office.slack.home(office.aino))
    for label in (everything, mine, everything):
        office.acked(office.slack.press(office.aino, label, "home"))
    office.slack.wait(lambda: len(kept) == 3)
    every, own = Listed().encode(), Listed(frozenset({Filter.MINE})).encode()
    assert kept == [every, own, every]


def test_a_forged_press_of_a_filter_shows_nobody_elses_tickets(office: Office, ticket: str) -> None:
    matti = office.customer()
    office.slack.open_home(matti)
    office.slack.wait(lambda: office.slack.home(matti))
    office.slack.homes.pop(matti.id)
    office.acked(office.slack.press_forged(matti, matti, "1.1", "register:filter:0", "0.1"))
    home = office.slack.wait(lambda: office.slack.home(matti))
    assert home is not None
    assert ticket not in plain(home)


def test_staff_say_in_the_home_tab_that_they_are_away(office: Office) -> None:
    today = office.work.house.wording.today()
    back = (today + timedelta(days=9)).isoformat()
    office.slack.open_home(office.mika)
    office.slack.wait(lambda: office.slack.home(office.mika))
    pick = partial(office.slack.select, office.mika, "away:day", channel="home")
    office.acked(pick(chosen=today.isoformat()))
    office.slack.wait(
        lambda: office.words("desk.denial.return_not_ahead") in office.whispers(office.mika)
    )
    office.acked(pick(chosen=back))
    home_with(office, office.mika, office.words("desk.away.now", back=back))
    assert office.words("desk.away.begun", name="Mika", back=back) in office.whispers(office.mika)
    office.acked(office.slack.press(office.mika, office.words("desk.away.back"), "home"))
    office.slack.wait(lambda: not away(office.work.house.absences(), today))
