"""The options that a staff form offers in its present state."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.channels.desk import task_card
from bot.channels.desk.form import CHOICES, Blank, Form, Subject
from bot.channels.desk.masking import masked_contacts
from bot.channels.desk.wording import Wording
from bot.core.tickets import conditions, recipients, staff_tasks, templates
from bot.core.tickets.clock import Ground
from bot.core.tickets.copies import Way
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Extent, Ticket


def all_choices(blank: Blank, rules: Rules) -> Sequence[str]:
    """Return what can be chosen for a blank at all."""
    if blank is Blank.RECIPIENT:
        return [recipients.REST, *(one.key for one in rules.recipients)]
    if blank in (Blank.TO, Blank.DOER):
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
        case Blank.TASK:
            return list(map(str, staff_tasks.numbers(subject.tasks)))
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


def templates_of(form: Form, rules: Rules, subject: Subject | None = None) -> Sequence[str]:
    """Return the ready-made replies that can be chosen now: none besides words or another one.

    Without a subject they are those of any right, and of any extent.
    """
    if subject is None:
        each = (templates.fitting(form.action, e, own=rules.grounds) for e in Extent)
        return list(dict.fromkeys(chain.from_iterable(each)))
    free = form.takes_words() and not form.text and not form.template
    if not free or not isinstance(subject, Ticket):
        return ()
    extent = Extent(form.extent) if form.extent else None
    right, language = subject.right, subject.language
    return templates.fitting(form.action, extent, right, rules.grounds, language)


def named(blank: Blank, value: str, subject: Subject | None, wording: Wording) -> str:
    """Return what a choice is called; a task by its words, as a whole channel may read them."""
    tasks = subject.tasks if isinstance(subject, Ticket) and blank is Blank.TASK else ()
    known = {str(one.number): task_card.line(one, wording, masked_contacts) for one in tasks}
    return known.get(value) or wording.choice(blank, value)
