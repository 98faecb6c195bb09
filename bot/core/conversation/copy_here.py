"""Sends the copy of their data into the conversation, when its person asks for that."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation.reply import Reply, say
from bot.core.conversation.world import World
from bot.core.effects import SendFile
from bot.core.tickets import chat_copy
from bot.core.tickets.chat_copy import Standing
from bot.core.tickets.ticket import Ticket


def send(ticket: Ticket, world: World) -> Reply:
    """Send the files that are not there yet, or say why nothing is sent."""
    after, standing = chat_copy.asked(ticket, world.now, world.rules)
    told = say(f"copy.{standing}", number=ticket.number)
    if standing is not Standing.SENT:
        return told
    to = replace(ticket.person, thread="")
    files = tuple(
        SendFile(to=to, ticket=after.id, number=after.number, file=file.id, name=file.name)
        for file in chat_copy.missing(after)
    )
    return replace(told, tickets=(after,), effects=files)
