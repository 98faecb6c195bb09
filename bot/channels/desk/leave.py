"""That a member of staff is away for some days, or is back: the same at every desk."""

from __future__ import annotations

from bot.channels.desk import card
from bot.channels.desk.port import Desk
from bot.core.tickets import absence
from bot.core.tickets.ticket import Actor, Denial


def said(desk: Desk, actor: Actor, text: str, place: str) -> str:
    """Take the day on which somebody is back, or `-` once they are; return what is told of it.

    `place` is the desk where it was said.
    """
    told = noted(desk, actor, text, place)
    return card.refusal(told, desk.wording) if isinstance(told, Denial) else told


def noted(desk: Desk, actor: Actor, text: str, place: str) -> str | Denial:
    """Do as `said` does, and return what is wrong with a day that is not taken."""
    wording = desk.wording
    name, today = wording.name(actor.key), wording.today()
    back = absence.back_on(text, today)
    if isinstance(back, Denial):
        return back
    desk.keep_absence(actor, back, place)
    if back == today:
        return wording.desk("away.ended", name=name)
    return wording.desk("away.begun", name=name, back=back.isoformat())


def now(desk: Desk, actor: Actor) -> str:
    """Return until when somebody is away; empty when they are not."""
    absences, wording = desk.absences(), desk.wording
    if actor.key not in absence.away(absences, wording.today()):
        return ""
    return wording.desk("away.now", back=absences[actor.key].isoformat())
