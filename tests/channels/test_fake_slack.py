"""The fake Slack, driven by the real clients: it refuses, repeats and shows what Slack does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any, Self

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookClient

from bot.channels import render
from bot.core import messages as core
from tests.fakes.loop import LoopThread
from tests.fakes.slack import FakeSlack, Fault, Message, Trouble, User, plain
from tests.fakes.slack.texts import as_slack

Json = dict[str, Any]


class Bolt:
    """A bolt app in a thread of its own, over a socket or at an address."""

    def __init__(self, slack: FakeSlack, *, http: bool = False, eager: bool = False) -> None:
        logger = logging.getLogger("tests.quiet")
        logger.setLevel(logging.CRITICAL + 1)
        self.app = AsyncApp(
            client=AsyncWebClient(token=slack.bot_token, base_url=slack.api_url),
            signing_secret=slack.signing_secret,
            process_before_response=eager,
            logger=logger,
        )
        self._slack = slack
        self._http = http
        self._thread = LoopThread()
        self._loop = self._thread.loop

    def __enter__(self) -> Self:
        self._thread.start()
        self._thread.run(self._listen() if self._http else self._connect())
        if self._http:
            self._slack.deliver_to(self._url)
        else:
            self._slack.wait(lambda: self._slack.connections)
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.run(self._close())
        self._thread.end()

    async def _connect(self) -> None:
        token = self._slack.app_token
        self._handler = AsyncSocketModeHandler(self.app, token, ping_interval=0.1)
        await self._handler.connect_async()

    async def _listen(self) -> None:
        self._runner = web.AppRunner(self.app.web_app(), shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def _close(self) -> None:
        if self._http:
            await self._runner.cleanup()
        else:
            await self._handler.close_async()
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as server:
        server.ack_seconds = 2.0
        server.retry_pauses = [0.0, 0.02, 0.02]
        yield server


@pytest.fixture
def matti(slack: FakeSlack) -> User:
    return slack.user("U1", "matti", "matti@example.com")


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def refusal(call: Callable[..., Any], **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return str(refused.value.response["error"])


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str, **more: Any) -> Json:
    return {"type": "button", "text": words(label), **more}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": words("T"), "submit": words("OK"), "blocks": blocks, **more}


def asked(label: str, block_id: str, **element: Any) -> Json:
    field = {"type": "plain_text_input", "action_id": "a", **element}
    return {"type": "input", "block_id": block_id, "label": words(label), "element": field}


# What is written reaches the app.


@pytest.mark.parametrize("http", [False, True])
def test_what_a_person_writes_is_answered(slack: FakeSlack, matti: User, http: bool) -> None:
    bolt = Bolt(slack, http=http)

    async def answer(event: Json, say: Any) -> None:
        await say(text=f"You said: {event['text']}")

    bolt.app.event("message")(answer)
    with bolt:
        slack.write(matti, "A & <b>: a@b.fi, see https://x.fi/?q=1.")
        slack.wait(lambda: slack.said(matti))
        slack.wait(lambda: not slack.pending)
    heard = "A &amp; &lt;b&gt;: <mailto:a@b.fi|a@b.fi>, see <https://x.fi/?q=1>."
    assert [message.text for message in slack.said(matti)] == [f"You said: {heard}"]
    assert [delivery.event["text"] for delivery in slack.deliveries] == [
        heard,
        f"You said: {heard}",
    ]
    assert all(delivery.acked for delivery in slack.deliveries)


@pytest.mark.parametrize("http", [False, True])
def test_an_event_that_is_not_acked_comes_again(slack: FakeSlack, matti: User, http: bool) -> None:
    slack.ack_seconds = 0.3
    bolt = Bolt(slack, http=http)
    heard: list[tuple[str, str]] = []

    async def fail_at_first(body: Json, req: Any, next: Any) -> None:
        [number] = req.headers.get("x-slack-retry-num", ["0"])
        heard.append((body["event_id"], number))
        if len(heard) < 3:
            raise RuntimeError
        await next()

    async def hear() -> None:
        pass

    bolt.app.use(fail_at_first)
    bolt.app.event("message")(hear)
    with bolt:
        slack.write(matti, "hei")
        slack.wait(lambda: not slack.pending)
    assert slack.deliveries[0].acked
    assert [number for _, number in heard] == ["0", "1", "2"]
    assert len({event for event, _ in heard}) == 1


# When the app fails, whether Slack is told that all is well: as bolt 1.30 does it.
ACKED = [
    # raises        eager  http   event  press
    ("listener", False, False, True, False),
    ("listener", False, True, True, False),
    ("listener", True, False, False, False),
    ("listener", True, True, False, False),
    ("middleware", False, False, False, False),
    ("middleware", False, True, False, False),
]


@pytest.mark.parametrize(("place", "eager", "http", "event", "press"), ACKED)
def test_a_failing_app_acks_or_not(
    slack: FakeSlack, matti: User, place: str, eager: bool, http: bool, event: bool, press: bool
) -> None:
    slack.ack_seconds, slack.retry_pauses = 0.3, [0.0]
    bolt = Bolt(slack, http=http, eager=eager)

    async def fail() -> None:
        raise RuntimeError

    async def fail_after_ack(ack: Any) -> None:
        await ack()
        raise RuntimeError

    if place == "middleware":
        bolt.app.use(fail)
    bolt.app.event("message")(fail)
    bolt.app.action("b")(fail_after_ack)
    with bolt:
        slack.write(matti, "hei")
        slack.press_forged(matti, matti, "1.0", "b", "v")
        slack.wait(lambda: not slack.pending)
    assert [delivery.acked for delivery in slack.deliveries] == [event, press]
    assert [len(delivery.tries) for delivery in slack.deliveries] == [1 if event else 2, 1]


def test_a_failed_look_at_the_token_loses_the_event(slack: FakeSlack, matti: User) -> None:
    slack.faults.append(Fault(method="auth.test", code=500))
    with Bolt(slack):
        slack.write(matti, "hei")
        slack.wait(lambda: not slack.pending)
    assert slack.deliveries[0].acked


def test_each_event_goes_to_one_of_several_connections(slack: FakeSlack, matti: User) -> None:
    heard: list[str] = []

    async def hear(event: Json) -> None:
        heard.append(event["text"])

    first, second = Bolt(slack), Bolt(slack)
    for bolt in (first, second):
        bolt.app.event("message")(hear)
    with first, second:
        slack.wait(lambda: slack.connections == 2)
        for text in "abcd":
            slack.write(matti, text)
        slack.wait(lambda: len(heard) == 4)
    assert sorted(heard) == list("abcd")
    assert len({delivery.tries[0].via for delivery in slack.deliveries}) == 2


@pytest.mark.parametrize("end", ["disconnect", "cut", "go_silent"])
def test_what_was_written_without_a_connection_comes_later(
    slack: FakeSlack, matti: User, end: str
) -> None:
    bolt = Bolt(slack)
    heard: list[str] = []

    async def hear(event: Json) -> None:
        heard.append(event["text"])

    bolt.app.event("message")(hear)
    slack.write(matti, "before")
    with bolt:
        slack.wait(lambda: heard == ["before"])
        getattr(slack, end)()
        slack.write(matti, "between")
        slack.wait(lambda: "between" in heard)
    assert slack.deliveries[0].tries[0].trouble == "no connection"
    assert slack.deliveries[0].tries[1].number == 1
    assert slack.deliveries[1].tries[0].trouble


def test_a_ticket_opens_one_socket(slack: FakeSlack) -> None:
    app = WebClient(base_url=slack.api_url)
    url = app.apps_connections_open(app_token=slack.app_token)["url"]

    async def twice() -> Json:
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(url) as socket:
                hello: Json = await socket.receive_json()
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await session.ws_connect(url)
            return hello

    hello = asyncio.run(twice())
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)


def test_the_last_event_can_be_repeated(slack: FakeSlack, matti: User) -> None:
    bolt = Bolt(slack)
    heard: list[str] = []

    async def hear(body: Json, say: Any) -> None:
        heard.append(body["event_id"])
        await say(text="heard")

    bolt.app.event("message")(hear)
    with bolt:
        slack.write(matti, "hei")
        slack.wait(lambda: heard and not slack.pending)
        slack.repeat_last().wait()
        slack.wait(lambda: len(heard) == 2)
    assert heard[0] == heard[1]


def told(slack: FakeSlack) -> list[Json]:
    return [delivery.event for delivery in slack.deliveries]


def test_only_what_is_subscribed_and_in_scope_is_told(slack: FakeSlack, matti: User) -> None:
    staff = slack.channel("G1", "staff", [matti])
    slack.write(matti, "hei", staff, mention_bot=True)
    assert told(slack) == []
    slack.subscribed |= {"app_mention", "message.groups"}
    slack.write(matti, "hei", staff, mention_bot=True)
    assert told(slack) == []
    slack.scopes |= {"app_mentions:read", "groups:history"}
    slack.write(matti, "hei", staff, mention_bot=True)
    slack.leave(slack.bot, staff)
    slack.write(matti, "hei", staff, mention_bot=True)
    assert [event["type"] for event in told(slack)] == ["message", "app_mention"]
    assert [event["text"] for event in told(slack)] == [f"<@{slack.bot.id}> hei"] * 2


def test_edits_deletions_and_files_are_told(slack: FakeSlack, matti: User) -> None:
    message = slack.write(matti, "hei", files=["id.pdf"])
    slack.edit_message(matti, message, "hei hei")
    slack.delete_message(matti, message)
    assert [event["subtype"] for event in told(slack)] == [
        "file_share",
        "message_changed",
        "message_deleted",
    ]
    assert told(slack)[0]["files"][0]["name"] == "id.pdf"
    assert told(slack)[1]["message"]["text"] == "hei hei"
    assert told(slack)[2]["previous_message"]["text"] == "hei hei"
    assert slack.messages(matti) == []


def test_a_shared_channel_says_who_is_from_elsewhere(slack: FakeSlack, client: WebClient) -> None:
    eve = slack.user("U9", "eve", "eve@example.org", team="T0OTHER")
    shared = slack.channel("C1", "shared", [eve], private=False)
    slack.subscribed |= {"message.channels", "channel_shared"}
    slack.scopes |= {"channels:history", "channels:read"}
    slack.share(shared)
    slack.write(eve, "hei", shared)
    assert told(slack)[0]["type"] == "channel_shared"
    assert slack.deliveries[1].body["is_ext_shared_channel"]
    assert told(slack)[1]["user_team"] == "T0OTHER"
    assert client.conversations_info(channel="C1")["channel"]["is_ext_shared"]
    assert "email" not in client.users_info(user="U9")["user"]["profile"]
    assert refusal(client.chat_postMessage, channel="U9", text="hei") == "channel_not_found"
    eve.reachable = True
    assert client.chat_postMessage(channel="U9", text="hei")["channel"].startswith("D")


# What the Web API refuses.


def test_tokens_scopes_and_arguments_are_checked(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    assert client.auth_test()["user_id"] == slack.bot.id
    assert "chat:write" in client.auth_test().headers["x-oauth-scopes"]
    client.token = ""
    assert refusal(client.auth_test) == "not_authed"
    client.token = "xoxb-wrong"
    assert refusal(client.auth_test) == "invalid_auth"
    client.token = slack.app_token
    assert refusal(client.auth_test) == "not_allowed_token_type"
    client.token = slack.bot_token
    assert refusal(client.api_call, api_method="chat.sendMessage") == "unknown_method"
    post = client.chat_postMessage
    assert refusal(post, channel="U1", text="x", icon_url="y") == "unexpected_argument"
    slack.scopes -= {"users:read.email", "chat:write"}
    assert "email" not in client.users_info(user=matti.id)["user"]["profile"]
    assert refusal(post, channel="U1", text="x") == "missing_scope"
    assert slack.calls[-1].answer["needed"] == "chat:write"
    slack.uninstall()
    assert refusal(client.auth_test) == "token_revoked"


def test_places_and_people_that_the_bot_may_not_reach(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    slack.user("U2", "other bot", bot=True)
    slack.channel("C1", "open", [matti], private=False, bot_member=False)
    slack.channel("G2", "closed", [matti], bot_member=False)
    staff = slack.channel("G3", "staff")
    post = client.chat_postMessage
    assert refusal(post, channel="C1", text="x") == "not_in_channel"
    assert refusal(post, channel="G2", text="x") == "channel_not_found"
    assert refusal(post, channel="U2", text="x") == "cannot_dm_bot"
    assert refusal(post, channel="U404", text="x") == "channel_not_found"
    assert refusal(client.conversations_open, users="U404") == "user_not_found"
    assert refusal(client.users_info, user="U404") == "user_not_found"
    whisper = client.chat_postEphemeral
    assert refusal(whisper, channel="G3", user="U1", text="x") == "user_not_in_channel"
    slack.archive(staff)
    assert refusal(post, channel="G3", text="x") == "is_archived"


def test_only_own_messages_are_changed(slack: FakeSlack, client: WebClient, matti: User) -> None:
    theirs = slack.write(matti, "hei")
    update, dm = client.chat_update, theirs.channel
    assert refusal(update, channel=dm, ts=theirs.ts, text="x") == "cant_update_message"
    assert refusal(update, channel=dm, ts="1.0", text="x") == "message_not_found"
    assert refusal(client.chat_delete, channel=dm, ts=theirs.ts) == "cant_delete_message"
    posted = client.chat_postMessage(channel="U1", text="a", blocks=actions(button("B")))
    assert refusal(update, channel="U1", ts=posted["ts"], text="x") == "channel_not_found"
    update(channel=dm, ts=posted["ts"], text="b")
    [message] = slack.said(matti)
    assert (message.text, message.edited, message.buttons) == ("b", True, [])
    client.chat_delete(channel=dm, ts=posted["ts"])
    assert slack.said(matti) == []


WRONG_BLOCKS = [
    ([section("")], "/blocks/0/text/text"),
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "section", "fields": [words("x")] * 11}], "/blocks/0/fields"),
    ([{"type": "header", "text": words("x" * 151)}], "/blocks/0/text/text"),
    ([{"type": "context", "elements": [words("x")] * 11}], "/blocks/0/elements"),
    (actions(*[button("x")] * 26), "/blocks/0/elements"),
    ([{"type": "divider"}] * 51, "/blocks"),
    ([{"type": "divider", "block_id": "same"}] * 2, "/blocks"),
    (actions(button("x", action_id="same"), button("y", action_id="same")), "/blocks/0"),
    (actions(button("x", action_id="x" * 256)), "/blocks/0/elements/0/action_id"),
    (actions(button("x" * 76)), "/blocks/0/elements/0/text/text"),
    (actions(button("x", value="x" * 2001)), "/blocks/0/elements/0/value"),
    (actions(button("x", confirm={"title": words("x")})), "/blocks/0/elements/0/confirm"),
    (actions(button("x", color="red")), "/blocks/0/elements/0"),
    (actions({"type": "knob", "text": words("x")}), "/blocks/0/elements/0"),
    ([{"type": "carpet"}], "/blocks/0"),
    (
        actions({"type": "overflow", "options": [{"text": words("x"), "value": "x"}] * 6}),
        "/blocks/0/elements/0/options",
    ),
    (
        actions({"type": "static_select", "options": [{"text": words("x"), "value": "x" * 151}]}),
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_quote",
                        "elements": [{"type": "text", "text": ""}],
                    }
                ],
            }
        ],
        "/blocks/0/elements/0/elements/0/text",
    ),
]


@pytest.mark.parametrize(("blocks", "where"), WRONG_BLOCKS, ids=lambda value: str(value)[-40:])
def test_wrong_blocks_are_refused(
    slack: FakeSlack, client: WebClient, matti: User, blocks: list[Json], where: str
) -> None:
    post = client.chat_postMessage
    assert refusal(post, channel=matti.id, text="x", blocks=blocks) == "invalid_blocks"
    problems = slack.calls[-1].answer["response_metadata"]["messages"]
    assert all(problem.endswith(f"[json-pointer:{where}]") for problem in problems)


def test_too_much_and_too_little_text_is_refused(client: WebClient, matti: User) -> None:
    post, heavy = client.chat_postMessage, [section("x" * 2900)] * 5
    assert refusal(post, channel=matti.id, text="x" * 40_001) == "msg_too_long"
    assert refusal(post, channel=matti.id, text="x", blocks=heavy) == "msg_blocks_too_long"
    client.chat_postMessage(channel=matti.id, text="x", blocks=heavy[:4])
    with pytest.warns(UserWarning, match="text"):
        assert refusal(post, channel=matti.id, text=" ") == "no_text"


def test_members_come_in_pages(slack: FakeSlack, client: WebClient) -> None:
    people = [slack.user(f"U{number}", f"person {number}") for number in range(5)]
    slack.channel("G1", "staff", people)
    pages = client.conversations_members(channel="G1", limit=4)
    assert [len(page["members"]) for page in pages] == [4, 2]
    assert refusal(client.conversations_members, channel="G1", cursor="x") == "invalid_cursor"


def test_a_thread_is_read_from_its_first_message_on(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    root = client.chat_postMessage(channel=matti.id, text="Mikä tilaus?")
    below = slack.write(matti, "se toinen", thread_ts=root["ts"])
    for ts in (root["ts"], below.ts):
        read = client.conversations_replies(channel=root["channel"], ts=ts)
        assert [one["text"] for one in read["messages"]] == ["Mikä tilaus?", "se toinen"]
    first = client.conversations_replies(channel=root["channel"], ts=root["ts"], limit=1)
    assert ([one["ts"] for one in first["messages"]], first["has_more"]) == ([root["ts"]], True)
    gone = refusal(client.conversations_replies, channel=root["channel"], ts="1.0")
    assert gone == "thread_not_found"


def test_a_channel_takes_one_message_a_second(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    slack.strict_pace = True
    for _ in range(3):
        client.chat_postMessage(channel=matti.id, text="x")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=matti.id, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"


def test_faults_meet_the_calls_that_they_are_meant_for(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    slack.channel("G1", "staff")
    slack.faults += [
        Fault(method="chat.postMessage", channel=matti.id, error="fatal_error", effect=True),
        Fault(method="chat.postMessage", channel=matti.id, code=429, retry_after=7),
        Fault(method="chat.postMessage", drop=True, effect=True),
    ]
    post = client.chat_postMessage
    assert refusal(post, channel=matti.id, text="a") == "fatal_error"
    assert refusal(post, channel=matti.id, text="b") == "ratelimited"
    with pytest.raises(OSError):  # noqa: PT011
        post(channel="G1", text="c")
    post(channel=matti.id, text="d")
    assert [message.text for message in slack.said(matti)] == ["a", "d"]
    assert [message.text for message in slack.said("G1")] == ["c"]


# What people press and fill in.


@pytest.mark.parametrize("http", [False, True])
def test_a_press_changes_the_message(slack: FakeSlack, matti: User, http: bool) -> None:
    bolt = Bolt(slack, http=http)

    async def ask(say: Any) -> None:
        yes = button("Yes", action_id="yes", value="1")
        await say(text="Sure?", blocks=[section("Sure?"), *actions(yes, button("No"))])

    async def take(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        place, chosen = body["container"], body["actions"][0]["value"]
        await client.chat_update(
            channel=place["channel_id"], ts=place["message_ts"], text=f"took {chosen}"
        )

    bolt.app.event("message")(ask)
    bolt.app.action("yes")(take)
    with bolt:
        slack.write(matti, "erase")
        slack.wait(lambda: slack.said(matti))
        assert slack.said(matti)[0].labels == ["Yes", "No"]
        assert slack.press(matti, "Yes").wait()
        slack.wait(lambda: slack.said(matti)[0].text == "took 1")
        with pytest.raises(AssertionError, match="matti sees no Yes"):
            slack.press(matti, "Yes")
    assert slack.transcript().splitlines() == [
        "matti @ DM matti: erase",
        "bot @ DM matti: Sure? [Yes] [No]",
        "matti: presses [Yes]",
        "bot @ DM matti changes: took 1",
    ]


@pytest.mark.parametrize("http", [False, True])
def test_a_form_is_filled_in_and_submitted(slack: FakeSlack, matti: User, http: bool) -> None:
    slack.ack_seconds = slack.trigger_seconds = 10.0  # the machine may be busy
    bolt = Bolt(slack, http=http)
    got: list[Json] = []

    async def open_form(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        form = modal(asked("Reason", "why", max_length=9), callback_id="f", private_metadata="T-1")
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    async def take(ack: Any, view: Json) -> None:
        got.append(view)
        wrong = view["state"]["values"]["why"]["a"]["value"] == "no"
        more = {"response_action": "errors", "errors": {"why": "Why not?"}} if wrong else {}
        await ack(**more)

    bolt.app.action("go")(open_form)
    bolt.app.view("f")(take)
    with bolt:
        slack.press_forged(matti, matti, "1.0", "go", "v")
        slack.wait(lambda: slack.view(matti))
        with pytest.raises(AssertionError, match="Reason must be filled in"):
            slack.submit(matti)
        slack.fill(matti, {"Reason": "no"})
        assert slack.submit(matti)["response_action"] == "errors"
        shown = slack.view(matti)
        assert shown is not None
        assert shown.errors == {"why": "Why not?"}
        slack.fill(matti, {"why": "because"})
        assert slack.submit(matti) == {}
        assert slack.view(matti) is None
    assert [view["private_metadata"] for view in got] == ["T-1", "T-1"]


def test_a_form_that_nobody_takes_is_trouble(slack: FakeSlack, matti: User) -> None:
    bolt = Bolt(slack)
    bolt.app.action("go")(_open_simple)
    with bolt:
        slack.press_forged(matti, matti, "1.0", "go", "v")
        slack.wait(lambda: slack.view(matti))
        slack.ack_seconds = 0.2
        with pytest.raises(Trouble, match="We had some trouble connecting"):
            slack.submit(matti)
        assert slack.view(matti) is not None


def test_the_answer_to_a_form_is_followed(slack: FakeSlack, matti: User) -> None:
    bolt = Bolt(slack)
    answers: list[Json] = [
        {"response_action": "update", "view": modal(section("a"), title=words("A"))},
        {"response_action": "push", "view": modal(section("b"), title=words("B"))},
        {"response_action": "errors", "errors": {"no field": "x"}},
        {"response_action": "clear"},
    ]

    async def take(ack: Any) -> None:
        await ack(**answers.pop(0))

    bolt.app.action("go")(_open_simple)
    bolt.app.view("")(take)
    titles = []
    with bolt:
        slack.press_forged(matti, matti, "1.0", "go", "v")
        slack.wait(lambda: slack.view(matti))
        for _ in range(2):
            slack.submit(matti)
            shown = slack.view(matti)
            titles.append(shown.title if shown else "")
        with pytest.raises(Trouble, match="errors at no field"):
            slack.submit(matti)
        slack.submit(matti)
    assert titles == ["A", "B"]
    assert slack.view(matti) is None


async def _open_simple(ack: Any, body: Json, client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=modal(section("x")))


def trigger(slack: FakeSlack, user: User) -> str:
    return str(slack.press_forged(user, user, "1.0", "go", "v").body["trigger_id"])


def test_views_have_rules(slack: FakeSlack, client: WebClient, matti: User) -> None:
    first = trigger(slack, matti)
    opened = client.views_open(trigger_id=first, view=modal(*actions(button("More"))))["view"]
    assert refusal(client.views_open, trigger_id=first, view=modal()) == "exchanged_trigger_id"
    update = client.views_update
    assert refusal(update, view_id=opened["id"], hash="0", view=modal()) == "hash_conflict"
    assert refusal(update, view_id="V404", view=modal()) == "not_found"
    for _ in range(2):
        pressed = slack.press(matti, "More").body
        client.views_push(trigger_id=pressed["trigger_id"], view=modal(*actions(button("More"))))
    pressed = slack.press(matti, "More").body
    push = client.views_push
    assert refusal(push, trigger_id=pressed["trigger_id"], view=modal()) == "push_limit_reached"
    assert slack.close_view(matti) is None  # nobody asked to be told
    slack.trigger_seconds = 0.0
    late = trigger(slack, matti)
    assert refusal(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": words("x" * 25)},
        {"submit": words("x" * 25)},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "divider"}] * 101},
        {"blocks": [{"type": "markdown", "text": "x"}]},
        {"colour": "red"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_views_are_refused(
    slack: FakeSlack, client: WebClient, matti: User, wrong: Json
) -> None:
    view = modal() | wrong
    open_view = client.views_open
    assert refusal(open_view, trigger_id=trigger(slack, matti), view=view) == "invalid_arguments"
    assert len(slack.calls[-1].answer["response_metadata"]["messages"]) == 1


def test_a_home_tab_is_published_and_pressed(slack: FakeSlack, matti: User) -> None:
    bolt = Bolt(slack)
    heard: list[str] = []

    async def publish(event: Json, client: AsyncWebClient) -> None:
        home = {"type": "home", "blocks": actions(button("Start over", action_id="anew"))}
        await client.views_publish(user_id=event["user"], view=home)

    async def anew(ack: Any, body: Json) -> None:
        await ack()
        heard.append(body["container"]["type"])

    bolt.app.event("app_home_opened")(publish)
    bolt.app.action("anew")(anew)
    with bolt:
        slack.open_home(matti)
        slack.wait(lambda: slack.home(matti))
        slack.press(matti, "Start over", "home")
        slack.wait(lambda: heard == ["view"])


def test_options_are_chosen_by_their_labels(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    options = [{"text": words(label), "value": label.lower()} for label in ("Yes", "No")]
    blocks = actions(
        {"type": "overflow", "action_id": "o", "options": options},
        {"type": "static_select", "action_id": "s", "options": options},
    )
    client.chat_postMessage(channel=matti.id, text="x", blocks=blocks)
    pressed = slack.press(matti, "No").body
    chosen = slack.select(matti, "s", "Yes").body
    assert pressed["actions"][0]["selected_option"]["value"] == "no"
    [values] = chosen["state"]["values"].values()
    assert values["s"]["selected_option"]["value"] == "yes"


def test_a_response_url_is_good_for_five_answers(
    slack: FakeSlack, client: WebClient, matti: User
) -> None:
    staff = slack.channel("G1", "staff", [matti])
    client.chat_postEphemeral(
        channel="G1", user=matti.id, text="Sure?", blocks=actions(button("Yes"))
    )
    hook = WebhookClient(slack.press(matti, "Yes", staff).body["response_url"], retry_handlers=[])
    assert hook.send(text="done", replace_original=True).status_code == 200
    assert [(m.text, m.buttons) for m in slack.ephemerals(matti)] == [("done", [])]
    hook.send(text="seen by all", response_type="in_channel")
    hook.send(text="", delete_original=True)
    assert slack.ephemerals(matti) == []
    codes = [hook.send(text="again").status_code for _ in range(3)]
    assert codes == [200, 200, 404]
    assert [message.text for message in slack.messages(staff)] == ["seen by all"]


# How it reads.


def test_a_message_reads_as_the_project_writes_it() -> None:
    message = core.Message(
        blocks=(
            core.Block(kind="text", text="The notice says:"),
            core.Block(kind="quote", text="A & B\n\n1 < 2", heading="Rights"),
            core.Block(kind="quote", text="More."),
        )
    )
    blocks = [
        section("The notice says:"),
        section("*Rights*\n> A &amp; B\n>\n> 1 &lt; 2"),
        {"type": "rich_text", "elements": [_quoted("More.")]},
        *actions(button("Yes")),
    ]
    posted = Message(channel="D1", ts="1.0", user="U0", text="x", blocks=blocks)
    assert plain(posted) == render.plain(message)
    assert plain(Message(channel="D1", ts="1.0", user="U0", text="a &gt; b")) == "a > b"


def _quoted(text: str) -> Json:
    return {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a@b.fi, c@d.fi", "<mailto:a@b.fi|a@b.fi>, <mailto:c@d.fi|c@d.fi>"),
        ("katso www.x.fi.", "katso <http://www.x.fi|www.x.fi>."),
        ("<https://x.fi/a>", "&lt;<https://x.fi/a>&gt;"),
        ("<@U1> & <!channel>", "&lt;@U1&gt; &amp; &lt;!channel&gt;"),
    ],
)
def test_what_is_typed_is_kept_as_slack_keeps_it(typed: str, kept: str) -> None:
    assert as_slack(typed) == kept


def test_a_long_word_is_kept_quickly() -> None:
    begun = time.monotonic()
    as_slack("a" * 40_000 + "." * 40_000 + "a.a" * 10_000)
    assert time.monotonic() - begun < 1
