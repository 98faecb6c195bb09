"""Customers on Telegram: the real assistant and the real client against a strict server."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels import render
from bot.content.contacts import read_contacts
from bot.content.loaded import Understanding
from bot.content.wording import worded
from bot.core.catalog import Right
from bot.core.tickets.identity import Method
from bot.core.tickets.ticket import State
from bot.storage.backup.rows import TABLES, lines
from tests.fakes.telegram import Fault, Message, User, plain
from tests.fakes.telegram.office import Office, People, told_of
from tests.logs import logged

HOSTILE = "<b>x</b> <a href='http://evil.example'>y</a> &lt; @everyone @Aino /confirm {{ 7 * 7 }}"


@pytest.fixture(scope="module")
def office(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with logged() as log:
        with (
            People() as fake,
            Office(tmp_path_factory.mktemp("office"), known, fake) as open_office,
        ):
            yield open_office
        assert told_of(log.getvalue(), fake, HOSTILE) == []


@pytest.fixture
def fake(office: Office) -> Iterator[People]:
    yield office.fake
    office.fake.faults.clear()


def heard(office: Office, user: User) -> list[tuple[str, list[str]]]:
    """Return what the core wanted said to somebody, in plain words, with the buttons."""
    says = [say for say in office.said if say.to.account == str(user.id)]
    messages = [worded(say, office.app.content) for say in says]
    alike = [replace(m, quotation_marks=("”", "”")) for m in messages]  # as the fake shows them
    return [(render.plain(m), [button.label for button in m.buttons]) for m in alike]


def read(office: Office, user: User) -> list[tuple[str, list[str]]]:
    """Return what somebody reads in their chat, with the buttons."""
    return [(plain(m), m.labels) for m in office.fake.messages(user)]


def squeezed(text: str) -> str:
    return "".join(text.split())


# A whole request


@pytest.mark.parametrize(
    ("language", "words", "machine"),
    [
        ("fi", ("Poistakaa tietoni", "kyllä", "ohita", "kyllä"), "automaattinen"),
        ("en", ("Please erase my data", "yes", "skip", "yes"), "automated"),
        ("sv", ("Radera mina uppgifter", "ja", "hoppa över", "ja"), "automatisk"),
    ],
)
def test_an_erasure_goes_from_the_first_hello_to_its_end(
    office: Office, fake: People, language: str, words: tuple[str, ...], machine: str
) -> None:
    liisa = fake.user(900 + len(language + machine), "Liisa", f"{language}-FI")
    address = f"liisa.{language}@example.com"
    office.on_file(address)
    fake.start(liisa)
    office.settle()
    assert machine in plain(office.last(liisa))
    asked, agreed, skipped, sent = words
    office.says(liisa, asked, agreed, "Liisa Lehto", address, skipped, sent)
    office.says(liisa, office.code(address))
    ticket = office.tickets(liisa)[0]
    assert ticket.state is State.AWAITING_CONFIRMATION
    assert ticket.language == language
    office.sends(fake.mika, office.begins(fake.mika, ticket.number, "confirm"))
    extent = office.begins(fake.mika, ticket.number, "fulfil")
    office.press(fake.mika, extent, office.text("desk.extent.fully"))
    office.sends(fake.mika, extent)
    assert office.ticket(ticket.number).state is State.FULFILLED
    assert read(office, liisa) == heard(office, liisa)
    assert len(read(office, liisa)) == 10


def test_a_button_answers_and_an_old_one_is_known_as_old(office: Office, fake: People) -> None:
    liisa = fake.customer()
    offer = office.says(liisa, "Poistakaa tietoni")
    assert offer.labels == ["Tee pyyntö", "En halua"]
    office.press(liisa, offer, "Tee pyyntö")
    assert plain(office.last(liisa)) == office.text("field.name.ask")
    told = office.press(liisa, offer, "Tee pyyntö")
    assert told.text == ""
    assert office.text("stale_button") in plain(office.last(liisa))
    assert not office.tickets(liisa)


def test_a_deep_link_leads_into_the_conversation(office: Office, fake: People) -> None:
    liisa = fake.user(901, "Liisa", "en")
    fake.start(liisa, "private")
    office.settle()
    assert read(office, liisa) == heard(office, liisa)
    assert "automated privacy assistant" in plain(office.last(liisa))
    assert len(read(office, liisa)) == 1


def test_what_holds_no_words_is_answered_too(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, "hei")
    fake.photo(liisa)
    sticker = {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 9, "height": 9}
    shown = {"sticker": {**sticker, "is_animated": False, "is_video": False}}
    fake.update("message", _message(fake, liisa, **shown), "1")
    office.settle()
    not_read = office.text("attachment")
    assert [plain(m) for m in fake.messages(liisa)[-2:]] == [not_read, not_read]


def test_an_album_is_answered_once(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, "hei")
    for _ in range(3):
        fake.photo(liisa, album="77")
    office.settle()
    assert [said for said, _ in read(office, liisa)[1:]] == [office.text("attachment")]


def test_the_words_of_an_album_are_answered_too(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, "hei")
    fake.photo(liisa, album="78", caption="Käytättekö evästeitä?")
    fake.photo(liisa, album="78")
    office.settle()
    words, not_read = [said for said, _ in read(office, liisa)[1:]]
    assert "evästeitä" in words
    assert not_read == office.text("attachment")


def test_what_the_chat_itself_tells_is_not_answered(office: Office, fake: People) -> None:
    liisa = fake.customer()
    place = {"latitude": 60.1, "longitude": 24.9, "live_period": 60}
    timer = {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}
    fake.update("message", _message(fake, liisa, **timer), "1")
    moving = _message(fake, liisa, location=place, edit_date=int(time.time()))
    fake.update("edited_message", moving, "1")
    fake.block(liisa)
    fake.unblock(liisa)
    office.settle()
    assert not fake.messages(liisa)


def _message(fake: People, user: User, **more: Any) -> dict[str, Any]:
    made = Message(999_000, user.id, user)
    return {**fake.message_json(made), **more}


def test_an_edit_in_the_middle_of_a_request_is_neither_a_yes_nor_an_answer(
    office: Office, fake: People
) -> None:
    liisa = fake.customer()
    written = fake.write(liisa, "Poistakaa tietoni")
    office.settle()
    fake.edit(liisa, written, "Poistakaa kaikki tietoni")
    office.settle()
    assert office.text("edited") in plain(office.last(liisa))
    assert office.last(liisa).labels == ["Tee pyyntö", "En halua"]
    office.says(liisa, "kyllä")
    fake.edit(liisa, written, "Poistakaa tietoni kaikki")
    office.settle()
    assert office.text("field.name.ask") in plain(office.last(liisa))


def test_an_update_without_new_words_is_no_edit(office: Office, fake: People) -> None:
    """Telegram tells of an edit at a reaction too."""
    liisa = fake.customer()
    written = fake.write(liisa, "Poistakaa tietoni")
    office.settle()
    fake.edit(liisa, written, "Poistakaa tietoni")
    office.settle()
    assert len(fake.messages(liisa)) == 1


def test_an_edited_message_is_taken_as_a_new_one(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, "hei")
    written = fake.write(liisa, "Kuinka kauan säilytätte tietojani?")
    office.settle()
    fake.edit(liisa, written, "Mihin käytätte evästeitä?")
    office.settle()
    assert "eväste" in plain(office.last(liisa))
    assert len(fake.messages(liisa)) == 3


def test_a_message_of_4096_emoji_is_answered(office: Office, fake: People) -> None:
    liisa = fake.customer()
    fake.update("message", _message(fake, liisa, text="🦊" * 4096), "1")
    office.settle()
    assert office.text("empty") in plain(office.last(liisa))


def test_what_is_too_long_for_one_message_is_read_back_in_two(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, "Oikaiskaa tietoni", "kyllä", "Liisa Lehto", "liisa@example.com")
    assert office.text("field.too_long") in plain(office.says(liisa, "Ä" + "🦊" * 2000))
    summary = office.says(liisa, "Ä" + "🦊" * 1999)
    assert summary.labels == ["Lähetä pyyntö", "Muuta tietoja", "Keskeytä"]
    assert [plain(m).count("🦊") > 0 for m in fake.messages(liisa)[-2:]] == [True, True]
    assert sum(plain(m).count("🦊") for m in fake.messages(liisa)[-2:]) == 1999


def test_markup_in_what_customers_write_does_nothing_anywhere(office: Office, fake: People) -> None:
    liisa = fake.customer()
    name = "Liisa O'Lehto"
    ticket_of = office.says(
        liisa, "Oikaiskaa tietoni", "kyllä", name, f"l{liisa.id}@example.com", HOSTILE, "kyllä"
    )
    number = office.tickets(liisa)[0].number
    assert number in plain(ticket_of)
    prompt = office.begins(fake.aino, number, "ask")
    office.sends(fake.aino, office.words(fake.aino, prompt, "Mikä on oikein?"))
    office.press(liisa, office.last(liisa), office.text("choice.answer", number=number))
    office.says(liisa, f"Tämä: {HOSTILE}")
    fake.started.add(fake.aino.id)
    office.press(fake.aino, office.card(number), office.button("details"))
    details = office.last(fake.aino)
    assert details.text.count(HOSTILE) == 2
    assert name in details.text
    summary = next(m for m in fake.messages(liisa) if HOSTILE in m.text)
    for message in (summary, details, office.card(number)):
        assert {e["type"] for e in message.entities} <= {"bold", "code", "mention", "bot_command"}
    for message in (details, office.card(number)):
        assert not [e for e in message.entities if e["type"] in ("mention", "bot_command")]
    # What the customer wrote stands in none of the house's own styles.
    bold = [text for text in styled(details, "bold") if not text.endswith(": ")]
    assert styled(details, "code").count(f"Tämä: {HOSTILE}") == 1
    assert bold == [office.text("desk.card.title", number=number, right=Right.RECTIFICATION)]


def styled(message: Message, style: str) -> list[str]:
    wide = message.text.encode("utf-16-le")
    spans = [(2 * e["offset"], 2 * e["length"]) for e in message.entities if e["type"] == style]
    return [wide[at : at + length].decode("utf-16-le") for at, length in spans]


def test_a_question_that_is_passed_on_is_inert_on_its_card(office: Office, fake: People) -> None:
    liisa = fake.customer()
    question = f"Kuka on tietosuojavastaavanne? {HOSTILE}"
    passed = office.says(liisa, question)
    office.press(liisa, passed, office.text("choice.pass"))
    number = re.findall(r"Q-\d{4}-\d{4}", plain(office.last(liisa)))[0]
    card = office.card(number)
    assert question in card.text
    assert {e["type"] for e in card.entities} == {"bold", "code"}


# Long answers


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_a_whole_section_is_told_in_parts_and_its_buttons_stand_below_the_last(
    office: Office, fake: People, language: str
) -> None:
    liisa = fake.customer(language)
    office.says(liisa, f"/{language}")
    first = len(fake.messages(liisa))
    message = office.last(liisa)
    office.press_data(liisa, message, "section-purposes-of-use")
    parts = fake.messages(liisa)[first:]
    whole, buttons = heard(office, liisa)[-1]
    assert len(parts) == 2
    assert squeezed("".join(map(plain, parts))) == squeezed(whole)
    assert [part.labels for part in parts] == [[], buttons]
    assert all(part.text.strip() == part.text for part in parts)


def test_a_text_in_parts_is_not_begun_anew_when_its_end_must_wait(
    office: Office, fake: People
) -> None:
    liisa = fake.customer()
    message = office.says(liisa, "hei")
    fake.faults.append(Fault("sendMessage", 429, retry_after=1, chat=liisa, after=1))
    begun = time.monotonic()
    office.press_data(liisa, message, "section-purposes-of-use")
    assert time.monotonic() - begun >= 1
    assert len(fake.messages(liisa)) == 3


# The phone number that Telegram has verified


def test_the_own_number_on_file_proves_identity_and_its_button_goes(
    office: Office, fake: People, tmp_path: Path
) -> None:
    liisa = fake.customer(phone="358401112233")
    register = tmp_path / "contacts.csv"
    address = f"asiakas{liisa.id}@example.com"
    register.write_text(f"email,phone\n{address},040 111 2233\n", encoding="utf-8")
    with office.app.store.transaction() as unit:
        unit.contacts.register(read_contacts(register).persons)
    ticket = office.asks(liisa)
    office.press(liisa, office.last(liisa), office.text("choice.phone"))
    asked = office.last(liisa)
    assert asked.kind == "keyboard"
    assert asked.buttons[0].asks_contact
    fake.press(liisa, office.text("choice.share_phone"))
    office.settle()
    assert office.ticket(ticket.number).state is State.AWAITING_CONFIRMATION
    assert plain(office.last(liisa)) == taken(office, address)
    assert office.last(liisa).kind == "remove_keyboard"


def test_a_number_that_is_not_on_file_is_told_the_same_and_verifies_nothing(
    office: Office, fake: People
) -> None:
    liisa = fake.customer()
    ticket = office.asks(liisa)
    fake.share_contact(liisa, liisa.phone)
    office.settle()
    kept = office.ticket(ticket.number)
    assert kept.state is State.AWAITING_IDENTITY
    assert [(piece.method, piece.on_file) for piece in kept.evidence] == [(Method.PHONE, False)]
    assert plain(office.last(liisa)) == taken(office, kept.person.email)


def taken(office: Office, address: str) -> str:
    """Return what is said of a number that was shared for a request that names an address."""
    texts = office.text("phone.taken"), office.text("phone.code_too", email=address, slash="/")
    return "\n\n".join(texts)


def test_no_number_but_the_own_one_counts(office: Office, fake: People) -> None:
    liisa, other = fake.customer(), fake.customer(phone="358402223344")
    office.on_file("+358402223344", f"+{liisa.phone}")
    ticket = office.asks(liisa)
    fake.share_contact(liisa, other.phone, user_id=other.id)
    fake.share_contact(liisa, other.phone, user_id=0)
    fake.share_contact(liisa, liisa.phone, forwarded=True)
    office.settle()
    assert [plain(m) for m in fake.messages(liisa)[-3:]] == [office.text("phone.foreign")] * 3
    inline = {"phone_number": other.phone, "first_name": "L", "user_id": liisa.id}
    by_a_bot = {"contact": inline, "via_bot": fake.bot.json}
    fake.update("message", _message(fake, liisa, **by_a_bot), "1")
    fake.write(liisa, f"+{liisa.phone}")
    fake.write(liisa, liisa.phone)
    office.settle()
    kept = office.ticket(ticket.number)
    assert (kept.state, kept.evidence) == (State.AWAITING_IDENTITY, ())


def test_a_shared_number_is_kept_with_its_ticket_alone_and_sealed(
    office: Office, fake: People
) -> None:
    liisa = fake.customer(phone="358409988776")
    ticket = office.asks(liisa)
    fake.share_contact(liisa, liisa.phone)
    office.settle()
    assert office.ticket(ticket.number).phones == (f"+{liisa.phone}",)
    with office.app.store.snapshot() as unit:
        kept = [line for table in TABLES for line in lines(unit.connection, table)]
    assert not [line for line in kept if liisa.phone.encode() in line]


# A chat that is closed


def test_who_blocks_the_bot_gets_a_letter_where_the_address_was_proved(
    office: Office, fake: People
) -> None:
    liisa, other = fake.customer(), fake.customer()
    address = f"asiakas{liisa.id}@example.com"
    office.on_file(address)
    ticket = office.asks(liisa)
    office.says(liisa, office.code(address))
    fake.block(liisa)
    before = len(office.letters(address))
    office.sends(fake.mika, office.begins(fake.mika, ticket.number, "confirm"))
    [letter] = office.letters(address)[before:]
    assert ticket.number in letter["Subject"]
    assert "hyväksytty" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert office.says(other, "hei").text
    fake.unblock(liisa)
    assert ticket.number in plain(office.says(liisa, "/status"))


def test_who_blocks_the_bot_gets_no_letter_to_an_address_that_was_not_proved(
    office: Office, fake: People
) -> None:
    liisa = fake.customer()
    ticket = office.asks(liisa)
    address = f"asiakas{liisa.id}@example.com"
    codes = len(office.letters(address))
    fake.block(liisa)
    asked = office.begins(fake.aino, ticket.number, "ask")
    office.sends(fake.aino, office.words(fake.aino, asked, "Mitä tietoja tarkoitat?"))
    assert len(office.letters(address)) == codes
    assert any("seloste outbox list" in plain(m) for m in fake.messages(fake.desk)[-3:])


# Groups


@pytest.fixture(scope="module")
def club(office: Office) -> tuple[Any, User]:
    member = office.fake.user(800, "Jäsen", "fi", username="jasen")
    return office.fake.group(-1009876543210, "Kerho", [(member, "creator")]), member


def in_club(office: Office, club: tuple[Any, User], text: str, **more: Any) -> list[Message]:
    """Write in the club; return what the bot says there."""
    group, member = club
    before = len(office.fake.messages(group))
    office.fake.write(member, text, group, **more)
    office.settle()
    return office.fake.messages(group)[before:]


@pytest.mark.parametrize(
    "text",
    [
        "Mihin käytätte evästeitä?",
        "/help@some_other_bot",
    ],
)
def test_in_a_group_the_bot_is_silent_until_it_is_addressed(
    office: Office, fake: People, club: tuple[Any, User], text: str
) -> None:
    for privacy in (True, False):  # even where it can read along
        fake.privacy = privacy
        assert not in_club(office, club, text)
    fake.privacy = True


@pytest.mark.parametrize(
    "text",
    [
        "@seloste_test_bot Mihin käytätte evästeitä?",
        "İßß🦊 @Seloste_Test_Bot mihin käytätte evästeitä?",
        "/help@seloste_test_bot Mihin käytätte evästeitä?",
    ],
)
def test_in_a_group_the_bot_quotes_and_shows_the_way_to_a_private_chat(
    office: Office, fake: People, club: tuple[Any, User], text: str
) -> None:
    [answer] = in_club(office, club, text)
    frames = re.sub("”[^”]*”", "", plain(answer)).split("\n\n", 1)
    assert frames[0] == office.text("answer.intro")
    assert frames[1].split() == "".join(styled(answer, "bold")).split()
    assert "evästeitä" in "".join(styled(answer, "blockquote"))
    assert [button.url for button in answer.buttons] == [
        "https://t.me/seloste_test_bot?start=private"
    ]
    assert answer.reply_to == fake.seen(club[0])[-2].message_id


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("kiitos", "public.about"),
        ("/start", "public.about"),
        ("mistä se riippuu", "public.unclear"),
        ("mistä löydän tilaukseni", "out_of_scope.reply"),
        ("haluan puhua ihmisen kanssa", "human.reply"),
        ("Kuka on tietosuojavastaavanne?", "not_in_notice.reply"),
    ],
)
def test_in_a_group_what_is_no_question_of_the_notice_is_called_what_it_is(
    office: Office, club: tuple[Any, User], text: str, key: str
) -> None:
    addressed = f"{text}@seloste_test_bot" if text.startswith("/") else f"@seloste_test_bot {text}"
    [answer] = in_club(office, club, addressed)
    assert office.text(key) in plain(answer)


def test_in_a_group_with_topics_the_answer_stands_in_the_topic_of_the_question(
    office: Office, club: tuple[Any, User]
) -> None:
    group, _ = club
    group.forum = group.general_is_closed = True
    [answer] = in_club(office, club, "@seloste_test_bot Mihin käytätte evästeitä?", topic=7)
    assert "evästeitä" in plain(answer)
    group.forum = group.general_is_closed = False


def test_a_reply_to_the_bot_addresses_it(office: Office, club: tuple[Any, User]) -> None:
    [answer] = in_club(office, club, "@seloste_test_bot hei")
    assert in_club(office, club, "Mihin käytätte evästeitä?", reply_to=answer)


@pytest.mark.parametrize(
    "text", ["Poistakaa tietoni", "/status", "/cancel", "T-2026-0001", "12345678", ""]
)
def test_in_a_group_nothing_personal_is_said_or_begun(
    office: Office, fake: People, club: tuple[Any, User], text: str
) -> None:
    _, member = club
    fake.started.add(member.id)
    if not office.tickets(member):
        office.asks(member)
    tickets = office.tickets(member)
    private = len(fake.messages(member))
    addressed = f"{text}@seloste_test_bot" if text.startswith("/") else f"@seloste_test_bot {text}"
    [answer] = in_club(office, club, addressed)
    assert office.text("public.private") in plain(answer)
    assert text != "Poistakaa tietoni" or styled(answer, "blockquote")
    assert answer.buttons[0].url
    assert "T-2026" not in answer.text
    assert office.tickets(member) == tickets
    assert len(fake.messages(member)) == private


def test_a_group_that_becomes_a_supergroup_is_answered_there(office: Office, fake: People) -> None:
    member = fake.customer()
    group = fake.group(-5001, "Pieni kerho", [(member, "creator")])
    fake.faults.append(Fault("sendMessage", 500, chat=group))
    fake.write(member, "@seloste_test_bot Mihin käytätte evästeitä?", group)
    grown = fake.upgrade(group)
    office.settle()
    assert "evästeitä" in fake.messages(grown)[0].text


def test_a_press_in_a_group_is_answered_and_does_nothing(
    office: Office, club: tuple[Any, User]
) -> None:
    _, member = club
    [answer] = in_club(office, club, "@seloste_test_bot hei")
    said = len(office.said)
    assert office.press_data(member, answer, "intent:request.erasure").text == ""
    assert len(office.said) == said


def test_nothing_that_is_sent_shows_a_preview_of_links(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, "/privacy")
    office.asks(liisa)
    assert not [message.text for message in fake.messages(liisa) if message.preview]
    assert not [message.text for message in fake.messages(fake.desk) if message.preview]
