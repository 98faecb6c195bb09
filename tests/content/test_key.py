"""The key is another one when there is something else to learn, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.config import Settings
from bot.content import key
from bot.content.encoder import load_encoder
from bot.content.files import Reading
from bot.content.library import read_entries
from bot.content.load import Content, load
from bot.content.trained import read_trained
from bot.content.trained_files import NAME
from bot.errors import ContentError
from tests.conftest import ROOT

WORDS = Settings().words()
LARGEST = 11_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("intents", "responses"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("encoder"))
    return tmp_path


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def key_of(folder: Path) -> str:
    reading = Reading(folder)
    return key.key_of(reading, read_entries(reading))


def test_a_copy_of_the_content_has_its_key(folder: Path, content: Content) -> None:
    assert key_of(folder) == content.key


def test_a_notice_and_a_map_alone_take_over_what_ships(tmp_path: Path, content: Content) -> None:
    folder = shutil.copytree(ROOT / "tests" / "data" / "en_shop", tmp_path, dirs_exist_ok=True)
    assert key_of(folder) == content.key
    own = folder / "responses" / "notice" / "phrases" / "en.toml"
    own.parent.mkdir()
    own.write_text('[topic.controller]\nphrases = ["who are Fernhollow"]\n', encoding="utf-8")
    assert key_of(folder) != content.key


@pytest.mark.parametrize(
    "file",
    [
        "intents/en/topics.toml",
        "intents/fi/talk.toml",
        "intents/replies/sv.jsonl",
        "responses/notice/phrases/sv.toml",
    ],
)
def test_other_phrases_or_replies_have_another_key(
    folder: Path, content: Content, file: str
) -> None:
    add(folder / file, "\n")
    assert key_of(folder) != content.key


def test_other_intents_have_another_key(folder: Path, content: Content) -> None:
    add(folder / "intents" / "catalog.toml", "[out_of_scope.zebras]\n")
    assert key_of(folder) != content.key


@pytest.mark.parametrize("file", ["en.toml", "notice/topics.toml", "notice/sv.toml"])
def test_other_texts_and_another_map_have_the_same_key(
    folder: Path, content: Content, file: str
) -> None:
    add(folder / "responses" / file, "\n# as before\n")
    assert load(folder, WORDS, lambda _key: True).key == content.key


def test_what_was_learnt_is_read_when_it_is_asked_for(folder: Path, content: Content) -> None:
    again = load(folder, WORDS, lambda known: known == content.key)
    for file in (folder / "intents").rglob("*.jsonl"):
        file.unlink()
    assert (again.key, len(again.texts.sources)) == (content.key, len(content.texts.sources))
    assert again.catalog.phrases[0] == content.catalog.phrases[0]
    assert again.catalog.phrases[5:7] == content.catalog.phrases[5:7]
    assert len(again.catalog.phrases) == len(content.catalog.phrases)
    with pytest.raises(ContentError, match="file is missing"):
        len(again.replies)


def test_what_ships_was_learnt_from_what_ships(content: Content) -> None:
    trained = read_trained(ROOT / "intents" / NAME, content.key)
    assert trained is not None, "make it again: seloste train"
    heads = load_encoder(ROOT).heads
    assert heads is not None
    assert trained.heads is not None, "make it again with the encoder: seloste train"
    assert trained.heads.encoder == heads.encoder, "make it again: seloste train"
    assert trained.company == content.notice.company, "make it again: seloste train"


def test_what_ships_is_small() -> None:
    assert (ROOT / "intents" / NAME).stat().st_size < LARGEST
