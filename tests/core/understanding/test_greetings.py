"""A greeting that is of one language alone says in which language to answer."""

from __future__ import annotations

from bot.core.catalog import Language, Phrase
from bot.core.understanding.greetings import greetings

FI, EN, SV = Language


def phrase(language: Language, text: str, intent: str = "smalltalk.hello") -> Phrase:
    return Phrase(intent=intent, language=language, text=text)


def test_a_greeting_is_of_the_language_that_alone_has_it() -> None:
    known = greetings([phrase(EN, "Hello!"), phrase(SV, "hej"), phrase(SV, "hej!")])
    assert known == {"hello": EN, "hej": SV}


def test_a_greeting_of_two_languages_says_nothing() -> None:
    assert greetings([phrase(FI, "terve"), phrase(SV, "terve"), phrase(SV, "terve")]) == {}


def test_nothing_but_greetings_counts() -> None:
    assert greetings([phrase(EN, "thanks", "smalltalk.thanks")]) == {}
