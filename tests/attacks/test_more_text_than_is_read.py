"""A letter of many pages whose request comes at its end: that not all was read is said."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.bootstrap import Assistant
from bot.channels.http.channel import Incoming
from bot.core.understanding.text import LONGEST
from tests.attacks.talking import Talker

PAGES = "Hyvää päivää. " * 400


def test_who_wrote_more_is_told_how_much_was_read(app: Assistant) -> None:
    liisa = Talker(app, "liisa")
    assert len(PAGES) > LONGEST
    assert f"luin siitä vain {LONGEST} ensimmäistä merkkiä" in liisa.says(
        f"{PAGES} Poistakaa tietoni."
    )
    assert "ensimmäistä merkkiä" not in liisa.says(PAGES[:LONGEST])


def test_in_the_middle_of_a_form_too(app: Assistant) -> None:
    liisa = Talker(app, "liisa")
    liisa.says("Haluan kopion tiedoistani", "kyllä", "Liisa", "liisa@example.com")
    assert "ensimmäistä merkkiä" in liisa.says(PAGES)


def test_words_of_staff_are_not_cut_but_refused() -> None:
    """What a customer reads is what staff wrote, or nothing."""
    event = {"id": "1", "staff": "Aino", "ticket": "T-2026-0001", "action": "ask"}
    with pytest.raises(ValidationError, match="staff's words may have 4000 characters"):
        Incoming.model_validate({**event, "text": "a" * (LONGEST + 1)})
