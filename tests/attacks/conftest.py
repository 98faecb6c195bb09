"""What the attacks share: a house with a ticket in it, its database bare, and the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.cli.main import main
from bot.core.events import StaffActed
from bot.core.tickets import identity
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.ticket import Action, Ticket
from tests.test_service import Talk, erasure


class Intruder:
    """Somebody who can read and write the database, but has no key."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def run(self, statement: str, **values: Any) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            found = connection.execute(text(statement), values)
            return [dict(row._mapping) for row in found] if found.returns_rows else []

    def row(self, table: str) -> dict[str, Any]:
        (only,) = self.run(f"SELECT * FROM {table}")
        return only

    def put_back(self, ticket: dict[str, Any]) -> None:
        """Put a whole earlier row in the place of the ticket's."""
        columns = ", ".join(f'"{name}" = :{name}' for name in ticket)
        self.run(f"UPDATE tickets SET {columns} WHERE id = :id", **ticket)

    def cut_audit(self, rows: int) -> None:
        """Cut the chain to its first rows, and note the last of them as its head."""
        self.run("DELETE FROM audit WHERE seq > :rows", rows=rows)
        last = self.run("SELECT hash FROM audit WHERE seq = :rows", rows=rows)[0]["hash"]
        (head,) = self.run("SELECT value FROM meta WHERE name = 'audit_head'")
        *origin, _, _ = head["value"].split(":")
        value = ":".join([*origin, str(rows), last])
        self.run("UPDATE meta SET value = :value WHERE name = 'audit_head'", value=value)

    def close(self) -> None:
        self._engine.dispose()


@dataclass
class House:
    """A running installation with one ticket, whose identity staff have attested."""

    app: Assistant
    talk: Talk

    @property
    def ticket(self) -> Ticket:
        with self.app.store.reading() as unit:
            (found,) = unit.tickets.by_due_date(ended=True)
        return found

    @property
    def rows(self) -> int:
        with self.app.store.reading() as unit:
            return unit.audit.verify_chain()[0]

    def act(self, who: str, action: Action, **more: Any) -> None:
        actor = self.app.actors[who]
        command = Command(action=action, version=self.ticket.version, **more)
        event = StaffActed(ticket=self.ticket.id, actor=actor, command=command)
        self.talk.events += 1
        take(self.app, self.app.intake.inbound(f"staff-{self.talk.events}", event, "test"))
        self.talk.deliver()


@pytest.fixture
def intruder(app: Assistant, url: str) -> Iterator[Intruder]:
    assert app
    there = Intruder(url)
    yield there
    there.close()


@pytest.fixture
def house(app: Assistant) -> House:
    made = House(app, erasure(app))
    sari = app.actors["Sari"]
    evidence = identity.attestation(Method.IN_PERSON, sari.key, app.clock())
    made.act("Sari", Action.VERIFY, evidence=evidence)
    return made


@dataclass
class Said:
    """What a command printed, and how it ended."""

    out: str
    err: str
    code: int


Run = Callable[..., Said]


@pytest.fixture
def seloste(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    url: str,
) -> Run:
    """Run a command of the command line on the database of the house."""

    def run(*arguments: str) -> Said:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("SELOSTE_DATABASE__URL", url)
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.setattr(sys, "argv", ["seloste", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Said(*capsys.readouterr(), int(ended.value.code or 0))

    return run
