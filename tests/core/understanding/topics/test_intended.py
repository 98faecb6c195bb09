"""What a message is meant for counts, where its wording as a whole says something else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bot.core.catalog import Catalog, Language, Right
from bot.core.understanding.topics.intended import intended
from bot.core.understanding.topics.match import Match, Outcome
from tests.core.conversation.worlds import CATALOG, WORDS, Understood

FI, EN, SV = Language
LETTER = "poistakaa tietoni paitsi laskut. Nimeni on Laura Niemi"
ABOUT_ERASURE = Match(language=EN, outcome=Outcome.ANSWER, intent="question.erasure")


@dataclass(frozen=True)
class Says(Understood):
    """A matcher that understands everything as the same."""

    same: Match = ABOUT_ERASURE

    def match(self, text: str, language: Language | None = None) -> Match:
        return replace(self.same, language=super().match(text, language).language)


def test_who_writes_and_what_is_left_out_do_not_count_against_the_wish() -> None:
    words = replace(WORDS, intents={**WORDS.intents, LETTER: "question.cookies"})
    assert intended("poistakaa tietoni", FI, words, CATALOG).right is Right.ERASURE
    said = "poistakaa tietoni, paitsi laskut"
    assert intended(said, FI, words, CATALOG).right is Right.ERASURE
    assert intended("hei, paitsi laskut", FI, words, CATALOG).outcome is Outcome.OUT_OF_SCOPE
    assert intended(said + "!" * 600, FI, words, CATALOG).outcome is Outcome.OUT_OF_SCOPE


def test_a_pronoun_asks_for_a_second_right() -> None:
    text = "a copy, and then delete it"
    words = replace(WORDS, rights={text: (Right.ACCESS,)}, intents={text: "request.access"})
    assert intended(text, EN, words, CATALOG).rights == (Right.ACCESS, Right.ERASURE)
    assert intended("poistakaa tietoni", FI, WORDS, CATALOG).rights == (Right.ERASURE,)


def test_what_is_asked_for_somebody_else_is_no_question() -> None:
    text = "My mother has died. Please erase her data."
    match = intended(text, EN, Says(), CATALOG)
    assert (match.outcome, match.right) == (Outcome.REQUEST, Right.ERASURE)
    assert (match.intent, match.rights) == ("request.erasure", (Right.ERASURE,))
    assert intended("Can my son erase it?", EN, Says(), CATALOG).intent == "question.erasure"


def test_what_is_asked_for_somebody_else_is_matched_as_one_s_own() -> None:
    words = replace(WORDS, intents={**WORDS.intents, "Send my data": "request.access"})
    match = intended("I am a lawyer acting for Pekka. Send his data", EN, words, CATALOG)
    assert (match.outcome, match.right) == (Outcome.REQUEST, Right.ACCESS)
    unknown = intended("I am a lawyer acting for Pekka. Good day", EN, words, CATALOG)
    assert unknown.outcome is Outcome.OUT_OF_SCOPE


def test_withdrawn_consent_has_a_way_of_its_own() -> None:
    text = "peruutan suostumukseni"
    words = replace(WORDS, intents={text: "request.erasure"})
    assert intended(text, FI, words, CATALOG).intent == "question.consent"
    without = Catalog(intents={"human": CATALOG.intents["human"]}, phrases=())
    assert intended(text, FI, words, without).intent == "request.erasure"


def test_what_is_joined_to_a_yes_is_matched_by_itself() -> None:
    match = intended("joo ja evästeet?", FI, WORDS, CATALOG)
    assert match.intent == "question.cookies"


def test_a_picture_that_is_to_be_taken_down_asks_for_erasure() -> None:
    text = "olen kuvassa nettisivuillanne, ottakaa pois"
    words = replace(WORDS, intents={text: "not_in_notice.officer"})
    match = intended(text, FI, words, CATALOG)
    assert (match.outcome, match.rights) == (Outcome.REQUEST, (Right.ERASURE,))


@pytest.mark.parametrize(
    ("understood", "right"),
    [
        ("question.cookies", Right.RESTRICTION),
        ("request.erasure", Right.RESTRICTION),
        ("request.access", Right.ACCESS),
    ],
)
def test_what_is_hidden_in_the_place_of_being_erased_is_restricted(
    understood: str, right: Right
) -> None:
    text = "älkää poistako vaan piilottakaa ne"
    match = intended(text, FI, replace(WORDS, intents={text: understood}), CATALOG)
    assert (match.outcome, match.right) == (Outcome.REQUEST, right)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("what is the legal basis for marketing?", 0.4),
        ("mikä on markkinoinnin oikeusperuste?", 0.4),
        ("vilken är den rättsliga grunden för marknadsföring?", 0.4),
        ("what is the legal basis?", 0.9),
    ],
)
def test_the_basis_of_marketing_is_offered_and_not_stated(text: str, confidence: float) -> None:
    basis = replace(ABOUT_ERASURE, intent="question.legal-basis", confidence=0.9)
    assert intended(text, EN, Says(same=basis), CATALOG).confidence == confidence
    other = replace(basis, intent="question.cookies")
    assert intended(text, EN, Says(same=other), CATALOG) == other


@pytest.mark.parametrize("text", ["hide our stuff", "piilottakaa meidän jutut", "göm våra saker"])
def test_what_is_to_be_hidden_is_kept_or_erased_as_its_writer_chooses(text: str) -> None:
    words = replace(WORDS, intents={text: "request.erasure"})
    match = intended(text, EN, words, CATALOG)
    assert match.outcome is Outcome.CLARIFY
    assert match.options == ("request.restriction", "request.erasure")
    kept = replace(WORDS, intents={text: "request.restriction"})
    assert intended(text, EN, kept, CATALOG).right is Right.RESTRICTION
    asked = replace(WORDS, intents={text: "question.cookies"})
    assert intended(text, EN, asked, CATALOG).intent == "question.cookies"


@pytest.mark.parametrize(
    "text", ["keep sending me offers", "haluan edelleen tarjouksia", "jag vill ha erbjudanden"]
)
def test_who_wants_offers_is_not_taken_to_refuse_them(text: str) -> None:
    words = replace(WORDS, intents={text: "request.marketing_objection"})
    assert intended(text, EN, words, CATALOG).outcome is Outcome.OUT_OF_SCOPE


def test_of_a_restriction_nothing_is_left_out() -> None:
    text = "You may have the data but do not touch them"
    words = replace(
        WORDS, intents={text: "request.restriction", "You may have the data": "request.access"}
    )
    assert intended(text, EN, words, CATALOG).right is Right.RESTRICTION
    erased = "Erase it but keep the bills"
    words = replace(WORDS, intents={erased: "request.restriction", "Erase it": "request.erasure"})
    assert intended(erased, EN, words, CATALOG).right is Right.ERASURE
