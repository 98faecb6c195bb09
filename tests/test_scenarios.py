"""Whole conversations: each transcript in scenarios/ goes again exactly as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import Assistant, assistant
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.service.routing import Routes
from bot.storage.store import Store
from tests.conftest import POSTGRESQL_IS_LONG, Clock
from tests.player import Player
from tests.stages import DESK, OnPlatform, OnSlack, OnTelegram, Stage, Straight
from tests.transcripts import SCENARIOS


@POSTGRESQL_IS_LONG
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(
    path: Path, app: Assistant, clock: Clock, request: pytest.FixtureRequest
) -> None:
    written = path.read_text(encoding="utf-8")
    played = played_on(Straight(), app, clock, written)
    if request.config.getoption("--write"):
        path.write_text(played, encoding="utf-8")
    assert played == written
    with app.store.transaction() as unit:
        assert unit.audit.verify_chain()[1] is None


@pytest.mark.long
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("platform", [OnTelegram, OnSlack])
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_goes_the_same_way_on_a_platform(
    path: Path,
    platform: type[OnPlatform],
    settings: Settings,
    known: Understanding,
    store: Store,
    clock: Clock,
) -> None:
    written = path.read_text(encoding="utf-8")
    with platform() as stage:
        on_it = Settings.model_validate({**settings.model_dump(), **stage.settings()})
        app = assistant(on_it, known, store, clock, Routes(desks=(DESK,)))
        stage.open(app)
        here = stage.as_played_here(written)
        played = Player(app, clock, stage).play(here)
    # Platforms mark a quotation by its looks: the fakes write the same marks in all languages.
    assert played.replace("“", "”") == here.replace("“", "”")


def played_on(stage: Stage, app: Assistant, clock: Clock, written: str) -> str:
    stage.open(app)
    return Player(app, clock, stage).play(written)
