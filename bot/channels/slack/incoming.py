"""Parse Slack payloads into core events: messages, button presses, questions in channels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.slack import CHANNEL
from bot.channels.slack.people import Profile
from bot.core.catalog import Language
from bot.core.events import AskedInPublic, CustomerEvent, FromCustomer
from bot.core.tickets.ticket import Person

Json = Mapping[str, Any]
# How the external ids of customers' modals begin: they stand where else a thread's ts would.
MODAL = "form:"
_SPOKEN_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
_SLACKBOT = "USLACKBOT"
# Unwrapped once, left to right, before unescaping: what people type arrives escaped, so nobody
# can type one of these.
_WRAPPED = re.compile(r"<(?P<kind>[@#!]|mailto:|tel:)?(?P<what>[^<>|]*)(?:\|(?P<shown>[^<>]*))?>")
# Signs by which people answer: Slack sends them by name, with the colour of the skin after them.
_SIGNS = {
    **dict.fromkeys(("+1", "thumbsup"), "👍"),
    **dict.fromkeys(("-1", "thumbsdown"), "👎"),
    "ok_hand": "👌",
    "ok": "🆗",
    **dict.fromkeys(("white_check_mark", "ballot_box_with_check"), "✅"),
    "heavy_check_mark": "✔",
}
_SIGN = re.compile(r":(?P<name>[-+\w]+):(?::skin-tone-\d:)?")


def is_spoken(event: Json) -> bool:
    """Tell whether a message event is a person's own new message."""
    return (
        event.get("subtype", "") in _SPOKEN_SUBTYPES
        and not event.get("bot_id")
        and event.get("user", _SLACKBOT) != _SLACKBOT
    )


def edited(event: Json) -> Json | None:
    """Return a message that its author edited; None where their words have not changed.

    Slack also sends `message_changed` for a link preview, or when a thread grows.
    """
    if event.get("subtype") != "message_changed":
        return None
    now, before = event.get("message", {}), event.get("previous_message", {})
    own = is_spoken(now) and now.get("edited") not in (None, before.get("edited"))
    return now if own and now.get("text") != before.get("text") else None


def team_of(body: Json, event: Json) -> str:
    """Return the workspace that the person belongs to."""
    return str(event.get("user_team") or event.get("team") or body.get("team_id") or "")


def person_of(team: str, user: str, thread: str = "") -> Person:
    """Return a person; ids of users are unique within a workspace only."""
    return Person(channel=CHANNEL, account=f"{team}:{user}", thread=thread)


def speaker(body: Json, event: Json) -> Person:
    """Return who wrote a message, in the thread in which they wrote it."""
    thread = str(event.get("thread_ts") or "")
    return person_of(team_of(body, event), str(event["user"]), thread)


def presser(body: Json) -> Person:
    """Return who pressed or submitted something, in the thread or modal where they did.

    The thread counts in their own conversation only: elsewhere others would read the answer.
    """
    user, place = body["user"], body.get("container", {})
    team = user.get("team_id") or body.get("team", {}).get("id") or ""
    private = str(place.get("channel_id", "")).startswith("D")
    thread = str(place.get("thread_ts") or "") if private else ""
    modal = str(body.get("view", {}).get("external_id") or "")
    where = modal if modal.startswith(MODAL) else thread
    return person_of(str(team), str(user["id"]), where)


def in_modal(person: Person, event_id: str) -> Person:
    """Return a person who is to be answered in the modal that they submitted."""
    return replace(person, thread=f"{MODAL}{event_id}")


def modal_of(person: Person) -> str:
    """Return the external id of the modal in which a person is answered; empty when in none."""
    return person.thread if person.thread.startswith(MODAL) else ""


def press_id(body: Json) -> str:
    """Return an idempotency key for a press: Slack gives it none."""
    action, place = body["actions"][0], body.get("container", {})
    where = place.get("message_ts") or place.get("view_id")
    return f"{where}:{action['action_id']}:{action['action_ts']}:{body['user']['id']}"


def customer(person: Person, event: CustomerEvent, profile: Profile) -> FromCustomer:
    """Return a customer's event with what the workspace says of the person."""
    return FromCustomer(
        person=person, event=event, language=profile.language, vouched=profile.email
    )


def public_question(body: Json, event: Json, bot: str, language: Language | None) -> AskedInPublic:
    """Return a question in a channel, without the mention of the bot; answered in its thread."""
    place = Person(
        channel=CHANNEL,
        account=f"{body.get('team_id', '')}:{event['channel']}",
        thread=str(event.get("thread_ts") or event["ts"]),
    )
    said = re.sub(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>", " ", str(event.get("text") or ""))
    return AskedInPublic(place=place, text=as_typed(said).strip(), language=language)


def as_typed(text: str) -> str:
    """Return a text as it was typed: links unwrapped, characters unescaped, signs as such."""
    said = _SIGN.sub(lambda found: _SIGNS.get(found["name"], found[0]), text)
    said = _WRAPPED.sub(_typed, said)
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _typed(found: re.Match[str]) -> str:
    kind, what, shown = found["kind"] or "", found["what"], found["shown"] or ""
    if kind == "mailto:" and "@" not in shown:
        return what
    if kind in ("@", "#"):
        return kind + (shown or what)
    if kind == "!":
        return shown or f"@{what}"
    return shown or what
