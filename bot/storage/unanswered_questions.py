"""What was asked in vain, masked: by day, sealed, and with nothing of who wrote it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select

from bot.core.unanswered import Unanswered
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys

_TABLE = tables.unanswered_questions
MOST_OF_A_DAY = 50  # so that nobody can fill the database, or a working day of staff


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuestion:
    """A question that waits for review, and the day on which it was asked."""

    id: str
    day: date
    question: Unanswered


class UnansweredQuestions:
    """The questions that wait for review, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def keep(self, day: date, question: Unanswered) -> bool:
        """Keep a question of a day; tell whether that still had room."""
        rows = select(func.count()).select_from(_TABLE).where(_TABLE.c.day == day)
        if self._db.execute(rows).scalar_one() >= MOST_OF_A_DAY:
            return False
        new = str(uuid4())
        sealed = self._keys.seal(to_json(question), _place(new), "questions")
        self._db.execute(insert(_TABLE).values(id=new, day=day, sealed=sealed))
        return True

    def waiting(self) -> list[KeptQuestion]:
        """Return the questions, earliest day first; one that is damaged is left out."""
        found: list[KeptQuestion] = []
        for row in self._db.execute(select(_TABLE).order_by(_TABLE.c.day, _TABLE.c.id)):
            with suppress(KeyFault, ValueError):
                text = self._keys.unseal(row.sealed, _place(row.id), "questions")
                question = from_json(Unanswered, text)
                found.append(KeptQuestion(id=row.id, day=row.day, question=question))
        return found

    def damaged(self) -> int:
        """Return how many questions cannot be opened."""
        rows = select(func.count()).select_from(_TABLE)
        return self._db.execute(rows).scalar_one() - len(self.waiting())

    def drop(self, id: str) -> bool:
        """Delete a question; tell whether it was there."""
        return self._db.execute(delete(_TABLE).where(_TABLE.c.id == id)).rowcount == 1

    def purge(self, until: date) -> int:
        """Delete the questions of a day and of those before it; return how many."""
        return self._db.execute(delete(_TABLE).where(_TABLE.c.day <= until)).rowcount


def _place(id: str) -> str:
    return f"unanswered_questions/{id}"
