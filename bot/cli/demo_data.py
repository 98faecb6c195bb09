"""The command that fills an empty database with a made-up year of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.resources import Config, made_store, settings_from
from bot.cli.screen import counted, progress
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.cli.demo_year import Asked, Case, Step, Team
    from bot.config import Settings
    from bot.core.tickets.rules import Rules
    from bot.storage.store import Store
    from bot.storage.unit import Unit

    Work = Callable[[Unit], None]

_A_BATCH = 200
_QUESTIONS = 5  # asked, for each request
demo_app = typer.Typer()


@demo_app.command("demo-data")
def demo_data(
    requests: Annotated[int, typer.Option(min=1, max=100_000, help="How many requests.")] = 2000,
    seed: Annotated[int, typer.Option(help="A different seed gives a different year.")] = 1,
    config: Config = None,
) -> None:
    """Fill an empty database with a made-up year of requests and questions."""
    from bot.bootstrap import utc_now
    from bot.cli.demo_questions import planned_questions
    from bot.cli.demo_year import planned
    from bot.content.load import load

    settings = settings_from(config)
    with closing(made_store(settings)) as store:
        _refuse_used(store)
        now, team = utc_now(), _team(settings, store)
        notice = load(settings.content.dir, settings.words(), learnt=lambda _key: True).notice
        staff = team.agent.key, team.approver.key
        rules = replace(settings.rules(), staff=staff, notice=notice.edition)
        cases, asked = planned(requests, now.astimezone(rules.timezone), team, seed)
        works = [work for _, work in sorted(_works(cases, asked, team, now, rules), key=_when)]
        with progress("a year: ") as tell:
            for start in range(0, len(works), _A_BATCH):
                with store.transaction() as unit:
                    for work in works[start : start + _A_BATCH]:
                        work(unit)
                tell("what was done in it", start / len(works))
            with store.transaction() as unit:
                for asked_once in planned_questions(_QUESTIONS * requests, rules.today(now), seed):
                    unit.question_counts.add(*asked_once)
    print(f"{counted(len(cases), 'request')} and {counted(len(asked), 'question')}, all made up")


def _refuse_used(store: Store) -> None:
    """Raise UsageError where customers are served, or anything is that is somebody's."""
    from bot.cli.trial import is_production
    from bot.storage import tables

    written = tables.tickets, tables.inquiries, tables.dialogues, tables.inbox
    with store.reading() as unit:
        if is_production(unit):
            raise UsageError("this database serves customers: made-up requests have no place in it")
        for table in (*written, tables.contacts):
            if unit.connection.execute(table.select().limit(1)).first():
                raise UsageError("this database is not empty: made-up requests have no place in it")


def _team(settings: Settings, store: Store) -> Team:
    """Return two of the configured staff, where there are two; else two who are made up."""
    from bot.cli.demo_year import Team
    from bot.core.tickets.ticket import Actor, Role

    agents = [one.name for one in settings.staff if "agent" in one.roles]
    approvers = [one.name for one in settings.staff if "approver" in one.roles]
    agent = agents[0] if agents else "Aino"
    approver = next((name for name in approvers if name != agent), "Mika")
    return Team(
        agent=Actor(key=store.keys.actor(agent), roles=frozenset({Role.AGENT})),
        approver=Actor(key=store.keys.actor(approver), roles=frozenset({Role.APPROVER})),
    )


def _when(work: tuple[datetime, Work]) -> datetime:
    return work[0]


def _works(
    cases: Sequence[Case], asked: Sequence[Asked], team: Team, now: datetime, rules: Rules
) -> Iterator[tuple[datetime, Work]]:
    """Yield all that was done until now, with when it was."""
    for case in cases:
        yield case.at, partial(_open, case=case, team=team, rules=rules)
        for step in case.steps:
            if step.at < now:
                yield step.at, partial(_act, case=case, step=step, rules=rules)
    for one in asked:
        yield one.at, partial(_ask, asked=one)
        if one.answered_at:
            yield one.answered_at, partial(_answer, asked=one, at=one.answered_at, team=team)


def _open(unit: Unit, *, case: Case, team: Team, rules: Rules) -> None:
    from bot.core.tickets import new_ticket
    from bot.core.tickets.ticket import THE_CUSTOMER

    today = rules.today(case.at)
    change = new_ticket.open_ticket(
        id=case.id,
        number=f"T-{today.year}-{unit.tickets.next_serial(today.year):04d}",
        right=case.right,
        language=case.language,
        person=case.person,
        details="",
        opening=case.opening,
        now=case.at,
        rules=rules,
        actor=team.agent if case.source else THE_CUSTOMER,
        source=case.source,
    )
    told = replace(change.ticket, staff_told=True)
    unit.tickets.save(told, unit.keys.person(case.person), today)
    unit.audit.append(change.record)


def _act(unit: Unit, *, case: Case, step: Step, rules: Rules) -> None:
    """Act as the transition table allows; what it does not allow is not done, and all is well."""
    from bot.core.tickets import transitions

    ticket = unit.tickets.by_id(case.id)
    if ticket is None:
        return
    change = transitions.apply(ticket, step.command, step.actor, step.at, rules)
    if isinstance(change, transitions.Change):
        unit.tickets.save(change.ticket, unit.keys.person(case.person), rules.today(step.at))
        unit.keep_suppressions(change.ticket, step.at)
        unit.audit.append(change.record)


def _ask(unit: Unit, *, asked: Asked) -> None:
    from bot.core.tickets import inquiries
    from bot.core.tickets.inquiries import Inquiry

    inquiry = Inquiry(
        id=asked.id,
        number=f"Q-{asked.at.year}-{unit.inquiries.next_serial(asked.at.year):04d}",
        language=asked.language,
        person=asked.person,
        question=asked.question,
        asked_at=asked.at,
    )
    unit.inquiries.save(inquiry, unit.keys.person(asked.person))
    unit.audit.append(inquiries.opened(inquiry))


def _answer(unit: Unit, *, asked: Asked, at: datetime, team: Team) -> None:
    from bot.cli import demo_words
    from bot.core.tickets import inquiries

    inquiry = unit.inquiries.by_id(asked.id)
    if inquiry is None:
        return
    done = inquiries.answered(inquiry, demo_words.ANSWERED[asked.language], team.agent, None, at)
    if isinstance(done, tuple):
        unit.inquiries.save(done[0])
        unit.audit.append(done[1])
