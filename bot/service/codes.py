"""One-time codes within the transaction of one event: what was sent before, and what is noted."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.core.effects import Alarm, AlarmReason
from bot.core.tickets import code_budget
from bot.core.tickets.code_budget import CodeEvent, CodeNote, Limit, SentCodes
from bot.core.tickets.rules import Rules
from bot.storage.unit import Unit

_ALARMS: Mapping[Limit, AlarmReason] = {
    Limit.ADDRESS: AlarmReason.CODES_TO_ADDRESS,
    Limit.DOMAIN: AlarmReason.CODES_TO_DOMAIN,
    Limit.ALL: AlarmReason.CODES_IN_ALL,
}


class CodeTally:
    """What happened with codes since the process began, for the metrics; nothing personal."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter(dict.fromkeys(CodeEvent, 0))
        self._lock = threading.Lock()

    def add(self, event: CodeEvent) -> None:
        """Count one event."""
        with self._lock:
            self._counts[event] += 1

    def counts(self) -> Mapping[str, int]:
        """Return how often each event happened."""
        with self._lock:
            return dict(self._counts)


class CodeBook:
    """The history of codes, as far as it counts for one person.

    `persons` are the hashes under which they may be noted, the present one first.
    """

    def __init__(self, unit: Unit, persons: Sequence[str], rules: Rules, now: datetime) -> None:
        self._unit = unit
        self._persons = persons
        self._rules = rules
        self._now = now

    def sent_to(self, email: str) -> SentCodes:
        """When codes were sent to an address, and on behalf of this person."""
        return self._unit.code_letters.sent(self._persons, email, self._rules.codes, self._now)

    def knows(self, word: str) -> bool:
        """Whether a letter with a code that was sent lately holds this word."""
        return self._unit.code_letters.knows(word)

    def note(self, notes: Iterable[CodeNote], tally: CodeTally) -> Iterator[Alarm]:
        """Note what happened; return what staff are to be alarmed of."""
        for one in notes:
            self._unit.changes.after.append(partial(tally.add, one.event))
            match one.event:
                case CodeEvent.SENT:
                    self._note_letter(one)
                case CodeEvent.LIMITED if one.limit and one.limit in _ALARMS:
                    yield from self._once_a_day(_ALARMS[one.limit], one.number)
                case CodeEvent.WRONG:
                    wrong = self._unit.code_letters.count_wrong(self._now)
                    if code_budget.guessed_unusually(wrong, self._rules.codes):
                        yield from self._once_a_day(AlarmReason.CODES_GUESSED, one.number)
                case CodeEvent.DISOWNED:
                    for number in self._unit.code_letters.disown(
                        self._persons, one.word, self._now
                    ):
                        yield Alarm(trouble=AlarmReason.DISOWNED, number=number)

    def wrong(self, number: str, tally: CodeTally) -> list[Alarm]:
        """Note that a wrong code was tried on a ticket; return what staff are to be alarmed of."""
        return list(self.note([CodeNote(event=CodeEvent.WRONG, number=number)], tally))

    def _note_letter(self, sent: CodeNote) -> None:
        self._unit.code_letters.note(
            self._persons[0], sent.email, sent.word, sent.number, self._now, stranger=sent.stranger
        )

    def _once_a_day(self, trouble: AlarmReason, number: str) -> Iterator[Alarm]:
        """Alarm of something that is met again and again while it lasts: the first time a day."""
        if self._unit.meta.first_of_day(f"alarm:{trouble}", self._rules.today(self._now)):
            yield Alarm(trouble=trouble, number=number)
