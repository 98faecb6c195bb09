"""The page of a copy works in a real browser.

Debian's package chromium is all that it takes; where there is none, nothing is tried.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from bot.bootstrap import Assistant
from bot.config import Settings
from bot.config.web import WebSection
from tests.fakes import browser
from tests.fakes.browser import Browser
from tests.test_copy_delivered import COPY, PUBLIC, Walk

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not browser.BINARY, reason="no Chromium: apt-get install chromium"),
]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"web": WebSection(public_url=PUBLIC)})


@pytest.fixture
def walk(app: Assistant) -> Walk:
    return Walk(app)


@pytest.fixture
def origin(walk: Walk) -> Iterator[str]:
    """Serve the web application on loopback; return where."""
    config = uvicorn.Config(walk.web.app, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_the_copy_is_saved_from_its_page_without_javascript(
    walk: Walk, origin: str, tmp_path: Path
) -> None:
    walk.asks()
    walk.attach()
    path = walk.page()
    url, opens = origin + path, f"form[action='{path}'] button"

    def said(key: str) -> bool:
        return walk.app.queries.text(f"page.{key}", walk.ticket.language) in tab.markup()

    with Browser(tmp_path, javascript=False) as tab:
        tab.open("data:text/html,<p>off<script>document.body.textContent='on'</script>")
        assert "<p>off" in tab.markup()
        tab.open(url)
        assert "l•••@example.com" in tab.markup()
        tab.click("form[action$='/code'] button")
        assert said("sent")
        tab.type("input[name=code]", "00000000")
        tab.click(opens)
        assert said("wrong")
        tab.type("input[name=code]", walk.code())
        tab.click(opens, leads_on=False)
        file = tab.saved()
        assert (file.name, file.read_bytes()) == ("my data.json", COPY)
        told = tab.headers("POST", url)
        assert told["content-disposition"].startswith("attachment;")
        assert told["cache-control"] == "no-store"
        assert told["referrer-policy"] == "no-referrer"
        # Nothing of the link goes anywhere else, neither as an address nor as a referrer.
        asked = [one for one in tab.requested() if not one["url"].startswith("data:")]
        assert {one["url"].removeprefix(origin) for one in asked} <= {
            *(path, f"{path}/code", "/favicon.ico")
        }
        assert not [one for one in asked if "Referer" in one["headers"]]
    assert walk.ticket.delivery is not None
    assert len(walk.ticket.delivery.opened) == 1
