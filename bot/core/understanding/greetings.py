"""Which greeting is of which language: the first word of a conversation decides how it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.catalog import Language, Phrase

_GREETING = "smalltalk.hello"


def greetings(phrases: Iterable[Phrase]) -> Mapping[str, Language]:
    """Return the greetings, in normal form, that are of one language alone."""
    found: dict[str, Language | None] = {}
    for phrase in phrases:
        if phrase.intent == _GREETING:
            known = found.setdefault(phrase.said, phrase.language)
            found[phrase.said] = phrase.language if known is phrase.language else None
    return {said: language for said, language in found.items() if language}
