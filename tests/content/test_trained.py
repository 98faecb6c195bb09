"""What was learnt is written and read whole, and found wherever it is of the same content."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from bot.content import trained_files
from bot.content.trained import Heads, Trained, read_trained, write_trained
from bot.content.trained_files import NAME, TrainedFiles
from bot.core.understanding.asked import Meaning
from bot.core.understanding.models.encoder import Head
from bot.core.understanding.models.near_wordings import wordings
from bot.core.understanding.models.weights import packed
from bot.core.understanding.replies.reply_model import ReplyModel
from tests.core.factories import catalog_of
from tests.core.understanding.factories import WORDS, model

PHRASES = catalog_of(*((intent, language, word) for word, (intent, language) in WORDS.items()))
HEAD = Head(labels=("human", "status"), weights=np.eye(2, dtype=np.float32), bias=np.zeros(2))
REPLIES = ReplyModel(
    vocabulary={"=yes": 0, "=no": 1},
    rarity=np.ones(2, np.float32),
    meanings=(Meaning.AGREE, Meaning.REFUSE),
    weights=packed(np.eye(2), np.zeros(2)),
)
TRAINED = Trained(
    key="today",
    company="Acme",
    model=model(),
    replies=lambda: REPLIES,
    known=wordings(PHRASES.phrases),
    heads=Heads(encoder="small", topics=HEAD, meanings=HEAD),
)


def same(one: object, other: object) -> bool:
    if callable(one) and callable(other):
        return same(one(), other())
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, np.asarray(other)))
    if is_dataclass(one):
        pairs = ((getattr(one, f.name), getattr(other, f.name)) for f in fields(one) if f.compare)
        return all(same(mine, others) for mine, others in pairs)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other


@pytest.mark.parametrize("trained", [TRAINED, replace(TRAINED, heads=None)])
def test_what_is_written_is_read(tmp_path: Path, trained: Trained) -> None:
    write_trained(tmp_path / NAME, trained)
    assert same(read_trained(tmp_path / NAME, "today"), trained)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_was_learnt_from_other_content_is_not_taken(tmp_path: Path) -> None:
    write_trained(tmp_path / NAME, TRAINED)
    assert read_trained(tmp_path / NAME, "tomorrow") is None


@pytest.mark.parametrize("broken", [b"", b"broken", None])
def test_a_broken_or_missing_file_is_none(tmp_path: Path, broken: bytes | None) -> None:
    path = tmp_path / NAME
    if broken is not None:
        path.write_bytes(broken)
    assert read_trained(path, "today") is None


def test_a_file_cut_off_anywhere_is_none(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write_trained(path, TRAINED)
    whole = path.read_bytes()
    for length in range(0, len(whole), len(whole) // 20):
        path.write_bytes(whole[:length])
        assert read_trained(path, "today") is None


def test_others_may_read_the_file(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        write_trained(tmp_path / NAME, TRAINED)
    finally:
        os.umask(umask)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    write_trained(tmp_path / NAME, TRAINED)
    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="no space"):
        write_trained(tmp_path / NAME, replace(TRAINED, key="tomorrow"))
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert read_trained(tmp_path / NAME, "today") is not None


def files(root: Path) -> TrainedFiles:
    return TrainedFiles(root / "content", root / "cache")


def test_it_is_found_beside_the_content_and_in_the_cache(tmp_path: Path) -> None:
    assert not files(tmp_path).has("today")
    files(tmp_path).keep(TRAINED)
    assert files(tmp_path).has("today")
    write_trained(files(tmp_path).beside, replace(TRAINED, key="here"))
    assert files(tmp_path).has("here")
    assert not files(tmp_path).has("tomorrow")


def test_what_ships_is_found_for_content_that_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trained_files, "content_dir", lambda: tmp_path / "shipped")
    write_trained(tmp_path / "shipped" / "intents" / NAME, TRAINED)
    assert files(tmp_path).has("today")


def test_the_cache_keeps_the_last_three(tmp_path: Path) -> None:
    for number in range(5):
        files(tmp_path).keep(replace(TRAINED, key=str(number)))
        os.utime(tmp_path / "cache" / f"trained-{number}.npz", (number, number))
    kept = sorted(path.name for path in (tmp_path / "cache").iterdir())
    assert kept == ["trained-2.npz", "trained-3.npz", "trained-4.npz"]


def test_a_cache_that_cannot_be_written_only_means_that_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    own = files(tmp_path)
    own.keep(TRAINED)
    assert own.has("today")
    assert not files(tmp_path).has("today")
