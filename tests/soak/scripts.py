"""What the customers of the fleet say, and which of the assistant's texts must answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from bot.content.load import Content
from bot.core.catalog import Language, Right
from tests.soak.way import Reading

# Stands in every name and address: no log may hold it.
CANARY = "kanaria"
NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b")

_ASKED: Mapping[Right, Mapping[Language, str]] = {
    Right.ERASURE: {
        Language.FI: "Poistakaa tietoni",
        Language.EN: "Please erase my data",
        Language.SV: "Radera mina uppgifter",
    },
    Right.MARKETING_OBJECTION: {
        Language.FI: "Lopettakaa mainonta",
        Language.EN: "Stop sending me your newsletters",
        Language.SV: "Sluta skicka reklam till mig",
    },
}
_QUESTIONS: Mapping[Language, Mapping[str, str]] = {
    Language.FI: {
        "question.retention": "Kuinka kauan säilytätte tietojani?",
        "question.cookies": "Mihin käytätte evästeitä?",
    },
    Language.EN: {
        "question.retention": "How long do you keep my data?",
        "question.cookies": "What do you use cookies for?",
    },
    Language.SV: {
        "question.retention": "Hur länge sparar ni mina uppgifter?",
        "question.cookies": "Vad använder ni kakor till?",
    },
}
_YES = {Language.FI: "kyllä", Language.EN: "yes", Language.SV: "ja"}
_SKIP = {Language.FI: "ohita", Language.EN: "skip", Language.SV: "hoppa över"}


@dataclass(frozen=True)
class Wording:
    """The assistant's texts as patterns: what a customer recognises an answer by."""

    content: Content

    def pattern(self, language: Language, *keys: str) -> str:
        """Return a pattern for the first line of any of these texts."""
        return "|".join(self._of(language, key) for key in keys)

    def quoted(self, language: Language, intent: str) -> str:
        """Return a pattern for the first passage that answers a question."""
        passage = self.content.catalog.intents[intent].passages[0]
        return re.escape(self.content.notice.shown(passage, language))

    def _of(self, language: Language, key: str) -> str:
        first = self.content.texts.sources[language][key].strip().splitlines()[0]
        first = first.partition("{%")[0]  # what follows is said in one of several ways
        literal = re.split(r"\{[{%].*?[}%]\}", first)
        return ".*?".join(map(re.escape, literal))


class Talk(Protocol):
    """One customer's conversation, as a script sees it."""

    language: Language
    wording: Wording
    random: Random
    email: str

    def say(self, text: str, answer: str) -> Reading:
        """Write something; return the answer, which must match."""

    def offered(self, kind: str) -> str | None:
        """Return the button of a kind (what stands before the colon) under the last answer."""

    def press(self, kind: str, answer: str) -> Reading:
        """Press the button of a kind; return the answer, which must match."""

    def burst(self, lines: Mapping[str, str]) -> None:
        """Write several things without waiting; the answers must match in the same order."""

    def code(self, number: str) -> str:
        """Return the code that was mailed for a ticket."""


Script = Callable[[Talk], None]


def ask(talk: Talk) -> None:
    """Ask plain questions, each when the last one has been answered."""
    _greet(talk)
    for _ in range(talk.random.randint(1, 3)):
        intent, question = talk.random.choice(list(_QUESTIONS[talk.language].items()))
        talk.say(question, talk.wording.quoted(talk.language, intent))


def ask_in_haste(talk: Talk) -> None:
    """Ask several things at once: the answers come in the order of the questions."""
    _greet(talk)
    said, wording = talk.language, talk.wording
    lines = {text: wording.quoted(said, intent) for intent, text in _QUESTIONS[said].items()}
    lines |= {"/status": wording.pattern(said, "status.none")}
    lines |= {"/privacy": wording.pattern(said, "privacy")}
    for _ in range(2):
        order = talk.random.sample(list(lines), len(lines))
        talk.burst({text: lines[text] for text in order})


def request(talk: Talk) -> None:
    """Ask for a right, give the code, and look how it goes."""
    _greet(talk)
    _prove(talk, _open(talk, _any_right(talk)))
    if talk.random.random() < 0.5:
        _status(talk)


def request_twice(talk: Talk) -> None:
    """Ask for two rights, one after the other: the second is proved by its own code."""
    _greet(talk)
    for right in _ASKED:
        _prove(talk, _open(talk, right))
    _status(talk)


def give_up(talk: Talk) -> None:
    """Ask for a right, and never give the code."""
    _greet(talk)
    _open(talk, _any_right(talk))


def change_ones_mind(talk: Talk) -> None:
    """Ask for a right and withdraw it, perhaps when staff have already decided."""
    _greet(talk)
    number = _open(talk, _any_right(talk))
    if talk.random.random() < 0.5:
        _prove(talk, number)
    said, wording = talk.language, talk.wording
    talk.say("/cancel", wording.pattern(said, "withdraw.sure", "cancel.nothing"))
    if talk.offered("really"):
        talk.press("really", wording.pattern(said, "withdraw.done", "withdraw.ended"))


SCRIPTS: Mapping[Script, int] = {
    ask: 3,
    ask_in_haste: 3,
    request: 5,
    request_twice: 1,
    give_up: 1,
    change_ones_mind: 2,
}


def _greet(talk: Talk) -> None:
    talk.say(f"/{talk.language}", talk.wording.pattern(talk.language, "smalltalk.language"))


def _any_right(talk: Talk) -> Right:
    return talk.random.choice(list(_ASKED))


def _open(talk: Talk, right: Right) -> str:
    said, wording = talk.language, talk.wording
    talk.say(_ASKED[right][said], wording.pattern(said, f"offer.{right}"))
    if right is Right.ERASURE:
        _agree(talk, wording.pattern(said, "field.name.ask"))
        talk.say(f"{CANARY.title()} Lintunen", wording.pattern(said, "field.email.ask"))
    else:
        _agree(talk, wording.pattern(said, "field.email.ask"))
    talk.say(talk.email, wording.pattern(said, f"field.details.{right}"))
    summary = wording.pattern(said, "summary.text")
    if talk.random.random() < 0.5:
        talk.say(_SKIP[said], summary)
    else:
        talk.press("skip", summary)
    opened = _agree(talk, wording.pattern(said, "ticket.opened"))
    found = NUMBER.search(opened.text)
    assert found
    return found.group()


def _agree(talk: Talk, answer: str) -> Reading:
    if talk.random.random() < 0.5:
        return talk.say(_YES[talk.language], answer)
    return talk.press("yes", answer)


def _prove(talk: Talk, number: str) -> None:
    # Staff may have vouched for the person, or refused, before the code comes.
    taken = talk.wording.pattern(talk.language, "code.right", "code.none")
    talk.say(talk.code(number), taken)


def _status(talk: Talk) -> None:
    talk.say("/status", NUMBER.pattern)
