"""Answers where others read along: quotations only, and nothing about the person who asks."""

from __future__ import annotations

from bot.core import answers
from bot.core.catalog import Catalog, Kind, Language, Notice
from bot.core.dialogue import SURE_OF_LANGUAGE
from bot.core.matching import Matcher, Outcome
from bot.core.messages import Choice, Part, Quote, Say, Text
from bot.core.tickets import Person

# A channel makes of this button the way to a conversation of two.
PRIVATE = Choice(token="private", key="choice.private")


def language_of(
    text: str, guessed: Language | None, spoken: tuple[Language, ...], matcher: Matcher
) -> Language:
    """Return the language in which to answer: that of the text, else the platform's guess."""
    written, sure = matcher.language_of(text)
    if sure >= SURE_OF_LANGUAGE and written in spoken:
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
    intent = catalog.intents.get(match.intent)
    quotes: tuple[Part, ...] = ()
    if intent is not None and match.outcome in (Outcome.ANSWER, Outcome.REQUEST):
        quotes = tuple(Quote(passage=p) for p in answers.quoted(intent, notice))
    if not any(map(str.isalpha, text)):  # a number or a code says nothing of the notice
        parts: tuple[Part, ...] = (Text(key="public.private"),)
    elif match.outcome is Outcome.ANSWER and quotes:
        parts = (Text(key="answer.intro"), *quotes)
    elif intent is not None and intent.kind is Kind.NOT_IN_NOTICE:
        parts = (Text(key="not_in_notice.reply"), Text(key="public.private"))
    elif quotes:
        parts = (Text(key="answer.intro"), *quotes, Text(key="public.private"))
    else:
        parts = (Text(key="public.private"),)
    return Say(to=place, language=match.language, parts=parts, choices=(PRIVATE,))
