"""A command to a ticket, with exactly the arguments that its action takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from bot.core.tickets import conditions, copies, ownership, staff_tasks, templates
from bot.core.tickets.clock import Ground
from bot.core.tickets.copies import File, Way
from bot.core.tickets.identity import Evidence
from bot.core.tickets.recipients import Outcome
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import MESSAGES, Action, Actor, Denial, Extent, Ticket

# What an action takes besides the version. Anything else is refused: whoever gave it would believe
# that it was read.
TAKES: Mapping[Action, frozenset[str]] = {
    Action.CORRECT: frozenset({"email"}),
    Action.CORRECT_CONTACTS: frozenset({"email", "phone"}),
    Action.ADD_PHONE: frozenset({"phone"}),
    Action.VERIFY: frozenset({"evidence"}),
    Action.TELL_CODE: frozenset({"code", "evidence"}),
    Action.REPRESENT: frozenset({"text", "relation"}),
    Action.AUTHORISE: frozenset({"text", "authority"}),
    Action.ASK: frozenset({"text"}),
    Action.ANSWER: frozenset({"text"}),
    **dict.fromkeys(MESSAGES, frozenset({"text"})),
    Action.REFUSE: frozenset({"text", "template"}),
    Action.EXTEND: frozenset({"text"}),
    Action.SUSPEND: frozenset({"text", "ground"}),
    Action.NOTIFY: frozenset({"text", "recipient", "outcome"}),
    Action.ATTACH: frozenset({"file"}),
    Action.DELIVER: frozenset({"text", "way", "token"}),
    Action.HAND_OVER: frozenset({"to"}),
    Action.NOTE: frozenset({"text"}),
    Action.ADD_TASK: frozenset({"text", "to", "due"}),
    Action.END_TASK: frozenset({"task"}),
    Action.FULFIL: frozenset({"text", "extent", "template"}),
    Action.REOPEN: frozenset({"text"}),
}
_HEAD = frozenset({"action", "version"})  # what every command has


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An action on a ticket with what it carries; `version` is the one that the actor saw.

    `email` takes the place of a mistyped address; `phone` is what `add_phone` adds; `extent` is how
    far a request was carried out, fully if it is not said. `code` is what the person told staff;
    `evidence` of it comes from who has looked at it: `told_code.taken`. `authority` is what shows
    that somebody may ask for somebody else, `relation` what they are to whom the words name.
    `token` is what the link to a page holds: whoever carries the command out draws it. `recipient`
    is the key or name of one, or `recipients.REST`. `to` is the actor's key of who is to own the
    ticket, or the task, which is `due` by a day; `task` is the number of one that is done.
    `template` is a ready-made reply, before the words or instead of them.
    """

    action: Action
    version: int | None = None
    text: str = ""
    ground: Ground | None = None
    evidence: Evidence | None = None
    email: str = ""
    phone: str = ""
    extent: Extent | None = None
    code: str = field(default="", repr=False)
    authority: AuthorityProof | None = None
    file: File | None = None
    way: Way | None = None
    token: str = field(default="", repr=False)
    relation: Relation | None = None
    recipient: str = ""
    outcome: Outcome | None = None
    to: str = ""
    template: str | None = None
    due: date | None = None
    task: int = 0


def unfit(ticket: Ticket, command: Command, actor: Actor, rules: Rules) -> Denial | None:
    """Return why a command cannot be carried out as it is: what is missing, or not taken."""
    denial = _missing(ticket, command, actor, rules)
    if denial is None and command.action is Action.HAND_OVER:
        denial = ownership.receiver_denied(ticket, command.to, rules)
    return (
        denial
        or _not_taken(command)
        or _template_denied(ticket, command, rules)
        or _task_denied(ticket, command, rules)
    )


def _template_denied(ticket: Ticket, command: Command, rules: Rules) -> Denial | None:
    known = templates.fitting(
        command.action, command.extent, ticket.right, rules.grounds, ticket.language
    )
    unfit = command.template is not None and command.template not in known
    return Denial.TEMPLATE_NOT_FIT if unfit else None


def _task_denied(ticket: Ticket, command: Command, rules: Rules) -> Denial | None:
    match command.action:
        case Action.ADD_TASK if command.to not in rules.staff:
            return Denial.NOT_ON_STAFF
        case Action.ADD_TASK if command.due is None:
            return Denial.DAY_UNCLEAR
        case Action.END_TASK if command.task not in staff_tasks.numbers(ticket.tasks):
            return Denial.TASK_UNKNOWN
    return None


def needs_words(
    action: Action,
    extent: Extent | None = None,
    way: Way | None = None,
    outcome: Outcome | None = None,
    template: str | None = None,
) -> bool:
    """Tell whether an action cannot do without words.

    A ready-made reply does in their place. What was not carried out needs its reasons (Art. 12(4));
    a copy that the assistant does not hand out itself needs where it is.
    """
    if action is Action.DELIVER:
        return way is not None and way not in copies.BY_THE_ASSISTANT
    if action is Action.NOTIFY:
        return outcome is Outcome.EXCUSED
    if template is not None:
        return False
    if action is Action.FULFIL:
        return extent is Extent.PARTLY
    return "text" in TAKES.get(action, ())


def _missing(ticket: Ticket, command: Command, actor: Actor, rules: Rules) -> Denial | None:
    match command.action:
        case Action.CORRECT | Action.CORRECT_CONTACTS | Action.ADD_PHONE:
            return _contact_denied(ticket, command)
        case Action.VERIFY:
            return conditions.evidence_denied(ticket, command.evidence, actor)
        case Action.TELL_CODE:
            return conditions.told_code_denied(ticket, command.evidence, actor)
        case Action.ATTACH if command.file is None:
            return Denial.NO_FILE
        case Action.DELIVER if denial := conditions.way_denied(ticket, command.way):
            return denial
        case Action.NOTIFY if denial := conditions.tick_denied(
            ticket, command.recipient, command.outcome, rules
        ):
            return denial
        case Action.REPRESENT if command.relation is None:
            return Denial.RELATION_MISSING
        case Action.AUTHORISE if denial := conditions.authority_denied(
            ticket, command.authority, rules
        ):
            return denial
        case Action.SUSPEND if not conditions.ground_fits(ticket, command.ground):
            return Denial.GROUND_MISSING
    wordless = not command.text.strip()
    needed = needs_words(
        command.action, command.extent, command.way, command.outcome, command.template
    )
    return Denial.REASON_MISSING if wordless and needed else None


def _contact_denied(ticket: Ticket, command: Command) -> Denial | None:
    """Return why no contact changes: it is missing, or there already."""
    email, phone = command.email, command.phone
    match command.action:
        case Action.CORRECT if not email:
            return Denial.NOT_IN_THIS_STATE
        case Action.ADD_PHONE if not phone or phone in ticket.phones:
            return Denial.NOT_IN_THIS_STATE
        case Action.CORRECT_CONTACTS:
            same = email in ("", ticket.person.email) and (not phone or (phone,) == ticket.phones)
            return Denial.NOTHING_CHANGED if same else None
    return None


def _not_taken(command: Command) -> Denial | None:
    carried = (field.name for field in fields(command) if field.name not in _HEAD)
    given = {name for name in carried if getattr(command, name)}
    if not command.text.strip():
        given -= {"text"}
    taken = TAKES.get(command.action, frozenset())
    if command.outcome is Outcome.DONE:
        taken -= {"text"}  # an excuse, which the person reads
    return Denial.NOT_TAKEN if given - taken else None
