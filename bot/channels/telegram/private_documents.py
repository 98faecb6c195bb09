"""Documents that staff ask for in their group, sent to the private chat of the one who asks."""

from __future__ import annotations

import asyncio

import structlog

from bot.channels.desk import card, documents
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.port import Desk, Document, PrivateText
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.client import Client
from bot.channels.telegram.desk_views import Hand
from bot.errors import Gone, SelosteError, loggable

_LOG = structlog.get_logger()


class PrivateDocuments:
    """Makes and sends what somebody asks for. The group is told that it was sent, or why not."""

    def __init__(self, client: Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk

    async def ask(self, said: str, hand: Hand) -> str:
        """Take the words by which a document is asked for; return what the group is told."""
        wording = self._desk.wording
        try:
            made = await asyncio.to_thread(documents.asked, self._desk, said, hand.actor, GROUP)
            if isinstance(made, Document):
                await self._client.send_document(hand.user.id, made.name, made.content)
                return wording.desk("document.sent", document=made.name)
            if isinstance(made, PrivateText):
                # What Telegram protects cannot be copied, such as into a calendar.
                await self._client.send(hand.user.id, markup.line(made.text))
                return wording.desk("document.told")
        except Gone:
            return wording.desk("document.not_reached")
        except SelosteError as error:
            _LOG.warning("telegram: a document was not sent", error=loggable(error))
            return card.refusal(Obstacle.LATER, wording)
        return made
