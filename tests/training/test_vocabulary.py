"""The vocabulary keeps what the texts use, what makes up words, and what stands for nothing."""

from __future__ import annotations

from training.vocabulary import kept

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁poista", "kaa", "▁", "k", "a", "▁ночь", "wort"]
SCORES = [0.0, 0.0, 0.0, 0.0, -5.0, -5.0, -3.0, -4.0, -4.0, -6.0, -6.0]


def test_what_no_text_uses_is_left_out_but_for_single_letters() -> None:
    names = [PIECES[place] for place in kept(PIECES, SCORES, ["poistakaa"])]
    assert names == ["<s>", "<pad>", "</s>", "<unk>", "▁poista", "kaa", "▁", "k", "a"]
