"""What is never delivered is told in plain words to those who can do something about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.bootstrap import Assistant
from bot.channels.mail.letter import Letter
from bot.channels.mail.sender import MailSender
from bot.channels.render import plain
from bot.core.effects import Alarm, Undelivered
from bot.core.tickets.identity import CodeRules
from bot.errors import Refused
from bot.storage.verify import verify
from tests.conftest import Clock
from tests.test_service import MATTI, Talk

TYPO = "typo@nowhere.example.com"


class Refusing:
    """A mail server that takes nothing."""

    async def send(self, letter: Letter, *, key: str = "") -> None:  # noqa: ARG002
        raise Refused("the mail server refuses the letter (SMTP 550)")

    async def probe(self) -> None:
        """Have nothing to try."""


@pytest.fixture
def talk(app: Assistant, clock: Clock) -> Talk:
    mail = MailSender(
        Refusing(),
        app.content.texts.render,
        lambda say: pytest.fail(str(say)),
        codes=CodeRules(),
        clock=clock,
    )
    talk = Talk(replace(app, mail=mail), MATTI)
    talk.say("poistakaa tietoni", "kyllä", "Matti", TYPO, "ohita", "kyllä")
    return talk


def test_whose_code_bounces_is_told_so_and_can_correct_the_address(talk: Talk) -> None:
    talk.deliver()
    bounced = plain(talk.heard[-1])
    assert TYPO in bounced
    assert [b.label for b in talk.heard[-1].buttons] == ["Korjaa osoite"]
    assert "koodi ei mennyt perille" in plain(talk.say("/status"))


def test_that_it_bounced_stands_in_the_audit(talk: Talk) -> None:
    talk.deliver()
    store = talk.app.store
    with store.snapshot() as unit:
        rows = [(row["action"], row["actor"]) for row in unit.audit.rows()]
        assert verify(unit, store.keys, anchors=(), erased=()).faults == ()
    assert ("code_bounced", "system") in rows


def test_staff_are_told_that_it_was_the_code_to_whom_and_why(talk: Talk) -> None:
    talk.deliver()
    (alarm,) = [told for told in talk.told if isinstance(told, Alarm)]
    assert (alarm.what, alarm.number, alarm.to, alarm.why) == (
        "send_code",
        "T-2026-0001",
        "t•••@nowhere.example.com",
        Undelivered.REFUSED_BY_MAIL,
    )
