"""The full record of one ticket in words, for an auditor or an authority; nothing is masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.channels.desk import audit_facts, card
from bot.channels.desk.wording import Wording
from bot.core.effects import Value
from bot.core.tickets import templates
from bot.core.tickets.identity import Evidence
from bot.core.tickets.record import AuditRow, Observed
from bot.core.tickets.staff_tasks import StaffTask
from bot.core.tickets.ticket import ENDED, Note, Ticket

_SHORTENED = 16  # digits of a hash by which a row is recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The rows of one ticket, the head of the whole chain, and what is wrong with it."""

    rows: Sequence[AuditRow]
    all_rows: int
    head: str
    faults: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the record: a table, whose `columns` have no names where a row has a label."""

    title: str
    rows: Sequence[Sequence[str]]
    columns: Sequence[str] = ()
    note: str = ""


def record(ticket: Ticket, chain: Chain, wording: Wording, company: str = "") -> list[Section]:
    """Return the parts of the record: request, time limit, identity, words, history, chain.

    `company` is what the one that was asked is called.
    """
    words = _words(ticket, chain, wording)
    none = wording.desk("record.none")
    return [
        Section(title=wording.desk("record.request"), rows=_request(ticket, wording, company)),
        Section(
            title=wording.desk("record.time_limit"),
            columns=[wording.label(name) for name in ("when", "what", "due")],
            rows=list(_due_days(chain, wording)),
            note=wording.desk("record.time_limit_why"),
        ),
        Section(
            title=wording.desk("record.identity"),
            columns=[wording.label("when"), wording.label("what"), wording.label("who")],
            rows=[*_identity(ticket, wording), *_authority(ticket, wording)],
            note="" if ticket.evidence else wording.label("no_evidence"),
        ),
        Section(
            title=wording.desk("record.words"),
            columns=[wording.label(name) for name in ("when", "what", "who")] if words else (),
            rows=words,
            note="" if words else none,
        ),
        *_tasks(ticket, wording),
        Section(
            title=wording.label("history"),
            columns=["#", *(wording.label(name) for name in ("when", "who", "what"))],
            rows=[_happened(row, wording) for row in chain.rows],
        ),
        _proof(chain, wording),
    ]


def _request(ticket: Ticket, wording: Wording, company: str) -> list[card.Row]:
    """Return what stands on the card, without what has a section of its own."""
    rows = card.rows(ticket, wording)
    kept = rows[: len(rows) - len(ticket.notes)]
    named = [(wording.desk("record.organisation"), company), *kept]
    tasks = wording.label("tasks")
    return [(name, value.lstrip("\n")) for name, value in named if value and name != tasks]


def _due_days(chain: Chain, wording: Wording) -> Iterator[Sequence[str]]:
    """Yield each act that set another due day or ended the case, with its ground if it has one."""
    before = ""
    for row in chain.rows:
        due, ground = row.facts.get("due", ""), row.facts.get("ground", "")
        ended = row.after != row.before and row.after in ENDED
        if due and (due != before or ground or ended):
            what = _action(row.action, wording)
            why = f" ({wording.ground(ground)})" if ground else ""
            yield wording.moment(row.at), f"{what}{why}", wording.label("day", day=due)
            before = due


def _identity(ticket: Ticket, wording: Wording) -> Iterator[Sequence[str]]:
    for piece in ticket.evidence:
        yield wording.moment(piece.at), _shown(piece, wording), _name(piece.by, wording)


def _shown(piece: Evidence, wording: Wording) -> str:
    how = wording.desk(f"method.{piece.method}")
    if piece.contact is None:
        return how
    known = wording.label(f"{piece.contact.kind}_not_on_file")
    if piece.on_file:
        known = card.on_file(piece.contact, [piece], wording)
    return f"{how}: {piece.contact.value} ({known})"


def _authority(ticket: Ticket, wording: Wording) -> Iterator[Sequence[str]]:
    for one in ticket.authority:
        what = f"{wording.label('authority')}: {wording.desk(f'authority.{one.proof}')}"
        yield wording.moment(one.at), what, _name(one.by, wording)


def _words(ticket: Ticket, chain: Chain, wording: Wording) -> Sequence[Sequence[str]]:
    """Return all that was written and answered, in its order; a ready-made reply before words."""
    replied = [
        (row.at, row.actor, said) for row in chain.rows for said in _reply(row, ticket, wording)
    ]
    written = [(note.at, note.by, _written(note, wording)) for note in ticket.notes]
    in_order = sorted([*replied, *written], key=lambda one: one[0])
    return [(wording.moment(at), said, _name(who, wording)) for at, who, said in in_order]


def _written(note: Note, wording: Wording) -> str:
    return f"{_action(note.action, wording)}:\n{note.text}"


def _reply(row: AuditRow, ticket: Ticket, wording: Wording) -> Iterator[str]:
    """Yield the ready-made reply of a decision, as its person would read it today.

    A ground of the organisation's own may be gone from its content since, or a language of it.
    """
    ground, due = row.facts.get("ground", ""), row.facts.get("due", "")
    key = templates.key(row.action, row.facts.get("extent"), ground)
    late = due < wording.rules.today(row.at).isoformat()
    values: Mapping[str, Value] = {
        "number": ticket.number,
        "right": ticket.right,
        "due": due,
        "late": late,
    }
    with suppress(KeyError):
        text = wording.render(key, ticket.language, values)
        action, named = _action(row.action, wording), wording.ground(ground)
        yield f"{wording.desk('record.reply', action=action, ground=named)}:\n{text}"


def _tasks(ticket: Ticket, wording: Wording) -> Iterator[Section]:
    """Yield who was to do what by when, and when it was done, where there was anything to do."""
    if not ticket.tasks:
        return
    names = [wording.label(name) for name in ("due", "owner", "what")]
    rows = [_task(one, wording) for one in ticket.tasks]
    yield Section(title=wording.label("tasks"), columns=["#", *names], rows=rows)


def _task(task: StaffTask, wording: Wording) -> Sequence[str]:
    done = wording.desk("record.task_left")
    if task.done_at:
        name, at = wording.name(task.done_by), wording.moment(task.done_at)
        done = wording.label("task_done", name=name, at=at)
    due = wording.label("day", day=task.due.isoformat())
    return str(task.number), due, wording.name(task.owner), f"{task.text}\n{done}"


def _happened(row: AuditRow, wording: Wording) -> Sequence[str]:
    states = [wording.desk(f"state.{one}") for one in (row.before, row.after) if one]
    moved = " → ".join(states) if row.before != row.after else ""
    facts = ", ".join(audit_facts.said(row.facts, wording))
    what = "\n".join(filter(None, (_action(row.action, wording), moved, facts)))
    return str(row.seq), wording.moment(row.at), _name(row.actor, wording), what


def _proof(chain: Chain, wording: Wording) -> Section:
    title = wording.desk("record.chain")
    if chain.faults:
        broken = wording.desk("record.broken")
        return Section(title=title, rows=[["", fault] for fault in chain.faults], note=broken)
    rows = [[f"#{row.seq}", row.hash[:_SHORTENED]] for row in chain.rows]
    whole = wording.desk("record.whole", rows=chain.all_rows, head=chain.head)
    return Section(title=title, rows=rows, columns=["#", wording.desk("record.mark")], note=whole)


def _action(action: str, wording: Wording) -> str:
    if action in frozenset(Observed):
        return wording.desk(f"observed.{action}")
    return wording.action(action)


def _name(actor: str, wording: Wording) -> str:
    return wording.label(actor) if actor in ("customer", "system") else wording.name(actor)
