"""Promise 1: every word about processing is a quotation. What frames the quotations was reviewed.

A text that a customer can read says nothing of its own about how the organisation processes data:
only somebody who reads it can tell, so each stands in `tests/data/reviewed_frames.toml` with a hash
per language, and a changed or new text fails here until it has been read again.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import tomli

from bot.content.load import Content
from bot.core.catalog import Language
from tests.conftest import ROOT

FILE = ROOT / "tests" / "data" / "reviewed_frames.toml"
STAFF = "desk."  # read by staff only
HOW_TO_REVIEW = (
    "these texts were not reviewed as they stand. Read each in all three languages: it may say "
    "nothing about how the organisation processes data (what it collects, why, how long it keeps "
    "it, to whom it gives it); only quotations of the notice do. What the assistant itself stores "
    "(GDPR Art. 13) it may say. Then note them as reviewed with: "
    "python -m pytest tests/content/test_frames.py --write"
)
HEAD = """\
# Texts that customers can read, as they were when somebody last read them for words about
# processing: those come from the notice alone. After a new reading, from the root:
# python -m pytest tests/content/test_frames.py --write
"""

Frames = Mapping[str, Mapping[str, str]]


def frames(content: Content) -> Frames:
    """Return a hash of each text that customers can read, by key and language."""
    found: dict[str, dict[str, str]] = {}
    for language in Language:
        texts = {k: v for k, v in content.texts.sources[language].items() if is_read(k)}
        labels = {f"label.{k}": v for k, v in content.texts.labels[language].items()}
        for key, text in (texts | labels).items():
            found.setdefault(key, {})[language] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return dict(sorted(found.items()))


def is_read(key: str) -> bool:
    return not key.startswith(STAFF)


def write(reviewed: Frames) -> None:
    lines = [HEAD]
    for key, stamps in reviewed.items():
        listed = ", ".join(f'{language} = "{stamp}"' for language, stamp in stamps.items())
        lines.append(f'"{key}" = {{ {listed} }}\n')
    FILE.write_text("".join(lines), encoding="utf-8")


def test_every_text_that_a_customer_can_read_was_reviewed_as_it_stands(
    content: Content, request: pytest.FixtureRequest
) -> None:
    now = frames(content)
    if request.config.getoption("--write"):
        write(now)
    reviewed: Frames = tomli.loads(FILE.read_text(encoding="utf-8"))
    changed = sorted(
        key for key in now.keys() | reviewed.keys() if now.get(key) != reviewed.get(key)
    )
    assert not changed, f"{HOW_TO_REVIEW}\n" + "\n".join(changed)


def keys_used(path: Path) -> Iterator[str]:
    """Return the keys of the texts that a module of the core says, or how they begin."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if not re.search(r"\b(say|stop|Text|Choice)$", ast.unparse(node.func)):
            continue
        keys = [word.value for word in node.keywords if word.arg == "key"] or node.args[:1]
        for key in keys:
            start = key.values[0] if isinstance(key, ast.JoinedStr) else key
            if isinstance(start, ast.Constant):
                yield str(start.value)


def test_the_core_says_nothing_to_customers_in_the_words_for_staff(content: Content) -> None:
    used = {key for path in (ROOT / "bot/core").rglob("*.py") for key in keys_used(path)}
    assert len(used) > 60
    assert {key for key in used if not is_read(key)} == set()
    known = content.texts.sources[Language.FI]
    assert {key for key in used if not any(one.startswith(key) for one in known)} == set()
