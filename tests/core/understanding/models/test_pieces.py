"""A text is cut into the likeliest pieces of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.understanding.models.pieces import BEGIN, END, UNKNOWN, WORD_START, Pieces, plain_form

VOCABULARY = {
    "<s>": 0.0,
    "<pad>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁poista": -6.0,
    "▁po": -5.0,
    "is": -4.0,
    "ta": -4.0,
    "kaa": -5.0,
    "▁": -3.0,
    "a": -3.0,
    "k": -3.5,
}
PIECES = Pieces(list(VOCABULARY), list(VOCABULARY.values()))
NAMES = list(VOCABULARY)


def cut(text: str, most: int = 64) -> list[str]:
    begin, *places, end = PIECES.cut(text, most)
    assert (begin, end) == (BEGIN, END)
    return [NAMES[place] for place in places]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("poistakaa", ["▁poista", "kaa"]),  # likelier than ▁po is ta kaa
        ("poista a", ["▁poista", "▁", "a"]),
        ("  poista \n kaa ", ["▁poista", "▁", "kaa"]),
        ("ｐｏｉｓｔａ", ["▁poista"]),
    ],
    ids=["the likeliest cut", "words", "spaces", "other forms of letters"],
)
def test_the_likeliest_cut_is_chosen(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_what_is_unknown_is_one_piece_and_the_rest_is_read() -> None:
    assert cut("日本a") == ["▁", "<unk>", "a"]
    assert cut("a日本") == ["▁", "a", "<unk>"]


def test_what_is_shouted_is_read_as_if_it_were_said() -> None:
    assert cut("POISTAKAA!")[:2] == ["▁poista", "kaa"]
    assert plain_form("GDPR art") == "GDPR art"


def test_special_pieces_stand_in_no_text() -> None:
    assert UNKNOWN in PIECES.cut("<s>", 64)
    assert BEGIN not in PIECES.cut("<s>", 64)[1:]


def test_a_long_text_is_cut_off() -> None:
    assert PIECES.cut("a a a a a a", 5) == [BEGIN, *PIECES.cut("a a", 64)[1:4], END]


def test_of_a_text_without_end_no_more_than_the_beginning_is_looked_at() -> None:
    assert len(plain_form("a " * 5000)) < 1000


@given(st.text(max_size=40))
def test_any_text_can_be_cut_and_nothing_known_is_lost(text: str) -> None:
    names = cut(text, 10_000)
    said = WORD_START + plain_form(text).replace(" ", WORD_START)
    joined = "".join(name for name in names if name != "<unk>")
    assert len(joined) <= len(said)
    assert "<unk>" in names or joined == said
