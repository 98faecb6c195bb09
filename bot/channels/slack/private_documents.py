"""Documents that staff ask for in their home tab, sent to the direct message of who asks."""

from __future__ import annotations

import asyncio

import structlog

from bot.channels.desk import card, documents
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.port import Desk, Document, PrivateText
from bot.channels.slack import CHANNEL, markup
from bot.channels.slack.client import Client
from bot.channels.slack.markup import Json
from bot.channels.slack.members import Access
from bot.core.tickets.ticket import Actor, Role, Ticket
from bot.errors import Gone, SelosteError, loggable

DOCUMENT = "document:"
_LOG = structlog.get_logger()


class PrivateDocuments:
    """Makes and sends what somebody asks for; in the staff's channel only they see why not."""

    def __init__(self, client: Client, desk: Desk, access: Access) -> None:
        self._client = client
        self._desk = desk
        self._access = access

    async def send(self, said: str, user: str, actor: Actor) -> None:
        """Send what the words ask for. Raises DeliveryError."""
        told = await self._sent(said, user, actor)
        if told:
            posting = markup.posting([told])
            await self._client.post_ephemeral(self._access.channel, user, posting)

    async def _sent(self, said: str, user: str, actor: Actor) -> str:
        """Return why nothing was sent; empty once it was."""
        wording = self._desk.wording
        try:
            made = await asyncio.to_thread(documents.asked, self._desk, said, actor, CHANNEL)
            if isinstance(made, Document):
                await self._client.send_file(user, made.name, made.content)
                return ""
            if isinstance(made, PrivateText):
                await self._client.post(user, markup.posting([made.text]))
                return ""
        except Gone:
            return wording.desk("document.not_reached")
        except SelosteError as error:
            _LOG.warning("slack: a document was not sent", error=loggable(error))
            return card.refusal(Obstacle.LATER, wording)
        return made


def record_button(ticket: Ticket, desk: Desk) -> Json:
    """Return the button that sends staff the record of a ticket."""
    label, words = desk.wording.desk("document.case"), f"{documents.CASE} {ticket.number}"
    return markup.button(label, f"{DOCUMENT}{documents.CASE}", words)


def offered(desk: Desk, actor: Actor) -> list[Json]:
    """Return what sends staff a document: a menu of months to report, and buttons."""
    wording = desk.wording
    months = [(f"{documents.REPORT} {month}", month) for month in documents.months(desk)]
    options = [(documents.REPORT, wording.desk("document.report")), *months]
    sent = {documents.EXPORT: "document.export", documents.CALENDAR: "document.calendar"}
    if Role.APPROVER in actor.roles:
        sent |= {
            f"{documents.EXPORT} {documents.PERSONAL}": "document.export_personal",
            f"{documents.CALENDAR} {documents.NEW}": "document.calendar_new",
        }
    return [
        markup.menu(f"{DOCUMENT}{documents.REPORT}", options, documents.REPORT),
        *(
            markup.button(wording.desk(label), f"{DOCUMENT}{said}", said)
            for said, label in sent.items()
        ),
    ]
