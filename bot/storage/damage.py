"""Finds rows that cannot be opened: a flipped bit, a lost key, an overwritten page.

Otherwise damage stays unnoticed until somebody needs the row: sealed data is opened only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.storage import tables
from bot.storage.store import concerns_all
from bot.storage.unit import Unit

_SOUND = "ok"  # what SQLite says of a file in which it finds nothing wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something that is damaged; `number` when it is a ticket or an inquiry."""

    what: str
    number: str = ""


def damage(unit: Unit) -> Iterator[Damage]:
    """Open every row that is sealed, and return those that cannot be.

    Raises what the database reports when it cannot be used at all.
    """
    looks: dict[str, Callable[[], Iterable[Damage]]] = {
        "tickets": lambda: (Damage(what=each, number=each) for each in unit.tickets.damaged()),
        "inquiries": lambda: (Damage(what=each, number=each) for each in unit.inquiries.damaged()),
        "dialogues": lambda: _counted(unit.dialogues.damaged(), "conversations"),
        "drafts": lambda: _counted(unit.drafts.damaged(), "unfinished forms"),
        "ticket_files": lambda: _counted(len(list(unit.files.damaged())), "files of tickets"),
        "suppressions": lambda: _counted(unit.suppressions.damaged(), "suppressed contacts"),
        "unanswered_questions": lambda: _counted(
            unit.unanswered_questions.damaged(), "questions to learn from"
        ),
        "inbox": lambda: (Damage(what=f"event {no}") for no in unit.inbox.damaged()),
        "outbox": lambda: (Damage(what=f"effect {no}") for no in unit.outbox.damaged()),
        "audit": lambda: _read(unit),
    }
    for table, look in looks.items():
        try:
            yield from look()
        except DBAPIError as error:
            if concerns_all(error):
                raise
            yield Damage(what=f"table {table}")


def page_damage(unit: Unit) -> Damage | None:
    """Have SQLite look its file over; None when that is sound, or on another database."""
    if unit.connection.dialect.name != "sqlite":
        return None
    try:
        found = unit.connection.execute(text("PRAGMA quick_check(1)")).scalar()
    except DBAPIError as error:
        if concerns_all(error):
            raise
        found = None
    return None if found == _SOUND else Damage(what="pages of the database file")


def _counted(number: int, what: str) -> Iterator[Damage]:
    if number:
        yield Damage(what=f"{number} {what}")


def _read(unit: Unit) -> Iterable[Damage]:
    """Read every row of what is not sealed."""
    unit.connection.execute(select(func.sum(func.length(tables.audit.c.hash)))).scalar()
    return ()
