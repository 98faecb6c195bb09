"""Documents that staff ask for by words, made for the one who asks and for nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.desk import card
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.port import Desk, Document, PrivateText
from bot.channels.desk.register_file import Format
from bot.core.tickets.month_report import Month
from bot.core.tickets.record import Observed
from bot.core.tickets.register import ALL_STATES, Sought
from bot.core.tickets.ticket import Actor, Denial, Role

CASE, REPORT, EXPORT, CALENDAR = "case", "report", "export", "calendar"
PERSONAL, NEW = "personal", "new"
_MONTHS = 12  # offered for a report


def asked(desk: Desk, said: str, actor: Actor, place: str) -> Document | PrivateText | str:
    """Return what somebody asks for at a desk, or what is wrong with their words.

    Whoever may see the details of each ticket may have its record. What tells of all persons at
    once, or takes from others what they have, is for approvers.
    """
    kinds: Mapping[str, Callable[[Desk, str, Actor, str], Document | PrivateText | str]] = {
        CASE: _case,
        REPORT: _report,
        EXPORT: _export,
        CALENDAR: _calendar,
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


def _export(desk: Desk, words: str, actor: Actor, place: str) -> Document | str:
    said = words.casefold()
    if said not in ("", PERSONAL):
        return desk.wording.desk("document.which_export")
    if said and (refused := _only_approvers(desk, actor, place)):
        return refused
    sought = Sought(states=ALL_STATES)
    return desk.documents.register(sought, Format.XLSX, actor, place, personal=bool(said))


def _calendar(desk: Desk, words: str, actor: Actor, place: str) -> PrivateText | str:
    said = words.casefold()
    if said not in ("", NEW):
        return desk.wording.desk("document.which_calendar")
    if said and (refused := _only_approvers(desk, actor, place)):
        return refused
    link = desk.documents.calendar_link(actor, place, new=bool(said))
    return PrivateText(desk.wording.desk("document.link", link=link))


def _only_approvers(desk: Desk, actor: Actor, place: str) -> str:
    """Return what others are told, which the audit chain notes; empty to an approver."""
    if Role.APPROVER in actor.roles:
        return ""
    desk.note_access(Observed.DENIED, actor, place, facts={"denial": Denial.NOT_YOUR_ROLE})
    return desk.wording.desk("document.approvers")
