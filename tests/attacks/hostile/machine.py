"""Makes histories of hostile events, and looks after each whether every claim holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.core.buttons import decode
from bot.core.catalog import Language, Right
from bot.core.events import (
    Chose,
    CustomerEvent,
    FromCustomer,
    Requested,
    Said,
    Shared,
    StaffActed,
    StaffAnswered,
    Task,
    TaskDue,
)
from bot.core.knowledge import Knowledge
from bot.core.tickets import transitions
from bot.core.tickets.ticket import Action, Ticket
from tests.attacks.hostile import acts, identity_claims, limit_claims, word_claims
from tests.attacks.hostile.cast import (
    ADDRESSES,
    ALICE,
    CUSTOMERS,
    DECIDED,
    DETAILS,
    HOSTILE,
    NAMED,
    REGISTERS,
    ROLES,
    STAFF,
    Wordings,
    reads,
    register,
)
from tests.attacks.hostile.simulation import Simulation
from tests.attacks.hostile.truth import Bounced, Happened, Shown, Truth
from tests.attacks.hostile.word_claims import Words

Thing = TypeVar("Thing")
Claim = Callable[[Truth, Happened], Iterator[str]]
WordClaim = Callable[[Words, Truth, Happened], Iterator[str]]

CLAIMS: tuple[Claim, ...] = (
    identity_claims.evidence_is_true,
    identity_claims.identity_is_proved,
    identity_claims.decided_by_whom_it_may,
    identity_claims.confirmed_by_an_approver,
    identity_claims.lapses_late_enough,
    identity_claims.nobody_elses_tickets,
    limit_claims.few_codes,
    limit_claims.nobody_is_locked_out,
    limit_claims.quotas_hold,
    limit_claims.audited,
    limit_claims.clocks_are_never_shorter,
    limit_claims.ended_once,
)
WORD_CLAIMS: tuple[WordClaim, ...] = (
    word_claims.quotations_only,
    word_claims.nothing_of_others,
    word_claims.masked_everywhere,
    word_claims.register_is_not_told,
    word_claims.letters_to_proved_addresses,
    word_claims.what_was_written_reaches_staff,
)

customers = st.sampled_from(sorted(NAMED))
staff = st.sampled_from(sorted(STAFF))
number = st.integers(0, 999)
DECISIONS = st.integers(0, len(DECIDED) - 1)
FILES = st.integers(0, len(REGISTERS) - 1)
WAITS = tuple(timedelta(minutes=m) for m in (1, 16, 61, 300, 1500, 2880, 11520, 44640, 87840))
JUMPS = tuple(timedelta(hours=h) for h in (-40, -3, 3, 20, 24 * 70, 24 * 400, -24 * 30))


@dataclass
class Tally:
    """How many events were taken, and what they reached."""

    events: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)

    def count(self, happened: Happened) -> None:
        event = happened.event
        inner = event.event if isinstance(event, FromCustomer) else event
        self.events[type(inner).__name__] += 1
        self.reached.update(record.action for record in happened.records)
        self.reached.update(ticket.state for ticket in happened.after.values())
        self.reached.update(f"code {note.event}" for note in happened.codes)
        self.reached.update(f"limit {note.limit}" for note in happened.codes if note.limit)
        if happened.denial:
            self.reached[f"denied {happened.denial}"] += 1


class HostileHistory(RuleBasedStateMachine):
    """One organisation, its customers and thieves, its staff, its calendar and its faults."""

    words: Words
    tally: Tally

    @initialize(
        decided=st.integers(0, len(DECIDED) - 1), on_file=st.integers(0, len(REGISTERS) - 1)
    )
    def begins(self, decided: int, on_file: int) -> None:
        content = self.words.content
        knowledge = Knowledge(
            catalog=content.catalog,
            notice=content.notice,
            matcher=Wordings(content.catalog),
            rules=DECIDED[decided],
        )
        self.simulation = Simulation(knowledge, register(on_file))
        self.truth = Truth(rules=DECIDED[decided], on_file=self.simulation.on_file)
        self.staff = dict(STAFF)
        self.tokens: dict[str, list[str]] = {person.account: [] for person in CUSTOMERS}
        self.delayed: list[Callable[[], None]] = []
        self.last: Callable[[], None] | None = None

    # What anybody does

    @rule(who=customers, choice=number)
    def goes_on(self, who: str, choice: int) -> None:
        dialogue = self.simulation.dialogues.get(who)
        self._take(who, Said(text=acts.answer_to(dialogue, NAMED[who], choice)))

    @rule(who=customers, choice=number)
    def goes_on_too(self, who: str, choice: int) -> None:
        self.goes_on(who, choice)

    @rule(who=customers, text=st.sampled_from(HOSTILE + ADDRESSES), odd=st.integers(0, 7))
    def writes_anything(self, who: str, text: str, odd: int) -> None:
        self._take(who, Said(text=text, attached=odd == 6, edited=odd == 7))

    @rule(who=customers, which=st.integers(0, 12))
    def presses(self, who: str, which: int) -> None:
        self._press(who, who, which)

    @rule(who=customers, of=customers, which=st.integers(0, 40))
    def presses_what_another_was_shown(self, who: str, of: str, which: int) -> None:
        self._press(who, of, which)

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=customers, word=st.sampled_from(acts.OF_TICKETS), which=number)
    def presses_of_a_ticket(self, who: str, word: str, which: int) -> None:
        """A button that names a ticket: their own, more often than not."""
        own = self.simulation.tickets_of(who) if which % 4 else ()
        ticket = _newest(own or list(self.simulation.tickets.values()), which // 4)
        self._take(who, Chose(token=f"{word}:{ticket.id}"))

    @rule(who=customers, text=st.sampled_from(DETAILS[1:3]))
    def passes_a_question_on(self, who: str, text: str) -> None:
        self._take(who, Said(text=f"{text}?"))
        passes = [token for token in self.tokens[who] if token.startswith("pass:")]
        self._take(who, Chose(token=passes[-1] if passes else "pass:1"))

    def _press(self, who: str, of: str, which: int) -> None:
        offered = self.tokens[of]
        token = offered[-1 - which % len(offered)] if offered else f"yes:{which}"
        self._take(who, Chose(token=token))

    @rule(
        who=customers,
        right=st.sampled_from(Right),
        choice=number,
        language=st.sampled_from(Language),
    )
    def fills_in_a_form(self, who: str, right: Right, choice: int, language: Language) -> None:
        form = Requested(
            right=right,
            name=ALICE.name if choice % 7 == 6 else NAMED[who].name,
            email="" if choice % 5 == 4 else acts.addressed(NAMED[who], choice),
            details=DETAILS[choice % len(DETAILS)],
            language=language,
        )
        self._take(who, form)

    @rule(who=customers, which=st.integers(0, 3))
    def shares_a_number(self, who: str, which: int) -> None:
        person = NAMED[who]
        if person.shares_phone:
            self._take(who, Shared(phone=person.phones[0] if person.phones and which else ""))

    @rule(who=customers, which=st.integers(0, 19))
    def types_a_code(self, who: str, which: int) -> None:
        """The newest that they can read, more often than not; else an older one, or a guess."""
        letters = [one for one in self.truth.letters if reads(NAMED[who], one.email)]
        newest = letters[-1].code if letters else "12345678"
        typed = {15: letters[0].code if letters else "", 16: "70000002", 17: "99999999"}
        if which == 19:  # "this was not me"
            typed[19] = next((one.word for one in letters if one.word), "BCDF-GHKL")
        typed[18] = f"The code is {newest}, thank you"
        self._take(who, Said(text=typed.get(which, f"{newest[:4]} {newest[4:]}")))

    @rule(who=customers, tries=st.integers(2, 6))
    def guesses(self, who: str, tries: int) -> None:
        for _ in range(tries):
            self.types_a_code(who, 17)
        self.types_a_code(who, 0)

    @rule(who=customers, right=st.sampled_from(Right), choice=number)
    def asks_and_proves(self, who: str, right: Right, choice: int) -> None:
        """A request as it should be: a form, and the code that came."""
        self.fills_in_a_form(who, right, choice, Language.EN)
        self.types_a_code(who, choice % 13)

    def _take(self, who: str, event: CustomerEvent) -> None:
        self._take_late(who, event, self.simulation.now)

    def _take_late(self, who: str, event: CustomerEvent, came: datetime) -> None:
        self.truth.hear(who, *_texts(event))
        happened = self.simulation.take(NAMED[who], event, came)
        if isinstance(happened.event, FromCustomer):
            self.truth.hear(who, *_texts(happened.event.event))
        self._check(happened)
        self.last = lambda: self._take_late(who, event, came)

    # What staff do

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=staff, which=number, choice=number)
    def staff_work(self, who: str, which: int, choice: int) -> None:
        ticket, actor, now = self._ticket(which), self.staff[who], self.simulation.now
        rules = self.simulation.knowledge.rules
        may = transitions.possible(ticket, actor, now, rules) or tuple(Action)
        action = may[choice % len(may)]
        self._decide(ticket, who, acts.useful(action, actor, choice, now, ticket))

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=staff, which=number, choice=number)
    def staff_work_too(self, who: str, which: int, choice: int) -> None:
        self.staff_work(who, which, choice)

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=staff, which=number, action=st.sampled_from(Action), choice=number)
    def staff_try_anything(self, who: str, which: int, action: Action, choice: int) -> None:
        ticket, actor = self._ticket(which), self.staff[who]
        self._decide(ticket, who, acts.wild(action, actor, choice, self.simulation.now, ticket))

    def _decide(self, ticket: Ticket, who: str, command: transitions.Command) -> None:
        event = StaffActed(ticket=ticket.id, actor=self.staff[who], command=command)

        def decide() -> None:
            self._check(self.simulation.decide(event))

        decide()
        self.last = decide

    @precondition(lambda self: self.simulation.inquiries)
    @rule(who=staff, which=number, choice=number)
    def staff_answer(self, who: str, which: int, choice: int) -> None:
        asked = list(self.simulation.inquiries.values())
        inquiry = asked[which % len(asked)]
        event = StaffAnswered(
            inquiry=inquiry.id,
            actor=self.staff[who],
            text=acts.STAFF_TEXTS[choice % len(acts.STAFF_TEXTS)],
            version=(None, 1, inquiry.version)[choice % 3],
        )
        self._check(self.simulation.answer(event))

    @precondition(lambda self: self.simulation.tickets)
    @rule(which=number, choice=number, steps=st.integers(1, 3))
    def staff_see_it_through(self, which: int, choice: int, steps: int) -> None:
        """Vouch, confirm, carry out: each by somebody who may, as far as it goes."""
        of, now = self._ticket(which).id, self.simulation.now
        rules = self.simulation.knowledge.rules
        for action in (Action.VERIFY, Action.CONFIRM, Action.FULFIL)[:steps]:
            ticket = self.simulation.tickets[of]
            able = [
                who
                for who, actor in self.staff.items()
                if choice % 4 == 0 or action in transitions.possible(ticket, actor, now, rules)
            ]
            if able:
                who = able[choice % len(able)]
                self._decide(ticket, who, acts.useful(action, self.staff[who], choice, now, ticket))

    # What changes around them

    @rule(what=st.integers(0, 9), choice=number)
    def something_else_changes(self, what: int, choice: int) -> None:
        """Time, the clock, who is staff, and who is on file."""
        if what < 4:
            self.simulation.wait(WAITS[choice % len(WAITS)])
        elif what < 6:
            jump = JUMPS[choice % len(JUMPS)]
            self.simulation.jump(jump)
            self.truth.clock_is_right &= abs(jump) <= timedelta(days=1)
        elif what == 6:
            self.simulation.accept_clock()
            self.truth.clock_is_right = True
        elif what == 7:
            self.simulation.on_file = self.truth.on_file = register(choice % len(REGISTERS))
        else:
            who = sorted(self.staff)[choice % len(self.staff)]
            self.staff[who] = replace(self.staff[who], roles=ROLES[choice % len(ROLES)])

    @precondition(lambda self: self.simulation.tickets)
    @rule(which=number, task=st.sampled_from([Task.LAPSE, Task.LAPSE, Task.UNVERIFY]))
    def a_task_is_due(self, which: int, task: Task) -> None:
        today = self.simulation.knowledge.rules.today(self.simulation.now)
        task_due = TaskDue(task=task, day=today, ticket=self._ticket(which).id)
        self._check(self.simulation.run(task_due))

    # Faults

    @precondition(lambda self: self.simulation.tickets)
    @rule(which=number)
    def a_code_bounces(self, which: int) -> None:
        letters = self.truth.letters
        if letters:
            letter = letters[-1 - which % len(letters)]
            of = next(t for t in self.simulation.tickets.values() if t.number == letter.number)
            self._check(self.simulation.bounce(Bounced(ticket=of.id, email=letter.email)))

    @precondition(lambda self: self.simulation.tickets)
    @rule(which=number)
    def a_desk_sees_it(self, which: int) -> None:
        self._check(self.simulation.show(Shown(ticket=self._ticket(which).id)))

    @precondition(lambda self: self.last)
    @rule()
    def it_is_delivered_again(self) -> None:
        if self.last:
            self.last()

    @rule(who=customers, choice=number)
    def something_is_late(self, who: str, choice: int) -> None:
        dialogue, came = self.simulation.dialogues.get(who), self.simulation.now
        tokens = self.tokens[who]
        event: CustomerEvent = Said(text=acts.answer_to(dialogue, NAMED[who], choice))
        if tokens and choice % 2:
            event = Chose(token=tokens[-1 - choice % len(tokens)])
        self.delayed.append(lambda: self._take_late(who, event, came))

    @precondition(lambda self: self.delayed)
    @rule(which=number)
    def what_was_late_arrives(self, which: int) -> None:
        self.delayed.pop(which % len(self.delayed))()

    # After each event

    def _ticket(self, which: int) -> Ticket:
        return _newest(list(self.simulation.tickets.values()), which)

    def _check(self, happened: Happened) -> None:
        broken = [fault for claim in CLAIMS for fault in claim(self.truth, happened)]
        broken += [
            fault for claim in WORD_CLAIMS for fault in claim(self.words, self.truth, happened)
        ]
        assert not broken, broken
        self.truth.note(happened)
        for ticket in self.simulation.tickets.values():
            assert self.truth.tickets[ticket.id] is ticket, f"{ticket.number} changed unseen"
        for say in word_claims.said(happened):
            self.truth.staff_words[say.to.account] |= word_claims.staff_words(happened)
            self.tokens[say.to.account] += [choice.button.encode() for choice in say.choices]
            assert all(decode(token) for token in self.tokens[say.to.account][-9:])
        self.tally.count(happened)


def _texts(event: CustomerEvent) -> Sequence[str]:
    match event:
        case Said(text=text):
            return (text,)
        case Requested():
            return (event.name, event.email, event.details)
        case Shared(phone=phone):
            return (phone,)
    return ()


def _newest(things: Sequence[Thing], which: int) -> Thing:
    """Return one of some things: one of the last few, more often than not."""
    few = things[-4:] if which % 3 else things
    return few[which % len(few)]
