"""The core, with what the service does around it, in memory; the clock stands until it is moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.core import pace, time_jump
from bot.core.contacts import OnFile
from bot.core.conversation import bounced_code, in_public, languages
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.step import Step, lookups, step
from bot.core.conversation.world import World
from bot.core.effects import Say, SendCode, SendLetter
from bot.core.events import (
    AskedInPublic,
    CustomerEvent,
    FromCustomer,
    StaffActed,
    StaffAnswered,
    StaffOpened,
    Task,
    TaskDue,
)
from bot.core.knowledge import Knowledge
from bot.core.pace import Pace
from bot.core.sanitise import sanitise
from bot.core.tickets import (
    collecting,
    identity,
    silent_changes,
    staff_decision,
    staff_opening,
    told_code,
)
from bot.core.tickets.code_budget import CodeNote
from bot.core.tickets.collecting import Problem
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Way
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.quotas import LAST_ENDED
from bot.core.tickets.record import Record
from bot.core.tickets.staff_opening import Drawn
from bot.core.tickets.ticket import (
    OPEN,
    THE_SYSTEM,
    Action,
    Denial,
    Person,
    State,
    Ticket,
)
from bot.core.time_jump import SeenAt
from tests.attacks.hostile.cast import Customer
from tests.attacks.hostile.truth import Bounced, CopyOpened, Happened, Shown
from tests.in_memory import CodesInMemory, NewIds

START = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
GROUP = "group"
_UNDECIDED = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION)


class Simulation:
    """Takes one event after the other, and tells what each led to."""

    def __init__(self, knowledge: Knowledge, on_file: OnFile) -> None:
        self.knowledge = knowledge
        self.on_file = on_file
        self.now = START
        self._seen = SeenAt(START)
        self._held = False
        self._pace = Pace()
        self.tickets: dict[str, Ticket] = {}
        self.inquiries: dict[str, Inquiry] = {}
        self.dialogues: dict[str, Dialogue] = {}
        self._codes: list[tuple[str, CodeNote, datetime]] = []
        self._serials: dict[str, count[int]] = defaultdict(lambda: count(1))

    # The clock

    def wait(self, time: timedelta) -> None:
        """Let time pass while the service runs, which sees it pass."""
        self.now += time
        if not self._held:
            self._seen = SeenAt(self.now)

    def jump(self, time: timedelta) -> None:
        """Set the clock wrong."""
        self.now = max(self.now + time, START - timedelta(days=400))
        self._held = self._held or time_jump.jumped(self._seen, self.now)

    def accept_clock(self) -> None:
        """A person says that the time is right."""
        self._seen, self._held = SeenAt(self.now), False

    # Customers

    def take(self, who: Customer, event: CustomerEvent, received_at: datetime) -> Happened:
        """Take what a customer wrote, pressed, shared or filled in."""
        person = Person(channel="pure", account=who.account)
        rules = self.knowledge.rules
        came = sanitise(
            FromCustomer(
                person=person, event=event, shares_phone=who.shares_phone, vouched=who.vouched
            ),
            rules.today(self.now),
        )
        tickets = self.tickets_of(who.account)
        before = self.dialogues.get(who.account) or Dialogue(
            language=languages.of_person(rules.languages, tickets, None)
        )
        # Who writes too fast is answered later.
        self.now += pace.pause(before.pace, rules.pace, self.now)
        world = self._world(came, before, tickets, received_at)
        made = step(before, came.event, world)
        twins = tuple(self._as_if_unknown(ticket) for ticket in tickets)
        unknown = replace(world, on_file=OnFile(), tickets=twins)
        otherwise = _differs(made, step(before, came.event, unknown))
        return self._kept(who, came, before, made, otherwise)

    def _kept(
        self, who: Customer, came: FromCustomer, before: Dialogue, made: Step, otherwise: str | None
    ) -> Happened:
        self.dialogues[who.account] = made.dialogue
        self._codes += [(who.account, note, self.now) for note in made.codes]
        if made.inquiry:
            self.inquiries[made.inquiry.id] = made.inquiry
        old = {t.id: self.tickets[t.id] for t in made.tickets if t.id in self.tickets}
        return Happened(
            event=came,
            now=self.now,
            by=who.account,
            customer=who,
            before=old,
            after=self._keep(made.tickets),
            effects=made.effects,
            records=(*made.records, *self._silent(old, made.tickets, made.records)),
            codes=made.codes,
            inquiry=made.inquiry,
            dialogue=made.dialogue,
            greeted=before.greeted,
            otherwise=otherwise,
        )

    def tickets_of(self, account: str) -> tuple[Ticket, ...]:
        """Return an account's tickets as they are read: the open, and the last that have ended."""
        own = [t for t in self.tickets.values() if t.person.account == account]
        ended = [t.id for t in own if t.state not in OPEN][-LAST_ENDED:]
        return tuple(t for t in own if t.state in OPEN or t.id in ended)

    def _world(
        self,
        came: FromCustomer,
        dialogue: Dialogue,
        tickets: tuple[Ticket, ...],
        received_at: datetime,
    ) -> World:
        needed = lookups(dialogue, tickets, came.event, came.vouched)
        account = came.person.account
        found = {c: p for c, p in self.on_file.persons.items() if c in needed.contacts}
        asked = [i for i in self.inquiries.values() if i.person.account == account]
        waiting = [inquiry for inquiry in asked if inquiry.closed_at is None]
        return World(
            knowledge=self.knowledge,
            now=self.now,
            received_at=received_at,
            person=came.person,
            tickets=tickets,
            new=NewIds(self._serials, self.now.year),
            code_key=b"key",
            on_file=OnFile(found),
            codes=CodesInMemory(self._codes, account, self.now),
            open_inquiries=lambda: len(waiting),
            waiting_inquiries=lambda: waiting,
            shares_phone=came.shares_phone,
            vouched=came.vouched,
        )

    def _as_if_unknown(self, ticket: Ticket) -> Ticket:
        """Return an undecided ticket as it would be if none of its contacts were on file."""
        if ticket.state not in _UNDECIDED:
            return ticket
        shown = tuple(replace(e, on_file=False, same_person=()) for e in ticket.evidence)
        policy = self.knowledge.rules.policy
        proof = identity.suffices(shown, ticket.contacts, ticket.right, policy)
        state = State.AWAITING_CONFIRMATION if proof else State.AWAITING_IDENTITY
        return replace(ticket, state=state, evidence=shown, verified=proof)

    def ask_in_public(self, text: str) -> Happened:
        """Take what somebody asked in a group."""
        place = Person(channel="pure", account=GROUP)
        asked = AskedInPublic(place=place, text=text)
        came = sanitise(asked, self.knowledge.rules.today(self.now))
        taken = in_public.step(came, self._pace, self.knowledge, self.now)
        self._pace = taken.pace
        effects = (taken.say,) if taken.say else ()
        return Happened(event=came, now=self.now, by=GROUP, effects=effects)

    # Staff, the calendar, and what becomes of effects

    def open_for(self, event: StaffOpened) -> Happened:
        """Take a request that staff open."""
        rules = self.knowledge.rules
        clean = sanitise(event, rules.today(self.now))
        drawn = Drawn(
            new=NewIds(self._serials, self.now.year),
            codes=CodesInMemory(self._codes, "", self.now),
            code_key=b"key",
        )
        made = staff_opening.opened(clean.request, clean.actor, drawn, self.now, rules)
        happened = Happened(event=clean, now=self.now, by=event.actor.key)
        if isinstance(made, Denial):
            return replace(happened, denial=made)
        self._codes += [(made.ticket.id, note, self.now) for note in made.codes]
        silent = self._silent({}, [made.ticket], [made.record])
        return replace(
            happened,
            after=self._keep([made.ticket]),
            effects=made.effects,
            records=(made.record, *silent),
            codes=made.codes,
        )

    def _tell_code(self, event: StaffActed, ticket: Ticket) -> Happened:
        rules = self.knowledge.rules
        tried = told_code.taken(ticket, event, b"key", self.on_file, self.now, rules)
        if not isinstance(tried.event, Denial):
            return self._decided(tried.event, tried.ticket)
        happened = Happened(event=event, now=self.now, by=event.actor.key, denial=tried.event)
        if tried.ticket == ticket:
            return happened
        old, kept = {ticket.id: ticket}, self._keep([tried.ticket])
        silent = tuple(self._silent(old, [tried.ticket], ()))
        return replace(happened, before=old, after=kept, records=silent)

    def decide(self, event: StaffActed) -> Happened:
        """Take a decision of staff, or of the system."""
        clean = sanitise(event, self.knowledge.rules.today(self.now))
        ticket = self.tickets.get(event.ticket)
        if clean.command.action is Action.DELIVER and clean.command.way is Way.PAGE:
            token = f"link-{next(self._serials['link'])}"
            clean = replace(clean, command=replace(clean.command, token=token))
        if ticket and clean.command.action is Action.TELL_CODE:
            return self._tell_code(clean, ticket)
        return self._decided(clean, ticket)

    def _decided(self, clean: StaffActed, ticket: Ticket | None) -> Happened:
        made = (
            staff_decision.decide(ticket, clean, self.now, self.knowledge)
            if ticket
            else Denial.UNKNOWN
        )
        happened = Happened(event=clean, now=self.now, by=clean.actor.key)
        if ticket is None or isinstance(made, Denial):
            return replace(happened, denial=made if isinstance(made, Denial) else None)
        return replace(
            happened,
            before={ticket.id: self.tickets[ticket.id]},
            after=self._keep([made.ticket]),
            effects=made.effects,
            records=(made.record,),
        )

    def open_copy(self, who: Customer, event: CopyOpened) -> Happened:
        """Take what somebody does on the page of a copy."""
        rules, ticket = self.knowledge.rules, self.tickets[event.ticket]
        happened = Happened(event=event, now=self.now, by=who.account, customer=who)
        if event.code is None:
            code = NewIds(self._serials, self.now.year).code
            sent = collecting.with_code(ticket, event.token, code, b"key", self.now, rules)
            if isinstance(sent, Problem):
                return happened
            return self._kept_copy(happened, ticket, sent[0], (sent[1],), ())
        tried, made = collecting.opened(ticket, event.token, event.code, b"key", self.now, rules)
        if isinstance(made, Problem):
            return self._kept_copy(happened, ticket, tried, (), ()) if tried != ticket else happened
        return self._kept_copy(happened, ticket, made.ticket, (), (made.record,))

    def _kept_copy(
        self,
        happened: Happened,
        before: Ticket,
        after: Ticket,
        effects: tuple[SendCode, ...],
        records: tuple[Record, ...],
    ) -> Happened:
        old = {before.id: before}
        return replace(
            happened,
            before=old,
            after=self._keep([after]),
            effects=effects,
            records=(*records, *self._silent(old, [after], records)),
        )

    def answer(self, event: StaffAnswered) -> Happened:
        """Take an answer of staff to a question that was passed to them."""
        clean = sanitise(event, self.knowledge.rules.today(self.now))
        made = staff_decision.reply(self.inquiries[event.inquiry], clean, self.now)
        happened = Happened(event=clean, now=self.now, by=event.actor.key)
        if isinstance(made, Denial):
            return replace(happened, denial=made)
        self.inquiries[event.inquiry] = made.inquiry
        return replace(happened, inquiry=made.inquiry, effects=made.effects, records=(made.record,))

    def run(self, task: TaskDue) -> Happened:
        """Carry out a task of the calendar; one that destroys waits while the clock is in doubt."""
        held = self._held or time_jump.jumped(self._seen, self.now)
        if task.task is Task.LAPSE and held:
            return Happened(event=task, now=self.now, by=THE_SYSTEM.key)
        actions = {Task.LAPSE: Action.LAPSE, Task.EXPIRE: Action.EXPIRE}
        action = actions.get(task.task, Action.UNVERIFY)
        acted = StaffActed(ticket=task.ticket, actor=THE_SYSTEM, command=Command(action=action))
        return replace(self.decide(acted), event=task)

    def bounce(self, event: Bounced) -> Happened:
        """Take the news that a letter with a code was not taken."""
        ticket = self.tickets[event.ticket]
        changed, said = bounced_code.bounced(ticket, event.email) or (ticket, None)
        return self._silently(event, ticket, changed, said)

    def show(self, event: Shown) -> Happened:
        """Note that a desk has seen a ticket."""
        ticket = self.tickets[event.ticket]
        return self._silently(event, ticket, replace(ticket, staff_told=True), None)

    def _silently(
        self, event: Bounced | Shown, before: Ticket, after: Ticket, said: Say | None
    ) -> Happened:
        old = {before.id: before}
        return Happened(
            event=event,
            now=self.now,
            by=THE_SYSTEM.key,
            before=old,
            after=self._keep([after]),
            effects=(said,) if said else (),
            records=tuple(self._silent(old, [after], ())),
        )

    def _keep(self, tickets: Sequence[Ticket]) -> Mapping[str, Ticket]:
        kept = {ticket.id: ticket for ticket in tickets}
        self.tickets |= kept
        return kept

    def _silent(
        self, old: Mapping[str, Ticket], new: Sequence[Ticket], recorded: Sequence[Record]
    ) -> Iterator[Record]:
        for ticket in new:
            yield from silent_changes.records(old.get(ticket.id), ticket, recorded, self.now)


def _differs(one: Step, other: Step) -> str | None:
    """Return what a customer and their mailbox get in the other step, where it is not the same."""
    mine, theirs = (
        (made.dialogue, made.codes, made.inquiry, *_for_customer(made)) for made in (one, other)
    )
    return None if mine == theirs else repr(theirs)


def _for_customer(made: Step) -> Iterator[Say | SendCode | SendLetter]:
    return (effect for effect in made.effects if isinstance(effect, Say | SendCode | SendLetter))
