"""The encoder reads each text once: what it made of it is kept, even of a run that was stopped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from bot.content import vectors as module
from bot.content.vectors import vectors
from bot.core.understanding.models.weights import Array
from tests.core.understanding.factories import Encodes

VECTORS: Mapping[str, list[float]] = {"one": [1.0, 0.0], "two": [0.0, 2.0], "three": [3.0, 3.0]}


def nothing(_share: float) -> None:
    """Where nobody looks how far it has come."""


def read(encoder: Encodes, path: Path, *texts: str) -> list[list[float]]:
    found: list[list[float]] = vectors(encoder, texts, path, nothing).tolist()
    return found


def asked(encoder: Encodes) -> list[str]:
    return sorted(text for text in encoder.asked if text)


def test_each_text_has_its_vector_in_order(tmp_path: Path) -> None:
    found = read(Encodes(VECTORS), tmp_path / "v.npz", "two", "one", "two")
    assert found == [VECTORS["two"], VECTORS["one"], VECTORS["two"]]


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    read(Encodes(VECTORS), tmp_path / "v.npz", "one", "two")
    later = Encodes(VECTORS)
    assert read(later, tmp_path / "v.npz", "three", "one") == [VECTORS["three"], VECTORS["one"]]
    assert asked(later) == ["three"]
    again = Encodes(VECTORS)
    read(again, tmp_path / "v.npz", "three")
    assert asked(again) == []


def test_a_run_that_was_stopped_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Encodes):
        def vector(self, text: str) -> Array:
            if text == "three":
                raise KeyboardInterrupt
            return super().vector(text)

    monkeypatch.setattr(module, "_AT_A_TIME", 1)
    with pytest.raises(KeyboardInterrupt):
        read(Stopped(VECTORS), tmp_path / "v.npz", *VECTORS)
    rest = Encodes(VECTORS)
    assert read(rest, tmp_path / "v.npz", *VECTORS) == list(VECTORS.values())
    assert asked(rest) == ["three"]


def test_a_broken_file_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "v.npz").write_bytes(b"broken")
    assert read(Encodes(VECTORS), tmp_path / "v.npz", "one") == [VECTORS["one"]]


def test_a_file_that_cannot_be_written_only_means_that_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert read(Encodes(VECTORS), tmp_path / "file" / "v.npz", "one") == [VECTORS["one"]]


def test_how_far_it_has_come_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TOLD_EVERY", 1)
    shares: list[float] = []
    vectors(Encodes(VECTORS), list(VECTORS), tmp_path / "v.npz", shares.append)
    assert shares == sorted(shares)
    assert np.allclose(shares, [1 / 3, 2 / 3, 1])
