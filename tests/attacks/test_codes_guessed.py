"""Many accounts guess codes, each within its few tries: only together are they conspicuous."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from bot.bootstrap import Assistant
from bot.core.effects import Alarm
from bot.core.tickets.record import Record
from bot.replica.metrics import Metrics
from bot.storage.audit import Audit
from bot.storage.store import Conflict
from tests.attacks.test_somebody_elses_codes_used_up import as_account
from tests.conftest import Clock
from tests.test_service import Talk

ACCOUNTS, TRIES = 13, 4


def guesses(app: Assistant, number: int) -> Talk:
    talk = as_account(app, f"account-{number}")
    talk.say("poistakaa tietoni", "kyllä", "Matti", f"victim-{number}@example.com")
    talk.say("ohita", "kyllä", *["00000000"] * TRIES)
    return talk


def test_what_is_done_again_after_a_conflict_is_counted_once(app: Assistant) -> None:
    """Another transaction was first, as on a busy PostgreSQL: the event is handled once more."""
    talk, lost = as_account(app, "liisa"), [True]
    talk.say("poistakaa tietoni", "kyllä", "Liisa", "liisa@example.com", "ohita", "kyllä")
    append = Audit.append

    def lose_once(audit: Audit, record: Record) -> None:
        append(audit, record)
        if lost:
            lost.clear()
            raise Conflict

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Audit, "append", lose_once)
        talk.say("00000000")
    assert not lost
    assert app.codes.counts()["wrong"] == 1


def test_staff_hear_of_it_once_and_the_metrics_show_it(app: Assistant, clock: Clock) -> None:
    talks = [guesses(app, number) for number in range(ACCOUNTS)]
    alarms = [told for talk in talks for told in talk.told if isinstance(told, Alarm)]
    assert [alarm.trouble for alarm in alarms] == ["codes_guessed"]
    metrics = generate_latest(Metrics(app.store, clock, app.codes).registry).decode()
    assert f'seloste_codes_total{{event="wrong"}} {ACCOUNTS * TRIES}.0' in metrics
    assert f'seloste_codes_total{{event="sent"}} {ACCOUNTS}.0' in metrics
