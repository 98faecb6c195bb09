"""Who decides on one's own request is asked of that, and not of the notice."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.who_decided import (
    asks_who_decides,
    is_under_way,
    speaks_of_first,
)


@pytest.mark.parametrize(
    "text",
    [
        "ja kuka päätti siitä ekasta",
        "kuka mun hakemuksen hylkäsi",
        "kuka siellä oikein teki päätöksen",
        "tekikö päätöksen ihminen vai kone",
        "kuka asiaani hoitaa",
        "who decided that",
        "who made the decision on the first one",
        "was it a human who decided this",
        "was this decided by a machine",
        "who refused my request",
        "vem bestämde det",
        "vem avslog min begäran",
        "är det en människa som beslutar",
    ],
)
def test_who_decides_on_the_own_request_is_asked(text: str) -> None:
    assert asks_who_decides(text)


@pytest.mark.parametrize(
    "text",
    [
        "who decides what data you collect",
        "who handles my personal data",
        "kuka päättää mitä tietoja kerätään",
        "kuka käsittelee tietojani",
        "vem behandlar mina personuppgifter",
        "do you make automated decisions",
        "I want a person to handle my case",
        "haluan ihmisen hoitamaan asiaani",
        "why was it refused",
        "who decided that " + "and that " * 7,
    ],
)
def test_what_names_another_matter_asks_something_else(text: str) -> None:
    assert not asks_who_decides(text)


def test_the_first_of_several_is_named_so() -> None:
    assert all(map(speaks_of_first, ["siitä ekasta", "the first one", "om den första"]))
    assert not speaks_of_first("kuka päätti tästä")


def test_who_handles_it_now_is_asked_of_what_is_under_way() -> None:
    assert all(map(is_under_way, ["kuka asiaani hoitaa", "who is handling it", "vem beslutar"]))
    assert not is_under_way("kuka päätti")
