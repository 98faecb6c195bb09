"""The cards in the staff's group: one for each ticket and question, its history below it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.channels.desk import card
from bot.channels.desk.cards import CardKeeper, Face
from bot.channels.desk.port import Desk
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.keyboards import inline
from bot.channels.telegram.members import StaffGroup
from bot.core.effects import ReportDenial, ShowInquiry, ShowTicket, ToStaff
from bot.core.messages import Button
from bot.errors import Gone, TryLater

_ROW = 2


class Board:
    """The cards and lines in the staff's group."""

    def __init__(self, desk: Desk, group: StaffGroup) -> None:
        self._desk = desk
        self._group = group
        self._cards = CardKeeper(desk, self, GROUP)

    async def tell(self, told: ToStaff) -> None:
        """Tell the group. Raises DeliveryError.

        What fails because the bot was removed from the group is retried until it is back.
        """
        try:
            match told:
                case ShowTicket(ticket=id) | ShowInquiry(inquiry=id):
                    await self._cards.show(id)
                case _:
                    place = await self._cards.place_of(told.number)
                    await self._post(self._lines(told), place)
        except Gone as error:
            raise TryLater(str(error)) from None

    def _lines(self, told: ToStaff) -> Sequence[str]:
        wording = self._desk.wording
        lines = card.told(told, wording)
        if not isinstance(told, ReportDenial):
            return lines
        name = wording.name(told.actor)
        return [wording.desk("form.answering", name=name, text="\n".join(lines))]

    # The surface of the cards

    def holds(self, place: str) -> bool:
        """Tell whether a place is where the group is now."""
        return self._group.at(place) is not None

    async def post(self, face: Face) -> str:
        """Post a card; return its place."""
        message = await self._group.send(markup.face(face.title, face.rows), _keyboard(face))
        return self._group.place(message)

    async def edit(self, place: str, face: Face) -> bool:
        """Update a card in place; False when it can no longer be changed."""
        message = self._group.at(place)
        if message is None:
            return False
        html = markup.face(face.title, face.rows)
        return await self._group.edit(message, html, _keyboard(face))

    async def reply(self, place: str, lines: Sequence[str]) -> None:
        """Post lines below a card."""
        await self._post(lines, place)

    async def _post(self, lines: Sequence[str], place: str | None) -> None:
        message = self._group.at(place) if place else None
        for html in markup.lines(lines):
            await self._group.send(html, reply_to=message)


def _keyboard(face: Face) -> InlineKeyboardMarkup | None:
    buttons = [Button(label=one.label, token=one.token) for one in face.buttons]
    return inline([buttons[start : start + _ROW] for start in range(0, len(buttons), _ROW)])
