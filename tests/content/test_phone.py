"""What customers read fits the screen of a phone, and their buttons are not cut off."""

from __future__ import annotations

import re

import pytest

from bot.content.load import Content
from bot.content.responses import day
from bot.core.catalog import Language, Right

LONGEST_LABEL = 42  # characters that a button as wide as a phone shows
LONGEST_TEXT = 560  # characters: some 16 lines of a phone, with room for the buttons
# What the assistant stores has to be said whole (Art. 13); one text is in all three languages.
LONGER = {
    *("privacy", "smalltalk.help", "other_language.reply"),
    *("mail.code_body", "mail.opened_body"),  # read in a mailbox, not in a chat
}
VALUES = {
    "number": "T-2026-0001",
    "email": "matti@example.fi",
    "due": "2026-12-28",
    "at": "2026-11-28T18:00:00+02:00",
    "minutes": 15,
    "left": 4,
    "languages": "/fi /en /sv",
}


@pytest.mark.parametrize("language", Language)
def test_the_name_of_every_intent_fits_on_a_button(content: Content, language: Language) -> None:
    labels = content.texts.labels[language]
    assert {name: label for name, label in labels.items() if len(label) > 38} == {}


@pytest.mark.parametrize("language", Language)
def test_the_button_that_asks_for_a_right_fits(content: Content, language: Language) -> None:
    shown = [content.texts.render("choice.request", language, {"right": r}) for r in Right]
    assert [label for label in shown if len(label) > LONGEST_LABEL] == []


@pytest.mark.parametrize("language", Language)
def test_every_text_fits_a_phone(content: Content, language: Language) -> None:
    texts = content.texts.sources[language]
    shown = {
        key: re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{ ?(\w+).*?\}\}", _value, text))
        for key, text in texts.items()
        if not key.startswith("desk.") and key not in LONGER
    }
    assert {key: len(text) for key, text in shown.items() if len(text) > LONGEST_TEXT} == {}


def _value(found: re.Match[str]) -> str:
    return str(VALUES.get(found[1], "info@ideafix.fi"))


@pytest.mark.parametrize("language", Language)
def test_one_day_and_one_hour_are_said_in_the_singular(
    content: Content, language: Language
) -> None:
    kept = [name for name in content.texts.settings if name.endswith(("_days", "_hours"))]
    privacy = content.texts.render("privacy", language, dict.fromkeys(kept, "1"))
    assert re.findall(r"\b1 (päivää|tuntia|days|hours|dagar|timmar)\b", privacy) == []
    assert len(re.findall(r"\b1 \w+", privacy)) == len(kept)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", ["answer.intro", "answer.perhaps"])
def test_an_answer_names_the_version_of_the_notice_and_its_date(
    content: Content, key: str, language: Language
) -> None:
    said = content.texts.render(key, language, {})
    assert re.search(rf"\bversion? {content.notice.version}\b", said)
    assert day(content.notice.date, language) in said
