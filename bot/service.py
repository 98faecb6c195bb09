"""The shell around the core: one event in, one transaction, effects into the outbox."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from bot.core import desk, dialogue, masking
from bot.core.catalog import Catalog, Language, Notice
from bot.core.dialogue import Context, Dialogue, Fresh, Step
from bot.core.matching import Matcher
from bot.core.messages import AskStaff, Chose, Effect, Said, Say, SendCode, StaffActed
from bot.core.tickets import Denial, Person, Rules, Ticket
from bot.storage.sealed import to_json
from bot.storage.store import Conflict, Store, Unit

T = TypeVar("T")
_TRIES = 5
KIND_OF_EFFECT: Mapping[type[Effect], str] = {
    Say: "say",
    SendCode: "send_code",
    AskStaff: "ask_staff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the assistant knows and the organisation has decided."""

    catalog: Catalog
    notice: Notice
    matcher: Matcher
    rules: Rules
    language: Language


class Service:
    """Takes the events of every channel and of the desk, one transaction each."""

    def __init__(self, store: Store, knowledge: Knowledge, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._knowledge = knowledge
        self._clock = clock

    def said(self, event_id: str, person: Person, text: str) -> None:
        """Handle what a person wrote; the same event id a second time does nothing."""
        now = self._clock()
        hidden, kinds = masking.mask(text, self._knowledge.rules.today(now))
        self._customer(event_id, person, Said(text=hidden, masked=kinds), now)

    def chose(self, event_id: str, person: Person, token: str) -> None:
        """Handle a button that a person pressed."""
        self._customer(event_id, person, Chose(token=token), self._clock())

    def staff_acted(self, event: StaffActed) -> Denial | None:
        """Handle a staff action; None when it was carried out, else why not."""
        return self._again(lambda unit: self._decide(unit, event, self._clock()))

    def _customer(self, event_id: str, person: Person, event: Said | Chose, now: datetime) -> None:
        def handle(unit: Unit) -> None:
            if unit.receive(person.channel, event_id, now):
                self._step(unit, person, event, now)

        self._again(handle)

    def _again(self, handle: Callable[[Unit], T]) -> T:
        """Handle in one transaction; when another replica was first, from the start again."""
        for _ in range(_TRIES - 1):
            try:
                with self._store.transaction() as unit:
                    return handle(unit)
            except Conflict:
                continue
        with self._store.transaction() as unit:
            return handle(unit)

    def _step(self, unit: Unit, person: Person, event: Said | Chose, now: datetime) -> None:
        key = self._store.keys.hashed(f"{person.channel}:{person.account}")
        before = unit.dialogue(key) or Dialogue(language=self._knowledge.language)
        owned = unit.tickets_of(key)
        context = self._context(unit, person, before, owned, now)
        step = dialogue.step(before, owned, event, context)
        self._keep(unit, key, step, now)

    def _context(
        self,
        unit: Unit,
        person: Person,
        before: Dialogue,
        owned: Iterable[Ticket],
        now: datetime,
    ) -> Context:
        emails = {ticket.person.email for ticket in owned} | {before.fields.get("email", "")}
        emails.discard("")
        year = self._knowledge.rules.today(now).year
        fresh = Fresh(
            ticket_id=str(uuid4()),
            number=f"T-{year}-{unit.next_serial(year):04d}",
            code=f"{secrets.randbelow(10**8):08d}",
        )
        return Context(
            now=now,
            person=person,
            catalog=self._knowledge.catalog,
            notice=self._knowledge.notice,
            matcher=self._knowledge.matcher,
            rules=self._knowledge.rules,
            code_key=self._store.keys.codes,
            fresh=fresh,
            on_file=unit.on_file(emails),
            codes_sent=tuple(at for email in emails for at in unit.codes_sent_to(email)),
        )

    def _keep(self, unit: Unit, key: str, step: Step, now: datetime) -> None:
        unit.save_dialogue(key, step.dialogue, now)
        for ticket in step.tickets:
            self._save(unit, ticket, key, now)
        for record in step.records:
            unit.append(record)
        _post(unit, step.effects, now)

    def _decide(self, unit: Unit, event: StaffActed, now: datetime) -> Denial | None:
        ticket = unit.ticket_by_id(event.ticket)
        if ticket is None:
            return Denial.STALE
        known = self._knowledge
        made = desk.decide(ticket, event, now, known.rules, known.catalog, known.notice)
        if isinstance(made, Denial):
            return made
        self._save(unit, made.ticket, "", now)
        unit.append(made.record)
        _post(unit, made.effects, now)
        return None

    def _save(self, unit: Unit, ticket: Ticket, key: str, now: datetime) -> None:
        due = ticket.clock.end(self._knowledge.rules.today(now)).due
        unit.save_ticket(ticket, key, due)


def _post(unit: Unit, effects: Iterable[Effect], now: datetime) -> None:
    for effect in effects:
        unit.post(KIND_OF_EFFECT[type(effect)], to_json(effect), now)
