"""The draft of those to whom data is disclosed: the notice's own sentences, and nothing made up."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.config.settings import Settings
from bot.content.load import Content
from bot.content.loaded import Understanding
from bot.content.recipient_draft import draft
from bot.core.catalog import Catalog, Kind
from bot.core.tickets.recipients import key_of


@pytest.fixture(scope="session")
def content(known: Understanding) -> Content:
    return known.content


def only(catalog: Catalog, *topics: str) -> Catalog:
    """Return a catalog in which the notice answers no other topics than these."""
    kept = {
        intent.id: intent
        for intent in catalog.intents.values()
        if intent.kind is not Kind.QUESTION or intent.id.partition(".")[2] in topics
    }
    return replace(catalog, intents=kept)


def named(drafted: str) -> list[str]:
    """Return the names in a draft, which the configuration takes as it is."""
    blocks = tomllib.loads(drafted).get("recipients", [])
    return [one.name for one in Settings.model_validate({"recipients": blocks}).recipients]


def test_each_heading_on_sharing_is_a_block_with_its_sentences_above(content: Content) -> None:
    drafted = draft(content.notice, content.catalog, ())
    titles = [section.title for section in content.notice.sections.values()]
    names = named(drafted)
    assert len(names) >= 5
    assert names == [title for title in titles if title in names]
    said = re.sub(r"\n#  +", " ", drafted)
    sentences = {passage.text for passage in content.notice.passages.values()}
    quoted = [line[2:] for line in said.splitlines() if line.startswith("# ")]
    assert {line for line in quoted if line in sentences} == set(quoted[3:])


def test_authorities_that_ask_in_a_single_case_are_no_recipients(content: Content) -> None:
    authorities = content.catalog.find("topic.authorities")
    assert authorities is not None
    drafted = draft(content.notice, content.catalog, ())
    [spoken] = {content.notice.passages[one].section for one in authorities.passages}
    assert content.notice.sections[spoken].title not in named(drafted)


def test_what_is_configured_is_left_out(content: Content) -> None:
    first, *others = named(draft(content.notice, content.catalog, ()))
    assert named(draft(content.notice, content.catalog, {key_of(first)})) == others


def test_a_notice_that_names_none_in_particular_is_drafted_from_what_it_says_in_general(
    content: Content,
) -> None:
    general = only(content.catalog, "sharing")
    assert len(named(draft(content.notice, general, ()))) == 1
    assert named(draft(content.notice, only(content.catalog), ())) == []


@pytest.mark.long
def test_the_draft_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["seloste", "recipients", "draft"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert named(capsys.readouterr().out)
