"""Whoever tries `seloste chat` where the service runs leaves the customers' messages alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bootstrap import Assistant, assistant, store_of
from bot.cli.trial import mark_production
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.contacts import email
from bot.core.effects import Say
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from bot.service.routing import Routes
from tests.conftest import STAFF

_SAMPLE = "matti.meikalainen@example.com"


def chat(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Say hello in a terminal, in the folder in which the service runs."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input="hello\n/staff Aino\nlist\n/quit\n",
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        timeout=100,
        check=False,
        text=True,
    )


@pytest.fixture
def production(tmp_path: Path, known: Understanding) -> Assistant:
    """An assistant on Telegram, with customers' events and answers that wait."""
    settings = Settings.model_validate(
        {
            "service": {"data_dir": tmp_path / "data"},
            "telegram": {"token": "1:a", "staff_chat_id": -1},
            "staff": STAFF,
        }
    )
    made = assistant(settings, known, routes=Routes(desks=("telegram_group",)))
    person = Person(channel="telegram", account="1")
    event = FromCustomer(person=person, event=Said(text="hei"))
    made.intake.receive([made.intake.inbound(str(number), event) for number in range(6)])
    with made.store.transaction() as unit:
        answers = [Say(to=person, language=made.rules.languages[0], parts=()) for _ in range(8)]
        made.router.enqueue(unit, answers, made.clock())
    return made


def untouched(made: Assistant) -> bool:
    with made.store.reading() as unit:
        waiting = unit.inbox.waiting()[0], unit.outbox.waiting()[0]
        dead = unit.inbox.dead_count() + unit.outbox.dead_count()
        known = unit.contacts.look_up([email(_SAMPLE)]).persons
    return waiting == (6, 8) and not dead and not known


@pytest.mark.long
def test_a_trial_has_a_data_folder_of_its_own_and_says_so(
    production: Assistant, tmp_path: Path
) -> None:
    channel = {"SELOSTE_TELEGRAM__TOKEN": "1:a", "SELOSTE_TELEGRAM__STAFF_CHAT_ID": "-1"}
    tried = chat(tmp_path, **channel)
    assert tried.returncode == 0, tried.stderr
    assert "This is a trial" in tried.stdout
    assert "data/chat" in tried.stdout.replace("\n", "")
    assert (tmp_path / "data" / "chat" / "seloste.db").exists()
    assert untouched(production)


def test_a_trial_is_refused_where_customers_are_served_though_no_channel_is_configured(
    production: Assistant, tmp_path: Path
) -> None:
    """The tokens may come from the environment of the service alone."""
    mark_production(production.store)
    refused = chat(tmp_path)
    assert refused.returncode == 2
    assert "this database serves customers" in refused.stderr
    assert untouched(production)


@pytest.mark.long
def test_a_trial_without_any_channel_is_kept_where_the_configuration_says(tmp_path: Path) -> None:
    tried = chat(tmp_path)
    assert tried.returncode == 0, tried.stderr
    assert "This is a trial" not in tried.stdout
    store = store_of(Settings.model_validate({"service": {"data_dir": tmp_path / "data"}}))
    with store.reading() as unit:
        assert unit.contacts.look_up([email(_SAMPLE)]).persons
    store.close()
