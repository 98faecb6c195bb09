"""A marketing objection holds at once: on the list, told to the person and to the mailing system.

With the real database, letters in a folder, and a mailing system that checks the signatures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import partial

import anyio
import httpx
import pytest

from bot.bootstrap import Assistant, assistant, routes_of
from bot.bootstrap.foreground import deliver, letters, take
from bot.bootstrap.process import Senders, replica
from bot.channels.http.channel import Outgoing
from bot.channels.http.signature import is_signed
from bot.config import Settings
from bot.config.suppressions import SuppressionsSection
from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.effects import Alarm, Effect, Suppress, ToStaff
from bot.core.envelopes import ClaimedEffect
from bot.core.events import CustomerEvent, FromCustomer, Requested, Said, StaffActed
from bot.core.tickets import identity
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.ticket import Action, Person, State, Ticket
from bot.delivery.courier import Sender, carry_all
from bot.errors import Refused
from bot.service.routing import MAILING, Routes
from bot.storage.backup.journal import Journal
from bot.storage.store import Store
from bot.storage.suppressions import Suppressed
from bot.storage.verify import verify
from tests.conftest import Clock

LIISA = Person(channel="test", account="liisa")
SECRET = "m" * 32


class Refusing:
    """A mailing system that takes nothing."""

    async def send(self, _claimed: ClaimedEffect, _effect: Effect) -> None:
        raise Refused("HTTP 410")


class Walk:
    """Liisa, staff and the mailing system."""

    def __init__(self, app: Assistant) -> None:
        self.app = app
        self.read: list[str] = []
        self.mailing: list[dict[str, object]] = []
        self.mailing_system: Sender | None = None
        self._ids = 0

    def says(self, event: CustomerEvent) -> None:
        self._ids += 1
        came = FromCustomer(person=LIISA, event=event)
        take(self.app, self.app.intake.inbound(str(self._ids), came))
        self._deliver()

    def asks(self, right: Right = Right.MARKETING_OBJECTION) -> Walk:
        self.says(
            Requested(
                right=right,
                name="Liisa",
                email="liisa@example.com",
                details="",
                language=Language.EN,
            )
        )
        return self

    def proves(self) -> Walk:
        newest = letters(self.app)[-1].read_text(encoding="utf-8")
        self.says(Said(text=re.findall(r"\b\d{8}\b", newest)[-1]))
        return self

    def staff(self, name: str, action: Action, text: str = "") -> None:
        self._ids += 1
        actor, command = self.app.actors[name], Command(action=action, text=text)
        acted = StaffActed(ticket=self.ticket.id, actor=actor, command=command)
        take(self.app, self.app.intake.inbound(f"staff-{self._ids}", acted))
        self._deliver()

    def _deliver(self) -> None:
        deliver(
            self.app,
            "test",
            lambda _say, told: self.read.append(told.blocks[-1].text),
            lambda _told: None,
        )
        anyio.run(self._tell_mailing_system)

    async def _tell_mailing_system(self) -> None:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self._take))
        out = Outgoing("https://mailing.example.com/", SECRET, client)

        async def send(claimed: ClaimedEffect, effect: Effect) -> None:
            assert isinstance(effect, Suppress)
            await out.suppress(claimed.token, effect, self.app.clock())

        sender = self.mailing_system or send
        await carry_all(self.app.router, {MAILING: sender}, self.app.clock)
        await client.aclose()

    def _take(self, request: httpx.Request) -> httpx.Response:
        assert is_signed(SECRET, request.content, request.headers, self.app.clock())
        self.mailing.append(json.loads(request.content))
        return httpx.Response(204)

    @property
    def ticket(self) -> Ticket:
        return self.app.queries.tickets(ended=True)[-1]

    @property
    def listed(self) -> Sequence[Suppressed]:
        with self.app.store.reading() as unit:
            return unit.suppressions.listed()


@pytest.fixture
def walk(settings: Settings, known: Understanding, store: Store, clock: Clock) -> Walk:
    return Walk(assistant(settings, known, store, clock, Routes(desks=("test",), mailing=True)))


def test_an_objection_holds_from_the_right_code_on_and_staff_confirm_it_afterwards(
    walk: Walk,
) -> None:
    walk.asks()
    assert walk.listed == []
    walk.proves()
    [one] = walk.listed
    assert one.value == "liisa@example.com"
    assert str(walk.ticket.state) == State.AWAITING_CONFIRMATION
    assert "list of contacts to which no direct marketing is sent" in walk.read[-1]
    [told] = walk.mailing
    del told["id"], told["at"]
    assert told == {
        "type": "suppression.begun",
        "kind": "email",
        "contact": "liisa@example.com",
        "ticket": walk.ticket.number,
    }
    walk.staff("Mika", Action.CONFIRM)
    walk.staff("Mika", Action.FULFIL)
    assert str(walk.ticket.state) == State.FULFILLED
    assert len(walk.listed) == len(walk.mailing) == 1


def test_a_refusal_takes_it_off_the_list_and_the_mailing_system_hears_of_it(walk: Walk) -> None:
    walk.asks().proves().staff("Mika", Action.REFUSE, "Not a customer of ours.")
    assert walk.listed == []
    assert [told["type"] for told in walk.mailing] == ["suppression.begun", "suppression.ended"]


def test_of_an_erased_person_the_list_keeps_the_hash_alone_and_a_restore_too(
    walk: Walk, settings: Settings
) -> None:
    walk.asks().proves().staff("Mika", Action.CONFIRM)
    walk.asks(Right.ERASURE)
    erasure = next(t for t in walk.app.queries.tickets(ended=False) if t.right is Right.ERASURE)
    sari = walk.app.actors["Sari"].key
    by_sari = identity.attestation(Method.CALL_BACK, sari, walk.app.clock())
    acts = partial(StaffActed, ticket=erasure.id)
    for name, command in (
        ("Sari", Command(action=Action.VERIFY, evidence=by_sari)),
        ("Mika", Command(action=Action.CONFIRM)),
        ("Mika", Command(action=Action.FULFIL)),
    ):
        actor = walk.app.actors[name]
        event = acts(actor=actor, command=command)
        take(walk.app, walk.app.intake.inbound(f"{name}-{command.action}", event))
    [one] = walk.listed
    assert one.value == ""
    with walk.app.store.reading() as unit:
        assert unit.suppressions.held(erasure.contacts) == set(erasure.contacts)
    assert len(Journal(settings.service.data_dir / "erased.log").read()) == 1


def test_the_audit_says_when_it_began_and_names_nobody(walk: Walk) -> None:
    walk.asks().proves()
    with walk.app.store.snapshot() as unit:
        facts = [row.facts for row in unit.audit.history(walk.ticket.id)]
        found = verify(unit, walk.app.store.keys, anchors=[], erased=frozenset())
    assert [one["suppressed"] for one in facts if "suppressed" in one] == ["email"]
    assert found.faults == ()
    assert "liisa" not in repr(facts)


def test_staff_hear_that_the_mailing_system_takes_nothing(walk: Walk) -> None:
    told: list[ToStaff] = []
    walk.mailing_system = Refusing().send
    walk.asks().proves()
    deliver(walk.app, "test", lambda _say, _message: None, told.append)
    [alarm] = [one for one in told if isinstance(one, Alarm)]
    assert (alarm.what, alarm.to, alarm.number) == (
        "suppress",
        "l•••@example.com",
        walk.ticket.number,
    )


def test_nobody_is_told_where_no_mailing_system_is_configured(
    settings: Settings, known: Understanding, store: Store, clock: Clock
) -> None:
    walk = Walk(assistant(settings, known, store, clock, routes_of(settings)))
    walk.asks().proves()
    assert len(walk.listed) == 1
    assert walk.mailing == []


def test_a_replica_of_a_configuration_with_a_mailing_system_tells_it(
    settings: Settings, known: Understanding, store: Store, clock: Clock
) -> None:
    told = {"webhook_url": "https://mailing.example.com/", "secret": SECRET}
    section = SuppressionsSection.model_validate(told)
    app = assistant(settings.model_copy(update={"suppressions": section}), known, store, clock)
    assert routes_of(app.settings).mailing
    found: list[str] = []

    def look(senders: Senders) -> Senders:
        found.extend(senders)
        return senders

    replica(app, senders=look, working=False, listening=False)
    assert MAILING in found
