"""A text is written so that it takes long to understand: each step takes linear time.

Time is that of the processor, the best of some tries, and what it would be if nothing else ran on
the machine: a yardstick is measured beside it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.desk.masking import masked_contacts
from bot.channels.slack.incoming import as_typed
from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.contacts import OnFile
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    Offered,
    Request,
    State,
    Summary,
)
from bot.core.conversation.request_fields import Field
from bot.core.conversation.step import lookups, step
from bot.core.conversation.world import World
from bot.core.events import FromCustomer, Said
from bot.core.knowledge import Knowledge
from bot.core.sanitise import sanitise
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.core.understanding.topics.understood import knowing, texts_of, understand
from bot.core.understanding.words.own_words import of_mail
from bot.core.understanding.words.text import KEPT, LONGEST
from tests.core.conversation.worlds import Codes, Ids, a_ticket
from tests.yardstick import measured, slowness

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
MALLORY = Person(channel="test", account="mallory")
MOST = 0.050  # seconds for all that a text of 4,000 characters takes
TRIES = 5
FIELDS = {"name": "Mallory", "email": "m@example.com", "details": ""}
STATES: tuple[State, ...] = (
    Idle(),
    Offered(Request(right=Right.ERASURE, asked_at=NOW)),
    Filling(Request(right=Right.ERASURE, asked_at=NOW), Field("name")),
    Filling(
        Request(right=Right.ERASURE, asked_at=NOW, fields={"name": "M"}),
        Field("email", optional=True),
    ),
    Summary(Request(right=Right.ERASURE, asked_at=NOW, fields=FIELDS)),
    Answering("id-1"),
    Correcting("id-1"),
)
QUICKLY_TRIED = (
    STATES[0],
    STATES[4],
)  # read for its topic, read for its meaning


def mistyped(words: int) -> str:
    """Return words that each lack one letter, or have another one in its place."""
    chance = random.Random(4)
    known = "poistakaa henkilötietoni rekisteristänne tietosuojavastaavanne markkinointi".split()
    made = []
    for number in range(words):
        word = known[number % len(known)]
        place = chance.randrange(1, len(word))
        made.append(word[:place] + chance.choice("abcdefgh") + word[place + 1 :])
    return " ".join(made)


TEXTS: Mapping[str, str] = {
    "a run of spaces": "erase my data" + " " * 3980 + "b",
    "a run of tabs": "erase my data" + "\t" * 3980 + "b",
    "a run of wide spaces": "erase my data" + "\u00a0" * 3980 + "b",
    "commas": "erase my data" + ", " * 1990,
    "conjunctions": "erase my data and " * 220,
    "combining marks in the wrong order": "e" + "\u0301" * 2000 + "\u0316" * 2000,
    "characters that become three": "\ufb2c" * LONGEST,
    "a long word": "a" * LONGEST,
    "long words": ("tietosuojavastaava" * 40 + " ") * 5,
    "emoji": "\U0001f469\u200d\U0001f467" * 1300,
    "40 sentences of mistyped words": ". ".join(mistyped(7) for _ in range(45)),
    "mistyped words": mistyped(600),
    "mistyped words at commas": mistyped(600).replace(" ", ", "),
    "names without end": "Jane Roe " * 440,
    "names of one letter": "J " * 1990,
    "mistyped names": mistyped(600).title(),
    "whose names do not come": "all data about " * 265,
    "verbs without names": "Remove " * 570,
    "sentences without end": "delte my data. " * 270,
    "negations": "älkää poistako en halua " * 165,
    "lines": "\n " * 2000,
    "quotations": "> \n" * 1300,
    "digits": "1 " * 2000,
    "half an identity code": "010101-" * 570,
    "half a number": "T-2026-" * 570,
    "half an address": "a@" * 2000,
    "an address without end": "a@" + "b." * 1990,
    "open brackets": "<" * LONGEST,
}


def cost(work: Callable[[], object], most: float = MOST) -> float:
    """Return the least processor time of some tries; of fewer where one is quick enough."""
    least = float("inf")
    for _ in range(TRIES):
        least = min(least, measured(work) / slowness())
        if least < most / 2:
            break
    return least


@pytest.fixture(scope="module")
def knowledge(known: Understanding) -> Knowledge:
    content = known.content
    return Knowledge(
        catalog=content.catalog,
        notice=content.notice,
        matcher=known.matcher,
        reader=known.reader,
        rules=Rules(),
    )


def take(text: str, state: State, knowledge: Knowledge) -> None:
    """Do all that is done with a text from its arrival to its answer."""
    came = sanitise(FromCustomer(person=MALLORY, event=Said(text=text)), NOW.date())
    known = knowing(knowledge, understand(texts_of(came), knowledge.matcher))
    dialogue, tickets = Dialogue(language=Language.FI, state=state), (a_ticket(),)
    lookups(dialogue, tickets, came.event, "")
    world = World(
        knowledge=known,
        now=NOW,
        received_at=NOW,
        person=MALLORY,
        tickets=tickets,
        new=Ids(),
        code_key=b"key",
        on_file=OnFile(),
        codes=Codes(),
        open_inquiries=lambda: 0,
    )
    step(dialogue, came.event, world)


def named(states: Sequence[State]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("state", states, ids=lambda state: type(state).__name__)


@named(QUICKLY_TRIED)
@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_a_text_takes_at_most_50_ms_in_all(text: str, state: State, knowledge: Knowledge) -> None:
    assert cost(lambda: take(text, state, knowledge)) < MOST


@pytest.mark.long
@named([state for state in STATES if state not in QUICKLY_TRIED])
@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_at_no_state_does_a_text_take_longer(text: str, state: State, knowledge: Knowledge) -> None:
    assert cost(lambda: take(text, state, knowledge)) < MOST


@pytest.mark.long
@named(STATES[:2])
@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_a_letter_of_many_pages_takes_no_longer_for_each_of_them(
    text: str, state: State, knowledge: Knowledge
) -> None:
    letter = (text * 5)[:KEPT]
    most = MOST * KEPT / LONGEST
    assert cost(lambda: take(letter, state, knowledge), most) < most


PIECES = [
    *("erase my data", "poistakaa", "tietoni", "and", "ja", "please", "T-2026-0001", "radera"),
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\u00a0",
        "\u2003",
        ",",
        ", ",
        ";",
        ".",
        "? ",
        "!",
        "-",
        "_",
        "@",
        ">",
    ),
    *("\u0301", "\u0316\u0301", "\ufb2c", "\u1100\u1161", "\u200d", "\u202e", "\U0001f469", "ß"),
    *("a" * 50, "1" * 9, "poistxkaa", "tietojni", "010101-", "4111 ", "älkää ", "en halua ", "<"),
]


@pytest.fixture(scope="module")
def duration(knowledge: Knowledge) -> Callable[[str, State], float]:
    """What a text costs at a state; a function, since a failure would print all that is known."""
    return lambda text, state: cost(lambda: take(text, state, knowledge))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5),
    more=st.text(max_size=3),
    state=st.sampled_from(STATES),
)
def test_no_text_takes_longer(
    pieces: list[str], more: str, state: State, duration: Callable[[str, State], float]
) -> None:
    unit = "".join(pieces) + more
    text = (unit * (LONGEST // len(unit) + 1))[:LONGEST]
    assert duration(text, state) < MOST


MEGABYTE = 1_000_000
BODIES: Mapping[str, str] = {
    "empty lines": "\n" * MEGABYTE,
    "spaces": " " * MEGABYTE + ">",
    "lines of spaces": ("  \n" * MEGABYTE)[:MEGABYTE],
    "quotations": ("> erase my data\n" * MEGABYTE)[:MEGABYTE],
    "words": ("erase my data " * MEGABYTE)[:MEGABYTE],
}


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_a_mail_of_a_megabyte_takes_less_than_a_second(body: str, matcher: CompoundMatcher) -> None:
    assert cost(lambda: matcher.match(of_mail("Hello", body)), most=1.0) < 1.0


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_what_staff_are_shown_of_it_takes_at_most_50_ms(text: str) -> None:
    assert cost(lambda: masked_contacts(text)) < MOST
    assert cost(lambda: as_typed(text * 10)) < MOST
