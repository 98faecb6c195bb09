"""What the assistant knows: passages of the notice, intents, and the phrases that people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.understanding.text import normal_form


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
    """The privacy notice, cut into passages, with those unofficial translations that there are."""

    language: Language
    version: str
    date: str
    title: str
    sections: Mapping[str, Section]
    passages: Mapping[str, Passage]
    translations: Mapping[Language, Mapping[str, Translation]]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a message wants, and the passages that answer it (the first is quoted first).

    `text` is the key of a reply of the assistant's own, for what it can say of itself.
    """

    id: str
    kind: Kind
    passages: tuple[str, ...] = ()
    right: Right | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An example wording of an intent in one language; `said` is its text in normal form."""

    intent: str
    language: Language
    text: str
    said: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", normal_form(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All intents by id, and all phrases."""

    intents: Mapping[str, Intent]
    phrases: tuple[Phrase, ...]

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
