"""The people's side: who is there, what they write, and what they see."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from tests.fakes.slack import events, payloads, texts
from tests.fakes.slack.model import Channel, Delivery, Json, Message, User
from tests.fakes.slack.server import Server

Place = Channel | User | str


class People(Server):
    """What tests do in people's place; every method may be called from any thread."""

    def user(
        self,
        id: str,
        name: str,
        email: str = "",
        team: str | None = None,
        *,
        locale: str = "fi-FI",
        bot: bool = False,
        restricted: bool = False,
        ultra_restricted: bool = False,
        stranger: bool = False,
        deleted: bool = False,
        reachable: bool = False,
    ) -> User:
        """Add a person or a bot; one of another team is `reachable` when the bot may DM them."""
        user = User(
            id=id,
            name=name,
            email=email,
            team=team or self.team,
            locale=locale,
            bot=bot,
            restricted=restricted,
            ultra_restricted=ultra_restricted,
            stranger=stranger,
            deleted=deleted,
            reachable=reachable,
            bot_id=id.replace("U", "B", 1) if bot else "",
        )
        with self.lock:
            self.users[id] = user
        return user

    def channel(
        self,
        id: str,
        name: str,
        members: Sequence[User | str] = (),
        *,
        private: bool = True,
        ext_shared: bool = False,
        bot_member: bool = True,
    ) -> Channel:
        """Add a channel."""
        with self.lock:
            ids = [self.person(member).id for member in members]
            channel = Channel(
                id=id,
                name=name,
                members=[*ids, self.bot.id] if bot_member else ids,
                private=private,
                ext_shared=ext_shared,
            )
            self.channels[id] = channel
        return channel

    def join(self, user: User | str, channel: Place) -> None:
        """Make somebody, or the bot, a member."""
        self._membership(user, channel, joined=True)

    def leave(self, user: User | str, channel: Place) -> None:
        """Make somebody, or the bot, a member no more."""
        self._membership(user, channel, joined=False)

    def share(self, channel: Place, shared: bool = True, team: str = "T0OTHER") -> None:
        """Share a channel with another organisation, or stop it."""
        with self.lock:
            place = self.place(channel)
            place.ext_shared = shared
            self.emit(events.sharing(self, place, team), place)

    def archive(self, channel: Place, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        with self.lock:
            self.place(channel).archived = archived

    # Writing.

    def write(
        self,
        user: User | str,
        text: str,
        channel: Place | None = None,
        *,
        thread_ts: str = "",
        mention_bot: bool = False,
        subtype: str = "",
        files: Sequence[str] = (),
        raw: bool = False,
    ) -> Message:
        """Write, in the DM with the bot if nowhere else; `raw` is text as Slack keeps it."""
        assert not text.startswith("/"), "Slack takes this for a command, and tells no app of it"
        with self.lock:
            writer, place = self._both(user, channel)
            message = Message(
                channel=place.id,
                ts=self.ts(),
                user=writer.id,
                text=self._typed(text, mention_bot, raw),
                thread_ts=thread_ts,
                bot_id=writer.bot_id,
                subtype=subtype or ("file_share" if files else ""),
                files=[_file(self, writer, name) for name in files],
                team=writer.team,
            )
            self.posted.append(message)
            self.note(f"{writer.name} @ {place.name}", text)
            self._tell(place, message)
            return copy.deepcopy(message)

    def edit_message(self, user: User | str, message: Message, text: str) -> None:
        """Edit an own message."""
        with self.lock:
            mine, place = self._mine(user, message)
            before = copy.deepcopy(mine)
            mine.text, mine.edited = self._typed(text), True
            self.note(f"{self.users[mine.user].name} @ {place.name} edits", text)
            if self.bot.id in place.members:
                self.emit(events.changed(self, place, mine, before), place)

    def delete_message(self, user: User | str, message: Message) -> None:
        """Delete an own message."""
        with self.lock:
            mine, place = self._mine(user, message)
            self.posted.remove(mine)
            self.note(f"{self.users[mine.user].name} @ {place.name} deletes", mine.text)
            if self.bot.id in place.members:
                self.emit(events.deleted(self, place, mine), place)

    def repeat_last(self) -> Delivery:
        """Send the last event of a person once more, with the same event_id."""
        with self.lock:
            mine = [
                delivery
                for delivery in self.deliveries
                if delivery.kind == "events_api" and not self._is_echo(delivery)
            ]
            return self.send(Delivery(kind="events_api", body=mine[-1].body))

    def open_home(self, user: User | str, tab: str = "home") -> None:
        """Open the bot's page, at a tab: `home`, `messages` or `about`."""
        with self.lock:
            person = self.person(user)
            home = self.homes.get(person.id)
            shown = payloads.view_object(self, home) if home else None
            self.note(person.name, f"opens the tab {tab}")
            self.emit(events.home_opened(self, person, tab, shown), self.dm(person))

    # Looking.

    def messages(self, channel: Place) -> list[Message]:
        """Return the messages of a channel or of a person's DM, those in threads too."""
        with self.lock:
            place = self.place(channel)
            return copy.deepcopy([m for m in self.posted if m.channel == place.id])

    def thread(self, channel: Place, ts: str) -> list[Message]:
        """Return a message and what was said in its thread."""
        return [m for m in self.messages(channel) if ts in (m.ts, m.thread_ts)]

    def ephemerals(self, user: User | str) -> list[Message]:
        """Return what is shown to one person only."""
        with self.lock:
            return copy.deepcopy([m for m in self.whispered if m.to == self.person(user).id])

    def said(self, channel: Place) -> list[Message]:
        """Return the messages of the bot's own in a channel or a person's DM."""
        return [m for m in self.messages(channel) if m.user == self.bot.id]

    def transcript(self) -> str:
        """Return what happened, to be read."""
        with self.lock:
            return "\n".join(self.log)

    # How it is done.

    def _both(self, user: User | str, channel: Place | None) -> tuple[User, Channel]:
        person = self.person(user)
        place = self.place(channel or person)
        assert person.id in place.members, f"{person.name} is not in {place.name}"
        assert not place.archived, f"{place.name} is archived"
        assert not person.deleted, f"{person.name} is gone"
        if place.person and person.team != self.team:
            assert person.reachable, f"{person.name} cannot write to the bot"
        return person, place

    def _mine(self, user: User | str, message: Message) -> tuple[Message, Channel]:
        mine = self.message(message.channel, message.ts)
        assert mine is not None, "the message is gone"
        assert mine.user == self.person(user).id, "it is not their message"
        return mine, self.channels[mine.channel]

    def _typed(self, text: str, mention_bot: bool = False, raw: bool = False) -> str:
        typed = text if raw else texts.as_slack(text)
        return f"<@{self.bot.id}> {typed}" if mention_bot else typed

    def _tell(self, place: Channel, message: Message) -> None:
        if self.bot.id not in place.members:
            return
        self.emit(events.message(self, place, message), place)
        if not place.person and f"<@{self.bot.id}>" in message.text:
            self.emit(events.mention(self, place, message), place)

    def _membership(self, user: User | str, channel: Place, joined: bool) -> None:
        with self.lock:
            person, place = self.person(user), self.place(channel)
            if joined == (person.id in place.members):
                return
            (place.members.append if joined else place.members.remove)(person.id)
            if person is self.bot or self.bot.id in place.members:
                self.emit(events.membership(self, person, place, joined), place)

    def _is_echo(self, delivery: Delivery) -> bool:
        event = delivery.event
        inner = event.get("message") or event.get("previous_message") or event
        return bool(inner.get("user") == self.bot.id)


def _file(slack: Server, user: User, name: str) -> Json:
    number = slack.number("F0")
    return {
        "id": number,
        "name": name,
        "title": name,
        "mimetype": "application/octet-stream",
        "size": 1234,
        "user": user.id,
        "mode": "hosted",
        "file_access": "visible",
        "url_private": f"https://files.slack.com/files-pri/{slack.team}-{number}/{name}",
    }
