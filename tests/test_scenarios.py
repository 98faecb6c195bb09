"""Whole conversations: each transcript in scenarios/ goes again exactly as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import App
from tests.conftest import Clock
from tests.player import Player

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.txt"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(
    path: Path, app: App, clock: Clock, request: pytest.FixtureRequest
) -> None:
    written = path.read_text(encoding="utf-8")
    played = Player(app, clock).play(written)
    if request.config.getoption("--write"):
        path.write_text(played, encoding="utf-8")
    assert played == written
    with app.store.transaction() as unit:
        assert unit.audit.broken_link()[1] is None
