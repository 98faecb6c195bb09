"""The language of a greeting, which sets the language of the conversation."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.catalog import Language
from bot.core.understanding.models.near_wordings import Wordings

_GREETING = "smalltalk.hello"


def greetings(known: Mapping[Language, Wordings]) -> Mapping[str, Language]:
    """Return the greetings, in normal form, that are of one language alone."""
    found: dict[str, Language | None] = {}
    for language, own in known.items():
        for phrase, intent in zip(own.phrases, own.intents, strict=True):
            if intent == _GREETING:
                found[phrase] = None if phrase in found else language
    return {said: language for said, language in found.items() if language}
