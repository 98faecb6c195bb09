"""The running assistant as the channels see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bot.bootstrap import App
from bot.channels.desk.form import Form
from bot.channels.terminal import CHANNEL
from bot.content.wording import worded
from bot.core.catalog import Language, Notice
from bot.core.conversation import languages, verification
from bot.core.effects import Say, Text, ToStaff
from bot.core.envelopes import InboundEvent
from bot.core.events import Event, StaffActed, StaffAnswered
from bot.core.messages import Message
from bot.core.sanitise import sanitise
from bot.core.tickets import staff_decision
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Actor, Denial, Person, Ticket
from bot.storage.cards import Card
from bot.storage.codec import from_json, to_json


class DeskHouse:
    """What every desk needs: tickets, names, words."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._names = {actor.key: name for name, actor in app.actors().items()}

    def preview(self, event: StaffActed | StaffAnswered) -> Message | Denial:
        """Return what the customer will read of a staff action, without doing it."""
        made = self._made(event)
        if isinstance(made, Denial):
            return made
        said = next((effect for effect in made.effects if isinstance(effect, Say)), None)
        return worded(said, self._app.content) if said else Message(blocks=())

    def _made(
        self, event: StaffActed | StaffAnswered
    ) -> staff_decision.Decision | staff_decision.Reply | Denial:
        event = sanitise(event, self.rules.today(self.now()))
        if isinstance(event, StaffAnswered):
            inquiry = self.inquiry_by_id(event.inquiry)
            return staff_decision.reply(inquiry, event, self.now()) if inquiry else Denial.UNKNOWN
        with self._app.store.reading() as unit:
            ticket = unit.tickets.by_id(event.ticket)
        if ticket is None:
            return Denial.UNKNOWN
        known = self._app.knowledge
        return staff_decision.decide(
            ticket, event, self.now(), known.rules, known.catalog, known.notice
        )

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        """Return tickets by due date."""
        with self._app.store.reading() as unit:
            return unit.tickets.by_due_date(ended=ended)

    def ticket(self, number: str) -> Ticket | None:
        """Return one ticket."""
        with self._app.store.reading() as unit:
            return unit.tickets.numbered(number)

    def ticket_by_id(self, id: str) -> Ticket | None:
        """Return one ticket."""
        with self._app.store.reading() as unit:
            return unit.tickets.by_id(id)

    def inquiry(self, number: str) -> Inquiry | None:
        """Return one question that was passed to staff."""
        with self._app.store.reading() as unit:
            return unit.inquiries.numbered(number)

    def inquiry_by_id(self, id: str) -> Inquiry | None:
        """Return one question that was passed to staff."""
        with self._app.store.reading() as unit:
            return unit.inquiries.by_id(id)

    def inquiries(self) -> Sequence[Inquiry]:
        """Return the questions that wait for staff, oldest first."""
        with self._app.store.reading() as unit:
            return unit.inquiries.open()

    def history(self, subject: str) -> Sequence[tuple[datetime, str, str, str, str]]:
        """Return when, who, what, from and to of each audit row of a ticket or inquiry (by id)."""
        with self._app.store.reading() as unit:
            rows = unit.audit.history(subject)
        return [(row.at, self.name(row.actor), row.action, row.before, row.after) for row in rows]

    def name(self, actor: str) -> str:
        """Return who stands behind an actor's key."""
        return self._names.get(actor, actor)

    def actors(self) -> Mapping[str, Actor]:
        """Return the staff by name."""
        return self._app.actors()

    def staff(self, platform: str) -> Mapping[str, Actor]:
        """Return the staff by their account on a platform (`slack`, `telegram`)."""
        actors = self._app.actors()
        accounts = ((m, getattr(m, platform)) for m in self._app.settings.staff)
        return {str(account): actors[member.name] for member, account in accounts if account}

    def card_at(self, subject: str, desk: str) -> tuple[str, int] | None:
        """Return where a card stands, and how many lines of history below it; None: nowhere."""
        with self._app.store.reading() as unit:
            card = unit.cards.at(subject, desk)
        return (card.place, card.history_shown) if card else None

    def keep_card(self, subject: str, desk: str, place: str, told: int) -> None:
        """Note where a card stands."""
        with self._app.store.transaction() as unit:
            unit.cards.keep(subject, desk, Card(place=place, history_shown=told))

    def worded(self, say: Say, words: Mapping[str, str] | None = None) -> Message:
        """Return what is to be said in the words of its language, and of its channel."""
        return worded(say, self._app.content, words)

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text."""
        return self._app.text(key, language, **values)

    def now(self) -> datetime:
        """Return the present moment."""
        return self._app.clock()

    @property
    def buttons_key(self) -> bytes:
        """The key of the tags on the buttons of cards."""
        return self._app.store.keys.buttons

    @property
    def notice(self) -> Notice:
        """The privacy notice."""
        return self._app.knowledge.notice

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

    def arrival(self, event_id: str, event: Event, desk: str = "") -> InboundEvent:
        """Return an event as it is kept; staff act at a `desk`."""
        return self._app.intake.arrival(event_id, event, desk)

    def status(self, person: Person, language: Language | None) -> Message:
        """Return what a person is told of their tickets."""
        owned = self.tickets_of(person)
        spoken = languages.of_person(self.rules.languages, owned, language)
        parts = tuple(
            Text(key=f"status.{verification.phase(ticket)}", values=self._values(ticket))
            for ticket in owned
        )
        none = (Text(key="status.none"),)
        return self.worded(Say(to=person, language=spoken, parts=parts or none))

    def tickets_of(self, person: Person) -> Sequence[Ticket]:
        """Return a person's tickets, oldest first."""
        key = self._app.intake.key(person)
        with self._app.store.reading() as unit:
            return unit.tickets.of(key)

    def _values(self, ticket: Ticket) -> Mapping[str, str]:
        due = ticket.clock.end(self.rules.today(self.now())).due.isoformat()
        return {"number": ticket.number, "right": ticket.right, "due": due}

    def keep(self, arrivals: Iterable[InboundEvent], mark: tuple[str, str] | None = None) -> int:
        """Keep events, and with them how far their source has been read."""
        return self._app.intake.receive(arrivals, mark)

    def marked(self, name: str) -> str:
        """Return a note of a channel; empty when there is none."""
        with self._app.store.reading() as unit:
            return unit.meta.get(name) or ""

    def mark(self, name: str, value: str) -> None:
        """Keep a note of a channel."""
        with self._app.store.transaction() as unit:
            unit.meta.set(name, value)

    def lead(self, name: str, owner: str, lease: timedelta) -> bool:
        """Take or hold the lead in what one replica alone may do; False when another one has it."""
        with self._app.store.transaction() as unit:
            return unit.meta.acquire_lease(name, owner, self.now(), lease)

    def draft(self, id: str) -> Form | None:
        """Return a form in the making."""
        with self._app.store.reading() as unit:
            return _form(unit.drafts.content(id))

    def draft_at(self, place: str) -> tuple[str, Form] | None:
        """Return id and form of the draft that is asked for at a place."""
        with self._app.store.reading() as unit:
            found = unit.drafts.at(place)
        return (found[0], from_json(Form, found[1])) if found else None

    def keep_draft(self, id: str, form: Form, place: str = "") -> None:
        """Keep a form in the making."""
        with self._app.store.transaction() as unit:
            unit.drafts.keep(id, to_json(form), self.now(), place)

    def drop_draft(self, id: str) -> bool:
        """Drop a form; False when it was gone already."""
        with self._app.store.transaction() as unit:
            return unit.drafts.drop(id)


def _form(content: str | None) -> Form | None:
    return None if content is None else from_json(Form, content)


class TerminalHouse(DeskHouse):
    """The house as the terminal sees it: everything is done before the next line is read."""

    def take(self, event: Event) -> None:
        """Handle an event."""
        self._app.take(self._app.intake.arrival(uuid4().hex, event, CHANNEL))

    def deliver(self, hear: Callable[[Say, Message], None], tell: Callable[[ToStaff], None]) -> int:
        """Carry out what stands in the outbox."""
        return self._app.deliver(CHANNEL, hear, tell)

    def letters(self) -> Sequence[Path]:
        """Return the letters in the local outbox."""
        return sorted((self._app.settings.service.data_dir / "mail").glob("*.eml"))
