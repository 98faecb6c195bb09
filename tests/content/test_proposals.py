"""Proposed phrases stand apart until they are accepted; what stood there stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.library import Entry
from bot.content.proposals import (
    accept,
    accepted_apart,
    propose,
    propose_topic,
    proposed,
    with_phrase,
)
from bot.core.catalog import Language
from bot.errors import ContentError, UsageError

OWN = """# The names of its firms.

[topic.dpo]
# Who they are.
phrases = [
    "kuka vastaa",
]

[topic.cookies]
phrases = [
    "keksit",
]
"""
ENTRIES = {name: Entry(name=name) for name in ("topic.dpo", "topic.cookies")}
FI = Language.FI


def phrases(root: Path) -> Path:
    return root / "responses" / "notice" / "phrases"


def test_a_phrase_goes_into_the_table_of_its_topic_and_the_rest_stays() -> None:
    added = with_phrase(OWN, "topic.dpo", 'kuka on "vastaava"')
    assert added == OWN.replace("phrases = [\n", 'phrases = [\n    "kuka on \\"vastaava\\"",\n', 1)


def test_a_topic_without_phrases_gets_a_table() -> None:
    table = '[topic.photos]\nphrases = [\n    "kuvat",\n]\n'
    assert with_phrase(OWN, "topic.photos", "kuvat") == f"{OWN}\n{table}"
    assert with_phrase("", "topic.photos", "kuvat") == table


def test_a_file_in_another_form_is_left_to_a_person() -> None:
    with pytest.raises(UsageError, match="by hand"):
        with_phrase('[topic.dpo]\nphrases = ["kuka"]\n', "topic.dpo", "kuka on")


def test_what_is_proposed_stands_apart_and_once(tmp_path: Path) -> None:
    for _ in range(2):
        path = propose(tmp_path, FI, "topic.dpo", "kuka on")
    assert path == phrases(tmp_path) / "proposed" / "fi.toml"
    (phrase,) = proposed(tmp_path, ENTRIES, "")
    assert (phrase.intent, phrase.language, phrase.text) == ("topic.dpo", FI, "kuka on")


def test_a_proposed_phrase_of_a_topic_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    propose(tmp_path, FI, "topic.drones", "kopterit")
    with pytest.raises(ContentError, match="drones"):
        proposed(tmp_path, ENTRIES, "")


def test_phrases_of_new_topics_wait_for_a_person(tmp_path: Path) -> None:
    propose_topic(tmp_path, FI, "topic.drones", "kopterit")
    assert proposed(tmp_path, ENTRIES, "") == ()
    assert accept(tmp_path) == 0


def test_what_is_accepted_stands_with_the_phrases_of_the_company(tmp_path: Path) -> None:
    phrases(tmp_path).mkdir(parents=True)
    own = phrases(tmp_path) / "fi.toml"
    own.write_text(OWN)
    propose(tmp_path, FI, "topic.dpo", "kuka on")
    propose(tmp_path, Language.SV, "topic.dpo", "vem är")
    assert accept(tmp_path) == 2
    assert own.read_text() == with_phrase(OWN, "topic.dpo", "kuka on")
    assert "vem är" in (phrases(tmp_path) / "sv.toml").read_text()
    assert (proposed(tmp_path, ENTRIES, ""), accept(tmp_path)) == ((), 0)


def test_a_file_that_is_broken_is_named(tmp_path: Path) -> None:
    propose(tmp_path, FI, "topic.dpo", "kuka").write_text("[")
    with pytest.raises(UsageError, match="not valid TOML"):
        propose(tmp_path, FI, "topic.dpo", "kuka on")


def test_what_would_be_accepted_is_accepted_in_a_copy(tmp_path: Path) -> None:
    phrases(tmp_path).mkdir(parents=True)
    (phrases(tmp_path) / "fi.toml").write_text(OWN)
    propose(tmp_path, FI, "topic.dpo", "kuka on")
    with accepted_apart(tmp_path) as copy:
        assert (phrases(copy) / "fi.toml").read_text() == with_phrase(OWN, "topic.dpo", "kuka on")
        assert proposed(copy, ENTRIES, "") == ()
    assert not copy.exists()
    assert (phrases(tmp_path) / "fi.toml").read_text() == OWN
    assert len(proposed(tmp_path, ENTRIES, "")) == 1
