"""What the documents name is there: files, links, settings, metrics, log events."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel

from bot.channels.http import signature
from bot.cli.contract import described
from bot.config import Settings, StaffMember
from bot.config.recipients import RecipientSection
from bot.content.load import Content
from bot.core.catalog import Language
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.core.understanding.topics.match import Outcome
from tests.conftest import ROOT
from tests.docs.documents import DOCUMENTS, README, Document, document

_PATH = re.compile(r"(?<![\w./-])(?:bot|docs|intents|responses|tests|\.ci)/[\w./*-]*[\w/*]")
_LINK = re.compile(r"\]\((?!https?://)(?P<file>[^)#]*)(?:#(?P<heading>[^)]*))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_SETTING = re.compile(r"\[(?P<section>[a-z]+)\] (?P<key>[a-z_]+)")
_VARIABLE = re.compile(r"SELOSTE_([A-Z]+)__([A-Z_]+)")
_METRIC = re.compile(r"\bseloste_[a-z_]+")
# What follows tells how things were called before.
_BEFORE = "## Names that changed"
# And so does every entry of the changelog.
_OF_TODAY = [each for each in DOCUMENTS if each.name != "CHANGELOG.md"]
_README_LINES = 200

each_document = pytest.mark.parametrize("each", DOCUMENTS, ids=lambda each: each.name)


def source() -> str:
    """Return the whole program as text."""
    return "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))


@each_document
def test_every_path_that_is_named_exists(each: Document) -> None:
    for path in set(_PATH.findall(each.text)):
        assert any(ROOT.glob(path.rstrip("/"))), path


@each_document
def test_every_link_leads_somewhere(each: Document) -> None:
    for link in _LINK.finditer(each.text):
        target = (each.path.parent / link["file"]).resolve() if link["file"] else each.path
        assert target.is_relative_to(ROOT)
        assert target.exists(), link[0]
        if link["heading"]:
            headings = _HEADING.findall(target.read_text(encoding="utf-8"))
            assert link["heading"] in map(anchor, headings), link[0]


def anchor(heading: str) -> str:
    """Return the name under which a heading is linked."""
    return re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-")


_BLOCKS: Mapping[str, type[BaseModel]] = {
    "staff": StaffMember,
    "recipients": RecipientSection,
}


def keys_of(section: str) -> set[str]:
    if section in _BLOCKS:
        return set(_BLOCKS[section].model_fields)
    field = Settings.model_fields.get(section)
    kind = field.annotation if field else None
    return (
        set(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else set()
    )


def settings_in(each: Document) -> Iterator[tuple[str, str]]:
    for code in each.code():
        if found := _SETTING.fullmatch(code):
            yield found["section"], found["key"]
    for section, key in _VARIABLE.findall(each.text):
        yield section.lower(), key.lower()
    for block in each.blocks("toml"):
        for section, table in tomllib.loads(block).items():
            for row in table if isinstance(table, list) else [table]:
                yield from ((section, key) for key in row if not isinstance(row[key], dict))


@each_document
def test_every_setting_that_is_named_exists(each: Document) -> None:
    for section, key in set(settings_in(each)):
        assert key in keys_of(section), f"[{section}] {key}"


@pytest.mark.parametrize("each", _OF_TODAY, ids=lambda each: each.name)
def test_every_metric_that_is_named_is_measured(each: Document) -> None:
    text, _, _ = each.text.partition(f"\n{_BEFORE}\n")
    program = source()
    named = {metric.removesuffix("_total") for metric in _METRIC.findall(text)}
    assert {metric for metric in named if f'"{metric}"' not in program} == set()


def test_every_log_event_that_is_explained_is_logged() -> None:
    _, _, logs = document("operate.md").text.partition("\n## Logs\n")
    rows = re.findall(r"^\| (`.*?`) \|", logs, re.MULTILINE)
    events = [event for row in rows for event in re.findall(r"`([^`]+)`", row)]
    assert len(events) > len(rows) > 5
    program = source()
    assert [event for event in events if f'"{event}"' not in program] == []


def test_every_room_has_its_line() -> None:
    named = document("architecture.md").code()
    for init in (ROOT / "bot").rglob("__init__.py"):
        room = init.parent.relative_to(ROOT)
        if room.name not in ("bot", "versions"):
            assert f"{room}/" in named, room


def test_the_signature_that_is_shown_is_the_one_that_is_checked() -> None:
    (shown,) = document("http-channel.md").blocks("python")
    names: dict[str, object] = {}
    exec(shown, names)
    signed = names["signed"]
    assert callable(signed)
    now = datetime.now(UTC)
    assert signature.is_signed("secret", b"{}", signed("secret", b"{}"), now)
    assert not signature.is_signed("other", b"{}", signed("secret", b"{}"), now)


def test_the_readme_stays_short() -> None:
    assert len(README.text.splitlines()) < _README_LINES


def test_the_fields_of_ask_are_those_that_are_printed(
    matcher: CompoundMatcher, content: Content
) -> None:
    (shown,) = map(json.loads, document("content.md").blocks("json"))
    printed = described(matcher.match("Do you use cookies?", Language.EN), content, "1")
    assert shown.keys() == printed.keys()
    assert shown["passages"][0].keys() == printed["passages"][0].keys()
    named = set(document("content.md").code())
    assert {str(outcome) for outcome in Outcome} <= named
