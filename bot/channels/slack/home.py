"""The home tab: a person's own tickets, or for staff the open ones by due date."""

from __future__ import annotations

from typing import Protocol

from bot.channels import card, deskhouse
from bot.channels.form import DETAILS
from bot.channels.slack import blocks
from bot.channels.slack.blocks import Json
from bot.channels.slack.desk import Desk
from bot.core.catalog import Language, Notice
from bot.core.messages import Message
from bot.core.tickets import Person

RESTART = "home:restart"
_MOST = 40


class House(deskhouse.DeskHouse, Protocol):
    """What a home tab needs of the running assistant."""

    def status(self, person: Person, language: Language | None) -> Message:
        """Return what a person is told of their tickets."""

    @property
    def notice(self) -> Notice:
        """The privacy notice."""


def of_person(house: House, person: Person, guessed: Language | None) -> Json:
    """Return a customer's home tab."""
    language = guessed or house.language
    notice = house.notice
    version = house.text("home.notice", language, version=notice.version, date=notice.date)
    restart = blocks.button(house.text("home.restart", language), RESTART, "restart")
    return _home(
        [
            blocks.header(house.text("home.title", language)),
            *blocks.message(house.status(person, language))[0].blocks,
            {"type": "divider"},
            *blocks.lines([house.text("home.start", language)]),
            *blocks.actions([restart]),
            *blocks.lines([version]),
        ]
    )


def of_staff(house: House, desk: Desk) -> Json:
    """Return the home tab of a member of staff."""
    shown = [blocks.header(house.text("home.desk", house.language))]
    tickets = house.tickets(ended=False)[:_MOST]
    for ticket in tickets:
        line = " · ".join(card.summary(ticket, house))
        shown += [*blocks.lines([line]), *blocks.actions([desk.button(DETAILS, ticket)])]
    for inquiry in house.inquiries()[: _MOST - len(tickets)]:
        shown += blocks.lines([deskhouse.title(house, inquiry)])
    if len(shown) == 1:
        shown += blocks.lines([deskhouse.text(house, "form.none")])
    return _home(shown)


def _home(shown: list[Json]) -> Json:
    return {"type": "home", "blocks": shown}
