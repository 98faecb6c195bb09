"""What an update says: an event of a customer or of a group, or something for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.channels.telegram import CHANNEL, GROUP
from bot.core.catalog import Language
from bot.core.messages import AskedInPublic, Chose, FromCustomer, Said, Shared
from bot.core.tickets import Person

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
_LANGUAGES: Mapping[str, Language] = {language.value: language for language in Language}
_START = "/start"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own id and name."""

    id: int
    username: str


def event(update: Update, me: Me) -> FromCustomer | AskedInPublic | None:
    """Return what an update of a private chat or of a customers' group means; None: nothing."""
    query, message = update.callback_query, update.message or update.edited_message
    if query is not None:
        place = query.message.chat if query.message else None
        if place is None or place.type != ChatType.PRIVATE:
            return None
        return _from(
            query.from_user.id, query.from_user.language_code, Chose(token=query.data or "")
        )
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.chat.type == ChatType.PRIVATE:
        return _private(message)
    return _public(message, me) if update.message else None


def _private(message: Message) -> FromCustomer | None:
    user = message.from_user
    if user is None:
        return None
    if message.contact is not None:
        own = message.contact.user_id == user.id and message.forward_origin is None
        phone = _e164(message.contact.phone_number) if own else ""
        said = Shared(phone=phone)
        return _from(user.id, user.language_code, said)
    text = message.text or message.caption or ""
    return _from(user.id, user.language_code, Said(text=text))


def _from(account: int, code: str | None, said: Said | Chose | Shared) -> FromCustomer:
    return FromCustomer(
        person=Person(channel=CHANNEL, account=str(account)),
        event=said,
        language=language_of(code),
        shares_phone=True,
    )


def _public(message: Message, me: Me) -> AskedInPublic | None:
    """Return a question in a group, if the bot is addressed."""
    text = addressed(message, me)
    if text is None:
        return None
    user = message.from_user
    return AskedInPublic(
        place=Person(channel=GROUP, account=str(message.chat.id), thread=str(message.message_id)),
        text=text,
        language=language_of(user.language_code if user else None),
    )


def addressed(message: Message, me: Me) -> str | None:
    """Return what is said to the bot in a group, without its name; None when it is not meant."""
    text = message.text or message.caption or ""
    name = f"@{me.username}"
    named = name.casefold() in text.casefold()
    answered = message.reply_to_message
    to_me = (
        answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    )
    if command(message, me):
        return text.partition(" ")[2].strip() or text.split()[0].partition("@")[0]
    if not named and not to_me:
        return None
    at = text.casefold().find(name.casefold())
    return (text[:at] + text[at + len(name) :]).strip() if named else text


def command(message: Message, me: Me) -> str:
    """Return the command that a message gives this bot, such as `/tickets`; else nothing."""
    text = message.text or ""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            word, _, to = text[: entity.length].partition("@")
            if not to or to.casefold() == me.username.casefold():
                return word.casefold()
    return ""


def language_of(code: str | None) -> Language | None:
    """Return the language of an IETF code such as `sv-FI`, if it is spoken here."""
    return _LANGUAGES.get((code or "").partition("-")[0])


def _e164(number: str) -> str:
    """Return a number in international form; Telegram leaves the plus sign out."""
    text = number if number.startswith("+") else f"+{number}"
    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
