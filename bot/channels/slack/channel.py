"""The channel: events in by Socket Mode or HTTP, what is said out."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import blocks, events, home, request_form
from bot.channels.slack.blocks import Json
from bot.channels.slack.client import Client, told
from bot.channels.slack.desk import FORM, PRESS, SEND, Desk
from bot.channels.slack.events import Profile
from bot.core.catalog import Language
from bot.core.messages import Chose, CustomerEvent, Message, Requested, Said, Say, ToStaff
from bot.core.public import PRIVATE
from bot.core.tickets import Person
from bot.errors import DeliveryError, Refused, TryLater

_LOG = structlog.get_logger()
_CHOICE = "choice"
_PROFILE_SECONDS = 600.0
_PROFILE_WAIT = 1.2  # of the three seconds in which Slack wants its answer
_LOOK = 5.0  # seconds between looks at the socket
_ALIVE = 60.0  # seconds between calls that keep an idle socket from dying unnoticed
_QUIET = 60.0  # seconds without a ping after which a socket is given up
_TEARDOWN = 5.0
_CODE_WAIT = 2.0
_CONFIRMED = "request_form.code_right"
# Bolt and the SDK log bodies at DEBUG and addresses at INFO.
_SILENT_LOG = logging.getLogger("seloste.slack")
_SILENT_LOG.setLevel(logging.CRITICAL)


class House(home.House, Protocol):
    """What the channel needs of the running assistant."""

    def worded(self, say: Say) -> Message:
        """Return what is to be said in words."""

    def awaits_code(self, person: Person) -> bool:
        """Tell whether a ticket of a person waits for a code."""


class Slack:
    """The app in Slack. `keep` returns once an event is on disk, or raises StorageError."""

    def __init__(
        self,
        client: Client,
        house: House,
        *,
        staff_channel: str,
        own_teams: frozenset[str],
        app_token: str,
        signing_secret: str,
        keep: Callable[[Any], Awaitable[None]],
    ) -> None:
        self._client = client
        self._house = house
        self._own_teams = own_teams
        self._app_token = app_token
        self._keep = keep
        self.desk = Desk(client, house, staff_channel, own_teams, keep) if staff_channel else None
        self._me: AuthorizeResult | None = None
        self._app_id = ""
        self._profiles: dict[str, tuple[float, Profile]] = {}
        self._alive_at = time.monotonic()
        self._socket: AsyncSocketModeHandler | None = None
        self.bolt = self._bolt(signing_secret)

    async def open(self) -> AuthorizeResult:
        """Learn, once, who the app is. Raises DeliveryError."""
        if self._me is None:
            with told():
                who = await self._client.web.auth_test()
                bot = await self._client.web.bots_info(bot=who["bot_id"])
            self._app_id = str(bot["bot"].get("app_id", ""))
            self._me = AuthorizeResult(
                enterprise_id=who.get("enterprise_id"),
                team_id=who["team_id"],
                bot_user_id=who["user_id"],
                bot_id=who["bot_id"],
                bot_token=self._client.web.token,
            )
        return self._me

    # In

    def _bolt(self, signing_secret: str) -> AsyncApp:
        """Return the app, whose answer to Slack goes out only after a listener is done."""

        async def authorize(**_: Any) -> AuthorizeResult:
            # Asked of Slack at an event, a fault would count as an answer and lose the event.
            return await self.open()

        app = AsyncApp(
            logger=_SILENT_LOG,
            client=self._client.web,
            authorize=authorize,
            signing_secret=signing_secret or None,
            request_verification_enabled=bool(signing_secret),
            process_before_response=True,
        )
        app.event("message")(self._on_message)
        app.event("app_mention")(self._on_mention)
        app.event("app_home_opened")(self._on_home)
        app.event(re.compile(r"channel_shared|member_.*"))(self._on_change)
        app.event(re.compile(".*"))(self._on_nothing)
        app.action(re.compile(f"^{PRESS}"))(self._on_desk)
        app.action(re.compile(f"^{_CHOICE}:"))(self._on_choice)
        app.action(home.RESTART)(self._on_restart)
        app.action(request_form.OPEN)(self._on_request)
        app.action(request_form.OPEN_CODE)(self._on_code_wanted)
        app.action(re.compile(".*"))(self._on_link)
        app.view(FORM)(self._on_form)
        app.view(SEND)(self._on_send)
        app.view(request_form.FORM)(self._on_request_form)
        app.view(request_form.CODE)(self._on_code)
        app.view(re.compile(".*"))(self._on_link)
        return app

    async def _on_message(self, body: Json, event: Json) -> None:
        if event.get("channel_type") != "im" or not events.is_spoken(event):
            return
        team = events.team_of(body, event)
        person = events.person_of(team, event["user"], str(event.get("thread_ts") or ""))
        said = Said(text=events.unwrapped(str(event.get("text") or "")))
        await self._customer(str(body["event_id"]), person, said)

    async def _on_mention(self, body: Json, event: Json) -> None:
        if not events.is_spoken(event) or (self.desk and event["channel"] == self.desk.channel):
            return
        me = await self.open()
        question = events.asked(body, event, me.bot_user_id or "")
        await self._keep(self._house.arrival(str(body["event_id"]), question))

    async def _customer(self, event_id: str, person: Person, event: CustomerEvent) -> None:
        profile = await self._profile(person)
        came = events.customer(person, event, profile)
        await self._keep(self._house.arrival(event_id, came))

    async def _profile(self, person: Person) -> Profile:
        """Return what the workspace says of a person; nothing, rather than be late."""
        until, known = self._profiles.get(person.account, (0.0, Profile()))
        if time.monotonic() < until:
            return known
        user = person.account.partition(":")[2]
        with suppress(DeliveryError, TimeoutError):
            found = await asyncio.wait_for(self._client.profile(user), _PROFILE_WAIT)
            known = events.profile(found, self._own_teams)
            self._profiles[person.account] = (time.monotonic() + _PROFILE_SECONDS, known)
        return known

    async def _on_choice(self, ack: Any, body: Json) -> None:
        action = body["actions"][0]
        container = body.get("container", {})
        person = _presser(body, thread=str(container.get("thread_ts") or ""))
        place = f"{container.get('message_ts')}:{action['action_id']}"
        event_id = f"{place}:{action['action_ts']}:{person.account}"
        await self._customer(event_id, person, Chose(token=str(action.get("value", ""))))
        await ack()

    async def _on_restart(self, ack: Any, body: Json) -> None:
        person = _presser(body)
        event_id = f"home:{body['actions'][0]['action_ts']}:{person.account}"
        await self._customer(event_id, person, Said(text="/start"))
        await ack()

    async def _on_desk(self, ack: Any, body: Json) -> None:
        if self.desk is not None:
            await _patiently(self.desk.pressed(body))
        await ack()

    async def _on_form(self, ack: Any, body: Json) -> None:
        if self.desk is not None:
            await ack(**await self.desk.submitted(body))

    async def _on_send(self, ack: Any, body: Json) -> None:
        if self.desk is not None:
            await ack(**await self.desk.sent(body))

    async def _on_home(self, body: Json, event: Json) -> None:
        if event.get("tab") != "home":
            return
        user, team = event["user"], events.team_of(body, event)
        staff = self._house.staff("slack").get(user)
        if self.desk is not None and staff and team in self._own_teams:
            view = await asyncio.to_thread(home.of_staff, self._house, self.desk)
        else:
            person = events.person_of(team, user)
            profile = await self._profile(person)
            view = await asyncio.to_thread(home.of_person, self._house, person, profile.language)
        await _patiently(self._client.home(user, view))

    async def _on_change(self) -> None:
        if self.desk is not None:
            self.desk.forget_members()

    async def _on_nothing(self, event: Json) -> None:
        if event.get("type") in ("tokens_revoked", "app_uninstalled"):
            self._me = None
            _LOG.error("slack: the app was removed from the workspace")

    async def _on_link(self, ack: Any) -> None:
        await ack()

    # A request by form

    async def _on_request(self, ack: Any, body: Json) -> None:
        language = Language(body["actions"][0]["value"])
        view = request_form.view(self._house.text, language)
        await self._client.open(body["trigger_id"], view)
        await ack()

    async def _on_code_wanted(self, ack: Any, body: Json) -> None:
        language = Language(body["actions"][0]["value"])
        view = request_form.code_view(self._house.text, language, "…")
        await self._client.open(body["trigger_id"], view)
        await ack()

    async def _on_request_form(self, ack: Any, body: Json) -> None:
        form = request_form.filled(body["view"], self._house.text)
        if not isinstance(form, Requested):
            await ack(response_action="errors", errors=dict(form))
            return
        await self._customer(f"view:{body['view']['id']}", _presser(body), form)
        view = request_form.code_view(self._house.text, form.language, form.email)
        await ack(response_action="update", view=view)

    async def _on_code(self, ack: Any, body: Json) -> None:
        view = body["view"]
        language, code = request_form.language_of(view), request_form.code(view)
        if not code:
            told = self._house.text("request_form.invalid", language)
            await ack(response_action="errors", errors={"code": told})
            return
        person = _presser(body)
        await self._customer(f"view:{view['id']}:{view['hash']}", person, Said(text=code))
        key = _CONFIRMED if await self._was_right(person) else "request_form.code_wrong"
        if key == _CONFIRMED:
            shown = request_form.told_view(self._house.text, language, key)
            await ack(response_action="update", view=shown)
        else:
            await ack(response_action="errors", errors={"code": self._house.text(key, language)})

    async def _was_right(self, person: Person) -> bool:
        """Wait a little for the code to be handled: the form is answered within three seconds."""
        end = time.monotonic() + _CODE_WAIT
        while time.monotonic() < end:
            if not await asyncio.to_thread(self._house.awaits_code, person):
                return True
            await asyncio.sleep(0.1)
        return False

    # The socket

    async def listen(self) -> None:
        """Keep a socket open until cancelled; one that has gone silent is replaced."""
        while True:
            try:
                await self.open()
                await self._while_alive()
            except asyncio.CancelledError:
                await self._hang_up()
                raise
            except Exception as error:  # whatever it is, the next socket may live
                fault = str(error) if isinstance(error, DeliveryError) else type(error).__name__
                _LOG.warning("slack: no connection", error=fault)
            await self._hang_up()
            await asyncio.sleep(_LOOK / 2)

    async def _while_alive(self) -> None:
        handler = AsyncSocketModeHandler(
            self.bolt,
            self._app_token,
            logger=_SILENT_LOG,
            web_client=AsyncWebClient(token=self._app_token, base_url=self._client.web.base_url),
        )
        self._socket = handler
        await asyncio.wait_for(handler.connect_async(), _QUIET / 2)
        asked = time.monotonic()
        while await self._pinged(handler):
            self._alive_at = time.monotonic()
            await asyncio.sleep(_LOOK)
            if time.monotonic() - asked > _ALIVE:
                asked = time.monotonic()
                with told():
                    await self._client.web.auth_test()

    async def _pinged(self, handler: AsyncSocketModeHandler) -> bool:
        """Tell whether the socket is open and has been heard of lately."""
        heard = handler.client.last_ping_pong_time
        silent = heard is not None and time.time() - heard > _QUIET
        return await handler.client.is_connected() and not silent

    async def _hang_up(self) -> None:
        handler, self._socket = self._socket, None
        if handler is not None:
            with suppress(Exception):
                await asyncio.wait_for(handler.close_async(), _TEARDOWN)

    def silent(self) -> str | None:
        """Return what is wrong with the socket, if it has been down for long."""
        down = time.monotonic() - self._alive_at > 2 * _QUIET
        return "slack: no connection for two minutes" if down else None

    # Out

    async def say(self, say: Say) -> None:
        """Say something to a person, or in the thread of a channel. Raises DeliveryError."""
        await self.open()
        team, _, place = say.to.account.partition(":")
        message = self._house.worded(say)
        try:
            for posting in blocks.message(message, self._buttons(message, say)):
                await self._client.post(place, posting, say.to.thread)
        except Refused:
            # People of other organisations often cannot be written to: what is not about a ticket
            # is then not said, and the rest goes as a letter.
            if say.number or not self._own_teams or team in self._own_teams:
                raise

    def _buttons(self, message: Message, say: Say) -> list[Json]:
        if any(button.token == PRIVATE.token for button in message.buttons):
            team = self._me.team_id if self._me else ""
            url = f"slack://app?team={team}&id={self._app_id}&tab=messages"
            label = next(b.label for b in message.buttons if b.token == PRIVATE.token)
            own = [blocks.link(label, url)]
            return [*own, *request_form.buttons(self._house.text, say.language)]
        return blocks.choices(message.buttons, _CHOICE)

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        await self.open()
        if self.desk is None:
            raise TryLater("[slack] staff_channel is not set")
        await self.desk.tell(told)


def _presser(body: Json, thread: str = "") -> Person:
    user = body["user"]
    team = str(user.get("team_id") or body.get("team", {}).get("id") or "")
    return events.person_of(team, user["id"], thread)


async def _patiently(work: Awaitable[None]) -> None:
    """Do what nobody waits for durably; a fault is logged and can be tried again by hand."""
    try:
        await work
    except DeliveryError as error:
        _LOG.warning("slack: the desk was not answered", error=str(error))
