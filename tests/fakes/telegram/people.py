"""The people's side: what customers and staff do in their clients."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from tests.fakes.telegram.marked import cleaned, found_in, trimmed, units
from tests.fakes.telegram.markup import Button
from tests.fakes.telegram.model import (
    ANONYMOUS,
    Chat,
    Group,
    Message,
    Query,
    User,
    chat_id_of,
)
from tests.fakes.telegram.world import World

_FIRST_QUERY = 4 << 60  # the real ids are as long
_FIRST_NEW_SUPERGROUP = -1002000000000
_LONGEST = 4096
_STRANGER = User(999_999_999, "Somebody")


class People(World):
    """What people can do. A thing that their clients would not let them do fails the test."""

    def user(
        self, id: int, name: str, language_code: str = "fi", username: str = "", phone: str = ""
    ) -> User:
        """Make somebody known. Like many real clients, theirs writes the number without a `+`."""
        made = User(id, name, language_code, username, phone or f"35840{id:07d}")
        with self.lock:
            self.people[id] = made
        return made

    def group(
        self,
        id: int,
        title: str,
        members: Iterable[tuple[User, str]] = (),
        bot: str = "member",
    ) -> Group:
        """Make a group, the bot already in it; from -1000000000000 down it is a supergroup."""
        statuses = {user.id: status for user, status in members}
        made = Group(id, title, {**statuses, self.bot.id: bot})
        with self.lock:
            self.groups[id] = made
        return made

    def set_status(self, group: Group, user: User, status: str, by: User | None = None) -> None:
        """Change what a person or the bot is in a group."""
        self.change_status(group, user, status, by=by or self._head(group))

    def add_bot(self, group: Group, by: User | None = None) -> None:
        self.set_status(group, self.bot, "member", by)

    def remove_bot(self, group: Group, by: User | None = None) -> None:
        self.set_status(group, self.bot, "kicked", by)

    def upgrade(self, group: Group) -> Group:
        """Turn a group into a supergroup; return that."""
        assert group.type == "group", f"{group.title} is a supergroup already"
        with self.lock:
            made = Group(_FIRST_NEW_SUPERGROUP + group.id, group.title, dict(group.statuses))
            self.groups[made.id] = made
            head = self._head(group)
            self.post(group.id, head, extra={"migrate_to_chat_id": made.id})
            group.became = made.id
            self.post(made.id, head, extra={"migrate_from_chat_id": group.id})
        return made

    def _head(self, group: Group) -> User:
        for status in ("creator", "administrator", "member"):
            for user_id, is_ in group.statuses.items():
                if is_ == status and user_id in self.people:
                    return self.people[user_id]
        return _STRANGER

    def start(self, user: User, payload: str = "") -> Message:
        """Press Start in the bot's chat, with what a link brought along."""
        with self.lock:
            self.started.add(user.id)
        return self.write(user, f"/start {payload}".strip())

    def block(self, user: User) -> None:
        self.change_block(user, blocks=True)

    def unblock(self, user: User) -> None:
        self.change_block(user, blocks=False)

    def write(
        self,
        user: User,
        text: str,
        chat: Chat | None = None,
        reply_to: Message | int | None = None,
        forwarded: bool = False,
        via_anonymous_admin: bool = False,
        topic: int | None = None,
    ) -> Message:
        """Write into a chat, by default that with the bot."""
        shown, _ = trimmed(cleaned(text), [])
        assert 0 < units(shown) <= _LONGEST, "a client sends no such text"
        origin = {"type": "hidden_user", "sender_user_name": "Tuntematon"}
        extra: dict[str, Any] = {}
        extra |= {"forward_origin": {**origin, "date": int(time.time())}} if forwarded else {}
        extra |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        with self.lock:
            chat_id = self._may_write(user, chat)
            if via_anonymous_admin:
                status = self.groups[chat_id].statuses[user.id]
                assert status in ("administrator", "creator"), f"{user.name} is no administrator"
            return self.post(
                chat_id,
                ANONYMOUS if via_anonymous_admin else user,
                shown,
                entities=found_in(shown),
                reply_to=reply_to.message_id if isinstance(reply_to, Message) else reply_to,
                extra=extra,
            )

    def edit(self, user: User, message: Message, text: str) -> Message:
        """Edit a message of one's own."""
        shown, _ = trimmed(cleaned(text), [])
        with self.lock:
            kept = self.find(message.chat_id, message.message_id)
            assert kept is not None, "the message is gone"
            assert kept.sender == user, f"the message is not by {user.name}"
            kept.edits.append(kept.text)
            kept.text, kept.entities = shown, found_in(shown)
            kept.edit_date = int(time.time())
            self.note(f"{user.name} edits {kept.message_id}: {shown}")
            if self.bot_sees(kept):
                self.update("edited_message", self.message_json(kept), str(kept.chat_id))
        self.changed()
        return kept

    def photo(
        self, user: User, chat: Chat | None = None, *, caption: str = "", album: str = ""
    ) -> Message:
        """Send a picture, alone or as part of an album: each part is a message of its own."""
        size = {"file_id": "photo-1", "file_unique_id": "1", "width": 90, "height": 90}
        extra: dict[str, Any] = {"photo": [size]}
        extra |= {"caption": caption} if caption else {}
        extra |= {"media_group_id": album} if album else {}
        with self.lock:
            return self.post(self._may_write(user, chat), user, extra=extra)

    def document(
        self,
        user: User,
        name: str,
        content: bytes,
        chat: Chat | None = None,
        reply_to: Message | int | None = None,
    ) -> Message:
        """Send a file as a document."""
        with self.lock:
            chat_id = self._may_write(user, chat)
            stored = self.store(name, content)
            return self.post(
                chat_id,
                user,
                reply_to=reply_to.message_id if isinstance(reply_to, Message) else reply_to,
                extra={"document": stored.json},
            )

    def share_contact(
        self,
        user: User,
        phone: str,
        user_id: int | None = None,
        forwarded: bool = False,
        reply_to: int | None = None,
    ) -> Message:
        """Send a contact: the own one, that of `user_id`, or with 0 one that is not on Telegram."""
        whose = user.id if user_id is None else user_id
        name = self.people[whose].name if whose in self.people else "Tuttu"
        extra: dict[str, object] = {"contact": {"phone_number": phone, "first_name": name}}
        if whose:
            extra["contact"] = {"phone_number": phone, "first_name": name, "user_id": whose}
        if forwarded:
            date = int(time.time())
            origin = {"type": "hidden_user", "sender_user_name": "Tuntematon", "date": date}
            extra["forward_origin"] = origin
        with self.lock:
            return self.post(self._may_write(user, None), user, reply_to=reply_to, extra=extra)

    def press(self, user: User, label: str, chat: Chat | None = None) -> Query:
        """Press the newest button of that label that can be seen in a chat."""
        with self.lock:
            chat_id = self._may_write(user, chat)
            visible = self._visible(chat_id)
            found = ((message, message.button(label)) for message in visible)
            for message, button in found:
                if button is not None:
                    return self._press(user, message, button)
            labels = [label for message in visible for label in message.labels]
            raise AssertionError(f"no button {label!r} in {self.name_of(chat_id)}, only {labels}")

    def press_data(self, user: User, chat: Chat, message_id: int, data: str) -> Query:
        """Press what was below a message once, or was never there."""
        chat_id = chat_id_of(chat)
        with self.lock:
            message = self.find(chat_id, message_id)
            gone = {"chat": self.chat_json(chat_id), "message_id": message_id, "date": 0}
            query_id = str(_FIRST_QUERY + len(self.presses))
            query = Query(query_id, user, chat_id, message_id, data, time.monotonic())
            self.presses[query_id] = query
            body = {
                "id": query_id,
                "from": user.json,
                "message": self.message_json(message) if message else gone,
                "chat_instance": str(chat_id),
                "data": data,
            }
            # Presses have a line of their own: they may overtake a message on their way.
            self.update("callback_query", body, f"press {user.id}")
        return query

    def repeat_last(self) -> int:
        """Deliver the last update once more, under the same id; return that."""
        with self.lock:
            update_id = self.updates.repeat()
        self.changed()
        return update_id

    def _visible(self, chat_id: int) -> list[Message]:
        """Return the messages with buttons, the newest first; one reply keyboard at most."""
        visible = []
        keyboard_known = False
        for message in reversed(self.kept[chat_id]):
            if message.sender != self.bot or message.deleted:
                continue
            if message.kind == "inline_keyboard":
                visible.append(message)
            elif message.kind in ("keyboard", "remove_keyboard") and not keyboard_known:
                keyboard_known = True
                visible.append(message)
        return visible

    def _press(self, user: User, message: Message, button: Button) -> Query:
        self.note(f"{user.name} presses [{button.label}] of {message.message_id}")
        assert not button.url, f"{button.label!r} opens {button.url}"
        if message.kind == "inline_keyboard":
            return self.press_data(user, message.chat_id, message.message_id, button.data)
        if button.asks_contact:
            sent = self.share_contact(user, user.phone, reply_to=message.message_id)
        else:
            # In a group it goes as a reply, so that a bot in privacy mode sees it.
            reply_to = message if message.chat_id in self.groups else None
            sent = self.write(user, button.label, message.chat_id, reply_to)
        return Query("", user, sent.chat_id, sent.message_id, "", time.monotonic())

    def _may_write(self, user: User, chat: Chat | None) -> int:
        chat_id = user.id if chat is None else chat_id_of(chat)
        group = self.groups.get(chat_id)
        if group is not None:
            assert group.has(user.id), f"{user.name} is not in {group.title}"
            assert group.became is None, f"{group.title} is a supergroup now"
        else:
            assert chat_id == user.id, "that is somebody else's chat"
            assert user.id in self.started, f"{user.name} has not pressed Start"
            assert user.id not in self.blocked, f"{user.name} blocks the bot"
        return chat_id
