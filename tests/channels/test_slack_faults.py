"""Faults of Slack: what is to be said is said later, and nobody waits for another's fault."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.slack.client import Client
from bot.channels.slack.markup import posting
from bot.content.loaded import Understanding
from bot.core.catalog import Language
from bot.core.effects import Say, StaffWords
from bot.errors import DeliveryError, Gone, Refused, ShutOut, TryLater
from tests.fakes.slack import FakeSlack, Fault, User, plain
from tests.fakes.slack.office import Office, numbered

COOKIES = "Mihin käytätte evästeitä?"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known) as opened:
        yield opened


@pytest.fixture
def matti(office: Office) -> User:
    return office.customer()


@pytest.fixture(autouse=True)
def _soon_again(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Try again soon, and leave no faults for the next test."""
    monkeypatch.setattr("bot.delivery.backoff.PAUSES", (timedelta(seconds=0.2),) * 100)
    yield
    if "office" in request.fixturenames:
        request.getfixturevalue("office").slack.faults.clear()


def answers(office: Office, who: User) -> list[str]:
    return [plain(message) for message in office.slack.said(who) if "evästeitä" in plain(message)]


# To people


def test_who_asks_for_a_rest_gets_it_and_the_others_go_on(office: Office, matti: User) -> None:
    office.says(matti, "hei")
    dm = office.slack.said(matti)[0].channel
    fault = {"code": 429, "retry_after": 2, "error": "ratelimited"}
    office.slack.fail("chat.postMessage", channel=dm, **fault)
    begun = time.monotonic()
    office.slack.write(matti, COOKIES)
    office.slack.wait(lambda: [call for call in office.slack.calls if call.code == 429])
    assert "evästeitä" in plain(office.says(office.customer(), COOKIES))
    assert not answers(office, matti)
    office.slack.wait(lambda: answers(office, matti))
    assert time.monotonic() - begun >= 2


@pytest.mark.parametrize(
    "how",
    [
        {"code": 500},
        {"code": 503, "error": "service_unavailable"},
        {"error": "fatal_error"},
        {"error": "missing_scope"},
        {"error": "token_revoked"},
        {"error": "not_in_channel"},
        {"drop": True},
        {"error": "internal_error", "effect": True},
        {"code": 500, "effect": True},
        {"drop": True, "effect": True},
    ],
    ids=str,
)
def test_what_was_not_said_is_said_later(office: Office, matti: User, how: dict[str, Any]) -> None:
    office.slack.fail("chat.postMessage", channel=matti.id, **how)
    office.slack.write(matti, COOKIES)
    office.slack.wait(lambda: not office.slack.faults)
    office.slack.wait(lambda: answers(office, matti))
    office.says(office.customer(), "hei")
    times = 2 if how.get("effect") else 1  # what took effect unseen is said again
    office.slack.wait(lambda: len(answers(office, matti)) == times)
    assert len(set(answers(office, matti))) == 1


def test_an_answer_to_whoever_is_gone_is_tried_once_and_alarms_nobody(
    office: Office, matti: User
) -> None:
    office.says(matti, "hei")
    office.settle()
    before = len(office.slack.said(office.desk))
    office.slack.fail("chat.postMessage", channel=matti.id, error="user_disabled", lasting=True)
    office.slack.write(matti, COOKIES)

    def tried() -> int:
        calls = office.slack.called("chat.postMessage")
        return sum(call.args["channel"] == matti.id for call in calls)

    office.slack.wait(lambda: tried() == 2)  # the greeting, and the answer that was refused
    office.says(office.customer(), "hei")  # what was to follow has followed by now
    assert len(office.slack.said(office.desk)) == before
    assert tried() == 2


def test_a_ticket_of_whoever_cannot_be_written_to_goes_on_by_letter(
    office: Office, matti: User
) -> None:
    number = office.request(matti)
    office.says(matti, office.code(number))
    office.slack.fail("chat.postMessage", channel=matti.id, error="channel_not_found", lasting=True)
    office.acts(office.mika, "refuse", number, text="Sopimus on voimassa.")
    bodies = office.slack.wait(
        lambda: [b for b in (m.body("plain") for m in office.smtp.letters) if "Sopimus on" in b]
    )
    assert number in bodies[-1]
    assert office.smtp.letters[-1].recipients == (matti.email,)


def test_somebody_elsewhere_who_cannot_be_written_to_is_no_alarm(office: Office) -> None:
    mary = office.customer("Mary", team="T0OTHER")
    office.settle()
    before = len(office.slack.said(office.desk))
    say = Say(
        to=office.person(mary), language=Language.FI, parts=(StaffWords(text="Hei, Kanarialintu"),)
    )
    tried = len(office.slack.called("chat.postMessage"))
    with office.work.store.transaction() as unit:
        office.work.app.router.enqueue(unit, [say], office.work.clock())
    office.slack.wait(lambda: len(office.slack.called("chat.postMessage")) > tried)
    office.says(office.customer(), "hei")
    assert len(office.slack.said(office.desk)) == before


# To staff


def test_an_archived_desk_is_served_when_it_is_back(office: Office, matti: User) -> None:
    office.settle()
    posted = len(office.slack.said(office.desk))
    office.slack.archive(office.desk)
    words = ("Poistakaa tietoni", "kyllä", "M", matti.email, "ohita", "kyllä")
    number = numbered(office.says(matti, *words))
    office.slack.wait(
        lambda: [c for c in office.slack.calls if c.answer.get("error") == "is_archived"]
    )
    office.says(matti, "hei")  # customers notice nothing
    office.slack.archive(office.desk, False)
    assert len(office.slack.said(office.desk)) == posted
    office.card(number)
    assert len(office.slack.said(office.desk)) == posted + 1


def test_a_desk_that_the_app_was_put_out_of_is_served_when_it_is_back(
    office: Office, matti: User
) -> None:
    office.slack.leave(office.slack.bot, office.desk)
    office.work.slack._access.forget()
    tried = len(office.slack.called("conversations.info"))
    number = office.opened_unseen(matti)
    office.slack.wait(lambda: len(office.slack.called("conversations.info")) > tried + 1)
    office.slack.join(office.slack.bot, office.desk)
    office.card(number)


@pytest.mark.parametrize(
    "how", [{"error": "missing_scope"}, {"code": 500}, {"code": 429, "error": "ratelimited"}]
)
@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
def test_a_desk_that_cannot_be_looked_at_is_told_later(
    office: Office, matti: User, method: str, how: dict[str, Any]
) -> None:
    office.work.slack._access.forget()
    office.slack.fail(method, **how)
    number = office.opened_unseen(matti)
    office.slack.wait(lambda: not office.slack.faults)
    office.card(number)


def test_a_press_is_answered_when_the_members_cannot_be_looked_up(
    office: Office, matti: User
) -> None:
    number = office.opened(matti)
    before = office.standing(number)
    later = office.words("desk.form.later")
    preview = office.previews(office.mika, "refuse", number, {"text": "Ei"})
    access = office.work.slack._access
    fault = office.slack.fail("conversations.members", error="missing_scope", lasting=True)
    for label in office.card(number).labels:
        access.forget()
        office.presses_card(office.mika, label, office.card(number))
        assert office.shown(office.mika, later)
    office.slack.views["UMIKA"] = [preview]
    office.slack.submit(office.mika)
    assert plain(office.shown(office.mika)) == later
    assert office.standing(number) == before
    office.slack.faults.remove(fault)
    office.slack.close_view(office.mika)
    office.slack.submit(office.mika)
    office.card(number, "hylätty")


def test_a_form_that_cannot_be_opened_is_not_acknowledged(office: Office, matti: User) -> None:
    number = office.opened(matti)
    office.slack.ack_seconds = 0.5
    office.slack.fail("views.open", error="internal_error")
    pressed = office.slack.press(office.aino, "Hylkää", office.desk, office.card(number))
    assert not pressed.wait()  # Slack shows that it failed
    office.slack.ack_seconds = 3.0
    assert office.opens(office.aino, "refuse", number)


def test_a_card_whose_history_was_not_posted_is_told_once_it_goes(
    office: Office, matti: User
) -> None:
    number = office.opened(matti)
    card = office.card(number)
    office.acts(office.aino, "ask", number, text="Mitä?")
    office.slack.wait(lambda: len(office.slack.thread(office.desk, card.ts)) == 2)
    for _ in range(2):
        office.slack.fail("chat.postMessage", channel=office.desk.id, error="fatal_error")
    office.acts(office.aino, "extend", number, text="Kesälomat")
    office.slack.wait(lambda: not office.slack.faults)
    office.slack.wait(lambda: len(office.slack.thread(office.desk, card.ts)) == 3)
    assert len(office.cards(number)) == 1


def test_a_home_tab_that_cannot_be_shown_is_shown_at_the_next_opening(
    office: Office, matti: User
) -> None:
    office.slack.fail("views.publish", error="internal_error")
    office.slack.open_home(matti)
    office.slack.wait(lambda: not office.slack.faults)
    office.slack.open_home(matti)
    assert office.slack.wait(lambda: office.slack.home(matti))


# What is told of a fault

Call = Callable[[Client], Coroutine[Any, Any, Any]]
SECRET = "Kanarialintu laulaa"
CALLS: list[Call] = [
    lambda client: client.post("U1", posting([SECRET])),
    lambda client: client.update("D000001", "1.0", posting([SECRET])),
    lambda client: client.post_ephemeral("GDESK", "U1", posting([SECRET])),
    lambda client: client.open_view(SECRET, {"type": "modal", "title": SECRET}),
    lambda client: client.publish_home("U1", {"type": "home", "blocks": [SECRET]}),
    lambda client: client.profile(SECRET),
    lambda client: client.members(SECRET),
]
HOW: list[dict[str, Any]] = [
    {"code": 500},
    {"code": 429, "error": "ratelimited", "retry_after": 3},
    {"error": "missing_scope"},
    {"error": "msg_too_long"},
    {"error": "channel_not_found"},
    {"drop": True},
    {"code": 200, "error": "", "drop": True},
]


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as server:
        yield server


def fault_of(slack: FakeSlack, call: Call, fault: Fault) -> DeliveryError:
    slack.faults.append(fault)
    try:
        with pytest.raises(DeliveryError) as caught:
            asyncio.run(call(Client(slack.bot_token, slack.api_url)))
    finally:
        slack.faults.clear()
    return caught.value


@pytest.mark.parametrize("how", HOW, ids=str)
@pytest.mark.parametrize("call", [c for n, c in enumerate(CALLS) if n != 1])
def test_a_fault_tells_neither_token_nor_text(
    slack: FakeSlack, call: Call, how: dict[str, Any]
) -> None:
    error = fault_of(slack, call, Fault(**how, lasting=True))
    told = "".join(traceback.format_exception(error))
    assert SECRET not in told
    assert slack.bot_token not in told
    assert len(str(error)) < 60


@pytest.mark.parametrize(
    ("how", "kind", "text"),
    [
        ({"code": 500}, TryLater, "slack: 500"),
        ({"code": 502}, TryLater, "slack: 502"),
        ({"code": 500, "error": "msg_too_long"}, TryLater, "slack: msg_too_long"),
        ({"code": 403}, TryLater, "slack: 403"),
        ({"error": "token_revoked"}, ShutOut, "slack: token_revoked"),
        ({"error": "missing_scope"}, TryLater, "slack: missing_scope"),
        ({"error": "not_in_channel"}, TryLater, "slack: not_in_channel"),
        ({"error": "channel_not_found"}, Gone, "slack: channel_not_found"),
        ({"error": "is_archived"}, Gone, "slack: is_archived"),
        ({"error": "cannot_dm_bot"}, Gone, "slack: cannot_dm_bot"),
        ({"error": "msg_too_long"}, Refused, "slack: msg_too_long"),
        ({"error": "invalid_blocks"}, Refused, "slack: invalid_blocks"),
    ],
    ids=str,
)
def test_what_may_go_later_is_told_from_what_never_will(
    slack: FakeSlack, how: dict[str, Any], kind: type[DeliveryError], text: str
) -> None:
    error = fault_of(slack, CALLS[0], Fault(**how, lasting=True))
    assert (type(error), str(error)) == (kind, text)


@pytest.mark.parametrize(("after", "seconds"), [(7, 7.0), (0, 0.0), (None, None)])
def test_a_rest_is_as_long_as_slack_asks_for(
    slack: FakeSlack, after: int | None, seconds: float | None
) -> None:
    how = Fault(code=429, error="ratelimited", retry_after=after, lasting=True)
    error = fault_of(slack, CALLS[0], how)
    assert isinstance(error, TryLater)
    assert error.after == seconds


def test_what_is_no_answer_of_slacks_is_tried_again(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from a proxy on the way: JSON by its header, and none in fact."""
    from aiohttp import web

    def broken(*_: object) -> web.Response:
        return web.Response(text=f"{{{SECRET}", content_type="application/json")

    monkeypatch.setattr(slack, "_answered", broken)
    with pytest.raises(TryLater) as caught:
        asyncio.run(CALLS[0](Client(slack.bot_token, slack.api_url)))
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_what_takes_too_long_is_tried_again(slack: FakeSlack) -> None:
    """It took effect unseen: it will be said twice, rather than not at all."""
    slack.user("U1", "Matti")
    client = Client(slack.bot_token, slack.api_url)
    client.web.timeout = 1
    slack.faults.append(Fault(method="chat.postMessage", wait=1.5, effect=True, code=500))
    with pytest.raises(TryLater, match="TimeoutError"):
        asyncio.run(CALLS[0](client))
    slack.wait(lambda: slack.said("U1"))


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with pytest.raises(TryLater, match="ClientConnectorError"):
        asyncio.run(CALLS[0](Client("xoxb-1", "http://127.0.0.1:9/api/")))
