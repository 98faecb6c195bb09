"""Staff in their group on Telegram: what they can do there, and what nobody else can."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.channels.desk.press import press
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.effects import Remind
from bot.core.tickets import filters
from bot.core.tickets.absence import away
from bot.core.tickets.ticket import Ticket
from tests.fakes.telegram import ANONYMOUS, Message, Said, User, plain
from tests.fakes.telegram.office import Office, People, told_of
from tests.logs import logged

WORDS = "Laki velvoittaa & <i>säilyttämään</i> @Liisa {{ x }}."


@pytest.fixture(scope="module")
def office(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with logged() as log:
        with People() as fake, Office(tmp_path_factory.mktemp("office"), known, fake) as at_work:
            yield at_work
        assert told_of(log.getvalue(), fake, WORDS) == []


@pytest.fixture
def fake(office: Office) -> People:
    return office.fake


@pytest.fixture
def liisa(fake: People) -> User:
    return fake.customer()


def verified(office: Office, user: User, right: Right = Right.ERASURE) -> Ticket:
    """Return a ticket that waits for confirmation: its address is on file, and was proved."""
    address = f"asiakas{user.id}@example.com"
    office.on_file(address)
    ticket = office.asks(user, right)
    office.says(user, office.code(address))
    return office.ticket(ticket.number)


def acts(office: Office, user: User, number: str, action: str, *filled: str) -> None:
    """Have somebody act by the form: choices by their labels, then words, then send."""
    shown = office.begins(user, number, action)
    for each in filled:
        if shown.kind == "force_reply":
            shown = office.words(user, shown, each)
        else:
            assert office.press(user, shown, each) == Said("", alert=False)
            newest = office.newest()
            shown = newest if newest.kind == "force_reply" else office.newest_of(shown)
    office.sends(user, shown)


# What staff can do


def test_the_card_follows_each_change_and_its_history_stands_in_replies(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa)
    acts(office, fake.mika, ticket.number, "confirm")
    card = office.card(ticket.number)
    assert office.text("desk.state.confirmed") in card.text
    assert office.button("fulfil") in card.labels
    assert office.button("confirm") not in card.labels
    below = [m for m in fake.messages(fake.desk) if m.reply_to == card.message_id]
    lines = [re.sub(r"^\S+ klo \S+ ", "", m.text) for m in below if "→" in m.text]
    assert lines == [
        "asiakas: henkilöllisyyden varmistus → odottaa hyväksyntää",
        "Mika: hyväksyntä → hyväksytty",
    ]


def test_the_preview_names_what_was_chosen(office: Office, fake: People, liisa: User) -> None:
    ticket = office.asks(liisa)
    asked = office.begins(fake.sari, ticket.number, "verify")
    call_back = office.text("desk.method.call_back")
    office.press(fake.sari, asked, call_back)
    preview = office.newest_of(asked)
    assert f"({call_back})" in preview.text
    assert preview.labels == [office.button("send"), office.button("cancel")]


def test_a_message_can_be_added_to_what_needs_none_and_takes_the_place_of_the_preview(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa, Right.RESTRICTION)
    acts(office, fake.mika, ticket.number, "confirm")
    asked = office.begins(fake.mika, ticket.number, "fulfil")
    office.press(fake.mika, asked, office.text("desk.extent.fully"))
    bare = office.newest_of(asked)
    own = [office.button(name) for name in ("send", "words", "cancel")]
    assert bare.labels == [*own, office.text("desk.template.recipients_told")]
    office.press(fake.mika, bare, office.button("words"))
    prompt = office.newest()
    assert prompt.kind == "force_reply"
    assert office.newest_of(asked).labels == []
    preview = office.words(fake.mika, prompt, "Jäljennös lähti tänään kirjeenä.")
    assert preview.labels == [office.button("send"), office.button("cancel")]
    office.sends(fake.mika, preview)
    assert "Jäljennös lähti tänään kirjeenä." in plain(office.last(liisa))


def test_a_prompt_is_put_to_the_one_who_pressed(office: Office, fake: People, liisa: User) -> None:
    ticket = office.asks(liisa)
    prompt = office.begins(fake.mika, ticket.number, "refuse")
    assert prompt.markup is not None
    assert prompt.markup.raw == {"force_reply": True, "selective": True}
    assert [entity["user"]["id"] for entity in prompt.entities] == [fake.mika.id]


def test_each_preview_sends_the_words_that_it_shows(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = office.asks(liisa)
    prompt = office.begins(fake.aino, ticket.number, "ask")
    first = office.words(fake.aino, prompt, "Ensimmäinen versio?")
    second = office.words(fake.aino, prompt, "Toinen versio?")
    office.sends(fake.aino, first)
    assert "Ensimmäinen versio?" in plain(office.last(liisa))
    told = office.press(fake.aino, second, office.button("send"))
    assert office.text("desk.denial.stale") in told.text
    assert "Ensimmäinen versio?" in plain(office.last(liisa))


def test_what_is_cancelled_is_not_sent(office: Office, fake: People, liisa: User) -> None:
    ticket = verified(office, liisa)
    before = len(fake.messages(liisa))
    preview = office.begins(fake.mika, ticket.number, "confirm")
    office.press(fake.mika, preview, office.button("cancel"))
    closed = office.newest_of(preview)
    assert (plain(closed), closed.labels) == (office.text("desk.form.cancelled"), [])
    told = office.press(fake.mika, preview, office.button("send"))
    assert told == Said(office.text("desk.form.gone"), alert=True)
    assert office.ticket(ticket.number) == ticket
    assert len(fake.messages(liisa)) == before


def was_first(office: Office, name: str, action: str) -> str:
    return office.text("desk.card.first", name=name, did=office.text(f"desk.action.{action}"))


def test_of_two_who_press_at_once_the_second_is_told_who_was_first(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa, Right.ACCESS)
    previews = [office.begins(user, ticket.number, "confirm") for user in (fake.mika, fake.aino)]
    queries = []
    for user, preview in zip((fake.mika, fake.aino), previews, strict=True):
        button = preview.button(office.button("send"))
        assert button is not None
        queries.append(fake.press_data(user, fake.desk, preview.message_id, button.data))
    office.settle()
    assert office.acts(ticket)[-1] == ("Mika", "confirm")
    first = f"{office.text('desk.denial.stale')} ({was_first(office, 'Mika', 'confirm')})"
    at_once = fake.answers(queries[1])
    lines = [plain(message) for message in fake.messages(fake.desk)[-4:]]
    assert (at_once and at_once.text == first) or f"Aino: {first}" in lines


def test_a_picture_is_no_answer_to_a_form(office: Office, fake: People, liisa: User) -> None:
    ticket = office.asks(liisa)
    prompt = office.begins(fake.aino, ticket.number, "ask")
    made = Message(990_000, fake.desk.id, fake.aino, reply_to=prompt.message_id)
    size = {"file_id": "1", "file_unique_id": "1", "width": 9, "height": 9}
    shown = {"photo": [size], "caption": "Mitä tarkoitat?"}
    fake.update("message", {**fake.message_json(made), **shown}, "desk")
    office.settle()
    assert plain(office.newest()) == office.text("desk.denial.reason_missing")
    assert office.acts(ticket) == [("customer", "open")]


@pytest.fixture
def long_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all tickets of this file on one page."""
    monkeypatch.setattr("bot.channels.desk.listing.PAGE", 1000)


@pytest.mark.usefixtures("long_page")
def test_a_list_of_what_is_open_comes_by_due_date(
    office: Office, fake: People, liisa: User
) -> None:
    numbers = [office.asks(liisa, right).number for right in (Right.ACCESS, Right.OBJECTION)]
    fake.write(fake.sari, "/tickets", fake.desk)
    office.settle()
    listed = plain(office.newest())
    assert listed.startswith(office.text("desk.list.head", filters="", page=1, pages=1))
    # A question, of which another test may have left one, stands there with the day it was asked.
    due = [
        (int(year), int(month), int(day))
        for day, month, year in re.findall(r"T-.*?(\d+)\.(\d+)\.(\d{4})", listed)
    ]
    assert len(due) >= len(numbers)
    assert due == sorted(due)
    assert all(number in listed for number in numbers)
    assert "Liisa" not in listed
    fake.write(fake.stranger, "/tickets@seloste_test_bot", fake.desk)
    office.settle()
    assert plain(office.newest()) == office.text("desk.form.not_staff")


@pytest.mark.usefixtures("long_page")
def test_a_list_is_narrowed_by_typed_words(office: Office, fake: People, liisa: User) -> None:
    mine, other = (office.asks(liisa, right).number for right in (Right.ACCESS, Right.OBJECTION))
    acts(office, fake.sari, mine, "take")

    def listed(words: str) -> str:
        fake.write(fake.sari, f"/tickets {words}", fake.desk)
        office.settle()
        return plain(office.newest())

    own = listed("mine")
    assert mine in own
    assert other not in own
    assert mine not in listed("free")
    assert other in listed("objection unproved")
    assert listed("nonsense") == office.text("desk.list.unknown", known=", ".join(filters.ALL))


def test_what_is_found_alone_stands_below_its_card_with_its_details_for_who_asks(
    office: Office, fake: People, liisa: User
) -> None:
    number = office.asks(liisa, Right.ACCESS, name="Hilla Haapala").number
    fake.set_status(fake.desk, fake.bot, "administrator")
    fake.start(fake.sari)
    typed = fake.write(fake.sari, "/find haapala", fake.desk)
    office.settle()
    found = office.newest()
    assert found.reply_to == office.card(number).message_id
    assert found.labels == [number]
    assert fake.find(fake.desk.id, typed.message_id) is None, "a name need not stay in the group"
    assert office.press(fake.sari, found, number).text == office.text("desk.form.private")
    assert "Hilla Haapala" in plain(fake.messages(fake.sari)[-1])
    typed = fake.write(fake.sari, f"/find {number}", fake.desk)
    office.settle()
    assert fake.find(fake.desk.id, typed.message_id)


@pytest.mark.parametrize("words", ["", " "])
def test_a_search_for_nothing_is_told_what_can_be_sought(
    office: Office, fake: People, words: str
) -> None:
    fake.write(fake.sari, f"/find{words}", fake.desk)
    office.settle()
    assert plain(office.newest()) == office.text("desk.list.find")


def test_nobody_else_than_staff_finds_anything(office: Office, fake: People, liisa: User) -> None:
    number = office.asks(liisa, Right.ACCESS).number
    fake.write(fake.stranger, f"/find {number}", fake.desk)
    office.settle()
    assert plain(office.newest()) == office.text("desk.form.not_staff")


def test_buttons_below_a_list_narrow_it_in_place_by_who_presses_them(
    office: Office, fake: People, liisa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, _ = (office.asks(liisa, right).number for right in (Right.ACCESS, Right.OBJECTION))
    acts(office, fake.sari, mine, "take")
    monkeypatch.setattr("bot.channels.desk.listing.PAGE", 1)
    fake.write(fake.sari, "/tickets free", fake.desk)
    office.settle()
    posted = office.newest()

    def pressed(user: User, label: str) -> str:
        assert office.press(user, office.newest_of(posted), label) == Said("", alert=False)
        return plain(office.newest_of(posted))

    own = office.text("desk.filter.mine")
    access = office.text("right.access")
    pressed(fake.sari, office.text("desk.list.all"))
    second = pressed(fake.sari, office.text("desk.list.after"))
    assert "2/" in second.splitlines()[0]
    assert "2/" not in pressed(fake.sari, office.text("desk.list.before")).splitlines()[0]
    monkeypatch.setattr("bot.channels.desk.listing.PAGE", 1000)
    pressed(fake.sari, own)
    pressed(fake.sari, office.text("desk.list.rights"))
    assert access in office.newest_of(posted).labels
    assert own not in office.newest_of(posted).labels
    of_access = pressed(fake.sari, access)
    assert f" · {own}, {access}" in of_access.splitlines()[0]
    assert mine in of_access
    assert f"✓ {own}" in office.newest_of(posted).labels
    # Another member of staff presses below the same message: their own are none.
    pressed(fake.mika, f"✓ {own}")
    assert pressed(fake.mika, own).endswith(office.text("desk.list.none"))
    refused = office.press(fake.stranger, office.newest_of(posted), f"✓ {own}")
    assert refused == Said(office.text("desk.form.not_staff"), alert=True)


def test_staff_say_in_the_group_that_they_are_away(office: Office, fake: People) -> None:
    def told(user: User, words: str) -> str:
        fake.write(user, words, fake.desk)
        office.settle()
        return plain(office.newest())

    today = office.house.wording.today()
    back = (today + timedelta(days=9)).isoformat()
    assert told(fake.mika, f"/away {back}") == office.text(
        "desk.away.begun", name="Mika", back=back
    )
    assert away(office.house.absences(), today)
    assert told(fake.mika, "/away") == office.text("desk.denial.return_unclear")
    assert told(fake.stranger, "/away -") == office.text("desk.form.not_staff")
    assert told(fake.mika, "/away -") == office.text("desk.away.ended", name="Mika")
    assert not away(office.house.absences(), today)


def test_details_go_to_the_one_who_asks_and_not_to_the_group(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = office.asks(liisa, details="Tilaukset vuodelta 2019")
    fake.started.discard(fake.sari.id)
    before = len(fake.messages(fake.desk))
    first = office.press(fake.sari, office.card(ticket.number), office.button("details"))
    assert first == Said(office.text("desk.form.start_first"), alert=True)
    fake.start(fake.sari)
    office.settle()
    told = office.press(fake.sari, office.card(ticket.number), office.button("details"))
    assert told == Said(office.text("desk.form.private"), alert=True)
    shown = office.last(fake.sari)
    assert shown.protected
    for known in ("Liisa Lehto", ticket.person.email, "Tilaukset vuodelta 2019"):
        assert known in shown.text
    assert len(fake.messages(fake.desk)) == before


# What customers write on their tickets


def test_a_reply_to_the_very_question_is_the_answer_and_staff_see_it_below_the_card(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa, Right.ACCESS)
    acts(office, fake.sari, ticket.number, "ask", "Mikä tilaus?")
    question = office.last(liisa)
    fake.write(liisa, "Tilaus 4711, ei muita", reply_to=question)
    office.settle()
    answered = office.ticket(ticket.number)
    assert (answered.question, answered.notes[-1].text) == ("", "Tilaus 4711, ei muita")
    assert told_below(office, ticket.number)[-1] == f"asiakas: {office.text('desk.action.answer')}"


def test_an_addition_stands_below_the_card_and_its_words_in_the_details_alone(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa, Right.ACCESS)
    acts(office, fake.sari, ticket.number, "ask", "Mikä tilaus?")
    for text in ("Tilaus 4711", "ja myös tilaus 4712"):
        office.press(liisa, office.says(liisa, text), send_label(office, office.last(liisa)))
    assert told_below(office, ticket.number)[-2:] == [
        f"asiakas: {office.text('desk.action.answer')}",
        f"asiakas: {office.text('desk.action.add')}",
    ]
    assert "4712" not in office.card(ticket.number).text
    fake.start(fake.sari)
    office.settle()
    office.press(fake.sari, office.card(ticket.number), office.button("details"))
    assert "ja myös tilaus 4712" in office.last(fake.sari).text


def told_below(office: Office, number: str) -> list[str]:
    """Return what stands below a card of what happened, without the moment."""
    card = office.card(number)
    below = [m for m in office.fake.messages(office.fake.desk) if m.reply_to == card.message_id]
    lines = [line for m in below for line in m.text.splitlines()]
    return [re.sub(r"^\S+ klo \S+ ", "", line) for line in lines if line.count("klo") == 1]


def send_label(office: Office, offered: Message) -> str:
    """Return the label of the button that sends to staff what was written."""
    labels = {office.text(f"choice.{key}") for key in ("send_answer", "send_to_staff")}
    return next(label for label in offered.labels if label in labels)


# Questions that are passed on


def passed(office: Office, user: User, question: str = "Kuka on tietosuojavastaavanne?") -> str:
    office.press(user, office.says(user, question), office.text("choice.pass"))
    found: str = re.findall(r"Q-\d{4}-\d{4}", plain(office.last(user)))[0]
    return found


def test_of_two_answers_only_the_first_arrives(office: Office, fake: People, liisa: User) -> None:
    number = passed(office, liisa)
    prompts = [office.begins(user, number, "reply") for user in (fake.sari, fake.aino)]
    previews = [
        office.words(user, prompt, f"Vastaus: {user.name}")
        for user, prompt in zip((fake.sari, fake.aino), prompts, strict=True)
    ]
    office.sends(fake.sari, previews[0])
    told = office.press(fake.aino, previews[1], office.button("send"))
    assert was_first(office, "Sari", "reply") in told.text
    heard = [plain(message) for message in fake.messages(liisa)]
    assert sum("Vastaus:" in text for text in heard) == 1


def test_a_long_question_is_cut_on_its_card_and_whole_in_the_details(
    office: Office, fake: People, liisa: User
) -> None:
    question = "Kuka on tietosuojavastaavanne? " + "🦊" * 1969
    made = Message(990_001, liisa.id, liisa, question)
    fake.update("message", fake.message_json(made), str(liisa.id))
    office.settle()
    office.press(liisa, office.last(liisa), office.text("choice.pass"))
    number = re.findall(r"Q-\d{4}-\d{4}", plain(office.last(liisa)))[0]
    card = office.card(number)
    assert "🦊" in card.text
    fake.started.add(fake.sari.id)
    before = len(fake.messages(fake.sari))
    office.press(fake.sari, card, office.button("details"))
    told = "".join(message.text for message in fake.messages(fake.sari)[before:])
    assert told.count("🦊") == 1969


def test_an_answer_that_is_edited_later_stays_as_it_was_shown_and_that_is_said(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = office.asks(liisa)
    prompt = office.begins(fake.aino, ticket.number, "ask")
    written = fake.write(fake.aino, "Ensimmäinen versio?", fake.desk, reply_to=prompt)
    office.settle()
    preview = office.newest()
    fake.edit(fake.aino, written, "Toinen versio?")
    office.settle()
    assert plain(office.newest()) == office.text("desk.form.edited")
    shown = len(fake.messages(fake.desk))
    fake.update("edited_message", fake.message_json(written), "desk")  # as at a reaction
    office.settle()
    assert len(fake.messages(fake.desk)) == shown
    office.sends(fake.aino, preview)
    assert "Ensimmäinen versio?" in plain(office.last(liisa))


@pytest.mark.parametrize("command", ["/help", "/start", "/status"])
def test_a_command_of_customers_is_answered_with_what_staff_can_do(
    office: Office, fake: People, command: str
) -> None:
    fake.write(fake.aino, command, fake.desk)
    office.settle()
    assert plain(office.newest()) == office.text("desk.form.commands")


def test_a_ground_that_cannot_hold_is_not_offered(
    office: Office, fake: People, liisa: User
) -> None:
    doubt, unclear = (office.text(f"desk.ground.{g}") for g in ("identity_doubt", "clarification"))
    unproved = office.begins(fake.mika, office.asks(liisa).number, "suspend")
    assert [doubt, unclear] == unproved.labels[:2]
    proved = office.begins(fake.mika, verified(office, fake.customer()).number, "suspend")
    assert proved.labels == [unclear, office.button("cancel")]


def test_what_is_sent_too_late_is_not_said_to_be_done(
    office: Office, fake: People, liisa: User
) -> None:
    """Both press at once: the ticket changes once, and neither line says who changed it."""
    ticket = verified(office, liisa, Right.ACCESS)
    preview = office.begins(fake.mika, ticket.number, "confirm")
    office.sends(fake.mika, preview)
    closed = plain(office.newest_of(preview))
    confirm = office.button("confirm")
    assert closed == office.text(
        "desk.form.taken", number=ticket.number, action=confirm, name="Mika"
    )
    assert office.text("desk.action.confirm") not in closed


# Talk


def test_talk_in_the_group_reaches_nobody(office: Office, fake: People, liisa: User) -> None:
    fake.privacy = False
    ticket = office.asks(liisa)
    card = office.card(ticket.number)
    prompt = office.begins(fake.aino, ticket.number, "ask")
    before, at_desk = len(fake.messages(liisa)), len(fake.messages(fake.desk))
    written = fake.write(fake.aino, "Onkohan tämä se sama Liisa?", fake.desk)
    fake.write(fake.mika, "@seloste_test_bot Mihin käytätte evästeitä?", fake.desk)
    fake.write(fake.mika, "On se.", fake.desk, reply_to=card)
    fake.write(fake.aino, "Kysyn häneltä.", fake.desk, reply_to=written)
    fake.edit(fake.aino, written, "Onko tämä se sama?")
    office.settle()
    assert len(fake.messages(fake.desk)) == at_desk
    for user in (fake.stranger, fake.mika):  # a prompt that was put to somebody else
        office.words(user, prompt, "Haluatko todella?")
    refusals = [plain(message) for message in fake.messages(fake.desk)[at_desk:]]
    assert refusals == [office.text("desk.form.not_staff"), office.text("desk.form.foreign")]
    assert len(fake.messages(liisa)) == before
    assert office.acts(ticket) == [("customer", "open")]
    fake.privacy = True


# Who may not


def listed_but_gone(fake: People) -> User:
    fake.desk.statuses[fake.pekka.id] = "left"
    return fake.pekka


INTRUDERS: dict[str, tuple[Callable[[People], User], str]] = {
    "a stranger who is a member": (lambda fake: fake.stranger, "not_staff"),
    "one listed who has left the group": (listed_but_gone, "not_member"),
    "one listed who was thrown out": (
        lambda fake: fake.desk.statuses.update({fake.pekka.id: "kicked"}) or fake.pekka,
        "not_member",
    ),
    "one listed who was restricted after leaving": (
        lambda fake: fake.desk.statuses.update({fake.pekka.id: "restricted outside"}) or fake.pekka,
        "not_member",
    ),
    # Telegram names them when they press something, not when they write.
    "an administrator who stays unknown": (
        lambda fake: fake.desk.statuses.update({fake.pekka.id: "anonymous"}) or fake.pekka,
        "anonymous",
    ),
}


@pytest.mark.parametrize("who", INTRUDERS)
def test_nobody_acts_but_members_who_are_listed(
    office: Office, fake: People, liisa: User, who: str
) -> None:
    user, told = INTRUDERS[who][0](fake), INTRUDERS[who][1]
    ticket = verified(office, liisa)
    prompt = office.begins(fake.aino, ticket.number, "ask")
    preview = office.begins(fake.aino, ticket.number, "confirm")
    no = Said(office.text(f"desk.form.{told}"), alert=True)
    for message in (office.card(ticket.number), preview):
        for label in message.labels:
            assert office.press(user, message, label) == no
    writer = ANONYMOUS if told == "anonymous" else user
    made = Message(next(_IDS), fake.desk.id, writer, "Sana", reply_to=prompt.message_id)
    fake.update("message", fake.message_json(made), "desk")
    office.settle()
    # A message of an anonymous administrator says no more than who it is not from.
    assert plain(office.newest()) == office.text(f"desk.form.{told}")
    _unchanged(office, ticket)


def _unchanged(office: Office, ticket: Ticket) -> None:
    assert office.ticket(ticket.number) == ticket
    assert [what for _, what in office.acts(ticket)] in (["open"], ["open", "verify"])


_IDS = itertools.count(991_000)


def _forged(key: bytes, ticket: Ticket) -> Iterator[str]:
    """Yield data that was never put on a button; what else is none of ours: desk/test_form.py."""
    good = press(key, "confirm", ticket)
    yield good[:-1]
    yield press(b"another key that is just as long", "confirm", ticket)
    yield press(key, "confirm", replace(ticket, id=str(UUID(int=7))))
    yield press(key, "confirm", replace(ticket, version=ticket.version - 1))
    yield press(key, "delete", ticket)
    yield from ("", "\x00", "d", "d:", "d::", "d:x:send", "d:x:method:call_back", "yes:1")


def test_forged_altered_and_cut_data_change_nothing_and_are_answered(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa)
    card = office.card(ticket.number)
    for data in _forged(office.house.buttons_key, ticket):
        told = office.press_data(fake.mika, card, data)
        assert told.alert, data
        assert told.text, data
    _unchanged(office, ticket)


def test_the_draft_of_another_person_cannot_be_sent_nor_filled_nor_cancelled(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = office.asks(liisa)
    asked = office.begins(fake.sari, ticket.number, "verify")
    foreign = Said(office.text("desk.form.foreign"), alert=True)
    for label in asked.labels:
        assert office.press(fake.aino, asked, label) == foreign
    call_back = office.text("desk.method.call_back")
    office.press(fake.sari, asked, call_back)
    preview = office.newest_of(asked)
    for label in preview.labels:
        assert office.press(fake.aino, preview, label) == foreign
    assert office.newest_of(preview).labels == preview.labels
    _unchanged(office, ticket)


def test_a_draft_takes_only_what_its_form_asks_for(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = office.asks(liisa)
    unknown = Said(office.text("desk.form.unknown"), alert=True)
    asked = office.begins(fake.aino, ticket.number, "suspend")
    draft = asked.buttons[0].data.split(":")[1]
    steps = ["send", "text:x", "method:call_back", "method:clarification", ":clarification"]
    steps += ["ground:none", "ground", "", "cancel:x", "x:y"]
    for step in steps:
        assert office.press_data(fake.aino, asked, f"d:{draft}:{step}") == unknown, step
    preview = office.words(
        fake.aino, office.begins(fake.aino, ticket.number, "ask"), "Mitä tarkoitat?"
    )
    draft = preview.buttons[0].data.split(":")[1]
    for step in ("method:call_back", "ground:clarification"):
        assert office.press_data(fake.aino, preview, f"d:{draft}:{step}") == unknown
    _unchanged(office, ticket)


@pytest.mark.parametrize("where", ["a private chat", "another group"])
def test_good_data_from_another_chat_does_nothing(
    office: Office, fake: People, liisa: User, where: str
) -> None:
    ticket = verified(office, liisa)
    card = office.card(ticket.number)
    preview = office.begins(fake.mika, ticket.number, "confirm")
    fake.started.add(fake.mika.id)
    if where == "a private chat":
        chat: Any = fake.mika
    else:
        chat = fake.group(next(_IDS) * -(10**7), "Muu", [(fake.mika, "creator")])
    for button in (*card.buttons, *preview.buttons):
        query = fake.press_data(fake.mika, chat, 1, button.data)
        office.settle()
        assert fake.answers(query) == Said("", alert=False)
    _unchanged(office, ticket)
    assert office.newest_of(preview).labels == preview.labels


def test_a_customer_who_gets_hold_of_staffs_buttons_can_do_nothing_with_them(
    office: Office, liisa: User
) -> None:
    ticket = verified(office, liisa)
    message = office.last(liisa)
    for button in office.card(ticket.number).buttons:
        office.press_data(liisa, message, button.data)
        assert plain(office.last(liisa)) == office.text("stale_button")
    _unchanged(office, ticket)


def test_an_update_of_the_desk_that_comes_again_does_nothing(
    office: Office, fake: People, liisa: User
) -> None:
    ticket = verified(office, liisa)
    office.begins(fake.mika, ticket.number, "refuse")
    before = len(fake.messages(fake.desk))
    for _ in range(3):
        fake.repeat_last()
    office.settle()
    assert len(fake.messages(fake.desk)) == before
    _unchanged(office, ticket)


# What the group is told besides


def test_a_reminder_stands_below_its_card(office: Office, liisa: User) -> None:
    ticket = office.asks(liisa)
    with office.app.store.transaction() as unit:
        reminder = Remind(ticket=ticket.id, number=ticket.number, days=3)
        office.app.router.enqueue(unit, [reminder], office.now())
    office.settle()
    assert ticket.number in plain(office.newest())
    assert office.newest().reply_to == office.card(ticket.number).message_id


def test_a_ticket_that_the_customer_withdraws_changes_its_card(office: Office, liisa: User) -> None:
    ticket = office.asks(liisa)
    sure = office.says(liisa, "/cancel")
    office.press(liisa, sure, office.text("choice.yes_withdraw"))
    assert office.text("desk.state.withdrawn") in office.card(ticket.number).text
