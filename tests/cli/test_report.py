"""The monthly report, and the made-up year that it is tried on."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.bootstrap import store_of, utc_now
from bot.cli.demo_year import planned
from bot.cli.main import main
from bot.config import read_settings
from bot.content.loaded import Understanding
from bot.core.catalog import Kind, Language, Right
from bot.core.question_counts import asked_in
from bot.core.tickets.ticket import State
from bot.core.understanding.topics.match import Match, Outcome
from bot.storage.store import Store
from tests.factories import MIKA, SARI


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_once: Understanding) -> Path:
    assert loaded_once
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["seloste", *words])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def store() -> Store:
    return store_of(read_settings())


class Page(HTMLParser):
    """What a page holds: the texts that are seen, tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.seen.append(data.strip())


def a_match(intent: str) -> Match:
    kind = intent.partition(".")[0]
    outcome = Outcome.ANSWER if kind == Kind.QUESTION else Outcome(kind)
    return Match(language=Language.FI, outcome=outcome, intent=intent)


def this_month() -> str:
    return f"{utc_now():%Y-%m}"


@pytest.mark.usefixtures("folder")
def test_a_made_up_year_is_a_whole_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SELOSTE_RECIPIENTS", '[{"name": "Accounting"}]')
    assert run(monkeypatch, "demo-data", "--requests", "120", "--seed", "5") == 0
    assert "120 requests and 12 questions" in capfd.readouterr().out
    with store().reading() as unit:
        tickets = unit.tickets.by_due_date(ended=True)
        assert unit.suppressions.listed()
    assert all(ticket.notice for ticket in tickets)
    assert len(tickets) == 120  # so many that each end is among them, on whatever day
    assert {State.FULFILLED, State.REFUSED, State.AWAITING_IDENTITY} <= {t.state for t in tickets}
    carried_out = {ticket.right for ticket in tickets if ticket.state is State.FULFILLED}
    assert {Right.ERASURE, Right.RECTIFICATION} <= carried_out  # recipients were told of these
    assert any(task.done_at for ticket in tickets for task in ticket.tasks)
    assert {ticket.owner for ticket in tickets} - {""}
    assert all(t.template for t in tickets if t.state is State.REFUSED)
    assert run(monkeypatch, "audit", "verify") == 0
    assert run(monkeypatch, "demo-data") == 2
    assert "not empty" in capfd.readouterr().err


def test_the_same_seed_plans_the_same_year() -> None:
    from bot.cli.demo_year import Team

    end, team = utc_now(), Team(agent=SARI, approver=MIKA)
    assert planned(20, end, team, 1) == planned(20, end, team, 1)
    assert planned(20, end, team, 1) != planned(20, end, team, 2)


def test_a_report_is_one_page_that_names_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "demo-data", "--requests", "12")
    with store().transaction() as unit:
        for name in ("out_of_scope.weather", "not_in_notice.dpo"):
            (asked,) = asked_in(a_match(name))
            unit.question_counts.add(utc_now().date(), Language.FI, asked)
    assert run(monkeypatch, "report", "--month", this_month(), "--html", "page.html") == 0
    assert "page.html" in capfd.readouterr().out
    text = (folder / "page.html").read_text(encoding="utf-8")
    assert (folder / "page.html").stat().st_mode & 0o077 == 0
    page = Page(text)
    assert any(seen.startswith("Ideafix · Tietosuojapyynnöt") for seen in page.seen)
    assert "Käsittelyaika päivinä" in page.seen
    assert sum(tag == "svg" for tag, _ in page.tags) >= 5
    # What was asked and not answered comes first.
    order = ("Kysymykset aiheittain", "Tietosuojavastaava", "Muut asiat kuin tietosuoja")
    assert sorted(order, key=page.seen.index) == list(order)
    # Nothing is fetched from elsewhere, and nobody is in it.
    assert not [a for _, a in page.tags if a.keys() & {"src", "href"}]
    assert not re.search(r"https?://|url\(|@import|<script", text)
    for personal in ("Virtanen", "Mäkinen", "@example.com", "T-20", "Q-20"):
        assert personal not in text


def test_a_report_of_nothing_says_so_in_each_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    store().close()
    for language, none in (("fi", "Ei yhtään."), ("en", "None."), ("sv", "Inga.")):
        told = "report", "--month", "2020-02", "--html", "-", "--language", language
        assert run(monkeypatch, *told) == 0
        assert none in Page(capfd.readouterr().out).seen
    assert run(monkeypatch, "report", "--month", "February", "--html", "page.html") == 2
    assert list(folder.glob("*.html")) == []


@pytest.mark.long
def test_on_a_year_of_2000_requests_all_of_it_can_be_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "demo-data") == 0
    assert run(monkeypatch, "audit", "verify") == 0
    with store().reading() as unit:
        tickets = unit.tickets.by_due_date(ended=True)
    capfd.readouterr()
    received = 0
    for month in sorted({f"{ticket.clock.received:%Y-%m}" for ticket in tickets}):
        assert run(monkeypatch, "report", "--month", month, "--html", "page.html") == 0
        received += int(re.findall(r"(\d+) received", capfd.readouterr().out)[0])
    assert received == len(tickets) == 2000
    assert run(monkeypatch, "tickets", "export", "register.xlsx", "--format", "xlsx") == 0
    last = max(tickets, key=lambda ticket: ticket.version).number
    assert run(monkeypatch, "tickets", "export", "--case", last, "--pdf", "case.pdf") == 0
    assert (folder / "case.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium here")
def test_a_browser_shows_it_on_a_narrow_screen_without_scrolling_sideways(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, "demo-data", "--requests", "12")
    run(monkeypatch, "report", "--month", this_month(), "--html", "page.html")
    told = "<script>document.title=document.documentElement.scrollWidth<=innerWidth</script>"
    with (folder / "page.html").open("a", encoding="utf-8") as page:
        page.write(told)
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=500,900", "--dump-dom")
    shown = subprocess.run(
        ["chromium", *options, (folder / "page.html").as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "<title>true</title>" in shown.stdout
