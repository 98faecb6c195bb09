"""The `ask --json` contract: what other programs read of an understood message."""

from __future__ import annotations

from typing import Any

from bot.channels.render import plain
from bot.content.load import Content
from bot.content.wording import worded
from bot.core.catalog import Language
from bot.core.conversation import answers
from bot.core.effects import Say
from bot.core.tickets.ticket import Person
from bot.core.understanding.matching import Match, Outcome

_NOBODY = Person(channel="ask", account="")


def described(match: Match, content: Content, id: str | None = None) -> dict[str, Any]:
    """Return the object that `ask --json` prints for one message."""
    clarifying = match.outcome is Outcome.CLARIFY
    return {
        "id": id,
        "language": match.language,
        "outcome": match.outcome,
        "intent": match.intent,
        "right": match.right,
        "rights": list(match.rights),
        "confidence": round(match.confidence, 4),
        "passages": [] if clarifying else _passages(match.intent, match.language, content),
        "options": [_option(intent, match.language, content) for intent in match.options],
        "reply": reply(match, content),
    }


def reply(match: Match, content: Content) -> str:
    """Return the reply as a customer would see it, as plain text with its buttons' names."""
    said = answers.respond(match, content.catalog, content.notice)
    say = Say(to=_NOBODY, language=match.language, parts=said.parts, choices=said.choices)
    message = worded(say, content)
    if match.outcome not in (Outcome.CLARIFY, Outcome.REQUEST):
        return plain(message)
    return plain(message) + "\n" + "\n".join(f"[{button.label}]" for button in message.buttons)


def _option(intent: str, language: Language, content: Content) -> dict[str, Any]:
    return {
        "intent": intent,
        "right": content.catalog.intents[intent].right,
        "passages": _passages(intent, language, content),
    }


def _passages(intent: str, language: Language, content: Content) -> list[dict[str, str]]:
    notice = content.notice
    return [
        {
            "id": passage,
            "heading": notice.heading(passage, language),
            "quote": notice.passages[passage].text,
            "shown": notice.shown(passage, language),
        }
        for passage in answers.quoted(content.catalog.intents[intent], notice)
    ]
