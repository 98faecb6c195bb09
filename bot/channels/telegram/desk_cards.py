"""What the staff's group is shown: a card for each ticket and question, its history below it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.channels.desk import card, port
from bot.channels.desk.form import DETAILS, actions, press
from bot.channels.desk.port import DeskHouse, Subject
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.client import inline
from bot.channels.telegram.members import StaffGroup
from bot.core.effects import Alarm, Remind, ReportDenial, ShowInquiry, ShowTicket, ToStaff
from bot.core.messages import Button
from bot.core.tickets.inquiries import ANSWER
from bot.core.tickets.ticket import Ticket
from bot.errors import Gone, TryLater

_ROW = 2


class Board:
    """The cards and lines in the staff's group."""

    def __init__(self, house: DeskHouse, group: StaffGroup) -> None:
        self._house = house
        self._group = group

    async def tell(self, told: ToStaff) -> None:
        """Tell the group. Raises DeliveryError.

        What the group does not take, since the bot is not in it, it takes when that is mended.
        """
        try:
            match told:
                case ShowTicket(ticket=id) | ShowInquiry(inquiry=id):
                    await self._show(id)
                case ReportDenial() | Remind() | Alarm():
                    await self._line(told)
        except Gone as error:
            raise TryLater(str(error)) from None

    async def _show(self, id: str) -> None:
        """Show a card, or bring it up to date; what has happened since stands in replies to it."""
        # Read before the ticket: of what happens in between the next telling then finds a line.
        history = await asyncio.to_thread(self._house.history, id)
        subject = await asyncio.to_thread(port.subject_of, self._house, id)
        if subject is None:
            return
        message, shown = await self._card_of(id)
        if message is not None and shown == len(history):
            return
        html, keyboard = await asyncio.to_thread(self._card, subject)
        if message is not None and await self._group.edit(message, html, keyboard):
            await self._tell_history(history[shown:], message)
        else:
            message = await self._group.send(html, keyboard)
        place = self._group.place(message)
        await asyncio.to_thread(self._house.keep_card, id, GROUP, place, len(history))

    async def _card_of(self, id: str) -> tuple[int | None, int]:
        """Return where the card stands, if it does, and how much of the history is told."""
        known = await asyncio.to_thread(self._house.card_at, id, GROUP)
        return (self._group.at(known[0]), known[1]) if known else (None, 0)

    async def _tell_history(self, since: Sequence[card.Happening], message: int) -> None:
        for html in markup.lines(card.happened(one, self._house) for one in since):
            await self._group.send(html, reply_to=message)

    def _card(self, subject: Subject) -> tuple[str, InlineKeyboardMarkup | None]:
        buttons = [
            Button(
                label=port.button(self._house, action),
                token=press(self._house.buttons_key, action, subject),
            )
            for action in _offered(subject)
        ]
        rows = [buttons[start : start + _ROW] for start in range(0, len(buttons), _ROW)]
        title, face = port.title(self._house, subject), port.face(self._house, subject)
        return markup.face(title, face), inline(rows)

    async def _line(self, told: ReportDenial | Remind | Alarm) -> None:
        lines = await asyncio.to_thread(lambda: list(card.told(told, self._house)))
        if isinstance(told, ReportDenial):
            name = self._house.name(told.actor)
            told_to = port.text(self._house, "form.answering", name=name, text="\n".join(lines))
            lines = [told_to]
        message = await self._about(getattr(told, "number", ""))
        for html in markup.lines(lines):
            await self._group.send(html, reply_to=message)

    async def _about(self, number: str) -> int | None:
        """Return the card of a ticket or question by its number, if it stands in the group."""
        found = await asyncio.to_thread(self._numbered, number) if number else None
        return (await self._card_of(found.id))[0] if found else None

    def _numbered(self, number: str) -> Subject | None:
        return self._house.ticket(number) or self._house.inquiry(number)


def _offered(subject: Subject) -> Sequence[str]:
    if isinstance(subject, Ticket):
        return actions(subject)
    return () if subject.closed_at else (ANSWER, DETAILS)
