"""What is asked for, what is only asked about, and what is nobody's wish."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.catalog import Catalog, Language, Right
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.core.understanding.topics.match import Outcome
from bot.core.understanding.words.own_words import of_mail

ASKING = [
    ("fi", "Poistakaa kaikki tietoni rekisteristänne", Right.ERASURE),
    ("en", "Please erase everything you have about me", Right.ERASURE),
    ("sv", "Radera alla uppgifter om mig", Right.ERASURE),
    ("fi", "Haluan kopion tiedoistani", Right.ACCESS),
    ("en", "I want to see all the data you have on me", Right.ACCESS),
    ("sv", "Jag vill ha en kopia av mina uppgifter", Right.ACCESS),
    ("fi", "Osoitteeni on väärin, korjatkaa se", Right.RECTIFICATION),
    ("en", "My phone number is wrong, please correct it", Right.RECTIFICATION),
    ("sv", "Min adress är fel, rätta den", Right.RECTIFICATION),
    ("fi", "Älkää lähettäkö minulle enää mainoksia", Right.MARKETING_OBJECTION),
    ("en", "Stop sending me newsletters", Right.MARKETING_OBJECTION),
    ("sv", "Sluta skicka reklam till mig", Right.MARKETING_OBJECTION),
]
NOT_ASKING = [
    "Älkää poistako tietojani",
    "Kollegani pyysi teitä poistamaan tietonsa",
    "Do not delete my data",
    "My colleague asked you to delete his data",
    "Radera inte mina uppgifter",
    "Min kollega bad er radera sina uppgifter",
    "Onko minulla oikeus saada tietoni poistetuksi?",
    "Do I have the right to have my data erased?",
    "Har jag rätt att få mina uppgifter raderade?",
]


@pytest.mark.parametrize(("language", "text", "right"), ASKING)
def test_asking_for_a_right_is_offered(
    matcher: CompoundMatcher, language: str, text: str, right: Right
) -> None:
    match = matcher.match(text)
    assert (match.outcome, match.right, match.language) == (Outcome.REQUEST, right, language)


@pytest.mark.parametrize("text", NOT_ASKING)
def test_negation_hearsay_and_questions_are_no_requests(
    matcher: CompoundMatcher, text: str
) -> None:
    assert matcher.match(text).right is None


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I exercise my right under Art. 17.", Right.ERASURE),
        ("Vetoan 17 artiklaan.", Right.ERASURE),
        ("Begäran enligt artikel 20", Right.PORTABILITY),
        ("GDPR art 16", Right.RECTIFICATION),
        ("Pyyntö artikla 18 nojalla", Right.RESTRICTION),
        ("Article 21(2) GDPR", Right.MARKETING_OBJECTION),
    ],
)
def test_citing_an_article_asks_for_its_right(
    matcher: CompoundMatcher, text: str, right: Right
) -> None:
    match = matcher.match(text)
    assert (match.outcome, match.right) == (Outcome.REQUEST, right)


def test_asking_about_an_article_asks_for_nothing(matcher: CompoundMatcher) -> None:
    assert matcher.match("What does article 17 say?").intent == "question.erasure"


def test_not_deleting_but_not_using_either_is_restriction(matcher: CompoundMatcher) -> None:
    text = "Älkää poistako tietojani, mutta älkää käyttäkö niitä toistaiseksi"
    assert matcher.match(text).right is Right.RESTRICTION


def test_a_mail_lists_all_rights_that_it_asks_for(matcher: CompoundMatcher) -> None:
    body = (
        "Hei,\nhaluan nähdä kaikki tiedot, jotka teillä on minusta. "
        "Sen jälkeen poistakaa tietoni.\n\n> vanha viesti: älkää lähettäkö mainoksia\nT. Matti"
    )
    match = matcher.match(of_mail("Tietopyyntö", body))
    assert set(match.rights) == {Right.ACCESS, Right.ERASURE}


def test_what_a_mail_quotes_is_not_its_wish(matcher: CompoundMatcher) -> None:
    body = "Kiitos paljon avusta!\n> poistakaa tietoni\n> kaikki"
    match = matcher.match(of_mail("Kiitos", body))
    assert match.right is None


@pytest.mark.parametrize("text", ["T-2026-0042", "mikä on tilanne, t-2026-0042?"])
def test_a_ticket_number_asks_for_its_status(matcher: CompoundMatcher, text: str) -> None:
    assert matcher.match(text).outcome is Outcome.STATUS


def test_a_known_wording_is_understood_in_any_case_and_punctuation(
    matcher: CompoundMatcher, catalog: Catalog
) -> None:
    for phrase in catalog.phrases[::199]:
        match = matcher.match(phrase.text.upper() + " ...!")
        meant = catalog.find(phrase.intent)
        assert meant is not None
        assert match.intent == meant.id or meant.right is not None, phrase.text


@pytest.mark.parametrize("kept", ["kuinka kauan säilytätte tietojani", "how long is my data kept"])
def test_a_typing_mistake_changes_nothing(matcher: CompoundMatcher, kept: str) -> None:
    for place in range(3, len(kept) - 1, 4):
        typo = kept[:place] + kept[place + 1] + kept[place] + kept[place + 2 :]
        assert matcher.match(typo).intent == matcher.match(kept).intent, typo


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00\x01",
        "\u200b\u200b",
        "\ud800",
        "{{ 7*7 }}",
        "<b>x</b>",
        "...",
        "12345678",
        "日本語のテキスト",
        "Привет",
        "🙂🙂",
        "a" * 100_000,
        "poista " * 20_000,
    ],
)
def test_nothing_that_is_typed_breaks_it(matcher: CompoundMatcher, text: str) -> None:
    match = matcher.match(text)
    assert 0 <= match.confidence <= 1


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=400))
def test_any_text_gets_a_verdict(matcher: CompoundMatcher, text: str) -> None:
    assert matcher.match(text).outcome in set(Outcome)


@pytest.mark.parametrize("language", Language)
def test_the_language_of_a_sentence_is_known(
    matcher: CompoundMatcher, catalog: Catalog, language: Language
) -> None:
    phrases = [p.text for p in catalog.phrases if p.language is language and len(p.text) > 25]
    right = sum(matcher.language_of(text)[0] is language for text in phrases[::20])
    assert right >= 0.99 * len(phrases[::20])


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        (
            "Where did you get my phone number from? And what do you need it for?",
            ["question.sources", "question.purpose"],
        ),
        (
            "Kauanko säilytätte tietojani, ja meneekö niitä EU:n ulkopuolelle?",
            ["question.retention", "question.outside-eea"],
        ),
        (
            "Vem är ert dataskyddsombud och vart kan jag klaga om jag inte är nöjd?",
            ["not_in_notice.dpo", "question.complaint"],
        ),
        (
            "Sluta skicka reklam till mig. Varifrån har ni ens fått min adress?",
            ["request.marketing-objection", "question.sources"],
        ),
    ],
)
def test_a_message_that_asks_two_things_gets_two_answers(
    matcher: CompoundMatcher, text: str, intents: list[str]
) -> None:
    match = matcher.match(text)
    assert [one.intent for one in (match, *match.besides)] == intents
