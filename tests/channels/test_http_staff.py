"""What staff send over HTTP: what an action does not take is refused, and all can be previewed."""

from __future__ import annotations

import json

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.http.access import Access, Signer
from bot.channels.http.channel import PreviewedMessage, Taken, taken
from bot.core.catalog import Language, Right
from bot.core.envelopes import InboundEvent
from bot.core.events import FromCustomer, Requested
from bot.core.tickets.ticket import Person
from bot.errors import UsageError

ACCESS = Access(secret="s" * 32, staff_secret="t" * 32)


@pytest.fixture
def number(app: Assistant) -> str:
    """The number of a ticket whose identity staff have vouched for."""
    person = Person(channel="http", account="liisa")
    right, language = Right.RESTRICTION, Language.FI
    form = Requested(right=right, name="Liisa", email="", details="", language=language)
    came = FromCustomer(person=person, event=form)
    take(app, app.intake.inbound("asked", came))
    [ticket] = app.queries.tickets_of(person)
    take(app, sent(app, ticket.number, "Sari", "verify", method="in_person"))
    return ticket.number


def answered(
    app: Assistant,
    number: str,
    staff: str,
    action: str,
    **more: object,
) -> Taken:
    event = {"id": f"{staff} {action}", "staff": staff, "ticket": number, "action": action, **more}
    return taken(json.dumps(event).encode(), app.queries, ACCESS, Signer.STAFF)


def sent(app: Assistant, number: str, staff: str, action: str, **more: object) -> InboundEvent:
    event = answered(app, number, staff, action, **more)
    assert isinstance(event, InboundEvent)
    return event


def previewed(app: Assistant, number: str, action: str, **more: object) -> PreviewedMessage:
    told = answered(app, number, "Mika", action, preview=True, **more)
    assert isinstance(told, PreviewedMessage)
    return told


@pytest.mark.parametrize(
    ("action", "more", "fault"),
    [
        ("confirm", {"text": "Aloitamme maanantaina."}, "text: confirm takes none"),
        ("refuse", {"text": "Ei.", "ground": "clarification"}, "ground: refuse takes none"),
        ("refuse", {"text": "Ei.", "method": "call_back"}, "method: refuse takes none"),
        ("refuse", {"text": "Ei.", "extent": "partly"}, "extent: refuse takes none"),
    ],
)
def test_what_an_action_does_not_take_is_refused_at_the_door(
    app: Assistant, number: str, action: str, more: dict[str, str], fault: str
) -> None:
    with pytest.raises(UsageError, match=fault):
        answered(app, number, "Mika", action, **more)


def test_a_preview_shows_what_the_customer_will_read_and_is_not_kept(
    app: Assistant, number: str
) -> None:
    take(app, sent(app, number, "Mika", "confirm"))
    words = "Jäljennös lähti 010190-TTTT tänään."
    answer = previewed(app, number, "fulfil", extent="partly", text=words).content()
    told = json.loads(json.dumps(answer))
    assert told["received"] is False
    assert told["denied"] is None
    assert words in told["preview"]["text"]
    assert "osittain" in told["preview"]["text"]
    kinds = [block["kind"] for block in told["preview"]["blocks"]]
    assert kinds == ["text", "staff", "text", "quote", "quote"]
    assert app.queries.tickets(ended=False)[0].extent is None


def test_a_preview_tells_why_something_cannot_be_sent(app: Assistant, number: str) -> None:
    missing = app.queries.text("desk.denial.reason_missing", Language.FI)
    assert previewed(app, number, "refuse").content() == {
        "received": False,
        "preview": None,
        "denied": missing,
    }
    state = app.queries.text("desk.denial.not_in_this_state", Language.FI)
    assert previewed(app, number, "fulfil").denied == state


def test_customers_preview_nothing(app: Assistant, number: str) -> None:
    event = {"id": "1", "person": "liisa", "text": number, "preview": True}
    with pytest.raises(UsageError, match="what staff do can be previewed"):
        taken(json.dumps(event).encode(), app.queries, ACCESS, Signer.CUSTOMERS)


def test_who_signs_for_customers_gets_no_preview_of_what_staff_do(
    app: Assistant, number: str
) -> None:
    event = {"id": "1", "staff": "Mika", "ticket": number, "action": "refuse", "preview": True}
    with pytest.raises(UsageError, match="staff_secret"):
        taken(json.dumps(event).encode(), app.queries, ACCESS, Signer.CUSTOMERS)
