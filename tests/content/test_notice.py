"""The notice stands word for word as published; its translations follow it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.files import Reading
from bot.content.notice import read_notice, rebuilt, source_hash
from bot.core.buttons import WORDS
from bot.core.catalog import Language, Notice
from tests.conftest import ROOT

SOURCE = ROOT / "tests" / "data" / "notice-source.txt"
MARKDOWN = ROOT / "responses" / "notice" / "fi.md"


def words(text: str) -> list[str]:
    return text.split()


def test_the_passages_joined_are_the_published_text_word_for_word() -> None:
    made = words(rebuilt(MARKDOWN.read_text(encoding="utf-8")))
    published = words(SOURCE.read_text(encoding="utf-8"))
    assert made == published


def test_every_passage_stands_in_the_published_text(notice: Notice) -> None:
    published = " ".join(words(SOURCE.read_text(encoding="utf-8")))
    for passage in notice.passages.values():
        assert " ".join(words(passage.text)) in published, passage.id


def test_the_spelling_mistakes_and_the_cut_address_are_kept(notice: Notice) -> None:
    texts = " ".join(passage.text for passage in notice.passages.values())
    assert "tallennamme ne IT-järjestelmiimme" in texts
    assert "info@ideafix tai" in texts


@pytest.mark.parametrize("language", [Language.EN, Language.SV])
def test_every_passage_and_heading_is_translated_and_fresh(
    notice: Notice, language: Language
) -> None:
    translated = notice.translations[language]
    assert set(translated) == set(notice.passages) | set(notice.sections)
    assert not [key for key, translation in translated.items() if translation.stale]


def test_a_changed_passage_marks_its_translation_stale(tmp_path: Path) -> None:
    folder = tmp_path / "responses" / "notice"
    folder.mkdir(parents=True)
    head = '+++\nlanguage = "fi"\nversion = "2"\ndate = "2026-01-01"\ntitle = "Seloste"\n+++\n'
    body = "# <!-- section-a --> Otsikko\n\n<!-- a --> Uusi teksti.\n"
    (folder / "fi.md").write_text(head + body, encoding="utf-8")
    for language, text in (("en", "Old text."), ("sv", "Gammal text.")):
        (folder / f"{language}.toml").write_text(
            f'[section-a]\ntext = "x"\nsource_hash = "{source_hash("Otsikko")}"\n'
            f'[a]\ntext = "{text}"\nsource_hash = "{source_hash("Vanha teksti.")}"\n',
            encoding="utf-8",
        )
    reading = Reading(tmp_path)
    notice = read_notice(reading)
    assert reading.faults == []
    assert notice.translations[Language.EN]["a"].stale
    assert not notice.translations[Language.EN]["section-a"].stale


def a_notice(folder: Path, front_matter: str) -> Path:
    folder = folder / "responses" / "notice"
    folder.mkdir(parents=True)
    rest = 'version = "1"\ndate = "2026-01-01"\ntitle = "Notice"\n'
    body = "# <!-- section-a --> Heading\n\n<!-- a --> We sell no data.\n"
    (folder / "en.md").write_text(f"+++\n{front_matter}{rest}+++\n{body}", encoding="utf-8")
    return folder


def test_a_notice_in_one_language_needs_no_translation_and_claims_none(tmp_path: Path) -> None:
    a_notice(tmp_path, 'language = "en"\n')
    reading = Reading(tmp_path)
    notice = read_notice(reading)
    assert reading.faults == []
    assert notice.language is Language.EN
    assert not notice.translations
    assert notice.shown("a", Language.FI) == "We sell no data."


@pytest.mark.parametrize(
    ("front_matter", "fault"),
    [
        ("", "language: is missing from the front matter"),
        ('language = "de"\n', "language: is 'de'; it must be fi, en, sv"),
    ],
)
def test_a_notice_says_which_of_the_languages_it_is_in(
    tmp_path: Path, front_matter: str, fault: str
) -> None:
    a_notice(tmp_path, front_matter)
    reading = Reading(tmp_path)
    read_notice(reading)
    assert reading.faults == [f"responses/notice/en.md: {fault}"]


def test_one_notice_is_official_not_two(tmp_path: Path) -> None:
    folder = a_notice(tmp_path, 'language = "en"\n')
    (folder / "fi.md").write_bytes((folder / "en.md").read_bytes())
    reading = Reading(tmp_path)
    read_notice(reading)
    assert "responses/notice: must hold one notice, not several: en.md, fi.md" in reading.faults


@pytest.mark.parametrize("name", sorted(WORDS - {"share_phone"}))
def test_a_section_called_like_a_button_is_refused_with_file_and_line(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "responses" / "notice"
    folder.mkdir(parents=True)
    head = '+++\nlanguage = "fi"\nversion = "2"\ndate = "2026-01-01"\ntitle = "Seloste"\n+++\n'
    body = f"\n# <!-- {name} --> Otsikko\n\n<!-- a --> Teksti.\n\n## <!-- {name}-more --> Alempi\n"
    (folder / "fi.md").write_text(head + body, encoding="utf-8")
    reading = Reading(tmp_path)
    read_notice(reading)
    refused = [fault for fault in reading.faults if "called" in fault]
    assert refused == [
        f"responses/notice/fi.md: line 8: a section cannot be called '{name}': "
        "a button of the assistant is"
    ]


def test_the_whole_section_of_a_chapter_holds_its_subsections(notice: Notice) -> None:
    for section in notice.sections.values():
        assert set(section.passages) <= set(notice.within(section.id))
