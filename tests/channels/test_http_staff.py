"""What staff send over HTTP: what an action does not take is refused, and all can be previewed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.http.access import Access, Signer
from bot.channels.http.channel import PreviewedMessage, Taken, taken
from bot.channels.http.register import Told
from bot.core.catalog import Language, Right
from bot.core.envelopes import InboundEvent
from bot.core.events import FromCustomer, Requested
from bot.core.tickets.record import Observed
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


def beside(app: Assistant, staff: str, action: str, **more: object) -> Any:
    """Return what is answered at once to what is no form."""
    event = {"id": "1", "staff": staff, "action": action, **more}
    told = taken(json.dumps(event).encode(), app.queries, ACCESS, Signer.STAFF)
    assert isinstance(told, Told)
    return json.loads(json.dumps(told.content()))


def test_the_register_has_what_is_needed_to_act_on_a_ticket(app: Assistant, number: str) -> None:
    register = beside(app, "Mika", "list", filters=["restriction", "free"])["register"]
    assert (register["page"], register["pages"]) == (1, 1)
    assert register["filters"] == ["free", "restriction"]
    [entry] = register["entries"]
    assert number in entry["text"]
    ticket = app.queries.tickets(ended=False)[0]
    assert entry["due"] == ticket.clock.end(app.queries.wording.today()).due.isoformat()
    assert (entry["number"], entry["right"], entry["owner"]) == (number, "restriction", None)
    assert (entry["version"], entry["state"]) == (ticket.version, ticket.state)
    assert "Liisa" not in json.dumps(register)
    take(app, sent(app, number, "Sari", "take"))
    [entry] = beside(app, "Sari", "list", filters=["mine"])["register"]["entries"]
    assert entry["owner"] == "Sari"
    assert number not in str(beside(app, "Mika", "list", filters=["mine"]))
    assert beside(app, "Mika", "list", page=7)["register"]["page"] == 1


def test_the_details_are_all_that_staff_see_and_the_chain_tells_who_saw_them(
    app: Assistant, number: str
) -> None:
    told = beside(app, "Mika", "details", ticket=number)
    assert told["ticket"]["number"] == number
    assert "Liisa" in str(told["ticket"]["card"])
    assert [(who, what) for _, who, what, _, _ in told["history"]][-1][0] == "Sari"
    beside(app, "Mika", "list")
    with app.store.reading() as unit:
        seen = unit.audit.of(app.queries.tickets(ended=False)[0].id)[-1]
        listed = unit.audit.last(Observed.LISTED)
    assert (seen.action, seen.actor) == (Observed.DETAILS_SHOWN, app.queries.actors()["Mika"].key)
    assert listed is not None
    assert listed.actor == app.queries.actors()["Mika"].key


@pytest.mark.parametrize(
    ("action", "more", "fault"),
    [
        ("list", {"filters": ["everything"]}, "filters: they are mine"),
        ("list", {"text": "Liisa"}, "text: list takes none"),
        ("list", {"page": 0}, "page: "),
        ("details", {"ticket": "T-2026-9999"}, "ticket: there is none"),
        ("details", {"ticket": "T-2026-0001", "preview": True}, "preview: details takes none"),
        ("away", {}, "back: "),
        ("away", {"back": "2020-01-01"}, "back: "),
        ("away", {"back": "-", "filters": ["mine"]}, "filters: away takes none"),
        ("confirm", {"ticket": "T-2026-0001", "back": "-"}, "back: confirm takes none"),
    ],
)
@pytest.mark.usefixtures("number")
def test_what_cannot_be_answered_at_once_is_told_why(
    app: Assistant, action: str, more: dict[str, object], fault: str
) -> None:
    with pytest.raises(UsageError, match=fault):
        beside(app, "Mika", action, **more)
    assert app.queries.absences() == {}


@pytest.mark.parametrize("action", ["list", "details", "away"])
def test_nobody_sees_the_register_but_who_signs_for_staff_and_shows_their_token(
    app: Assistant, number: str, action: str
) -> None:
    takes = {"list": {}, "details": {"ticket": number}, "away": {"back": "-"}}
    event = {"id": "1", "staff": "Mika", "action": action, **takes[action]}
    guarded = Access(secret="s" * 32, staff_secret="t" * 32, tokens={"Mika": "m" * 32})
    for signer, more in (
        (Signer.CUSTOMERS, {"token": "m" * 32}),
        (Signer.STAFF, {}),
        (Signer.STAFF, {"token": "wrong"}),
        (Signer.STAFF, {"token": "m" * 32, "staff": "Vieras"}),
    ):
        with pytest.raises(UsageError):
            taken(json.dumps({**event, **more}).encode(), app.queries, guarded, signer)
    with app.store.reading() as unit:
        assert unit.audit.last(Observed.LISTED) is None
        assert unit.audit.last(Observed.DETAILS_SHOWN) is None
    shown = json.dumps({**event, "token": "m" * 32}).encode()
    assert isinstance(taken(shown, app.queries, guarded, Signer.STAFF), Told)
