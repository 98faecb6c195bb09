"""The repositories within one transaction: all their changes are committed together, or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete

from bot.core.catalog import Right
from bot.core.effects import Suppress
from bot.core.tickets import code_budget, suppression
from bot.core.tickets.record import Observed, observed
from bot.core.tickets.ticket import THE_SYSTEM, Ticket
from bot.storage import tables
from bot.storage.audit import Audit
from bot.storage.cards import Cards
from bot.storage.code_letters import CodeLetters
from bot.storage.contacts import Contacts
from bot.storage.crypto import Keys
from bot.storage.dialogues import Dialogues
from bot.storage.digests import Digests
from bot.storage.drafts import Drafts
from bot.storage.inbox import Inbox
from bot.storage.inquiries import Inquiries
from bot.storage.marks import Marks
from bot.storage.meta import Meta
from bot.storage.outbox import Outbox
from bot.storage.question_counts import QuestionCounts
from bot.storage.retention import Periods
from bot.storage.seen_time import SeenTime
from bot.storage.suppressions import Suppressions
from bot.storage.ticket_files import TicketFiles
from bot.storage.tickets import Tickets
from bot.storage.unanswered_questions import UnansweredQuestions
from bot.storage.wakeups import Changes

SCRUB = "scrub_wanted"  # since when something was deleted that may still be in the files


class Unit:
    """A unit of work. `contended` tells that it is retried after a conflict."""

    def __init__(
        self, connection: Connection, keys: Keys, *, locking: bool, contended: bool = False
    ) -> None:
        self._db = connection
        self.contended = contended
        self.keys = keys
        self.changes = Changes()
        self.correlation = ""  # of the event that is being handled: its effects bear it
        self.meta = Meta(connection)
        digests = Digests(keys)
        self.audit = Audit(connection, keys, self.meta, digests)
        self.inbox = Inbox(connection, keys, self.changes)
        self.outbox = Outbox(connection, keys, self.changes)
        self.dialogues = Dialogues(connection, keys)
        self.tickets = Tickets(
            connection, keys, self.meta, digests, locking=locking, contended=contended
        )
        self.code_letters = CodeLetters(connection, keys, self.meta, contended=contended)
        self.clock = SeenTime(self.meta)
        self.marks = Marks(connection)
        self.contacts = Contacts(connection, keys)
        self.suppressions = Suppressions(connection, keys)
        self.cards = Cards(connection)
        self.drafts = Drafts(connection, keys)
        self.files = TicketFiles(connection, keys)
        self.inquiries = Inquiries(connection, keys, self.meta, digests)
        self.question_counts = QuestionCounts(connection)
        self.unanswered_questions = UnansweredQuestions(connection, keys)

    @property
    def connection(self) -> Connection:
        """The connection, for what goes over whole tables."""
        return self._db

    def keep_files(self, before: Ticket | None, after: Ticket) -> None:
        """Destroy the files that a changed ticket no longer names, and keep those that it does."""
        if before is None or before.files == after.files:
            return
        if self.files.keep_only(after.id, [file.id for file in after.files]):
            self.meta.set(SCRUB, f"{after.id}:{after.version}")

    def keep_suppressions(self, after: Ticket, now: datetime) -> tuple[Suppress, ...]:
        """Store what holds because of a changed ticket; return what the mailing system is told."""
        if after.right is not Right.MARKETING_OBJECTION:
            return ()
        return suppression.told(after.number, now, *self.suppressions.keep(after, now))

    def forget_suppressed(self, after: Ticket) -> list[str]:
        """Keep of the contacts of a person who was erased the keyed hashes alone; return row ids.

        They are for the erasure journal: else a restore would bring the contacts back.
        """
        if forgotten := self.suppressions.forget(suppression.erased(after)):
            self.meta.set(SCRUB, f"{after.id}:{after.version}")
        return forgotten

    def purge_expired(self, now: datetime, kept: Periods) -> int:
        """Delete what is past its retention: conversations, events, effects and what codes left.

        Returns how many rows that were.
        """
        inbox, outbox, limits = tables.inbox, tables.outbox, tables.rate_limits
        received = inbox.c.received_at < now - kept.events
        rows = [
            delete(inbox).where(received, inbox.c.handled_at.is_not(None)),
            delete(inbox).where(received, inbox.c.dead_at.is_not(None)),
            delete(outbox).where(outbox.c.sent_at < now - kept.events),
            delete(outbox).where(outbox.c.dead_at < now - kept.events),
            delete(tables.drafts).where(tables.drafts.c.touched_at < now - kept.dialogues),
            delete(limits).where(limits.c.next_at < now - kept.events),
        ]
        self.meta.set(SCRUB, now.isoformat())
        letters = self.code_letters.purge(now - code_budget.REMEMBERED, now - kept.disowned)
        letters += self.dialogues.purge(now - kept.dialogues, now - kept.dialogues - kept.events)
        letters += self.files.purge(now - kept.dialogues)
        return letters + sum(self._db.execute(row).rowcount for row in rows)

    def erase(self, ids: Iterable[str], now: datetime) -> int:
        """Destroy tickets with their keys, and inquiries; return how many there were.

        The audit keeps that they existed and when they were erased, not whose they were.
        """
        wanted = list(ids)
        numbers = self.tickets.numbers(wanted) | self.inquiries.numbers(wanted)
        for subject, number in sorted(numbers.items()):
            self.audit.append(
                observed(Observed.ERASED, now, actor=THE_SYSTEM.key, ticket=subject, number=number)
            )
        self.meta.set(SCRUB, now.isoformat())
        self.cards.destroy(wanted)
        self.marks.drop(wanted)
        self.files.destroy_of(wanted)
        self.suppressions.forget_rows(wanted)
        return self.inquiries.destroy(wanted) + self.tickets.destroy(wanted)
