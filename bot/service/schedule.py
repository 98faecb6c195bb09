"""Scheduled work: reminders, lapses, the daily self-test and retention."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from bot.core.conversation import unfinished
from bot.core.effects import (
    Alarm,
    AlarmReason,
    Digest,
    Probe,
    Remind,
    RemindOfInquiry,
    ShowInquiry,
)
from bot.core.events import StaffActed, Task, TaskDue
from bot.core.knowledge import Knowledge
from bot.core.tickets import absence, inquiries, reminders
from bot.core.tickets.command import Command
from bot.core.tickets.copies import LIFETIME
from bot.core.tickets.record import Observed, observed
from bot.core.tickets.ticket import THE_SYSTEM, Action, Ticket
from bot.core.tickets.transitions import check
from bot.core.time_jump import Uptime
from bot.errors import KeyFault
from bot.service import absences
from bot.service.customer import CustomerService
from bot.service.intake import CLOCK, Intake
from bot.service.routing import EffectRouter
from bot.service.staff import StaffService
from bot.storage.batches import batches
from bot.storage.retention import Periods
from bot.storage.store import Store
from bot.storage.unit import Unit

_QUIET = range(2, 5)  # hours of the local day


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long data is kept, and what else is told of its end.

    `erased` is given the ids of tickets and inquiries before they are destroyed; `letters` deletes
    those that stayed as files since before a moment.
    """

    periods: Periods = field(default_factory=Periods)
    erased: Callable[[Sequence[str]], None] = lambda _ids: None
    letters: Callable[[datetime], None] = lambda _before: None


class Schedule:
    """Enqueues the tasks of the day, and carries out each within the transaction of its event."""

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        intake: Intake,
        staff: StaffService,
        customers: CustomerService,
        router: EffectRouter,
        retention: Retention,
        clock: Callable[[], datetime],
        uptime: Callable[[], Uptime | None],
    ) -> None:
        self._store = store
        self._rules = knowledge.rules
        self._intake = intake
        self._staff = staff
        self._customers = customers
        self._router = router
        self._retention = retention
        self._clock = clock
        self._uptime = uptime

    def enqueue_daily_tasks(self) -> int:
        """Enqueue the tasks of today; return how many are new.

        Idempotent across replicas: the id of each event names task, ticket and day.
        """
        now = self._clock()
        self._look_at_clock(now)
        today = self._rules.today(now)
        with self._store.reading() as unit:
            reminding = list(self._reminding(unit, today))
            left = list(self._left_unfinished(unit, now))
            idle = list(self._lapsing(unit, now))
            uploaded = unit.files.tickets(now - LIFETIME)
            unbound = unit.audit.proofs_of_no_contact()
        tasks = [
            *left,
            TaskDue(task=Task.RETENTION, day=today),
            TaskDue(task=Task.SELF_TEST, day=today),
            *reminding,
            *(TaskDue(task=Task.LAPSE, day=today, ticket=ticket.id) for ticket in idle),
            *(TaskDue(task=Task.EXPIRE, day=today, ticket=ticket) for ticket in uploaded),
            *(TaskDue(task=Task.UNVERIFY, day=today, ticket=ticket) for ticket in unbound),
        ]
        return self._intake.receive(self._intake.inbound(_id(task), task) for task in tasks)

    def _left_unfinished(self, unit: Unit, now: datetime) -> Iterator[TaskDue]:
        """Yield the requests that were left half way, where it is time to do something about it."""
        rules = self._rules
        if not unfinished.may_write(now, rules):
            return
        for idle in unit.dialogues.idle_since(now - rules.remind_after):
            due = unfinished.due(idle.dialogue, idle.since, now, rules)
            if due:
                subject = unfinished.subject_of(idle.dialogue.at_request().state)
                what = f"{due}:{subject}:{idle.since.isoformat()}"
                task, day = Task.UNFINISHED, rules.today(now)
                yield TaskDue(task=task, day=day, person=idle.person, what=what)

    def _lapsing(self, unit: Unit, now: datetime) -> Iterator[Ticket]:
        """Yield the tickets that may lapse now: of which something was shown, none ever does."""
        for ticket in unit.tickets.unidentified_since(now - self._rules.lapse_after):
            if check(ticket, Action.LAPSE, THE_SYSTEM, now, self._rules) is None:
                yield ticket

    def _reminding(self, unit: Unit, today: date) -> Iterator[TaskDue]:
        """Yield the reminders of today unless they were enqueued before.

        They are read here, where nobody waits for it, and not in the transaction of their event.
        """
        task = TaskDue(task=Task.REMIND, day=today)
        if unit.inbox.knows(CLOCK, _id(task)):
            return
        due = unit.tickets.by_due_date()
        asked = unit.inquiries.open()
        away = absence.away(absences.noted(unit, self._rules), today)
        if found := reminders.digest(due, asked, today, self._rules, away):
            yield replace(task, digest=found)

    def scrub(self) -> None:
        """Have what retention deleted leave the files of the database too. Raises StorageError.

        PostgreSQL rewrites its tables for it, which nobody can read meanwhile: that is for the
        small hours.
        """
        if (
            not self._store.parallel
            or self._clock().astimezone(self._rules.timezone).hour in _QUIET
        ):
            self._store.scrub()

    def run(self, unit: Unit, event: TaskDue, now: datetime) -> None:
        """Carry out one task."""
        match event.task:
            case Task.REMIND:
                self._router.enqueue(unit, self._reminders(unit, event), now)
            case Task.SELF_TEST:
                self._router.enqueue(unit, self._self_test(unit, event), now)
            case Task.UNVERIFY:
                self._act(unit, event, Action.UNVERIFY, now)
            case _ if not unit.clock.agrees(now, self._uptime()):
                return  # what is destroyed by a wrong clock never comes back
            case Task.UNFINISHED:
                self._customers.take_up(unit, event.person, now)
            case Task.LAPSE:
                self._act(unit, event, Action.LAPSE, now)
            case Task.EXPIRE:
                self._expire(unit, event, now)
            case Task.RETENTION:
                self._purge_expired(unit, now)

    def _look_at_clock(self, now: datetime) -> None:
        """Note the time; after a jump of more than a day, alarm staff and wait for a person."""
        with self._store.reading() as unit:
            if unit.clock.is_noted(now, self._uptime()):
                return
        self._store.retrying(partial(self._note_time, now=now))

    def _note_time(self, unit: Unit, now: datetime) -> None:
        if unit.clock.note(now, self._uptime()):
            return
        day = self._rules.today(now).isoformat()
        held = observed(Observed.CLOCK_JUMPED, now, actor=THE_SYSTEM.key, facts={"to": day})
        unit.audit.append(held)
        alarm = Alarm(trouble=AlarmReason.CLOCK_JUMPED, reference=day)
        self._router.enqueue(unit, [alarm], now)

    def _self_test(self, unit: Unit, event: TaskDue) -> Iterator[Probe | Alarm]:
        """Try the channels out; once a week, tell the desk the head of the audit chain."""
        yield Probe(day=event.day)
        head = unit.audit.head()
        if event.day.weekday() == 0 and head.seq:
            yield Alarm(trouble=AlarmReason.AUDIT_HEAD, reference=head.shortened())

    def _reminders(self, unit: Unit, event: TaskDue) -> Iterator[Digest | Remind | RemindOfInquiry]:
        """Yield what tells staff of a day's reminders; a single one stands below its card."""
        if event.digest is not None:
            several = len(event.digest.reminders) > 1
            yield from [event.digest] if several else event.digest.reminders
            return
        # Stored when each ticket and question had its own event; in older rows, with one field.
        ticket = unit.tickets.by_id(event.ticket)
        inquiry = unit.inquiries.by_id(event.inquiry or event.ticket)
        if ticket and (of_it := reminders.of_ticket(ticket, event.day)):
            yield of_it
        if inquiry and (asked := reminders.of_inquiry(inquiry, event.day, self._rules)):
            yield asked

    def _act(self, unit: Unit, event: TaskDue, action: Action, now: datetime) -> None:
        """Act on a ticket if the table allows it: a denial is nobody's."""
        ticket = unit.tickets.by_id(event.ticket)
        if ticket is not None:
            command = Command(action=action)
            acted = StaffActed(ticket=ticket.id, actor=THE_SYSTEM, command=command)
            self._staff.change(unit, ticket, acted, now)

    def _expire(self, unit: Unit, event: TaskDue, now: datetime) -> None:
        """Destroy a copy whose page has ended; staff hear of one that nobody opened."""
        self._act(unit, event, Action.EXPIRE, now)
        after = unit.tickets.by_id(event.ticket)
        if after and not after.files and after.delivery and not after.delivery.opened:
            alarm = Alarm(trouble=AlarmReason.UNCOLLECTED, number=after.number)
            self._router.enqueue(unit, [alarm], now)

    def _purge_expired(self, unit: Unit, now: datetime) -> None:
        kept = self._retention.periods
        self._retention.letters(now - kept.events)
        purged = unit.purge_expired(now, kept)
        purged += unit.question_counts.purge(self._rules.today(now - kept.counts))
        purged += unit.unanswered_questions.purge(self._rules.today(now - kept.unanswered))
        if purged:
            facts = {"rows": str(purged)}
            unit.audit.append(observed(Observed.PURGED, now, actor=THE_SYSTEM.key, facts=facts))
        self._destroy(unit, now, unit.tickets.expired(now - kept.ended))
        self._close_unanswered(unit, now)
        self._destroy(unit, now, unit.inquiries.expired(now - kept.inquiries))

    def _destroy(self, unit: Unit, now: datetime, expired: Sequence[str]) -> None:
        """Destroy what was found expired a day ago too, and mark the rest for tomorrow."""
        for found in batches(expired):
            ids = unit.marks.due(found, now)
            # Journalled first: what a restore brings back is then erased again.
            self._retention.erased(ids)
            unit.erase(ids, now)
            unit.marks.keep(set(found) - set(ids), now)

    def _close_unanswered(self, unit: Unit, now: datetime) -> None:
        for waiting in unit.inquiries.waiting_since(now - self._retention.periods.ended):
            inquiry = None
            with suppress(KeyFault, ValueError):  # a damaged one must not stop retention
                inquiry = unit.inquiries.by_id(waiting, lock=True)
            if inquiry is None:
                continue
            closed, record = inquiries.lapsed(inquiry, now)
            unit.inquiries.save(closed)
            unit.audit.append(record)
            self._router.enqueue(unit, [ShowInquiry(inquiry=closed.id, number=closed.number)], now)


def _id(task: TaskDue) -> str:
    about = task.ticket or task.inquiry or task.person
    return ":".join(filter(None, (task.task, f"{about}:{task.day}", task.what)))
