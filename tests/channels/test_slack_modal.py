"""The modals for requests, without a Slack: a payload goes in, a view or an event comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.slack import incoming, request_views
from bot.channels.slack.client import Client
from bot.channels.slack.request_modal import RequestModal
from bot.content.load import Content
from bot.content.wording import worded
from bot.core import contacts
from bot.core.buttons import Resend
from bot.core.catalog import Language, Right
from bot.core.effects import Choice, Say, Text
from bot.core.events import Chose, CustomerEvent, Requested, Said
from bot.core.messages import Message
from bot.core.tickets import new_ticket
from bot.core.tickets.identity import Challenge, Evidence, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person, State, Ticket
from bot.errors import Refused
from tests.fakes.slack import View, kit, plain

Json = dict[str, Any]
MARY = Person(channel="slack", account="T0OTHER:U1", name="Mary", email="mary@example.com")
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CODE = "12345678"


class House:
    """The running assistant, as far as a modal sees it."""

    def __init__(self, content: Content, tickets: Sequence[Ticket]) -> None:
        self._content = content
        self.tickets = tickets
        self.rules = Rules()

    def text(self, key: str, language: Language, **values: str | int) -> str:
        return self._content.texts.render(key, language, values)

    def worded(self, say: Say, words: Mapping[str, str] | None = None) -> Message:
        return worded(say, self._content, words)

    def now(self) -> datetime:
        return NOW

    def tickets_of(self, person: Person) -> Sequence[Ticket]:
        assert person.account == MARY.account
        return self.tickets


class Views(Client):
    """Slack's open views by external id; one that is only now acked is `late`."""

    def __init__(self, *, late: int = 0) -> None:
        super().__init__("xoxb-1", "http://127.0.0.1:9/")
        self.late = late
        self.shown: dict[str, Json] = {}

    async def open_view(self, trigger: str, view: Json) -> str:
        self.shown[view["external_id"]] = view
        return trigger

    async def update_modal(self, external_id: str, view: Json) -> bool:
        if self.late or external_id not in self.shown:
            self.late -= 1
            return False
        del self.shown[external_id]
        self.shown[view["external_id"]] = view
        return True


class Modals:
    """The modals at work: what they took, and what Slack shows."""

    def __init__(
        self,
        content: Content,
        *tickets: Ticket,
        views: Views | None = None,
        after: Sequence[Ticket] = (),
    ) -> None:
        self.taken: list[tuple[str, Person, CustomerEvent]] = []
        self.views = views or Views()
        self.house = House(content, tickets)
        self.after = after  # the tickets once an event was handled, which is at once
        assistant: Any = self.house
        patience = 60 if after else 0
        self.modal = RequestModal(self.views, assistant, self._take, [0, 0, 0], patience)

    async def _take(self, event_id: str, person: Person, event: CustomerEvent) -> None:
        self.taken.append((event_id, person, event))
        self.house.tickets = self.after or self.house.tickets

    def submits(self, body: Json) -> Json:
        """Submit the form or the code; Slack then does what it is told."""
        given = "code" in body["view"]["state"]["values"]
        work = self.modal.code_given if given else self.modal.submitted
        orders = asyncio.run(work(body))
        if orders["response_action"] == "update":
            self.views.shown[orders["view"]["external_id"]] = orders["view"]
        return orders

    def presses_resend(self, body: Json) -> None:
        asyncio.run(self.modal.resend(body))

    def answers(
        self,
        *parts: Text,
        choices: Sequence[Choice] = (),
        language: Language = Language.FI,
    ) -> None:
        """Answer the last event, as an effect from the outbox does."""
        _, person, _ = self.taken[-1]
        say = Say(to=person, language=language, parts=parts, choices=tuple(choices))
        asyncio.run(self.modal.answer(say))

    @property
    def view(self) -> Json:
        (shown,) = self.views.shown.values()
        assert not kit.view_problems(shown)
        return shown


@pytest.fixture
def modals(content: Content) -> Modals:
    return Modals(content)


def submission(trigger: str = "1.2", **fields: str) -> Json:
    values = {block: {"value": _field(block, value)} for block, value in fields.items()}
    return {
        "type": "view_submission",
        "trigger_id": trigger,
        "user": {"id": "U1", "team_id": "T0OTHER"},
        "view": {
            "id": "V1",
            "external_id": "form:opened:0.1",
            "private_metadata": '{"language": "fi"}',
            "state": {"values": values},
        },
    }


def _field(block: str, value: str) -> Json:
    if block == "right":
        return {"type": "static_select", "selected_option": {"value": value}}
    return {"type": "plain_text_input", "value": value}


def request(**fields: str) -> Json:
    return submission(**{"right": "erasure", "name": "Mary", "email": MARY.email, **fields})


def press(external_id: str) -> Json:
    return {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T0OTHER"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "external_id": external_id},
        "actions": [{"action_id": request_views.RESEND, "value": "fi", "action_ts": "9.9"}],
    }


def ticket(right: Right = Right.ERASURE) -> Ticket:
    return new_ticket.open_ticket(
        id="00000000-0000-0000-0000-000000000001",
        number="T-2026-0001",
        right=right,
        language=Language.FI,
        person=MARY,
        details="",
        received_at=NOW,
        now=NOW,
        rules=Rules(),
    ).ticket


def words(content: Content, key: str, language: Language = Language.FI, **values: str | int) -> str:
    return content.texts.render(key, language, values)


def said(view: Json) -> str:
    return plain(View(id="", user="", body=view, hash="", root=""))


# The form


def test_a_form_becomes_a_request_and_says_at_once_that_it_was_received(
    modals: Modals, content: Content
) -> None:
    assert modals.submits(request(details="kaikki"))["response_action"] == "update"
    ((event_id, person, event),) = modals.taken
    assert event_id == "view:V1"
    assert person.account == MARY.account
    assert event == Requested(
        right=Right.ERASURE,
        name="Mary",
        email=MARY.email,
        details="kaikki",
        language=Language.FI,
    )
    assert said(modals.view) == words(content, "request_form.received")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": "1234"}, {"name": "field.name.invalid"}),
        ({"email": "mary at example"}, {"email": "field.email.invalid"}),
        (
            {"name": "-", "email": "-"},
            {"name": "field.name.invalid", "email": "field.email.invalid"},
        ),
        ({"right": "rectification"}, {"details": "field.details.rectification"}),
        ({"right": "rectification", "details": "  "}, {"details": "field.details.rectification"}),
        ({"name": ""}, {"name": "field.name.ask"}),
        ({"concerned": "1234"}, {"concerned": "field.concerned.invalid"}),
        (
            {"right": "marketing_objection", "concerned": "Anna Berg", "name": ""},
            {"name": "field.name.ask"},
        ),
        ({"details": "x" * 2001}, {"details": "field.too_long"}),
        ({"right": "all"}, {"right": "request_form.right"}),
        ({"right": ""}, {"right": "request_form.right"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    modals: Modals, content: Content, fields: dict[str, str], wrong: dict[str, str]
) -> None:
    errors = {field: words(content, key) for field, key in wrong.items()}
    assert modals.submits(request(**fields)) == {"response_action": "errors", "errors": errors}
    assert modals.taken == []


def test_a_form_may_be_filled_in_for_somebody_else(modals: Modals) -> None:
    modals.submits(request(concerned=" Anna Berg "))
    _, _, event = modals.taken[0]
    assert isinstance(event, Requested)
    assert (event.name, event.concerned) == ("Mary", "Anna Berg")


def test_no_name_is_asked_of_who_only_wants_no_marketing(modals: Modals) -> None:
    modals.submits(request(right="marketing_objection", name=""))
    assert modals.taken


@pytest.mark.parametrize("metadata", ["", "not json", "[]", '{"language": "xx"}', "7"])
def test_a_form_in_a_forged_language_is_one_in_the_first(modals: Modals, metadata: str) -> None:
    body = request()
    body["view"]["private_metadata"] = metadata
    modals.submits(body)
    _, _, event = modals.taken[0]
    assert isinstance(event, Requested)
    assert event.language is Language.FI


@pytest.mark.parametrize("language", Language)
def test_a_form_says_that_a_machine_takes_it_and_what_is_kept(
    content: Content, language: Language
) -> None:
    house = House(content, [])
    view = request_views.view(house.text, language)
    assert not kit.view_problems(view)
    for key in ("machine", "privacy"):
        assert words(content, key, language) in said(view)
    assert view["title"]["text"] == words(content, "request_form.title", language)


def test_a_right_that_waits_for_a_code_is_told_its_number_and_asks_for_the_code(
    content: Content,
) -> None:
    modals = Modals(content, ticket())
    modals.submits(request())
    told = words(content, "request_form.already_waits", number="T-2026-0001")
    assert told in said(modals.view)
    assert modals.view["callback_id"] == request_views.CODE
    assert modals.taken == []


def test_a_right_that_is_with_staff_is_told_its_number_at_the_field(content: Content) -> None:
    person = replace(MARY, email="")
    modals = Modals(content, replace(ticket(), person=person))
    errors = {"right": words(content, "request_form.already", number="T-2026-0001")}
    assert modals.submits(request()) == {"response_action": "errors", "errors": errors}


def test_another_address_for_a_right_that_waits_for_a_code_is_taken(content: Content) -> None:
    modals = Modals(content, ticket())
    modals.submits(request(email="right@example.com"))
    assert modals.taken


# The code


@pytest.mark.parametrize("given", ["1234 5678", "1234-5678", CODE, f" {CODE} "])
def test_a_code_is_taken_however_it_is_spaced(modals: Modals, content: Content, given: str) -> None:
    modals.submits(submission("7.7", code=given))
    ((event_id, _, event),) = modals.taken
    assert (event_id, event) == ("code:7.7", Said(text=CODE))
    assert said(modals.view) == words(content, "request_form.checking")


@pytest.mark.parametrize("given", ["", "1234", "abcd efgh", "123456789", "1234–5678"])
def test_what_is_no_code_is_no_try(modals: Modals, content: Content, given: str) -> None:
    orders = modals.submits(submission(code=given))
    assert orders["errors"] == {"code": words(content, "request_form.invalid")}
    assert modals.taken == []


@pytest.mark.parametrize(("tries", "key"), [(1, "code.wrong"), (5, "code.exhausted")])
def test_what_is_wrong_with_a_code_is_said_at_its_field_if_it_is_known_in_time(
    content: Content, tries: int, key: str
) -> None:
    before = replace(ticket(), challenge=Challenge(digest="", sent_at=NOW, tries=tries - 1))
    after = replace(ticket(), challenge=Challenge(digest="", sent_at=NOW, tries=tries))
    orders = Modals(content, before, after=[after]).submits(submission(code=CODE))
    told = words(content, key, left=5 - tries)
    assert orders == {"response_action": "errors", "errors": {"code": told}}


def test_a_right_code_leaves_nothing_wrong_at_its_field(content: Content) -> None:
    before = replace(ticket(), challenge=Challenge(digest="", sent_at=NOW))
    modals = Modals(content, before, after=[replace(before, challenge=None)])
    modals.submits(submission(code=CODE))
    assert said(modals.view) == words(content, "request_form.checking")


def test_a_new_code_is_asked_for_the_newest_ticket_that_waits(content: Content) -> None:
    newest = replace(ticket(Right.ACCESS), id="00000000-0000-0000-0000-000000000002")
    modals = Modals(content, ticket(), newest, replace(ticket(), person=replace(MARY, email="")))
    modals.presses_resend(press("form:opened:0.1"))
    ((event_id, _, event),) = modals.taken
    assert event_id == "V1:request_form:resend:9.9:U1"
    assert event == Chose(token=f"resend:{newest.id}")


def test_where_no_ticket_waits_no_code_is_sent(modals: Modals, content: Content) -> None:
    opening = press("") | {"trigger_id": "0.1"}
    asyncio.run(modals.modal.open_code(opening))
    modals.presses_resend(press("form:opened:0.1"))
    assert words(content, "request_form.none") in said(modals.view)
    assert modals.taken == []


# The answer

RESEND = Choice(button=Resend("1"), key="choice.resend")


@pytest.mark.parametrize(
    ("decided", "shown"),
    [
        (Text(key="code.wrong", values={"left": 3}), "code.wrong"),
        (Text(key="code.expired"), "code.expired"),
        (Text(key="code.exhausted"), "code.exhausted"),
        (Text(key="code.too_many", values={"at": "2026-11-06T11:00"}), "code.too_many"),
        (
            Text(key="code.sent", values={"email": "a@b.fi", "minutes": 15}),
            "request_form.code_sent",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_leaves_a_code_to_be_given_asks_for_it(
    modals: Modals, content: Content, decided: Text, shown: str
) -> None:
    modals.submits(submission(code=CODE))
    modals.answers(decided, choices=[RESEND])
    told = content.texts.render(shown, Language.FI, decided.values)
    assert told in said(modals.view)
    assert modals.view["callback_id"] == request_views.CODE


@pytest.mark.parametrize(
    ("decided", "shown"),
    [("code.right", "request_form.code_right"), ("code.none", "request_form.none")],
)
def test_an_answer_that_ends_the_matter_asks_for_nothing(
    modals: Modals, content: Content, decided: str, shown: str
) -> None:
    modals.submits(submission(code=CODE))
    modals.answers(Text(key=decided))
    assert said(modals.view) == words(content, shown)
    assert "submit" not in modals.view


@pytest.mark.parametrize("language", Language)
def test_after_the_right_code_number_and_due_day_are_told(
    content: Content, language: Language
) -> None:
    """Who is served by form has no conversation in which to look them up."""
    code = Evidence(method=Method.EMAIL_CODE, at=NOW, by="U1", contact=contacts.email(MARY.email))
    proved = replace(ticket(), evidence=(code,))
    ended = replace(ticket(Right.ACCESS), number="T-2026-0002", state=State.WITHDRAWN)
    modals = Modals(content, proved, ended)
    modals.submits(submission(code=CODE))
    modals.answers(Text(key="code.right"), language=language)
    right = words(content, "request_form.code_right", language)
    due = {"number": "T-2026-0001", "right": "erasure", "due": "2026-04-10"}
    stands = words(content, "status.with_staff", language, **due)
    assert said(modals.view) == f"{right}\n\n{stands}"


def test_an_opened_request_tells_its_number_and_due_date(modals: Modals, content: Content) -> None:
    modals.submits(request())
    opened = Text(key="ticket.opened", values={"number": "T-2026-0001", "due": "2026-04-10"})
    modals.answers(opened)
    told = content.texts.render(opened.key, Language.FI, opened.values)
    assert said(modals.view) == told


def test_an_answer_in_the_modal_can_itself_be_answered_there(modals: Modals) -> None:
    modals.submits(submission("1.1", code=CODE))
    modals.answers(Text(key="code.expired"), choices=[RESEND])
    pressed = press(modals.view["external_id"])
    assert incoming.modal_of(incoming.presser(pressed)) == modals.view["external_id"]


def test_an_answer_that_comes_before_the_acknowledgement_waits_for_it(
    content: Content,
) -> None:
    """Else the acknowledgement, which says that the code is being checked, would replace it."""
    modals = Modals(content, views=Views(late=2))
    modals.submits(submission(code=CODE))
    modals.answers(Text(key="code.right"))
    assert said(modals.view) == words(content, "request_form.code_right")


def test_another_replica_can_give_the_answer(content: Content) -> None:
    one = Modals(content)
    other = Modals(content, views=one.views)
    one.submits(submission(code=CODE))
    other.taken = one.taken
    other.answers(Text(key="code.right"))
    assert said(one.view) == words(content, "request_form.code_right")


def test_an_answer_to_a_modal_that_was_closed_is_let_be(modals: Modals) -> None:
    modals.submits(submission(code=CODE))
    modals.views.shown.clear()
    modals.answers(Text(key="code.right"))
    assert modals.views.shown == {}


def test_a_refused_answer_does_not_stop_what_else_is_said(content: Content) -> None:
    class Refusing(Views):
        async def update_modal(self, external_id: str, view: Json) -> bool:  # noqa: ARG002
            raise Refused("slack: view_too_large")

    modals = Modals(content, views=Refusing())
    modals.submits(submission(code=CODE))
    with capture_logs() as log:
        modals.answers(Text(key="code.right"))
    assert [line["error"] for line in log] == ["slack: view_too_large"]


def test_an_answer_finds_the_modal_it_belongs_to_and_no_later_one(
    modals: Modals, content: Content
) -> None:
    modals.submits(submission("1.1", code=CODE))
    first = modals.taken[-1][1]
    modals.views.shown.clear()
    modals.submits(submission("2.2", code=CODE))
    assert incoming.modal_of(first) not in modals.views.shown
    modals.taken.append(("", first, Said(text=CODE)))
    modals.answers(Text(key="code.right"))
    assert said(modals.view) == words(content, "request_form.checking")
