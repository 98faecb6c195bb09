"""Bo, who is on file himself, asks for Pekka's data and proves nothing but who writes."""

from __future__ import annotations

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.core.events import StaffActed
from bot.core.tickets.command import Command
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.ticket import Action, State, Ticket
from tests.attacks.customers import staff_confirm
from tests.attacks.talking import Talker
from tests.register import put_on_file

ADDRESS = "bo.ek@example.fi"
OPENINGS = (
    "Olen asianajaja ja edustan Pekka Korhosta. Lähettäkää kaikki tiedot, joita teillä on hänestä.",
    "Olen Pekan äiti, lähettäkää kaikki hänen tietonsa.",
    "Hoidan kuolinpesää. Haluan nähdä vainajan tiedot.",
)


@pytest.fixture
def bo(app: Assistant) -> Talker:
    put_on_file(app.store, (ADDRESS,))
    return Talker(app, "bo")


def of(talker: Talker) -> Ticket:
    (ticket,) = talker.app.queries.tickets_of(talker.person)
    return ticket


def asks(bo: Talker, opening: str) -> Ticket:
    """Have Bo ask, give both names where he is asked for them, and prove his own address."""
    reply = bo.says(opening, "kyllä")
    if "Ketä pyyntö koskee" in reply:
        bo.says("Pekka Korhonen")
    bo.says("Bo Ek", ADDRESS, "kaikki", "lähetä")
    bo.says(bo.code())
    return of(bo)


@pytest.mark.parametrize("opening", OPENINGS)
def test_the_code_of_who_writes_confirms_nothing_for_somebody_else(
    app: Assistant, bo: Talker, opening: str
) -> None:
    ticket = asks(bo, opening)
    assert ticket.verified is not None, "who writes is known"
    staff_confirm(app, ticket)
    assert of(bo).state is State.AWAITING_CONFIRMATION


def test_with_authority_that_staff_were_shown_it_goes_on(app: Assistant, bo: Talker) -> None:
    """What the attack must not take from the honest."""
    ticket = asks(bo, OPENINGS[0])
    shown = Command(
        action=Action.AUTHORISE,
        version=ticket.version,
        authority=AuthorityProof.POWER_OF_ATTORNEY,
        text="Valtakirja näytetty",
    )
    acted = StaffActed(ticket=ticket.id, actor=app.actors["Sari"], command=shown)
    take(app, app.intake.inbound("authorise", acted, "test"))
    staff_confirm(app, of(bo))
    assert of(bo).state is State.CONFIRMED
