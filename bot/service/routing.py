"""Routes effects to their destinations, and handles what follows a delivery or a dead letter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.core.effects import (
    Alarm,
    AlarmReason,
    Digest,
    Effect,
    Probe,
    Remind,
    RemindOfInquiry,
    ReportDenial,
    Say,
    SendCode,
    SendFile,
    SendLetter,
    ShowInquiry,
    ShowTicket,
    Suppress,
)
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome, RateLimit
from bot.core.tickets import silent_changes
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OFFLINE
from bot.service import chat_copies, undelivered
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys
from bot.storage.store import Store, concerns_all
from bot.storage.unit import Unit

KINDS: Mapping[str, type[Effect]] = {
    "say": Say,
    "send_code": SendCode,
    "letter": SendLetter,
    "send_file": SendFile,
    "show_ticket": ShowTicket,
    "inquiry": ShowInquiry,
    "report_denial": ReportDenial,
    "remind": Remind,
    "remind_of_inquiry": RemindOfInquiry,
    "digest": Digest,
    "alarm": Alarm,
    "probe": Probe,
    "suppress": Suppress,
}
_LOG = structlog.get_logger()
_NAMES = {kind: name for name, kind in KINDS.items()}
MAIL = "mail"
MAILING = "mailing"  # the mailing system, of which the contacts that get no marketing are told
_FIRST = -(10**12)  # before any card: those count in seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Channels that have a desk, channels that are probed daily, and their rate limits.

    `mailing` tells that a mailing system is told to whom no marketing is sent.
    """

    desks: tuple[str, ...]
    probed: tuple[str, ...] = ()
    mailing: bool = False
    rate_limits: Mapping[str, RateLimit] = field(default_factory=dict)


class EffectRouter:
    """Puts effects into the outbox and settles what came of them."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        routes: Routes,
        clock: Callable[[], datetime],
        lease: timedelta = timedelta(seconds=60),
    ) -> None:
        self._store = store
        self._rules = rules
        self._routes = routes
        self._clock = clock
        self._lease = lease

    def enqueue(self, unit: Unit, effects: Iterable[Effect], now: datetime) -> None:
        """Put effects in the outbox, one for each destination."""
        for effect in map(_reaching, effects):
            for destination in self._destinations(effect):
                unit.outbox.enqueue(
                    _NAMES[type(effect)],
                    destination,
                    to_json(effect),
                    now,
                    unit.correlation,
                    subject=_subject(effect),
                    rank=_rank(effect, now),
                )

    def alarm(self, unit: Unit, alarm: Alarm, now: datetime) -> None:
        """Alarm staff; when that fails, what they were to hear of stands all the same."""
        try:
            self.enqueue(unit, [alarm], now)
        except Exception as error:  # or the same would be tried again for ever
            if concerns_all(error):
                raise
            _LOG.error("staff were not alarmed", reason=alarm.trouble, error=type(error).__name__)

    def settle_and_claim(
        self,
        owner: str,
        done: Sequence[DeliveryOutcome],
        most: int,
        channels: Collection[str] | None = None,
    ) -> list[ClaimedEffect]:
        """Settle outcomes and claim more effects of these channels, in one transaction.

        Starts again when another transaction was first. What should follow a delivery and fails,
        as where its ticket is damaged, does not hold up the others.
        """
        failed: set[int] = set()

        def exchange(unit: Unit) -> list[ClaimedEffect]:
            now = self._clock()
            self._settle(unit, done, failed, now)
            return self._claim(unit, owner, most, channels, now) if most else []

        while True:
            try:
                return self._store.retrying(exchange)
            except _ConsequenceFailed as error:
                failed.add(error.position)
                _LOG.error("what follows a delivery was not done", error=str(error))

    def _settle(
        self, unit: Unit, done: Sequence[DeliveryOutcome], failed: Collection[int], now: datetime
    ) -> None:
        sent = unit.outbox.settle_sent((outcome for outcome in done if outcome.sent), now)
        for outcome in done:
            unit.correlation, position = outcome.effect.correlation, outcome.effect.position
            held = position in sent if outcome.sent else unit.outbox.settle(outcome, now)
            # A claim that was lost meanwhile is settled by the replica that took it over.
            if not held or position in failed:
                continue
            try:
                self.enqueue(unit, self._consequences(unit, outcome, now), now)
            except Exception as error:
                if concerns_all(error):
                    raise
                raise _ConsequenceFailed(position, type(error).__name__) from None

    def _claim(
        self,
        unit: Unit,
        owner: str,
        most: int,
        channels: Collection[str] | None,
        now: datetime,
    ) -> list[ClaimedEffect]:
        claimed = unit.outbox.claim(
            owner,
            now=now,
            lease=self._lease,
            most=most,
            rate_limits=self._routes.rate_limits,
            channels=channels,
        )
        for position in unit.outbox.unopened:
            broken = Alarm(trouble=AlarmReason.DEAD_EFFECT, reference=str(position))
            self.alarm(unit, broken, now)
        return [replace(one, effect=_decoded(one)) for one in claimed]

    def next_at(self, channels: Collection[str] | None = None) -> datetime | None:
        """Return from when on there is something to claim, past or future; None: nothing waits."""
        with self._store.reading() as unit:
            return unit.outbox.next_at(channels)

    def renew_leases(self, claimed: Iterable[ClaimedEffect]) -> None:
        """Hold claims for longer."""
        with self._store.transaction() as unit:
            unit.outbox.renew(claimed, self._clock() + self._lease)

    def release_leases(self, claimed: Iterable[ClaimedEffect]) -> None:
        """Give back claims that were not begun."""
        with self._store.transaction() as unit:
            unit.outbox.release(claimed)

    def _mailbox(self, email: str) -> str:
        return f"{MAIL}:{self._store.keys.mailbox(email)}"

    def _destinations(self, effect: Effect) -> Iterator[str]:
        keys: Keys = self._store.keys
        match effect:
            case Say(to=person) | SendFile(to=person):
                yield f"{person.channel}:{keys.person(person)}"
            case SendCode(email=email):
                yield self._mailbox(email)
            case SendLetter(say=say):
                yield self._mailbox(say.to.email)
            case Probe():
                yield from (f"{channel}:self-test" for channel in self._routes.probed)
            case Suppress():
                yield from [f"{MAILING}:suppressions"] if self._routes.mailing else []
            case ReportDenial(desk=desk):
                yield f"{desk}:desk"
            case _:
                yield from (f"{channel}:desk" for channel in self._routes.desks)

    def _consequences(
        self, unit: Unit, outcome: DeliveryOutcome, now: datetime
    ) -> Iterator[Effect]:
        effect = outcome.effect.effect
        if outcome.sent:
            if isinstance(effect, ShowTicket):
                self._told(unit, effect.ticket, outcome.effect, now)
            elif isinstance(effect, SendFile):
                yield from chat_copies.arrived(effect, unit, self._rules, now)
        elif outcome.again_at is None:
            yield from undelivered.told_of(outcome, unit, self._rules, now)

    def _told(self, unit: Unit, id: str, shown: ClaimedEffect, now: datetime) -> None:
        """Note that a desk has seen the ticket: before that it cannot lapse."""
        ticket = unit.tickets.by_id(id)
        if ticket is None or ticket.staff_told:
            return
        told = replace(ticket, staff_told=True)
        unit.tickets.update(told, self._rules.today(now))
        for record in silent_changes.records(ticket, told, (), now):
            unit.audit.append(replace(record, facts={"desk": shown.channel}))


def _reaching(effect: Effect) -> Effect:
    """Return how something reaches a person without a conversation: by a letter, or by staff."""
    if not isinstance(effect, Say) or effect.to.channel != OFFLINE:
        return effect
    if effect.to.email:
        return SendLetter(say=effect)
    return Alarm(trouble=AlarmReason.UNREACHED, number=effect.number)


def _subject(effect: Effect) -> str:
    """Return what an effect shows as it then is: while it waits, a second one adds nothing."""
    match effect:
        case ShowTicket(ticket=id) | ShowInquiry(inquiry=id):
            return id
        case Digest():
            return "digest"  # of days on which the desk was not reached, the last one is enough
    return ""


def _rank(effect: Effect, now: datetime) -> int:
    """Return the place in the line for a desk, lower ones first; all else leaves as it came.

    Somebody waits for the answer to what they did. Then come new cards, the newest first, so that a
    flood of them or of changes does not hide the one that comes after it.
    """
    match effect:
        case ReportDenial() | Alarm() | ShowInquiry(urgent=True):
            return _FIRST
        case ShowTicket(new=True) | ShowInquiry(new=True):
            return -int(now.timestamp())
    return 0


class _ConsequenceFailed(Exception):
    """What follows a delivery failed: of which effect, and the type of the exception."""

    def __init__(self, position: int, fault: str) -> None:
        super().__init__(fault)
        self.position = position


def _decoded(claimed: ClaimedEffect) -> Effect | None:
    """Return a claimed effect; None when another version of seloste wrote it."""
    try:
        effect = from_json(KINDS[claimed.kind], claimed.payload)
    except (KeyError, ValueError):
        return None
    if isinstance(effect, Remind) and effect.number.startswith("Q-"):
        # Stored before inquiries had their own kind of reminder: days waited, negative.
        return RemindOfInquiry(inquiry=effect.ticket, number=effect.number, days=-effect.days)
    return effect
