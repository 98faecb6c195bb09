"""Effects that wait to be carried out: claimed with a lease, settled by whoever holds the claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.core.envelopes import ClaimedEffect, DeadEffect, DeliveryOutcome, RateLimit, token_after
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.claims import ENQUEUE, HELD, HELD_ALL, REFRESH, claim, next_claim_at, waits
from bot.storage.crypto import Keys
from bot.storage.upsert import insert_new
from bot.storage.wakeups import OUTBOX, Changes

# So long an effect waits for a sender of its channel; then anybody may take it, to give it up.
_STRANDED = timedelta(days=3)
_LONGEST_ERROR = 200  # the column's width


class Outbox:
    """The outbox, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys, changes: Changes) -> None:
        self._db = connection
        self._keys = keys
        self._changes = changes
        self.unopened: list[int] = []  # what was claimed and is damaged: given up, by position

    def enqueue(
        self,
        kind: str,
        destination: str,
        payload: str,
        now: datetime,
        correlation: str = "",
        *,
        subject: str = "",
        rank: int = 0,
    ) -> None:
        """Put an effect in the outbox, sealed; `correlation` names the event that it follows.

        Of effects of one kind for one destination about one `subject`, the last one that waits is
        enough: it takes the place of the one before. Within a destination the lowest `rank` goes
        first, and of the same rank the oldest.
        """
        self._changes.add(OUTBOX)
        if subject and self._took_the_place(kind, destination, subject, payload):
            return
        token = token_after(correlation, uuid4())
        row = {
            "token": token,
            "kind": kind,
            "destination": destination,
            "channel": destination.partition(":")[0],
            "created_at": now,
            "run_at": now,
            "attempts": 0,
            "sealed": self._keys.seal(payload, f"outbox/{token}"),
            "subject": subject,
            "rank": rank,
        }
        self._db.execute(ENQUEUE, row)

    def _took_the_place(self, kind: str, destination: str, subject: str, payload: str) -> bool:
        which = {"about": subject, "where": destination, "what": kind}
        before = self._db.execute(REFRESH, which).first()
        if before is None:
            return False
        sealed = self._keys.seal(payload, f"outbox/{before.token}")
        row = update(tables.outbox).filter_by(position=before.position).values(sealed=sealed)
        self._db.execute(row)
        return True

    def claim(
        self,
        owner: str,
        *,
        now: datetime,
        lease: timedelta,
        most: int,
        rate_limits: Mapping[str, RateLimit],
        channels: Collection[str] | None = None,
    ) -> list[ClaimedEffect]:
        """Take effects for an owner until the lease ends: at most one for each destination.

        Only those of the `channels`, if named, and what no sender has taken for three days. A claim
        whose lease has ended is free for anybody. Destinations and channels whose limit does not
        allow another send yet are passed over.
        """
        self._lock_limits(rate_limits, now)
        values = {"now": now, "most": most, "claimant": owner, "until": now + lease}
        if channels is not None:
            values |= {"channels": list(channels), "stranded": now - _STRANDED}
        rows = sorted(
            self._db.execute(claim(named=channels is not None), values),
            key=lambda row: row.position,
        )
        batch = [claimed for row in rows if (claimed := self._claimed(row, now))]
        self._throttle(batch, now, rate_limits)
        if len(rows) == most:
            self._changes.share(OUTBOX)  # there may be more than this replica sends at once
        return batch

    def next_at(self, channels: Collection[str] | None = None) -> datetime | None:
        """Return from when on the next effect may be claimed, past or future; None: none waits.

        Only those of the `channels` count, if named.
        """
        rows = next_claim_at(self._db.dialect.name, named=channels is not None)
        values = {} if channels is None else {"channels": list(channels)}
        return self._db.execute(rows, values).scalar()

    def without_sender(self, channels: Collection[str]) -> Mapping[str, int]:
        """Return how many effects wait for each channel that is not one of these."""
        table = tables.outbox
        rows = select(table.c.channel, func.count()).where(
            waits(table), table.c.channel.not_in(list(channels))
        )
        return {row[0]: row[1] for row in self._db.execute(rows.group_by(table.c.channel))}

    def renew(self, effects: Iterable[ClaimedEffect], until: datetime) -> None:
        """Hold claims for longer: their senders are still at work."""
        for effect in effects:
            self._set(effect, lease_until=until)

    def release(self, effects: Iterable[ClaimedEffect]) -> None:
        """Give back claims on effects not yet tried; the attempt does not count."""
        self._changes.add(OUTBOX, shared=True)
        for effect in effects:
            self._set(effect, lease_until=None, owner=None, attempts=effect.attempt - 1)

    def settle(self, outcome: DeliveryOutcome, now: datetime) -> bool:
        """Note what came of an effect; False when the claim had been lost to somebody else.

        What was sent is wiped; a dead letter is kept for `retry`.
        """
        if outcome.sent:
            return bool(self.settle_sent([outcome], now))
        error = outcome.error[:_LONGEST_ERROR]
        values: dict[str, object] = {"lease_until": None, "owner": None, "error": error}
        if outcome.again_at:
            values |= {"run_at": outcome.again_at}
        else:
            values |= {"dead_at": now}
        return self._set(outcome.effect, **values)

    def settle_sent(self, outcomes: Iterable[DeliveryOutcome], now: datetime) -> set[int]:
        """Note that effects were sent, and wipe them; return the positions of those still held."""
        claims: dict[tuple[str, int], list[int]] = defaultdict(list)
        for effect in (outcome.effect for outcome in outcomes):
            claims[effect.owner, effect.attempt].append(effect.position)
        sent = {"sent_at": now, "sealed": None, "lease_until": None, "owner": None, "error": ""}
        return {
            position
            for (owner, attempt), places in claims.items()
            for position in self._db.execute(
                HELD_ALL, {"places": places, "holder": owner, "attempt": attempt, **sent}
            ).scalars()
        }

    def dead_effects(self) -> list[DeadEffect]:
        """Return the dead letters, oldest first."""
        table = tables.outbox
        dead = self._db.execute(select(table).where(table.c.dead_at.is_not(None)))
        return [
            DeadEffect(
                position=row.position,
                kind=row.kind,
                channel=row.channel,
                created_at=row.created_at,
                attempts=row.attempts,
                error=row.error or "",
            )
            # Sorted here: SQLite would else go through all rows in their order.
            for row in sorted(dead, key=lambda row: row.position)
        ]

    def retry(self, positions: Sequence[int], now: datetime) -> int:
        """Schedule dead effects for another try (all when none is named); return how many."""
        table = tables.outbox
        rows = update(table).where(table.c.dead_at.is_not(None), table.c.sealed.is_not(None))
        if positions:
            rows = rows.where(table.c.position.in_(positions))
        self._changes.add(OUTBOX, shared=True)
        return self._db.execute(rows.values(dead_at=None, run_at=now, attempts=0)).rowcount

    def mark_waiting_dead(self, error: str, now: datetime) -> int:
        """Make a dead letter of all that waits, whoever holds it; return how many effects."""
        rows = update(tables.outbox).where(waits(tables.outbox))
        values = {"dead_at": now, "error": error, "owner": None, "lease_until": None}
        return self._db.execute(rows.values(values)).rowcount

    def free(self) -> None:
        """Drop all claims: nobody is left who could settle one."""
        rows = update(tables.outbox).where(waits(tables.outbox))
        self._db.execute(rows.values(owner=None, lease_until=None))

    def damaged(self) -> list[int]:
        """Return the positions of those that still hold something and cannot be opened."""
        table = tables.outbox
        rows = select(table.c.position).where(table.c.sealed.is_not(None))
        positions = set(self._db.execute(rows).scalars())
        return sorted(positions - {position for position, _, _ in self.contents()})

    def contents(self) -> Iterator[tuple[int, str, str]]:
        """Return position, destination and payload of every effect that still holds one."""
        table = tables.outbox
        rows = select(table).where(table.c.sealed.is_not(None)).order_by(table.c.position)
        with self._db.execute(rows.execution_options(yield_per=100)) as found:
            for row in found:
                place = f"outbox/{row.token}"
                with suppress(KeyFault):  # what cannot be opened holds nothing for anybody
                    payload = self._keys.unseal(row.sealed, place)
                    yield row.position, row.destination, payload

    def destroy(self, position: int) -> None:
        """Destroy an effect."""
        self._db.execute(delete(tables.outbox).filter_by(position=position))

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many effects wait, and since when the oldest does."""
        table = tables.outbox
        rows = select(func.count(), func.min(table.c.created_at)).where(waits(table))
        number, oldest = self._db.execute(rows).one()
        return number, oldest

    def dead_count(self) -> int:
        """Return how many effects are dead letters."""
        rows = select(func.count()).where(tables.outbox.c.dead_at.is_not(None))
        return self._db.execute(rows).scalar_one()

    def _set(self, effect: ClaimedEffect, **values: object) -> bool:
        """Change a claimed row; False when the claim had been lost to somebody else."""
        held = {"at": effect.position, "holder": effect.owner, "attempt": effect.attempt}
        return bool(self._db.execute(HELD, held | values).rowcount)

    def _claimed(self, row: Row[Any], now: datetime) -> ClaimedEffect | None:
        """Return a claimed row's effect; one that cannot be opened is a dead letter at once."""
        try:
            payload = self._keys.unseal(row.sealed, f"outbox/{row.token}")
        except KeyFault:
            broken = {"dead_at": now, "error": "it cannot be opened"}
            self._db.execute(update(tables.outbox).filter_by(position=row.position).values(broken))
            self.unopened.append(row.position)
            return None
        return ClaimedEffect(
            position=row.position,
            token=row.token,
            kind=row.kind,
            destination=row.destination,
            payload=payload,
            owner=row.owner,
            attempt=row.attempts,
            created_at=row.created_at,
        )

    def _lock_limits(self, rate_limits: Mapping[str, RateLimit], now: datetime) -> None:
        """Lock the rows of channels with an overall limit: replicas then claim one by one."""
        table = tables.rate_limits
        for channel in sorted(name for name, limit in rate_limits.items() if limit.overall):
            row = select(table.c.key).filter_by(key=channel).with_for_update()
            if self._db.execute(row).first() is None:
                insert_new(self._db, table, [{"key": channel, "next_at": now}], "key")
                self._db.execute(row)

    def _throttle(
        self, effects: Sequence[ClaimedEffect], now: datetime, rate_limits: Mapping[str, RateLimit]
    ) -> None:
        """Note when the destinations and channels of these effects may be used again."""
        next_at: dict[str, datetime] = {}
        for effect in effects:
            limit = rate_limits.get(effect.channel, RateLimit())
            if limit.each:
                next_at[effect.destination] = now + limit.each
            if limit.overall:
                next_at[effect.channel] = next_at.get(effect.channel, now) + limit.overall
        table = tables.rate_limits
        for key, moment in next_at.items():
            row = update(table).filter_by(key=key).values(next_at=moment)
            if not self._db.execute(row).rowcount:
                insert_new(self._db, table, [{"key": key, "next_at": moment}], "key")
