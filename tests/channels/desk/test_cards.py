"""Cards that are kept up to date on whatever surface a desk has."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.desk.cards import CardKeeper, Face
from bot.core.catalog import Language, Right
from bot.core.events import FromCustomer, Requested, StaffActed
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action, Person, Ticket
from bot.errors import TryLater
from tests.transactions import transactions

DESK = "test"
MATTI = Person(channel="test", account="matti")


@dataclass
class Wall:
    """A surface that keeps what it is given; places are those of a room that can change."""

    room: str = "old"
    faces: dict[str, Face] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    edits: int = 0
    broken: bool = False

    def holds(self, place: str) -> bool:
        return place.startswith(self.room)

    async def post(self, face: Face) -> str:
        place = f"{self.room} {len(self.faces)}"
        self.faces[place] = face
        return place

    async def edit(self, place: str, face: Face) -> bool:
        if place not in self.faces:
            return False
        self.edits += 1
        self.faces[place] = face
        return True

    async def reply(self, place: str, lines: Sequence[str]) -> None:
        if self.broken:
            raise TryLater("no")
        self.lines.setdefault(place, []).extend(lines)


@pytest.fixture
def url(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/data/seloste.db"


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def ticket(app: Assistant) -> Ticket:
    form = Requested(
        right=Right.ERASURE, name="Matti", email="m@example.com", details="", language=Language.FI
    )
    take(app, app.intake.inbound("1", FromCustomer(person=MATTI, event=form)))
    [opened] = app.queries.tickets(ended=False)
    return opened


def shows(app: Assistant, wall: Wall, ticket: Ticket) -> None:
    asyncio.run(CardKeeper(app.queries, wall, DESK).show(ticket.id))


def asks(app: Assistant, ticket: Ticket, text: str = "Mitä?") -> None:
    command = Command(action=Action.ASK, text=text)
    acted = StaffActed(ticket=ticket.id, actor=app.actors["Sari"], command=command)
    take(app, app.intake.inbound(f"ask {text}", acted, DESK))


def test_a_card_is_posted_once_and_then_brought_up_to_date(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    shows(app, wall, ticket)
    shows(app, wall, ticket)
    assert (len(wall.faces), wall.edits) == (1, 0)
    asks(app, ticket)
    shows(app, wall, ticket)
    [(place, face)] = wall.faces.items()
    assert wall.edits == 1
    [line] = wall.lines[place]
    assert "Sari: kysymys" in line
    assert face.title.startswith(ticket.number)


def test_two_changes_at_once_make_one_edit_and_two_lines(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    shows(app, wall, ticket)
    asks(app, ticket, "Mitä?")
    asks(app, ticket, "Milloin?")
    shows(app, wall, ticket)
    assert wall.edits == 1
    assert [len(lines) for lines in wall.lines.values()] == [2]


def test_a_card_costs_one_read_and_a_write_only_when_it_was_changed(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    with transactions() as posted:
        shows(app, wall, ticket)
    with transactions() as unchanged:
        shows(app, wall, ticket)
    asks(app, ticket)
    with transactions() as changed:
        shows(app, wall, ticket)
    assert posted == ["read", "write"]
    assert unchanged == ["read"]
    assert changed == ["read", "write"]


def test_a_card_that_was_deleted_is_posted_again_as_it_stands_now(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    shows(app, wall, ticket)
    wall.faces.clear()
    asks(app, ticket)
    shows(app, wall, ticket)
    assert len(wall.faces) == 1
    assert not wall.lines


def test_a_desk_that_has_moved_gets_its_cards_there(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    shows(app, wall, ticket)
    wall.room = "new"
    shows(app, wall, ticket)
    assert [place.split()[0] for place in wall.faces] == ["old", "new"]


def test_what_could_not_be_told_below_a_card_is_told_by_the_next_try(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    shows(app, wall, ticket)
    asks(app, ticket)
    wall.broken = True
    with pytest.raises(TryLater):
        shows(app, wall, ticket)
    wall.broken = False
    shows(app, wall, ticket)
    assert [len(lines) for lines in wall.lines.values()] == [1]


def test_what_is_gone_is_not_shown(app: Assistant, wall: Wall, ticket: Ticket) -> None:
    with app.store.transaction() as unit:
        unit.erase([ticket.id], app.clock())
    shows(app, wall, ticket)
    assert not wall.faces


def test_the_place_of_a_card_is_known_by_its_number(
    app: Assistant, wall: Wall, ticket: Ticket
) -> None:
    keeper = CardKeeper(app.queries, wall, DESK)
    assert asyncio.run(keeper.place_of(ticket.number)) is None
    shows(app, wall, ticket)
    assert asyncio.run(keeper.place_of(ticket.number)) == next(iter(wall.faces))
    assert asyncio.run(keeper.place_of("")) is None
