"""Whole conversations through all that stands around the core: storage, desk and platforms.

Through the core alone each goes by `make test` (test_transcripts.py). Through storage go some
there, the others by `make endure`, and each on a platform; in every way all go by `make soak`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.bootstrap import Assistant, assistant
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.service.routing import Routes
from bot.storage.store import Store
from tests.conftest import Clock
from tests.player import Player
from tests.stages import DESK, OnPlatform, OnSlack, OnTelegram, Straight
from tests.transcripts import SCENARIOS

PLATFORMS = OnTelegram, OnSlack
SOME = SCENARIOS[::3]
OTHERS = [path for path in SCENARIOS if path not in SOME]
ON_ONE = [(path, PLATFORMS[number % 2]) for number, path in enumerate(SCENARIOS)]
ON_THE_OTHER = [(path, PLATFORMS[1 - number % 2]) for number, path in enumerate(SCENARIOS)]

SameWay = Callable[[Path, type[OnPlatform]], None]
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


def conversations(paths: Sequence[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def on_platforms(played: Sequence[tuple[Path, type[OnPlatform]]]) -> pytest.MarkDecorator:
    ids = [f"{path.stem}-{platform.__name__}" for path, platform in played]
    return pytest.mark.parametrize(("path", "platform"), played, ids=ids)


def goes_as_written(path: Path, app: Assistant, clock: Clock) -> None:
    written, stage = path.read_text(encoding="utf-8"), Straight()
    stage.open(app)
    assert Player(app, clock, stage).play(written) == written
    with app.store.transaction() as unit:
        assert unit.audit.verify_chain()[1] is None


@conversations(SOME)
def test_the_conversation_goes_as_written(path: Path, app: Assistant, clock: Clock) -> None:
    goes_as_written(path, app, clock)


@pytest.mark.long
@on_sqlite
@conversations(OTHERS)
def test_so_does_each_of_the_others(path: Path, app: Assistant, clock: Clock) -> None:
    goes_as_written(path, app, clock)


@pytest.mark.exhaustive
@on_postgresql
@conversations(OTHERS)
def test_each_goes_the_same_way_on_the_second_database(
    path: Path, app: Assistant, clock: Clock
) -> None:
    goes_as_written(path, app, clock)


@pytest.fixture
def same_way(settings: Settings, known: Understanding, store: Store, clock: Clock) -> SameWay:
    """Play a conversation on a platform: it goes as it is written."""

    def play(path: Path, platform: type[OnPlatform]) -> None:
        written = path.read_text(encoding="utf-8")
        with platform() as stage:
            on_it = Settings.model_validate({**settings.model_dump(), **stage.settings()})
            app = assistant(on_it, known, store, clock, Routes(desks=(DESK,)))
            stage.open(app)
            here = stage.as_played_here(written)
            played = Player(app, clock, stage).play(here)
        # Platforms mark a quotation by its looks: the fakes write the same marks in all languages.
        assert played.replace("“", "”") == here.replace("“", "”")

    return play


@pytest.mark.long
@on_sqlite
@on_platforms(ON_ONE)
def test_the_conversation_goes_the_same_way_on_a_platform(
    path: Path, platform: type[OnPlatform], same_way: SameWay
) -> None:
    same_way(path, platform)


@pytest.mark.exhaustive
@on_sqlite
@on_platforms(ON_THE_OTHER)
def test_it_goes_the_same_way_on_the_other_platform(
    path: Path, platform: type[OnPlatform], same_way: SameWay
) -> None:
    same_way(path, platform)
