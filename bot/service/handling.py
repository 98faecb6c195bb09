"""The shell around the core: one event in, one transaction, effects into the outbox."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.core.catalog import Catalog, Language, Notice
from bot.core.conversation import in_public, step
from bot.core.conversation.turn import Context, Dialogue, Fresh, Step
from bot.core.effects import Alarm, Probe, Remind, ShowInquiry, TellStaff, Trouble
from bot.core.envelopes import Arrival
from bot.core.events import (
    AskedInPublic,
    Chose,
    Event,
    FromCustomer,
    Shared,
    StaffActed,
    StaffAnswered,
    Task,
    TimeCame,
)
from bot.core.sanitise import cleaned
from bot.core.tickets import deadlines, identity, inquiries, staff_decision
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OPEN, THE_SYSTEM, Action, Actor, Denial, Person, Ticket
from bot.core.tickets.transitions import Command
from bot.core.understanding.matching import Matcher
from bot.errors import StorageError
from bot.service.routing import Dispatch
from bot.storage.codec import from_json, to_json
from bot.storage.inbox import Received
from bot.storage.unit import Conflict, Store, Unit

_LOG = structlog.get_logger()
_TRIES = 5
_TOGETHER = 8  # events that share a commit where one waits for the other anyway
_FIRST_REMINDER = timedelta(days=max(deadlines.REMINDER_DAYS))
_INQUIRY_REMINDER = timedelta(days=6)  # looked at from then on; due every seventh day
_WEEK = 7
_CLOCK = "clock"

KINDS: Mapping[str, type[Event]] = {
    "customer": FromCustomer,
    "public": AskedInPublic,
    "staff": StaffActed,
    "reply": StaffAnswered,
    "time": TimeCame,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the assistant knows and the organisation has decided."""

    catalog: Catalog
    notice: Notice
    matcher: Matcher
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long what is over is kept; `erased` is told the ids of tickets before they go.

    An inquiry that nobody ever answered is kept as long as a ticket after its end.
    """

    dialogues: timedelta = timedelta(days=1)
    events: timedelta = timedelta(days=7)
    ended: timedelta = timedelta(days=730)
    inquiries: timedelta = timedelta(days=30)
    erased: Callable[[Sequence[str]], None] = lambda _ids: None


class Service:
    """Takes the events of every channel, of the desk and of the clock, one transaction each.

    An event that could not be handled is tried `again` after these pauses, then set aside.
    """

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        dispatch: Dispatch,
        retention: Retention,
        clock: Callable[[], datetime],
        again: Sequence[timedelta],
    ) -> None:
        self._store = store
        self._knowledge = knowledge
        self._dispatch = dispatch
        self._retention = retention
        self._clock = clock
        self._pauses = again

    # Taking in: kept before it is acknowledged, handled from there.

    def arrival(self, event_id: str, event: Event, desk: str = "") -> Arrival:
        """Return an event of a person, of a group or of staff at a `desk`, as it is kept.

        Personal codes are masked in all that people wrote.
        """
        match event:
            case FromCustomer(person=person) | AskedInPublic(place=person):
                channel, key = person.channel, self.key(person)
            case StaffActed(ticket=id):
                channel, key = desk, f"ticket:{id}"
            case StaffAnswered(inquiry=id):
                channel, key = desk, f"inquiry:{id}"
            case TimeCame(ticket=id):
                channel, key = _CLOCK, f"{_CLOCK}:{id}"
        return Arrival(
            channel=channel,
            event_id=event_id,
            person=key,
            kind=_NAMES[type(event)],
            payload=to_json(cleaned(event, self._today())),
        )

    def receive(self, arrivals: Iterable[Arrival], mark: tuple[str, str] | None = None) -> int:
        """Keep events; return how many are new. After this they may be acknowledged.

        `mark` (name, value) is kept with them: how far a source has been read.
        """
        with self._store.transaction() as unit:
            if mark:
                unit.meta.write(*mark)
            return unit.inbox.receive(arrivals, self._clock())

    def wind(self) -> int:
        """Keep what the clock brings round today, each task once whoever winds; return how many."""
        now, today = self._clock(), self._today()
        with self._store.reading() as unit:
            due = unit.open_by(today + _FIRST_REMINDER)
            idle = unit.idle_since(now - self._knowledge.rules.lapse_after)
            unanswered = unit.inquiries.waiting_since(now - _INQUIRY_REMINDER)
        tasks = [
            TimeCame(task=Task.FORGET, day=today),
            TimeCame(task=Task.SELF_TEST, day=today),
            *(TimeCame(task=Task.REMIND, day=today, ticket=ticket) for ticket in due),
            *(TimeCame(task=Task.REMIND, day=today, ticket=asked) for asked in unanswered),
            *(TimeCame(task=Task.LAPSE, day=today, ticket=ticket) for ticket in idle),
        ]
        return self.receive(
            self.arrival(f"{task.task}:{task.ticket}:{task.day}", task) for task in tasks
        )

    # Handling

    def handle_next(self) -> bool:
        """Handle the oldest event that waits, in one transaction; False when none does.

        Where only one can write, the next few share its commit; if one of them cannot be handled,
        the others are handled anew without it. Raises StorageError when the database cannot be
        used; what was not handled then waits on.
        """
        try:
            return self._again(self._handle_some)
        except _Unhandled as unhandled:
            self._give_way(unhandled)
            return True

    def _again(self, handle: Callable[[Unit], bool]) -> bool:
        """Handle in one transaction; when another replica was first, from the start again."""
        for number in range(_TRIES):
            try:
                with self._store.transaction(crowded=number > 0) as unit:
                    return handle(unit)
            except Conflict:
                continue
        raise StorageError("the database is too crowded: an event lost to others again and again")

    def _handle_some(self, unit: Unit) -> bool:
        most = 1 if self._store.parallel else _TOGETHER
        handled = 0
        while handled < most and self._handle_one(unit):
            handled += 1
        return handled > 0

    def _handle_one(self, unit: Unit) -> bool:
        now = self._clock()
        received = unit.inbox.next(now)
        if received is None:
            return False
        try:
            event = from_json(KINDS[received.kind], unit.inbox.opened(received))
            self._handle(unit, event, received, now)
        except (Conflict, StorageError, SQLAlchemyError):
            raise
        except Exception as error:  # whatever is wrong with this event, the others go on
            # The text of a fault may quote the message, so only its kind is kept.
            raise _Unhandled(received, type(error).__name__) from None
        unit.inbox.handled(received, now)
        return True

    def _handle(self, unit: Unit, event: Event, received: Received, now: datetime) -> None:
        match event:
            case FromCustomer():
                self._step(unit, event, received.received_at, now)
            case AskedInPublic():
                self._answer_in_public(unit, event, now)
            case StaffActed():
                self._decide(unit, event, received.channel, now)
            case StaffAnswered():
                self._pass_on(unit, event, received.channel, now)
            case TimeCame():
                self._time_came(unit, event, now)

    def _give_way(self, unhandled: _Unhandled) -> None:
        """Try an unhandled event later; after the last try, set it aside and alarm staff."""
        now = self._clock()
        received = unhandled.received
        _LOG.error(
            "an event could not be handled",
            position=received.position,
            attempt=received.attempts + 1,
            fault=str(unhandled),
        )
        with self._store.transaction() as unit:
            if received.attempts < len(self._pauses):
                unit.inbox.postpone(received, now + self._pauses[received.attempts])
                return
            if not unit.inbox.set_aside(received, now):
                return
            alarm = Alarm(trouble=Trouble.SET_ASIDE, reference=str(received.position))
            self._dispatch.post(unit, [alarm], now)

    # The customer

    def _step(self, unit: Unit, came: FromCustomer, received_at: datetime, now: datetime) -> None:
        key = self.key(came.person)
        owned = unit.tickets_of(key)
        before = unit.dialogue(key) or Dialogue(language=self._first_language(came, owned))
        fresh = self._context(unit, came, before, owned, now)
        context = replace(fresh, received_at=received_at)
        self._keep(unit, key, step.step(before, owned, came.event, context), now)

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
            number=f"T-{year}-{unit.next_serial(year):04d}",
            code=f"{secrets.randbelow(10**8):08d}",
            inquiry=f"Q-{year}-{unit.inquiries.next_serial(year):04d}" if passing else "",
        )
        return Context(
            now=now,
            received_at=now,
            person=came.person,
            catalog=self._knowledge.catalog,
            notice=self._knowledge.notice,
            matcher=self._knowledge.matcher,
            rules=self._knowledge.rules,
            code_key=self._store.keys.codes,
            fresh=fresh,
            on_file=unit.on_file(emails | phones),
            codes_sent={
                email: self._dispatch.codes_sent_to(unit, email, now - identity.HOUR)
                for email in emails
            },
            open_inquiries=unit.inquiries.open_of(self.key(came.person)) if passing else 0,
            shares_phone=came.shares_phone,
            vouched=came.vouched,
        )

    def _keep(self, unit: Unit, key: str, step: Step, now: datetime) -> None:
        unit.save_dialogue(key, step.dialogue, now)
        for ticket in step.tickets:
            self._save(unit, ticket, key, now)
        if step.inquiry:
            unit.inquiries.save(step.inquiry, key)
        for record in step.records:
            unit.audit.append(record)
        self._dispatch.post(unit, step.effects, now)

    def _answer_in_public(self, unit: Unit, event: AskedInPublic, now: datetime) -> None:
        known = self._knowledge
        language = in_public.language_of(
            event.text, event.language, known.rules.languages, known.matcher
        )
        said = in_public.answer(
            event.place, event.text, language, known.catalog, known.notice, known.matcher
        )
        self._dispatch.post(unit, [said], now)

    # Staff

    def _pass_on(self, unit: Unit, event: StaffAnswered, channel: str, now: datetime) -> None:
        inquiry = unit.inquiries.by_id(event.inquiry, lock=True)
        reply = staff_decision.reply(inquiry, event, now) if inquiry else Denial.STALE
        if isinstance(reply, Denial):
            number = inquiry.number if inquiry else ""
            self._deny(unit, event.inquiry, number, reply, event.actor, channel, now)
            return
        unit.inquiries.save(reply.inquiry)
        unit.audit.append(reply.record)
        self._dispatch.post(unit, reply.effects, now)

    def _decide(self, unit: Unit, event: StaffActed, channel: str, now: datetime) -> None:
        ticket = unit.ticket_by_id(event.ticket)
        denial = Denial.STALE if ticket is None else self._change(unit, ticket, event, now)
        if denial is not None:
            number = ticket.number if ticket else ""
            self._deny(unit, event.ticket, number, denial, event.actor, channel, now)

    def _deny(
        self,
        unit: Unit,
        subject: str,
        number: str,
        denial: Denial,
        actor: Actor,
        channel: str,
        now: datetime,
    ) -> None:
        history = unit.audit.history(subject)
        told = TellStaff(
            desk=channel,
            actor=actor.key,
            number=number,
            denial=denial,
            first=history[-1].actor if history else "",
            did=history[-1].action if history else "",
        )
        self._dispatch.post(unit, [told], now)

    def _change(
        self, unit: Unit, ticket: Ticket, event: StaffActed, now: datetime
    ) -> Denial | None:
        known = self._knowledge
        made = staff_decision.decide(ticket, event, now, known.rules, known.catalog, known.notice)
        if isinstance(made, Denial):
            return made
        self._save(unit, made.ticket, "", now)
        unit.audit.append(made.record)
        self._dispatch.post(unit, made.effects, now)
        return None

    # The clock

    def _time_came(self, unit: Unit, event: TimeCame, now: datetime) -> None:
        match event.task:
            case Task.REMIND:
                self._dispatch.post(unit, self._reminder(unit, event), now)
            case Task.LAPSE:
                self._lapse(unit, event, now)
            case Task.SELF_TEST:
                self._dispatch.post(unit, [Probe(day=event.day)], now)
            case Task.FORGET:
                self._forget(unit, now)

    def _reminder(self, unit: Unit, event: TimeCame) -> Iterator[Remind]:
        ticket = unit.ticket_by_id(event.ticket)
        if ticket is None:
            yield from self._inquiry_reminder(unit, event)
            return
        if ticket.state not in OPEN or ticket.clock.suspended_on:
            return
        due = ticket.clock.end(event.day).due
        if deadlines.reminder_due(due, event.day):
            days = (due - event.day).days
            yield Remind(ticket=ticket.id, number=ticket.number, days=days)

    def _inquiry_reminder(self, unit: Unit, event: TimeCame) -> Iterator[Remind]:
        inquiry = unit.inquiries.by_id(event.ticket)
        if inquiry is None or inquiry.closed_at:
            return
        waited = (event.day - self._knowledge.rules.today(inquiry.asked_at)).days
        if waited and waited % _WEEK == 0:
            yield Remind(ticket=inquiry.id, number=inquiry.number, days=-waited)

    def _lapse(self, unit: Unit, event: TimeCame, now: datetime) -> None:
        ticket = unit.ticket_by_id(event.ticket)
        if ticket is not None:
            lapse = Command(action=Action.LAPSE)
            acted = StaffActed(ticket=ticket.id, actor=THE_SYSTEM, command=lapse)
            self._change(unit, ticket, acted, now)

    def _forget(self, unit: Unit, now: datetime) -> None:
        kept = self._retention
        unit.forget(now, dialogues=kept.dialogues, events=kept.events)
        while ids := unit.outlived(now - kept.ended):
            # Written down first: what a restore brings back is then erased again.
            kept.erased(ids)
            unit.destroy(ids)
        self._close_unanswered(unit, now)
        while ids := unit.inquiries.outlived(now - kept.inquiries):
            kept.erased(ids)
            unit.destroy(ids)

    def _close_unanswered(self, unit: Unit, now: datetime) -> None:
        for waiting in unit.inquiries.waiting_since(now - self._retention.ended):
            inquiry = unit.inquiries.by_id(waiting, lock=True)
            if inquiry is None:
                continue
            closed, record = inquiries.lapsed(inquiry, now)
            unit.inquiries.save(closed)
            unit.audit.append(record)
            self._dispatch.post(unit, [ShowInquiry(inquiry=closed.id, number=closed.number)], now)

    def _save(self, unit: Unit, ticket: Ticket, key: str, now: datetime) -> None:
        due = ticket.clock.end(self._knowledge.rules.today(now)).due
        unit.save_ticket(ticket, key, due)

    def key(self, person: Person) -> str:
        """Return the hash under which a person's conversation and tickets are kept."""
        return self._store.keys.hashed(f"{person.channel}:{person.account}")

    def _today(self) -> date:
        return self._knowledge.rules.today(self._clock())


class _Unhandled(Exception):
    """An event could not be handled: what it was, and the kind of fault."""

    def __init__(self, received: Received, fault: str) -> None:
        super().__init__(fault)
        self.received = received
