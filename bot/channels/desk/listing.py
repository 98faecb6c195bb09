"""The register as staff see it, the same at every desk: a line for each ticket, filters, pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import Protocol

from bot.channels.desk import card, inquiry_card, writer
from bot.channels.desk.form import Subject
from bot.channels.desk.wording import Wording
from bot.core.catalog import Right
from bot.core.tickets import filters
from bot.core.tickets.absence import Absences, away
from bot.core.tickets.filters import Filter, Page, Word, Words
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.register import Sought, apart, is_unproved, sought_by
from bot.core.tickets.ticket import OPEN, Actor, Ticket

PAGE = 15  # tickets: with what stands beside them, one message of Telegram's
_MOST_OTHERS = 5  # questions, or numbers of what is damaged, on the first page
_SIGNS = dict(zip(digits + ascii_lowercase, filters.ALL, strict=False))


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the register is looked at."""

    words: Words = frozenset()
    page: int = 1

    def encode(self) -> str:
        """Return it as buttons carry it: a sign for each filter, and the page."""
        signs = "".join(sign for sign, word in _SIGNS.items() if word in self.words)
        return f"{signs}.{self.page}"

    @staticmethod
    def decode(text: str) -> View:
        """Return the view that a button carries; the first page of all where it carries none."""
        signs, _, page = text.partition(".")
        words = frozenset(_SIGNS[sign] for sign in signs if sign in _SIGNS)
        return View(words, int(page) if page.isascii() and page.isdecimal() else 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of the register: what it says, and which view it leads to."""

    label: str
    view: View
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register; a ticket or a question has its details behind it."""

    text: str
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, and what stands above it."""

    head: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One page of the register, with what leads to others."""

    head: str
    page: Page
    entries: Sequence[Entry]
    filters: Sequence[Choice]
    rights: Sequence[Choice]
    pages: Sequence[Choice]


class Registry(Protocol):
    """Where the open tickets and questions are: a `Desk`."""

    @property
    def wording(self) -> Wording: ...
    def tickets(self, *, ended: bool) -> Sequence[Ticket]: ...
    def sought(self, sought: Sought) -> Sequence[Ticket]: ...
    def inquiries(self) -> Sequence[Inquiry]: ...
    def damaged(self, *, ended: bool) -> Sequence[str]: ...
    def absences(self) -> Absences: ...


def shown(desk: Registry, view: View, actor: Actor) -> Shown:
    """Return what somebody sees of the open tickets, by due date.

    What waits for staff comes first: a flood of requests of which nothing is proved hides no other.
    """
    wording = desk.wording
    today = wording.today()
    gone = away(desk.absences(), today)
    found = filters.narrowed(desk.tickets(ended=False), view.words, actor.key, today, gone)
    ours, unproved = apart(found)
    page = filters.page_of([*ours, *unproved], view.page, PAGE)
    whole = page.number == 1 and not view.words
    entries = [
        *(Entry(line(one, wording, gone), one) for one in page.tickets if not is_unproved(one)),
        *(_questions(desk) if whole else ()),
        *_unproved(page, len(unproved), wording, gone),
        *(_damaged(desk) if whole else ()),
    ]
    return Shown(
        head=_head(view.words, page, wording),
        page=page,
        entries=entries or [Entry(wording.desk("list.none" if view.words else "form.none"))],
        filters=[_choice(word, view.words, wording) for word in (*Filter, *filters.STATES)],
        rights=[_choice(word, view.words, wording) for word in Right],
        pages=list(_pages(view.words, page, wording)),
    )


def sought(desk: Registry, said: str) -> Sequence[Ticket]:
    """Return the tickets that a number, an address, a name or a colleague's name finds.

    Those that are open come first, by due date; then those that have ended, the newest first.
    """
    found = desk.sought(sought_by(said, desk.wording.names))
    still_open = [one for one in found if one.state in OPEN]
    return [*still_open, *(one for one in reversed(found) if one.state not in OPEN)]


def found(desk: Registry, said: str) -> Found:
    """Return what a search finds, in lines; what was typed is not repeated, it may name people."""
    tickets, wording = sought(desk, said), desk.wording
    gone = away(desk.absences(), wording.today())
    asked = [one for one in desk.inquiries() if one.number == said.strip().upper()]
    entries = [Entry(inquiry_card.line(one, wording), one) for one in asked]
    entries += [Entry(line(one, wording, gone), one) for one in tickets[:PAGE]]
    entries += map(Entry, card.more(len(tickets) - PAGE, wording))
    return Found(wording.desk("list.found", number=len(asked) + len(tickets)), entries)


def _unproved(page: Page, number: int, wording: Wording, gone: frozenset[str]) -> Iterator[Entry]:
    found = [one for one in page.tickets if is_unproved(one)]
    if found:
        yield Entry(wording.desk("form.unproved", number=number))
    yield from (Entry(line(one, wording, gone), one) for one in found)


def _questions(desk: Registry) -> Iterator[Entry]:
    waiting, wording = desk.inquiries(), desk.wording
    for inquiry in waiting[:_MOST_OTHERS]:
        yield Entry(inquiry_card.line(inquiry, wording), inquiry)
    yield from map(Entry, card.more(len(waiting) - _MOST_OTHERS, wording))


def _damaged(desk: Registry) -> Iterator[Entry]:
    found, wording = desk.damaged(ended=False), desk.wording
    yield from map(Entry, card.damaged(found[:_MOST_OTHERS], wording))
    yield from map(Entry, card.more(len(found) - _MOST_OTHERS, wording))


def _head(words: Words, page: Page, wording: Wording) -> str:
    named = ", ".join(name(word, wording) for word in filters.ALL if word in words)
    return wording.desk("list.head", filters=named, page=page.number, pages=page.pages)


def _choice(word: Word, words: Words, wording: Wording) -> Choice:
    chosen = word in words
    label = f"✓ {name(word, wording)}" if chosen else name(word, wording)
    return Choice(label, View(filters.toggled(words, word)), chosen)


def _pages(words: Words, page: Page, wording: Wording) -> Iterator[Choice]:
    if page.number > 1:
        yield Choice(wording.desk("list.before"), View(words, page.number - 1))
    if page.number < page.pages:
        yield Choice(wording.desk("list.after"), View(words, page.number + 1))


def name(word: Word, wording: Wording) -> str:
    """Return what a filter is called."""
    if word in set(Right):
        return wording.text(f"right.{word}")
    return wording.desk(f"state.{word}" if word in filters.STATES else f"filter.{word}")


def summary(
    ticket: Ticket, wording: Wording, gone: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return number, right, state, due day, language and owner of a ticket; `gone` are away."""
    right = wording.text(f"right.{ticket.right}") + writer.for_somebody(ticket, wording)
    owner = wording.owner(ticket.owner)
    if owner and ticket.owner in gone:
        owner = wording.desk("away.owner", name=owner)
    state = wording.desk(f"state.{ticket.state}")
    return ticket.number, right, state, _due(ticket, wording), ticket.language, owner


def _due(ticket: Ticket, wording: Wording) -> str:
    """Return the due day, and of an open ticket how near it is or how long past."""
    today = wording.today()
    due = ticket.clock.end(today).due
    day = wording.label("day", day=due.isoformat())
    if ticket.state not in OPEN:
        return day
    still = ticket.clock.suspended_on is not None
    return wording.desk("list.due", day=day, days=(due - today).days, still=still)


def line(ticket: Ticket, wording: Wording, gone: frozenset[str] = frozenset()) -> str:
    """Return what a list says of a ticket, in one line."""
    return " · ".join(filter(None, summary(ticket, wording, gone)))
