"""What customers write and press: one step of the conversation, stored with what it led to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.conversation import in_public, languages
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.step import Step, lookups, step
from bot.core.conversation.world import World
from bot.core.events import AskedInPublic, FromCustomer
from bot.core.knowledge import Knowledge
from bot.core.tickets import identity, silent_changes
from bot.core.tickets.record import Record
from bot.core.tickets.ticket import Ticket
from bot.service.new_ids import DrawnIds
from bot.service.routing import EffectRouter
from bot.storage.unit import Unit


class CustomerService:
    """The customer's side, within the transaction of one event."""

    def __init__(self, knowledge: Knowledge, router: EffectRouter) -> None:
        self._knowledge = knowledge
        self._router = router

    def take(self, unit: Unit, came: FromCustomer, received_at: datetime, now: datetime) -> None:
        """Take one step of a person's conversation and store what it led to."""
        # More than one while keys are being rotated: what is stored bears the old hash for a while.
        key, *older = unit.keys.persons(came.person)
        tickets = unit.tickets.of(key, *older)
        rules = self._knowledge.rules
        stored = (unit.dialogues.of(one) for one in (key, *older))
        before = next(filter(None, stored), None) or Dialogue(
            language=languages.of_person(rules.languages, tickets, came.language)
        )
        needed = lookups(before, tickets, came.event, came.vouched)
        world = World(
            knowledge=self._knowledge,
            now=now,
            received_at=received_at,
            person=came.person,
            tickets=tickets,
            new=DrawnIds(unit, rules.today(now).year),
            code_key=unit.keys.codes,
            on_file=unit.contacts.on_file(needed.addresses | needed.phones),
            codes_sent={
                email: self._router.codes_sent_to(unit, email, now - identity.HOUR)
                for email in needed.addresses
            },
            open_inquiries=sum(map(unit.inquiries.open_of, (key, *older)))
            if needed.open_inquiries
            else 0,
            shares_phone=came.shares_phone,
            vouched=came.vouched,
        )
        self._store(unit, key, tickets, step(before, came.event, world), now)

    def answer_in_public(self, unit: Unit, event: AskedInPublic, now: datetime) -> None:
        """Answer a question that was asked where others read along."""
        self._router.enqueue(unit, [in_public.answer(event, self._knowledge)], now)

    def _store(
        self, unit: Unit, key: str, before: Iterable[Ticket], taken: Step, now: datetime
    ) -> None:
        unit.dialogues.save(key, taken.dialogue, now)
        known = {ticket.id: ticket for ticket in before}
        silent: list[Record] = []
        for ticket in taken.tickets:
            unit.tickets.save(ticket, key, self._knowledge.rules.today(now))
            old = known.get(ticket.id)
            silent += silent_changes.records(old, ticket, taken.records, now)
        if taken.inquiry:
            unit.inquiries.save(taken.inquiry, key)
        for record in (*taken.records, *silent):
            unit.audit.append(record)
        self._router.enqueue(unit, taken.effects, now)
