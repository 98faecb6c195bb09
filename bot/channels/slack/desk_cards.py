"""The staff's desk in a Slack channel: a card for each ticket, its history in the thread."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.desk import card
from bot.channels.desk.cards import CardButton, CardKeeper, Face
from bot.channels.desk.port import Desk
from bot.channels.slack import CHANNEL, markup
from bot.channels.slack.client import Client
from bot.channels.slack.markup import Json, Posting
from bot.channels.slack.members import Access
from bot.core.effects import ReportDenial, ShowInquiry, ShowTicket, ToStaff
from bot.errors import Gone, TryLater

PRESS = "desk:"
_STYLE = {"verify": "primary", "confirm": "primary", "fulfil": "primary", "refuse": "danger"}


class Board:
    """The cards and lines in the staff's channel."""

    def __init__(self, client: Client, desk: Desk, access: Access) -> None:
        self._client = client
        self._desk = desk
        self._access = access
        self._cards = CardKeeper(desk, self, CHANNEL)

    async def tell(self, told: ToStaff) -> None:
        """Tell the channel. Raises DeliveryError."""
        try:
            if not await self._access.closed():
                raise TryLater("slack: the staff channel is shared with another organisation")
            match told:
                case ShowTicket(ticket=id) | ShowInquiry(inquiry=id):
                    await self._cards.show(id)
                case ReportDenial():
                    await self._deny(told)
                case _:
                    await self._post(card.told(told, self._desk.wording))
        except Gone as error:
            # The staff's own channel is archived or without the app: an operator can repair that.
            raise TryLater(str(error)) from None

    async def _deny(self, told: ReportDenial) -> None:
        """Tell why something was not done: only the one who tried it, if they can be reached."""
        wording = self._desk.wording
        said = f"{told.number}: {'; '.join(card.told(told, wording))}"
        if not await self._whispered(told.actor, said):
            name = wording.name(told.actor)
            await self._post([wording.desk("form.answering", name=name, text=said)])

    async def _whispered(self, actor: str, text: str) -> bool:
        accounts = {known.key: user for user, known in self._desk.staff("slack").items()}
        if actor not in accounts:
            return False
        try:
            channel, user = self._access.channel, accounts[actor]
            await self._client.post_ephemeral(channel, user, markup.posting([text]))
        except Gone:
            return False
        return True

    # The surface of the cards

    def holds(self, place: str) -> bool:
        """Tell whether a place is in the staff's channel as it is configured now."""
        return place.partition(":")[0] == self._access.channel

    async def post(self, face: Face) -> str:
        """Post a card; return its place."""
        ts = await self._client.post(self._access.channel, _posting(face))
        return f"{self._access.channel}:{ts}"

    async def edit(self, place: str, face: Face) -> bool:
        """Update a card in place; False when it can no longer be changed."""
        channel, _, ts = place.partition(":")
        return await self._client.update(channel, ts, _posting(face))

    async def reply(self, place: str, lines: Sequence[str]) -> None:
        """Post lines in the thread of a card."""
        await self._post(lines, place.partition(":")[2])

    async def _post(self, texts: Sequence[str], thread: str = "") -> None:
        await self._client.post(self._access.channel, markup.posting(texts), thread)


def button(made: CardButton) -> Json:
    """Return one button of a card."""
    style = _STYLE.get(made.action, "")
    return markup.button(made.label, f"{PRESS}{made.action}", made.token, style)


def _posting(face: Face) -> Posting:
    text = "\n".join([face.title, *(f"{label}: {value}" for label, value in face.rows)])
    buttons = markup.actions([button(one) for one in face.buttons])
    body = [markup.header(face.title), *markup.rows(face.rows), *buttons]
    return Posting(markup.note(text), body)
