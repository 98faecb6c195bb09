"""What a workspace holds, what is sent out of it, and what may be made to go wrong."""

from __future__ import annotations

import copy
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]


class Refusal(Exception):
    """What the Web API says instead of yes; `more` goes into the answer."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class Trouble(Exception):
    """What a person is shown when the app did not take what they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with one call, the next that it is meant for; `lasting` with each.

    `method` is a method's name, `link` (a socket is opened), `response_url`, or empty for any.
    It fails with `error`, an HTTP `code` or a `drop` of the connection, after `wait` seconds; with
    none of the three it is only slow. With `effect` the call is carried out all the same.
    """

    method: str = ""
    error: str = ""
    code: int = 200
    retry_after: int | None = None
    wait: float = 0.0
    effect: bool = False
    drop: bool = False
    channel: str | None = None
    lasting: bool = False

    @property
    def fails(self) -> bool:
        """Whether the caller is told no, or nothing."""
        return bool(self.error) or self.code != 200 or self.drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that came and what was answered; a dropped one has the code 0."""

    method: str
    args: Json
    code: int
    answer: Json
    at: float


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    """A person or bot; the fields may be changed while the fake runs."""

    id: str
    name: str
    email: str
    team: str
    locale: str = "fi-FI"
    bot: bool = False
    restricted: bool = False
    ultra_restricted: bool = False
    stranger: bool = False
    deleted: bool = False
    reachable: bool = False
    bot_id: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """A channel, or the DM of one person with the bot (`person`)."""

    id: str
    name: str
    members: list[str]
    private: bool = True
    ext_shared: bool = False
    archived: bool = False
    person: str = ""

    @property
    def kind(self) -> str:
        """How events name it."""
        if self.person:
            return "im"
        return "group" if self.private else "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button as a person sees it, and what it carries."""

    label: str
    action_id: str
    block_id: str
    value: str
    url: str
    style: str


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as it now stands; `to` is the one person who sees it when it is ephemeral.

    `unfurls` says whether links in it would be shown with a picture of what they lead to.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    edited: bool = False
    to: str = ""
    bot_id: str = ""
    subtype: str = ""
    files: list[Json] = field(default_factory=list)
    team: str = ""
    unfurls: bool = True
    values: Json = field(default_factory=dict)

    @property
    def buttons(self) -> list[Button]:
        """The buttons that stand under it."""
        return list(buttons(self.blocks))

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button.label for button in self.buttons]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that somebody uploaded, with its address."""

    id: str
    user: str
    name: str
    content: bytes
    url: str

    @property
    def json(self) -> Json:
        """The file object of events, payloads and `files.info`."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.name,
            "user": self.user,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "url_private": self.url,
            "url_private_download": self.url,
        }


@dataclass(slots=True, kw_only=True)
class View:
    """A modal or home tab as it now stands; `errors` are those shown at its fields."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str = ""
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def text(self) -> str:
        return ""

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.body["callback_id"])

    @property
    def private_metadata(self) -> str:
        return str(self.body["private_metadata"])

    @property
    def buttons(self) -> list[Button]:
        return list(buttons(self.blocks))

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


@dataclass(frozen=True, slots=True)
class Try:
    """One try to deliver: its number from 0, its connection, what went wrong, how long it took."""

    number: int
    via: str
    trouble: str
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True, eq=False)
class Delivery:
    """Something sent to the app; `over` is set when it is acked or given up."""

    kind: Kind
    body: Json
    tries: list[Try] = field(default_factory=list)
    acked: bool = False
    no_retry: bool = False
    answer: Json | None = None
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def event(self) -> Json:
        """The event itself, without what is said about it."""
        event: Json = self.body.get("event", {})
        return event

    def wait(self, seconds: float = 30) -> bool:
        """Wait until it is over; return whether it was acked."""
        assert self.over.wait(seconds), "still on its way"
        return self.acked


@dataclass(slots=True, kw_only=True)
class Trigger:
    """What lets a view be opened, once and for a short while; `view` is where it arose."""

    user: str
    at: float
    view: str = ""
    used: bool = False


@dataclass(slots=True, kw_only=True)
class Hook:
    """What stands behind a response_url."""

    user: str
    channel: str
    ts: str
    at: float
    thread_ts: str = ""
    uses: int = 0


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield what a person can press or fill in, each with the block that it stands in."""
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if element and "action_id" in element:
                yield block, element


def buttons(blocks: list[Json]) -> Iterator[Button]:
    for block, element in elements(blocks):
        if element["type"] == "button":
            yield Button(
                label=element["text"]["text"],
                action_id=element["action_id"],
                block_id=block["block_id"],
                value=element.get("value", ""),
                url=element.get("url", ""),
                style=element.get("style", ""),
            )


def completed(blocks: list[Json]) -> list[Json]:
    """Return blocks as Slack keeps them: with the ids and flags that were left out."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block["block_id"] = block.get("block_id") or uuid.uuid4().hex[:5]
        inner = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        if block["type"] in ("actions", "section", "input"):
            for element in filter(None, inner):
                if element["type"] != "image":
                    element["action_id"] = element.get("action_id") or uuid.uuid4().hex[:5]
    _flag_texts(kept)
    return kept


def _flag_texts(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _flag_texts(item)
    elif isinstance(node, dict):
        if node.get("type") == "plain_text":
            node.setdefault("emoji", True)
        elif node.get("type") == "mrkdwn":
            node.setdefault("verbatim", False)
        for item in list(node.values()):
            _flag_texts(item)
