"""The port that channels and desks use, on top of the store and the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.channels.desk.card import Happening
from bot.channels.desk.form import Form, NewRequest, Subject
from bot.channels.desk.port import CardPosition, Case, Draft
from bot.channels.desk.wording import Wording
from bot.content.load import Content
from bot.content.wording import worded
from bot.core.catalog import Language, Notice
from bot.core.conversation import languages, verification
from bot.core.effects import Say, Text
from bot.core.envelopes import InboundEvent
from bot.core.events import Event
from bot.core.knowledge import Knowledge
from bot.core.messages import Message
from bot.core.tickets.absence import Absences
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.record import Observed, observed
from bot.core.tickets.register import Sought
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Actor, Person, Ticket
from bot.service import absences
from bot.service.documents import Documents, Outside
from bot.service.intake import Intake
from bot.service.uploads import Uploads
from bot.storage.cards import Card
from bot.storage.codec import from_json, to_json
from bot.storage.store import Store
from bot.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of staff, with their account on each platform where they have one."""

    name: str
    actor: Actor
    accounts: Mapping[str, str]


class Queries:
    """The assistant as channels and desks see it: implements `Assistant` and `Desk`."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        staff: Sequence[StaffMember],
        content: Content,
        knowledge: Knowledge,
        language: Language,
        intake: Intake,
        uploads: Uploads,
        outside: Outside,
    ) -> None:
        self._store = store
        self._clock = clock
        self._staff = staff
        self._content = content
        self._intake = intake
        self.keep_file = uploads.keep
        self.known = knowledge
        self.wording = Wording(
            render=content.texts.render,
            language=language,
            rules=knowledge.rules,
            names={member.actor.key: member.name for member in staff},
            clock=clock,
        )
        self.documents = Documents(store, self, content.texts.labels, outside)

    @property
    def rules(self) -> Rules:
        return self.known.rules

    @property
    def notice(self) -> Notice:
        return self.known.notice

    @property
    def buttons_key(self) -> bytes:
        return self._store.keys.buttons

    def now(self) -> datetime:
        return self._clock()

    # For people

    def text(self, key: str, language: Language, **values: str | int) -> str:
        return self._content.texts.render(key, language, values)

    def worded(self, say: Say, words: Mapping[str, str] | None = None) -> Message:
        return worded(say, self._content, words)

    def inbound(self, event_id: str, event: Event, desk: str = "", draft: str = "") -> InboundEvent:
        return replace(self._intake.inbound(event_id, event, desk), draft=draft)

    def keep(self, events: Iterable[InboundEvent], cursor: tuple[str, str] | None = None) -> int:
        """Store events together with the cursor of their source."""
        return self._intake.receive(events, cursor)

    def tickets_of(self, person: Person) -> Sequence[Ticket]:
        with self._store.reading() as unit:
            return unit.tickets.of(*unit.keys.persons(person))

    def status(self, person: Person, language: Language | None) -> Message:
        owned = self.tickets_of(person)
        spoken = languages.of_person(self.rules.languages, owned, language)
        parts = tuple(
            Text(key=f"status.{verification.phase(ticket)}", values=self._values(ticket))
            for ticket in owned
        )
        none = (Text(key="status.none"),)
        return self.worded(Say(to=person, language=spoken, parts=parts or none))

    def _values(self, ticket: Ticket) -> Mapping[str, str]:
        due = ticket.clock.end(self.rules.today(self.now())).due.isoformat()
        return {"number": ticket.number, "right": ticket.right, "due": due}

    # What a channel remembers

    def note(self, name: str) -> str:
        with self._store.reading() as unit:
            return unit.meta.get(name) or ""

    def keep_note(self, name: str, value: str) -> None:
        self._store.retrying(lambda unit: unit.meta.set(name, value))

    def acquire_lease(self, name: str, owner: str, lease: timedelta) -> bool:
        with self._store.reading() as unit:
            if not unit.meta.is_free(name, owner, self.now()):
                return False
        return self._store.retrying(
            lambda unit: unit.meta.acquire_lease(name, owner, self.now(), lease)
        )

    def file_content(self, file: str) -> bytes:
        """Return what is in a file of a ticket. Raises KeyFault when it is there no longer."""
        with self._store.reading() as unit:
            return unit.files.content(file)

    # Staff, tickets, inquiries

    def actors(self) -> Mapping[str, Actor]:
        return {member.name: member.actor for member in self._staff}

    def staff(self, platform: str) -> Mapping[str, Actor]:
        here = (member for member in self._staff if platform in member.accounts)
        return {member.accounts[platform]: member.actor for member in here}

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        with self._store.reading() as unit:
            return unit.tickets.by_due_date(ended=ended)

    def sought(self, sought: Sought) -> Sequence[Ticket]:
        with self._store.reading() as unit:
            return unit.tickets.sought(sought)

    def damaged(self, *, ended: bool) -> Sequence[str]:
        with self._store.reading() as unit:
            return [*unit.tickets.damaged(ended=ended), *unit.inquiries.damaged(closed=ended)]

    def inquiries(self) -> Sequence[Inquiry]:
        with self._store.reading() as unit:
            return unit.inquiries.open()

    def case(self, id: str, desk: str = "") -> Case | None:
        with self._store.reading() as unit:
            return self._case(unit, id, desk)

    def case_numbered(self, number: str, desk: str = "") -> Case | None:
        with self._store.reading() as unit:
            found = unit.tickets.numbered(number) or unit.inquiries.numbered(number)
            return self._case(unit, found.id, desk) if found else None

    def _case(self, unit: Unit, id: str, desk: str) -> Case | None:
        if id == (new := NewRequest()).id:
            return Case(subject=new, history=())
        # Read before the ticket: what happens in between is missing here, and shown next time.
        rows = unit.audit.history(id)
        subject = unit.tickets.by_id(id) or unit.inquiries.by_id(id)
        if subject is None:
            return None
        card = unit.cards.at(id, desk) if desk else None
        return Case(
            subject=subject,
            history=[
                Happening(
                    at=row.at,
                    who=self.wording.name(row.actor),
                    what=row.action,
                    before=row.before,
                    after=row.after,
                )
                for row in rows
            ],
            card=CardPosition(card.place, card.history_shown) if card else None,
        )

    def absences(self) -> Absences:
        with self._store.reading() as unit:
            return absences.noted(unit, self.rules)

    def keep_absence(self, actor: Actor, back: date, desk: str) -> None:
        facts = {"until": back.isoformat(), "desk": desk}
        record = observed(Observed.AWAY, self.now(), actor=actor.key, facts=facts)
        self._store.retrying(lambda unit: absences.note(unit, actor, back, record))

    def note_access(
        self,
        what: Observed,
        actor: Actor,
        desk: str,
        subject: Subject | None = None,
        *,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        record = observed(
            what,
            self.now(),
            actor=actor.key,
            ticket=subject.id if subject else "",
            number=subject.number if subject else "",
            facts={"desk": desk, **(facts or {})},
        )
        self._store.retrying(lambda unit: unit.audit.append(record))

    # Cards and drafts

    def keep_card(self, subject: str, desk: str, position: CardPosition) -> None:
        card = Card(place=position.place, history_shown=position.history_shown)
        self._store.retrying(lambda unit: unit.cards.keep(subject, desk, card))

    def draft(self, id: str) -> Draft | None:
        with self._store.reading() as unit:
            return self._draft(unit, id, unit.drafts.content(id))

    def draft_at(self, place: str) -> Draft | None:
        with self._store.reading() as unit:
            found, content = unit.drafts.at(place) or ("", None)
            return self._draft(unit, found, content)

    def _draft(self, unit: Unit, id: str, content: str | None) -> Draft | None:
        form = from_json(Form, content) if content else None
        case = self._case(unit, form.subject, "") if form else None
        return Draft(id=id, form=form, case=case) if form and case else None

    def keep_draft(self, id: str, form: Form, place: str = "") -> None:
        self._store.retrying(lambda unit: unit.drafts.keep(id, to_json(form), self.now(), place))

    def drop_draft(self, id: str) -> bool:
        return self._store.retrying(lambda unit: unit.drafts.drop(id))
