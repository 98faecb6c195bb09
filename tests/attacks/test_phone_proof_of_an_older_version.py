"""A request that an older version verified by a phone number, of which nobody kept which it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from bot.bootstrap import Assistant, assistant
from bot.bootstrap.foreground import take
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.contacts import email
from bot.core.effects import ReportDenial, ShowTicket
from bot.core.events import StaffActed
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Denial, State, Ticket
from bot.service.routing import Routes
from bot.storage.engine import open_store, upgrade
from bot.storage.stored_tickets import brought_up
from bot.storage.verify import verify
from tests.attacks.customers import face
from tests.conftest import STAFF, Clock
from tests.factories import NOW, a_ticket
from tests.storage.test_migrations import master_key, rows_of

VEERA = "T-2026-0003"


@pytest.fixture
def upgraded(tmp_path: Path, known: Understanding, clock: Clock) -> Iterator[Assistant]:
    """An assistant on a database that the version before evidence named contacts has left."""
    url = f"sqlite:///{tmp_path / 'seloste.db'}"
    engine, before = create_engine(url), MetaData()
    upgrade(engine, "0005")
    before.reflect(engine)
    with engine.begin() as connection:
        for name, rows in rows_of("0005").items():
            connection.execute(before.tables[name].insert(), rows)
    engine.dispose()
    settings = Settings.model_validate({"service": {"data_dir": tmp_path}, "staff": STAFF})
    store = open_store(url, master_key)
    yield assistant(settings, known, store, clock, Routes(desks=("test",)))
    store.close()


def veera(app: Assistant) -> Ticket:
    with app.store.reading() as unit:
        ticket = unit.tickets.numbered(VEERA)
    assert ticket is not None
    return ticket


def told(app: Assistant) -> list[object]:
    """Return what the desk is told of her request."""
    found: list[object] = []
    while claimed := app.router.settle_and_claim("me", [], 50):
        found += [one.effect for one in claimed if getattr(one.effect, "number", "") == VEERA]
    return found


def test_it_cannot_be_confirmed_even_before_the_clock_has_struck(upgraded: Assistant) -> None:
    ticket = veera(upgraded)
    assert ticket.state is State.AWAITING_CONFIRMATION
    confirm = Command(action=Action.CONFIRM, version=ticket.version)
    acted = StaffActed(ticket=ticket.id, actor=upgraded.actors["Mika"], command=confirm)
    take(upgraded, upgraded.intake.inbound("confirm", acted, "test"))
    assert veera(upgraded).state is State.AWAITING_CONFIRMATION
    (denied,) = (one for one in told(upgraded) if isinstance(one, ReportDenial))
    assert denied.denial is Denial.IDENTITY_OPEN


def test_it_goes_back_by_the_table_and_staff_see_why(upgraded: Assistant) -> None:
    assert upgraded.schedule.enqueue_daily_tasks()
    while upgraded.handler.handle_next():
        pass
    ticket = veera(upgraded)
    assert (ticket.state, ticket.verified) == (State.AWAITING_IDENTITY, None)
    with upgraded.store.reading() as unit:
        last = unit.audit.history(ticket.id)[-1]
        assert (last.action, last.actor, last.after) == ("unverify", "system", ticket.state)
        assert verify(unit, unit.keys, anchors=(), erased=()).faults == ()
        assert unit.audit.proofs_of_no_contact() == [], "it is not met again tomorrow"
    assert any(isinstance(one, ShowTicket) for one in told(upgraded))
    shown = face(upgraded, ticket)
    assert "v•••@example.com · EI todistettu" in shown
    assert "ei tiedetä, minkä yhteystiedon tämä todistaa" in shown


def stored(method: Method, address: str) -> Ticket:
    """Return how a ticket of before is read that an address or number on file verified."""
    piece = Evidence(method=method, at=NOW, by=THE_CUSTOMER.key, on_file=True)
    person = replace(a_ticket().person, email=address)
    ticket = replace(a_ticket(), person=person, evidence=(piece,), verified=piece)
    return brought_up(replace(ticket, state=State.AWAITING_CONFIRMATION))


@pytest.mark.parametrize("method", [Method.EMAIL_CODE, Method.WORKSPACE])
def test_what_proved_an_address_is_known_to_be_of_that_address(method: Method) -> None:
    ticket = stored(method, "Matti@example.com")
    assert ticket.verified
    assert ticket.verified.contact == email("matti@example.com")
    assert ticket.address_is_proved


@pytest.mark.parametrize(
    ("method", "address"),
    [(Method.PHONE, "matti@example.com"), (Method.EMAIL_CODE, "maija@faß.de")],
)
def test_what_may_have_been_anothers_proves_nothing(method: Method, address: str) -> None:
    ticket = stored(method, address)
    assert ticket.verified
    assert not ticket.verified.is_bound
    assert not ticket.address_is_proved


def test_a_ticket_of_today_reads_as_it_was_written() -> None:
    assert brought_up(a_ticket()) == a_ticket()
