"""The running assistant as the channels see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.app import App
from bot.channels.terminal import CHANNEL
from bot.content.wording import worded
from bot.core import desk
from bot.core.catalog import Language
from bot.core.messages import Message, Say, StaffActed, ToStaff
from bot.core.tickets import Actor, Denial, Person, Rules, Ticket
from bot.storage.inbox import Arrival


class DeskHouse:
    """What every desk needs: tickets, names, words."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._names = {actor.key: name for name, actor in app.actors().items()}

    def preview(self, event: StaffActed) -> Message | Denial:
        """Return what the customer will read of a staff action, without doing it."""
        with self._app.store.reading() as unit:
            ticket = unit.ticket_by_id(event.ticket)
        if ticket is None:
            return Denial.STALE
        known = self._app.knowledge
        made = desk.decide(ticket, event, self.now(), known.rules, known.catalog, known.notice)
        if isinstance(made, Denial):
            return made
        said = next((effect for effect in made.effects if isinstance(effect, Say)), None)
        return worded(said, self._app.content) if said else Message(blocks=())

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        """Return tickets by due date."""
        with self._app.store.reading() as unit:
            return unit.tickets(ended=ended)

    def ticket(self, number: str) -> Ticket | None:
        """Return one ticket."""
        with self._app.store.reading() as unit:
            return unit.ticket(number)

    def history(self, ticket: Ticket) -> Sequence[tuple[datetime, str, str, str, str]]:
        """Return when, who, what, from and to of each audit row."""
        with self._app.store.reading() as unit:
            rows = unit.audit.history(ticket.id)
        return [(row.at, self.name(row.actor), row.action, row.before, row.after) for row in rows]

    def name(self, actor: str) -> str:
        """Return who stands behind an actor's key."""
        return self._names.get(actor, actor)

    def actors(self) -> Mapping[str, Actor]:
        """Return the staff by name."""
        return self._app.actors()

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text."""
        return self._app.text(key, language, **values)

    def now(self) -> datetime:
        """Return the present moment."""
        return self._app.clock()

    @property
    def language(self) -> Language:
        """The desk's language."""
        return self._app.settings.desk.language

    @property
    def rules(self) -> Rules:
        """What the organisation has decided."""
        return self._app.rules


class GateHouse(DeskHouse):
    """The house as a channel sees it that hands events over to be kept."""

    def said(self, event_id: str, person: Person, text: str) -> Arrival:
        """Return what a person wrote, as it is kept."""
        return self._app.service.said(event_id, person, text)

    def chose(self, event_id: str, person: Person, token: str) -> Arrival:
        """Return a button that a person pressed, as it is kept."""
        return self._app.service.chose(event_id, person, token)

    def acted(self, event_id: str, channel: str, event: StaffActed) -> Arrival:
        """Return a staff action on the desk of a channel, as it is kept."""
        return self._app.service.acted(event_id, channel, event)


class TerminalHouse(DeskHouse):
    """The house as the terminal sees it: everything is done before the next line is read."""

    def said(self, event_id: str, person: Person, text: str) -> None:
        """Handle what a person wrote."""
        self._app.take(self._app.service.said(event_id, person, text))

    def chose(self, event_id: str, person: Person, token: str) -> None:
        """Handle a button."""
        self._app.take(self._app.service.chose(event_id, person, token))

    def acted(self, event_id: str, event: StaffActed) -> None:
        """Handle a staff action."""
        self._app.take(self._app.service.acted(event_id, CHANNEL, event))

    def deliver(self, hear: Callable[[Say, Message], None], tell: Callable[[ToStaff], None]) -> int:
        """Carry out what stands in the outbox."""
        return self._app.deliver(CHANNEL, hear, tell)

    def letters(self) -> Sequence[Path]:
        """Return the letters in the local outbox."""
        return sorted((self._app.settings.service.data_dir / "mail").glob("*.eml"))
