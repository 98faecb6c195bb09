"""What Telegram's updates say: an update goes in, an event comes out.

The payloads are made by hand after the Bot API's reference.
"""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram import incoming
from bot.channels.telegram.incoming import BotIdentity
from bot.core.catalog import Language
from bot.core.events import AskedInPublic, Chose, FromCustomer, Said, Shared
from bot.core.tickets.ticket import Person

Json = dict[str, Any]
ME = BotIdentity(id=7, username="seloste_bot")
LIISA: Json = {"id": 42, "is_bot": False, "first_name": "Liisa", "language_code": "sv-FI"}
PRIVATE: Json = {"id": 42, "type": "private"}
CLUB: Json = {"id": -100, "type": "supergroup", "title": "Kerho"}
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


def update(kind: str = "message", *, sender: Json = LIISA, **more: Any) -> Update:
    message = {"message_id": 5, "date": 1_760_000_000, "chat": PRIVATE, "from": sender} | more
    found = Update.de_json({"update_id": 1, kind: message})
    assert found is not None
    return found


def in_club(text: str, *entities: Json, **more: Any) -> Update:
    return update(chat=CLUB, text=text, entities=list(entities), **more)


def entity(kind: str, offset: int, length: int) -> Json:
    return {"type": kind, "offset": offset, "length": length}


NAMED = entity("mention", 0, 12)


def event(found: Update) -> FromCustomer | AskedInPublic | None:
    return incoming.event(found, ME)


def said(found: Update) -> object:
    """Return what an update says in a private chat, if anything."""
    came = event(found)
    assert came is None or isinstance(came, FromCustomer)
    return came and came.event


def asked(found: Update) -> str | None:
    """Return what an update asks in a group, if anything."""
    came = event(found)
    assert came is None or isinstance(came, AskedInPublic)
    return came.text if came else None


# Private chats


def test_words_are_an_event_of_their_person() -> None:
    assert event(update(text="hei")) == FromCustomer(
        person=Person(channel="telegram", account="42"),
        event=Said(text="hei"),
        language=Language.SV,
        shares_phone=True,
    )


@pytest.mark.parametrize(
    ("sender", "quoted"), [(ME.id, "Sinulle on kysymys"), (LIISA["id"], "")], ids=["bot", "self"]
)
def test_a_reply_brings_the_message_of_the_bot_that_it_replies_to(sender: int, quoted: str) -> None:
    by = {"id": sender, "is_bot": sender == ME.id, "first_name": "x"}
    before = {"message_id": 4, "date": 1, "chat": PRIVATE, "from": by, "text": "Sinulle on kysymys"}
    assert said(update(text="4711", reply_to_message=before)) == Said(
        text="4711", replied_to=quoted
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"photo": PHOTO}, Said(text="", attached=True)),
        ({"photo": PHOTO, "caption": "passi"}, Said(text="passi", attached=True)),
        ({"photo": PHOTO, "media_group_id": "g"}, Said(text="", attached=True)),
        ({"photo": PHOTO, "media_group_id": "g", "caption": "passi"}, Said(text="passi")),
        ({"location": {"latitude": 60.1, "longitude": 24.9}}, Said(text="", attached=True)),
    ],
    ids=["photo", "caption", "part of an album", "caption of an album", "location"],
)
def test_an_attachment_is_reported_once(more: Json, expected: Said) -> None:
    assert said(update(**more)) == expected


def test_the_parts_of_an_album_without_words_share_one_id() -> None:
    parts = [update(photo=PHOTO, media_group_id="g", message_id=n) for n in (5, 6)]
    worded = update(photo=PHOTO, media_group_id="g", caption="passi")
    assert {incoming.id_of(part) for part in parts} == {"album:42:g"}
    assert incoming.id_of(worded) == incoming.id_of(update(text="hei")) == "1"


@pytest.mark.parametrize(
    "found",
    [
        update(write_access_allowed={"from_request": True}),
        update(text="hei", sender={**LIISA, "is_bot": True}),
        update("edited_message", location={"latitude": 60.1, "longitude": 24.9}),
        update("edited_message", photo=PHOTO),
        update("channel_post", text="hei"),
    ],
    ids=["service message", "bot", "live location", "edit without words", "channel"],
)
def test_what_no_person_said_is_no_event(found: Update) -> None:
    assert event(found) is None


def test_an_edit_is_marked_as_one() -> None:
    assert said(update("edited_message", text="hei")) == Said(text="hei", edited=True)


def contact(**more: Any) -> Update:
    number = {"phone_number": "358401112233", "first_name": "L", "user_id": 42}
    return update(contact=number | more.pop("contact", {}), **more)


def test_the_own_number_is_shared_in_international_form() -> None:
    assert said(contact()) == Shared(phone="+358401112233")
    assert said(contact(contact={"phone_number": "+358 40 1112233"})) == Shared(
        phone="+358401112233"
    )


ORIGIN = {"type": "hidden_user", "date": 1_760_000_000, "sender_user_name": "Liisa"}


@pytest.mark.parametrize(
    "found",
    [
        contact(contact={"user_id": 43}),
        contact(contact={"user_id": None}),
        contact(forward_origin=ORIGIN),
        contact(via_bot={"id": 9, "is_bot": True, "first_name": "b"}),
        contact(contact={"phone_number": "x"}),
    ],
    ids=["another's", "nobody's", "forwarded", "via a bot", "no number"],
)
def test_no_other_number_is_taken(found: Update) -> None:
    assert said(found) == Shared(phone="")


# Presses


def press(chat: Json | None, data: str | None = "yes:1") -> Update:
    query: Json = {"id": "q", "from": LIISA, "chat_instance": "c", "data": data}
    if chat:
        query["message"] = {"message_id": 5, "date": 1_760_000_000, "chat": chat}
    found = Update.de_json({"update_id": 1, "callback_query": query})
    assert found is not None
    return found


@pytest.mark.parametrize(("data", "token"), [("yes:1", "yes:1"), (None, "")])
def test_a_press_in_a_private_chat_is_an_event(data: str | None, token: str) -> None:
    assert said(press(PRIVATE, data)) == Chose(token=token)


@pytest.mark.parametrize("chat", [CLUB, None], ids=["group", "inline"])
def test_a_press_anywhere_else_is_none(chat: Json | None) -> None:
    assert event(press(chat)) is None


# Groups


@pytest.mark.parametrize(
    "found",
    [
        in_club("Mihin käytätte evästeitä?"),
        in_club("Kysy @seloste_bot2:lta", entity("mention", 5, 13)),
        in_club("/help@other_bot", entity("bot_command", 0, 15)),
        in_club("/roll 6", entity("bot_command", 0, 5)),
        in_club("x@seloste_bot.example", entity("email", 0, 21)),
        in_club("katso /help", entity("bot_command", 6, 5)),
        in_club("@seloste_bot", reply_to_message=None),
        update("edited_message", chat=CLUB, text="@seloste_bot", entities=[NAMED]),
    ],
    ids=[
        "talk",
        "longer name",
        "other bot's command",
        "unknown command",
        "address",
        "command within",
        "name that is no mention",
        "edit",
    ],
)
def test_in_a_group_what_is_not_addressed_to_the_bot_is_no_event(found: Update) -> None:
    assert event(found) is None


@pytest.mark.parametrize(
    ("found", "question"),
    [
        (in_club("@seloste_bot evästeet?", entity("mention", 0, 12)), "evästeet?"),
        (in_club("🦊 @Seloste_Bot, evästeet?", entity("mention", 3, 12)), "🦊 , evästeet?"),
        (in_club("/help", entity("bot_command", 0, 5)), "/help"),
        (in_club("/HELP@Seloste_bot", entity("bot_command", 0, 17)), "/help"),
        (in_club("/roll@seloste_bot evästeet?", entity("bot_command", 0, 17)), "evästeet?"),
        (in_club("@seloste_bot", entity("mention", 0, 12)), ""),
    ],
    ids=["name", "name after emoji", "command", "command with name", "any with name", "name alone"],
)
def test_in_a_group_the_bot_is_addressed_by_name_or_command(found: Update, question: str) -> None:
    assert asked(found) == question


def reply(by: int) -> Json:
    author = {"id": by, "is_bot": True, "first_name": "b"}
    return {"message_id": 4, "date": 1_760_000_000, "chat": CLUB, "from": author}


@pytest.mark.parametrize(("by", "question"), [(ME.id, "evästeet?"), (8, None)])
def test_a_reply_to_the_bot_addresses_it(by: int, question: str | None) -> None:
    assert asked(in_club("evästeet?", reply_to_message=reply(by))) == question


@pytest.mark.parametrize(
    ("more", "thread"),
    [
        ({}, "5"),
        ({"is_topic_message": True, "message_thread_id": 3}, "5:3"),
        ({"message_thread_id": 3}, "5"),
    ],
    ids=["group", "topic", "thread of replies"],
)
def test_a_question_in_a_group_is_answered_at_its_message(more: Json, thread: str) -> None:
    came = event(in_club("@seloste_bot hei", entity("mention", 0, 12), **more))
    assert isinstance(came, AskedInPublic)
    assert came.place == Person(channel="telegram_group", account="-100", thread=thread)


@pytest.mark.parametrize(
    ("code", "language"),
    [("fi", "fi"), ("sv-FI", "sv"), ("EN-gb", "en"), ("de", None), ("", None), (None, None)],
)
def test_a_language_code_is_a_guess_only_of_a_language_we_speak(
    code: str | None, language: str | None
) -> None:
    assert incoming.language_of(code) == (Language(language) if language else None)
