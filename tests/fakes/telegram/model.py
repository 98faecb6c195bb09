"""What the fake is about: people, groups, messages, presses and calls."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.fakes.telegram.marked import Entity, quoted
from tests.fakes.telegram.markup import Button, Kind, Markup

PRESENT = ("member", "administrator", "anonymous", "creator", "restricted")
FIRST_SUPERGROUP = -(10**12)


@dataclass(frozen=True)
class User:
    """A person or a bot. `phone` is what sharing the own contact brings."""

    id: int
    name: str
    language_code: str = ""
    username: str = ""
    phone: str = ""
    is_bot: bool = False

    @property
    def json(self) -> dict[str, Any]:
        given = {"username": self.username, "language_code": self.language_code}
        about = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        return about | {name: value for name, value in given.items() if value}


ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)


@dataclass
class Group:
    """A group; `statuses` say what each member and the bot are in it, `permissions` what all may.

    With a `username` anybody can join it. A `forum` has topics; the general one can be closed.
    """

    id: int
    title: str
    statuses: dict[int, str] = field(default_factory=dict)
    became: int | None = None
    username: str = ""
    forum: bool = False
    general_is_closed: bool = False
    permissions: dict[str, bool] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return "supergroup" if self.id < FIRST_SUPERGROUP else "group"

    def has(self, user_id: int) -> bool:
        return self.statuses.get(user_id) in PRESENT


@dataclass
class Message:
    """A message as it stands; `edits` are the texts that it had before.

    `extra` are further fields of its JSON: contact, photo, origin, or what happened in the group.
    """

    message_id: int
    chat_id: int
    sender: User
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    markup: Markup | None = None
    reply_to: int | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    edit_date: int = 0
    edits: list[str] = field(default_factory=list)
    deleted: bool = False
    silent: bool = False
    protected: bool = False
    preview: bool = True
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return self.markup.kind if self.markup else ""

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        return self.markup.rows if self.markup else ()

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def is_service(self) -> bool:
        return any(name.startswith(("new_chat", "left_chat", "migrate")) for name in self.extra)

    def button(self, label: str) -> Button | None:
        return next((button for button in self.buttons if button.label == label), None)


@dataclass(frozen=True)
class Stored:
    """A file that somebody sent; its `path` is made known by getFile."""

    id: str
    name: str
    content: bytes
    path: str

    @property
    def json(self) -> dict[str, Any]:
        about = {"file_id": self.id, "file_unique_id": f"u{self.id}"}
        return {**about, "file_name": self.name, "file_size": len(self.content)}


Chat = User | Group | int


class Query(NamedTuple):
    """A press of a button. A button of a reply keyboard writes a message, and has no `id`."""

    id: str
    user: User
    chat_id: int
    message_id: int
    data: str
    at: float


class Said(NamedTuple):
    """What answerCallbackQuery said."""

    text: str
    alert: bool


@dataclass(frozen=True)
class Hook:
    """A webhook that is set."""

    url: str
    secret: str
    connections: int


@dataclass
class Call:
    """A call of the API; `code` is 0 as long as it has no answer. `at` is of time.monotonic."""

    method: str
    params: dict[str, Any]
    at: float
    code: int = 0
    description: str = ""


def chat_id_of(chat: Chat) -> int:
    return chat if isinstance(chat, int) else chat.id


def plain(message: Message) -> str:
    """Return a message as plain text: quotations stand in ”…”, buttons are left out."""
    return quoted(message.text, message.entities)


def labels_of(message: Message) -> str:
    """Return the buttons below a message, to be read."""
    rows = [" ".join(f"[{button.label}]" for button in row) for row in message.rows]
    if message.kind in ("remove_keyboard", "force_reply"):
        rows.append(f"({message.kind})")
    return "".join(f"\n{row}" for row in rows)
