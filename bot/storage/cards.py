"""Where the cards of tickets and inquiries are, one on each desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage import tables


@dataclass(frozen=True, slots=True)
class Card:
    """A card's place, as its channel names it, and how many lines of history are below it."""

    place: str
    history_shown: int = 0


class Cards:
    """The cards, within one transaction. `subject` is the id of a ticket or an inquiry."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def at(self, subject: str, desk: str) -> Card | None:
        """Return where a card is on a desk; None when it was never shown there."""
        row = self._db.execute(select(tables.cards).filter_by(subject=subject, desk=desk)).first()
        return None if row is None else Card(place=row.place, history_shown=row.history_shown)

    def keep(self, subject: str, desk: str, card: Card) -> None:
        """Store where a card is."""
        values = {"place": card.place, "history_shown": card.history_shown}
        row = update(tables.cards).filter_by(subject=subject, desk=desk).values(values)
        if not self._db.execute(row).rowcount:
            self._db.execute(insert(tables.cards), {"subject": subject, "desk": desk, **values})

    def destroy(self, subjects: Iterable[str]) -> None:
        """Forget where cards are."""
        table = tables.cards
        self._db.execute(delete(table).where(table.c.subject.in_(list(subjects))))
