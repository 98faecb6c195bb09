"""The catalogue: passages of the notice, intents, and the phrases that people use.

A topic is what people ask about privacy, whatever the notice says: where the notice answers it, its
intent is a `question`, else `not_in_notice`. The library of topics and phrases knows no notice
and calls both `topic`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.core.understanding.words.text import normal_form


class Language(StrEnum):
    """The languages that the assistant speaks; a notice is official in one of them."""

    FI = "fi"
    EN = "en"
    SV = "sv"


class Kind(StrEnum):
    """What a message can want. The value is also the outcome that `ask --json` prints."""

    QUESTION = "question"
    REQUEST = "request"
    NOT_IN_NOTICE = "not_in_notice"
    OUT_OF_SCOPE = "out_of_scope"
    SMALLTALK = "smalltalk"
    INCIDENT = "incident"
    HUMAN = "human"
    STATUS = "status"
    CANCEL = "cancel"


class Right(StrEnum):
    """A right of the person under the GDPR; the comment names the article."""

    ACCESS = "access"  # 15
    RECTIFICATION = "rectification"  # 16
    ERASURE = "erasure"  # 17
    RESTRICTION = "restriction"  # 18
    PORTABILITY = "portability"  # 20
    OBJECTION = "objection"  # 21(1)
    MARKETING_OBJECTION = "marketing_objection"  # 21(2)-(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The smallest verbatim unit of the notice that can be quoted alone."""

    id: str
    section: str
    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the notice and the ids of the passages below it, in order."""

    id: str
    title: str
    level: int
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """An unofficial translation of one passage or heading; stale when the original has changed."""

    text: str
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The privacy notice, cut into passages, with those unofficial translations that there are.

    `company` is how people name the company, in a word.
    """

    language: Language
    version: str
    date: str
    title: str
    company: str = ""
    sections: Mapping[str, Section]
    passages: Mapping[str, Passage]
    translations: Mapping[Language, Mapping[str, Translation]]

    @property
    def edition(self) -> str:
        """Its version with its date, as each ticket keeps them."""
        return f"{self.version} ({self.date})"

    def translates(self, passage: str, language: Language) -> bool:
        """Tell whether there is an unofficial translation of a passage."""
        return passage in self.translations.get(language, {})

    def heading(self, passage: str, language: Language) -> str:
        """Return the heading above a passage, translated where a translation exists."""
        section = self.sections[self.passages[passage].section]
        return self._in(language, section.id, section.title)

    def shown(self, passage: str, language: Language) -> str:
        """Return the passage as a customer of that language sees it."""
        return self._in(language, passage, self.passages[passage].text)

    def within(self, section: str) -> tuple[str, ...]:
        """Return the passages of a section and, for a chapter, of the sections below it."""
        start = self.sections[section]
        found = list(start.passages)
        ids = list(self.sections)
        for below in (self.sections[i] for i in ids[ids.index(section) + 1 :]):
            if start.level == 1 or below.level <= start.level:
                break
            found.extend(below.passages)
        return tuple(found)

    def _in(self, language: Language, key: str, original: str) -> str:
        translation = self.translations.get(language, {}).get(key)
        return original if translation is None else translation.text


TOPIC = "topic"
_TOPICS = frozenset({Kind.QUESTION, Kind.NOT_IN_NOTICE})


def in_library(intent: str) -> str:
    """Return what the library calls an intent: `topic.cookies` or `request.access`."""
    kind, _, name = intent.partition(".")
    return f"{TOPIC}.{name}" if kind in _TOPICS else intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a message wants, and the passages that answer it (the first is quoted first).

    `text` is the key of a reply of the assistant's own, for what it can say of itself. `near` is
    the topic that this one is nearest to, by its name in the library; a `rare` one few notices
    answer, whether this one does or not.
    """

    id: str
    kind: Kind
    passages: tuple[str, ...] = ()
    right: Right | None = None
    text: str = ""
    near: str = ""
    rare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An example wording of an intent in one language; `said` is its text in normal form.

    `intent` is the name in the library or the id. `learnt` is the text without the company's name,
    where it has one: so that what is learnt from it is true of any company.
    """

    intent: str
    language: Language
    text: str
    learnt: str = ""
    said: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", normal_form(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All intents by id, and all phrases."""

    intents: Mapping[str, Intent]
    phrases: Sequence[Phrase]
    _named: Mapping[str, Intent] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", {in_library(i.id): i for i in self.intents.values()})

    def find(self, name: str) -> Intent | None:
        """Return the intent of an id or of a name in the library; None where there is none.

        An id may be from a time when the notice said more, or less, on the topic.
        """
        return self._named.get(in_library(name))

    def topic_of(self, request: Intent) -> Intent | None:
        """Return the question about the right that an intent asks for; None where there is none."""
        return self.find(request.id.replace("request.", "topic.", 1))

    def library(self) -> Catalog:
        """Return what is the same for every notice: what is learnt, the model is learnt from."""
        return Catalog(
            intents={
                name: Intent(
                    id=name, kind=kind_in_library(intent), right=intent.right, rare=intent.rare
                )
                for name, intent in self._named.items()
            },
            phrases=tuple(
                replace(phrase, intent=in_library(phrase.intent), text=phrase.learnt or phrase.text)
                for phrase in self.phrases
            ),
        )

    def request(self, right: Right) -> Intent:
        """Return the intent that asks for a right."""
        return next(i for i in self.intents.values() if i.right is right)

    def requests_about(self, intent: Intent) -> tuple[Intent, ...]:
        """Return what asks for the rights that an intent quotes, in the order of its passages.

        A passage on several rights at once names none of them.
        """
        rights = [i for i in self.intents.values() if i.right and i.passages]
        found = ([i for i in rights if i.passages[0] == passage] for passage in intent.passages)
        return tuple(one[0] for one in found if len(one) == 1)


def kind_in_library(intent: Intent) -> Kind:
    """Return the kind that an intent is learnt as, whatever the notice says of it."""
    if intent.kind not in _TOPICS:
        return intent.kind
    return Kind.NOT_IN_NOTICE if intent.rare else Kind.QUESTION
