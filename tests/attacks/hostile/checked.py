"""Takes hostile events, and looks after each whether every claim holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from bot.core.buttons import decode
from bot.core.events import Chose, CustomerEvent, FromCustomer, Requested, Said, Shared, StaffActed
from bot.core.knowledge import Knowledge
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Ticket
from tests.attacks.hostile import copy_claims, identity_claims, limit_claims, word_claims
from tests.attacks.hostile.cast import (
    DECIDED,
    NAMED,
    REGISTERS,
    STAFF,
    Wordings,
    register,
)
from tests.attacks.hostile.simulation import GROUP, Simulation
from tests.attacks.hostile.truth import Happened, Truth
from tests.attacks.hostile.word_claims import Words
from tests.core.conversation.worlds import PlainReader

Thing = TypeVar("Thing")
Claim = Callable[[Truth, Happened], Iterator[str]]
WordClaim = Callable[[Words, Truth, Happened], Iterator[str]]

CLAIMS: tuple[Claim, ...] = (
    identity_claims.evidence_is_true,
    identity_claims.identity_is_proved,
    identity_claims.decided_by_whom_it_may,
    identity_claims.confirmed_by_an_approver,
    identity_claims.authority_is_attested,
    identity_claims.lapses_late_enough,
    identity_claims.nobody_elses_tickets,
    copy_claims.copies_reach_their_person,
    copy_claims.no_right_to_a_copy_without_one,
    copy_claims.no_file_outlives_its_use,
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


class CheckedHistory(RuleBasedStateMachine):
    """One organisation with its customers and staff; each event is checked when it was taken."""

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
            reader=PlainReader(),
            rules=DECIDED[decided],
        )
        self.simulation = Simulation(knowledge, register(on_file))
        self.truth = Truth(rules=DECIDED[decided], on_file=self.simulation.on_file)
        self.staff = dict(STAFF)
        self.tokens: dict[str, list[str]] = {account: [] for account in (*NAMED, GROUP)}
        self.delayed: list[Callable[[], None]] = []
        self.last: Callable[[], None] | None = None

    def _press(self, who: str, of: str, which: int) -> None:
        offered = self.tokens[of]
        token = offered[-1 - which % len(offered)] if offered else f"yes:{which}"
        self._take(who, Chose(token=token))

    def _take(self, who: str, event: CustomerEvent) -> None:
        self._take_late(who, event, self.simulation.now)

    def _take_late(self, who: str, event: CustomerEvent, came: datetime) -> None:
        self.truth.hear(who, *_texts(event))
        happened = self.simulation.take(NAMED[who], event, came)
        if isinstance(happened.event, FromCustomer):
            self.truth.hear(who, *_texts(happened.event.event))
        self._check(happened)
        self.last = lambda: self._take_late(who, event, came)

    def _decide(self, ticket: Ticket, who: str, command: Command) -> None:
        event = StaffActed(ticket=ticket.id, actor=self.staff[who], command=command)

        def decide() -> None:
            self._check(self.simulation.decide(event))

        decide()
        self.last = decide

    def _ticket(self, which: int) -> Ticket:
        return newest(list(self.simulation.tickets.values()), which)

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
            self.tokens.setdefault(say.to.account, [])
            self.tokens[say.to.account] += [choice.button.encode() for choice in say.choices]
            assert all(decode(token) for token in self.tokens[say.to.account][-9:])
        self.tally.count(happened)


def _texts(event: CustomerEvent) -> Sequence[str]:
    match event:
        case Said(text=text):
            return (text,)
        case Requested():
            return (event.name, event.email, event.details, event.concerned)
        case Shared(phone=phone):
            return (phone,)
    return ()


def newest(things: Sequence[Thing], which: int) -> Thing:
    """Return one of some things: one of the last few, more often than not."""
    few = things[-4:] if which % 3 else things
    return few[which % len(few)]
