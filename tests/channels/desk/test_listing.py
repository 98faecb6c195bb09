"""The register as staff see it at every desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.channels.desk import listing
from bot.channels.desk.listing import View
from bot.channels.desk.wording import Wording
from bot.core.catalog import Right
from bot.core.tickets import filters
from bot.core.tickets.absence import Absences
from bot.core.tickets.filters import Filter
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.register import Sought, matches
from bot.core.tickets.ticket import State, Ticket
from tests.factories import SARI, a_question, a_ticket, in_state


@dataclass(frozen=True)
class Books:
    """Tickets, questions and numbers of what cannot be opened."""

    wording: Wording
    open: Sequence[Ticket]
    asked: Sequence[Inquiry] = ()
    broken: Sequence[str] = ()
    gone: Absences = field(default_factory=dict)

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        assert not ended
        return self.open

    def sought(self, sought: Sought) -> Sequence[Ticket]:
        return [one for one in self.open if matches(one, sought)]

    def inquiries(self) -> Sequence[Inquiry]:
        return self.asked

    def damaged(self, *, ended: bool) -> Sequence[str]:
        assert not ended
        return self.broken

    def absences(self) -> Absences:
        return self.gone


OURS, UNPROVED = in_state(State.CONFIRMED), replace(a_ticket(), number="T-2026-0009")


ALL = View()


def texts(books: Books, view: View = ALL) -> list[str]:
    return [entry.text for entry in listing.shown(books, view, SARI).entries]


def test_what_waits_for_its_person_comes_after_all_that_waits_for_staff(wording: Wording) -> None:
    books = Books(wording, [UNPROVED, OURS], [a_question()], ["T-2026-0007"])
    assert [text[:11] for text in texts(books)] == [
        OURS.number,
        a_question().number,
        wording.desk("form.unproved", number=1)[:11],
        UNPROVED.number,
        wording.desk("alarm.damaged", number="T-2026-0007", reference="")[:11],
    ]


def test_a_flood_of_what_is_unproved_takes_pages_of_its_own(wording: Wording) -> None:
    books = Books(wording, [UNPROVED] * 100 + [OURS] * 16)
    first, second = texts(books), texts(books, View(page=2))
    assert [text[:11] for text in first] == [OURS.number] * 15
    assert second[1] == wording.desk("form.unproved", number=100)
    assert [text[:11] for text in second[2:]] == [UNPROVED.number] * 14
    shown = listing.shown(books, View(page=2), SARI)
    assert [one.view.page for one in shown.pages] == [1, 3]
    assert shown.head == wording.desk("list.head", filters="", page=2, pages=8)


def test_a_narrowed_list_holds_no_questions_and_says_what_it_shows(wording: Wording) -> None:
    view = View(frozenset({Filter.FREE, Right.ERASURE}))
    shown = listing.shown(Books(wording, [OURS], [a_question()], ["T-1"]), view, SARI)
    assert [entry.subject for entry in shown.entries] == [OURS]
    named = f"{wording.desk('filter.free')}, {wording.text('right.erasure')}"
    assert shown.head == wording.desk("list.head", filters=named, page=1, pages=1)
    assert [one.label for one in shown.filters if one.chosen] == [
        f"✓ {wording.desk('filter.free')}"
    ]
    late = View(frozenset({Filter.OVERDUE}))
    assert texts(Books(wording, [OURS]), late) == [wording.desk("list.none")]
    assert texts(Books(wording, [])) == [wording.desk("form.none")]


def test_an_owner_who_is_away_is_shown_so_and_their_ticket_is_free(wording: Wording) -> None:
    owned = replace(OURS, owner="mika")
    back = wording.today() + timedelta(days=1)
    free = View(frozenset({Filter.FREE}))
    [line] = texts(Books(wording, [owned], gone={"mika": back}), free)
    assert line.endswith(wording.desk("away.owner", name="Mika"))
    [told] = texts(Books(wording, [owned], gone={"mika": wording.today()}), free)
    assert told == wording.desk("list.none")


@pytest.mark.parametrize("words", [(), (Filter.MINE, Right.ERASURE), filters.ALL])
def test_a_button_carries_what_is_looked_at_in_a_few_bytes(words: Sequence[filters.Word]) -> None:
    view = View(frozenset(words), 12)
    assert View.decode(view.encode()) == view
    assert len(view.encode()) < 20


@pytest.mark.parametrize("forged", ["", "?.x", ".-1", "zz", "٣.٣"])
def test_a_forged_button_leads_to_the_first_page_of_all(forged: str) -> None:
    assert View.decode(forged) == View()


def test_what_is_found_is_open_first_and_then_the_newest_and_names_nobody(wording: Wording) -> None:
    ended = [replace(in_state(State.REFUSED), number=f"T-2026-000{n}") for n in (1, 2)]
    found = listing.found(Books(wording, [*ended, OURS]), "lehto")
    assert found.head == wording.desk("list.found", number=3)
    assert [entry.text[:11] for entry in found.entries] == [
        OURS.number,
        ended[1].number,
        ended[0].number,
    ]
    assert "Lehto" not in " ".join(entry.text for entry in found.entries)


def test_a_search_shows_one_page_and_says_how_much_is_left(wording: Wording) -> None:
    found = listing.found(Books(wording, [OURS] * 20), "lehto")
    assert len(found.entries) == 16
    assert found.entries[-1].text == wording.desk("form.more", number=5)


def test_a_question_is_found_by_its_number(wording: Wording) -> None:
    asked = a_question()
    found = listing.found(Books(wording, [OURS], [asked]), f" {asked.number.lower()} ")
    assert [entry.subject for entry in found.entries] == [asked]


def test_a_question_says_since_when_it_waits(wording: Wording) -> None:
    asked = replace(a_question(), asked_at=at(date(2026, 1, 2)))
    [line] = texts(Books(wording, [], [asked]))
    assert line.endswith("2.1.2026")


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (8, ""),
        (7, "(7 pv jäljellä)"),
        (1, "(1 pv jäljellä)"),
        (0, "(tänään)"),
        (-3, "(3 pv myöhässä)"),
    ],
)
def test_a_line_says_how_near_the_due_day_is_or_how_long_past(
    wording: Wording, left: int, said: str
) -> None:
    due = OURS.clock.end(wording.today()).due
    then = replace(wording, clock=lambda: at(due - timedelta(days=left)))
    shown = listing.line(OURS, then)
    assert said in shown
    assert ("(" in shown) is bool(said)


def test_a_line_says_that_the_clock_stands_still_and_of_what_has_ended_nothing(
    wording: Wording,
) -> None:
    late = replace(wording, clock=lambda: at(date(2027, 6, 1)))
    clock = replace(OURS.clock, suspended_on=OURS.clock.received)
    assert "(keskeytetty)" in listing.line(replace(OURS, clock=clock), late)
    assert "(" not in listing.line(in_state(State.FULFILLED), late)


def test_the_list_is_narrowed_by_state(wording: Wording) -> None:
    view = View(frozenset({State.CONFIRMED}))
    shown = listing.shown(Books(wording, [UNPROVED, OURS]), view, SARI)
    assert [entry.subject for entry in shown.entries] == [OURS]
    assert wording.desk("state.confirmed") in shown.head
    assert [one.label for one in shown.filters if one.chosen] == ["✓ hyväksytty"]
    assert View.decode(view.encode()) == view


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
