"""What a right is about takes no yes to it back, and is no yes to another right."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.replies.safeguards import may_agree, wishes_it
from bot.core.understanding.replies.wished import WISHED

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("YES. STOP USING MY DATA. NOW.", EN, Right.OBJECTION),
        ("lopettakaa se käsittely, joo", FI, Right.OBJECTION),
        ("ja, sluta använda mina uppgifter", SV, Right.OBJECTION),
        ("yes, no more adverts", EN, Right.MARKETING_OBJECTION),
        ("kyllä, unohtakaa minut", FI, Right.ERASURE),
        ("no I don't want them!", EN, Right.MARKETING_OBJECTION),
        ("EN HALUA NIITÄ!!!", FI, Right.MARKETING_OBJECTION),
        ("NEJ JAG VILL INTE HA DEM", SV, Right.MARKETING_OBJECTION),
    ],
)
def test_the_wish_said_with_the_yes_is_the_yes(text: str, language: Language, right: Right) -> None:
    assert wishes_it(text, language, right)
    assert not may_agree(text, language, Right.ACCESS)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes, stop asking", EN),
        ("yes, stop using my data but not for the warranty", EN),
        ("lopettakaa", FI),
        ("sluta fråga", SV),
    ],
)
def test_another_end_is_none(text: str, language: Language) -> None:
    assert not wishes_it(text, language, Right.OBJECTION)


def test_only_rights_that_end_something_are_worded_with_a_no() -> None:
    assert set(WISHED) == {Right.OBJECTION, Right.MARKETING_OBJECTION, Right.ERASURE}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I don't want it", EN),
        ("no I don't want them deleted", EN),
        ("en halua sitä", FI),
        ("en halua niitä kieltoja", FI),
        ("nej jag vill inte ha det", SV),
    ],
)
def test_what_else_is_not_wanted_is_no_yes(text: str, language: Language) -> None:
    assert not wishes_it(text, language, Right.MARKETING_OBJECTION)
