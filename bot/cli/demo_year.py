"""A made-up year of requests: who asked for what when, and how staff handled it.

The same seed gives the same year. Names and addresses are made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from bot.core import contacts
from bot.core.catalog import Language, Right
from bot.core.tickets import identity
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.copies import GIVE_A_COPY, Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import THE_CUSTOMER, THE_SYSTEM, Action, Actor, Extent, Person

T = TypeVar("T")
# Telegram's ids have 52 bits at most, and Slack's begin with a letter: nobody has this account.
_NOBODYS = 10**16
_FIRST = "Aino Eero Liisa Matti Sanna Juho Kaisa Mikko Elina Antti Maria Jukka Ida Ville Åsa Öyvind"
_LAST = "Virtanen Mäkinen Korhonen Lindqvist Hämäläinen Åkerblom Niemi Söderholm Laine Yli-Öövinen"
_RIGHTS = {
    Right.ACCESS: 34,
    Right.ERASURE: 27,
    Right.MARKETING_OBJECTION: 17,
    Right.RECTIFICATION: 10,
    Right.OBJECTION: 5,
    Right.RESTRICTION: 4,
    Right.PORTABILITY: 3,
}
_LANGUAGES = {Language.FI: 72, Language.EN: 16, Language.SV: 12}
_CHANNELS: dict[str, int] = {
    "telegram": 46,
    "http": 22,
    "slack": 9,
    Source.MAILBOX: 14,
    Source.PHONE: 6,
    Source.LETTER: 2,
    Source.COUNTER: 1,
}
_WORDS = {
    Language.FI: "Pyydän tätä teiltä: {right}.",
    Language.EN: "I ask you for this: {right}.",
    Language.SV: "Jag ber er om detta: {right}.",
}
_REFUSALS = (
    "Kirjanpitolaki velvoittaa säilyttämään tositteet kuusi vuotta.",
    "Pyyntö on ilmeisen kohtuuton: sama pyyntö toteutettiin viime kuussa.",
    "Tietoja ei voi yhdistää pyytäjään.",
)
_QUESTIONS = (
    "Missä maassa palvelimenne ovat?",
    "Who is your data protection officer?",
    "Kuinka kauan puhelutallenteita säilytetään?",
    "Vem kan läsa mina meddelanden?",
    "Käytättekö tekoälyä hakemusten käsittelyssä?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody does to a ticket, and when."""

    at: datetime
    actor: Actor
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One request, with what is done about it in order."""

    id: str
    at: datetime
    right: Right
    language: Language
    person: Person
    source: Source | None
    opening: str
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to staff; without `answered_at` it still waits."""

    id: str
    at: datetime
    language: Language
    person: Person
    question: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The staff of the year: one attests, another decides."""

    agent: Actor
    approver: Actor


def planned(number: int, end: datetime, team: Team, seed: int) -> tuple[list[Case], list[Asked]]:
    """Return a year of requests that ends at a moment, with a tenth as many questions."""
    chance = Random(seed)  # noqa: S311 - nothing is kept secret with it
    cases = [_case(chance, _moment(chance, end), team) for _ in range(number)]
    asked = [_asked(chance, _moment(chance, end), end) for _ in range(number // 10)]
    return cases, asked


def _moment(chance: Random, end: datetime) -> datetime:
    """Return when somebody wrote: rather lately, on a weekday, and by day."""
    day = end - timedelta(days=1 + 364 * chance.random() ** 1.25)
    if day.weekday() > 4 and chance.random() < 0.7:
        day -= timedelta(days=2)
    clock = min(max(chance.gauss(13.5, 4), 0.2), 23.5)
    return datetime.combine(day.date(), time(), tzinfo=end.tzinfo) + timedelta(hours=clock)


def _person(chance: Random, channel: str) -> Person:
    first, last = chance.choice(_FIRST.split()), chance.choice(_LAST.split())
    number = chance.randrange(10**9)
    account, email = str(_NOBODYS + number), f"demo.{number}@example.com"
    return Person(channel=channel, account=account, name=f"{first} {last}", email=email)


def _case(chance: Random, at: datetime, team: Team) -> Case:
    right, language = _drawn(chance, _RIGHTS), _drawn(chance, _LANGUAGES)
    came = _drawn(chance, _CHANNELS)
    source = came if isinstance(came, Source) else None
    person = _person(chance, "offline" if source else came)
    return Case(
        id=_id(chance),
        at=at,
        right=right,
        language=language,
        person=person,
        source=source,
        opening=_WORDS[language].format(right=right.replace("_", " ")),
        steps=list(_steps(chance, at, right, person, team)),
    )


def _steps(
    chance: Random, at: datetime, right: Right, person: Person, team: Team
) -> Iterator[Step]:
    if chance.random() < 0.09:  # nobody ever showed who they are
        yield _step(at, 61 + chance.random(), THE_SYSTEM, Action.LAPSE)
        return
    if chance.random() < 0.05:
        yield _step(at, 4 * chance.random(), THE_CUSTOMER, Action.WITHDRAW)
        return
    proved = at + timedelta(days=0.01 + 2.5 * chance.random() ** 3)
    yield _verified(chance, proved, person, team)
    days = min(chance.lognormvariate(1.9, 0.75), 27.0)
    if chance.random() < 0.06:
        ask = Command(action=Action.SUSPEND, ground=Ground.CLARIFICATION, text="Mitä tietoja?")
        yield Step(at=proved + timedelta(days=1), actor=team.approver, command=ask)
        answer = Command(action=Action.ANSWER, text="Viime vuoden tilaukset.")
        days += 5
        yield Step(at=proved + timedelta(days=5), actor=THE_CUSTOMER, command=answer)
    if chance.random() < 0.05:
        extend = Command(action=Action.EXTEND, text="Pyyntö on laaja.")
        yield Step(at=at + timedelta(days=20), actor=team.approver, command=extend)
        days = chance.uniform(35, 85)
    elif chance.random() < 0.025:
        days = chance.uniform(34, 50)  # late
    done = max(at + timedelta(days=days), proved + timedelta(hours=1))
    yield from _decided(chance, proved, done, right, team)


def _verified(chance: Random, at: datetime, person: Person, team: Team) -> Step:
    if chance.random() < 0.6:
        contact = contacts.email(person.email)
        by, method = THE_CUSTOMER, Method.EMAIL_CODE
        shown = Evidence(method=method, at=at, by=by.key, on_file=True, contact=contact)
    else:
        by, method = team.agent, chance.choice(sorted(identity.ATTESTED))
        shown = identity.attestation(method, by.key, at)
    return Step(at=at, actor=by, command=Command(action=Action.VERIFY, evidence=shown))


def _decided(
    chance: Random, proved: datetime, done: datetime, right: Right, team: Team
) -> Iterator[Step]:
    if chance.random() < 0.08:
        refuse = Command(action=Action.REFUSE, text=chance.choice(_REFUSALS))
        yield Step(at=done, actor=team.approver, command=refuse)
        return
    confirmed = proved + (done - proved) * 0.4
    yield Step(at=confirmed, actor=team.approver, command=Command(action=Action.CONFIRM))
    if right in GIVE_A_COPY:
        way = chance.choice([Way.POST, Way.HANDED_OVER, Way.POST, Way.NOTHING_HELD])
        deliver = Command(action=Action.DELIVER, way=way, text="Jäljennös on toimitettu.")
        yield Step(at=done - (done - confirmed) / 4, actor=team.approver, command=deliver)
    partly = chance.random() < 0.12
    fulfil = Command(
        action=Action.FULFIL,
        extent=Extent.PARTLY if partly else Extent.FULLY,
        text="Kirjanpitoaineisto säilytetään." if partly else "",
    )
    yield Step(at=done, actor=team.approver, command=fulfil)


def _step(at: datetime, days: float, actor: Actor, action: Action) -> Step:
    return Step(at=at + timedelta(days=days), actor=actor, command=Command(action=action))


def _asked(chance: Random, at: datetime, end: datetime) -> Asked:
    answered = at + timedelta(days=chance.lognormvariate(0.5, 0.9))
    waits = answered >= end or chance.random() < 0.03
    return Asked(
        id=_id(chance),
        at=at,
        language=_drawn(chance, _LANGUAGES),
        person=_person(chance, "telegram"),
        question=chance.choice(_QUESTIONS),
        answered_at=None if waits else answered,
    )


def _drawn(chance: Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
