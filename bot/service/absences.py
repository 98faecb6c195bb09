"""Where it is noted who on the staff is away, and until when."""

from __future__ import annotations

from datetime import date

from bot.core.tickets.absence import Absences
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Actor
from bot.storage.unit import Unit


def noted(unit: Unit, rules: Rules) -> Absences:
    """Return the day on which each member of staff is or was back, of those who were away."""
    days = {actor: unit.meta.get(_name(actor)) for actor in rules.staff}
    return {actor: date.fromisoformat(day) for actor, day in days.items() if day}


def note(unit: Unit, actor: Actor, back: date, record: Record) -> None:
    """Note on which day somebody is back."""
    unit.meta.set(_name(actor.key), back.isoformat())
    unit.audit.append(record)


def _name(actor: str) -> str:
    return f"away:{actor}"
