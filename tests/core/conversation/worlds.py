"""Small worlds for the tests of a conversation: valid by default, with what a test changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.buttons import Button
from bot.core.catalog import (
    Catalog,
    Intent,
    Kind,
    Language,
    Notice,
    Passage,
    Right,
    Section,
    Translation,
)
from bot.core.contacts import OnFile, email
from bot.core.conversation.dialogue import Dialogue, Idle, Request, State
from bot.core.conversation.reply import Reply
from bot.core.conversation.world import World
from bot.core.effects import Choice, Part, Text
from bot.core.knowledge import Knowledge
from bot.core.tickets import identity, new_ticket, transitions
from bot.core.tickets.code_budget import SentCodes
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Person, Ticket
from bot.core.tickets.transitions import Change
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage
from bot.core.understanding.replies.meaning import ReplyReader
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from bot.core.understanding.words.cues import cues

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
KEY = b"the key of codes"
CODE = "70000001"
EMAIL = "matti@example.com"
MATTI = Person(channel="test", account="matti", thread="message-7")

_PASSAGES = {
    "cookies-1": ("cookies", "Käytämme evästeitä."),
    "cookies-2": ("cookies", "Voit kieltää evästeet."),
    "rights-1": ("rights", "Henkilöllä on oikeuksia."),
    "contact-1": ("contact", "Kysy osoitteesta info@example.fi."),
}
NOTICE = Notice(
    language=Language.FI,
    version="1",
    date="2026-01-01",
    title="Seloste",
    sections={
        name: Section(
            id=name,
            title=name.title(),
            level=2,
            passages=tuple(p for p, (section, _) in _PASSAGES.items() if section == name),
        )
        for name in ("cookies", "rights", "contact")
    },
    passages={
        name: Passage(id=name, section=section, text=text)
        for name, (section, text) in _PASSAGES.items()
    },
    translations={Language.EN: {"cookies-1": Translation(text="We use cookies.")}},
)
_INTENTS = (
    Intent(id="question.cookies", kind=Kind.QUESTION, passages=("cookies-1",)),
    Intent(id="question.rights", kind=Kind.QUESTION, passages=("rights-1",)),
    Intent(id="not_in_notice.officer", kind=Kind.NOT_IN_NOTICE, passages=("contact-1",)),
    Intent(id="not_in_notice.nothing", kind=Kind.NOT_IN_NOTICE),
    Intent(id="not_in_notice.response-time", kind=Kind.NOT_IN_NOTICE, text="law.response_time"),
    Intent(id="not_in_notice.robot", kind=Kind.NOT_IN_NOTICE, text="own.robot"),
    Intent(id="not_in_notice.fee", kind=Kind.NOT_IN_NOTICE, text="law.fee", passages=("rights-1",)),
    Intent(id="question.consent", kind=Kind.QUESTION, text="law.consent", passages=("rights-1",)),
    Intent(id="out_of_scope.chatter", kind=Kind.OUT_OF_SCOPE),
    Intent(id="out_of_scope.company", kind=Kind.OUT_OF_SCOPE),
    Intent(id="smalltalk.hello", kind=Kind.SMALLTALK),
    Intent(id="smalltalk.help", kind=Kind.SMALLTALK),
    Intent(id="smalltalk.language", kind=Kind.SMALLTALK),
    *(
        Intent(id=str(kind), kind=kind)
        for kind in (Kind.INCIDENT, Kind.HUMAN, Kind.STATUS, Kind.CANCEL)
    ),
    *(
        Intent(id=f"request.{right}", kind=Kind.REQUEST, right=right, passages=("rights-1",))
        for right in Right
    ),
)
CATALOG = Catalog(intents={intent.id: intent for intent in _INTENTS}, phrases=())

IN_GERMAN = "Bitte löschen Sie meine Daten"


@dataclass(frozen=True)
class Understood:
    """A matcher that understands a few wordings; the rest is chatter in a language unknown."""

    intents: Mapping[str, str] = field(default_factory=dict)
    rights: Mapping[str, tuple[Right, ...]] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    greetings: Mapping[str, Language] = field(default_factory=dict)
    besides: Mapping[str, str] = field(default_factory=dict)
    reported: frozenset[str] = frozenset()
    confidence: float = 1.0

    def language_of(self, text: str) -> tuple[Language, float]:
        language = self.languages.get(text)
        return (language, 0.95) if language else (Language.FI, 0.4)

    def match(self, text: str, language: Language | None = None) -> Match:
        spoken = self.greetings.get(text) or language or self.language_of(text)[0]
        if options := self.options.get(text):
            return Match(
                language=spoken,
                outcome=Outcome.CLARIFY,
                intent=options[0],
                options=options,
                confidence=self.confidence,
            )
        if text == IN_GERMAN:
            return Match(language=spoken, outcome=Outcome.SMALLTALK, intent=OTHER_LANGUAGE)
        intent = CATALOG.intents[self.intents.get(text, "out_of_scope.chatter")]
        asked = intent.kind is Kind.QUESTION
        return Match(
            language=spoken,
            outcome=Outcome.ANSWER if asked else Outcome(intent.kind),
            intent=intent.id,
            right=intent.right,
            rights=self.rights.get(text, (intent.right,) if intent.right else ()),
            confidence=self.confidence,
            reported=text in self.reported,
            besides=(self.match(self.besides[text]),) if text in self.besides else (),
        )


WORDS = Understood(
    intents={
        "evästeet?": "question.cookies",
        "use cookies?": "question.cookies",
        "kuka vastaa?": "not_in_notice.officer",
        "oletko robotti?": "not_in_notice.robot",
        "poistakaa tietoni": "request.erasure",
        "näyttäkää ja poistakaa": "request.access",
        "vuosi, poistakaa": "request.erasure",
        "evästeet? poistakaa": "request.erasure",
        "evästeet? kuka vastaa?": "question.cookies",
        "teiltä vuosi": "incident",
        "peruuta pyyntö": "cancel",
        "peruuta T-2026-0002": "cancel",
        "missä pyyntöni on": "status",
        "ihminen kiitos": "human",
        "puhutko ruotsia": "smalltalk.language",
        "hei": "smalltalk.hello",
        "hello": "smalltalk.hello",
    },
    besides={"evästeet? poistakaa": "evästeet?", "evästeet? kuka vastaa?": "kuka vastaa?"},
    reported=frozenset({"vuosi, poistakaa"}),
    rights={"näyttäkää ja poistakaa": (Right.ACCESS, Right.ERASURE)},
    options={"oikeudet vai evästeet?": ("question.rights", "question.cookies")},
    languages={
        "use cookies?": Language.EN,
        "cookies?": Language.EN,
        "kakor?": Language.SV,
        IN_GERMAN: Language.FI,
    },
    greetings={"hello": Language.EN},
)


class PlainReader:
    """A reader that goes by plain words, within the safeguards of the real one."""

    def read(self, asked: Asked, text: str, language: Language, /) -> Reading:
        return ReplyReader(self).read(asked, text, language)

    def knows(self, _word: str, /) -> bool:
        return False

    def log_probabilities(
        self, text: str, asked: Asked, language: Language, /
    ) -> dict[Meaning, float]:
        likely = dict.fromkeys(Meaning, -1.0)
        likely[_ASKED_FOR.get(asked.stage, Meaning.UNCLEAR)] = 0.5
        for place, (cue, meaning) in enumerate(_SHOWN, 1):
            if cue in cues(text, language):
                likely[meaning] = place
        if text.endswith("?"):
            likely[Meaning.QUESTION] = len(_SHOWN) + 1.0
        return {
            meaning: 10 * share for meaning, share in likely.items()
        }  # what leads, leads by far


_ASKED_FOR = {
    Stage.NAME: Meaning.VALUE,
    Stage.EMAIL: Meaning.VALUE,
    Stage.DETAILS: Meaning.VALUE,
    Stage.STAFF_QUESTION: Meaning.ANSWER,
}
# What a cue shows; the later one counts.
_SHOWN = (
    ("yes", Meaning.AGREE),
    ("no", Meaning.REFUSE),
    ("wrong", Meaning.CHANGE),
    ("no_mail", Meaning.NO_EMAIL),
    ("human", Meaning.HUMAN),
)


@dataclass(frozen=True)
class Reads:
    """A reader that reads everything as the same."""

    reading: Reading

    def read(self, _asked: Asked, _text: str, _language: Language, /) -> Reading:
        return self.reading


KNOWLEDGE = Knowledge(
    catalog=CATALOG, notice=NOTICE, matcher=WORDS, reader=PlainReader(), rules=Rules()
)


@dataclass(frozen=True)
class Ids:
    """What is new, the same each time."""

    id: str = "id-new"
    ticket_number: str = "T-2026-0009"
    inquiry_number: str = "Q-2026-0009"
    code: str = CODE


@dataclass(frozen=True)
class Codes:
    """What was done with codes before: the same for every address, unless it is named."""

    sent: SentCodes = SentCodes()
    named: Mapping[str, SentCodes] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def sent_to(self, email: str) -> SentCodes:
        return self.named.get(email, self.sent)

    def knows(self, word: str) -> bool:
        return word in self.words


def a_world(*tickets: Ticket, **changes: Any) -> World:
    """Return a world in which these are the person's tickets, and nothing else is remarkable."""
    world = World(
        knowledge=KNOWLEDGE,
        now=NOW,
        received_at=NOW - timedelta(minutes=1),
        person=MATTI,
        tickets=tickets,
        new=Ids(),
        code_key=KEY,
        on_file=OnFile(),
        codes=Codes(),
        open_inquiries=lambda: 0,
    )
    return replace(world, **changes)


def a_dialogue(state: State | None = None, **changes: Any) -> Dialogue:
    """Return a dialogue in Finnish that has begun."""
    dialogue = Dialogue(language=Language.FI, greeted=True, asked=3, state=state or Idle())
    return replace(dialogue, **changes)


def a_request(right: Right = Right.ACCESS, **changes: Any) -> Request:
    """Return a request that was asked for an hour ago, with nothing filled in."""
    return replace(Request(right=right, asked_at=NOW - timedelta(hours=1)), **changes)


def filled(right: Right = Right.ACCESS, **changes: Any) -> Request:
    """Return a request with everything filled in."""
    fields = {"name": "Matti", "email": EMAIL, "details": "kaikki"}
    return a_request(right, **{"fields": fields, **changes})


def a_ticket(right: Right = Right.ACCESS, **changes: Any) -> Ticket:
    """Return a ticket that awaits the person's code."""
    change = new_ticket.open_ticket(
        id="id-1",
        number="T-2026-0001",
        right=right,
        language=Language.FI,
        person=Person(channel="test", account="matti", name="Matti", email=EMAIL),
        details="",
        now=NOW - timedelta(days=1),
        rules=Rules(),
    )
    return replace(change.ticket, **changes)


def coded(ticket: Ticket, code: str = CODE, sent_at: datetime = NOW) -> Ticket:
    """Return a ticket for which a code was sent."""
    challenge = identity.challenge(code, ticket.id, KEY, sent_at)
    return replace(ticket, challenge=challenge, codes_sent=(*ticket.codes_sent, sent_at))


def proved(ticket: Ticket) -> Ticket:
    """Return a ticket whose person has shown control of an address that is not on file."""
    evidence = Evidence(
        method=Method.EMAIL_CODE,
        at=NOW,
        by=THE_CUSTOMER.key,
        contact=email(ticket.person.email),
    )
    return acted(ticket, Command(action=Action.VERIFY, evidence=evidence))


def withdrawn(ticket: Ticket) -> Ticket:
    """Return a ticket that its person withdrew."""
    return acted(ticket, Command(action=Action.WITHDRAW))


def acted(ticket: Ticket, command: Command) -> Ticket:
    """Return a ticket on which its person acted."""
    change = transitions.apply(ticket, command, THE_CUSTOMER, NOW, Rules())
    assert isinstance(change, Change)
    return change.ticket


def keys(parts: Reply | tuple[Part, ...]) -> list[str]:
    """Return the keys of the texts that are said, in their order."""
    said = parts.parts if isinstance(parts, Reply) else parts
    return [part.key for part in said if isinstance(part, Text)]


def pressable(reply: Reply) -> list[Button]:
    """Return the buttons below a reply."""
    return [choice.button for choice in reply.choices]


def named(reply: Reply, button: Button) -> Choice:
    """Return the choice that a button is of."""
    return next(choice for choice in reply.choices if choice.button == button)
