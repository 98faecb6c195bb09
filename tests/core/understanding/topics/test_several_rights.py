"""All the rights of one message, in the order in which it says them."""

from __future__ import annotations

import pytest

from bot.core.catalog import Intent, Kind, Right
from bot.core.understanding.topics.several_rights import Wanted, done_in, wanted

ACCESS, ERASURE = Right.ACCESS, Right.ERASURE
KNOWN = {
    "send me my data": Intent(id="request.access", kind=Kind.REQUEST, right=ACCESS),
    "delete my data": Intent(id="request.erasure", kind=Kind.REQUEST, right=ERASURE),
    "all of it": Intent(id="request.access", kind=Kind.REQUEST, right=ACCESS),
    "allt idag": Intent(id="request.access", kind=Kind.REQUEST, right=ACCESS),
    "my data leaked": Intent(id="incident", kind=Kind.INCIDENT),
}


def found(text: str, right: Right | None = None, *, surely: bool = True) -> Wanted:
    return wanted(text, right, surely=surely, understood=lambda part: KNOWN.get(part.casefold()))


@pytest.mark.parametrize(
    ("text", "right", "rights"),
    [
        ("Send me my data and delete my data", ERASURE, (ACCESS, ERASURE)),
        ("Send me my data and then delete it", ACCESS, (ACCESS, ERASURE)),
        ("Delete my data. Art. 15 too.", ERASURE, (ERASURE, ACCESS)),
        ("Delete my data. All of it. Today.", ERASURE, (ERASURE,)),
        ("Delete my data. Allt idag!", ERASURE, (ERASURE,)),
        ("Something else", ACCESS, (ACCESS,)),
        ("Delete my data, not all", Right.RESTRICTION, (Right.RESTRICTION, ERASURE)),
    ],
)
def test_every_right_that_is_said_counts(
    text: str, right: Right, rights: tuple[Right, ...]
) -> None:
    assert found(text, right).rights == rights


def test_what_the_whole_was_not_sure_of_does_not_count_beside_what_a_clause_asks_for() -> None:
    assert found("Delete my data, not all", Right.RESTRICTION, surely=False).rights == (ERASURE,)
    assert found("Something else", Right.RESTRICTION, surely=False).rights == (Right.RESTRICTION,)


def test_an_objection_by_its_article_is_the_one_that_was_said_in_words() -> None:
    intent = Intent(id="x", kind=Kind.REQUEST, right=Right.MARKETING_OBJECTION)
    only = wanted("Stop it (Art. 21)", None, surely=True, understood=lambda _: intent)
    assert only.rights == (Right.MARKETING_OBJECTION,)


@pytest.mark.parametrize("clause", ["do not delete my data", "delete my father's data"])
def test_a_clause_that_is_understood_as_a_right_and_asks_for_none_adds_none(clause: str) -> None:
    right = KNOWN["delete my data"]
    both = wanted(
        f"Send me my data, {clause}",
        ACCESS,
        surely=True,
        understood=lambda part: right if part == clause else KNOWN.get(part.casefold()),
    )
    assert both.rights == (ACCESS,)


def test_a_report_in_one_of_the_clauses_is_heard() -> None:
    assert found("My data leaked, delete my data", ERASURE).reports
    assert not found("Delete my data", ERASURE).reports


def test_beside_a_question_a_verb_alone_asks_for_its_right() -> None:
    assert done_in("How long do you keep my data, and please delete it") == (ERASURE,)
    assert done_in("How long do you keep my data") == ()
    assert done_in("What if I said: delete it") == ()
