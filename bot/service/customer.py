"""What customers write and press: one step of the conversation, stored with what it led to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.core.catalog import Language
from bot.core.conversation import in_public, step
from bot.core.conversation.turn import Context, Dialogue, Fresh, Step
from bot.core.events import AskedInPublic, Chose, FromCustomer, Shared
from bot.core.knowledge import Knowledge
from bot.core.tickets import identity
from bot.core.tickets.ticket import Ticket
from bot.service.routing import EffectRouter
from bot.storage.crypto import Keys
from bot.storage.unit import Unit


class CustomerService:
    """The customer's side, within the transaction of one event."""

    def __init__(self, knowledge: Knowledge, dispatch: EffectRouter, keys: Keys) -> None:
        self._knowledge = knowledge
        self._dispatch = dispatch
        self._keys = keys

    def take(self, unit: Unit, came: FromCustomer, received_at: datetime, now: datetime) -> None:
        """Take one step of a person's conversation and store what it led to."""
        key = self._keys.person(came.person)
        owned = unit.tickets.of(key)
        before = unit.dialogues.of(key) or Dialogue(language=self._first_language(came, owned))
        context = replace(self._context(unit, came, before, owned, now), received_at=received_at)
        self._keep(unit, key, step.step(before, owned, came.event, context), now)

    def answer_in_public(self, unit: Unit, event: AskedInPublic, now: datetime) -> None:
        """Answer a question that was asked where others read along."""
        known = self._knowledge
        language = in_public.language_of(
            event.text, event.language, known.rules.languages, known.matcher
        )
        said = in_public.answer(
            event.place, event.text, language, known.catalog, known.notice, known.matcher
        )
        self._dispatch.enqueue(unit, [said], now)

    def _first_language(self, came: FromCustomer, owned: Sequence[Ticket]) -> Language:
        """Return the language of a person's tickets, else the platform's guess, else the first."""
        if owned:
            return owned[-1].language
        spoken = self._knowledge.rules.languages
        return came.language if came.language in spoken and came.language else spoken[0]

    def _context(
        self,
        unit: Unit,
        came: FromCustomer,
        before: Dialogue,
        owned: Iterable[Ticket],
        now: datetime,
    ) -> Context:
        emails = step.addresses(before, owned, came.event, came.vouched)
        phones = {came.event.phone} if isinstance(came.event, Shared) else set()
        passing = isinstance(came.event, Chose) and came.event.token.startswith("pass:")
        year = self._knowledge.rules.today(now).year
        fresh = Fresh(
            ticket_id=str(uuid4()),
            number=f"T-{year}-{unit.tickets.next_serial(year):04d}",
            code=f"{secrets.randbelow(10**8):08d}",
            inquiry=f"Q-{year}-{unit.inquiries.next_serial(year):04d}" if passing else "",
        )
        open_inquiries = unit.inquiries.open_of(self._keys.person(came.person)) if passing else 0
        return Context(
            now=now,
            received_at=now,
            person=came.person,
            catalog=self._knowledge.catalog,
            notice=self._knowledge.notice,
            matcher=self._knowledge.matcher,
            rules=self._knowledge.rules,
            code_key=self._keys.codes,
            fresh=fresh,
            on_file=unit.contacts.on_file(emails | phones),
            codes_sent={
                email: self._dispatch.codes_sent_to(unit, email, now - identity.HOUR)
                for email in emails
            },
            open_inquiries=open_inquiries,
            shares_phone=came.shares_phone,
            vouched=came.vouched,
        )

    def _keep(self, unit: Unit, key: str, taken: Step, now: datetime) -> None:
        unit.dialogues.save(key, taken.dialogue, now)
        for ticket in taken.tickets:
            unit.tickets.save(ticket, key, self._knowledge.rules.today(now))
        if taken.inquiry:
            unit.inquiries.save(taken.inquiry, key)
        for record in taken.records:
            unit.audit.append(record)
        self._dispatch.enqueue(unit, taken.effects, now)
