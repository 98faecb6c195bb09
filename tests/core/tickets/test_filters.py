"""The filters of the list of open tickets, and its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.catalog import Right
from bot.core.tickets import filters
from bot.core.tickets.filters import Filter, narrowed, page_of, toggled, words_of
from bot.core.tickets.ticket import State, Ticket
from tests.factories import a_ticket, in_state

TICKET = in_state(State.CONFIRMED)
DUE = TICKET.clock.end(TICKET.clock.received).due


def named() -> list[Ticket]:
    """Return tickets `a`, `b` and `c`: Sari's, Mika's for access, and nobody's."""
    owned = {"a": "sari", "b": "mika", "c": ""}
    tickets = [replace(TICKET, id=name, owner=owner) for name, owner in owned.items()]
    return [replace(one, right=Right.ACCESS) if one.id == "b" else one for one in tickets]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", "abc"),
        ("mine", "a"),
        ("free", "c"),
        ("MINE free", "ac"),
        ("access", "b"),
        ("access erasure", "abc"),
        ("mine access", ""),
        ("free erasure", "c"),
        ("confirmed mine", "a"),
        ("awaiting_confirmation", ""),
        ("awaiting_confirmation confirmed", "abc"),
    ],
)
def test_of_one_kind_any_may_hold_and_of_each_kind_one_must(said: str, found: str) -> None:
    words = words_of(said.split())
    assert words is not None
    assert "".join(one.id for one in narrowed(named(), words, "sari", DUE)) == found


def test_what_somebody_owns_who_is_away_is_free_meanwhile() -> None:
    free = frozenset({Filter.FREE})
    found = narrowed(named(), free, "sari", DUE, frozenset({"mika"}))
    assert [one.id for one in found] == ["b", "c"]


def test_another_word_is_no_filter() -> None:
    assert words_of(["mine", "everything"]) is None
    assert words_of([State.REFUSED]) is None, "what has ended is in no list of open tickets"


@pytest.mark.parametrize(
    ("days_left", "soon", "overdue"),
    [(8, False, False), (7, True, False), (0, True, False), (-1, False, True)],
)
def test_a_ticket_is_due_soon_within_a_week_and_overdue_after_its_day(
    days_left: int, soon: bool, overdue: bool
) -> None:
    today = DUE - timedelta(days=days_left)

    def holds(word: Filter) -> bool:
        return bool(narrowed([TICKET], frozenset({word}), "", today))

    assert (holds(Filter.SOON), holds(Filter.OVERDUE)) == (soon, overdue)


def test_a_ticket_whose_clock_stands_still_is_not_due_soon() -> None:
    clock = replace(TICKET.clock, suspended_on=DUE - timedelta(days=2))
    still = replace(TICKET, clock=clock, question="Which one?")
    today = DUE - timedelta(days=1)
    assert not narrowed([still], frozenset({Filter.SOON}), "", today)
    assert narrowed([still], frozenset({Filter.WAITING}), "", today)
    assert not narrowed([TICKET], frozenset({Filter.WAITING}), "", today)


def test_who_has_shown_nothing_is_found_by_that() -> None:
    words = frozenset({Filter.UNPROVED})
    assert narrowed([TICKET, a := a_ticket()], words, "", DUE) == [a]


def test_a_pressed_filter_takes_the_place_of_its_kind_and_goes_when_pressed_again() -> None:
    mine = toggled(frozenset(), Filter.MINE)
    late = toggled(mine, Filter.OVERDUE)
    assert late == {Filter.MINE, Filter.OVERDUE}
    assert toggled(late, Filter.FREE) == {Filter.FREE, Filter.OVERDUE}
    assert toggled(late, Filter.MINE) == {Filter.OVERDUE}
    assert toggled(late, Right.ERASURE) == {*late, Right.ERASURE}
    both = frozenset({Right.ACCESS, Right.ERASURE})
    assert toggled(both, Right.ACCESS) == frozenset()


def test_each_filter_is_of_one_kind() -> None:
    assert sorted(word for kind in filters.KINDS for word in kind) == sorted(filters.ALL)


@pytest.mark.parametrize(
    ("wanted", "ids", "number", "pages"),
    [(1, "ab", 1, 2), (2, "c", 2, 2), (9, "c", 2, 2), (0, "ab", 1, 2)],
)
def test_a_list_has_pages_and_one_that_is_gone_is_the_last(
    wanted: int, ids: str, number: int, pages: int
) -> None:
    page = page_of(named(), wanted, 2)
    assert ("".join(one.id for one in page.tickets), page.number, page.pages) == (
        ids,
        number,
        pages,
    )


def test_an_empty_list_is_one_empty_page() -> None:
    page = page_of([], 3, 2)
    assert (page.tickets, page.number, page.pages) == ([], 1, 1)
