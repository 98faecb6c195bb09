"""What people do with what stands under messages: they press, choose, and give commands."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.slack import payloads
from tests.fakes.slack.model import Delivery, Json, Message, User, View, elements
from tests.fakes.slack.people import People, Place

Screen = Message | View
Pressable = tuple[Screen, Json, Json, Json | None]


class Pressing(People):
    """People with a pointer in hand."""

    def press(
        self,
        user: User | str,
        label: str,
        channel: Place | None = None,
        message: Message | str | None = None,
    ) -> Delivery:
        """Press the newest button, or choose the newest option, of that label.

        It is looked for in the view that the person has open, or else in all messages that they
        see; or only in a channel, in one message (or ts), or in the `home` tab.
        """
        with self.lock:
            person = self.person(user)
            for screen, block, element, chosen in self._pressable(person, channel, message):
                shown = (chosen or element)["text"]["text"]
                if shown == label:
                    return self._pressed(person, screen, block, element, chosen, label)
        raise AssertionError(f"{person.name} sees no {label}\n{self.transcript()}")

    def select(
        self, user: User | str, action_id: str, chosen: str, channel: Place | None = None
    ) -> Delivery:
        """Choose an option by its label or value, or a person, channel or date by itself."""
        with self.lock:
            person = self.person(user)
            for screen in self._screens(person, channel, None):
                for block, element in _live(screen):
                    if element["action_id"] == action_id:
                        value = payloads.value(element, chosen)
                        return self._pressed(person, screen, block, element, value, chosen)
        raise AssertionError(f"{person.name} sees no {action_id}\n{self.transcript()}")

    def press_forged(
        self,
        user: User | str,
        channel: Place,
        message_ts: str,
        action_id: str,
        value: str,
        block_id: str = "forged",
    ) -> Delivery:
        """Press a button that was never offered, as a client of one's own could."""
        with self.lock:
            person, place = self.person(user), self.place(channel)
            message = self.message(place.id, message_ts)
            if message is None:
                message = Message(channel=place.id, ts=message_ts, user=self.bot.id, text="")
            text = {"type": "plain_text", "text": "forged", "emoji": True}
            button = {"type": "button", "action_id": action_id, "value": value, "text": text}
            self.note(person.name, f"forges {action_id} {value}")
            done = payloads.action(self, {"block_id": block_id}, button)
            return self._interact(payloads.on_message(self, person, message, done))

    def command(
        self, user: User | str, name: str, text: str = "", channel: Place | None = None
    ) -> Delivery:
        """Give a slash command."""
        with self.lock:
            assert "commands" in self.scopes, "the app has no commands"
            person, place = self._both(user, channel)
            self.note(f"{person.name} @ {place.name}", f"{name} {text}")
            body = payloads.command(self, person, name, text, place)
            return self.send(Delivery(kind="slash_commands", body=body))

    def _screens(
        self, person: User, channel: Place | None, message: Message | str | None
    ) -> list[Screen]:
        """Return what a person sees, the newest first."""
        if channel == "home":
            return [self.homes[person.id]] if person.id in self.homes else []
        open_views = self.views.get(person.id)
        if open_views and channel is None and message is None:
            return [open_views[-1]]
        place = self.place(channel) if channel else None
        ts = message.ts if isinstance(message, Message) else message
        seen: list[Screen] = [
            m
            for m in sorted([*self.posted, *self.whispered], key=lambda m: m.ts, reverse=True)
            if m.to in ("", person.id)
            and person.id in self.channels[m.channel].members
            and (place is None or m.channel == place.id)
            and ts in (None, m.ts)
        ]
        return seen

    def _pressable(
        self, person: User, channel: Place | None, message: Message | str | None
    ) -> Iterator[Pressable]:
        for screen in self._screens(person, channel, message):
            for block, element in _live(screen):
                if element["type"] == "button":
                    yield screen, block, element, None
                for option in payloads.options(element):
                    yield screen, block, element, option

    def _pressed(
        self, person: User, screen: Screen, block: Json, element: Json, chosen: object, label: str
    ) -> Delivery:
        if element["type"] in ("checkboxes", "multi_static_select") and isinstance(chosen, dict):
            chosen = [chosen]
        if element["type"] not in ("button", "overflow"):
            screen.values.setdefault(block["block_id"], {})[element["action_id"]] = chosen
        self.note(person.name, f"presses [{label}]")
        done = payloads.action(self, block, element, chosen)
        if isinstance(screen, View):
            return self._interact(payloads.on_view(self, person, screen, done))
        return self._interact(payloads.on_message(self, person, screen, done))

    def _interact(self, payload: Json) -> Delivery:
        return self.send(Delivery(kind="interactive", body=payload))


def _live(screen: Screen) -> Iterator[tuple[Json, Json]]:
    """Yield what the app is told of at once; other fields it sees when they are submitted."""
    for block, element in elements(screen.blocks):
        if block["type"] != "input" or block.get("dispatch_action"):
            yield block, element
