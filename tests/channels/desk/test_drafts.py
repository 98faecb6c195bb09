"""A form in the making goes when what it brings about is kept, and not before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.desk.form import Form
from bot.core.catalog import Language, Right
from bot.core.envelopes import InboundEvent
from bot.core.events import FromCustomer, Requested
from bot.core.tickets.ticket import Action, Person, Ticket
from bot.errors import StorageError
from bot.storage.inbox import Inbox

MATTI = Person(channel="test", account="matti")


@pytest.fixture
def url(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/data/seloste.db"


@pytest.fixture
def ticket(app: Assistant) -> Ticket:
    form = Requested(
        right=Right.ERASURE, name="Matti", email="m@example.com", details="", language=Language.FI
    )
    take(app, app.intake.inbound("1", FromCustomer(person=MATTI, event=form)))
    [opened] = app.queries.tickets(ended=False)
    return opened


def drafted(app: Assistant, ticket: Ticket) -> InboundEvent:
    """Keep a draft, and return what it brings about when it is sent."""
    mika = app.actors["Mika"]
    form = Form(
        action=Action.REFUSE, subject=ticket.id, version=ticket.version, actor=mika.key, text="Ei"
    )
    app.queries.keep_draft("d", form, place="chat:1")
    event = form.event(mika, app.clock())
    return app.queries.inbound("draft:d", event, "test", draft="d")


def test_a_draft_comes_with_what_it_is_about_as_that_stands_now(
    app: Assistant, ticket: Ticket
) -> None:
    drafted(app, ticket)
    for found in (app.queries.draft("d"), app.queries.draft_at("chat:1")):
        assert found is not None
        assert (found.id, found.form.text, found.case.subject) == ("d", "Ei", ticket)


def test_a_draft_that_was_sent_is_gone(app: Assistant, ticket: Ticket) -> None:
    app.intake.receive([drafted(app, ticket)])
    assert app.queries.draft("d") is None
    assert app.queries.draft_at("chat:1") is None


def test_a_draft_whose_event_could_not_be_kept_stays(
    app: Assistant, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbound = drafted(app, ticket)

    def full(_inbox: Inbox, _events: Iterable[InboundEvent], _now: datetime) -> int:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "receive", full)
        with pytest.raises(StorageError):
            app.intake.receive([inbound])
    assert app.queries.draft("d") is not None


def test_a_draft_of_what_is_no_longer_there_is_gone(app: Assistant, ticket: Ticket) -> None:
    drafted(app, ticket)
    with app.store.transaction() as unit:
        unit.erase([ticket.id], app.clock())
    assert app.queries.draft("d") is None
