"""The encoder that ships, and what happens where it cannot be had."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bot.content import encoder
from bot.content.encoder import HEADS, MODEL, OnnxEncoder, head_for, load_encoder
from bot.content.loaded import Understanding, understanding
from bot.core.catalog import Catalog, Intent, Kind
from bot.core.understanding.asked import Asked, Stage
from bot.core.understanding.models.encoder import Head
from bot.core.understanding.words.text import LONGEST
from tests.conftest import ROOT

SHIPPED = ROOT / "intents" / "encoder"
LARGEST = 35_000_000


@pytest.fixture(scope="module")
def shipped() -> OnnxEncoder:
    return OnnxEncoder(SHIPPED / MODEL)


def nearness(shipped: OnnxEncoder, one: str, other: str) -> float:
    a, b = shipped.vector(one), shipped.vector(other)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_what_means_the_same_lies_near_in_any_language(shipped: OnnxEncoder) -> None:
    kept = [
        "How long do you keep my data?",
        "Kuinka kauan säilytätte tietojani?",
        "Hur länge sparar ni mina uppgifter?",
    ]
    for one, other in pairwise(kept):
        assert nearness(shipped, one, other) > nearness(shipped, one, "What is the weather like?")


def test_the_same_text_has_the_same_vector(shipped: OnnxEncoder) -> None:
    again = OnnxEncoder(SHIPPED / MODEL)
    text = "Millä perusteella käsittelette tietojani?"
    assert (shipped.vector(text) == again.vector(text)).all()
    assert (shipped.texts_read > 0, again.texts_read) == (True, 1)


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "日本語", "🙂", "x" * LONGEST, "a " * (LONGEST // 2)]
)
def test_any_text_has_a_vector(shipped: OnnxEncoder, text: str) -> None:
    assert np.isfinite(shipped.vector(text)).all()


def test_the_file_is_small_and_the_one_that_the_model_card_describes() -> None:
    card = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    assert (SHIPPED / MODEL).stat().st_size <= LARGEST
    for name in (MODEL, HEADS):
        assert hashlib.sha256((SHIPPED / name).read_bytes()).hexdigest() in card


def test_the_heads_know_the_topics_and_the_meanings(catalog: Catalog) -> None:
    scores = load_encoder(ROOT).scores(None, catalog)
    assert scores is not None
    assert set(scores.of_message("cookies")) == set(catalog.intents)
    meant = scores.of_reply("yes please", Asked(stage=Stage.OFFER))
    assert max(meant, key=meant.__getitem__) == "agree"


def test_a_head_follows_what_a_notice_says_and_knows_new_topics_by_those_near_them() -> None:
    kept = Intent(id="not_in_notice.cookies", kind=Kind.NOT_IN_NOTICE)
    new = Intent(id="question.banners", kind=Kind.QUESTION, near="topic.cookies")
    unknown = Intent(id="question.zebras", kind=Kind.QUESTION)
    catalog = Catalog(intents={one.id: one for one in (kept, new, unknown)}, phrases=())
    learnt = Head(
        labels=("question.cookies", "human"),
        weights=np.array([[1.0, 2.0]], np.float32),
        bias=np.array([3.0, 4.0], np.float32),
    )
    head = head_for(catalog, learnt)
    assert head.labels == ("not_in_notice.cookies", "human", "question.banners")
    assert head.weights.tolist() == [[1.0, 2.0, 1.0]]
    assert head.bias.tolist() == [3.0, 4.0, 3.0]


def reason(root: Path) -> str:
    loaded = load_encoder(root)
    assert (loaded.encoder, loaded.heads) == (None, None)
    return loaded.missing


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "intents" / "encoder"
    folder.mkdir(parents=True)
    (folder / MODEL).touch()
    shutil.copy(SHIPPED / HEADS, folder)
    return tmp_path


def test_why_there_is_no_encoder_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "intents" / "encoder" / HEADS).write_bytes(b"")
    assert "cannot be read" in reason(root)
    (root / "intents" / "encoder" / HEADS).unlink()
    assert "cannot be read (FileNotFoundError)" in reason(root)
    with monkeypatch.context() as without:
        without.setattr(encoder, "find_spec", lambda _name: None)
        assert "onnxruntime" in reason(root)
    (root / "intents" / "encoder" / MODEL).unlink()
    assert "is missing" in reason(root)


def test_for_other_topics_it_says_nothing_until_heads_were_learnt() -> None:
    shipped = load_encoder(ROOT)
    assert shipped.heads is not None
    topics = [Intent(id=f"question.{n}", kind=Kind.QUESTION) for n in range(5)]
    other = Catalog(intents={topic.id: topic for topic in topics}, phrases=())
    assert shipped.scores(None, other) is None
    width = len(shipped.heads.topics.weights)
    learnt = Head(
        labels=tuple(other.intents), weights=np.zeros((width, 5)), bias=np.arange(5, dtype=float)
    )
    heads = replace(shipped.heads, topics=learnt)
    scores = shipped.scores(heads, other)
    assert scores is not None
    said = scores.of_message("cookies")
    assert max(said, key=said.__getitem__) == "question.4"
    assert shipped.scores(replace(heads, encoder="another"), other) is None


def test_content_without_an_encoder_of_its_own_uses_what_ships(tmp_path: Path) -> None:
    assert load_encoder(tmp_path).encoder is not None


def test_without_the_encoder_everything_is_understood_by_the_linear_model(
    known: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda _name: None)
    linear = understanding(None, {})
    assert (linear.encoder, "onnxruntime" in linear.without_encoder) == (None, True)
    assert linear.matcher.match("Poistakaa tietoni").intent == "request.erasure"
    assert (known.encoder is None, known.without_encoder) == (False, "")


def test_it_is_known_which_phrases_the_encoder_was_made_with(catalog: Catalog) -> None:
    shipped = load_encoder(ROOT)
    texts = [phrase.text for phrase in catalog.library().phrases]
    assert 20_000 < shipped.has_seen(texts).sum() < len(texts)
    assert not shipped.has_seen(["Nobody has written this before: 8d1f."]).any()


def test_where_nobody_knows_what_it_was_made_with_all_is_new_to_it(tmp_path: Path) -> None:
    unknown = replace(load_encoder(ROOT), seen=tmp_path / "seen.npy")
    assert not unknown.has_seen(["who is the data controller"]).any()
