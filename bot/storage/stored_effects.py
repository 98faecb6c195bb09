"""The stored form of messages, with buttons as the tokens that also stand in chats.

So effects written by a newer version can be read, without the buttons that are unknown here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core import buttons
from bot.core.catalog import Language
from bot.core.effects import Choice, Part, Say, SendLetter, Value
from bot.core.tickets.ticket import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChoice:
    """A choice, with the token of its button."""

    token: str
    key: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    intent: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSay:
    """A message, with stored choices."""

    to: Person
    language: Language
    parts: tuple[Part, ...]
    choices: tuple[StoredChoice, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A letter, with a stored message."""

    say: StoredSay


def stored(value: Say) -> StoredSay:
    """Return a message as it is stored."""
    return StoredSay(
        to=value.to,
        language=value.language,
        parts=value.parts,
        choices=tuple(map(_stored_choice, value.choices)),
        number=value.number,
    )


def loaded(value: StoredSay) -> Say:
    """Return a message; without those buttons that only a newer version knows."""
    choices = (_loaded_choice(choice) for choice in value.choices)
    return Say(
        to=value.to,
        language=value.language,
        parts=value.parts,
        choices=tuple(choice for choice in choices if choice),
        number=value.number,
    )


def stored_letter(value: SendLetter) -> StoredLetter:
    """Return a letter as it is stored."""
    return StoredLetter(say=stored(value.say))


def loaded_letter(value: StoredLetter) -> SendLetter:
    """Return a letter."""
    return SendLetter(say=loaded(value.say))


def _stored_choice(choice: Choice) -> StoredChoice:
    return StoredChoice(
        token=choice.button.encode(),
        key=choice.key,
        values=choice.values,
        intent=choice.intent,
        section=choice.section,
    )


def _loaded_choice(choice: StoredChoice) -> Choice | None:
    button = buttons.decode(choice.token)
    if button is None:
        return None
    return Choice(
        button=button,
        key=choice.key,
        values=choice.values,
        intent=choice.intent,
        section=choice.section,
    )
