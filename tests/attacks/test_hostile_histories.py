"""Whatever customers, thieves, staff, the clock and faults do in whichever order: each claim holds.

A machine makes up histories, plays them on the core in memory, and looks after each event whether
all claims of `tests/attacks/hostile` hold: they are reckoned from what truly happened, apart from
what the core made of it.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.config import Settings
from bot.content.load import Content, load
from bot.core.catalog import Language
from bot.core.tickets.ticket import Action, Denial, State
from tests.attacks.hostile.machine import HostileHistory, Tally
from tests.attacks.hostile.word_claims import Words

_STEPS = 80  # of a history


@pytest.fixture(scope="session")
def shipped() -> Content:
    """What ships, without a model: nothing here is to be understood."""
    return load(None, Settings().words())


def play(content: Content, events: int) -> Tally:
    """Play histories until so many events were taken; return how many, and what they reached."""
    frames = {key for key in content.texts.sources[Language.FI] if not key.startswith("desk.")}
    tally = Tally()
    HostileHistory.words = Words(content, frozenset(frames))
    HostileHistory.tally = tally
    while (left := events - tally.events.total()) > 0:
        run_state_machine_as_test(
            HostileHistory,
            settings=settings(
                max_examples=left // _STEPS + 2,
                stateful_step_count=_STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return tally


def test_hundreds_of_hostile_events_break_no_claim(shipped: Content) -> None:
    assert play(shipped, 400).events.total() >= 400


@pytest.mark.long
def test_a_hundred_thousand_hostile_events_break_no_claim(
    shipped: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = play(shipped, 100_000)
    with capsys.disabled():
        print(f"\n{tally.events.total()} hostile events: {dict(tally.events.most_common())}")
        print(f"which reached: {dict(sorted(tally.reached.items()))}")
    assert tally.events.total() >= 100_000
    acted = {*Action} - {Action.UNVERIFY}  # of evidence that older versions kept
    assert {*acted, *State} - set(tally.reached) == set()
    denied = {d for d in Denial if f"denied {d}" not in tally.reached}
    assert denied <= {Denial.UNKNOWN}
