"""Staff review what was asked in vain, one by one, and see what it changes before it is learnt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.bootstrap import store_of
from bot.cli.main import app
from bot.config import read_settings
from bot.content import files
from bot.content.files import PACKAGE
from bot.core.catalog import Language
from bot.core.question_counts import QuestionResult
from bot.core.unanswered import Unanswered
from bot.errors import UsageError

WHOLE, GAPPED = "lentääkö teillä kameroita", "kuvaako … meitä"
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with content of its own and two questions that wait."""
    notice = tmp_path / "own" / "responses" / "notice"
    notice.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("SELOSTE_CONTENT__DIR", str(tmp_path / "own"))
    monkeypatch.setenv("SELOSTE_LEARNING__KEEP_UNANSWERED", "true")
    with closing(store_of(read_settings())) as store, store.transaction() as unit:
        for day, text in ((6, WHOLE), (7, GAPPED)):
            question = Unanswered(
                text=text,
                language=Language.FI,
                topic="topic.cctv",
                result=QuestionResult.NOT_IN_NOTICE,
            )
            assert unit.unanswered_questions.keep(date(2026, 11, day), question)
    return notice / "phrases"


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["questions", *arguments], input=typed)


def waiting() -> list[str]:
    with closing(store_of(read_settings())) as store, store.reading() as unit:
        return [one.question.text for one in unit.unanswered_questions.waiting()]


@pytest.mark.usefixtures("folder")
def test_the_list_shows_what_waits() -> None:
    said = run("list").output
    assert "2 questions to review" in said
    assert WHOLE in said
    assert GAPPED in said
    assert "topic.cctv" in said
    assert waiting() == [WHOLE, GAPPED]


def test_a_phrase_is_made_of_one_and_the_other_is_skipped(folder: Path) -> None:
    said = run("review", typed="x\np\nkeksi\ncookies\n\ns\n")
    assert said.exit_code == 0, said.output
    assert "There is no keksi" in said.output
    written = (folder / "proposed" / "fi.toml").read_text()
    assert written == f'[topic.cookies]\nphrases = [\n    "{WHOLE}",\n]\n'
    assert waiting() == [GAPPED]


def test_a_text_with_a_gap_is_no_phrase_before_it_is_filled(folder: Path) -> None:
    said = run("review", typed=f"d\nn\nDrones & Co\n{GAPPED}\nkuvaako kopteri meitä\n")
    assert said.exit_code == 0, said.output
    assert "Fill in the gaps" in said.output
    assert "[topic.drones_co]" in (folder / "proposed" / "topics" / "fi.toml").read_text()
    assert waiting() == []


@pytest.mark.usefixtures("folder")
def test_who_quits_loses_nothing() -> None:
    assert run("review", typed="q\n").exit_code == 0
    assert waiting() == [WHOLE, GAPPED]


def test_what_is_accepted_stands_with_the_phrases(folder: Path) -> None:
    run("review", typed="p\ncookies\n\nq\n")
    assert "1 phrase accepted" in run("accept").output
    assert WHOLE in (folder / "fi.toml").read_text()
    assert "no phrases accepted" in run("accept").output


@pytest.mark.usefixtures("folder")
def test_once_all_is_reviewed_none_waits() -> None:
    run("review", typed="d\nd\n")
    assert "No question waits for review." in run("review").output
    assert "no questions to review" in run("list").output


@pytest.mark.usefixtures("folder")
def test_the_list_says_where_nothing_is_kept_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "None are kept" not in run("list").output
    monkeypatch.setenv("SELOSTE_LEARNING__KEEP_UNANSWERED", "false")
    assert "None are kept: [learning] keep_unanswered is off." in run("list").output


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", ["review", "accept"])
def test_the_phrases_that_ship_are_not_written_to(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = PACKAGE / "_content"
    monkeypatch.setattr(files, "content_dir", lambda _configured=None: shipped)
    said = run(command, typed="p\ncookies\n\nq\n")
    assert isinstance(said.exception, UsageError)
    assert "set [content] dir" in str(said.exception)
    assert waiting() == [WHOLE, GAPPED]
