"""A threat agrees to nothing, and "make it stop" stops the marketing, not the conversation."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Stage
from bot.core.understanding.replies.anger import has_it_stopped, threatens
from bot.core.understanding.replies.plainly_said import of_request
from bot.core.understanding.words.spoken import spoken

FI, EN, SV = Language
M, S = Meaning, Stage


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("and if I get one more I'm reporting you to the authorities", EN),
        ("or I'll see you in court", EN),
        ("valitan tästä tietosuojavaltuutetulle jos ette poista", FI),
        ("teen tästä valituksen", FI),
        ("jag anmäler er till myndigheten om det inte slutar", SV),
        ("hör ni av min advokat", SV),
    ],
)
def test_a_threat_agrees_to_nothing_and_limits_nothing(text: str, language: Language) -> None:
    assert threatens(spoken(text))
    for stage in (S.OFFER, S.SUMMARY):
        reading = of_request(text, Asked(stage=stage, right=Right.ACCESS), language)
        assert reading is not None
        assert reading.means is M.UNCLEAR


@pytest.mark.parametrize("text", ["ja det stämmer", "yes, report it to me", "ilmoitan osoitteeni"])
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert not threatens(spoken(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("just make it stop", EN),
        ("I want them all to stop", EN),
        ("saakaa ne loppumaan", FI),
        ("haluan että se loppuu jo", FI),
        ("få det att sluta nu", SV),
        ("gör slut på det", SV),
    ],
)
def test_who_has_marketing_stopped_agrees_to_refuse_it(text: str, language: Language) -> None:
    assert has_it_stopped(spoken(text))
    offered = Asked(stage=S.OFFER, right=Right.MARKETING_OBJECTION)
    reading = of_request(text, offered, language)
    assert reading is not None
    assert reading.means is M.AGREE
    shown = Asked(stage=S.SUMMARY, right=Right.MARKETING_OBJECTION)
    reading = of_request(text, shown, language)
    assert reading is not None
    assert reading.means is M.UNCLEAR


@pytest.mark.parametrize("text", ["stop it", "stop this", "make it stop, but keep the news"])
def test_what_may_end_the_request_is_not_taken_for_its_wish(text: str) -> None:
    assert not has_it_stopped(spoken(text))


def test_a_yes_with_a_threat_is_left_to_the_rules_for_a_yes() -> None:
    shown = Asked(stage=S.SUMMARY, right=Right.ACCESS)
    reading = of_request("Fine, and if it leaks I shall see you in court", shown, EN)
    assert reading is None or reading.means is not M.UNCLEAR
