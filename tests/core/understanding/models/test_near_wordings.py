"""The phrases that a text nearly is are found, whichever letters differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from bot.core.catalog import Language, Phrase
from bot.core.understanding.models.near_wordings import (
    NearWordings,
    Wordings,
    mark,
    marks,
    wordings,
)

FI, EN, SV = Language
SAME = 90.0
PHRASE = "poistakaa kaikki tietoni"
# Few letters, so that texts lie near each other; two of them fall into one bucket.
TEXTS = st.text(alphabet="aAäö b", max_size=24)


def nearly(said: str, *phrases: str, same: float = SAME) -> list[str]:
    by_length = tuple(sorted(phrases, key=len))
    known = Wordings(phrases=by_length, intents=by_length, marks=marks(by_length))
    return NearWordings(known, same).of(said, mark(said))


@pytest.mark.parametrize(
    "said",
    [
        PHRASE,
        "poistakaa kaikki tietonni",
        "poistakaa kaiki tietoni",
        "poistakaa kaikki tiedoni",
        "opistakaa kaikki tietoni",
    ],
)
def test_a_wording_nearly_the_same_is_found(said: str) -> None:
    assert nearly(said, PHRASE, "mitä tietoja minusta on") == [PHRASE]


@pytest.mark.parametrize("said", ["", "poistakaa", "poistakaa vaikka vitoseni", "削除"])
def test_another_wording_is_not_found(said: str) -> None:
    assert nearly(said, PHRASE) == []


def test_of_many_the_nearest_two_are_found() -> None:
    phrases = [PHRASE + end for end in ("", " nyt", " heti", " t")]
    assert nearly(PHRASE + " n", *phrases) == [PHRASE + " nyt", PHRASE + " t"]


def test_where_there_are_no_phrases_none_is_found() -> None:
    assert nearly(PHRASE) == []


@given(st.sets(TEXTS, max_size=12), TEXTS, st.sampled_from([80.0, 95.0, 100.0]))
def test_what_is_found_is_what_a_comparison_with_all_finds(
    phrases: set[str], said: str, same: float
) -> None:
    by_length = sorted(phrases, key=len)
    all_compared = process.extract(said, by_length, scorer=fuzz.ratio, limit=2, score_cutoff=same)
    found = nearly(said, *by_length, same=same)
    assert found == [phrase for phrase, _, _ in all_compared]


@given(TEXTS)
def test_one_text_is_marked_as_many_are(text: str) -> None:
    assert mark(text) == marks([text])[0]


def test_a_wording_is_kept_once_for_each_language_the_shortest_first() -> None:
    said = [(FI, "Poistakaa tietoni"), (EN, "delete it"), (FI, "poistakaa, tietoni!"), (FI, "hei")]
    phrases = [
        Phrase(intent=f"{place}", language=language, text=text)
        for place, (language, text) in enumerate(said)
    ]
    found = wordings(phrases)
    assert (found[FI].phrases, found[FI].intents) == (("hei", "poistakaa tietoni"), ("3", "2"))
    assert (found[EN].phrases, found[SV].phrases) == (("delete it",), ())
    assert list(found[FI].marks) == list(marks(["hei", "poistakaa tietoni"]))
