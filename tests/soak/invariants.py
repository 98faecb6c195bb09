"""What must hold when all is over, read from both ends: what was acknowledged, what arrived."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.core.catalog import Language
from bot.core.tickets import TRANSITIONS, Action, State, Ticket
from bot.storage.store import Store
from tests.fakes.loopback import Loopback
from tests.fakes.smtp import FakeSmtp
from tests.soak.fleet import Event, Record
from tests.soak.scripts import CANARY, NUMBER, Wording

_SLOTS = 8  # parcels that a replica may be sending when it is interrupted


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """All that is left: the fleet's record, what arrived, and what the database holds."""

    record: Record
    wording: Wording
    taken: Sequence[Event]
    unsigned: int
    codes_mailed: int
    repeats: int
    repeats_by_mail: int
    tickets: Sequence[Ticket]
    histories: Mapping[str, Sequence[Any]]
    chain_fault: str | None
    waiting: Mapping[str, int]
    interruptions: int
    log: str

    @property
    def answers(self) -> Mapping[str, Sequence[Event]]:
        """What each customer was answered; letters of staff are about a ticket."""
        found: dict[str, list[Event]] = defaultdict(list)
        for delivery in self.taken:
            if "person" in delivery and delivery["ticket"] is None:
                found[delivery["person"]].append(delivery)
        return found


def look(
    store: Store,
    *,
    record: Record,
    wording: Wording,
    loopback: Loopback,
    smtp: FakeSmtp,
    interruptions: int,
    log: str,
) -> Aftermath:
    """Return what is left; each replica's kill or outage was an interruption."""
    letters = Counter(str(letter.message["Message-ID"]) for letter in smtp.letters)
    with store.reading() as unit:
        tickets = unit.tickets(ended=True)
        return Aftermath(
            record=record,
            wording=wording,
            taken=loopback.taken,
            unsigned=loopback.unsigned,
            codes_mailed=len(letters),
            repeats=loopback.repeats,
            repeats_by_mail=letters.total() - len(letters),
            tickets=tickets,
            histories={ticket.number: unit.audit.history(ticket.id) for ticket in tickets},
            chain_fault=unit.audit.broken_link()[1],
            waiting={
                "in the inbox": unit.inbox.waiting()[0],
                "in the outbox": unit.outbox.waiting()[0],
                "set aside": unit.inbox.aside(),
                "given up": unit.outbox.dead(),
            },
            interruptions=interruptions,
            log=log,
        )


def broken(after: Aftermath) -> list[str]:
    """Return every invariant that does not hold, by its name, and where."""
    return [f"{name}: {fault}" for name, faults in INVARIANTS.items() for fault in faults(after)]


def _nobody_waited(after: Aftermath) -> Iterator[str]:
    yield from after.record.faults


def _answered(after: Aftermath) -> Iterator[str]:
    for person in {*after.record.lines, *after.answers}:
        lines, answers = after.record.lines.get(person, []), after.answers.get(person, [])
        if len(lines) != len(answers):
            yield f"{person} wrote {len(lines)} times and was answered {len(answers)} times"
        for line, answer in zip(lines, answers, strict=False):
            if not re.search(line.answer, answer["text"]):
                yield f"{line.event} was answered {answer['text'][:60]!r}"


def _tickets_once(after: Aftermath) -> Iterator[str]:
    opened = [re.compile(after.wording.pattern(said, "ticket.opened")) for said in Language]
    told: dict[str, str] = {}
    for person, answers in after.answers.items():
        for answer in answers:
            found = NUMBER.search(answer["text"])
            if found and any(pattern.search(answer["text"]) for pattern in opened):
                if found.group() in told:
                    yield f"{found.group()} was given to {told[found.group()]} and to {person}"
                told[found.group()] = person
    kept = {ticket.number: ticket.person.account for ticket in after.tickets}
    for number in told.keys() ^ kept.keys():
        yield f"{number} is known to {'its person' if number in told else 'the database'} only"
    for number in told.keys() & kept.keys():
        if told[number] != kept[number]:
            yield f"{number} was told to {told[number]} and belongs to {kept[number]}"
    serials = sorted(int(number.split("-")[2]) for number in kept)
    if serials != list(range(1, len(serials) + 1)):
        yield f"{len(serials)} tickets, numbered {serials[:1]} to {serials[-1:]}"


def _legal(after: Aftermath) -> Iterator[str]:
    for ticket in after.tickets:
        rows = after.histories[ticket.number]
        path = [(row.before, row.action, row.after) for row in rows]
        if path[:1] != [("", "open", State.AWAITING_IDENTITY)]:
            yield f"{ticket.number} began with {path[:1]}"
            continue
        for (_, _, stood), (before, action, then) in pairwise(path):
            rule = TRANSITIONS.get((State(before), Action(action)))
            shown = action == Action.VERIFY and then == before  # evidence that does not suffice
            if before != stood or rule is None or not (then == rule.target or shown):
                yield f"{ticket.number} stood at {stood}; {action} led from {before} to {then}"
        if path[-1][2] != ticket.state or len(path) != ticket.version:
            yield f"{ticket.number} is {ticket.state} v{ticket.version} after {len(path)} rows"


def _chain(after: Aftermath) -> Iterator[str]:
    if after.chain_fault:
        yield after.chain_fault


def _drained(after: Aftermath) -> Iterator[str]:
    yield from (f"{number} {where}" for where, number in after.waiting.items() if number)


def _staff_count(after: Aftermath) -> Iterator[str]:
    done = sum(_by_staff(row) for rows in after.histories.values() for row in rows)
    denied = sum(delivery.get("kind") == "tellstaff" for delivery in after.taken)
    if len(after.record.acted) != done + denied:
        yield f"{len(after.record.acted)} acknowledged, {done} done, {denied} denied"


def _letters(after: Aftermath) -> Iterator[str]:
    told = Counter(delivery["ticket"] for delivery in after.taken if "person" in delivery)
    for number, rows in after.histories.items():
        due = sum(
            _by_staff(row) and (row.action != Action.VERIFY or row.before != row.after)
            for row in rows
        )
        if told[number] != due:
            yield f"of {number} the person was told {told[number]} times, not {due}"


def _shown(after: Aftermath) -> Iterator[str]:
    shown = Counter(
        delivery["ticket"]["number"] for delivery in after.taken if delivery.get("kind") == "ticket"
    )
    for ticket in after.tickets:
        if shown[ticket.number] != len(after.histories[ticket.number]) or not ticket.staff_told:
            yield f"{ticket.number} v{ticket.version} was shown {shown[ticket.number]} times"


def _codes(after: Aftermath) -> Iterator[str]:
    sent = sum(len(ticket.codes_sent) for ticket in after.tickets)
    if sent != after.codes_mailed:
        yield f"{sent} were sent, {after.codes_mailed} arrived"


def _repeats(after: Aftermath) -> Iterator[str]:
    for way, repeats in (("HTTP", after.repeats), ("mail", after.repeats_by_mail)):
        if repeats > after.interruptions * _SLOTS:
            yield f"{repeats} by {way}, after {after.interruptions} interruptions"


def _signed(after: Aftermath) -> Iterator[str]:
    if after.unsigned:
        yield f"{after.unsigned} were not"


def _log(after: Aftermath) -> Iterator[str]:
    for line in after.log.splitlines():
        if CANARY in line.casefold() or re.search(r"\b\d{8}\b", line):
            yield f"a person's data: {line[:200]}"
        if "Traceback" in line or "a worker failed" in line:
            yield line[:200]


def _by_staff(row: Any) -> bool:
    return bool(row.actor.startswith("staff:"))


INVARIANTS: Mapping[str, Callable[[Aftermath], Iterator[str]]] = {
    "nobody waits in vain": _nobody_waited,
    "every acknowledged message has one answer, in order": _answered,
    "no ticket is missing or double, no number skipped": _tickets_once,
    "no state was skipped": _legal,
    "the audit chain is whole": _chain,
    "nothing waits, was set aside or given up": _drained,
    "every acknowledged action of staff was done or denied": _staff_count,
    "every decision was told to its person": _letters,
    "every change was shown on the desk": _shown,
    "every code was mailed": _codes,
    "sends repeat only after kills and outages": _repeats,
    "all that was sent is signed": _signed,
    "the logs hold no personal data and no fault": _log,
}
