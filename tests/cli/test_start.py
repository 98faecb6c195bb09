"""A question at the command line loads what it needs, and nothing that takes long to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.loaded import Understanding

pytestmark = pytest.mark.long

# What only learning, the database, platforms, addresses, other languages or the encoder need.
HEAVY = (
    *("sklearn", "scipy", "sqlalchemy", "alembic", "cryptography"),
    *("telegram", "slack_bolt", "starlette", "aiohttp", "httpx", "anyio"),
    *("email_validator", "phonenumbers", "py3langid", "onnxruntime"),
)
ASKED = f"""
import sys
from bot.cli.main import main
sys.argv = ["seloste", "ask", {{question!r}}]
try:
    main()
except SystemExit:
    pass
print(*sorted(set({HEAVY!r}) & set(sys.modules)))
"""


def loaded(question: str, folder: Path) -> list[str]:
    """Return what of the heavy ones was loaded to answer a question."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(question=question)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1].split()


def test_a_known_wording_loads_nothing_heavy(known: Understanding, tmp_path: Path) -> None:
    phrase = known.content.catalog.phrases[0]
    assert loaded(phrase.text, tmp_path) == []


@pytest.mark.parametrize("question", ["mistä minä voisin tietää mitä kaikkea te siitä kirjaatte?"])
def test_what_needs_the_encoder_loads_that_alone(
    known: Understanding, tmp_path: Path, question: str
) -> None:
    assert known.encoder is not None
    read = known.encoder.texts_read
    known.matcher.match(question)
    assert known.encoder.texts_read > read, "the linear model is sure of it: choose another"
    assert loaded(question, tmp_path) == ["onnxruntime"]
