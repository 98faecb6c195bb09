"""Somebody floods a group in which the assistant answers: the group is not answered for hours."""

from __future__ import annotations

from datetime import timedelta

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver
from bot.core.effects import Say, ToStaff
from bot.core.events import AskedInPublic
from bot.core.messages import Message
from bot.core.pace import PaceRules
from bot.core.tickets.ticket import Person
from tests.attacks.talking import Talker
from tests.conftest import Clock

RULES = PaceRules()
GROUP = Person(channel="test", account="group-1")


def flood(app: Assistant, number: int, round: int = 0) -> list[str]:
    """Ask in the group, each time in a thread of its own; return to which threads was answered."""
    app.intake.receive(
        app.intake.inbound(
            f"flood-{round}-{n}",
            AskedInPublic(
                place=Person(channel="test", account="group-1", thread=str(n)),
                text="Mihin käytätte evästeitä?",
            ),
        )
        for n in range(number)
    )
    while app.handler.handle_next():
        pass
    said: list[str] = []

    def hear(say: Say, _message: Message) -> None:
        if say.to.account == GROUP.account:
            said.append(say.to.thread)

    def told(_: ToStaff) -> None:
        return None

    deliver(app, "test", hear, told)
    return said


def test_some_are_answered_and_of_the_rest_one_is_told_why_not(
    app: Assistant, clock: Clock
) -> None:
    assert flood(app, 100) == [str(n) for n in range(RULES.at_once + 1)]
    clock.forward(timedelta(minutes=5))
    assert flood(app, 1, round=1) == ["0"]


def test_who_writes_in_private_waits_for_nothing(app: Assistant) -> None:
    flood(app, 100)
    liisa = Talker(app, "liisa")
    liisa.says("hei")
    assert liisa.heard
