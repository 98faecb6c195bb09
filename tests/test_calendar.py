"""The calendar of due dates: with the link one sees numbers and days, without it nothing."""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from bot.bootstrap import Assistant, store_of
from bot.bootstrap.web import _calendar_secrets
from bot.cli.main import main
from bot.config import read_settings
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
