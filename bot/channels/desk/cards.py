"""Keeps the cards of a desk up to date: one for each ticket and question, with history below."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.channels.desk import card
from bot.channels.desk.form import Subject
from bot.channels.desk.offers import offered
from bot.channels.desk.port import CardPosition, Case, Desk
from bot.channels.desk.press import press
from bot.channels.desk.wording import Wording


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button of a card; the token names action, subject and version, and is tagged."""

    action: str
    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows."""

    title: str
    rows: Sequence[card.Row]
    buttons: Sequence[CardButton]


class Surface(Protocol):
    """Where a desk shows its cards. What its methods raise is a DeliveryError."""

    def holds(self, place: str) -> bool:
        """Tell whether a place is on the desk as it is now."""

    async def post(self, face: Face) -> str:
        """Post a card; return its place."""

    async def edit(self, place: str, face: Face) -> bool:
        """Update a card in place; False when it can no longer be changed."""

    async def reply(self, place: str, lines: Sequence[str]) -> None:
        """Post lines below a card."""


class CardKeeper:
    """Keeps the cards of one desk (a channel's name) on its surface."""

    def __init__(self, desk: Desk, surface: Surface, name: str) -> None:
        self._desk = desk
        self._surface = surface
        self._name = name

    async def show(self, id: str) -> None:
        """Post or update a card, and post below it what has happened since.

        A card that was posted but not recorded is posted again: better twice than not at all.
        """
        case = await asyncio.to_thread(self._desk.case, id, self._name)
        if case is None:
            return
        card_here = self._here(case)
        if card_here and card_here.history_shown == len(case.history):
            return
        face = face_of(case.subject, self._desk.wording, self._desk.buttons_key)
        if card_here and await self._surface.edit(card_here.place, face):
            place = card_here.place
            since = case.history[card_here.history_shown :]
            await self._surface.reply(
                place, [card.happened(one, self._desk.wording) for one in since]
            )
        else:
            place = await self._surface.post(face)
        position = CardPosition(place, len(case.history))
        await asyncio.to_thread(self._desk.keep_card, id, self._name, position)

    async def place_of(self, number: str) -> str | None:
        """Return where the card of a ticket or question is, if anywhere."""
        if not number:
            return None
        case = await asyncio.to_thread(self._desk.case_numbered, number, self._name)
        found = self._here(case) if case else None
        return found.place if found else None

    def _here(self, case: Case) -> CardPosition | None:
        return case.card if case.card and self._surface.holds(case.card.place) else None


def face_of(subject: Subject, wording: Wording, key: bytes) -> Face:
    """Return what a card shows of a ticket or question as it stands now."""
    actions = offered(subject, wording.clock(), wording.rules)
    return Face(
        title=card.title(subject, wording),
        rows=card.face(subject, wording),
        buttons=[card_button(action, subject, wording, key) for action in actions],
    )


def card_button(action: str, subject: Subject, wording: Wording, key: bytes) -> CardButton:
    """Return a button by which an action on a subject is begun."""
    return CardButton(action, wording.button(action), press(key, action, subject))
