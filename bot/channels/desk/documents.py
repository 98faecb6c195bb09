"""Documents that staff ask for by words, made for the one who asks and for nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.desk import card
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.port import Desk, Document
from bot.core.tickets.month_report import Month
from bot.core.tickets.ticket import Actor

CASE, REPORT = "case", "report"
_MONTHS = 12  # offered for a report


def asked(desk: Desk, said: str, actor: Actor, place: str) -> Document | str:
    """Return what somebody asks for at a desk, or what is wrong with their words.

    Whoever may see the details of each ticket may have its record, and the figures of a month.
    """
    kinds: Mapping[str, Callable[[Desk, str, Actor, str], Document | str]] = {
        CASE: _case,
        REPORT: _report,
    }
    kind, _, words = said.partition(" ")
    if kind not in kinds:
        return card.refusal(Obstacle.UNKNOWN, desk.wording)
    return kinds[kind](desk, words.strip(), actor, place)


def months(desk: Desk) -> list[str]:
    """Return the months of which a report is offered, the present one first."""
    today = desk.wording.today()
    this = Month(year=today.year, month=today.month)
    return list(map(str, this.with_those_before(_MONTHS)))


def _case(desk: Desk, number: str, actor: Actor, place: str) -> Document | str:
    if not number:
        return desk.wording.desk("document.which_case")
    made = desk.documents.case(number, actor, place)
    return made or desk.wording.desk("document.no_case")


def _report(desk: Desk, month: str, actor: Actor, place: str) -> Document | str:
    try:
        wanted = Month.of(month)
    except ValueError:
        return desk.wording.desk("document.which_month", month=months(desk)[1])
    return desk.documents.report(wanted, actor, place)
