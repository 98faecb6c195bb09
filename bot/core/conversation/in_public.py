"""Answers where others read along: quotations only, and nothing about the person who asks."""

from __future__ import annotations

from bot.core.catalog import Catalog, Language, Notice
from bot.core.conversation import answers
from bot.core.conversation.step import SURE_OF_LANGUAGE
from bot.core.effects import Choice, Part, Quote, Say, Text
from bot.core.tickets.ticket import Person
from bot.core.understanding.matching import Match, Matcher, Outcome

# A channel makes of this button the way to a conversation of two.
PRIVATE = Choice(token="private", key="choice.private")
_GREETINGS = frozenset({"/start", "/help"})


def language_of(
    text: str, guessed: Language | None, spoken: tuple[Language, ...], matcher: Matcher
) -> Language:
    """Return the language in which to answer: that of the text, else the platform's guess."""
    written, sure = matcher.language_of(text)
    if sure >= SURE_OF_LANGUAGE and written in spoken and text not in _GREETINGS:
        return written
    return guessed if guessed in spoken and guessed else spoken[0]


def answer(
    place: Person,
    text: str,
    language: Language,
    catalog: Catalog,
    notice: Notice,
    matcher: Matcher,
) -> Say:
    """Answer a question asked in a group; a request is quoted, and sent to talk in private."""
    match = matcher.match(text, language)
    if text in _GREETINGS:
        parts: tuple[Part, ...] = (Text(key="public.about"), Text(key="public.private"))
    elif not any(map(str.isalpha, text)):  # a number or a code says nothing of the notice
        parts = (Text(key="public.private"),)
    else:
        parts = _answered(match, catalog, notice)
    return Say(to=place, language=match.language, parts=parts, choices=(PRIVATE,))


def _answered(match: Match, catalog: Catalog, notice: Notice) -> tuple[Part, ...]:
    private = Text(key="public.private")
    intent = catalog.intents.get(match.intent)
    quotes: tuple[Part, ...] = ()
    if intent is not None:
        quotes = tuple(Quote(passage=p) for p in answers.quoted(intent, notice))
    match match.outcome:
        case Outcome.ANSWER if quotes:
            return (Text(key="answer.intro"), *quotes)
        case Outcome.REQUEST if quotes:
            return (Text(key="answer.intro"), *quotes, private)
        case Outcome.NOT_IN_NOTICE:
            return (Text(key="not_in_notice.reply"), private)
        case Outcome.OUT_OF_SCOPE | Outcome.HUMAN:
            return (Text(key=f"{match.outcome}.reply"), private)
        case Outcome.CLARIFY:
            return (Text(key="public.unclear"), private)
        case Outcome.SMALLTALK:
            return (Text(key="public.about"), private)
    return (private,)
