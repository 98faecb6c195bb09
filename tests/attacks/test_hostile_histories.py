"""Whatever customers, thieves, staff, the clock and faults do in whichever order: each claim holds.

A machine makes up histories, plays them on the core in memory, and looks after each event whether
all claims of `tests/attacks/hostile` hold: they are reckoned from what truly happened, apart from
what the core made of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.config import Settings
from bot.content.load import Content, load
from bot.core.catalog import Language
from bot.core.tickets.ticket import Action, Denial, State
from tests.attacks.hostile.checked import Tally
from tests.attacks.hostile.machine import HostileHistory
from tests.attacks.hostile.word_claims import Words

_STEPS = 80  # of a history
_PARTS = 5
# What breaks a claim in the long form is shown as it was: to shorten it would take far longer.
SHORT, LONG = (Phase.generate, Phase.shrink), (Phase.generate,)


@pytest.fixture(scope="session")
def shipped() -> Content:
    """What ships, without a model: nothing here is to be understood."""
    return load(None, Settings().words())


def listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common())


@pytest.fixture
def sown() -> int:
    """What the histories grow from: the same each time, or HISTORIES=any number for others."""
    return int(os.environ.get("HISTORIES", "7"))


def play(
    content: Content,
    events: int,
    phases: Sequence[Phase],
    sown: int,
    tally: Tally | None = None,
) -> Tally:
    """Play histories until so many events were taken; return how many, and what they reached."""
    frames = {key for key in content.texts.sources[Language.FI] if not key.startswith("desk.")}
    tally = tally or Tally()
    HostileHistory.words = Words(content, frozenset(frames))
    HostileHistory.tally = tally
    while (left := events - tally.events.total()) > 0:
        seed(f"{sown} {left}")(HostileHistory)
        run_state_machine_as_test(
            HostileHistory,
            settings=settings(
                max_examples=left // _STEPS + 2,
                stateful_step_count=_STEPS,
                phases=phases,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return tally


@pytest.mark.timeout(600)  # what it finds, it shortens
def test_hundreds_of_hostile_events_break_no_claim(shipped: Content, sown: int) -> None:
    assert play(shipped, 400, SHORT, sown).events.total() >= 400


@pytest.mark.timeout(1800)  # half a minute, where nothing else runs
@pytest.mark.parametrize(
    "part",
    [
        pytest.param(0, marks=pytest.mark.long),
        *(pytest.param(part, marks=pytest.mark.exhaustive) for part in range(1, _PARTS)),
    ],
)
def test_a_hundred_thousand_hostile_events_break_no_claim(
    shipped: Content,
    part: int,
    sown: int,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    tally = play(shipped, 100_000 // _PARTS, LONG, sown + part)
    for more in range(10):  # some is reached by rare turns only, which few histories take
        if not unreached(tally):
            break
        play(shipped, tally.events.total() + 5_000, LONG, sown + 100 * (part + 1) + more, tally)
    with capsys.disabled():
        written = pytestconfig.get_terminal_writer()
        written.line(f"\n{tally.events.total()} hostile events: {listed(tally.events)}")
        written.line(f"They reached: {listed(tally.reached)}")
    assert tally.events.total() >= 100_000 // _PARTS
    assert unreached(tally) == set()


def unreached(tally: Tally) -> set[str]:
    """Return what no event has come to, of all that can be done, and of the commonest denials."""
    denied = {
        Denial.STALE,
        Denial.NOT_IN_THIS_STATE,
        Denial.NOT_YOUR_ROLE,
        Denial.REASON_MISSING,
        Denial.METHOD_MISSING,
        Denial.TOO_EARLY,
    }
    # The others need a rare history, or evidence of older versions; their own tests meet them.
    # UNVERIFY is for evidence that older versions kept; the rest is said in words of a model, which
    # no history here has.
    said = {Action.ADD, Action.AMEND, Action.LIMIT, Action.CHASE, Action.DISPUTE}
    # A copy that is taken back, opened or too old needs a rare history, too.
    of_copies = {Action.DETACH, Action.COLLECT, Action.EXPIRE}
    rare = of_copies | {Action.NOTIFY, Action.CORRECT_CONTACTS}
    acted = {*Action} - {Action.UNVERIFY} - said - rare
    return {*acted, *State, *(f"denied {why}" for why in denied)} - set(tally.reached)
