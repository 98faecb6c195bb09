"""Plays a transcript against the pure core alone: dialogues, tickets and inquiries in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import count

from bot.channels.render import plain
from bot.content.load import Content
from bot.content.loaded import Understanding
from bot.content.wording import labels, worded
from bot.core.catalog import Language
from bot.core.conversation import languages, unfinished
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.step import Step, handed_over, reminded, step
from bot.core.conversation.unfinished import Due
from bot.core.conversation.world import World
from bot.core.effects import Effect, ReportDenial, Say, SendCode, ShowInquiry, ShowTicket
from bot.core.events import (
    Chose,
    CustomerEvent,
    FromCustomer,
    Said,
    StaffActed,
    StaffAnswered,
)
from bot.core.knowledge import Knowledge
from bot.core.messages import Button
from bot.core.sanitise import sanitise
from bot.core.tickets import staff_decision
from bot.core.tickets.code_budget import (
    REMEMBERED,
    CodeEvent,
    CodeNote,
    SentCodes,
    domain,
    folded,
)
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Actor, Denial, Person, Role, Ticket
from tests import transcripts
from tests.conftest import STAFF
from tests.core.register import on_file
from tests.transcripts import StaffLine

DESK_SPEAKS = Language.FI


class NewIds:
    """Ids, numbers and codes in their order."""

    def __init__(self, serials: Mapping[str, count[int]], year: int) -> None:
        self._serials = serials
        self._year = year

    @cached_property
    def id(self) -> str:
        return f"id-{next(self._serials['id'])}"

    @cached_property
    def ticket_number(self) -> str:
        return f"T-{self._year}-{next(self._serials['T']):04d}"

    @cached_property
    def inquiry_number(self) -> str:
        return f"Q-{self._year}-{next(self._serials['Q']):04d}"

    @cached_property
    def code(self) -> str:
        return f"{70_000_000 + next(self._serials['code'])}"


class CodesInMemory:
    """What was done with codes, as the service counts it."""

    def __init__(
        self, noted: Sequence[tuple[str, CodeNote, datetime]], who: str, now: datetime
    ) -> None:
        self._noted = noted
        self._who = who
        self._now = now

    def sent_to(self, email: str) -> SentCodes:
        sent = [
            (who, note, at)
            for who, note, at in self._noted
            if note.event is CodeEvent.SENT and self._now - at < REMEMBERED
        ]
        here = [(w, n, at) for w, n, at in sent if folded(n.email) == folded(email)]
        disowned = {note.word for _, note, _ in self._noted if note.event is CodeEvent.DISOWNED}
        return SentCodes(
            to_pair=[at for who, _, at in here if who == self._who],
            to_address=[at for _, note, at in here if note.stranger],
            to_domain=[at for _, n, at in sent if n.stranger and domain(n.email) == domain(email)],
            in_all=[at for _, note, at in sent if note.stranger],
            # For far longer than letters are remembered.
            disowned=any(
                note.word in disowned and folded(note.email) == folded(email)
                for _, note, _ in self._noted
                if note.event is CodeEvent.SENT and note.word
            ),
        )

    def knows(self, word: str) -> bool:
        return any(note.word == word for _, note, _ in self._noted)


class InMemory(transcripts.Player):
    """What the service does around the core, in memory and without any of its promises."""

    def __init__(self, knowledge: Knowledge, content: Content, staff: Mapping[str, Actor]) -> None:
        super().__init__(staff, knowledge.rules.timezone)
        self._knowledge = knowledge
        self._content = content
        self._actors = staff
        self._now = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
        self._serials: dict[str, count[int]] = defaultdict(lambda: count(1))
        self._dialogues: dict[str, Dialogue] = {}
        self._since: dict[str, datetime] = {}
        self._tickets: dict[str, Ticket] = {}
        self._inquiries: dict[str, Inquiry] = {}
        self._on_file: set[str] = set()
        self._codes: list[tuple[str, CodeNote, datetime]] = []
        self._outbox: list[Effect] = []
        self._buttons: dict[str, tuple[Button, ...]] = defaultdict(tuple)

    def register(self, address: str) -> None:
        self._on_file.add(address)

    def move_clock_to(self, moment: datetime) -> None:
        self._now = moment

    def move_clock_by(self, time: timedelta) -> None:
        self._now += time

    def fall_due(self) -> None:
        """Look at requests that were left half way; the rest of the calendar is the service's."""
        rules = self._knowledge.rules
        for who, dialogue in list(self._dialogues.items()):
            due = unfinished.due(dialogue, self._since[who], self._now, rules)
            if due and dialogue.person and unfinished.may_write(self._now, rules):
                act = reminded if due is Due.REMINDER else handed_over
                world = self._world(dialogue.person, self._tickets_of(who))
                self._keep(who, act(dialogue, world))

    def again(self) -> None:
        """Do nothing: that an event comes once is the inbox's promise."""

    def write(self, who: str, text: str) -> None:
        self._take(who, Said(text=text))

    def press(self, who: str, label: str) -> None:
        tokens = [b.token for b in reversed(self._buttons[who]) if b.label == label]
        assert tokens, f"{who} sees no button {label!r}"
        self._take(who, Chose(token=tokens[0]))

    def _take(self, who: str, event: CustomerEvent) -> None:
        person = Person(channel="pure", account=who)
        came = sanitise(FromCustomer(person=person, event=event), self._today)
        tickets = self._tickets_of(who)
        spoken = self._knowledge.rules.languages
        before = self._dialogues.get(who) or Dialogue(
            language=languages.of_person(spoken, tickets, None)
        )
        self._since[who] = self._now
        self._keep(who, step(before, came.event, self._world(person, tickets)))

    def _tickets_of(self, who: str) -> tuple[Ticket, ...]:
        return tuple(t for t in self._tickets.values() if t.person.account == who)

    def _world(self, person: Person, tickets: tuple[Ticket, ...]) -> World:
        asked = [i for i in self._inquiries.values() if i.person.account == person.account]
        return World(
            knowledge=self._knowledge,
            now=self._now,
            received_at=self._now,
            person=person,
            tickets=tickets,
            new=NewIds(self._serials, self._today.year),
            code_key=b"key",
            on_file=on_file(*((address,) for address in self._on_file)),
            codes=CodesInMemory(self._codes, person.account, self._now),
            open_inquiries=lambda: sum(not inquiry.closed_at for inquiry in asked),
            waiting_inquiries=lambda: [one for one in asked if not one.closed_at],
        )

    def _keep(self, who: str, made: Step) -> None:
        self._dialogues[who] = made.dialogue
        self._tickets |= {ticket.id: ticket for ticket in made.tickets}
        if made.inquiry:
            self._inquiries[made.inquiry.id] = made.inquiry
        self._outbox += made.effects
        self._codes += [(who, note, self._now) for note in made.codes]

    def staff_acts(self, line: StaffLine) -> None:
        subjects = self._inquiries if line.on_inquiry else self._tickets
        subject = next(one for one in subjects.values() if one.number == line.number)
        actor = self._actors[line.who]
        event = sanitise(line.event(subject, actor, self._now), self._today)
        denial = self._decide(event)
        if denial is not None:
            self._outbox.append(
                ReportDenial(desk="pure", actor=actor.key, number=line.number, denial=denial)
            )

    def _decide(self, event: StaffActed | StaffAnswered) -> Denial | None:
        if isinstance(event, StaffAnswered):
            made = staff_decision.reply(self._inquiries[event.inquiry], event, self._now)
            if isinstance(made, Denial):
                return made
            self._inquiries[made.inquiry.id] = made.inquiry
            self._outbox += made.effects
            return None
        ticket = self._tickets[event.ticket]
        decided = staff_decision.decide(ticket, event, self._now, self._knowledge)
        if isinstance(decided, Denial):
            return decided
        self._tickets[decided.ticket.id] = decided.ticket
        self._outbox += decided.effects
        return None

    def deliver(self) -> None:
        effects, self._outbox = self._outbox, []
        codes = [effect for effect in effects if isinstance(effect, SendCode)]
        for effect in effects:
            match effect:
                case Say():
                    self._hear(effect)
                case ShowTicket(ticket=id):
                    self.transcript.ticket(self._tickets[id], self._today)
                case ShowInquiry(inquiry=id, number=number, new=new):
                    asked = self._inquiries[id]
                    kind, until, standing = "inquiry", "", "asked"
                    if asked.notify_until and not new:
                        standing = "added"
                    if asked.closed_at:
                        standing = "answered"
                    if asked.notify_until:
                        local = asked.notify_until.astimezone(self._knowledge.rules.timezone)
                        kind, until = "incident", f"{local:%Y-%m-%dT%H:%M}"
                    key = f"desk.{kind}.{standing}"
                    told = self._text(key, DESK_SPEAKS, number=number, until=until)
                    self.transcript.desk(told)
                case ReportDenial(denial=denial):
                    self.transcript.desk(f"no, {denial}")
        for code in codes:
            minutes = int(self._knowledge.rules.codes.lifetime.total_seconds() // 60)
            values: dict[str, str | int] = {
                "number": code.number,
                "code": code.code,
                "minutes": minutes,
                "word": code.word,
            }
            subject = self._text("mail.code_subject", code.language, **values)
            text = self._text("mail.code_body", code.language, **values)
            self.transcript.mailed(code.email, subject, text)

    def _hear(self, say: Say) -> None:
        message, who = worded(say, self._content), say.to.account
        self._buttons[who] += message.buttons
        labels = [button.label for button in message.buttons]
        self.transcript.heard(who, say.language, plain(message), labels)

    def _text(self, key: str, language: Language, **values: str | int) -> str:
        return self._content.texts.render(key, language, values)

    @property
    def _today(self) -> date:
        return self._knowledge.rules.today(self._now)


def in_memory(known: Understanding) -> InMemory:
    """Return a player on what ships, with the staff of the tests."""
    content = known.content
    knowledge = Knowledge(
        catalog=content.catalog,
        notice=content.notice,
        matcher=known.matcher,
        reader=known.reader,
        rules=Rules(),
        label=labels(content),
    )
    staff = {
        member["name"]: Actor(
            key=f"staff:{member['name']}", roles=frozenset(map(Role, member["roles"]))
        )
        for member in STAFF
    }
    return InMemory(knowledge, content, staff)
