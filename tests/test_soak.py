"""The crash harness in short: after kills at random moments everything is there, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loaded import Understanding
from tests.fakes.postgres import Postgres
from tests.soak.harness import Plan, Report, Soak

pytestmark = pytest.mark.long


def held(report: Report) -> bool:
    """Whether every invariant held; what did not is shown."""
    assert report.faults == [], f"seed {report.plan.seed}"
    return report.kills == report.plan.rounds and min(report.messages, report.tickets) > 0


def test_ten_kills_on_sqlite(tmp_path: Path, known: Understanding) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'seloste.db'}"
    assert held(Soak(Plan(rounds=10, seed=15), url, tmp_path, known).run())


@pytest.mark.parametrize(("replicas", "rounds"), [(2, 5), (4, 5)])
def test_ten_kills_on_postgresql(
    replicas: int, rounds: int, tmp_path: Path, postgres: Postgres, known: Understanding
) -> None:
    plan = Plan(rounds=rounds, replicas=replicas, seed=replicas, customers=5)
    with postgres.database() as url:
        assert held(Soak(plan, url, tmp_path, known).run())


def test_six_kills_over_telegram(tmp_path: Path, known: Understanding) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'seloste.db'}"
    plan = Plan(rounds=6, seed=15, customers=2, platform="telegram")
    assert held(Soak(plan, url, tmp_path, known).run())


def test_six_kills_over_slack(tmp_path: Path, postgres: Postgres, known: Understanding) -> None:
    plan = Plan(rounds=6, replicas=2, seed=4, customers=2, platform="slack-http")
    with postgres.database() as url:
        assert held(Soak(plan, url, tmp_path, known).run())
