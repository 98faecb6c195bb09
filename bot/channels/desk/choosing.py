"""The options that a staff form offers in its present state."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.desk.form import CHOICES, Blank, Subject
from bot.core.tickets import conditions, recipients
from bot.core.tickets.clock import Ground
from bot.core.tickets.copies import Way
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Ticket


def all_choices(blank: Blank, rules: Rules) -> Sequence[str]:
    """Return what can be chosen for a blank at all."""
    if blank is Blank.RECIPIENT:
        return [recipients.REST, *(one.key for one in rules.recipients)]
    if blank is Blank.TO:
        return rules.staff
    return CHOICES[blank]


def choices(blank: Blank, subject: Subject, rules: Rules) -> Sequence[str]:
    """Return what can be chosen for a blank as things stand: nothing that would be denied."""
    if blank is Blank.TO:
        owner = subject.owner if isinstance(subject, Ticket) else ""
        return [one for one in rules.staff if one != owner]
    if not isinstance(subject, Ticket):
        return all_choices(blank, rules)
    match blank:
        case Blank.GROUND:
            return [ground for ground in Ground if conditions.ground_fits(subject, ground)]
        case Blank.AUTHORITY:
            enough = rules.on_behalf.authority[subject.right]
            return [proof for proof in AuthorityProof if proof in enough]
        case Blank.WAY:
            return [way for way in Way if conditions.not_offered(way, rules) is None]
        case Blank.RECIPIENT if not recipients.wanted(subject, rules.recipients):
            return all_choices(blank, rules)[1:]
    return all_choices(blank, rules)
