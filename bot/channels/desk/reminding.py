"""Reminders to staff, one line each, grouped by owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.channels.desk import inquiry_card
from bot.channels.desk.wording import Wording
from bot.core.effects import Remind, RemindOfInquiry


def by_owner(reminders: Sequence[Remind | RemindOfInquiry], wording: Wording) -> Iterator[str]:
    """Yield the reminders of what nobody owns, and then each person's below their name."""
    by: dict[str, list[str]] = {"": []}
    for one in reminders:
        owner = one.owner if isinstance(one, Remind) else ""
        by.setdefault(owner, []).append(line(one, wording))
    for owner, lines in by.items():
        if owner:
            yield wording.desk("digest_of", name=wording.owner(owner))
        yield from lines


def line(one: Remind | RemindOfInquiry, wording: Wording) -> str:
    """Return one reminder in a line."""
    if isinstance(one, RemindOfInquiry):
        return inquiry_card.reminder(one, wording)
    if one.task:
        return wording.desk("reminder_of_task", number=one.number, task=one.task, days=one.days)
    return wording.desk("reminder", number=one.number, days=one.days)
