"""Whole conversations go as they are written with nothing but the core: no database, no channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loaded import Understanding
from bot.core.knowledge import Knowledge
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Actor, Role
from tests.conftest import STAFF
from tests.in_memory import InMemory
from tests.transcripts import SCENARIOS


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, known: Understanding) -> None:
    knowledge = Knowledge(
        catalog=known.content.catalog,
        notice=known.content.notice,
        matcher=known.matcher,
        reader=known.reader,
        rules=Rules(),
    )
    staff = {
        member["name"]: Actor(
            key=f"staff:{member['name']}", roles=frozenset(map(Role, member["roles"]))
        )
        for member in STAFF
    }
    written = path.read_text(encoding="utf-8")
    assert InMemory(knowledge, known.content, staff).play(written) == written
