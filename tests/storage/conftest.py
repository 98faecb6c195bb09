"""What the tests of copies share: a second database, and an installation with rows everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation.dialogue import Dialogue
from bot.core.envelopes import DeliveryOutcome, InboundEvent, RateLimit
from bot.core.question_counts import QuestionResult, passed
from bot.core.tickets import new_ticket
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person, Ticket
from bot.core.unanswered import Unanswered
from bot.storage.backup.rows import TABLES, lines
from bot.storage.cards import Card
from bot.storage.crypto import Keys, new_key
from bot.storage.old_keys import carry
from bot.storage.store import Store
from tests.fakes.postgres import Postgres
from tests.fakes.tables import put_tables
from tests.register import put_on_file

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)


@pytest.fixture
def other(url: str, postgres: Postgres, tmp_path: Path) -> Iterator[str]:
    """The URL of a new, empty database of the other kind."""
    if url.startswith("postgresql"):
        yield f"sqlite:///{tmp_path / 'other' / 'seloste.db'}"
        return
    with postgres.database() as made:
        yield made


@pytest.fixture
def other_tables(url: str, postgres_tables: Postgres, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of the other kind with all tables and nothing in them."""
    if url.startswith("postgresql"):
        put_tables(tmp_path / "other")
        yield f"sqlite:///{tmp_path / 'other' / 'seloste.db'}"
        return
    with postgres_tables.copy() as made:
        yield made


@dataclass
class Filled:
    """An installation with rows in every table."""

    store: Store
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.matti = self.ticket("matti")
        self.liisa = self.ticket("liisa")
        put_on_file(self.store, ("matti@example.com",))
        self._events()
        self._effects()
        self._desks()

    def _desks(self) -> None:
        """Pass a question to staff, show cards, begin a form."""
        asked = Inquiry(
            id="0" * 36,
            number="Q-2026-0001",
            language=Language.FI,
            person=self.matti.person,
            question="Kuka lukee tämän?",
            asked_at=self.now,
        )
        with self.store.transaction() as unit:
            unit.inquiries.save(asked, self.key("matti"))
            unit.cards.keep(self.matti.id, "slack", Card(place="C1:1.2", history_shown=1))
            unit.marks.keep([self.liisa.id], self.now)
            to = "liisa@example.com", "BCDF-GHKL", self.liisa.number
            unit.code_letters.note(self.key("liisa"), *to, self.now, stranger=True)
            unit.code_letters.disown((), "BCDF-GHKL", self.now)
            carry(unit.connection, self.store.keys, [Keys.derived_from(new_key())])
            unit.files.put("file", self.matti.id, b"copy", self.now)
            unit.files.keep_only(self.matti.id, ["file"])
            unit.keep_suppressions(self.objection(), self.now)
            unit.question_counts.add(self.now.date(), Language.FI, *passed("not_in_notice.dpo"))
            in_vain = Unanswered(
                text="kuka … on",
                language=Language.FI,
                topic="topic.dpo",
                result=QuestionResult.NOT_IN_NOTICE,
            )
            unit.unanswered_questions.keep(self.now.date(), in_vain)
            unit.drafts.keep("draft", "salaisuus", self.now, place="-100:7")

    def objection(self) -> Ticket:
        """Return Liisa's ticket as if she had objected to marketing and proved her address."""
        proof = Evidence(
            method=Method.EMAIL_CODE, at=self.now, by="customer", contact=self.liisa.contacts[0]
        )
        return replace(self.liisa, right=Right.MARKETING_OBJECTION, evidence=(proof,))

    def key(self, name: str) -> str:
        return self.store.keys.hashed(f"test:{name}")

    def ticket(self, name: str) -> Ticket:
        """Open a ticket for somebody, with a conversation and an effect that waits."""
        person = Person(
            channel="test", account=name, name=name.title(), email=f"{name}@example.com"
        )
        with self.store.transaction(contended=True) as unit:
            serial = unit.tickets.next_serial(2026)
            change = new_ticket.open_ticket(
                id=f"00000000-0000-4000-8000-{serial:012d}",
                number=f"T-2026-{serial:04d}",
                right=Right.ERASURE,
                language=Language.FI,
                person=person,
                details="ä\u0000€ kaikki" if name == "liisa" else "kaikki",
                now=self.now,
                rules=Rules(),
            )
            unit.tickets.save(change.ticket, self.key(name), NOW.date())
            unit.audit.append(change.record)
            unit.dialogues.save(self.key(name), Dialogue(language=Language.FI), self.now)
            said = f'{{"to": "{name}", "number": "{change.ticket.number}"}}'
            unit.outbox.enqueue("say", f"test:{self.key(name)}", said, self.now)
        return change.ticket

    def _events(self) -> None:
        """One event that was handled, one dead letter, one that waits."""
        for number in range(3):
            inbound = InboundEvent(
                channel="test",
                event_id=f"event-{number}",
                person=self.key("matti"),
                kind="customer",
                payload="Matti hei",
            )
            with self.store.transaction() as unit:
                unit.inbox.receive([inbound], self.now)
                received = unit.inbox.next(self.now)
                assert received is not None
                if number == 0:
                    unit.inbox.handled([received], self.now)
                elif number == 1:
                    unit.inbox.mark_dead(received, self.now)

    def _effects(self) -> None:
        """One effect that was sent and one dead letter, beside those that wait."""
        for name in ("sent", "refused"):
            with self.store.transaction() as unit:
                unit.outbox.enqueue("say", f"{name}:a", "hei", self.now)
                batch = unit.outbox.claim(
                    "me",
                    now=self.now,
                    lease=timedelta(minutes=1),
                    most=9,
                    rate_limits={name: RateLimit(each=timedelta(seconds=1))},
                )
                for claimed in batch:
                    if claimed.destination == f"{name}:a":
                        error = "" if name == "sent" else "refused: [no] such place"
                        settled = DeliveryOutcome(effect=claimed, sent=not error, error=error)
                        unit.outbox.settle(settled, self.now)
                    else:
                        unit.outbox.release([claimed])


@pytest.fixture
def filled(store: Store) -> Filled:
    return Filled(store)


def everything(store: Store) -> dict[str, list[bytes]]:
    """Return all rows of all tables, written the same way on both databases."""
    with store.snapshot() as unit:
        return {table.name: list(lines(unit.connection, table)) for table in TABLES}


def quiet(_what: str, _share: float) -> None:
    """Tell nobody how far the work is."""
