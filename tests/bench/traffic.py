"""What people write: nine plain questions to one message of a request, each by its own people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle
from random import Random

from bot.channels.http import CHANNEL
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from tests.conftest import ROOT

_QUESTIONS = ROOT / "tests" / "data" / "questions-dev.jsonl"
_PLAIN = frozenset({"question", "not_in_notice", "out_of_scope"})
_QUESTIONS_EACH = 3
_ONE_IN = 10
# A request from the first word to the ticket.
_REQUESTS = (
    ("Poistakaa kaikki tietoni", "kyllä", "Matti Meikäläinen", "{email}", "ohita", "kyllä"),
    ("Please delete my data", "yes", "Mary Miller", "{email}", "skip", "yes"),
    ("Radera mina uppgifter", "ja", "Maja Mäkinen", "{email}", "hoppa över", "ja"),
)
MESSAGES_A_TICKET = _ONE_IN * len(_REQUESTS[0])


@dataclass(frozen=True)
class Sent:
    """One message as a person sent it."""

    id: str
    person: Person
    text: str

    @property
    def event(self) -> FromCustomer:
        return FromCustomer(person=self.person, event=Said(text=self.text))


def traffic(name: str) -> Iterator[Sent]:
    """Yield messages without end, the same ones for the same name; ids and people are new."""
    questions, requests = _questions(name), _requests(name)
    for number in count():
        account, text = next(requests if number % _ONE_IN == 0 else questions)
        person = Person(channel=CHANNEL, account=account)
        yield Sent(id=f"{name}-{number}", person=person, text=text)


def _questions(name: str) -> Iterator[tuple[str, str]]:
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    texts = [one["text"] for one in map(json.loads, lines) if one["kind"] in _PLAIN]
    Random(name).shuffle(texts)
    for number, text in enumerate(cycle(texts)):
        yield f"{name}-asks-{number // _QUESTIONS_EACH}", text


def _requests(name: str) -> Iterator[tuple[str, str]]:
    for number, texts in enumerate(cycle(_REQUESTS)):
        account = f"{name}-requests-{number}"
        for text in texts:
            yield account, text.format(email=f"{account}@example.com")
