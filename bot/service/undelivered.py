"""Handles effects that will never be delivered: who is told, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.channels.desk.masking import masked, masked_email, masked_name
from bot.core.conversation import bounced_code
from bot.core.effects import (
    Alarm,
    AlarmReason,
    Effect,
    Probe,
    Say,
    SendCode,
    SendFile,
    SendLetter,
    Suppress,
    Undelivered,
)
from bot.core.envelopes import DeliveryOutcome
from bot.core.tickets import silent_changes
from bot.core.tickets.rules import Rules
from bot.storage.unit import Unit

_MAIL = "mail"


def told_of(outcome: DeliveryOutcome, unit: Unit, rules: Rules, now: datetime) -> Iterator[Effect]:
    """Return what people are told of an effect that is dead: staff always, a customer if it helps.

    A message about a ticket is mailed to who has an address. That somebody who has blocked the
    assistant since was not answered, or staff not alarmed, is told to nobody.
    """
    effect = outcome.effect.effect
    match effect:
        case Say() if effect.number and effect.to.email:
            yield SendLetter(say=effect)
            return
        case Say() if outcome.gone and not effect.number:
            return
        case Alarm():
            return
        case SendCode() if outcome.refused:
            yield from _told_customer(effect, unit, rules, now)
    yield _alarm(outcome)


def _told_customer(effect: SendCode, unit: Unit, rules: Rules, now: datetime) -> Iterator[Effect]:
    """Tell the customer that the code did not get there, unless they know better by now."""
    ticket = unit.tickets.numbered(effect.number)
    bounced = bounced_code.bounced(ticket, effect.email) if ticket else None
    if bounced:
        changed, said = bounced
        unit.tickets.update(changed, rules.today(now))
        unit.audit.extend(silent_changes.records(ticket, changed, (), now))
        if said:
            yield said


def _alarm(outcome: DeliveryOutcome) -> Alarm:
    effect = outcome.effect.effect
    said = effect.say if isinstance(effect, SendLetter) else effect
    return Alarm(
        trouble=AlarmReason.DEAD_EFFECT,
        reference=str(outcome.effect.position),
        number="" if said is None or isinstance(said, Probe) else said.number,
        what=outcome.effect.kind,
        to=_masked(said) or outcome.effect.channel,
        why=_why(outcome),
    )


def _masked(effect: Effect | None) -> str:
    """Return to whom something was to go, as far as a whole channel of staff may see it."""
    match effect:
        case SendCode(email=email):
            return masked_email(email)
        case Say(to=person) | SendFile(to=person):
            return masked_email(person.email) or masked_name(person.name)
        case Suppress(contact=contact):
            return masked(contact)
    return ""


def _why(outcome: DeliveryOutcome) -> Undelivered:
    if outcome.gone:
        return Undelivered.GONE
    if not outcome.refused:
        return Undelivered.FAILED
    return Undelivered.REFUSED_BY_MAIL if outcome.effect.channel == _MAIL else Undelivered.REFUSED
