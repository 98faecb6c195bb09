"""A notice says which of its passages answer which topics; what is wrong there is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.files import Reading
from bot.content.library import Entry
from bot.content.topic_map import read_catalog
from bot.core.catalog import Catalog, Kind, Language, Notice, Passage, Right, Section

ENTRIES: Mapping[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(name="topic.retention"),
        Entry(name="topic.applicants", near="topic.retention"),
        Entry(name="topic.access", text="law.fee"),
        Entry(name="topic.loop", near="topic.loop"),
        Entry(name="request.access", right=Right.ACCESS),
        Entry(name="human"),
    )
}
NOTICE = Notice(
    language=Language.EN,
    version="1",
    date="2026-01-01",
    title="Notice",
    sections={"all": Section(id="all", title="All", level=1, passages=("kept", "copy"))},
    passages={
        name: Passage(id=name, section="all", text=name) for name in ("kept", "copy", "deleted")
    },
    translations={},
)


def mapped(folder: Path, text: str) -> tuple[Catalog, list[str]]:
    file = folder / "responses" / "notice" / "topics.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    reading = Reading(folder)
    return read_catalog(reading, ENTRIES, (), NOTICE), reading.faults


def test_a_topic_with_passages_is_answered_and_another_is_not_in_the_notice(
    tmp_path: Path,
) -> None:
    catalog, faults = mapped(tmp_path, '[answers]\nretention = ["kept"]\n')
    assert faults == []
    kept = catalog.intents["question.retention"]
    assert (kept.kind, kept.passages) == (Kind.QUESTION, ("kept",))
    copy = catalog.intents["not_in_notice.access"]
    assert (copy.kind, copy.passages, copy.text) == (Kind.NOT_IN_NOTICE, (), "law.fee")


def test_when_a_notice_says_more_nothing_but_the_map_changes(tmp_path: Path) -> None:
    catalog, _ = mapped(tmp_path, '[answers]\nretention = ["kept"]\naccess = ["copy"]\n')
    assert catalog.find("not_in_notice.access") is catalog.intents["question.access"]


def test_the_passages_of_a_topic_near_come_nearest(tmp_path: Path) -> None:
    catalog, _ = mapped(tmp_path, '[answers]\nretention = ["kept"]\n')
    assert catalog.intents["not_in_notice.applicants"].passages == ("kept",)
    assert catalog.intents["not_in_notice.loop"].passages == ()


def test_a_notice_can_name_what_comes_nearest(tmp_path: Path) -> None:
    text = '[answers]\nretention = ["kept"]\n[nearest]\napplicants = ["deleted"]\n'
    catalog, _ = mapped(tmp_path, text)
    assert catalog.intents["not_in_notice.applicants"].passages == ("deleted",)


def test_a_right_can_be_asked_for_with_or_without_a_passage_on_it(tmp_path: Path) -> None:
    catalog, _ = mapped(tmp_path / "with", '[rights]\naccess = ["copy"]\n')
    assert catalog.request(Right.ACCESS).passages == ("copy",)
    catalog, faults = mapped(tmp_path / "without", "")
    assert (catalog.request(Right.ACCESS).passages, faults) == ((), [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[answers]\nretentoin = ["kept"]', "answers.retentoin: is no topic of the library"),
        ('[answers]\nretentoin = ["kept"]', "; is 'retention' meant?"),
        ('[answers]\nzebra = ["kept"]', "answers.zebra: is no topic of the library"),
        ('[rights]\nsleep = ["kept"]', "rights.sleep: is no right of the library"),
        ('[answers]\nretention = ["kpet"]', "answers.retention: unknown passage 'kpet'"),
        ('[answers]\nretention = ["kpet"]', "; is 'kept' meant?"),
        ("[answers]\nretention = []", "answers.retention: must be a list of passages"),
        ('[answers]\nretention = "kept"', "answers.retention: must be a list of passages"),
        ('answers = "kept"', "answers: must be a table"),
        ("[answer]", "answer: unknown key"),
        (
            '[answers]\naccess = ["copy"]\n[nearest]\naccess = ["kept"]',
            "nearest.access: stands under [answers] too",
        ),
    ],
)
def test_what_is_wrong_in_the_map_is_named(tmp_path: Path, text: str, fault: str) -> None:
    _, faults = mapped(tmp_path, text + "\n")
    assert len(faults) == 1
    assert faults[0].startswith("responses/notice/topics.toml: ")
    assert fault in faults[0]


def test_a_notice_without_a_map_is_refused(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    read_catalog(reading, ENTRIES, (), NOTICE)
    assert reading.faults == ["responses/notice/topics.toml: file is missing"]
