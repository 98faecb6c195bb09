"""Caches matches that were made before the transaction, so that each text is matched once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.core.catalog import Language
from bot.core.events import AskedInPublic, Event, FromCustomer, Said
from bot.core.knowledge import Knowledge, MessageMatcher
from bot.core.understanding.recognisers.for_somebody import as_own, speaks_for_somebody
from bot.core.understanding.topics.match import KNOWN_WORDING, Match

_LONGEST_PHRASE = 500  # characters; a longer text is none of the phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a text wants, in each language that it may be answered in, and its own language."""

    language: Language
    sure: float
    matches: Mapping[Language, Match]


def understand(texts: Iterable[str], matcher: MessageMatcher) -> Mapping[str, Understood]:
    """Return what each of some texts wants."""
    return {text: _understood(text, matcher) for text in texts}


def texts_of(event: Event) -> tuple[str, ...]:
    """Return what is to be understood of an event: what somebody wrote in their own words.

    What is asked for somebody else is understood as its writer would ask it for themselves, too.
    """
    match event:
        case FromCustomer(event=Said(text=text)):
            said = text.strip()
            own = as_own(said) if speaks_for_somebody(said) else ""
            return (said, own) if own and own != said else (said,)
        case AskedInPublic(text=text):
            return (text,)
    return ()


def _understood(text: str, matcher: MessageMatcher) -> Understood:
    language, sure = matcher.language_of(text)
    match = matcher.match(text, language)
    # Only a wording of the phrases may mean one thing in one language and another in another.
    worded = match.confidence >= KNOWN_WORDING and len(text) <= _LONGEST_PHRASE

    def read_in(spoken: Language) -> Match:
        if spoken is language and match.language is language:
            return match
        return matcher.match(text, spoken) if worded else replace(match, language=spoken)

    matches = {spoken: read_in(spoken) for spoken in Language}
    return Understood(language=language, sure=sure, matches=matches)


def knowing(knowledge: Knowledge, understood: Mapping[str, Understood]) -> Knowledge:
    """Return the knowledge, with a matcher that has understood some texts already."""
    return replace(knowledge, matcher=UnderstoodBefore(knowledge.matcher, understood))


class UnderstoodBefore:
    """A matcher that knows some texts already, and asks another one about the rest."""

    def __init__(self, matcher: MessageMatcher, understood: Mapping[str, Understood]) -> None:
        self._matcher = matcher
        self._understood = understood
        self._languages = {text: (one.language, one.sure) for text, one in understood.items()}

    def language_of(self, text: str) -> tuple[Language, float]:
        """Return the language of a text and how sure that is (0 to 1)."""
        if text not in self._languages:
            self._languages[text] = self._matcher.language_of(text)
        return self._languages[text]

    def match(self, text: str, language: Language | None = None) -> Match:
        """Return what a message wants."""
        known = self._understood.get(text)
        if known is None:
            return self._matcher.match(text, language)
        return known.matches[language or known.language]
