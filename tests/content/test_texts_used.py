"""Every text can be said: its key stands in the code, whole or put together from what stands there.

What a key is put together from is only looked for as a word somewhere in the code, so a text whose
last word means something else there as well may stay unseen.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.content.load import Content
from bot.core.catalog import Catalog, in_library

CODE = Path(__file__).parents[2] / "bot"
# On buttons of messages that versions of before 28 November 2026 wrote, and that may still wait.
OF_EARLIER_VERSIONS = frozenset({"choice.yes", "choice.no"})
_HOLE = "([a-z0-9_.]+)"
_QUOTED = re.compile(r'"([a-z_]+)"(?! ~)')
_QUOTED_BEFORE_A_VALUE = re.compile(r'"([a-z_]+)" ~')


def test_every_text_is_used(content: Content, catalog: Catalog) -> None:
    for language, source in content.texts.sources.items():
        said_by_intents = {in_library(one.id) for one in catalog.intents.values()}
        said_by_intents |= {one.text for one in catalog.intents.values()}
        unused = {key for key in source.keys() - said_by_intents if not can_be_said(key)}
        assert unused == OF_EARLIER_VERSIONS, language


@cache
def can_be_said(key: str) -> bool:
    words, patterns = spoken()
    if key in words:
        return True
    found = (pattern.fullmatch(key) for pattern in patterns)
    return any(all(map(can_be_filled_in, one.groups())) for one in found if one)


def can_be_filled_in(value: str) -> bool:
    return can_be_said(value) or all(map(can_be_said, value.split(".")))


@cache
def spoken() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the texts that stand in the code, and those in which a value is filled in."""
    words, patterns = set(), set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= {node.value, node.value.replace(" ", "_")}
            elif isinstance(node, ast.JoinedStr):
                patterns.add("".join(pieces(node)))
    for path in CODE.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        words.update(_QUOTED.findall(page))
        patterns |= {f"{one}{_HOLE}" for one in _QUOTED_BEFORE_A_VALUE.findall(page)}
    worded = (one for one in patterns if re.search(r"[a-z]", one.replace(_HOLE, "")))
    return frozenset(words), tuple(map(re.compile, worded))


def pieces(text: ast.JoinedStr) -> Iterator[str]:
    for part in text.values:
        yield re.escape(str(part.value)) if isinstance(part, ast.Constant) else _HOLE
