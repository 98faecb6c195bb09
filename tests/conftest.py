"""What the tests share: the real content, the real model, real stores, and a clock one can set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.leaks", "tests.scratch"]

# How long an example takes says how busy the machine is; tests of time measure by the yardstick.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")

# Fixtures import what they open: the tests of the core need none of it, and are to start at once.
if TYPE_CHECKING:
    from bot.bootstrap import Assistant
    from bot.config import Settings
    from bot.content.load import Content
    from bot.content.loaded import Understanding
    from bot.content.training import Progress
    from bot.core.catalog import Catalog, Notice
    from bot.core.understanding.topics.compound import CompoundMatcher
    from bot.storage.store import Store
    from tests.fakes.postgres import Postgres

ROOT = Path(__file__).resolve().parent.parent
STAFF: list[dict[str, Any]] = [
    {"name": "Aino", "roles": ["agent", "approver"]},
    {"name": "Mika", "roles": ["approver"]},
    {"name": "Sari", "roles": ["agent"]},
]


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write", action="store_true", help="accept transcripts and reviewed texts as they now are"
    )


@pytest.hookimpl(tryfirst=True)  # before those that are not asked for are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _takes_the_second_database(item) and not item.get_closest_marker("exhaustive"):
            item.add_marker(pytest.mark.long)
        if item.get_closest_marker("long") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(600))


def _takes_the_second_database(item: pytest.Item) -> bool:
    """Tell whether what stands on storage runs on PostgreSQL; storage itself is tried on both."""
    parameters = getattr(item, "callspec", None)
    on = parameters.params.get("url") if parameters else None
    return on == "postgresql" and ROOT / "tests/storage" not in item.path.parents


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how to run the tests in the same order again; `-q` leaves the header out."""
    seed = terminalreporter.config.getoption("randomly_seed", None)  # None: -p no:randomly
    terminalreporter.write_line(f"in the same order again: --randomly-seed={seed}")


@pytest.fixture(scope="session")
def known() -> Understanding:
    from bot.config import Settings
    from bot.content.loaded import understanding

    return understanding(None, Settings().words())


@pytest.fixture
def loaded_once(known: Understanding, monkeypatch: pytest.MonkeyPatch) -> Understanding:
    """Have commands that run within this process take the content that is loaded here."""
    from bot.config import Settings
    from bot.content import loaded

    load, words = loaded.understanding, Settings().words()

    def understanding(
        folder: Path | None,
        own: Mapping[str, str],
        progress: Progress | None = None,
        *,
        encoder: bool = True,
    ) -> Understanding:
        if encoder and folder is None and own == words:
            return known
        return load(folder, own, progress, encoder=encoder)

    monkeypatch.setattr(loaded, "understanding", understanding)
    return known


@pytest.fixture(scope="session")
def content(known: Understanding) -> Content:
    return known.content


@pytest.fixture(scope="session")
def catalog(content: Content) -> Catalog:
    return content.catalog


@pytest.fixture(scope="session")
def notice(content: Content) -> Notice:
    return content.notice


@pytest.fixture(scope="session")
def matcher(known: Understanding) -> CompoundMatcher:
    return known.matcher


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    from tests.fakes.postgres import Postgres

    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_tables(postgres: Postgres) -> Postgres:
    """The tests' server, which lends databases with all tables and nothing in them."""
    from tests.fakes.tables import make_tables

    postgres.run("CREATE DATABASE tables")
    make_tables(postgres.url("tables"))
    postgres.lend_copies_of("tables")
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database: each test runs on both kinds.

    It is empty, but for a test with a `store`: there its tables are copied, which is a tenth of the
    time that migrations take.
    """
    has_tables = "store" in request.fixturenames
    if request.param == "sqlite":
        folder = tmp_path / "data"
        if has_tables:
            from tests.fakes.tables import put_tables

            put_tables(folder)
        yield f"sqlite:///{folder / 'seloste.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres_tables" if has_tables else "postgres")
    with server.copy() if has_tables else server.database() as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path, url: str) -> Settings:
    from bot.config import Settings

    return Settings.model_validate(
        {
            "service": {"data_dir": tmp_path / "data"},
            "web": {"listen": "127.0.0.1:0"},
            "database": {"url": url},
            "staff": STAFF,
        }
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    from bot.bootstrap import store_of

    opened = store_of(settings)
    yield opened
    opened.close()


@pytest.fixture
def app(
    settings: Settings, known: Understanding, store: Store, clock: Callable[[], datetime]
) -> Iterator[Assistant]:
    from sqlalchemy import select

    from bot.bootstrap import assistant
    from bot.service.routing import Routes
    from bot.storage import tables
    from tests.logs import personal

    yield assistant(settings, known, store, clock, Routes(desks=("test",)))
    with store.reading() as unit:
        audit = unit.connection.execute(select(tables.audit)).all()
    assert personal(repr(audit)) == [], "personal data in the audit chain"
