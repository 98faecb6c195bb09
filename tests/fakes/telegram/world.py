"""All that the fake knows, what happens to it, and how it looks in the API's JSON."""

from __future__ import annotations

import copy
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from tests.fakes.telegram.given import bad, forbidden
from tests.fakes.telegram.marked import cut
from tests.fakes.telegram.model import (
    ANONYMOUS,
    FIRST_SUPERGROUP,
    PRESENT,
    Call,
    Chat,
    Group,
    Hook,
    Message,
    Query,
    Said,
    Stored,
    User,
    chat_id_of,
    labels_of,
)
from tests.fakes.telegram.pace import Pace
from tests.fakes.telegram.updates import Updates

_LAST_LINES = 40
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


class World:
    """All that the fake knows, behind one lock."""

    def __init__(self) -> None:
        self.token = "7000000001:AAE_of_no_worth_outside_of_the_tests"
        self.bot = User(7000000001, "Seloste", username="seloste_test_bot", is_bot=True)
        self.privacy = True
        self.strict_pace = False
        self.query_lifetime = 600.0
        self.calls: list[Call] = []
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.delivered = 0
        self.hook: Hook | None = None
        self.hook_error: tuple[str, int] | None = None
        self.lock = threading.Condition()
        self.updates = Updates()
        self.pace = Pace()
        self.people: dict[int, User] = {}
        self.groups: dict[int, Group] = {}
        self.started: set[int] = set()
        self.blocked: set[int] = set()
        self.kept: dict[int, list[Message]] = defaultdict(list)
        self.files: dict[str, Stored] = {}
        self.uploads: dict[str, tuple[str, bytes]] = {}
        self.presses: dict[str, Query] = {}
        self.said: dict[str, Said] = {}
        self._ids: Counter[int] = Counter()
        self._lines: list[str] = []
        self._changes = 0

    # What happens.

    def changed(self) -> None:
        """Tell those who wait that something is new. The server adds its own waiters."""
        with self.lock:
            self._changes += 1
            self.lock.notify_all()

    def note(self, line: str) -> None:
        with self.lock:
            self._lines.append(line.replace("\n", "\n    "))

    def update(self, kind: str, body: dict[str, Any], line: str) -> None:
        with self.lock:
            self.updates.push(kind, body, line)
        self.changed()

    def post(self, chat_id: int, sender: User, text: str = "", **more: Any) -> Message:
        """Put a message into a chat; the bot is told if it may see it."""
        with self.lock:
            message = Message(self._next_id(chat_id), chat_id, sender, text, **more)
            self.kept[chat_id].append(message)
            self.note(self._line(message))
            if sender != self.bot and self.bot_sees(message):
                self.update("message", self.message_json(message), str(chat_id))
        self.changed()
        return message

    def store(self, name: str, content: bytes) -> Stored:
        """Keep a file under new ids."""
        with self.lock:
            number = len(self.files) + 1
            stored = Stored(f"BQAC{number}", name, content, f"documents/file_{number}.bin")
            self.files[stored.id] = stored
        return stored

    def change_status(self, group: Group, user: User, status: str, *, by: User) -> None:
        """Change what someone is in a group: service message, and the update on the member."""
        with self.lock:
            before = group.statuses.get(user.id, "left")
            could_see = group.has(self.bot.id)
            was_in, is_in = before in PRESENT, status in PRESENT
            self.note(f"{user.name} is {status} in {group.title}")
            if was_in and not is_in:  # the bot learns of its own leaving, too
                self.post(group.id, by, extra={"left_chat_member": user.json})
            group.statuses[user.id] = status
            if is_in and not was_in:
                self.post(group.id, by, extra={"new_chat_members": [user.json]})
            body = self._status_json(group.id, user, before, status, by)
            if user == self.bot:
                self.update("my_chat_member", body, f"own {group.id}")
            elif could_see and group.statuses[self.bot.id] == "administrator":
                self.update("chat_member", body, f"member {user.id}")

    def change_block(self, user: User, *, blocks: bool) -> None:
        """Let someone block the bot, or unblock it."""
        was, now = ("member", "kicked") if blocks else ("kicked", "member")
        with self.lock:
            (self.blocked.add if blocks else self.blocked.discard)(user.id)
            self.note(f"{user.name} {'blocks' if blocks else 'unblocks'} {self.bot.name}")
            body = self._status_json(user.id, self.bot, was, now, user)
            self.update("my_chat_member", body, f"own {user.id}")

    def _status_json(
        self, chat_id: int, user: User, was: str, now: str, by: User
    ) -> dict[str, Any]:
        return {
            "chat": self.chat_json(chat_id),
            "from": by.json,
            "date": int(time.time()),
            "old_chat_member": self.member_json(user.id, was),
            "new_chat_member": self.member_json(user.id, now),
        }

    def _next_id(self, chat_id: int) -> int:
        """Each supergroup counts for itself; all other chats of the bot count together."""
        own = chat_id if chat_id < FIRST_SUPERGROUP else 0
        self._ids[own] += 1
        return self._ids[own]

    def bot_sees(self, message: Message) -> bool:
        group = self.groups.get(message.chat_id)
        if group is None or message.is_service:
            return group is None or group.has(self.bot.id)
        if not group.has(self.bot.id):
            return False
        trusted = group.statuses[self.bot.id] == "administrator"
        return not self.privacy or trusted or self._is_meant(message)

    def _is_meant(self, message: Message) -> bool:
        answered = self.find(message.chat_id, message.reply_to or 0)
        if answered is not None and answered.sender == self.bot:
            return True
        names = [
            (each["type"], cut(message.text, each["offset"], each["length"]))
            for each in message.entities
        ]
        own = f"@{self.bot.username}".casefold()
        if any(kind == "mention" and name.casefold() == own for kind, name in names):
            return True
        kind, command = names[0] if names else ("", "")
        first = kind == "bot_command" and message.text.startswith(command)
        return first and ("@" not in command or command.casefold().endswith(own))

    # What is found.

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """Return a message that is still there."""
        for message in self.kept[chat_id]:
            if message.message_id == message_id and not message.deleted:
                return message
        return None

    def messages(self, chat: Chat) -> list[Message]:
        """Return the bot's messages in a chat as they now stand, the oldest first."""
        return [each for each in self.seen(chat) if each.sender == self.bot and not each.deleted]

    def seen(self, chat: Chat) -> list[Message]:
        """Return all messages of a chat in order, also what was deleted."""
        with self.lock:
            return copy.deepcopy(self.kept[chat_id_of(chat)])

    def answers(self, query: Query) -> Said | None:
        """Return what was said to a press, or None while it turns."""
        with self.lock:
            return self.said.get(query.id)

    def called(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        with self.lock:
            return [call for call in self.calls if call.method == method]

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed or taken."""
        with self.lock:
            return len(self.updates.pending)

    def transcript(self) -> str:
        """Return what happened, to be read."""
        with self.lock:
            return "\n".join(self._lines)

    def wait(self, true: Callable[[], object], seconds: float = 30) -> None:
        """Wait until something is true; it is asked again after each change, and now and then."""
        end = time.monotonic() + seconds
        while True:
            with self.lock:
                before = self._changes
            if true():
                return
            left = end - time.monotonic()
            if left <= 0:
                lines = self.transcript().splitlines()[-_LAST_LINES:]
                raise AssertionError("\n".join(["waited in vain; what happened last:", *lines]))
            self._await_change(before, min(left, 0.1))

    def _await_change(self, before: int, seconds: float) -> None:
        with self.lock:
            self.lock.wait_for(lambda: self._changes != before, seconds)

    # What it looks like.

    def name_of(self, chat_id: int) -> str:
        if chat_id in self.groups:
            return self.groups[chat_id].title
        return self.people[chat_id].name if chat_id in self.people else str(chat_id)

    def _line(self, message: Message) -> str:
        extra = ", ".join(message.extra)
        text = message.text + (f" ({extra})" if extra else "")
        return f"{message.sender.name} → {self._place(message)}: {text}{labels_of(message)}"

    def _place(self, message: Message) -> str:
        private = message.chat_id > 0 and message.sender != self.bot
        return self.bot.name if private else self.name_of(message.chat_id)

    def chat_json(self, chat_id: int) -> dict[str, Any]:
        group = self.groups.get(chat_id)
        if group is not None:
            return {"id": chat_id, "type": group.type, "title": group.title}
        about = self.people[chat_id].json
        names = {name: about[name] for name in ("first_name", "username") if name in about}
        return {"id": chat_id, "type": "private"} | names

    def full_chat_json(self, chat_id: int) -> dict[str, Any]:
        more: dict[str, Any] = {"accent_color_id": 1, "max_reaction_count": 11}
        gifts = {"accepted_gift_types": dict.fromkeys(_GIFTS, False)}
        if group := self.groups.get(chat_id):
            more["permissions"] = dict.fromkeys(_PERMISSIONS, True) | group.permissions
            more |= {"username": group.username} if group.username else {}
        return self.chat_json(chat_id) | more | gifts

    def message_json(self, message: Message, *, deep: bool = True) -> dict[str, Any]:
        given: dict[str, Any] = {
            "edit_date": message.edit_date,
            "text": message.text,
            "entities": message.entities,
            "has_protected_content": message.protected,
        }
        if message.markup and message.kind == "inline_keyboard":
            given["reply_markup"] = message.markup.raw
        answered = self.find(message.chat_id, message.reply_to or 0)
        if deep and answered is not None:
            given["reply_to_message"] = self.message_json(answered, deep=False)
        if message.sender == ANONYMOUS:
            given["sender_chat"] = self.chat_json(message.chat_id)
        return {
            "message_id": message.message_id,
            "from": message.sender.json,
            "chat": self.chat_json(message.chat_id),
            "date": message.date,
            **copy.deepcopy({name: value for name, value in given.items() if value}),
            **message.extra,
        }

    def member_json(self, user_id: int, status: str) -> dict[str, Any]:
        user = self.bot if user_id == self.bot.id else self.people[user_id]
        about: dict[str, Any] = {"user": user.json, "status": status}
        match status:
            case "creator":
                return {**about, "is_anonymous": False}
            case "administrator" | "anonymous":
                may = dict.fromkeys(_RIGHTS, False)
                about |= {"status": "administrator"}
                may["is_anonymous"] = status == "anonymous"
                return {**about, **may, "can_manage_chat": True, "can_delete_messages": True}
            case "kicked":
                return {**about, "until_date": 0}
            case "restricted" | "restricted outside":
                may = dict.fromkeys(_PERMISSIONS, False)
                there = status == "restricted"
                return {**about, **may, "status": "restricted", "is_member": there, "until_date": 0}
        return about

    # What the bot may do.

    def check_access(self, chat_id: int) -> None:
        """Refuse a chat that the bot does not know, or is not in."""
        group = self.groups.get(chat_id)
        if group is None:
            if chat_id not in self.people:
                raise bad("chat not found")
        elif group.became is not None:
            words = "group chat was upgraded to a supergroup chat"
            raise bad(words, migrate_to_chat_id=group.became)
        elif not group.has(self.bot.id):
            kicked = group.statuses.get(self.bot.id) == "kicked"
            how = "was kicked from" if kicked else "is not a member of"
            raise forbidden(f"bot {how} the {group.type} chat")
