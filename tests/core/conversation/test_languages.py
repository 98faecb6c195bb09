"""A person is answered in one language, chosen by one rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language
from bot.core.conversation import languages
from bot.core.tickets.rules import Rules
from tests.core.conversation.worlds import KNOWLEDGE, Understood, a_ticket

FI, EN, SV = Language
ALL = (FI, EN, SV)


def test_the_newest_ticket_says_the_language() -> None:
    tickets = (a_ticket(language=FI), a_ticket(language=SV))
    assert languages.of_person(ALL, tickets, EN) is SV


def test_without_tickets_the_platform_guesses_the_language() -> None:
    assert languages.of_person(ALL, (), EN) is EN


@pytest.mark.parametrize("guessed", [None, EN])
def test_a_language_not_spoken_here_gives_way_to_the_one_that_greets(
    guessed: Language | None,
) -> None:
    assert languages.of_person((SV, FI), (a_ticket(language=EN),), guessed) is SV


@pytest.mark.parametrize("forged", [None, "", "xx", "fi en", "\ud800"])
def test_what_was_forged_is_no_language(forged: str | None) -> None:
    assert languages.chosen(ALL, forged) is FI


def test_a_sure_language_of_a_text_counts() -> None:
    matcher = Understood(languages={"Use cookies?": EN})
    known = replace(KNOWLEDGE, matcher=matcher)
    assert languages.written_in("Use cookies?", known) is EN
    assert languages.written_in("Hm", known) is None


def test_a_word_and_an_address_change_no_language() -> None:
    known = replace(KNOWLEDGE, matcher=Understood(languages={"ring hellre": SV, "ok": EN}))
    assert languages.of_reply("ok mats@example.com", FI, known) is FI
    assert languages.of_reply("ring mats@example.com hellre", FI, known) is SV


def test_a_text_in_a_language_that_is_not_spoken_here_does_not_count() -> None:
    only_finnish = replace(KNOWLEDGE, rules=Rules(languages=(FI,)))
    assert languages.written_in("use cookies?", only_finnish) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("puhutko suomea", FI),
        ("in English please", EN),
        ("på svenska", SV),
        ("suomeksi eikä ruotsiksi", None),
        ("finito", None),
    ],
)
def test_one_language_is_asked_for_by_its_name(text: str, language: Language | None) -> None:
    assert languages.asked_for(text) is language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("yes", EN), ("ja", SV), ("nej", SV), ("joo", FI), ("Art. 21 och art. 17", SV)),
        *(("art. 15 ja 17", FI), ("articles 15 and 17", EN), ("tack!", SV), ("Testi", FI)),
        *(("test", SV), ("GDPR", SV), ("ok", SV), ("", SV), ("yes och joo", SV)),
        ("yes this goes on for many words", SV),
    ],
)
def test_the_first_words_tell_the_language_if_they_are_of_one_alone(
    text: str, language: Language
) -> None:
    assert languages.of_first_words(text, SV, KNOWLEDGE) is language


def test_a_language_that_is_not_spoken_here_is_not_answered_in() -> None:
    finnish = replace(KNOWLEDGE, rules=Rules(languages=(FI,)))
    assert languages.of_first_words("yes", FI, finnish) is FI


def test_a_name_changes_no_language() -> None:
    sure = Understood(languages={"Kim Sisko": Language.FI, "kuka sisko": Language.FI})
    knowledge = replace(KNOWLEDGE, matcher=sure)
    assert languages.of_reply("Kim Sisko", Language.EN, knowledge) is Language.EN
    assert languages.of_reply("kuka sisko", Language.EN, knowledge) is Language.FI
