"""Handles decisions and answers of staff, and reports denials back to them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.effects import ReportDenial
from bot.core.events import StaffActed, StaffAnswered, StaffOpened
from bot.core.knowledge import Knowledge
from bot.core.tickets import (
    inquiries,
    silent_changes,
    staff_correction,
    staff_decision,
    staff_opening,
    told_code,
)
from bot.core.tickets.copies import Way
from bot.core.tickets.record import Observed, Record, observed
from bot.core.tickets.staff_opening import Drawn, Opening
from bot.core.tickets.ticket import Action, Actor, Denial, Ticket
from bot.service.codes import CodeBook, CodeTally
from bot.service.new_ids import DrawnIds
from bot.service.routing import EffectRouter
from bot.storage.unit import Unit

OPEN = "open"
_TOKEN = 32  # random bytes in a link


class StaffService:
    """The staff's side, within the transaction of one event. `desk` is where they acted.

    `erased` is given the ids of what is destroyed before it is, so that no restore brings it back.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        router: EffectRouter,
        tally: CodeTally,
        erased: Callable[[Sequence[str]], None] = lambda _ids: None,
    ) -> None:
        self._erased = erased
        self._knowledge = knowledge
        self._router = router
        self._tally = tally

    def decide(self, unit: Unit, event: StaffActed, desk: str, now: datetime) -> None:
        """Carry out an action on a ticket, or tell the one who acted why not."""
        ticket = unit.tickets.by_id(event.ticket)
        denial = Denial.UNKNOWN if ticket is None else self._act(unit, ticket, event, now, desk)
        if denial is not None:
            number = ticket.number if ticket else ""
            tried = event.command.action
            self._deny(unit, _Try(event.ticket, number, tried, event.actor, desk), denial, now)

    def open_request(self, unit: Unit, event: StaffOpened, desk: str, now: datetime) -> None:
        """Open a ticket for what did not come through the assistant, or tell why not."""
        rules, drawn = self._knowledge.rules, self._drawn(unit, now)
        made = staff_opening.opened(event.request, event.actor, drawn, now, rules)
        if isinstance(made, Denial):
            self._deny(unit, _Try("", "", OPEN, event.actor, desk), made, now)
            return
        unit.tickets.add(made.ticket, unit.keys.person(made.ticket.person), rules.today(now))
        self._follow_up(unit, None, made, desk, now)

    def _act(
        self, unit: Unit, ticket: Ticket, event: StaffActed, now: datetime, desk: str
    ) -> Denial | None:
        """Act on a ticket; of a code that staff were told, each try is stored, right or wrong."""
        command = event.command
        if command.action is Action.ATTACH:
            return self._attach(unit, ticket, event, now, desk)
        if command.action is Action.DELIVER and command.way is Way.PAGE:
            drawn = replace(command, token=secrets.token_urlsafe(_TOKEN))
            return self.change(unit, ticket, replace(event, command=drawn), now, desk)
        if command.action is Action.CORRECT_CONTACTS:
            return self._correct(unit, ticket, event, now, desk)
        if command.action is not Action.TELL_CODE:
            return self.change(unit, ticket, event, now, desk)
        rules, on_file = self._knowledge.rules, unit.contacts.look_up(ticket.contacts)
        tried = told_code.taken(ticket, event, unit.keys.codes, on_file, now, rules)
        if not isinstance(tried.event, Denial):
            return self.change(unit, tried.ticket, tried.event, now, desk)
        if tried.ticket != ticket:
            unit.tickets.update(tried.ticket, rules.today(now))
            for record in silent_changes.records(ticket, tried.ticket, (), now):
                unit.audit.append(replace(record, actor=event.actor.key))
            wrong = CodeBook(unit, [], rules, now).wrong(ticket.number, self._tally)
            self._router.enqueue(unit, wrong, now)
        return tried.event

    def _correct(
        self, unit: Unit, ticket: Ticket, event: StaffActed, now: datetime, desk: str
    ) -> Denial | None:
        """Correct the contacts of a person without a conversation, with a letter to them."""
        rules, drawn = self._knowledge.rules, self._drawn(unit, now)
        made = staff_correction.corrected(ticket, event, drawn, now, rules)
        if isinstance(made, Denial):
            return made
        unit.tickets.update(made.ticket, rules.today(now))
        self._follow_up(unit, ticket, made, desk, now)
        return None

    def _drawn(self, unit: Unit, now: datetime) -> Drawn:
        rules = self._knowledge.rules
        new, codes = DrawnIds(unit, rules.today(now).year), CodeBook(unit, [], rules, now)
        return Drawn(new=new, codes=codes, code_key=unit.keys.codes)

    def _follow_up(
        self, unit: Unit, before: Ticket | None, made: Opening, desk: str, now: datetime
    ) -> None:
        """Store what comes with a ticket that was kept: codes, audit records and effects."""
        owner = unit.keys.person(made.ticket.person)
        codes = CodeBook(unit, [owner], self._knowledge.rules, now)
        alarms = list(codes.note(made.codes, self._tally))
        suppressed = unit.keep_suppressions(made.ticket, now)
        unit.audit.append(_at(made.record, desk))
        unit.audit.extend(silent_changes.records(before, made.ticket, [made.record], now))
        self._router.enqueue(unit, [*made.effects, *alarms, *suppressed], now)

    def _attach(
        self, unit: Unit, ticket: Ticket, event: StaffActed, now: datetime, desk: str
    ) -> Denial | None:
        """Attach a file that is stored; one that is not attached is destroyed."""
        file = event.command.file
        if file is None or not unit.files.there(file.id, ticket.id):
            return Denial.NO_FILE
        denial = self.change(unit, ticket, event, now, desk)
        if denial:
            unit.files.drop(file.id)
        return denial

    def answer_inquiry(self, unit: Unit, event: StaffAnswered, desk: str, now: datetime) -> None:
        """Answer a question that a customer passed to staff, or tell why not."""
        inquiry = unit.inquiries.by_id(event.inquiry, lock=True)
        reply = staff_decision.reply(inquiry, event, now) if inquiry else Denial.UNKNOWN
        if isinstance(reply, Denial):
            number = inquiry.number if inquiry else ""
            tried = _Try(event.inquiry, number, inquiries.ANSWER, event.actor, desk)
            self._deny(unit, tried, reply, now)
            return
        unit.inquiries.save(reply.inquiry)
        unit.audit.append(_at(reply.record, desk))
        self._router.enqueue(unit, reply.effects, now)

    def change(
        self, unit: Unit, ticket: Ticket, event: StaffActed, now: datetime, desk: str = ""
    ) -> Denial | None:
        """Act on a ticket and store what it led to; return why not, if not."""
        made = staff_decision.decide(ticket, event, now, self._knowledge)
        if isinstance(made, Denial):
            return made
        unit.tickets.update(made.ticket, self._knowledge.rules.today(now))
        unit.keep_files(ticket, made.ticket)
        suppressed = unit.keep_suppressions(made.ticket, now)
        self._erased(unit.forget_suppressed(made.ticket))
        unit.audit.append(_at(made.record, desk))
        self._router.enqueue(unit, [*made.effects, *suppressed], now)
        return None

    def _deny(self, unit: Unit, tried: _Try, denial: Denial, now: datetime) -> None:
        history = unit.audit.history(tried.subject) if tried.subject else ()
        told = ReportDenial(
            desk=tried.desk,
            actor=tried.actor.key,
            number=tried.number,
            denial=denial,
            first=history[-1].actor if history else "",
            did=history[-1].action if history else "",
        )
        unit.audit.append(
            observed(
                Observed.DENIED,
                now,
                actor=tried.actor.key,
                ticket=tried.subject,
                number=tried.number,
                facts={"action": tried.action, "denial": denial, "desk": tried.desk},
            )
        )
        self._router.enqueue(unit, [told], now)


@dataclass(frozen=True, slots=True)
class _Try:
    """An attempted action on a ticket or an inquiry: by whom, at which desk."""

    subject: str
    number: str
    action: str
    actor: Actor
    desk: str


def _at(record: Record, desk: str) -> Record:
    """Return a record that names the desk where staff acted."""
    return replace(record, facts={**record.facts, "desk": desk}) if desk else record
