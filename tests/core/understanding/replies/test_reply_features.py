"""What the model of replies sees depends on the words and on where they are said."""

from __future__ import annotations

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Stage
from bot.core.understanding.replies.reply_features import signs_of, words_of

EN = Language.EN
OFFER = Asked(stage=Stage.OFFER, right=Right.ERASURE)


def test_a_word_is_seen_by_itself_and_at_its_stage() -> None:
    assert {"=yes", "offer|=yes"} <= set(words_of("yes", OFFER))


def test_what_is_cited_is_not_seen() -> None:
    assert "=restricted" not in set(words_of('"You want it restricted", no', OFFER))


def test_the_stage_and_the_right_are_seen() -> None:
    assert {"#offer", "#offer|erasure"} <= signs_of("yes", OFFER, EN)


def test_the_end_of_a_ticket_is_seen() -> None:
    assert "#closed|refused" in signs_of("why", Asked(stage=Stage.CLOSED, state="refused"), EN)


def test_cues_are_seen_with_their_place_and_together() -> None:
    signs = signs_of("yes and then again no", OFFER, EN)
    assert {"#yes", "#^yes", "#no", "#no$", "#no+yes", "#offer|#yes"} <= signs
    assert "#-" in signs_of("xyzzy", OFFER, EN)


def test_the_form_is_seen() -> None:
    assert {"#?", "#?$", "#words1"} <= signs_of("why?", OFFER, EN)
    assert {"#!", "#capitals", "#all-capitals"} <= signs_of("Laura Niemi!", OFFER, EN)
    assert {"#symbols"} <= signs_of("…", OFFER, EN)
    assert {"#digits", "#wordssome"} <= signs_of("it is room 7", OFFER, EN)
    assert "#wordsmany" in signs_of("this is a text of many words", OFFER, EN)


def test_values_are_seen() -> None:
    assert "#code" in signs_of("83350671", OFFER, EN)
    assert "#address" in signs_of("laura@example.com", OFFER, EN)
    assert "#name" in signs_of("Laura Niemi", OFFER, EN)


def test_what_the_safeguards_hear_is_seen() -> None:
    assert {"#!no", "#!if", "#!asks"} <= signs_of("not if it costs?", OFFER, EN)
    assert not {"#!no", "#!if", "#!asks"} & signs_of("why not, if you don't mind", OFFER, EN)


def test_a_right_that_is_named_is_seen_as_the_one_on_offer_or_another() -> None:
    assert "#its-right" in signs_of("delete it", OFFER, EN)
    assert "#another-right" in signs_of("send me a copy", OFFER, EN)
