"""Handles messages and presses of customers: one step of the conversation, stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core import pace
from bot.core.catalog import Language
from bot.core.contacts import OnFile, canonical_address
from bot.core.conversation import in_public, languages, unfinished
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.step import Step, handed_over, lookups, please_wait, reminded, step
from bot.core.conversation.unfinished import Due
from bot.core.conversation.world import World
from bot.core.effects import Say, Suppress, Text
from bot.core.events import AskedInPublic, Event, FromCustomer
from bot.core.knowledge import Knowledge
from bot.core.question_counts import AskedTopic
from bot.core.tickets import silent_changes
from bot.core.tickets.record import Record
from bot.core.tickets.ticket import Person, Ticket
from bot.core.understanding.topics.understood import Understood, knowing, texts_of, understand
from bot.service.codes import CodeBook, CodeTally
from bot.service.new_ids import DrawnIds
from bot.service.routing import EffectRouter
from bot.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is looked up before an event is handled: matches of its texts, data of its person.

    `dialogue` is where their conversation, or the group's, stands, if there is one; `until` when
    their turn comes again, since they sent many; None: now.
    """

    understood: Mapping[str, Understood] = field(default_factory=dict)
    dialogue: Dialogue | None = None
    until: datetime | None = None


class CustomerService:
    """The customer's side, within the transaction of one event."""

    def __init__(self, knowledge: Knowledge, router: EffectRouter, tally: CodeTally) -> None:
        self._knowledge = knowledge
        self._tally = tally
        self._router = router

    def look_ahead(self, unit: Unit, event: Event, now: datetime) -> Ahead:
        """Return what can be worked out of an event before the transaction that handles it.

        A conversation then still stands there: only its person's events change it, one by one.
        """
        match event:
            case FromCustomer(person=whose) | AskedInPublic(place=whose):
                hashes = unit.keys.persons(whose)
            case _:
                return Ahead()
        rules = self._knowledge.rules.pace
        dialogue = next(filter(None, map(unit.dialogues.of, hashes)), None)
        if isinstance(event, AskedInPublic):
            if dialogue and in_public.is_flooded(dialogue.pace, rules, now):
                return Ahead(dialogue=dialogue)
        elif wait := dialogue and pace.pause(dialogue.pace, rules, now):
            return Ahead(dialogue=dialogue, until=now + wait)
        understood = understand(texts_of(event), self._knowledge.matcher)
        return Ahead(dialogue=dialogue, understood=understood)

    def ask_to_wait(
        self, unit: Unit, came: FromCustomer, dialogue: Dialogue | None, now: datetime
    ) -> None:
        """Tell a person, once, that their messages are taken one after the other."""
        if dialogue is not None:
            told, say = please_wait(dialogue, came.person)
            if say:
                unit.dialogues.save(unit.keys.person(came.person), told, now)
                self._router.enqueue(unit, [say], now)

    def tell_of_fault(self, unit: Unit, came: FromCustomer, now: datetime) -> None:
        """Tell a person that their message could not be handled, and is kept for staff."""
        under_way = filter(None, map(unit.dialogues.of, unit.keys.persons(came.person)))
        spoken = next((dialogue.language for dialogue in under_way), None)
        language = languages.chosen(self._knowledge.rules.languages, spoken, came.language)
        say = Say(to=came.person, language=language, parts=(Text(key="not_handled"),))
        self._router.enqueue(unit, [say], now)

    def take(
        self,
        unit: Unit,
        came: FromCustomer,
        received_at: datetime,
        now: datetime,
        ahead: Ahead,
    ) -> None:
        """Take one step of a person's conversation and store what it led to."""
        hashes = unit.keys.persons(came.person)
        tickets = unit.tickets.of(*hashes)
        before = ahead.dialogue or Dialogue(
            language=languages.of_person(self._knowledge.rules.languages, tickets, came.language)
        )
        vouched = canonical_address(came.vouched) or ""
        needed = lookups(before, tickets, came.event, vouched)
        codes = CodeBook(unit, hashes, self._knowledge.rules, now)
        world = replace(
            self._world(unit, came.person, hashes, tickets, codes, now),
            knowledge=knowing(self._knowledge, ahead.understood),
            received_at=received_at,
            on_file=unit.contacts.look_up(needed.contacts),
            shares_phone=came.shares_phone,
            vouched=vouched,
        )
        taken = step(before, came.event, world)
        unit.dialogues.save(hashes[0], taken.dialogue, now)
        self._store(unit, hashes[0], tickets, taken, codes, now)

    def take_up(self, unit: Unit, whose: str, now: datetime) -> None:
        """Remind a person (by hash) of a request left half way, or hand it to staff, if it is due.

        Whatever they said meanwhile was taken before: then it is not due any more.
        """
        idle = unit.dialogues.idle(whose)
        if idle is None or idle.dialogue.person is None:
            return
        before, person = idle.dialogue, idle.dialogue.person
        what = unfinished.due(before, idle.since, now, self._knowledge.rules)
        if what is None:
            return
        hashes = unit.keys.persons(person)
        tickets = unit.tickets.of(*hashes)
        codes = CodeBook(unit, hashes, self._knowledge.rules, now)
        world = self._world(unit, person, hashes, tickets, codes, now)
        taken = (reminded if what is Due.REMINDER else handed_over)(before, world)
        unit.dialogues.save(whose, taken.dialogue, idle.since)
        self._store(unit, hashes[0], tickets, taken, codes, now)

    def _world(
        self,
        unit: Unit,
        person: Person,
        hashes: Sequence[str],
        tickets: tuple[Ticket, ...],
        codes: CodeBook,
        now: datetime,
    ) -> World:
        """Return what is known where nothing came from outside.

        `hashes` are more than one while keys are being rotated: what is stored bears the old one
        for a while.
        """
        return World(
            knowledge=self._knowledge,
            now=now,
            received_at=now,
            person=person,
            tickets=tickets,
            new=DrawnIds(unit, self._knowledge.rules.today(now).year),
            code_key=unit.keys.codes,
            on_file=OnFile(),
            codes=codes,
            open_inquiries=lambda: sum(map(unit.inquiries.open_of, hashes)),
            waiting_inquiries=lambda: [
                one for each in hashes for one in unit.inquiries.waiting_of(each)
            ],
        )

    def answer_in_public(
        self,
        unit: Unit,
        event: AskedInPublic,
        now: datetime,
        ahead: Ahead,
    ) -> None:
        """Answer a question that was asked where others read along."""
        before = ahead.dialogue or Dialogue(language=self._knowledge.notice.language)
        known = knowing(self._knowledge, ahead.understood)
        taken = in_public.step(event, before.pace, known, now)
        paced = replace(before, pace=taken.pace)
        unit.dialogues.save(unit.keys.person(event.place), paced, now)
        if taken.say:
            self._count(unit, taken.asked, taken.say.language, now)
            self._router.enqueue(unit, [taken.say], now)

    def _count(
        self, unit: Unit, asked: Iterable[AskedTopic], language: Language, now: datetime
    ) -> None:
        """Count what was asked: by day and language, without a text or a person."""
        for one in asked:
            unit.question_counts.add(self._knowledge.rules.today(now), language, one)

    def _store(
        self,
        unit: Unit,
        key: str,
        before: Iterable[Ticket],
        taken: Step,
        codes: CodeBook,
        now: datetime,
    ) -> None:
        self._count(unit, taken.asked, taken.dialogue.language, now)
        if taken.unanswered:
            unit.unanswered_questions.keep(self._knowledge.rules.today(now), taken.unanswered)
        known = {ticket.id: ticket for ticket in before}
        silent: list[Record] = []
        suppressed: list[Suppress] = []
        for ticket in taken.tickets:
            unit.tickets.save(ticket, key, self._knowledge.rules.today(now))
            old = known.get(ticket.id)
            unit.keep_files(old, ticket)
            suppressed += unit.keep_suppressions(ticket, now)
            silent += silent_changes.records(old, ticket, taken.records, now)
        # Before the audit, which all wait for; after the tickets, whose numbers are drawn first.
        alarms = list(codes.note(taken.codes, self._tally))
        if taken.inquiry:
            unit.inquiries.save(taken.inquiry, key)
        unit.audit.extend((*taken.records, *silent))
        self._router.enqueue(unit, [*taken.effects, *alarms, *suppressed], now)
