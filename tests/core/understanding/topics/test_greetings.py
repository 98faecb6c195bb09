"""A greeting that is of one language alone says in which language to answer."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.catalog import Language, Phrase
from bot.core.understanding.models.near_wordings import wordings
from bot.core.understanding.topics.greetings import greetings

FI, EN, SV = Language


def phrase(language: Language, text: str, intent: str = "smalltalk.hello") -> Phrase:
    return Phrase(intent=intent, language=language, text=text)


def greetings_of(*phrases: Phrase) -> Mapping[str, Language]:
    return greetings(wordings(phrases))


def test_a_greeting_is_of_the_language_that_alone_has_it() -> None:
    known = greetings_of(phrase(EN, "Hello!"), phrase(SV, "hej"), phrase(SV, "hej!"))
    assert known == {"hello": EN, "hej": SV}


def test_a_greeting_of_two_languages_says_nothing() -> None:
    assert greetings_of(phrase(FI, "terve"), phrase(SV, "terve"), phrase(SV, "terve")) == {}


def test_nothing_but_greetings_counts() -> None:
    assert greetings_of(phrase(EN, "thanks", "smalltalk.thanks")) == {}
