"""The short form of the benchmark of the matching: that it measures what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.evaluate import Item
from bot.cli.learning_curve import part_of
from bot.content.loaded import Understanding
from bot.core.catalog import Catalog
from tests.bench_matching import nlpjs
from tests.bench_matching.__main__ import table
from tests.bench_matching.measure import PEERS, Line, measured, measured_nlpjs

_TOPICS = ("topic.cookies", "request.erasure", "smalltalk.thanks", "out_of_scope.chatter")
# Says what the phrases say, and that it learnt for two seconds.
_NODE = """#!/usr/bin/env python3
import json, sys
told = json.load(sys.stdin)
known = {p["text"]: p["intent"] for p in told["phrases"]}
found = [[known.get(question["text"], "None"), 0.004] for question in told["questions"]]
print(json.dumps({"trained": 2.0, "found": found}))
"""


@pytest.fixture(scope="module")
def few(known: Understanding) -> Catalog:
    """Some phrases of a few topics."""
    catalog = part_of(known.content.catalog, 10)
    return replace(catalog, phrases=[p for p in catalog.phrases if p.intent in _TOPICS])


@pytest.fixture
def asked(few: Catalog) -> list[Item]:
    """Two requests, the first in the words of a phrase."""
    said = next(phrase for phrase in few.phrases if phrase.intent == "request.erasure")
    texts = (said.text, "zzz qqq")
    return [
        Item(lang=said.language, kind="request", text=t, expect_any=(), right="erasure", note="")
        for t in texts
    ]


@pytest.mark.parametrize("name", PEERS)
def test_each_peer_learns_the_phrases_and_is_scored(
    name: str, few: Catalog, asked: list[Item], known: Understanding
) -> None:
    line = measured(name, few, known.content.notice, asked[:1], PEERS[name])
    assert line.right is not None
    assert line.right.share == 100.0
    assert line.phrases == len(few.phrases)
    assert line.learning
    assert 0 < line.median <= line.slowest


def test_nlp_js_takes_part_only_where_it_is_installed(tmp_path: Path) -> None:
    assert not nlpjs.is_there(None)
    assert not nlpjs.is_there(tmp_path)


def test_nlp_js_is_scored_by_what_it_says_and_its_own_clock(
    tmp_path: Path,
    few: Catalog,
    asked: list[Item],
    known: Understanding,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    node = tmp_path / "node"
    node.write_text(_NODE)
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    line = measured_nlpjs(tmp_path, few, known.content.notice, asked, 20)
    assert (line.learning, line.median) == (2.0, 4.0)
    assert line.right is not None
    assert line.right.share == 50.0


def test_who_ran_out_of_time_is_said_to_have() -> None:
    shown = table([Line(name="nlp.js", phrases=44_548)])
    cells = [list(column.cells) for column in shown.columns]
    assert cells == [["nlp.js"], ["44,548"], ["out of time"], ["-"], ["-"], ["-"]]
