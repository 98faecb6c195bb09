"""The repositories within one transaction: all their changes are stored together, or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from bot.storage import tables
from bot.storage.audit import Audit
from bot.storage.cards import Cards
from bot.storage.contacts import Contacts
from bot.storage.crypto import Keys
from bot.storage.dialogues import Dialogues
from bot.storage.drafts import Drafts
from bot.storage.inbox import Inbox
from bot.storage.inquiries import Inquiries
from bot.storage.meta import Meta
from bot.storage.outbox import Outbox
from bot.storage.tickets import Tickets
from bot.storage.wakeups import Changes


class Unit:
    """A unit of work. `contended` tells that it is retried after a conflict."""

    def __init__(
        self, connection: Connection, keys: Keys, *, locking: bool, contended: bool = False
    ) -> None:
        self._db = connection
        self.contended = contended
        self.changes = Changes()
        self.correlation = ""  # of the event that is being handled: its effects bear it
        self.meta = Meta(connection)
        self.audit = Audit(connection, keys, self.meta)
        self.inbox = Inbox(connection, keys, self.changes)
        self.outbox = Outbox(connection, keys, self.changes)
        self.dialogues = Dialogues(connection, keys)
        self.tickets = Tickets(connection, keys, self.meta, locking=locking, contended=contended)
        self.contacts = Contacts(connection, keys)
        self.cards = Cards(connection)
        self.drafts = Drafts(connection, keys)
        self.inquiries = Inquiries(connection, keys, self.meta)

    @property
    def connection(self) -> Connection:
        """The connection, for what goes over whole tables."""
        return self._db

    def purge_expired(self, now: datetime, *, dialogues: timedelta, events: timedelta) -> None:
        """Delete conversations, events and effects that are past their retention."""
        inbox, outbox, db = tables.inbox, tables.outbox, self._db
        self.dialogues.purge(now - dialogues)
        for done in (inbox.c.handled_at, inbox.c.dead_at):
            db.execute(delete(inbox).where(inbox.c.received_at < now - events, done.is_not(None)))
        for done in (outbox.c.sent_at, outbox.c.dead_at):
            db.execute(delete(outbox).where(done < now - events))
        self.drafts.purge(now - dialogues)
        db.execute(delete(tables.rate_limits).where(tables.rate_limits.c.next_at < now - events))

    def destroy(self, ids: Iterable[str]) -> int:
        """Destroy tickets with their keys, and inquiries; return how many there were.

        The audit keeps that a ticket existed, not whose it was.
        """
        wanted = list(ids)
        self.cards.destroy(wanted)
        return self.inquiries.destroy(wanted) + self.tickets.destroy(wanted)
