"""Staff write down a wrong address, vouch for its person, and then put it right.

Whoever has the wrong address has objected to nothing: they are on no list, and get their mail.
"""

from __future__ import annotations

from functools import partial

import anyio
import pytest

from bot.bootstrap import Assistant, assistant
from bot.bootstrap.foreground import take
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.effects import Effect, Suppress
from bot.core.envelopes import ClaimedEffect
from bot.core.tickets.ticket import Ticket
from bot.delivery.courier import carry_all
from bot.service.routing import MAILING, Routes
from bot.storage.store import Store
from bot.storage.verify import verify
from tests.conftest import Clock
from tests.test_opened_by_staff import opened, sent

TYPED, MEANT = "liisa.lahti@example.com", "liisa.lehto@example.com"


@pytest.fixture
def app(settings: Settings, known: Understanding, store: Store, clock: Clock) -> Assistant:
    return assistant(settings, known, store, clock, Routes(desks=("test",), mailing=True))


def listed(app: Assistant) -> set[str]:
    with app.store.reading() as unit:
        return {one.value for one in unit.suppressions.listed()}


def told(app: Assistant) -> list[tuple[str, bool]]:
    """Return of which contacts the mailing system is told, and whether marketing may go on."""
    heard: list[tuple[str, bool]] = []

    async def hear(_claimed: ClaimedEffect, effect: Effect) -> None:
        assert isinstance(effect, Suppress)
        heard.append((effect.contact.value, effect.ended))

    anyio.run(partial(carry_all, app.router, {MAILING: hear}, app.clock))
    return heard


def objected(app: Assistant) -> Ticket:
    """Open an objection that came by phone, and vouch for whoever called."""
    ticket = opened(app, right="marketing_objection", source="phone", email=TYPED, text="")
    take(app, sent(app, "Sari", "verify", ticket=ticket.number, method="call_back"))
    assert listed(app) == {TYPED}
    return ticket


def test_marketing_stops_for_nobody_who_was_only_written_down_by_mistake(app: Assistant) -> None:
    ticket = objected(app)
    take(app, sent(app, "Sari", "correct_contacts", ticket=ticket.number, email=MEANT))
    assert listed(app) == set()
    assert told(app) == [(TYPED, False), (TYPED, True)]
    take(app, sent(app, "Sari", "verify", ticket=ticket.number, method="in_person"))
    assert listed(app) == {MEANT}
    assert told(app) == [(MEANT, False)]
    with app.store.snapshot() as unit:
        assert verify(unit, app.store.keys, anchors=[], erased=frozenset()).faults == ()


def test_their_own_objection_goes_on_to_hold(app: Assistant) -> None:
    objected(app)
    ticket = opened(app, right="marketing_objection", source="letter", email=TYPED, text="Nej.")
    take(app, sent(app, "Sari", "verify", ticket=ticket.number, method="in_person"))
    take(app, sent(app, "Sari", "correct_contacts", ticket=ticket.number, email=MEANT))
    assert listed(app) == {TYPED}
    assert (TYPED, True) not in told(app)
