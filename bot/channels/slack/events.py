"""What an event of Slack says: a customer's words or press, or a question in a channel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import CHANNEL
from bot.core.catalog import Language
from bot.core.messages import AskedInPublic, CustomerEvent, FromCustomer
from bot.core.tickets import Person

Json = Mapping[str, Any]
_LANGUAGES: Mapping[str, Language] = {language.value: language for language in Language}
_SPOKEN_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
# Unwrapped once, from left to right, before the escapes are undone: no wrapping can be typed.
_WRAPPED = re.compile(r"<(?P<kind>[@#!]|mailto:|tel:)?(?P<what>[^<>|]*)(?:\|(?P<shown>[^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the workspace says of a person: language, and the address it vouches for."""

    language: Language | None = None
    email: str = ""


def profile(user: Json, own_teams: frozenset[str]) -> Profile:
    """Return a person's profile; only full members of the own workspaces are vouched for."""
    guest = any(
        user.get(mark)
        for mark in ("deleted", "is_bot", "is_stranger", "is_restricted", "is_ultra_restricted")
    )
    email = str(user.get("profile", {}).get("email") or "")
    vouched = email if user.get("team_id") in own_teams and not guest else ""
    locale = str(user.get("locale") or "")
    return Profile(language=_LANGUAGES.get(locale.partition("-")[0]), email=vouched)


def is_spoken(event: Json) -> bool:
    """Tell whether a message event is a person's own new message."""
    return (
        event.get("subtype", "") in _SPOKEN_SUBTYPES
        and not event.get("bot_id")
        and bool(event.get("user"))
    )


def team_of(body: Json, event: Json) -> str:
    """Return the workspace that the person belongs to."""
    return str(event.get("user_team") or event.get("team") or body.get("team_id") or "")


def person_of(team: str, user: str, thread: str = "") -> Person:
    """Return a person; ids of users are unique within a workspace only."""
    return Person(channel=CHANNEL, account=f"{team}:{user}", thread=thread)


def customer(person: Person, event: CustomerEvent, profile: Profile) -> FromCustomer:
    """Return a customer's event with what the workspace says of them."""
    return FromCustomer(
        person=person, event=event, language=profile.language, vouched=profile.email
    )


def asked(body: Json, event: Json, bot: str) -> AskedInPublic:
    """Return a question in a channel, without the mention of the bot; answered in its thread."""
    place = Person(
        channel=CHANNEL,
        account=f"{body.get('team_id', '')}:{event['channel']}",
        thread=str(event.get("thread_ts") or event["ts"]),
    )
    said = str(event.get("text") or "").replace(f"<@{bot}>", " ")
    return AskedInPublic(place=place, text=unwrapped(said).strip())


def unwrapped(text: str) -> str:
    """Return a text as it was typed: links unwrapped, escapes undone."""

    def typed(found: re.Match[str]) -> str:
        kind, what, shown = found["kind"] or "", found["what"], found["shown"]
        if kind in ("mailto:", "tel:"):
            return what
        if kind:
            return f"{kind.replace('!', '@')}{shown or what}"
        return shown or what

    said = _WRAPPED.sub(typed, text)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
