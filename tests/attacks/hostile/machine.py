"""What may happen next in a hostile history: one rule for each kind of event or fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.core.catalog import Language, Right
from bot.core.events import (
    Chose,
    CustomerEvent,
    Requested,
    Said,
    Shared,
    StaffAnswered,
    StaffOpened,
    Task,
    TaskDue,
)
from bot.core.tickets import transitions
from bot.core.tickets.command import Command
from bot.core.tickets.source import Source
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.ticket import Action, State
from tests.attacks.hostile import acts
from tests.attacks.hostile.cast import (
    ADDRESSES,
    ALICE,
    ASKED,
    BOB,
    DETAILS,
    HOSTILE,
    NAMED,
    REGISTERS,
    ROLES,
    STAFF,
    WANTED,
    reads,
    register,
)
from tests.attacks.hostile.checked import CheckedHistory, newest
from tests.attacks.hostile.simulation import GROUP
from tests.attacks.hostile.truth import Bounced, CopyOpened, Shown

customers = st.sampled_from(sorted(NAMED))
staff = st.sampled_from(sorted(STAFF))
number = st.integers(0, 999)
WAITS = tuple(timedelta(minutes=m) for m in (1, 16, 61, 300, 1500, 2880, 11520, 44640, 87840))
JUMPS = tuple(timedelta(hours=h) for h in (-40, -3, 3, 20, 24 * 70, 24 * 400, -24 * 30))


class HostileHistory(CheckedHistory):
    """One organisation, its customers and thieves, its staff, its calendar and its faults."""

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
        some = own or list(self.simulation.tickets.values())
        of = newest(some, which // 4).id if some else "nothing"
        self._take(who, Chose(token=f"{word}:{of}"))

    @rule(who=customers, text=st.sampled_from(DETAILS[1:3]))
    def passes_a_question_on(self, who: str, text: str) -> None:
        self._take(who, Said(text=f"{text}?"))
        passes = [token for token in self.tokens[who] if token.startswith("pass:")]
        self._take(who, Chose(token=passes[-1] if passes else "pass:1"))

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
            concerned=("", "", ALICE.name, BOB.name)[choice // 3 % 4],
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
        typed = {15: letters[0].code if letters else "", 16: "60000002", 17: "99999999"}
        if which == 19:  # "this was not me"
            typed[19] = next((one.word for one in letters if one.word), "BCDF-GHKL")
        typed[18] = f"The code is {newest}, thank you"
        self._take(who, Said(text=typed.get(which, f"{newest[:4]} {newest[4:]}")))

    @rule(who=customers, right=st.sampled_from(Right), times=st.integers(2, 6))
    def asks_for_code_after_code(self, who: str, right: Right, times: int) -> None:
        self.fills_in_a_form(who, right, 1, Language.EN)
        for _ in range(times):
            self.simulation.wait(timedelta(minutes=61))
            self.presses_of_a_ticket(who, "resend", 13)

    @rule(who=customers, right=st.sampled_from(Right), choice=number, twist=st.integers(0, 9))
    def asks_and_proves(self, who: str, right: Right, choice: int, twist: int) -> None:
        """A request as it should be, a form and the code that came; or nearly so."""
        self.fills_in_a_form(who, right, 10 * choice + 1, Language.EN)
        match twist:
            case 0:
                self.simulation.wait(timedelta(minutes=16 + choice))
            case 1:
                for _ in range(5 + choice % 2):
                    self.types_a_code(who, 17)
            case 2:
                self.presses_of_a_ticket(who, "resend", 4 * choice + 1)
            case 3:
                self.shares_a_number(who, 1)
            case 4:
                self.simulation.jump(timedelta(hours=-3))
            case 6 | 7:  # in another's name besides
                another = list(Right)[choice % len(Right)]
                self.fills_in_a_form(who, another, choice // 2 * 2, Language.EN)
        self.types_a_code(who, 15 if twist == 5 else 0)
        self.writes_anything(who, "/status", 0)

    @rule(text=st.sampled_from((*HOSTILE, *ASKED, *WANTED)))
    def somebody_asks_in_a_group(self, text: str) -> None:
        self.truth.hear(GROUP, text)
        self._check(self.simulation.ask_in_public(text))

    # What staff do

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=staff, which=number, choice=number)
    def staff_work(self, who: str, which: int, choice: int) -> None:
        ticket, actor, now = self._ticket(which), self.staff[who], self.simulation.now
        rules = self.simulation.knowledge.rules
        may = transitions.possible(ticket, actor, now, rules)
        # Who takes care of what decides nothing: it is tried now and then.
        bringing_on = tuple(one for one in may if one not in acts.BESIDE or choice % 7 == 6)
        action = (bringing_on or tuple(Action))[choice % len(bringing_on or tuple(Action))]
        self._decide(ticket, who, acts.useful(action, actor, choice, now, ticket))

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=staff, which=number, action=st.sampled_from(acts.TRIED), choice=number)
    def staff_try_anything(self, who: str, which: int, action: Action, choice: int) -> None:
        ticket, actor = self._ticket(which), self.staff[who]
        self._decide(ticket, who, acts.wild(action, actor, choice, self.simulation.now, ticket))

    @precondition(lambda self: self.simulation.tickets)
    @rule(who=staff, which=number, forged=st.integers(0, 5))
    def staff_forge_evidence(self, who: str, which: int, forged: int) -> None:
        ticket, actor, now = self._ticket(which), self.staff[who], self.simulation.now
        command = acts.wild(Action.VERIFY, actor, 4 * forged, now, ticket)
        self._decide(ticket, who, command)

    @rule(who=staff, right=st.sampled_from(Right), choice=number)
    def staff_open_a_ticket(self, who: str, right: Right, choice: int) -> None:
        """What came by post, or what somebody says came so; on a day that may be wrong."""
        today = self.simulation.knowledge.rules.today(self.simulation.now)
        request = StaffRequest(
            right=right,
            source=list(Source)[choice % len(Source)],
            received=today - timedelta(days=(0, 3, 40, 400, -1)[choice % 5]),
            language=list(Language)[choice % len(Language)],
            name=ALICE.name if choice % 2 else "",
            email=(*ADDRESSES, "")[choice % (len(ADDRESSES) + 1)],
            phone=("", ALICE.phones[0], "12")[choice % 3],
            words=HOSTILE[choice % len(HOSTILE)],
        )
        event = StaffOpened(actor=self.staff[who], request=request)
        self._check(self.simulation.open_for(event))

    @precondition(lambda self: self.truth.letters)
    @rule(who=staff, which=number, choice=st.integers(0, 7))
    def staff_are_told_a_code(self, who: str, which: int, choice: int) -> None:
        """The code of a letter, more often than not that of the ticket."""
        known = self.simulation.tickets.values()
        opened = [ticket for ticket in known if ticket.source] or list(known)
        ticket = newest(opened, which)
        letter = self.truth.latest(ticket.number) if choice else self.truth.letters[-1]
        code = letter.code if letter and choice != 1 else "99999999"
        command = Command(action=Action.TELL_CODE, version=ticket.version, code=code)
        self._decide(ticket, who, command)

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
    @rule(which=number, choice=number, steps=st.integers(1, 5))
    def staff_see_it_through(self, which: int, choice: int, steps: int) -> None:
        """Vouch for whoever has to be, confirm, deliver, carry out: each by somebody who may."""
        of = self._ticket(which).id
        if choice % 5:
            self._somebody_acts(of, Action.AUTHORISE, choice * 4 + 1)
        copy = (Action.ATTACH, Action.DELIVER)
        for action in (Action.VERIFY, Action.CONFIRM, *copy, Action.FULFIL)[:steps]:
            self._somebody_acts(of, action, choice)

    @precondition(lambda self: any(t.delivery for t in self.simulation.tickets.values()))
    @rule(who=customers, which=number, choice=st.integers(0, 11))
    def somebody_opens_a_copy(self, who: str, which: int, choice: int) -> None:
        """Who owns it, more often than not, with link and code; or who has but one of them."""
        ticket = newest([t for t in self.simulation.tickets.values() if t.delivery], which)
        owner = self.truth.owners[ticket.id]
        somebody = NAMED[owner if choice % 4 and owner in NAMED else who]
        told = self.truth.links.get(ticket.id, "")
        token = told if choice != 5 else next(iter(self.truth.links.values()), "guess")
        for _ in range(1 + choice // 8):
            asks = CopyOpened(ticket=ticket.id, token=token)
            self._check(self.simulation.open_copy(somebody, asks))
            letters = self.truth.copy_letters
            own = [one.code for one in letters if reads(somebody, one.email)]
            code = own[-1] if own and choice != 6 else "99999999"
            if choice == 7:
                self.simulation.wait(timedelta(minutes=16))
            opens = CopyOpened(ticket=ticket.id, token=token, code=code)
            self._check(self.simulation.open_copy(somebody, opens))

    @precondition(lambda self: any(t.files for t in self.simulation.tickets.values()))
    @rule(which=number, days=st.sampled_from([0, 8]))
    def the_time_of_a_copy_passes(self, which: int, days: int) -> None:
        self.simulation.wait(timedelta(days=days))
        ticket = newest([t for t in self.simulation.tickets.values() if t.files], which)
        today = self.simulation.knowledge.rules.today(self.simulation.now)
        task = TaskDue(task=Task.EXPIRE, day=today, ticket=ticket.id)
        self._check(self.simulation.run(task))

    @precondition(lambda self: self.simulation.tickets)
    @rule(which=number, choice=number)
    def it_stands_still(self, which: int, choice: int) -> None:
        """The clock of a ticket is stopped, and goes on after days, or before them."""
        of = self._ticket(which).id
        self._somebody_acts(of, Action.SUSPEND, choice * 4 + 1)
        if choice % 3:
            self.simulation.wait(WAITS[choice % len(WAITS)])
        else:
            self.simulation.jump(timedelta(days=-3))
        self._somebody_acts(of, Action.RESUME, choice * 4 + 1)

    @precondition(lambda self: self.simulation.tickets)
    @rule(which=number, choice=number)
    def a_task_is_set_and_ticked_off(self, which: int, choice: int) -> None:
        of = self._ticket(which).id
        self._somebody_acts(of, Action.ADD_TASK, choice * 4 + 1)
        self._somebody_acts(of, Action.END_TASK, choice * 4 + 1)

    def _somebody_acts(self, of: str, action: Action, choice: int) -> None:
        """Have one act who may; now and then one who may not."""
        ticket, now = self.simulation.tickets[of], self.simulation.now
        rules = self.simulation.knowledge.rules
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
    @rule(which=number, days=st.sampled_from([0, 31, 61, 61, 90]), wrong=st.booleans())
    def it_may_lapse(self, which: int, days: int, wrong: bool) -> None:
        """After days that passed, or by a clock that says so: most likely where it might."""
        known = self.simulation.tickets.values()
        waiting = [ticket for ticket in known if ticket.state is State.AWAITING_IDENTITY]
        ticket = newest(waiting, which) if waiting and which % 5 else self._ticket(which)
        if which % 2:
            self._check(self.simulation.show(Shown(ticket=ticket.id)))
        if wrong and days:
            self.simulation.jump(timedelta(days=days))
            self.truth.clock_is_right = False
        else:
            self.simulation.wait(timedelta(days=days))
        today = self.simulation.knowledge.rules.today(self.simulation.now)
        for task in (Task.UNVERIFY, Task.LAPSE):
            self._check(self.simulation.run(TaskDue(task=task, day=today, ticket=ticket.id)))

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
