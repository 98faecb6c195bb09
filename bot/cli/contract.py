"""The `ask --json` contract: what other programs read of a message that was understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from bot.channels.render import plain
from bot.content.load import Content
from bot.content.loaded import Understanding
from bot.content.wording import worded
from bot.core.catalog import Language, Right
from bot.core.conversation import answers
from bot.core.effects import Say
from bot.core.tickets.ticket import Person
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE

_NOBODY = Person(channel="ask", account="")


class Passage(TypedDict):
    """A passage of the notice: `quote` is official, `shown` is in the language of the message."""

    id: str
    heading: str
    quote: str
    shown: str


class Option(TypedDict):
    """One of the intents that a clarifying question offers."""

    intent: str
    right: Right | None
    passages: list[Passage]


class Also(TypedDict):
    """An intent that may have been meant, too, and is offered beside the answer."""

    intent: str
    passages: list[Passage]


class Described(TypedDict):
    """How one message was understood, and the reply to it."""

    id: str | None
    language: Language
    outcome: Outcome
    intent: str
    right: Right | None
    rights: list[Right]
    confidence: float
    passages: list[Passage]
    options: list[Option]
    also: list[Also]
    reply: str


class Read(TypedDict):
    """What a reply means where the conversation stands; `second` is null where it is one thing."""

    means: Meaning
    field: Topic
    value: str
    second: Meaning | None


class DescribedReply(Described, Read):
    """How a message was understood at the stage of its conversation."""


def asked_in(item: Mapping[str, object]) -> Asked | None:
    """Return where a line says that the conversation stands, or None. Raises ValueError."""
    if not item.get("stage"):
        return None
    right = item.get("right")
    return Asked(
        stage=Stage(str(item["stage"])),
        right=Right(str(right)) if right else None,
        question=str(item.get("asked") or ""),
        state=str(item.get("state") or ""),
    )


def followed_after(item: Mapping[str, object], match: Match, known: Understanding) -> Match:
    """Return what a line wants where it says `after` which topic was shown last."""
    last = str(item.get("after") or "")
    if not last:
        return match
    # Only here: its patterns take a while to compile.
    from bot.core.understanding.topics.follow_ups import followed

    text = str(item["body"] if "body" in item else item["text"])
    return followed(text, match, last, known.content.catalog, known.matcher.match)


def with_reading(message: Described, reading: Reading) -> DescribedReply:
    """Return the object of one message, with what it means as a reply."""
    return {
        **message,
        "means": reading.means,
        "field": reading.field,
        "value": reading.value,
        "second": reading.second,
    }


def described(match: Match, content: Content, id: str | None = None) -> Described:
    """Return the object that `ask --json` prints for one message."""
    quotes = match.outcome is not Outcome.CLARIFY and match.intent != OTHER_LANGUAGE
    return {
        "id": id,
        "language": match.language,
        "outcome": match.outcome,
        "intent": match.intent,
        "right": match.right,
        "rights": list(match.rights),
        "confidence": round(match.confidence, 4),
        "passages": _quoted(match, content) if quotes else [],
        "options": [_option(intent, match.language, content) for intent in match.options],
        "also": [_beside(intent, match.language, content) for intent in match.also],
        "reply": reply(match, content),
    }


def reply(match: Match, content: Content) -> str:
    """Return the reply as a customer would see it, as plain text with its buttons' names."""
    said = answers.respond(match, content.catalog, content.notice)
    say = Say(to=_NOBODY, language=match.language, parts=said.parts, choices=said.choices)
    message = worded(say, content)
    if match.outcome not in (Outcome.CLARIFY, Outcome.REQUEST) and not match.also:
        return plain(message)
    return plain(message) + "\n" + "\n".join(f"[{button.label}]" for button in message.buttons)


def _quoted(match: Match, content: Content) -> list[Passage]:
    """Return all that the reply quotes, the answers to further questions too, each once."""
    found = [
        passage
        for one in (match, *match.besides)
        for passage in _passages(one.intent, match.language, content, one.passages)
    ]
    return list({passage["id"]: passage for passage in found}.values())


def _option(intent: str, language: Language, content: Content) -> Option:
    return {
        "intent": intent,
        "right": content.catalog.intents[intent].right,
        "passages": _passages(intent, language, content),
    }


def _beside(intent: str, language: Language, content: Content) -> Also:
    return {"intent": intent, "passages": _passages(intent, language, content)}


def _passages(
    intent: str, language: Language, content: Content, best: tuple[str, ...] = ()
) -> list[Passage]:
    notice = content.notice
    return [
        {
            "id": passage,
            "heading": notice.heading(passage, language),
            "quote": notice.passages[passage].text,
            "shown": notice.shown(passage, language),
        }
        for passage in answers.quoted(content.catalog.intents[intent], notice, best)
    ]
