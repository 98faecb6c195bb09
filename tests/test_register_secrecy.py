"""A conversation reads the same to the customer whether their address is on file or not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.bootstrap import assistant, store_of
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.service.routing import Routes
from tests.conftest import STAFF, Clock
from tests.fakes.tables import put_tables
from tests.in_memory import in_memory
from tests.player import Player
from tests.register import put_on_file
from tests.stages import DESK, Straight
from tests.transcripts import SCENARIOS

EACH = [
    pytest.param(path, marks=pytest.mark.long if number % 3 else ())
    for number, path in enumerate(SCENARIOS)
]
_BY_STAFF = re.compile(rf"(?:{'|'.join(member['name'] for member in STAFF)}): ")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+(?:\.\w+)*")


def until_staff_act(transcript: str) -> list[str]:
    """Return a transcript up to where staff act: from there on the worlds may well differ."""
    lines = transcript.splitlines()
    acts = (number for number, line in enumerate(lines) if _BY_STAFF.match(line))
    return lines[: next(acts, None)]


def heard(lines: list[str]) -> list[str]:
    """Return what customers and their mailboxes get."""
    return [line for line in lines if line and not line.startswith(("on file:", "desk:"))]


def turned_round(lines: list[str]) -> set[str]:
    """Return the addresses of a transcript that are not on file in it."""
    on_file = {line.removeprefix("on file: ") for line in lines if line.startswith("on file:")}
    return set(_ADDRESS.findall(" ".join(lines))) - on_file


@pytest.mark.parametrize("path", EACH, ids=lambda path: path.stem)
def test_a_conversation_does_not_tell_what_is_on_file(path: Path, known: Understanding) -> None:
    """Played with the register turned round, it goes as it is written."""
    lines = until_staff_act(path.read_text(encoding="utf-8"))
    player = in_memory(known)
    for address in turned_round(lines):
        player.register(address)
    played = player.play("\n".join(heard(lines)))
    assert heard(played.splitlines()) == heard(lines)


@pytest.mark.long
@pytest.mark.parametrize("path", SCENARIOS[::3], ids=lambda path: path.stem)
def test_nor_does_it_with_all_that_stands_around_the_core(
    path: Path, known: Understanding, tmp_path: Path
) -> None:
    lines = until_staff_act(path.read_text(encoding="utf-8"))
    settings = Settings.model_validate({"service": {"data_dir": tmp_path}, "staff": STAFF})
    put_tables(tmp_path)
    clock, stage, store = Clock(), Straight(), store_of(settings)
    put_on_file(store, *((address,) for address in turned_round(lines)))
    app = assistant(settings, known, store, clock, Routes(desks=(DESK,)))
    stage.open(app)
    played = Player(app, clock, stage).play("\n".join(heard(lines)))
    store.close()
    assert heard(played.splitlines()) == heard(lines)
