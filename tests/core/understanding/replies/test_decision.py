"""The meaning that is cheapest to act on counts: errors cost unequally."""

from __future__ import annotations

from math import log

import pytest

from bot.core.understanding.asked import Meaning, Stage
from bot.core.understanding.replies.decision import by_cost, probabilities

M, S = Meaning, Stage


def ranked(stage: Stage, **shares: float) -> list[Meaning]:
    return by_cost({Meaning(name): log(share) for name, share in shares.items()}, stage)


def test_what_makes_no_sense_at_a_stage_is_left_out_and_the_rest_is_a_whole() -> None:
    likely = {M.AGREE: log(0.5), M.THANKS: log(0.3), M.CHASE: log(0.2)}
    assert probabilities(likely, S.CLOSED) == {
        M.THANKS: pytest.approx(0.6),
        M.CHASE: pytest.approx(0.4),
    }


def test_the_likeliest_comes_first() -> None:
    assert ranked(S.NAME, question=0.6, language=0.3, value=0.1)[0] is M.QUESTION


def test_to_agree_a_reply_must_be_surer_than_to_ask_something() -> None:
    assert ranked(S.OFFER, agree=0.6, question=0.4) == [M.QUESTION]
    assert ranked(S.OFFER, agree=0.3, question=0.7) == [M.QUESTION]
    assert ranked(S.OFFER, agree=0.97, question=0.03) == [M.AGREE]


def test_a_yes_that_sends_must_be_surer_than_one_that_begins_a_form() -> None:
    assert ranked(S.OFFER, agree=0.75, question=0.25)[0] is M.AGREE
    assert ranked(S.SUMMARY, agree=0.75, question=0.25)[0] is M.QUESTION


def test_what_no_word_says_must_be_surer() -> None:
    likely = {M.STOP: log(0.6), M.QUESTION: log(0.4)}
    assert by_cost(likely, S.CODE)[0] is M.STOP
    assert by_cost(likely, S.CODE, {M.STOP}) == [M.QUESTION]


def test_what_all_words_say_need_not_be_so_sure() -> None:
    likely = {M.AGREE: log(0.6), M.QUESTION: log(0.4)}
    assert by_cost(likely, S.OFFER)[0] is M.QUESTION
    assert by_cost(likely, S.OFFER, frozenset(), {M.AGREE})[0] is M.AGREE


def test_what_leads_to_the_same_thing_counts_together() -> None:
    assert ranked(S.OFFER, stop=0.45, refuse=0.35, thanks=0.2)[:2] == [M.STOP, M.REFUSE]
    assert ranked(S.OFFER, stop=0.35, refuse=0.45, thanks=0.2)[:2] == [M.REFUSE, M.STOP]
    assert ranked(S.EMAIL, stop=0.35, refuse=0.33, thanks=0.32)[0] is M.THANKS


def test_where_everything_costs_more_than_asking_there_is_nothing() -> None:
    alike = ("question", "human", "language", "thanks", "greeting", "breach", "postpone")
    shares = dict.fromkeys(alike, 1 / len(alike))
    assert ranked(S.OFFER, **shares) == []
    assert ranked(S.OFFER, unclear=0.8, question=0.2) == []
