"""What must hold when all is over, read from both ends: what was acknowledged, what arrived.

`EVERYWHERE` holds over each way as it stands; over a chat, where nothing carries an id, only once
repeats are taken out: what reads as the answer before, a letter or a line of history once more.
They are counted, and there may be so many for each interruption.

`OVER_HTTP` holds there as it stands, and has another form `IN_CHAT`:
- Every acknowledged action of staff was done or denied. Whoever presses Send in a chat and is told
  nothing has perhaps been heard all the same. So what they were told was taken must have been done
  or denied, and nothing was done that nobody had tried; the two numbers need not be the same.
- Every change was shown on the desk. A card is not sent anew but changed, and may skip a state. So
  the newest card must show the last state, and below it must stand each line of history since it
  was posted, in order.
- All that was sent is signed. In a chat the token takes the place of that, and the platform refuses
  what comes without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.bootstrap import Assistant
from bot.channels.desk import card
from bot.channels.desk.port import Desk
from bot.core.catalog import Language
from bot.core.tickets.record import AuditRow
from bot.core.tickets.ticket import ENDED, Action, State, Ticket
from bot.core.tickets.transitions import TRANSITIONS
from tests.fakes.smtp import FakeSmtp
from tests.soak.chat import newest
from tests.soak.fleet import Record, told_once
from tests.soak.scripts import CANARY, NUMBER, Wording
from tests.soak.way import Arrived, Deed, Reading, Way

_SLOTS = 8  # effects that a replica may be sending when it is interrupted


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """All that is left: the fleet's record, what arrived, and what the database holds.

    `answers` are what each customer was answered, and `letters` how often they were told of a
    ticket, both without what is known to have come again; `lines` are each ticket's history as the
    desk writes it, `owners` the person of each ticket, `names` the staff by the keys of the audit.
    """

    record: Record
    wording: Wording
    has_ids: bool
    came: Arrived
    answers: Mapping[str, Sequence[Reading]]
    letters: Mapping[str, int]
    codes_mailed: int
    repeats: int
    repeats_by_mail: int
    tickets: Sequence[Ticket]
    owners: Mapping[str, str]
    names: Mapping[str, str]
    histories: Mapping[str, Sequence[AuditRow]]
    lines: Mapping[str, Sequence[str]]
    chain_fault: str | None
    waiting: Mapping[str, int]
    interruptions: int
    log: str


def look(
    app: Assistant,
    *,
    way: Way,
    record: Record,
    wording: Wording,
    smtp: FakeSmtp,
    interruptions: int,
    log: str,
) -> Aftermath:
    """Return what is left; each replica's kill or outage was an interruption."""
    mailed = Counter(str(letter.message["Message-ID"]) for letter in smtp.letters)
    came = way.arrived()
    answers = {person: _answers(came, person) for person in came.readings}
    if not way.has_ids:
        answers = {who: told_once(found, record.lines[who]) for who, found in answers.items()}
    letters = [letter for found in came.readings.values() for letter in found if letter.ticket]
    told = letters if way.has_ids else _differing(letters)
    with app.store.reading() as unit:
        tickets = unit.tickets.by_due_date(ended=True)
        lines = {ticket.number: _lines(app.queries, ticket) for ticket in tickets}
        heard = sum(map(len, came.readings.values()))
        again = heard - sum(map(len, answers.values())) - len(told)
        return Aftermath(
            record=record,
            wording=wording,
            has_ids=way.has_ids,
            came=came,
            answers=answers,
            letters=Counter(letter.ticket for letter in told if letter.ticket),
            codes_mailed=len(mailed),
            repeats=came.repeats + again + _shown_again(came, lines),
            repeats_by_mail=mailed.total() - len(mailed),
            tickets=tickets,
            owners={ticket.number: way.person_of(ticket.person.account) for ticket in tickets},
            names={actor.key: name for name, actor in app.actors.items()},
            histories={ticket.number: unit.audit.history(ticket.id) for ticket in tickets},
            lines=lines,
            chain_fault=unit.audit.verify_chain()[1],
            waiting={
                "in the inbox": unit.inbox.waiting()[0],
                "in the outbox": unit.outbox.waiting()[0],
                "as dead events": unit.inbox.dead_count(),
                "as dead effects": unit.outbox.dead_count(),
            },
            interruptions=interruptions,
            log=log,
        )


def _answers(came: Arrived, person: str) -> list[Reading]:
    """Return what a person was answered; letters of staff are about a ticket."""
    return [reading for reading in came.readings[person] if reading.ticket is None]


def _differing(letters: Iterable[Reading]) -> list[Reading]:
    """Return letters without what came again: no two of a ticket read the same."""
    return list({(letter.ticket, letter.text): letter for letter in letters}.values())


def _lines(desk: Desk, ticket: Ticket) -> list[str]:
    case = desk.case(ticket.id)
    return [card.happened(one, desk.wording) for one in case.history] if case else []


def _shown_again(came: Arrived, lines: Mapping[str, Sequence[str]]) -> int:
    """Return how many cards and lines of history in a chat came again."""
    cards = sum(len(posted) - 1 for posted in came.cards.values())
    below = 0
    for number, posted in came.cards.items():
        told = [line for one in posted for line in one.lines if line in lines.get(number, ())]
        below += len(told) - len(set(told))
    return cards + below


def broken(after: Aftermath) -> list[str]:
    """Return every invariant that does not hold, by its name, and where."""
    invariants = {**EVERYWHERE, **(OVER_HTTP if after.has_ids else IN_CHAT)}
    return [f"{name}: {fault}" for name, faults in invariants.items() for fault in faults(after)]


def _nobody_waited(after: Aftermath) -> Iterator[str]:
    yield from after.record.faults


def _answered(after: Aftermath) -> Iterator[str]:
    for person in {*after.record.lines, *after.answers}:
        lines, answers = after.record.lines.get(person, []), after.answers.get(person, [])
        if len(lines) != len(answers):
            yield f"{person} wrote {len(lines)} times and was answered {len(answers)} times"
        for line, answer in zip(lines, answers, strict=False):
            if not re.search(line.answer, answer.text):
                yield f"{line.event} was answered {answer.text[:60]!r}"


def _tickets_once(after: Aftermath) -> Iterator[str]:
    opened = [re.compile(after.wording.pattern(said, "ticket.opened")) for said in Language]
    told: dict[str, str] = {}
    for person, answers in after.answers.items():
        for answer in answers:
            found = NUMBER.search(answer.text)
            if found and any(pattern.search(answer.text) for pattern in opened):
                if found.group() in told:
                    yield f"{found.group()} was given to {told[found.group()]} and to {person}"
                told[found.group()] = person
    kept = after.owners
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


def _letters(after: Aftermath) -> Iterator[str]:
    for number, rows in after.histories.items():
        due = sum(
            _by_staff(row) and (row.action != Action.VERIFY or row.before != row.after)
            for row in rows
        )
        told = after.letters.get(number, 0)
        if told != due:
            yield f"of {number} the person was told {told} times, not {due}"


def _codes(after: Aftermath) -> Iterator[str]:
    sent = sum(len(ticket.codes_sent) for ticket in after.tickets)
    if sent != after.codes_mailed:
        yield f"{sent} were sent, {after.codes_mailed} arrived"


def _repeats(after: Aftermath) -> Iterator[str]:
    for way, repeats in (("the way", after.repeats), ("mail", after.repeats_by_mail)):
        if repeats > after.interruptions * _SLOTS:
            yield f"{repeats} by {way}, after {after.interruptions} interruptions"


def _log(after: Aftermath) -> Iterator[str]:
    for line in after.log.splitlines():
        if CANARY in line.casefold() or re.search(r"\b\d{8}\b", line):
            yield f"a person's data: {line[:200]}"
        if "Traceback" in line or "a worker failed" in line:
            yield line[:200]


def _by_staff(row: AuditRow) -> bool:
    return bool(row.actor.startswith("staff:"))


# Over HTTP.


def _staff_count(after: Aftermath) -> Iterator[str]:
    done = sum(_by_staff(row) for rows in after.histories.values() for row in rows)
    denied = sum(after.came.denied.values())
    if len(after.record.acted) != done + denied:
        yield f"{len(after.record.acted)} acknowledged, {done} done, {denied} denied"


def _shown(after: Aftermath) -> Iterator[str]:
    for ticket in after.tickets:
        shown = after.came.shown.get(ticket.number, ())
        # What changed again while it waited is shown once.
        often = len(shown) > len(after.histories[ticket.number])
        if often or [*shown][-1:] != [ticket.version] or not ticket.staff_told:
            yield f"{ticket.number} v{ticket.version} was shown as {shown}"


def _signed(after: Aftermath) -> Iterator[str]:
    if after.came.unsigned:
        yield f"{after.came.unsigned} were not"


# In a chat.


def _deeds(after: Aftermath) -> Iterator[str]:
    """Hold what staff were told was taken against the history, and the other way round.

    Who was killed may have taken what nobody was told of, so the numbers need not be the same.
    """
    undone: Counter[str] = Counter()
    for deed in after.record.acted:
        undone[deed.shown.number] += not _is_done(deed, after)
    for number, missing in undone.items():
        denied = after.came.denied.get(number, 0)
        if missing > denied:
            yield f"of {number} {missing} were taken and not done, {denied} were denied"
    for number, rows in after.histories.items():
        for version, row in enumerate(rows):
            name = f"{number}-{version}-{after.names.get(row.actor)}-{row.action}"
            if _by_staff(row) and name not in after.record.tried:
                yield f"{name} was done by nobody"


def _is_done(deed: Deed, after: Aftermath) -> bool:
    rows = after.histories.get(deed.shown.number, ())
    if deed.shown.version >= len(rows):
        return False
    row = rows[deed.shown.version]  # the first one opened it
    return (after.names.get(row.actor), row.action) == (deed.staff, deed.action)


def _last_state(after: Aftermath) -> Iterator[str]:
    for ticket in after.tickets:
        last = newest(after.came.cards, ticket.number)
        found = (last.shown.version, last.shown.state in ENDED) if last else None
        if found != (ticket.version, ticket.state in ENDED) or not ticket.staff_told:
            yield f"{ticket.number} v{ticket.version} is {ticket.state}, its card shows {found}"


def _history_below(after: Aftermath) -> Iterator[str]:
    for number, lines in after.lines.items():
        last = newest(after.came.cards, number)
        if last is None:
            continue
        due = lines[last.first :]
        found = list(dict.fromkeys(line for line in last.lines if line in lines))
        # A line that the card shows already may follow it all the same.
        if len(found) < len(due) or found != lines[len(lines) - len(found) :]:
            yield f"below the card of {number} stand {len(found)} lines, not {len(due)}"


EVERYWHERE: Mapping[str, Callable[[Aftermath], Iterator[str]]] = {
    "nobody waits in vain": _nobody_waited,
    "every acknowledged message has one answer, in order": _answered,
    "no ticket is missing or double, no number skipped": _tickets_once,
    "no state was skipped": _legal,
    "the audit chain is whole": _chain,
    "nothing waits, and there are no dead letters": _drained,
    "every decision was told to its person": _letters,
    "every code was mailed": _codes,
    "sends repeat only after kills and outages": _repeats,
    "the logs hold no personal data and no fault": _log,
}
OVER_HTTP: Mapping[str, Callable[[Aftermath], Iterator[str]]] = {
    "every acknowledged action of staff was done or denied": _staff_count,
    "the desk was shown each ticket as it is, and no change twice": _shown,
    "all that was sent is signed": _signed,
}
IN_CHAT: Mapping[str, Callable[[Aftermath], Iterator[str]]] = {
    "what staff were told was taken was done or denied": _deeds,
    "every card shows its ticket's last state": _last_state,
    "the history below every card is complete": _history_below,
}
