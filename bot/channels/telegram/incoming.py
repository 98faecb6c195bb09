"""Parse Telegram updates into core events: from customers, from groups, from the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import phonenumbers
from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.channels.telegram import CHANNEL, COMMANDS, GROUP
from bot.core.catalog import Language
from bot.core.events import AskedInPublic, Chose, FromCustomer, Said, Shared
from bot.core.tickets.ticket import Person

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
_LANGUAGES: Mapping[str, Language] = {language.value: language for language in Language}
_KNOWN = frozenset(f"/{name}" for name in ("start", *COMMANDS, *Language))


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """The bot's own id and name."""

    id: int
    username: str


def event(update: Update, me: BotIdentity) -> FromCustomer | AskedInPublic | None:
    """Return the event of an update in a private chat or a customers' group, or None."""
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
        user = message.from_user
        said = _said(message, me) if update.message else _edited(message)
        if said is None:
            return None
        return _from(user.id, user.language_code, said)
    return _public(message, me) if update.message else None


def _said(message: Message, me: BotIdentity) -> Said | Shared | None:
    """Return what somebody says in a private chat; None for service messages."""
    if message.contact is not None:
        return Shared(phone=_e164(message.contact.phone_number) if _is_own(message) else "")
    text, attached = _text(message), message.effective_attachment is not None
    if not text and not attached:
        return None
    # An album comes as several messages: the ones without a caption report the attachment.
    alone = attached and not (text and message.media_group_id)
    before = replied_to(message, me)
    return Said(text=text, attached=alone, replied_to=_text(before) if before else "")


def _edited(message: Message) -> Said | None:
    """Return edited words; a live location is edited all the time, and has none."""
    return Said(text=_text(message), edited=True) if _text(message) else None


def id_of(update: Update) -> str:
    """Return the idempotency key of an update.

    The messages of an album without captions share one, so that they are answered once.
    """
    message = update.message
    if message is not None and message.media_group_id and not _text(message):
        return f"album:{message.chat.id}:{message.media_group_id}"
    return str(update.update_id)


def _text(message: Message) -> str:
    return message.text or message.caption or ""


def _is_own(message: Message) -> bool:
    """Tell whether a contact is the sender's own, shared here: anybody can forward another's."""
    contact, user = message.contact, message.from_user
    given_here = message.forward_origin is None and message.via_bot is None
    return bool(given_here and contact and user and contact.user_id == user.id)


def _from(account: int, code: str | None, said: Said | Chose | Shared) -> FromCustomer:
    return FromCustomer(
        person=Person(channel=CHANNEL, account=str(account)),
        event=said,
        language=language_of(code),
        shares_phone=True,
    )


def _public(message: Message, me: BotIdentity) -> AskedInPublic | None:
    """Return a question in a group, if the bot is addressed."""
    text = addressed(message, me)
    if text is None:
        return None
    user = message.from_user
    topic = f":{message.message_thread_id}" if message.is_topic_message else ""
    thread = f"{message.message_id}{topic}"
    return AskedInPublic(
        place=Person(channel=GROUP, account=str(message.chat.id), thread=thread),
        text=text,
        language=language_of(user.language_code if user else None),
    )


def addressed(message: Message, me: BotIdentity) -> str | None:
    """Return what is said to the bot in a group, without its name; None if it is not addressed."""
    given = command(message, me, _KNOWN)
    if given:
        return "".join(_text(message).split(maxsplit=1)[1:]) or given
    text = _without_name(message, me)
    if text != _text(message) or replied_to(message, me):
        return text.strip()
    return None


def replied_to(message: Message, me: BotIdentity) -> Message | None:
    """Return the bot's message that this one replies to, or None."""
    before = message.reply_to_message
    by = before.from_user if before else None
    return before if by is not None and by.id == me.id else None


def command(message: Message, me: BotIdentity, known: Collection[str]) -> str:
    """Return the command that a message gives this bot, such as `/status`; else an empty string.

    Without the bot's name, only known commands are taken: others may be meant for other bots.
    """
    text = message.text or ""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            word, _, to = text[: entity.length].casefold().partition("@")
            if to == me.username.casefold() or (not to and word in known):
                return word
    return ""


def _without_name(message: Message, me: BotIdentity) -> str:
    """Return a text without the mentions of the bot; Telegram counts in UTF-16 units."""
    wide = _text(message).encode("utf-16-le", errors="surrogatepass")
    for entity in reversed(message.entities or message.caption_entities):
        if entity.type == MessageEntity.MENTION:
            start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
            name = wide[start:end].decode("utf-16-le", errors="replace")
            if name.casefold() == f"@{me.username}".casefold():
                wide = wide[:start] + wide[end:]
    return wide.decode("utf-16-le", errors="replace")


def language_of(code: str | None) -> Language | None:
    """Return the language of an IETF code such as `sv-FI`, if we speak it."""
    return _LANGUAGES.get((code or "").partition("-")[0].casefold())


def _e164(number: str) -> str:
    """Return a number in international form; Telegram leaves the plus sign out."""
    text = number if number.startswith("+") else f"+{number}"
    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
