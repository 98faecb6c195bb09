"""What a reply gives with its meaning, and what is said beside it."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.replies.reply_values import beside, changed, named, of_right, with_value

FI, EN, SV = Language
M, S = Meaning, Stage


def at(stage: Stage, right: Right = Right.ACCESS) -> Asked:
    return Asked(stage=stage, right=right)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Grover Chambliss, and I want the deletion too", M.ALSO_RIGHT),
        ("Grover Chambliss, why?", M.QUESTION),
        ("Grover Chambliss and how long does it take", M.QUESTION),
        ("Grover Chambliss on behalf of my mother", M.ON_BEHALF),
        ("Grover Chambliss", None),
        ("Grover Chambliss, and I want to see my data", None),
    ],
)
def test_what_stands_beside_a_name_is_not_lost(text: str, second: Meaning | None) -> None:
    assert named(text, at(S.NAME), EN).second is second
    assert beside(text, at(S.NAME), EN) is second


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("make it erasure instead", EN, Right.ERASURE),
        ("vaihda oikaisuun sen sijaan", FI, Right.RECTIFICATION),
        ("byt till rättelse i stället", SV, Right.RECTIFICATION),
    ],
)
def test_another_right_instead_changes_the_right(
    text: str, language: Language, right: Right
) -> None:
    reading = Reading(means=M.CHANGE, field=Topic.RIGHT, value=right)
    assert changed(text, at(S.SUMMARY), language) == reading


def test_instead_without_another_right_changes_what_is_named() -> None:
    assert changed("a copy instead", at(S.SUMMARY), EN).field is Topic.DETAILS
    assert changed("laura@example.com instead", at(S.SUMMARY), EN).field is Topic.EMAIL


@pytest.mark.parametrize("stage", [S.NAME, S.SUMMARY])
def test_another_wish_comes_after_what_is_under_way_unless_it_replaces_that(stage: Stage) -> None:
    after = of_right(M.OTHER_RIGHT, "delete my data", at(stage), EN)
    instead = of_right(M.OTHER_RIGHT, "no, delete my data", at(stage), EN)
    assert (after.means, after.value) == (M.ALSO_RIGHT, Right.ERASURE)
    assert (instead.means, instead.value) == (M.OTHER_RIGHT, Right.ERASURE)
    assert of_right(M.OTHER_RIGHT, "delete my data", at(S.OFFER), EN).means is M.OTHER_RIGHT


@pytest.mark.parametrize(
    ("text", "language"),
    [("EI tuohon osoitteeseen, se lukee sitä", FI), ("no mail then", EN), ("mejlen är fel", SV)],
)
def test_a_no_to_the_address_of_a_summary_is_no_end(text: str, language: Language) -> None:
    for means in (M.STOP, M.REFUSE):
        reading = with_value(means, text, at(S.SUMMARY), language)
        assert reading == Reading(means=M.CHANGE, field=Topic.EMAIL)


def test_a_no_to_all_of_a_summary_is_an_end() -> None:
    assert with_value(M.STOP, "forget it, no mail", at(S.SUMMARY), EN).means is M.STOP
    assert with_value(M.REFUSE, "no, not that", at(S.SUMMARY), EN).means is M.REFUSE
