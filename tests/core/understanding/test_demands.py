"""Asking for a right is told from negation, hearsay and questions, in three languages."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.understanding.demands import asks, asks_for_it, cited, demands

ASKED_FOR = [
    "Poistakaa tietoni",
    "Delete my data",
    "Radera mina uppgifter",
    "Älkää lähettäkö mainoksia vaan poistakaa tietoni",
    "Do not call me but delete my data",
    # Not deleting and not using either is restriction.
    "Älkää poistako tietojani, mutta älkää käyttäkö niitä",
    "Do not delete my data but freeze it",
    "Radera inte mina uppgifter, använd dem inte heller",
]
NEGATED = [
    "Älkää poistako tietojani",
    "Älä missään nimessä tuhoa tietojani",
    "En halua että poistatte tietojani",
    "En ole pyytänyt tietojeni poistamista",
    "Please do not delete my data",
    "Don't ever erase my data",
    "I don't want you to delete it",
    "Radera inte mina uppgifter",
    "Ta bort mina uppgifter aldrig",
]
OF_SOMEBODY_ELSE = [
    "Kollegani pyysi teitä poistamaan tietonsa",
    "Naapurini on pyytänyt tietojaan",
    "Poistakaa äitini tiedot",
    "Delete my mother's data",
    "My colleague asked you to delete his data",
    "A friend of mine demanded a copy",
    "Radera min mors uppgifter",
    "Min kollega bad er radera sina uppgifter",
    "Radera mitt barns uppgifter",
]
DEMANDS = [
    "Haluan tietoni",
    "Vaadin kopion",
    "Toimittakaa minulle tiedot",
    "I want my data",
    "I'd like a copy",
    "I object",
    "Send me a copy",
    "Jag vill ha en kopia",
    "Jag begär radering",
    "Skicka till mig en kopia",
]
NO_DEMANDS = [
    "Haluan tietää, mitä keräätte",
    "Haluaisin kysyä evästeistä",
    "I want to know what you collect",
    "I would like to understand the cookies",
    "Jag vill veta vad ni samlar in",
    "Jag skulle vilja fråga om kakor",
    "Haluan tietoni?",
    "Tietosuojaseloste",
]
CITED = [
    ("I exercise my right under Art. 17.", Right.ERASURE),
    ("article 15(3)", Right.ACCESS),
    ("articles 20", Right.PORTABILITY),
    ("Vetoan 17 artiklaan.", Right.ERASURE),
    ("16. artiklan nojalla", Right.RECTIFICATION),
    ("Pyyntö artiklan 18 nojalla", Right.RESTRICTION),
    ("Begäran enligt artikel 20", Right.PORTABILITY),
    ("Art. 21", Right.OBJECTION),
    ("Article 21(1)", Right.OBJECTION),
    ("Article 21(2) GDPR", Right.MARKETING_OBJECTION),
    ("article 21 (3)", Right.MARKETING_OBJECTION),
    ("Art. 17 and once more article 17", Right.ERASURE),
    # Two rights, no right of a person's own, another act.
    ("Articles 15 and article 17", None),
    ("Article 19", None),
    ("Art. 13 GDPR", None),
    ("Article 170", None),
    ("17 euroa", None),
    ("poistakaa tietoni", None),
]


@pytest.mark.parametrize("text", ASKED_FOR)
def test_a_wish_is_a_wish(text: str) -> None:
    assert asks_for_it(text, Right.ERASURE)


@pytest.mark.parametrize("text", NEGATED)
def test_what_must_not_be_done_is_not_asked_for(text: str) -> None:
    for right in (Right.ERASURE, Right.RECTIFICATION, Right.RESTRICTION):
        assert not asks_for_it(text, right)


@pytest.mark.parametrize("right", [Right.ACCESS, Right.OBJECTION, Right.MARKETING_OBJECTION])
def test_not_deleting_says_nothing_of_other_rights(right: Right) -> None:
    assert asks_for_it("Älkää poistako tietojani", right)


@pytest.mark.parametrize("text", OF_SOMEBODY_ELSE)
def test_what_somebody_else_wants_is_not_the_writers_request(text: str) -> None:
    assert not asks_for_it(text, Right.ERASURE)
    assert not asks_for_it(text, Right.ACCESS)


@pytest.mark.parametrize("text", DEMANDS)
def test_demanding_words_are_heard(text: str) -> None:
    assert demands(text)


@pytest.mark.parametrize("text", NO_DEMANDS)
def test_wanting_to_know_demands_nothing(text: str) -> None:
    assert not demands(text)


@pytest.mark.parametrize(("text", "right"), CITED)
def test_an_article_that_is_cited_names_its_right(text: str, right: Right | None) -> None:
    assert cited(text) is right


@pytest.mark.parametrize(
    "text",
    [
        "Poistatteko tietoni?",
        "Mitä tarkoittaa 17 artikla",
        "how long",
        " Kan jag få veta",
        "Voinko",
    ],
)
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["Poistakaa tietoni", "Canada", "Tell me how", ""])
def test_other_sentences_ask_nothing(text: str) -> None:
    assert not asks(text)
