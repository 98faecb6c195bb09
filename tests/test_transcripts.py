"""Whole conversations go as they are written with nothing but the core: no database, no channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loaded import Understanding
from tests.in_memory import in_memory
from tests.transcripts import SCENARIOS


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(
    path: Path, known: Understanding, request: pytest.FixtureRequest
) -> None:
    written = path.read_text(encoding="utf-8")
    played = in_memory(known).play(written)
    if request.config.getoption("--write"):
        path.write_text(played, encoding="utf-8")
    assert played == written
