"""Wording for the desk: texts in its language, names of staff, local time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.catalog import Language
from bot.core.effects import Say, Value
from bot.core.tickets.recipients import REST
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OFFLINE

_STAFF = "staff:"  # how the key of somebody on the staff begins

Render = Callable[[str, Language, Mapping[str, Value]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Puts what the desk shows into words. `names` are those of staff, by their actors' keys."""

    render: Render
    language: Language
    rules: Rules
    names: Mapping[str, str]
    clock: Callable[[], datetime]

    def text(self, key: str, /, **values: Value) -> str:
        """Return a text in the desk's language by its whole key."""
        return self.render(key, self.language, values)

    def desk(self, key: str, /, **values: Value) -> str:
        """Return one of the desk's texts: those below [desk]."""
        return self.text(f"desk.{key}", **values)

    def label(self, key: str, /, **values: Value) -> str:
        """Return a word of a card: those below [desk.card]."""
        return self.text(f"desk.card.{key}", **values)

    def button(self, action: str) -> str:
        """Return what the button of an action says."""
        return self.text(f"desk.button.{action}")

    def action(self, action: str) -> str:
        """Return what an action that was taken is called."""
        return self.text(f"desk.action.{action}")

    def choice(self, blank: str, value: str) -> str:
        """Return what a choice of a form is called."""
        match blank:
            case "right" | "relation":
                return self.text(f"{blank}.{value}")
            case "recipient" if value != REST:
                named = (one for one in self.rules.recipients if one.key == value)
                return next((recipient(one.name, one.owner) for one in named), value)
            case "to" | "doer":
                return self.name(value)
            case "task":
                return value
            case "language":
                return self.desk(f"spoken.{value}")
        return self.desk(f"{blank}.{value}")

    def ground(self, ground: str) -> str:
        """Return what the ground of a pause or of a decision is called, by its own name if unknown.

        Rows of the audit chain may bear what this version does not know.
        """
        for kind in ("ground", "template"):
            with suppress(KeyError):
                return self.desk(f"{kind}.{ground}")
        return ground.replace("_", " ")

    def channel(self, name: str) -> str:
        """Return what a channel or desk is called, as the audit chain names it."""
        with suppress(KeyError):
            return self.desk(f"place.{name.replace(' ', '_')}")
        return name.capitalize()

    def name(self, actor: str) -> str:
        """Return who stands behind an actor's key; of staff who are gone, what tells them apart."""
        if actor in self.names or not actor.startswith(_STAFF):
            return self.names.get(actor, actor)
        return f"{self.label('owner_gone')} ({actor.removeprefix(_STAFF)})"

    def owner(self, actor: str) -> str:
        """Return who owns a ticket; whoever is on the staff no longer, without a name."""
        return self.names.get(actor) or (self.label("owner_gone") if actor else "")

    def today(self) -> date:
        """Return the local date."""
        return self.rules.today(self.clock())

    def iso(self, at: datetime) -> str:
        """Return a moment in local time, as the texts take it."""
        return f"{at.astimezone(self.rules.timezone):%Y-%m-%dT%H:%M}"

    def moment(self, at: datetime) -> str:
        """Return a moment in local time, as people of the desk's language write it."""
        return self.label("moment", at=at.astimezone(self.rules.timezone).isoformat())


def recipient(name: str, owner: str) -> str:
    """Return the name of a recipient or system with who sees to it there."""
    return f"{name} ({owner})" if owner else name


def above_preview(letter: Say | None, number: str, action: str, wording: Wording) -> list[str]:
    """Return what stands above what a customer will read, and how far it reaches.

    What cannot be said in the conversation is mailed only to an address that was proved.
    """
    key = "form.preview" if letter else "form.silent"
    lines = [wording.desk(key, number=number, name=action)]
    if letter and not letter.to.email:
        offline = letter.to.channel == OFFLINE
        lines.insert(0, wording.desk("form.not_by_letter" if offline else "form.only_there"))
    return lines
