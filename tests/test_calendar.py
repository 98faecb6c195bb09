"""The calendar of due dates: with the link one sees numbers and days, without it nothing."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import anyio
import httpx
import icalendar
import pytest
from starlette.applications import Starlette

from bot.bootstrap import Assistant, store_of
from bot.bootstrap.web import _calendar_secrets
from bot.cli.main import main
from bot.config import read_settings
from bot.core.catalog import Right
from bot.errors import StorageError
from bot.replica.calendar_page import CalendarPage
from bot.storage import calendar_link
from tests.conftest import Clock
from tests.factories import LIISA, a_ticket


def link(app: Assistant) -> str:
    with app.store.reading() as unit:
        secret, *_ = calendar_link.secrets(unit)
    return f"/calendar/{secret}.ics"


class Client:
    """Asks a page for what is at a path."""

    def __init__(self, page: CalendarPage) -> None:
        self._pages = httpx.ASGITransport(app=Starlette(routes=page.routes))

    def get(self, path: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._pages, base_url="http://here") as client:
                return await client.get(path)

        return anyio.run(ask)


@pytest.fixture
def client(app: Assistant) -> Client:
    return Client(CalendarPage(app.queries, partial(_calendar_secrets, app.store)))


def keep(app: Assistant) -> None:
    with app.store.transaction() as unit:
        unit.tickets.save(a_ticket(), app.store.keys.person(LIISA), a_ticket().clock.received)


def test_the_link_shows_the_due_days_and_nobody(app: Assistant, client: Client) -> None:
    keep(app)
    answer = client.get(link(app))
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    assert "SUMMARY:T-2026-0001 · tietojen poistaminen" in answer.text
    assert "Liisa" not in answer.text
    assert answer.headers["cache-control"].startswith("private")


def test_a_calendar_program_reads_each_event_as_it_was_meant(
    app: Assistant, client: Client, clock: Clock
) -> None:
    """Read by a library that other programs read calendars with."""
    keep(app)
    for number, right in enumerate(Right, 2):
        one = replace(a_ticket(), id=f"ticket-{number}", number=f"T-2026-{number:04d}", right=right)
        with app.store.transaction() as unit:
            unit.tickets.save(one, app.store.keys.person(LIISA), one.clock.received)
    read = read_calendar(client.get(link(app)))
    tickets = app.queries.tickets(ended=False)
    assert len(read) == len(tickets) == len(Right) + 1
    for ticket in tickets:
        event = read[f"{ticket.number}@seloste"]
        due = ticket.clock.end(app.queries.wording.today()).due
        assert (event.start, event.end) == (due, due + timedelta(days=1))
        assert type(event.start) is date, "it lasts the day, and has no time"
        title = app.queries.wording.label("title", number=ticket.number, right=ticket.right)
        assert str(event["SUMMARY"]) == title
        assert clock.now.replace(microsecond=0) == event.DTSTAMP
    clock.forward(timedelta(days=1))
    assert read_calendar(client.get(link(app))).keys() == read.keys()


def read_calendar(answer: httpx.Response) -> Mapping[str, icalendar.Event]:
    """Return the events by their ids; nothing in it may be amiss."""
    whole = icalendar.Calendar.from_ical(answer.content)
    assert isinstance(whole, icalendar.Calendar)
    assert (whole["VERSION"], [part.errors for part in whole.walk() if part.errors]) == ("2.0", [])
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return {str(event["UID"]): event for event in whole.events}


def test_without_the_secret_there_is_nothing(app: Assistant, client: Client) -> None:
    keep(app)
    for guess in ("0" * 64, "", "ä", link(app)[10:-5]):
        answer = client.get(f"/calendar/{guess}.ics")
        assert answer.status_code == 404
        assert "T-2026" not in answer.text


def test_a_new_link_ends_the_one_before(app: Assistant, client: Client) -> None:
    before = link(app)
    app.store.retrying(calendar_link.renew)
    assert client.get(before).status_code == 404
    assert client.get(link(app)).status_code == 200


def test_the_tickets_are_read_seldom(app: Assistant, client: Client, clock: Clock) -> None:
    assert "VEVENT" not in client.get(link(app)).text
    keep(app)
    assert "VEVENT" not in client.get(link(app)).text
    clock.forward(timedelta(minutes=6))
    assert "VEVENT" in client.get(link(app)).text


def test_a_database_that_is_away_is_asked_again_later(app: Assistant) -> None:
    def fail() -> tuple[str, ...]:
        raise StorageError("gone")

    assert Client(CalendarPage(app.queries, fail)).get("/calendar/x.ics").status_code == 503


def test_the_command_prints_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    config = '[web]\npublic_url = "https://bot.example.com"\n'
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    store_of(read_settings()).close()

    def printed(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["seloste", "calendar", "link", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return capfd.readouterr().out.strip()

    first = printed()
    assert first.startswith("https://bot.example.com/calendar/")
    assert first.endswith(".ics")
    assert printed() == first
    assert printed("--new") != first
    with closing(store_of(read_settings())) as store, store.reading() as unit:
        rows = list(unit.audit.rows())
    assert [row["facts"]["new"] for row in rows] == ["no", "no", "yes"]
    assert {(row["actor"], row["facts"]["what"]) for row in rows} == {("operator", "calendar link")}
    assert "/calendar/" not in str(rows)
