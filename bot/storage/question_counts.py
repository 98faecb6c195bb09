"""How often which topic was asked about: numbers by day and language, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date
from secrets import randbelow

from sqlalchemy import Connection, delete, func, select

from bot.core.catalog import Language
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.storage import tables
from bot.storage.upsert import adding

_TABLE = tables.question_counts
# A count is spread over so many rows where several write at once: else all who ask about the same
# would wait for each other's commit.
_SLOTS = 16


class QuestionCounts:
    """The counts, within one transaction, which stores them all with one statement at its end."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._new: Counter[tuple[date, Language, AskedTopic]] = Counter()

    def add(self, day: date, language: Language, asked: AskedTopic) -> None:
        """Count a question of a day."""
        self._new[day, language, asked] += 1

    def store(self) -> None:
        """Store what was counted in this transaction."""
        if not self._new:
            return
        dialect = self._db.dialect.name
        slot = randbelow(_SLOTS) if dialect == "postgresql" else 0
        rows = [
            {
                "day": day,
                "language": language,
                "topic": asked.topic,
                "result": asked.result,
                "slot": slot,
                "number": number,
            }
            for (day, language, asked), number in sorted(self._new.items(), key=str)
        ]
        self._db.execute(adding(dialect, _TABLE, "number"), rows)
        self._new.clear()

    def between(self, first: date, last: date) -> dict[Language, dict[AskedTopic, int]]:
        """Return what was asked on these days and those between, by language."""
        kind = (_TABLE.c.language, _TABLE.c.topic, _TABLE.c.result)
        rows = select(*kind, func.sum(_TABLE.c.number)).group_by(*kind).order_by(*kind)
        found: dict[Language, dict[AskedTopic, int]] = {}
        for language, topic, result, number in self._db.execute(
            rows.where(_TABLE.c.day.between(first, last))
        ):
            asked = AskedTopic(topic=topic, result=QuestionResult(result))
            found.setdefault(Language(language), {})[asked] = int(number)
        return found

    def purge(self, before: date) -> int:
        """Delete the counts of the days before one; return how many rows."""
        return self._db.execute(delete(_TABLE).where(_TABLE.c.day < before)).rowcount
