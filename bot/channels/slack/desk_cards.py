"""The staff's desk in a Slack channel: a card for each ticket, its history in the thread."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.channels.desk import card, port
from bot.channels.desk.form import DETAILS, actions, press
from bot.channels.desk.port import DeskHouse, Subject
from bot.channels.slack import CHANNEL, markup
from bot.channels.slack.client import Client
from bot.channels.slack.markup import Json, Posting
from bot.channels.slack.members import Access
from bot.core.effects import Alarm, Remind, ReportDenial, ShowInquiry, ShowTicket, ToStaff
from bot.core.tickets.inquiries import ANSWER
from bot.core.tickets.ticket import Ticket
from bot.errors import Gone, TryLater

PRESS = "desk:"
_STYLE = {"verify": "primary", "confirm": "primary", "fulfil": "primary", "refuse": "danger"}


class Desk:
    """What staff are shown in their channel."""

    def __init__(self, client: Client, house: DeskHouse, access: Access) -> None:
        self._client = client
        self._house = house
        self._access = access

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        try:
            if not await self._access.closed():
                raise TryLater("slack: the staff channel is shared with another organisation")
            match told:
                case ShowTicket(ticket=id) | ShowInquiry(inquiry=id):
                    await self._show(id)
                case ReportDenial():
                    await self._deny(told)
                case Remind() | Alarm():
                    await self._post([await self._line(told)])
        except Gone as error:
            # The staff's own channel is archived or without the app: an operator can mend that.
            raise TryLater(str(error)) from None

    async def _show(self, id: str) -> None:
        """Show a card, or bring it up to date; what has happened since stands in its thread.

        A card that was posted and not noted is posted again: better twice than not at all.
        """
        # Read before the ticket: of what happens in between the next telling then finds a line.
        history = await asyncio.to_thread(self._house.history, id)
        subject = await asyncio.to_thread(port.subject_of, self._house, id)
        if subject is None:
            return
        at = await asyncio.to_thread(self._house.card_at, id, CHANNEL)
        place, shown = at or ("", 0)
        if shown == len(history):
            return
        posting = await asyncio.to_thread(self._card, subject)
        channel, _, ts = place.partition(":")
        here = channel == self._access.channel
        if here and await self._client.update(channel, ts, posting):
            since = [card.happened(one, self._house) for one in history[shown:]]
            await self._post(since, ts)
        else:
            ts = await self._client.post(self._access.channel, posting)
        place = f"{self._access.channel}:{ts}"
        await asyncio.to_thread(self._house.keep_card, id, CHANNEL, place, len(history))

    def _card(self, subject: Subject) -> Posting:
        title = port.title(self._house, subject)
        rows = port.face(self._house, subject)
        text = "\n".join([title, *(f"{label}: {value}" for label, value in rows)])
        body = [markup.header(title), *markup.rows(rows), *markup.actions(self._buttons(subject))]
        return Posting(markup.note(text), body)

    def _buttons(self, subject: Subject) -> list[Json]:
        return [self.button(action, subject) for action in _offered(subject)]

    def button(self, action: str, subject: Subject) -> Json:
        """Return one button of a card."""
        label = port.button(self._house, action)
        value = press(self._house.buttons_key, action, subject)
        return markup.button(label, f"{PRESS}{action}", value, _STYLE.get(action, ""))

    async def _deny(self, told: ReportDenial) -> None:
        """Tell why something was not done: only the one who tried it, if they can be reached."""
        said = f"{told.number}: {await self._line(told)}"
        if not await self._whispered(told.actor, said):
            name = self._house.name(told.actor)
            answering = port.text(self._house, "form.answering", name=name, text=said)
            await self._post([answering])

    async def _whispered(self, actor: str, text: str) -> bool:
        accounts = {known.key: user for user, known in self._house.staff("slack").items()}
        if actor not in accounts:
            return False
        try:
            channel, user = self._access.channel, accounts[actor]
            await self._client.post_ephemeral(channel, user, markup.posting([text]))
        except Gone:
            return False
        return True

    async def _line(self, told: ToStaff) -> str:
        return await asyncio.to_thread(lambda: "\n".join(card.told(told, self._house)))

    async def _post(self, texts: Sequence[str], thread: str = "") -> None:
        await self._client.post(self._access.channel, markup.posting(texts), thread)


def _offered(subject: Subject) -> Sequence[str]:
    if isinstance(subject, Ticket):
        return actions(subject)
    return () if subject.closed_at else (ANSWER, DETAILS)
