"""Texts of the organisation and addresses of people hold markup: no page or calendar runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels import copy_page
from bot.channels.desk.month_page import page
from bot.channels.desk.wording import Wording
from bot.core.catalog import Language
from bot.core.effects import Value
from bot.core.question_counts import QuestionResult, TopicResults
from bot.core.tickets.calendar_feed import calendar
from bot.core.tickets.copies import clean_name
from bot.core.tickets.month_report import Month, Notes, month_report
from bot.core.tickets.ticket import State
from tests.factories import LIISA, NAMES, NOW, RULES, in_state

EVIL = "<script>alert(1)</script>\"'\r\nEND:VCALENDAR,;\\"


def evil(_key: str, _language: Language, values: Mapping[str, Value]) -> str:
    return EVIL + "".join(map(str, values.values()))


WORDING = Wording(render=evil, language=Language.EN, rules=RULES, names=NAMES, clock=lambda: NOW)


def held(html: str) -> list[str]:
    """Return the tags of a page, and fail where one has an attribute that the texts brought."""
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)
            assert not any(name.startswith("on") for name, _ in attrs)

    Tags().feed(html)
    return found


def test_the_report_of_a_month_runs_nothing() -> None:
    refused = replace(in_state(State.REFUSED), closed_at=NOW)
    notes = Notes(grounds={refused.id: EVIL})
    made = month_report(Month(year=2026, month=11), [refused], [], notes, NOW, RULES)
    asked = [TopicResults(topic="dpo", results={QuestionResult.NOT_IN_NOTICE: 1})]
    html = page(made, asked, NOW, WORDING, {"dpo": EVIL}, EVIL)
    assert "script" not in held(html)
    assert html.count("alert(1)") > 20


def test_the_page_of_a_copy_runs_nothing() -> None:
    person = replace(LIISA, email='"<img/onerror=alert(1)>"@example.com')
    ticket = replace(in_state(State.REFUSED), person=person)
    texts: Any = SimpleNamespace(
        rules=RULES, text=lambda key, spoken, **values: evil(key, spoken, values)
    )
    for html in (
        copy_page.page(ticket, '/deliver/"><script>', texts, "wrong"),
        copy_page.gone(texts),
    ):
        assert not {"script", "img"} & set(held(html))
        assert "alert(1)" in html


def test_a_calendar_holds_the_lines_of_the_format_alone() -> None:
    text = calendar(EVIL, [in_state(State.CONFIRMED)], lambda _ticket: EVIL, NOW, RULES)
    lines = text.replace("\r\n ", "").split("\r\n")
    assert sum(line.startswith("END:VCALENDAR") for line in lines) == 1
    assert lines.count("BEGIN:VEVENT") == 1
    assert not any("\r" in line or "\n" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\C:\\a.exe", "a.exe"),
        ("..", "file"),
        ("\u202efdp.exe", "_fdp.exe"),
        ('a"; filename="b.html', "a__ filename=_b.html"),
        ("a\r\nSet-Cookie: x=1", "a__Set-Cookie_ x=1"),
        ("a\x00.pdf", "a_.pdf"),
        ("／etc／passwd", "_etc_passwd"),
    ],
)
def test_the_name_of_a_file_is_neither_path_nor_header(name: str, kept: str) -> None:
    clean = clean_name(name)
    assert clean == kept
    header = copy_page.attachment(clean)["Content-Disposition"]
    assert header.isascii()
    assert header.count('"') == 2
    assert not set("\r\n/\\") & set(header.replace("UTF-8''", ""))
