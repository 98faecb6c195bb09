"""What proposed phrases change is shown before they are accepted."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.evaluate import Item, Report, Scored
from bot.cli.evaluate_proposed import changes, effect
from bot.cli.main import app
from bot.content import learning, proposals
from bot.content.load import Content
from bot.content.loaded import cache_dir
from bot.content.trained import Trained
from bot.content.trained_files import TrainedFiles
from bot.core.catalog import Language
from bot.core.understanding.models.near_wordings import wordings
from bot.errors import UsageError
from tests.conftest import ROOT

SNURF = "do you snurf my blorp"


def item(text: str, kind: str = "question") -> Item:
    return Item(lang="en", kind=kind, text=text, expect_any=("evästei",), right=None, note="")


def scored(score: str, given: str) -> Scored:
    return Scored(
        lang="en",
        kind="question",
        score=score,
        expected="x",
        given=given,
        confidence=1.0,
        seconds=0.0,
    )


def test_only_what_gets_another_answer_is_shown_what_turns_right_or_wrong_first() -> None:
    items = [item("same"), item("other, as wrong"), item("now right")]
    before = Report([scored("right", "a"), scored("wrong", "b"), scored("wrong", "b")])
    after = Report([scored("right", "a"), scored("wrong", "c"), scored("right", "a")])
    assert [one.text for one in changes(items, before, after)] == ["now right", "other, as wrong"]
    rows = {score: (old, new) for score, old, new in effect(before, after)}
    assert rows["right"] == ("33.3 (1)", "66.7 (2)")
    assert rows["wrong"] == ("66.7 (2)", "33.3 (1)")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Content) -> Path:
    """Content of an organisation; what is learnt from it anew are the known wordings alone."""
    folder = tmp_path / "own"
    shutil.copytree(ROOT / "responses", folder / "responses")
    shipped = TrainedFiles(ROOT, cache_dir()).find(content.key)
    assert shipped is not None

    def learnt(changed: Content, *_: object) -> Trained:
        known = wordings(changed.catalog.phrases)
        return replace(shipped, key=changed.key, company=changed.notice.company, known=known)

    monkeypatch.setattr(learning, "learn_all", learnt)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SELOSTE_CONTENT__DIR", str(folder))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_effect_is_shown_and_nothing_is_changed(own: Path, tmp_path: Path) -> None:
    path = proposals.propose(own, Language.EN, "topic.cookies", SNURF)
    about = {"lang": "en", "kind": "question", "text": SNURF, "expect_any": ["eväste"]}
    asked = tmp_path / "asked.jsonl"
    asked.write_text(json.dumps({**about, "right": None, "note": ""}))
    said = CliRunner().invoke(app, ["evaluate", "--proposed", str(asked)])
    assert said.exit_code == 0, said.output
    assert "1 proposed phrase" in said.output
    assert "0.0 (0)" in said.output
    assert "100.0 (1)" in said.output
    assert "1 question answered otherwise" in said.output
    assert SNURF in path.read_text()
    phrases = own / "responses" / "notice" / "phrases"
    assert all(SNURF not in file.read_text() for file in phrases.glob("*.toml"))


def test_without_proposals_there_is_nothing_to_show(own: Path, tmp_path: Path) -> None:
    assert own
    asked = tmp_path / "asked.jsonl"
    asked.write_text("")
    said = CliRunner().invoke(app, ["evaluate", "--proposed", str(asked)])
    assert isinstance(said.exception, UsageError)
    assert "no phrase is proposed" in str(said.exception)


def test_it_takes_no_other_option(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["evaluate", "--proposed", "--stages", str(tmp_path)])
    assert said.exit_code == 2
