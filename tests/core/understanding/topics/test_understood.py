"""Texts are understood beforehand, and then known without being looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.core.catalog import Language
from bot.core.events import AskedInPublic, Chose, Event, FromCustomer, Said, Task, TaskDue
from bot.core.knowledge import Knowledge
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person
from bot.core.understanding.topics.match import Match
from bot.core.understanding.topics.matching import Matcher
from bot.core.understanding.topics.understood import UnderstoodBefore, knowing, texts_of, understand
from tests.core.conversation.worlds import NOTICE, PlainReader
from tests.core.factories import catalog_of
from tests.core.tickets.factories import NOW
from tests.core.understanding.factories import WORDS, model

MATTI = Person(channel="test", account="matti")
FI, EN, SV = Language
# In Finnish one takes leave with it, in Swedish one greets.
TWOFOLD = catalog_of(("smalltalk.thanks", FI, "Morjens vaan"), ("human", SV, "Morjens vaan"))
REAL = Matcher(TWOFOLD, model())


@dataclass
class Counting:
    """A matcher that notes what it is asked."""

    asked: list[str] = field(default_factory=list)

    def language_of(self, text: str) -> tuple[Language, float]:
        self.asked.append(text)
        return REAL.language_of(text)

    def match(self, text: str, language: Language | None = None) -> Match:
        self.asked.append(text)
        return REAL.match(text, language)


EVENTS: Mapping[str, tuple[Event, tuple[str, ...]]] = {
    "words": (FromCustomer(person=MATTI, event=Said(text=" poista ")), ("poista",)),
    "a question in a group": (AskedInPublic(place=MATTI, text="poista "), ("poista ",)),
    "a press": (FromCustomer(person=MATTI, event=Chose(token="yes:1")), ()),
    "a task": (TaskDue(task=Task.RETENTION, day=NOW.date()), ()),
}


@pytest.mark.parametrize(("event", "texts"), EVENTS.values(), ids=list(EVENTS))
def test_what_people_write_in_their_own_words_is_to_be_understood(
    event: Event, texts: tuple[str, ...]
) -> None:
    assert texts_of(event) == texts


@pytest.mark.parametrize(
    "text", [*WORDS, "Morjens vaan", "T-2026-0001", "", "poista kopioni, kiitos"]
)
@pytest.mark.parametrize("language", [FI, EN, SV, None])
def test_what_was_understood_before_is_what_would_be_understood_now(
    text: str, language: Language | None
) -> None:
    before = UnderstoodBefore(Counting(), understand([text], REAL))
    assert before.match(text, language) == REAL.match(text, language)
    assert before.language_of(text) == REAL.language_of(text)


def test_it_is_not_looked_at_again() -> None:
    matcher = Counting()
    before = UnderstoodBefore(matcher, understand(["poista"], matcher))
    matcher.asked.clear()
    for language in Language:
        before.match("poista", language)
    before.language_of("poista")
    assert matcher.asked == []


def test_a_conversation_asks_the_matcher_that_knows() -> None:
    matcher = Counting()
    knowledge = Knowledge(
        catalog=TWOFOLD, notice=NOTICE, matcher=matcher, reader=PlainReader(), rules=Rules()
    )
    knowing(knowledge, understand(["poista"], REAL)).matcher.match("poista", FI)
    assert matcher.asked == []


def test_other_texts_are_understood_when_they_are_asked_about() -> None:
    matcher = Counting()
    before = UnderstoodBefore(matcher, {})
    assert before.match("poista", FI) == REAL.match("poista", FI)
    assert before.language_of("delete") == REAL.language_of("delete")
    before.language_of("delete")  # which is not worked out again
    assert matcher.asked == ["poista", "delete"]


def test_what_is_asked_for_somebody_else_is_understood_as_for_oneself_too() -> None:
    said = "Hoidan kuolinpesää. Haluan nähdä vainajan tiedot."
    event = FromCustomer(person=MATTI, event=Said(text=said))
    assert texts_of(event) == (said, "Haluan nähdä tietoni")
