"""Other languages are recognised in short sentences; dialect and slips are not taken for one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.cli.evaluate import read_items
from bot.content.language_identifier import LoadedWhenAsked
from bot.core.catalog import Language
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from tests.conftest import ROOT

# Written for this test: the language, and a sentence that somebody could write here.
SENTENCES = [
    line.split("\t")
    for line in (ROOT / "tests/data/other-languages.tsv").read_text(encoding="utf-8").splitlines()
]
SLOPPY = [
    "va e he för lov ja sku ha gett",
    "int har ja nåånsin vari kund hos er",
    "he e bra, fyr iväg bara",
    "mie haluun nähä mitä työ miust tiiätte",
    "nii et poistatteks mun tiedot vai ette",
    "voitteks te soittaa mulle takas joskus",
    "minun tiedot pois minä en asiakas enää",
    "pls delete everythin u got on me asap",
    "i watn my data erasd right now",
    "kindly do the needful and revert back",
    "Please remove Nguyen Van Hoang from your list",
]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_a_sentence_in_another_language_is_recognised(
    matcher: CompoundMatcher, language: str, text: str
) -> None:
    assert language not in set(Language)
    assert matcher.match(text).intent == OTHER_LANGUAGE


def test_without_room_for_temporary_files_a_text_is_still_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = LoadedWhenAsked()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    with capture_logs() as logged:
        assert identifier.rank("Wo werden meine Daten gespeichert?") == ()
    assert [line["event"] for line in logged] == ["languages are not told apart"]
    monkeypatch.undo()
    assert identifier.rank("Wo werden meine Daten gespeichert?")[0][0] == "de"


@pytest.mark.parametrize("text", SLOPPY)
def test_dialect_slang_and_slips_are_not_taken_for_another_language(
    matcher: CompoundMatcher, text: str
) -> None:
    assert matcher.match(text).intent != OTHER_LANGUAGE


@pytest.mark.parametrize(
    ("text", "language"), [("hello", Language.EN), ("hej", Language.SV), ("moi", Language.FI)]
)
def test_a_greeting_is_answered_in_its_own_language(
    matcher: CompoundMatcher, text: str, language: Language
) -> None:
    match = matcher.match(text, Language.FI)
    assert (match.intent, match.language) == ("smalltalk.hello", language)


def test_no_labelled_question_is_taken_for_another_language(matcher: CompoundMatcher) -> None:
    items = list(read_items([ROOT / "tests/data/questions-dev.jsonl"]))
    taken = [item.text for item in items if matcher.match(item.text).intent == OTHER_LANGUAGE]
    assert len(taken) <= len(items) * 0.002, taken
