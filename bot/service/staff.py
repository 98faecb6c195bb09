"""What staff decide and answer at their desks, and the denial that the one who acted is told."""

from __future__ import annotations

from datetime import datetime

from bot.core.effects import ReportDenial
from bot.core.events import StaffActed, StaffAnswered
from bot.core.knowledge import Knowledge
from bot.core.tickets import staff_decision
from bot.core.tickets.ticket import Actor, Denial, Ticket
from bot.service.routing import EffectRouter
from bot.storage.unit import Unit


class StaffService:
    """The staff's side, within the transaction of one event. `desk` is where they acted."""

    def __init__(self, knowledge: Knowledge, router: EffectRouter) -> None:
        self._knowledge = knowledge
        self._router = router

    def decide(self, unit: Unit, event: StaffActed, desk: str, now: datetime) -> None:
        """Carry out an action on a ticket, or tell the one who acted why not."""
        ticket = unit.tickets.by_id(event.ticket)
        denial = Denial.UNKNOWN if ticket is None else self.change(unit, ticket, event, now)
        if denial is not None:
            number = ticket.number if ticket else ""
            self._deny(unit, event.ticket, number, denial, event.actor, desk, now)

    def answer_inquiry(self, unit: Unit, event: StaffAnswered, desk: str, now: datetime) -> None:
        """Answer a question that a customer passed to staff, or tell why not."""
        inquiry = unit.inquiries.by_id(event.inquiry, lock=True)
        reply = staff_decision.reply(inquiry, event, now) if inquiry else Denial.UNKNOWN
        if isinstance(reply, Denial):
            number = inquiry.number if inquiry else ""
            self._deny(unit, event.inquiry, number, reply, event.actor, desk, now)
            return
        unit.inquiries.save(reply.inquiry)
        unit.audit.append(reply.record)
        self._router.enqueue(unit, reply.effects, now)

    def change(self, unit: Unit, ticket: Ticket, event: StaffActed, now: datetime) -> Denial | None:
        """Act on a ticket and store what it led to; return why not, if not."""
        made = staff_decision.decide(ticket, event, now, self._knowledge)
        if isinstance(made, Denial):
            return made
        unit.tickets.update(made.ticket, self._knowledge.rules.today(now))
        unit.audit.append(made.record)
        self._router.enqueue(unit, made.effects, now)
        return None

    def _deny(
        self,
        unit: Unit,
        subject: str,
        number: str,
        denial: Denial,
        actor: Actor,
        desk: str,
        now: datetime,
    ) -> None:
        history = unit.audit.history(subject)
        told = ReportDenial(
            desk=desk,
            actor=actor.key,
            number=number,
            denial=denial,
            first=history[-1].actor if history else "",
            did=history[-1].action if history else "",
        )
        self._router.enqueue(unit, [told], now)
