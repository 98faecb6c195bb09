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

from bot.cli import demo_words
from bot.core import contacts
from bot.core.catalog import Language, Right
from bot.core.tickets import identity
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.copies import GIVE_A_COPY, Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.recipients import REST, Outcome
from bot.core.tickets.source import Source
from bot.core.tickets.templates import Template
from bot.core.tickets.ticket import THE_CUSTOMER, THE_SYSTEM, Action, Actor, Extent, Person

T = TypeVar("T")
# Telegram's ids have 52 bits at most, and Slack's begin with a letter: nobody has this account.
_NOBODYS = 10**16
_RIGHTS = {
    Right.ACCESS: 34,
    Right.ERASURE: 27,
    Right.MARKETING_OBJECTION: 17,
    Right.RECTIFICATION: 10,
    Right.OBJECTION: 5,
    Right.RESTRICTION: 4,
    Right.PORTABILITY: 3,
}
_IN_PART = frozenset({Right.ACCESS, Right.PORTABILITY, Right.ERASURE})
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
    first, last = (
        chance.choice(demo_words.FIRST_NAMES.split()),
        chance.choice(demo_words.LAST_NAMES.split()),
    )
    number = chance.randrange(10**9)
    account, email = str(_NOBODYS + number), f"demo.{number}@example.com"
    return Person(channel=channel, account=account, name=f"{first} {last}", email=email)


def _case(chance: Random, at: datetime, team: Team) -> Case:
    right, language = _drawn(chance, _RIGHTS), _drawn(chance, _LANGUAGES)
    came = _drawn(chance, _CHANNELS)
    source = came if isinstance(came, Source) else None
    if source:  # somebody of the staff took it
        at = _by_day(at - timedelta(days=max(at.weekday() - 4, 0)))
    person = _person(chance, "offline" if source else came)
    return Case(
        id=_id(chance),
        at=at,
        right=right,
        language=language,
        person=person,
        source=source,
        opening=demo_words.WISHES[language][right],
        steps=list(_steps(chance, _Request(at, right, language, person, source), team)),
    )


@dataclass(frozen=True, slots=True)
class _Request:
    """What staff have before them."""

    at: datetime
    right: Right
    language: Language
    person: Person
    source: Source | None


def _steps(chance: Random, of: _Request, team: Team) -> Iterator[Step]:
    if chance.random() < 0.09:  # nobody ever showed who they are
        yield _unknown(chance, of, team)
        return
    if chance.random() < 0.05:
        yield _step(of.at, 4 * chance.random(), THE_CUSTOMER, Action.WITHDRAW)
        return
    proved = of.at + timedelta(days=0.01 + 2.5 * chance.random() ** 3)
    yield _verified(chance, proved, of.person, team)
    yield from _together(chance, proved, team)
    days = min(chance.lognormvariate(1.9, 0.75), 25.0)
    if of.right in GIVE_A_COPY and chance.random() < 0.15:
        text = demo_words.WHICH[of.language]
        ask = Command(action=Action.SUSPEND, ground=Ground.CLARIFICATION, text=text)
        yield Step(at=_at_work(proved), actor=team.approver, command=ask)
        answer = Command(action=Action.ANSWER, text=demo_words.THESE[of.language])
        days, proved = days + 5, proved + timedelta(days=5)
        yield Step(at=proved, actor=THE_CUSTOMER, command=answer)
    if chance.random() < 0.05:
        extend = Command(action=Action.EXTEND, text=demo_words.LARGE[of.language])
        yield Step(at=_at_work(of.at + timedelta(days=20)), actor=team.approver, command=extend)
        days = chance.uniform(35, 85)
    elif chance.random() < 0.025:
        days = chance.uniform(34, 50)  # late
    yield from _decided(chance, proved, max(of.at + timedelta(days=days), proved), of, team)


def _unknown(chance: Random, of: _Request, team: Team) -> Step:
    """Return how a request ends whose person is not known; those of staff never lapse."""
    if of.source is None:
        return _step(of.at, 61 + chance.random(), THE_SYSTEM, Action.LAPSE)
    refuse = Command(action=Action.REFUSE, template=Template.NOT_IDENTIFIED)
    at = _at_work(of.at + timedelta(days=chance.uniform(12, 26)))
    return Step(at=at, actor=team.approver, command=refuse)


def _together(chance: Random, proved: datetime, team: Team) -> Iterator[Step]:
    """Yield that somebody takes a ticket, and what they are to do; now and then."""
    if chance.random() < 0.5:
        taken = _at_work(proved)
        yield Step(at=taken, actor=team.agent, command=Command(action=Action.TAKE))
        if chance.random() < 0.25:
            due, text = (taken + timedelta(days=5)).date(), chance.choice(demo_words.TASKS)
            task = Command(action=Action.ADD_TASK, to=team.agent.key, due=due, text=text)
            yield Step(at=taken + timedelta(minutes=5), actor=team.agent, command=task)
            done = _at_work(taken + timedelta(days=chance.uniform(0.5, 6)))
            end = Command(action=Action.END_TASK, task=1)
            yield Step(at=done, actor=team.agent, command=end)


def _verified(chance: Random, at: datetime, person: Person, team: Team) -> Step:
    if chance.random() < 0.6:
        contact = contacts.email(person.email)
        by, method = THE_CUSTOMER, Method.EMAIL_CODE
        shown = Evidence(method=method, at=at, by=by.key, on_file=True, contact=contact)
    else:
        by, method = team.agent, chance.choice(sorted(identity.ATTESTED))
        at = _at_work(at)
        shown = identity.attestation(method, by.key, at)
    return Step(at=at, actor=by, command=Command(action=Action.VERIFY, evidence=shown))


def _decided(
    chance: Random, proved: datetime, done: datetime, of: _Request, team: Team
) -> Iterator[Step]:
    begun, done = _at_work(proved + (done - proved) * 0.4), _at_work(done)
    grounds = demo_words.GROUNDS.get(of.right, ())
    if chance.random() < (0.11 if grounds else 0.02):
        why = chance.choice(grounds or (Template.UNFOUNDED,))
        refuse = Command(action=Action.REFUSE, template=why)
        yield Step(at=done, actor=team.approver, command=refuse)
        return
    yield Step(at=begun, actor=team.approver, command=Command(action=Action.CONFIRM))
    if of.right in GIVE_A_COPY:
        way = chance.choice([Way.POST, Way.HANDED_OVER, Way.POST, Way.NOTHING_HELD])
        said = demo_words.HELD_NONE if way is Way.NOTHING_HELD else demo_words.DELIVERED
        deliver = Command(action=Action.DELIVER, way=way, text=said[of.language])
        yield Step(at=_between(begun, done, 0.9), actor=team.approver, command=deliver)
    told = Command(
        action=Action.NOTIFY, recipient=REST, outcome=Outcome.DONE
    )  # where there are any
    yield Step(at=_between(begun, done, 0.8), actor=team.agent, command=told)
    partly = of.right in _IN_PART and chance.random() < 0.15
    fulfil = Command(
        action=Action.FULFIL,
        extent=Extent.PARTLY if partly else Extent.FULLY,
        template=grounds[-1] if partly else None,
    )
    yield Step(at=done, actor=team.approver, command=fulfil)


def _at_work(at: datetime) -> datetime:
    """Return when staff get to what happened: a working day later, between eight and four.

    What comes before something else comes no later than it.
    """
    at += timedelta(days=1)
    if (weekend := at.weekday() - 5) < 0:
        return _by_day(at)
    monday = datetime.combine(at.date(), time(7), tzinfo=at.tzinfo) + timedelta(days=2 - weekend)
    return monday + timedelta(hours=(weekend + _passed(at)) / 2)


def _between(begun: datetime, done: datetime, share: float) -> datetime:
    """Return a moment at work when a share of the time has passed."""
    return min(max(_by_day(begun + (done - begun) * share), begun), done)


def _by_day(at: datetime) -> datetime:
    """Return a moment of the same day between eight and four."""
    return datetime.combine(at.date(), time(8), tzinfo=at.tzinfo) + timedelta(hours=8 * _passed(at))


def _passed(at: datetime) -> float:
    """Return how much of a day has passed."""
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) / timedelta(days=1)


def _step(at: datetime, days: float, actor: Actor, action: Action) -> Step:
    return Step(at=at + timedelta(days=days), actor=actor, command=Command(action=action))


def _asked(chance: Random, at: datetime, end: datetime) -> Asked:
    answered = _at_work(at + timedelta(days=chance.lognormvariate(0.5, 0.9)))
    waits = answered >= end or chance.random() < 0.03
    language = _drawn(chance, _LANGUAGES)
    return Asked(
        id=_id(chance),
        at=at,
        language=language,
        person=_person(chance, "telegram"),
        question=chance.choice(demo_words.QUESTIONS[language]),
        answered_at=None if waits else answered,
    )


def _drawn(chance: Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
