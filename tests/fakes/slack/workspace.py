"""The workspace itself: who and what is in it, and the rules that hold there."""

from __future__ import annotations

import copy
import itertools
import threading
import time
import uuid
from collections.abc import Iterable

from tests.fakes.slack import events
from tests.fakes.slack.model import (
    Call,
    Channel,
    Delivery,
    Fault,
    Hook,
    Json,
    Message,
    Refusal,
    StoredFile,
    Trigger,
    User,
    View,
    completed,
)
from tests.fakes.slack.texts import plain

SCOPES = (
    "chat:write files:read files:write im:history im:write users:read users:read.email groups:read"
)
EVENTS = "message.im app_home_opened app_uninstalled tokens_revoked"


class Workspace:
    """State and settings; whatever reads or changes them holds the lock.

    `scopes` and `subscribed` are what the app was given, `echoes` whether it is told of what it
    said itself, as the real Slack tells it. The other settings are seconds.
    """

    team = "T0SELOSTE"
    domain = "seloste"
    app = "A0TIETO"
    bot_token = "xoxb-1-fake"
    app_token = "xapp-1-fake"
    signing_secret = "8f742231b10e8888abcd99baac85a500"

    def __init__(self) -> None:
        self.scopes = set(SCOPES.split())
        self.app_scopes = {"connections:write"}
        self.subscribed = set(EVENTS.split())
        self.faults: list[Fault] = []
        self.strict_pace = False
        self.echoes = True
        self.ack_seconds = 3.0
        self.retry_pauses = [0.0, 0.3, 1.0]
        self.ping_seconds = 1.0
        self.trigger_seconds = 3.0
        self.hook_seconds = 1800.0
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.revoked = False
        self.lock = threading.RLock()
        self.bot = User(
            id="U0TIETO", name="tietosuoja", email="", team=self.team, bot=True, bot_id="B0TIETO"
        )
        self.users = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.posted: list[Message] = []
        self.whispered: list[Message] = []
        self.files: dict[str, StoredFile] = {}
        self.uploading: dict[str, Json] = {}
        self.views: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.budgets: dict[str, tuple[float, float]] = {}
        self.log: list[str] = []
        self.url = ""
        self._last_ts = 0.0
        self._numbers = itertools.count(1)

    def send(self, delivery: Delivery) -> Delivery:
        """Send something to the app; the server says how."""
        raise NotImplementedError

    def number(self, prefix: str) -> str:
        """Return a new id."""
        return f"{prefix}{next(self._numbers):06d}"

    def ts(self) -> str:
        """Return the time as a message's id, later than the last."""
        self._last_ts = max(time.time(), self._last_ts + 0.0001)
        return f"{self._last_ts:.6f}"

    # Who sees what.

    def person(self, user: User | str) -> User:
        return user if isinstance(user, User) else self.users[user]

    def dm(self, user: User) -> Channel:
        """Return the DM of a person with the bot, opened if it was not."""
        for channel in self.channels.values():
            if channel.person == user.id:
                return channel
        foreign = user.team != self.team
        channel = Channel(
            id=self.number("D0"),
            name=f"DM {user.name}",
            members=[user.id, self.bot.id],
            ext_shared=foreign,
            person=user.id,
        )
        self.channels[channel.id] = channel
        return channel

    def may_dm(self, user: User) -> None:
        """Refuse a DM with bots and with people of another team who cannot be reached."""
        if user.bot:
            raise Refusal("cannot_dm_bot")
        if user.team != self.team and not user.reachable:
            raise Refusal("channel_not_found")

    def place(self, channel: Channel | User | str) -> Channel:
        """Return a channel, or a person's DM, by whatever names it."""
        if isinstance(channel, Channel):
            return channel
        if isinstance(channel, User):
            return self.dm(channel)
        return self.dm(self.users[channel]) if channel in self.users else self.channels[channel]

    def seen(self, channel: str) -> Channel:
        """Return a channel that the bot may know of."""
        found = self.channels.get(channel)
        if found is None or (found.private and self.bot.id not in found.members):
            raise Refusal("channel_not_found")
        return found

    def open_to_bot(self, channel: str) -> Channel:
        """Return a channel that the bot may write in."""
        found = self.seen(channel)
        if self.bot.id not in found.members and "chat:write.public" not in self.scopes:
            raise Refusal("not_in_channel")
        if found.archived:
            raise Refusal("is_archived")
        return found

    def message(self, channel: str, ts: str) -> Message | None:
        for message in self.posted:
            if (message.channel, message.ts) == (channel, ts):
                return message
        return None

    # What the bot does.

    def say(self, channel: Channel, text: str, blocks: list[Json], thread_ts: str = "") -> Message:
        """Post as the bot."""
        message = self.worded(channel, text, blocks, thread_ts)
        self.posted.append(message)
        self.note(f"bot @ {channel.name}", message)
        self.echo(events.message(self, channel, message), channel)
        return message

    def whisper(
        self, channel: Channel, to: str, text: str, blocks: list[Json], thread_ts: str = ""
    ) -> Message:
        """Post as the bot so that one person sees it."""
        message = self.worded(channel, text, blocks, thread_ts)
        message.to = to
        self.whispered.append(message)
        self.note(f"bot @ {channel.name} (only to {self.users[to].name})", message)
        return message

    def worded(
        self, channel: Channel, text: str, blocks: list[Json], thread_ts: str = ""
    ) -> Message:
        return Message(
            channel=channel.id,
            ts=self.ts(),
            user=self.bot.id,
            text=text,
            blocks=completed(blocks),
            thread_ts=thread_ts,
            bot_id=self.bot.bot_id,
            team=self.team,
        )

    def change(self, message: Message, text: str, blocks: list[Json] | None) -> None:
        """Change a message of the bot's; no blocks leave those that are there."""
        before = copy.deepcopy(message)
        message.text = text
        if blocks is not None:
            message.blocks = completed(blocks)
            message.values = {}
        message.edited = True
        channel = self.channels[message.channel]
        self.note(f"bot @ {channel.name} changes", message)
        if not message.to:
            self.echo(events.changed(self, channel, message, before), channel)

    def drop(self, message: Message) -> None:
        """Delete a message of the bot's."""
        channel = self.channels[message.channel]
        self.note(f"bot @ {channel.name} deletes", message)
        if message.to:
            self.whispered.remove(message)
            return
        self.posted.remove(message)
        self.echo(events.deleted(self, channel, message), channel)

    # What is told of it.

    def emit(self, event: Json, channel: Channel | None = None) -> Delivery | None:
        """Send an event, if the app subscribes to it and has the scope."""
        name = event["type"]
        if name == "message" and channel:
            name = f"message.{'im' if channel.person else channel.kind + 's'}"
        needed = events.NEEDED_SCOPE[name]
        lacking = needed and needed not in self.scopes
        if self.revoked or lacking or name not in self.subscribed:
            return None
        return self.send(Delivery(kind="events_api", body=events.wrapped(self, event, channel)))

    def echo(self, event: Json, channel: Channel) -> None:
        """Tell the app of what it said itself."""
        if self.echoes and self.bot.id in channel.members:
            self.emit(event, channel)

    def revoke(self) -> None:
        """Take the app out of the workspace."""
        self.emit(events.revoked(self))
        self.emit({"type": "app_uninstalled", "event_ts": self.ts()})
        self.revoked = True

    def trigger(self, user: User, view: str = "") -> str:
        """Return a new trigger_id."""
        name = f"{self.number('')}.{self.number('')}.{uuid.uuid4().hex}"
        self.triggers[name] = Trigger(user=user.id, at=time.monotonic(), view=view)
        return name

    def hook(self, user: User, message: Message) -> str:
        """Return a new response_url."""
        name = uuid.uuid4().hex
        self.hooks[name] = Hook(
            user=user.id,
            channel=message.channel,
            ts=message.ts,
            at=time.monotonic(),
            thread_ts=message.thread_ts,
        )
        return f"{self.url}/actions/{self.team}/{name}"

    def note(self, who: str, what: Message | View | str) -> None:
        """Write a line, or several, into the transcript."""
        if isinstance(what, str):
            self.log.append(f"{who}: {what}")
            return
        labels = "".join(f" [{label}]" for label in what.labels)
        self.log.append(f"{who}: " + "\n    ".join(f"{plain(what)}{labels}".split("\n")))

    def paced(self, channel: str, most: float = 3.0) -> float:
        """Take one post of a channel's budget; return the seconds to wait if there is none."""
        now = time.monotonic()
        left, then = self.budgets.get(channel, (most, now))
        left = min(most, left + now - then)
        self.budgets[channel] = (left - (left >= 1), now)
        return 0.0 if left >= 1 else 1 - left

    def fault(self, method: str, channels: Iterable[str] = ()) -> Fault | None:
        """Return the first fault meant for a call, and forget it unless it lasts."""
        with self.lock:
            for fault in self.faults:
                if fault.method in ("", method) and fault.channel in (None, *channels):
                    if not fault.lasting:
                        self.faults.remove(fault)
                    return fault
        return None
