"""Understands messages that say more than one thing: several questions, a request and a question.

Of a long story it finds the point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.catalog import Catalog, Language
from bot.core.understanding.recognisers.demands import demands
from bot.core.understanding.topics.match import KNOWN_WORDING, STATED, Match, Outcome
from bot.core.understanding.topics.matching import MOST_BESIDE, Matcher
from bot.core.understanding.topics.several_questions import Part, parts

_ASKED = frozenset({Outcome.ANSWER, Outcome.NOT_IN_NOTICE})
_MAY_SAY_MORE = _ASKED | {Outcome.CLARIFY, Outcome.REQUEST}
_MAY_BE_A_STORY = _MAY_SAY_MORE | {Outcome.INCIDENT}
_POINTS = _ASKED | {Outcome.REQUEST}
_MOST_QUESTIONS = 3
_MOST_READ = 8  # parts that ask, or demand, which are understood each by itself
_LIKELY = 0.3  # that a part asks this: below, nothing is said of it
_STORY, _LETTER = 160, 1500  # characters; a letter's sentences are weighed as a whole
_SURE_OF_STORY = 0.85  # from here on the whole is believed
_SURE_OF_POINT = 0.9  # so sure is the point where the whole says something else
_TOLD = 0.3  # a wish or an incident that is told as surely is not taken for a mere question
_SURELY_DEMANDED = 0.85  # a request, by itself, in a message that as a whole asks


class CompoundMatcher:
    """Understands a message as a whole, and what its parts ask besides."""

    def __init__(self, matcher: Matcher, catalog: Catalog) -> None:
        self._matcher = matcher
        self._catalog = catalog

    def language_of(self, text: str) -> tuple[Language, float]:
        """Return the language of a text and how sure that is (0 to 1)."""
        return self._matcher.language_of(text)

    def warm_up(self) -> Iterator[None]:
        """Work out, a step at a time, what the first questions would wait for."""
        if self._matcher.search:
            yield from self._matcher.search.warm_up()

    def match(self, text: str, language: Language | None = None) -> Match:
        """Return what a message wants; never fails, whatever the text."""
        whole = self._matcher.match(text, language)
        if whole.confidence >= KNOWN_WORDING or whole.outcome not in _MAY_BE_A_STORY:
            return whole
        said = parts(text) if len(text) <= _LETTER else []
        is_story = len(text) > _STORY and whole.confidence < _SURE_OF_STORY
        if len(said) < 2 or not (is_story or self._may_say_more(whole, said)):
            return whole
        asked = self._asked(said, whole.language)
        if is_story and len(asked) < 2:
            whole = self._to_the_point(whole, asked, said)
        if whole.outcome not in _MAY_SAY_MORE or not asked:
            return whole
        if whole.outcome is Outcome.REQUEST:
            return self._besides_request(whole, asked)
        surely = any(one.confidence >= STATED for one in asked)
        wish = self._demanded(said, whole.language) if surely else None
        if wish:
            return self._besides_request(wish, asked)
        return _several(asked) if surely and len(asked) > 1 else whole

    def _may_say_more(self, whole: Match, said: Sequence[Part]) -> bool:
        """Tell whether parts can say what the whole does not: to read them all takes its time."""
        asking = sum(part.asks for part in said)
        if whole.outcome not in _MAY_SAY_MORE or not asking:
            return False
        return asking > 1 or whole.outcome is Outcome.REQUEST or self._may_demand(said)

    def _may_demand(self, said: Sequence[Part]) -> bool:
        return self._matcher.chances.may_want_a_right(_not_asked(said))

    def _asked(self, said: Sequence[Part], language: Language) -> list[Match]:
        """Return what the parts surely ask, each once, in the order of the message."""
        found: dict[str, Match] = {}
        for part in [part for part in said if part.asks][:_MOST_READ]:
            if len(found) < _MOST_QUESTIONS:
                match = self._matcher.match(part.text, language)
                if match.outcome in _ASKED and match.confidence >= _LIKELY:
                    found.setdefault(match.intent, match)
        return list(found.values())

    def _to_the_point(self, whole: Match, asked: Sequence[Match], said: Sequence[Part]) -> Match:
        """Return what a story comes to, where that is surer than the story as a whole."""
        wishes = [part.text for part in said if demands(part.text)][:_MOST_READ]
        points = asked or [self._matcher.match(wish, whole.language) for wish in wishes]
        least = STATED if whole.confidence < _TOLD else _SURE_OF_POINT
        if len(points) != 1 or points[0].confidence < least:
            return whole
        if points[0].outcome not in _POINTS or _is_told(whole, points[0]):
            return whole
        return _with_neighbours(points[0], (whole.intent, *points[0].also), points)

    def _besides_request(self, wish: Match, asked: Sequence[Match]) -> Match:
        """Return a request with the questions asked besides it; not that about the right itself."""
        about = {self._catalog.topic_of(self._catalog.request(right)) for right in wish.rights}
        others = [one for one in asked if self._catalog.intents[one.intent] not in about]
        return _with_neighbours(replace(wish, besides=tuple(others)), wish.also, others)

    def _demanded(self, said: Sequence[Part], language: Language) -> Match | None:
        """Return the request that stands beside the questions of a message, if one surely does."""
        if not self._may_demand(said):
            return None
        match = self._matcher.match(_not_asked(said), language)
        surely = match.outcome is Outcome.REQUEST and match.confidence >= _SURELY_DEMANDED
        return match if surely else None


def _not_asked(said: Sequence[Part]) -> str:
    return " ".join(part.text for part in said if not part.asks)


def _is_told(whole: Match, point: Match) -> bool:
    """Tell whether a story wants something done, and what its point says is another matter."""
    told = whole.outcome not in _ASKED and whole.outcome is not point.outcome
    return told and whole.outcome is not Outcome.CLARIFY and whole.confidence >= _TOLD


def _several(asked: Sequence[Match]) -> Match:
    """Return the answer to the first of several questions, with the others besides."""
    first, *others = asked
    near = [intent for one in asked for intent in one.also]
    return _with_neighbours(replace(first, besides=tuple(others)), near, asked)


def _with_neighbours(match: Match, near: Sequence[str], answered: Sequence[Match]) -> Match:
    """Return a match that offers what is near beside it, and nothing that is answered anyway."""
    told = {match.intent, *(one.intent for one in answered)}
    left = [intent for intent in dict.fromkeys(near) if intent not in told]
    return replace(match, also=tuple(left[:MOST_BESIDE]))
