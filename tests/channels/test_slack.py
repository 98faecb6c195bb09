"""Customers in Slack: what they write is understood, and they are answered where they wrote."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import assistant, store_of
from bot.bootstrap.foreground import deliver, take
from bot.channels.render import plain as rendered
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.buttons import NoneOfThese
from bot.core.catalog import Language
from bot.core.effects import Choice, Say, StaffWords, Text, ToStaff
from bot.core.events import FromCustomer, Said
from bot.core.messages import Message
from bot.core.tickets.ticket import Person
from bot.service.routing import Routes
from tests.fakes.slack import User, plain
from tests.fakes.slack.office import Office, numbered
from tests.fakes.tables import put_tables

COOKIES = "Mihin käytätte evästeitä?"
NASTY = "<!channel> <@UAINO> <http://evil|bank> *bold* {{ 7*7 }} &lt;b&gt; & co"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known) as opened:
        yield opened
        refused = {call.answer.get("error") for call in opened.slack.calls}
        assert not refused & {"missing_scope", "invalid_blocks", "invalid_arguments"}


NUMBER = re.compile(r"T-\d{4}-\d{4}")
WORDS = {
    "fi": ("Poistakaa tietoni", "kyllä", "Matti Meikäläinen", "{email}", "ohita", "kyllä"),
    "en": ("Please delete my data", "yes", "Liisa Meikäläinen", "{email}", "skip", "yes"),
    "sv": ("Radera mina uppgifter", "ja", "Åke Meikäläinen", "{email}", "hoppa över", "ja"),
}
LOCALES = {"fi": "fi-FI", "en": "en-GB", "sv": "sv-SE"}


def told_straight(
    folder: Path, known: Understanding, language: str, words: Sequence[str]
) -> list[str]:
    """Return what a customer is told of the same words without any platform between."""
    settings = Settings.model_validate({"service": {"data_dir": folder / language}})
    put_tables(settings.service.data_dir)
    store = store_of(settings)
    app = assistant(settings, known, store, routes=Routes(desks=()))
    told: list[str] = []

    def hear(_say: Say, message: Message) -> None:
        told.append(rendered(replace(message, quotation_marks=("”", "”"))))  # as the fake shows it

    def tell(_told: ToStaff) -> None:
        """There is no desk."""

    for number, text in enumerate(words):
        person = Person(channel="straight", account="1")
        said = Said(text=text)
        came = FromCustomer(person=person, event=said, language=Language(language))
        take(app, app.intake.inbound(str(number), came))
        deliver(app, "straight", hear, tell)
    store.close()
    return [comparable(text) for text in told]


def comparable(text: str) -> str:
    return NUMBER.sub("T", text)


@pytest.mark.parametrize("language", WORDS)
def test_an_erasure_goes_its_whole_way_in_the_language_of_the_workspace(
    office: Office, known: Understanding, tmp_path: Path, language: str
) -> None:
    matti = office.customer(locale=LOCALES[language])
    office.on_file(matti.email)
    words = [text.format(email=matti.email) for text in WORDS[language]]
    number = NUMBER.findall(plain(office.says(matti, *words)))[0]
    told = [plain(message) for message in office.slack.said(matti)]
    assert [comparable(text) for text in told] == told_straight(tmp_path, known, language, words)
    assert told[0].startswith(office.words("machine", language))
    answer = office.says(matti, office.code(number))
    assert plain(answer) == office.words("code.right", language)
    for staff, action, state, fields in (
        (office.mika, "confirm", "hyväksytty", {}),
        (office.aino, "fulfil", "toteutettu", {"extent": "kokonaan"}),
    ):
        preview = plain(office.previews(staff, action, number, fields)).partition("\n\n")[2]
        assert plain(office.hears(matti, partial(office.slack.submit, staff))) == preview
        office.card(number, state)


def silent(office: Office, who: User) -> bool:
    """Tell whether nothing is said to a person, once all that was sent has been dealt with."""
    before = len(office.slack.said(who))
    office.slack.wait(lambda: not office.slack.pending)
    office.says(office.customer(), "hei")  # whatever came before has been handled by now
    return len(office.slack.said(who)) == before


# Words


@pytest.mark.parametrize(
    ("locale", "language"), [("fi-FI", "fi"), ("en-GB", "en"), ("sv-SE", "sv"), ("de-DE", "fi")]
)
def test_the_first_language_is_that_of_the_workspace(
    office: Office, locale: str, language: str
) -> None:
    answer = office.says(office.customer(locale=locale), "?!")
    machine, empty = Text(key="machine"), Text(key="empty")
    assert plain(answer) == office.letter(language, machine, empty)


def test_what_was_typed_is_kept_as_it_was_typed(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "Poistakaa tietoni", "kyllä", "Matti O'Brien", "se on matti.m@example.com.")
    summary = plain(office.says(matti, f"&amp;lt; soittakaa tai http://x.fi/?a=1&b=2 {NASTY}"))
    assert "Nimi: Matti O'Brien\n" in summary
    assert "Sähköposti: matti.m@example.com\n" in summary
    assert f"&amp;lt; soittakaa tai http://x.fi/?a=1&b=2 {NASTY}\n" in summary


def test_what_a_customer_typed_comes_alive_nowhere(office: Office) -> None:
    matti = office.customer()
    number = office.request(matti, details=f"M {NASTY}")
    office.says(matti, "Mikä on pyyntöni tilanne?", NASTY, f" /{NASTY}")
    for message in (*office.slack.said(matti), office.card(number)):
        assert "<" not in message.text
        assert "mrkdwn" not in str(message.blocks)
        assert not message.unfurls
    details = office.opens(office.aino, "details", number)
    assert f"M {NASTY}" in plain(details)
    assert "mrkdwn" not in str(details.blocks)


def test_commands_are_named_without_the_slash_that_slack_keeps_for_itself(office: Office) -> None:
    matti = office.customer()
    told = plain(office.says(matti, "help"))
    assert "status" in told
    assert "på svenska" in told
    assert not re.search(r"(^|\s)/[a-z]", told)
    assert office.words("status.none") in plain(office.says(matti, "Status"))
    assert office.words("privacy") in plain(office.says(matti, "privacy"))
    assert office.words("smalltalk.language", "sv") in plain(office.says(matti, "på svenska"))


def test_starting_over_leaves_what_was_under_way(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "Poistakaa tietoni", "kyllä")
    office.slack.open_home(matti)
    office.slack.wait(lambda: office.slack.home(matti))
    hello = office.hears(
        matti, lambda: office.slack.press(matti, office.words("home.restart"), "home")
    )
    assert office.words("smalltalk.hello") in plain(hello)
    assert office.words("field.name.ask") not in plain(hello)
    assert office.words("empty") not in plain(office.says(matti, COOKIES))
    assert not office.slack.said(matti)[-1].labels[2:]


def test_an_edited_message_is_read_as_a_new_one(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "hei")
    mine = office.slack.messages(matti)[0]
    answer = office.hears(matti, lambda: office.slack.edit_message(matti, mine, COOKIES))
    assert "evästeitä" in plain(answer)


def test_an_edit_in_the_middle_of_a_request_is_not_taken_and_said_so(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "Poistakaa tietoni", "kyllä", "Mati")
    mine = next(m for m in office.slack.messages(matti) if m.text == "Mati")
    answer = office.hears(matti, lambda: office.slack.edit_message(matti, mine, "Matti"))
    assert office.words("edited") in plain(answer)
    assert office.words("field.email.ask") in plain(answer)


def test_deletions_are_ignored(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "hei")
    office.slack.delete_message(matti, office.slack.messages(matti)[0])
    assert silent(office, matti)


def test_bots_are_ignored(office: Office) -> None:
    shared = office.slack.channel("CBOTS", "bots", [office.aino], private=False)
    bot = office.slack.user("UBOT", "other bot", bot=True)
    office.slack.join(bot, shared)
    office.slack.write(bot, COOKIES, shared, mention_bot=True)
    assert silent(office, office.aino)
    assert office.slack.said(shared) == []


def test_a_file_comes_with_its_words(office: Office) -> None:
    answer = office.says(office.customer(), COOKIES, files=["passi.pdf"])
    assert "evästeitä" in plain(answer)
    assert office.words("attachment") in plain(answer)
    without = office.says(office.customer(), "", files=["passi.pdf"])
    assert office.words("attachment") in plain(without)
    assert office.words("empty") not in plain(without)
    assert not [call for call in office.slack.calls if call.method.startswith("files.")]


def test_who_writes_in_a_thread_is_answered_there(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "hei")
    root = office.slack.messages(matti)[0]
    answer = office.says(matti, COOKIES, thread_ts=root.ts)
    assert answer.thread_ts == root.ts
    asked = office.says(matti, "Poistakaa tietoni", thread_ts=root.ts)
    assert asked.thread_ts == root.ts
    assert office.presses(matti, "Tee pyyntö").thread_ts == root.ts
    # The conversation is one, whichever the thread.
    assert office.says(matti, "Matti").thread_ts == ""
    assert office.slack.said(matti)[-1].text.startswith("Mikä on sähköpostiosoitteesi")


def test_a_reply_below_a_question_of_staff_is_its_answer(office: Office) -> None:
    matti = office.customer()
    words = ("Poistakaa tietoni", "kyllä", "Matti", matti.email, "ohita", "kyllä")
    number = numbered(office.says(matti, *words))
    question = office.hears(
        matti, lambda: office.acts(office.sari, "ask", number, text="Mikä <tilaus> & milloin?")
    )
    # Outside its thread, what may be the answer is offered as one first.
    offered = office.says(matti, "se joka tuli maanantaina")
    assert "Lähetä vastauksena" in offered.labels
    office.says(matti, "ei")
    assert office.ticket(number).question == "Mikä <tilaus> & milloin?"
    answered = office.says(matti, "kyllä, se joka tuli maanantaina", thread_ts=question.ts)
    assert "Kiitos, vastauksesi on lisätty" in plain(answered)
    ticket = office.ticket(number)
    assert (ticket.question, ticket.notes[-1].text) == ("", "kyllä, se joka tuli maanantaina")


def test_a_reply_below_another_message_answers_no_question(office: Office) -> None:
    matti = office.customer()
    words = ("Poistakaa tietoni", "kyllä", "Matti", matti.email, "ohita", "kyllä")
    opened = office.says(matti, *words)
    number = numbered(opened)
    office.hears(matti, lambda: office.acts(office.sari, "ask", number, text="Mikä tilaus?"))
    offered = office.says(matti, "se joka tuli maanantaina", thread_ts=opened.ts)
    assert "Lähetä vastauksena" in offered.labels
    assert office.ticket(number).question == "Mikä tilaus?"


def test_what_is_told_later_of_a_ticket_stands_outside_the_thread(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "hei")
    root = office.slack.messages(matti)[0]
    words = ("Poistakaa tietoni", "kyllä", "Matti", matti.email, "ohita", "kyllä")
    number = numbered(office.says(matti, *words, thread_ts=root.ts))
    told = office.hears(matti, lambda: office.acts(office.mika, "extend", number, text="Kesälomat"))
    assert told.thread_ts == ""


# Buttons


def test_buttons_are_pressed_and_old_ones_say_that_they_are_old(office: Office) -> None:
    matti = office.customer()
    offer = office.says(matti, "Poistakaa tietoni")
    assert offer.labels == ["Tee pyyntö", "En halua"]
    assert plain(office.presses(matti, "Tee pyyntö")) == "Mikä on nimesi?"
    again = office.hears(matti, lambda: office.slack.press(matti, "Tee pyyntö", matti, offer))
    assert plain(again).startswith(office.words("stale_button"))


def test_a_button_pressed_twice_at_once_does_its_work_once(office: Office) -> None:
    matti = office.customer()
    office.says(matti, "Poistakaa tietoni", "kyllä", "Matti", matti.email, "ohita")
    summary = office.slack.said(matti)[-1]
    before = len(office.slack.said(matti))
    for _ in range(2):
        office.slack.press(matti, "Lähetä pyyntö", matti, summary)
    office.slack.wait(lambda: len(office.slack.said(matti)) == before + 2)
    tickets = [t for t in office.work.house.tickets(ended=False) if t.person.email == matti.email]
    assert len(tickets) == 1
    assert office.words("stale_button") in [plain(m) for m in office.slack.said(matti)]


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("choice:0", "really:00000000-0000-0000-0000-000000000000"),
        ("choice:0", "x" * 2000),
        ("choice:", NASTY),
        ("request_form:open", "xx"),
        ("desk:confirm", "confirm:AAAAAAAAAAAAAAAAAAAAAA:1:AAAAAAAAAAAA"),
    ],
)
def test_a_forged_press_is_acknowledged_and_changes_nothing(
    office: Office, action: str, value: str
) -> None:
    matti = office.customer()
    office.says(matti, "hei")
    before = [(t.number, t.version) for t in office.work.house.tickets(ended=False)]
    office.acked(office.slack.press_forged(matti, matti, "1.0", action, value))
    office.says(matti, "hei")
    assert [(t.number, t.version) for t in office.work.house.tickets(ended=False)] == before


def test_another_persons_ticket_cannot_be_withdrawn(office: Office) -> None:
    matti, eve = office.customer(), office.customer("Eve")
    number = office.request(matti)
    ticket, before = office.ticket(number), office.standing(number)
    office.says(eve, "hei")
    answer = office.hears(
        eve, lambda: office.slack.press_forged(eve, eve, "1.0", "choice:0", f"really:{ticket.id}")
    )
    assert plain(answer) == office.words("stale_button")
    assert office.standing(number) == before


def test_a_press_in_the_staff_channel_is_answered_in_the_pressers_own_conversation(
    office: Office,
) -> None:
    number = office.request(office.customer())
    card = office.card(number)
    office.slack.press_forged(office.sari, office.desk, card.ts, "choice:0", "yes:1")
    office.slack.wait(lambda: office.slack.said(office.sari))
    assert office.slack.said(office.sari)[-1].thread_ts == ""


# Long answers


def test_a_long_answer_comes_in_several_messages_with_its_buttons_below_the_last(
    office: Office,
) -> None:
    matti = office.customer()
    office.says(matti, "hei")
    words = " ".join(f"sana{number}" for number in range(4000))
    say = Say(
        to=Person(channel="slack", account=f"{office.slack.team}:{matti.id}"),
        language=Language.FI,
        parts=(StaffWords(text=words),),
        choices=(Choice(button=NoneOfThese(), key="choice.none"),),
    )
    work = office.work
    with work.store.transaction() as unit:
        work.app.router.enqueue(unit, [say], work.clock())
    office.slack.wait(lambda: office.slack.said(matti)[-1].labels)
    told = office.slack.said(matti)[1:]
    assert len(told) == 4
    assert [message.labels for message in told] == [[], [], [], ["Ei mikään näistä"]]
    said = " ".join(plain(message) for message in told).split()
    assert said[2:] == words.split()


# Who the workspace vouches for

GUESTS: list[dict[str, Any]] = [
    {"restricted": True},
    {"restricted": False, "team": "T0OTHER", "reachable": True},
]


@pytest.mark.parametrize(("on_file", "state"), [(True, "confirmation"), (False, "identity")])
def test_a_full_members_address_needs_no_code(office: Office, on_file: bool, state: str) -> None:
    outi = office.customer("Outi", restricted=False)
    if on_file:
        office.on_file(outi.email)
    asked = office.says(outi, "Haluan nähdä tietoni", "kyllä", "Outi")
    label = office.words("choice.vouched", email=outi.email)
    assert label in asked.labels
    letters = len(office.smtp.letters)
    office.presses(outi, label)
    opened = office.says(outi, "ohita", "kyllä")
    assert office.words("vouched.taken") in plain(opened)
    assert len(office.smtp.letters) == letters
    number = numbered(opened)
    assert office.ticket(number).state == f"awaiting_{state}"
    assert office.ticket(number).evidence[0].method == "workspace"


def test_another_address_of_a_full_member_needs_a_code(office: Office) -> None:
    outi = office.customer("Outi", restricted=False)
    number = office.request(outi, email="somebody.else@example.com")
    assert office.ticket(number).evidence == ()
    assert office.code(number)


@pytest.mark.parametrize("guest", GUESTS, ids=str)
def test_nobody_else_is_vouched_for(office: Office, guest: dict[str, Any]) -> None:
    liisa = office.customer("Liisa", **guest)
    asked = office.says(liisa, "Haluan nähdä tietoni", "kyllä", "Liisa")
    assert not [label for label in asked.labels if label.startswith("Käytä")]
    said = asked.buttons[-1].value.rpartition(":")[2]
    forged = office.hears(
        liisa,
        lambda: office.slack.press_forged(liisa, liisa, "1.0", "choice:0", f"vouched:{said}"),
    )
    assert plain(forged).startswith(office.words("stale_button"))
    email = liisa.email or "liisa@example.com"
    opened = office.says(liisa, email, "ohita", "kyllä")
    assert office.ticket(numbered(opened)).evidence == ()


@pytest.mark.parametrize(
    "how", [{"error": "internal_error"}, {"code": 429, "error": "ratelimited"}, {"wait": 9.0}]
)
def test_without_a_profile_a_message_is_answered_and_nobody_vouched_for(
    office: Office, how: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.work.slack._profiles, "_wait", 0.3)
    outi = office.customer("Outi", restricted=False)
    fault = office.slack.fail("users.info", lasting=True, **how)
    begun = time.monotonic()
    asked = office.says(outi, "Haluan nähdä tietoni", "kyllä", "Outi")
    office.slack.faults.remove(fault)
    assert not [label for label in asked.labels if label.startswith("Käytä")]
    assert time.monotonic() - begun < 5


# In a channel


@pytest.fixture(scope="module")
def general(office: Office) -> Any:
    return office.slack.channel("CGENERAL", "general", [office.aino], private=False)


def mentioned(office: Office, who: User, text: str, channel: Any, **more: Any) -> Any:
    office.slack.join(who, channel)
    before = len(office.slack.said(channel))
    asked = office.slack.write(who, text, channel, mention_bot=True, **more)
    office.slack.wait(lambda: len(office.slack.said(channel)) > before)
    return asked, office.slack.said(channel)[-1]


def test_a_question_in_a_channel_is_answered_in_its_thread_with_quotations(
    office: Office, general: Any
) -> None:
    matti = office.customer()
    asked, answer = mentioned(office, matti, COOKIES, general)
    assert answer.thread_ts == asked.ts
    notice = office.work.house.notice
    quoted = [line.strip("”") for line in plain(answer).split("\n") if line.startswith("”")]
    assert quoted
    whole = " ".join(passage.text for passage in notice.passages.values())
    assert all(quote in whole for quote in quoted)
    _, further = mentioned(office, matti, "Entä säilytysaika?", general, thread_ts=asked.ts)
    assert further.thread_ts == asked.ts


@pytest.mark.parametrize(
    "text",
    ["Poistakaa tietoni, olen Matti Meikäläinen", "Mikä on pyyntöni tilanne?", "", "12345678"],
)
def test_nothing_personal_is_said_in_a_channel(office: Office, general: Any, text: str) -> None:
    matti = office.customer()
    number = office.request(matti)
    before = office.standing(number)
    _, answer = mentioned(office, matti, text, general)
    said = f"{plain(answer)} {answer.text} {answer.blocks}"
    assert office.words("public.private") in plain(answer)
    assert not [word for word in (number, "Matti", matti.email, "12345678") if word in said]
    assert answer.labels == ["Jatka kahden kesken", "Tee pyyntö", "Kirjoita koodi"]
    assert answer.buttons[0].url == f"slack://app?team={office.slack.team}&id=A0TIETO&tab=messages"
    office.acked(office.slack.press(matti, "Jatka kahden kesken", general, answer))
    assert office.standing(number) == before


def test_a_mention_in_the_staff_channel_is_not_answered(office: Office) -> None:
    office.settle()
    before = len(office.slack.said(office.desk))
    office.slack.write(office.aino, COOKIES, office.desk, mention_bot=True)
    assert silent(office, office.aino)
    assert len(office.slack.said(office.desk)) == before


# The home tab


def opened_home(office: Office, who: User) -> str:
    office.slack.open_home(who)
    office.slack.wait(lambda: office.slack.home(who))
    home = office.slack.home(who)
    assert home is not None
    return plain(home)


@pytest.mark.parametrize(
    ("locale", "language"), [("fi-FI", "fi"), ("en-GB", "en"), ("sv-SE", "sv")]
)
def test_the_home_tab_speaks_the_persons_language(
    office: Office, locale: str, language: str
) -> None:
    home = opened_home(office, office.customer(locale=locale))
    assert home.startswith(office.words("home.title", language))
    assert office.words("home.none", language) in home
    date = office.work.house.notice.date
    version = office.work.house.notice.version
    assert office.words("home.notice", language, version=version, date=date) in home


def test_the_home_tab_shows_a_persons_own_tickets_as_they_change(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.home._DEBOUNCE", 0.1)
    matti, eve = office.customer(), office.customer("Eve")
    number = office.request(matti)
    assert f"{number}, tietojen poistaminen: odottaa koodia" in opened_home(office, matti)
    assert number not in opened_home(office, eve)
    office.says(matti, office.code(number))
    office.slack.wait(lambda: "henkilökunta tarkistaa" in plain(office.slack.home(matti)))  # type: ignore[arg-type]


def test_the_home_tab_of_somebody_from_elsewhere_shows_their_tickets(
    office: Office,
) -> None:
    eve = office.customer("Eve", team="T0OTHER", reachable=True)
    number = office.request(eve)
    assert number in opened_home(office, eve)


def test_the_conversation_can_be_begun_from_the_home_tab(office: Office) -> None:
    matti = office.customer()
    opened_home(office, matti)
    answer = office.hears(matti, lambda: office.slack.press(matti, "Aloita alusta", "home"))
    assert office.words("smalltalk.hello") in plain(answer)


def test_only_the_home_tab_is_published(office: Office) -> None:
    matti = office.customer()
    office.slack.open_home(matti, tab="messages")
    assert silent(office, matti)
    assert office.slack.home(matti) is None
