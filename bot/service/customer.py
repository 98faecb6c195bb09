"""What customers write and press: one step of the conversation, stored with what it led to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import pace
from bot.core.catalog import Language
from bot.core.contacts import canonical_address
from bot.core.conversation import in_public, languages
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.step import Step, lookups, please_wait, step
from bot.core.conversation.world import World
from bot.core.events import AskedInPublic, Event, FromCustomer
from bot.core.knowledge import Knowledge
from bot.core.tickets import silent_changes
from bot.core.tickets.record import Record
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.understood import Understood, knowing, texts_of, understand
from bot.service.codes import CodeBook, CodeTally
from bot.service.new_ids import DrawnIds
from bot.service.routing import EffectRouter
from bot.storage.unit import Unit


class CustomerService:
    """The customer's side, within the transaction of one event."""

    def __init__(self, knowledge: Knowledge, router: EffectRouter, tally: CodeTally) -> None:
        self._knowledge = knowledge
        self._tally = tally
        self._router = router

    def waits_until(self, unit: Unit, event: Event, now: datetime) -> datetime | None:
        """Return until when an event has to wait, since its person sent many; None: not at all."""
        if not isinstance(event, FromCustomer):
            return None
        dialogue = self._dialogue(unit, unit.keys.persons(event.person))
        if dialogue is None:
            return None
        wait = pace.pause(dialogue.pace, self._knowledge.rules.pace, now)
        return now + wait if wait else None

    def _dialogue(self, unit: Unit, hashes: Sequence[str]) -> Dialogue | None:
        return next(filter(None, map(unit.dialogues.of, hashes)), None)

    def ask_to_wait(self, unit: Unit, came: FromCustomer, now: datetime) -> None:
        """Tell a person, once, that their messages are taken one after the other."""
        key, *older = unit.keys.persons(came.person)
        dialogue = self._dialogue(unit, (key, *older))
        if dialogue is not None:
            told, say = please_wait(dialogue, came.person)
            if say:
                unit.dialogues.save(key, told, now)
                self._router.enqueue(unit, [say], now)

    def understood(self, unit: Unit, event: Event, now: datetime) -> Mapping[str, Understood]:
        """Return what the texts of an event want; to be worked out before its transaction.

        Of what will not be answered, nothing.
        """
        if isinstance(event, AskedInPublic):
            group = self._dialogue(unit, unit.keys.persons(event.place))
            if group and in_public.is_flooded(group.pace, self._knowledge.rules.pace, now):
                return {}
        return understand(texts_of(event), self._knowledge.matcher)

    def take(
        self,
        unit: Unit,
        came: FromCustomer,
        received_at: datetime,
        now: datetime,
        understood: Mapping[str, Understood],
    ) -> None:
        """Take one step of a person's conversation and store what it led to."""
        # More than one while keys are being rotated: what is stored bears the old hash for a while.
        key, *older = unit.keys.persons(came.person)
        tickets = unit.tickets.of(key, *older)
        rules = self._knowledge.rules
        before = self._dialogue(unit, (key, *older)) or Dialogue(
            language=languages.of_person(rules.languages, tickets, came.language)
        )
        vouched = canonical_address(came.vouched) or ""
        needed = lookups(before, tickets, came.event, vouched)
        codes = CodeBook(unit, (key, *older), rules, now)
        world = World(
            knowledge=knowing(self._knowledge, understood),
            now=now,
            received_at=received_at,
            person=came.person,
            tickets=tickets,
            new=DrawnIds(unit, rules.today(now).year),
            code_key=unit.keys.codes,
            on_file=unit.contacts.look_up(needed.contacts),
            codes=codes,
            open_inquiries=sum(map(unit.inquiries.open_of, (key, *older)))
            if needed.open_inquiries
            else 0,
            shares_phone=came.shares_phone,
            vouched=vouched,
        )
        self._store(unit, key, tickets, step(before, came.event, world), codes, now)

    def answer_in_public(
        self,
        unit: Unit,
        event: AskedInPublic,
        now: datetime,
        understood: Mapping[str, Understood],
    ) -> None:
        """Answer a question that was asked where others read along."""
        key, *older = unit.keys.persons(event.place)
        before = self._dialogue(unit, (key, *older)) or Dialogue(language=Language.FI)
        known = knowing(self._knowledge, understood)
        pace_after, answer = in_public.paced(event, before.pace, known, now)
        unit.dialogues.save(key, replace(before, pace=pace_after), now)
        if answer:
            self._router.enqueue(unit, [answer], now)

    def _store(
        self,
        unit: Unit,
        key: str,
        before: Iterable[Ticket],
        taken: Step,
        codes: CodeBook,
        now: datetime,
    ) -> None:
        unit.dialogues.save(key, taken.dialogue, now)
        known = {ticket.id: ticket for ticket in before}
        silent: list[Record] = []
        for ticket in taken.tickets:
            unit.tickets.save(ticket, key, self._knowledge.rules.today(now))
            old = known.get(ticket.id)
            silent += silent_changes.records(old, ticket, taken.records, now)
        # Before the audit, which all wait for; after the tickets, whose numbers are drawn first.
        alarms = list(codes.note(taken.codes, self._tally))
        if taken.inquiry:
            unit.inquiries.save(taken.inquiry, key)
        for record in (*taken.records, *silent):
            unit.audit.append(record)
        self._router.enqueue(unit, [*taken.effects, *alarms], now)
