"""The Slack channel: events come in by Socket Mode or HTTP, effects go out by the Web API."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.channels.assistant import Assistant, Keep
from bot.channels.desk.port import Desk
from bot.channels.slack import (
    desk_views,
    home,
    incoming,
    markup,
    request_views,
    words,
)
from bot.channels.slack.background import BackgroundTasks
from bot.channels.slack.client import SILENT_LOGGER, Client, translate_errors
from bot.channels.slack.desk_cards import PRESS, Board
from bot.channels.slack.desk_input import DeskInput
from bot.channels.slack.home import HomeTabs, Tab
from bot.channels.slack.markup import Json
from bot.channels.slack.members import Access
from bot.channels.slack.people import ProfileCache
from bot.channels.slack.private_documents import DOCUMENT
from bot.channels.slack.quoted import quoted
from bot.channels.slack.request_modal import RequestModal
from bot.channels.slack.socket import SocketSupervisor, Timeouts
from bot.core.buttons import OpenPrivateChat, Restart, decode
from bot.core.effects import Say, SendFile, ShowInquiry, ShowTicket, ToStaff
from bot.core.events import Chose, CustomerEvent, Said
from bot.core.messages import Message
from bot.core.tickets.ticket import Person
from bot.errors import Gone, TryLater, loggable

_LOG = structlog.get_logger()
_CHOICE = "choice"
_UNVERIFIED, _RETRY = 401, 503


class Slack:
    """The app in Slack. `keep` returns once an event is on disk, or raises StorageError.

    `shut_out` is called when Slack tells that it no longer lets the app in.
    """

    def __init__(
        self,
        client: Client,
        desk: Desk,
        *,
        staff_channel: str,
        own_teams: frozenset[str],
        app_token: str,
        signing_secret: str,
        keep: Keep,
        shut_out: Callable[[], None],
        timeouts: Timeouts | None = None,
    ) -> None:
        self._client = client
        self._assistant: Assistant = desk
        self._own_teams = own_teams
        self._keep = keep
        self._shut_out = shut_out
        self._identity: AuthorizeResult | None = None
        self._app_id = ""
        self._profiles = ProfileCache(client.profile, own_teams)
        self._background = BackgroundTasks()
        self._access = Access(client, staff_channel, own_teams, lambda: desk.staff("slack"))
        self._board = Board(client, desk, self._access) if staff_channel else None
        self._forms = DeskInput(client, desk, self._access, keep, self._background)
        self._home_tabs = HomeTabs(
            client, desk, self._access, self._background, for_staff=bool(staff_channel)
        )
        self._modal = RequestModal(client, desk, self._customer)
        self.bolt = self._bolt(signing_secret)
        self._socket = SocketSupervisor(
            self.bolt, app_token, self.identify, client.ping, timeouts or Timeouts()
        )

    async def identify(self) -> AuthorizeResult:
        """Return who the app is; Slack is asked once. Raises DeliveryError."""
        if self._identity is None:
            with translate_errors():
                who = await self._client.web.auth_test()
                bot = await self._client.web.bots_info(bot=who["bot_id"])
            self._app_id = str(bot["bot"].get("app_id", ""))
            self._identity = AuthorizeResult(
                enterprise_id=who.get("enterprise_id"),
                team_id=who["team_id"],
                bot_user_id=who["user_id"],
                bot_id=who["bot_id"],
                bot_token=self._client.web.token,
            )
        return self._identity

    async def listen(self) -> None:
        await self._socket.run()

    def health_problem(self) -> str | None:
        return self._socket.health_problem()

    # In

    def _bolt(self, signing_secret: str) -> AsyncApp:
        """Return the app with its listeners.

        Bolt verifies the signature, asks `authorize` and drops the bot's own events. What is
        set otherwise than by default, and why bolt's lazy listeners are not used:

        - `process_before_response`: Slack is answered after the listener, so that an event is
          acknowledged only once it is on disk.
        - `authorize`: bolt's own answers 200 while auth.test fails, and the event would be lost.
        - `ssl_check_enabled`: answered before the signature is checked; only slash commands use it.
        - Lazy listeners log the text of an exception, which may quote what people wrote, and no
          reference to their tasks is kept.
        """

        async def authorize() -> AuthorizeResult:
            return await self.identify()

        app = AsyncApp(
            logger=SILENT_LOGGER,
            client=self._client.web,
            authorize=authorize,
            signing_secret=signing_secret,
            process_before_response=True,
            ssl_check_enabled=False,
        )
        app.error(_refuse)
        app.event("message")(self._on_message)
        app.event("app_mention")(self._on_mention)
        app.event("app_home_opened")(self._on_home)
        app.event(re.compile(r"channel_(un)?shared|member_(joined|left)_channel"))(self._on_change)
        app.event(re.compile(".*"))(self._on_other_event)
        self._register_actions(app)
        self._register_views(app)
        return app

    def _register_actions(self, app: AsyncApp) -> None:
        if self._board is not None:
            app.action(re.compile(f"^{PRESS}"))(_acked(self._forms.pressed))
        app.action(re.compile(f"^{_CHOICE}:"))(_acked(self._chosen))
        app.action(home.RESTART)(_acked(self._restarted))
        of_staff = (home.REGISTER, home.AWAY, home.FIND, DOCUMENT)
        app.action(re.compile(f"^({'|'.join(of_staff)})"))(_acked(self._home_tabs.chosen))
        app.action(request_views.OPEN)(_acked(self._modal.open_form))
        app.action(request_views.OPEN_CODE)(_acked(self._modal.open_code))
        app.action(request_views.RESEND)(_acked(self._modal.resend))
        app.action(re.compile(".*"))(_acked(_nothing))  # Slack reports links, too

    def _register_views(self, app: AsyncApp) -> None:
        if self._board is not None:
            app.view(desk_views.FORM)(_acked(self._forms.submitted))
            app.view(desk_views.SEND)(_acked(self._forms.sent))
        app.view(request_views.FORM)(_acked(self._modal.submitted))
        app.view(request_views.CODE)(_acked(self._modal.code_given))
        app.view(re.compile(".*"))(_acked(_nothing))

    async def _on_message(self, body: Json, event: Json) -> None:
        changed = incoming.edited(event)
        message = changed or event
        if event.get("channel_type") == "im" and incoming.is_spoken(message):
            text = incoming.as_typed(str(message.get("text") or ""))
            attached = bool(message.get("files")) and changed is None
            said = Said(text=text, attached=attached, edited=changed is not None)
            if changed is None:
                me = (await self.identify()).bot_user_id or ""
                before = await quoted(event, me, self._client.thread_root)
                said = replace(said, replied_to=before)
            await self._customer(str(body["event_id"]), incoming.speaker(body, message), said)

    async def _on_mention(self, body: Json, event: Json) -> None:
        if incoming.is_spoken(event) and event["channel"] != self._access.channel:
            me = await self.identify()
            profile = await self._profiles.get(str(event["user"]))
            question = incoming.public_question(body, event, me.bot_user_id or "", profile.language)
            await self._keep(self._assistant.inbound(str(body["event_id"]), question))

    async def _customer(self, event_id: str, person: Person, event: CustomerEvent) -> None:
        pressed = isinstance(event, Chose)
        profile = await self._profiles.get(_user(person), pressed=pressed)
        came = incoming.customer(person, event, profile)
        await self._keep(self._assistant.inbound(event_id, came))

    async def _chosen(self, body: Json) -> None:
        token = str(body["actions"][0].get("value", ""))
        await self._customer(incoming.press_id(body), incoming.presser(body), Chose(token=token))

    async def _restarted(self, body: Json) -> None:
        await self._customer(
            incoming.press_id(body), incoming.presser(body), Chose(token=Restart().encode())
        )

    async def _on_home(self, body: Json, event: Json) -> None:
        if event.get("tab") == "home":
            self._background.start(
                self._show_home(str(event["user"]), incoming.team_of(body, event))
            )

    async def _show_home(self, user: str, team: str) -> None:
        profile = await self._profiles.get(user)
        team = profile.team or team
        person = incoming.person_of(team, user)
        await self._home_tabs.opened(Tab(user, person, team, profile.language))

    async def _on_change(self) -> None:
        self._access.forget()

    async def _on_other_event(self, event: Json) -> None:
        if event.get("type") in ("tokens_revoked", "app_uninstalled"):
            self._identity = None
            _LOG.error("slack: the app was removed from the workspace")
            self._shut_out()

    # Out

    async def say(self, say: Say) -> None:
        """Say something to a person, in a modal, or in a channel's thread. Raises DeliveryError."""
        await self.identify()
        if incoming.modal_of(say.to):
            await self._modal.answer(say)
            say = replace(say, to=replace(say.to, thread=""))
        team, _, place = say.to.account.partition(":")
        message = self._assistant.worded(
            say, words(self._assistant.text, self._assistant.rules.languages)
        )
        try:
            for posting in markup.message(message, self._buttons(message, say)):
                await self._client.post(place, posting, say.to.thread)
        except Gone:
            # People of other organisations often cannot be written to. Only what is about a
            # ticket is then sent as a letter.
            if say.number or not self._own_teams or team in self._own_teams:
                raise
        self._home_tabs.refresh(say.to)

    async def send_file(self, sent: SendFile, content: bytes) -> None:
        """Send a person a file in their direct message. Raises DeliveryError."""
        await self.identify()
        await self._client.send_file(_user(sent.to), sent.name, content)

    def _buttons(self, message: Message, say: Say) -> list[Json]:
        private = next((b for b in message.buttons if decode(b.token) == OpenPrivateChat()), None)
        if private is None:
            return markup.choices(message.buttons, _CHOICE)
        team = self._identity.team_id if self._identity else ""
        url = f"slack://app?team={team}&id={self._app_id}&tab=messages"
        form = request_views.buttons(self._assistant.text, say.language)
        return [markup.link(private.label, url), *form]

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        if self._board is None:
            raise TryLater("[slack] staff_channel is not set")
        await self._board.tell(told)
        if isinstance(told, ShowTicket | ShowInquiry):
            self._home_tabs.refresh_staff()


def _acked(work: Callable[[Json], Awaitable[Json | None]]) -> Callable[..., Awaitable[None]]:
    """Return a listener that acknowledges once the work is done, with what it returns."""

    async def listener(ack: AsyncAck, body: Json) -> None:
        await ack(**(await work(body) or {}))

    return listener


async def _nothing(_body: Json) -> None:
    """Only acknowledge."""


async def _refuse(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
    """Have Slack retry what could not be taken; an interaction it shows as failed."""
    unverified = request.context.authorize_result is None
    if unverified and isinstance(error, TypeError | ValueError):
        # The SDK's verifier raises where a timestamp is no number, or a signature not ASCII.
        return BoltResponse(status=_UNVERIFIED)
    _LOG.warning("slack: an event was not taken", error=loggable(error))
    return BoltResponse(status=_RETRY)


def _user(person: Person) -> str:
    return person.account.partition(":")[2]
