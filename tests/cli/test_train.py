"""`seloste train` puts what was learnt beside the content, or else into the cache."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.content import learning
from bot.content.load import Content
from bot.content.trained import Trained, read_trained
from bot.content.trained_files import NAME
from tests.conftest import ROOT
from tests.content.test_trained import TRAINED

Learnt = Callable[[Content, Path, Path, object], Trained]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content of an organisation; to learn from it takes no time here."""
    for name in ("intents", "responses"):
        ignored = shutil.ignore_patterns("encoder", NAME)
        shutil.copytree(ROOT / name, tmp_path / "own" / name, ignore=ignored)

    def learnt(content: Content, _root: Path, _cache: Path, _tell: object) -> Trained:
        return replace(TRAINED, key=content.key)

    monkeypatch.setattr(learning, "learn_all", learnt)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SELOSTE_CONTENT__DIR", str(tmp_path / "own"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["seloste", "train"])
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    return " ".join(capsys.readouterr().out.split())


def test_what_was_learnt_stands_beside_the_content(
    folder: Path, content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys)
    assert str(folder / "own" / "intents" / NAME).replace("\n", "") in out
    assert f"Learnt from {len(content.catalog.phrases)} phrases" in out
    assert read_trained(folder / "own" / "intents" / NAME, content.key) is not None


def test_beside_content_that_cannot_be_written_the_cache_has_it(
    folder: Path, content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "own" / "intents" / NAME).mkdir()  # in the way; root may write anywhere
    cached = folder / "cache" / "seloste" / f"trained-{content.key}.npz"
    assert str(cached) in said(capsys)
    assert read_trained(cached, content.key) is not None
