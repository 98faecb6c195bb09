"""What must hold of limits, of the law's clock and of the audit: counted and reckoned once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.core.contacts import email
from bot.core.effects import SendCode
from bot.core.tickets import code_budget
from bot.core.tickets.clock import Clock
from bot.core.tickets.code_budget import CodeEvent, Limit
from bot.core.tickets.deadlines import deadline
from bot.core.tickets.inquiries import InquiryKind
from bot.core.tickets.record import Record
from bot.core.tickets.ticket import OPEN, Action, State, Ticket
from tests.attacks.hostile.truth import Happened, Truth

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
_OF_STRANGERS = frozenset({Limit.ADDRESS, Limit.DOMAIN, Limit.ALL, Limit.DISOWNED})


def few_codes(truth: Truth, happened: Happened) -> Iterator[str]:
    """Codes are mailed within the limits of person, address, domain and all, and after pauses."""
    rules, now = truth.rules.codes, happened.now
    for code in (e for e in happened.effects if isinstance(e, SendCode) and not e.copy):
        mailbox, domain = code_budget.folded(code.email), code_budget.domain(code.email)
        own = [one for one in truth.letters if one.asked_by == happened.by]
        if len(_since([one.at for one in own], now - _HOUR)) >= rules.per_hour:
            yield f"{happened.by} has more than {rules.per_hour} codes in an hour"
        if len(_since([one.at for one in own], now - _DAY)) >= rules.per_day:
            yield f"{happened.by} has more than {rules.per_day} codes in a day"
        proved_at = truth.proved_at.get((happened.by, code.email))
        pair = [one.at for one in own if code_budget.folded(one.email) == mailbox]
        pair = [at for at in _since(pair, now - _WEEK) if proved_at is None or at > proved_at]
        beyond = len(pair) - rules.per_hour
        if beyond >= 0 and now < max(pair) + rules.pauses[min(beyond, len(rules.pauses) - 1)]:
            yield f"{happened.by} has a code without the pause"
        if not truth.is_stranger(happened, code.email):
            continue
        strangers = [one for one in truth.letters if one.stranger and one.at > now - _DAY]
        here = [one for one in strangers if code_budget.folded(one.email) == mailbox]
        there = [one for one in strangers if code_budget.domain(one.email) == domain]
        for limit, letters, most in (
            (Limit.ADDRESS, here, rules.to_address_a_day),
            (Limit.DOMAIN, there, rules.to_domain_a_day),
            (Limit.ALL, strangers, rules.in_all_a_day),
        ):
            if len(letters) >= most:
                yield f"strangers have more than {most} codes a day: {limit}"
        if mailbox in truth.disowned:
            yield "a code to a mailbox that wants none"


def _since(moments: Sequence[datetime], after: datetime) -> list[datetime]:
    return [at for at in moments if at > after]


def nobody_is_locked_out(truth: Truth, happened: Happened) -> Iterator[str]:
    """What strangers use up keeps no code from somebody who has proved the address."""
    for note in happened.codes:
        if note.event is not CodeEvent.LIMITED or note.limit not in _OF_STRANGERS:
            continue
        proved = {
            contact
            for ticket, owner in truth.owners.items()
            if owner == happened.by
            for contact in truth.shown[ticket]
        }
        if email(note.email) in proved:
            yield f"{happened.by} is kept from a code by what strangers used up"


def quotas_hold(truth: Truth, happened: Happened) -> Iterator[str]:
    """Nobody opens more than their share, whatever led there."""
    quotas = truth.rules.quotas
    own = [t for t in truth.tickets.values() if truth.owners[t.id] == happened.by]
    for before, after in happened.changes:
        if before is not None:
            continue
        concerned = after.on_behalf.name.casefold() if after.on_behalf else None
        same = [
            t
            for t in own
            if t.right is after.right
            and t.state in OPEN
            and (t.on_behalf.name.casefold() if t.on_behalf else None) == concerned
        ]
        if any(t.person.email == after.person.email for t in same):
            yield f"{happened.by} has two open tickets of {after.right} with one address"
        asked = [t for t in own if happened.now - t.received_at < _DAY]
        if len(asked) >= quotas.requests:
            yield f"{happened.by} asked more than {quotas.requests} times in a day"
        withdrawn = [at for at in truth.withdrawn[happened.by] if happened.now - at < _DAY]
        if len(withdrawn) >= quotas.withdrawals:
            yield f"{happened.by} opens and withdraws without end"
    passes = happened.customer and happened.inquiry
    reports = passes and happened.inquiry and happened.inquiry.kind is InquiryKind.INCIDENT
    most = 2 * quotas.open_inquiries if reports else quotas.open_inquiries
    if passes and truth.waiting(happened.by) >= most:
        yield f"{happened.by} has more than {most} questions waiting"


def audited(truth: Truth, happened: Happened) -> Iterator[str]:
    """Each version of a ticket has its row, from the state before to the state after."""
    for _, after in happened.changes:
        before = truth.tickets.get(after.id)
        rows = [record for record in happened.records if record.ticket == after.id]
        acts = [row for row in rows if row.action == "open" or row.action in set(Action)]
        if len(acts) != after.version - (before.version if before else 0):
            yield f"{after.number} has {len(acts)} rows for its versions"
        if not rows and before != after:
            yield f"{after.number} changed without a row"
        yield from _chained(before, after, acts)
    strange = {record.ticket for record in happened.records} - set(happened.after)
    if strange - ({happened.inquiry.id} if happened.inquiry else set()):
        yield "a row tells of what did not happen"


def _chained(before: Ticket | None, after: Ticket, acts: Sequence[Record]) -> Iterator[str]:
    state: str = before.state if before else ""
    for row in acts:
        if row.before != state or row.number != after.number:
            yield f"{after.number}: a row begins where nothing ended"
        state = row.after
    if state != after.state:
        yield f"{after.number} is {after.state}, and its rows end with {state}"


def clocks_are_never_shorter(truth: Truth, happened: Happened) -> Iterator[str]:
    """Nothing takes a day of the law's time away, nor gives one without a ground."""
    today = truth.rules.today(happened.now)
    for before, after in happened.changes:
        months = 3 if after.clock.extended else 1
        if after.clock.end(today).due < deadline(after.clock.received, months=months).due:
            yield f"{after.number} is due before the law has it"
        if before is None:
            if after.clock != Clock(received=truth.rules.today(after.received_at)):
                yield f"{after.number} does not begin on the day of receipt"
            continue
        if after.clock.end(today).due < before.clock.end(today).due:
            yield f"{after.number} is due sooner than before"
        if after.received_at != before.received_at or after.clock.received != before.clock.received:
            yield f"{after.number} was received at another time"
        yield from _lengthened(happened, before, after, today)


def _lengthened(happened: Happened, before: Ticket, after: Ticket, today: date) -> Iterator[str]:
    done = {record.action for record in happened.records if record.ticket == after.id}
    late = today > before.clock.first_end(today).due
    if after.clock.extended != before.clock.extended and (late or Action.EXTEND not in done):
        yield f"{after.number} was extended without an act in the first month"
    stood = before.clock.suspended_on is not None
    if not stood and after.clock.still_days != before.clock.still_days:
        yield f"the clock of {after.number} stood still without a suspension"
    grounded = Action.SUSPEND in done and after.clock.ground is not None
    if after.clock.suspended_on and not stood and not grounded:
        yield f"the clock of {after.number} stands still without a ground"


def ended_once(_truth: Truth, happened: Happened) -> Iterator[str]:
    """What has ended stays so until an approver reopens it; codes end with a ticket."""
    for before, after in happened.changes:
        ended = after.state not in OPEN
        if ended != (after.closed_at is not None):
            yield f"{after.number} is {after.state} and closed at {after.closed_at}"
        if ended and after.challenge is not None:
            yield f"{after.number} has ended and a code for it lives on"
        if before and before.state not in OPEN and not ended:
            if Action.REOPEN not in {r.action for r in happened.records}:
                yield f"{after.number} was opened again by nobody"
            if before.state is State.WITHDRAWN and after.verified is not None:
                yield f"{after.number} was withdrawn, and needs its person again"
