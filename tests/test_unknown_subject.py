"""A ticket or question that is not there is refused as that, and not as one that has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.desk import card
from bot.core.catalog import Language
from bot.core.effects import ReportDenial
from bot.core.events import StaffActed, StaffAnswered
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action, Denial
from tests.test_service import Talk, erasure

SAID = {
    Language.FI: "Tällaista pyyntöä tai kysymystä ei ole, tai se on jo poistettu.",
    Language.EN: "There is no such request or question, or it has been removed.",
    Language.SV: "Det finns ingen sådan begäran eller fråga, eller så har den redan tagits bort.",
}


def acted(app: Assistant, id: str) -> StaffActed:
    confirm = Command(action=Action.CONFIRM, version=1)
    return StaffActed(ticket=id, actor=app.actors["Mika"], command=confirm)


def answered(app: Assistant, id: str) -> StaffAnswered:
    return StaffAnswered(inquiry=id, actor=app.actors["Mika"], version=1, text="Kyllä.")


@pytest.mark.parametrize("event", [acted, answered])
def test_what_never_was_is_unknown(
    app: Assistant, event: Callable[[Assistant, str], StaffActed | StaffAnswered]
) -> None:
    attempt = event(app, "nowhere")
    assert app.queries.case("nowhere") is None
    take(app, app.intake.inbound("1", attempt, "test"))
    talk = Talk(app)
    talk.deliver()
    (told,) = talk.told
    assert isinstance(told, ReportDenial)
    assert (told.denial, told.number, told.first) == (Denial.UNKNOWN, "", "")
    for language, said in SAID.items():
        wording = replace(app.queries.wording, language=language)
        assert list(card.told(told, wording)) == [said]


def test_what_was_removed_is_unknown_and_nobody_was_first(app: Assistant) -> None:
    talk = erasure(app)
    with app.store.transaction() as unit:
        (ticket,) = unit.tickets.by_due_date()
        unit.erase([ticket.id], app.clock())
    attempt = acted(app, ticket.id)
    assert app.queries.case(ticket.id) is None
    talk.told.clear()
    take(app, app.intake.inbound("late", attempt, "test"))
    talk.deliver()
    (told,) = talk.told
    assert list(card.told(told, app.queries.wording)) == [SAID[Language.FI]]
