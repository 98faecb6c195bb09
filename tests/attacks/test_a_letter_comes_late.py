"""Whoever asked for a new code types that of the first letter, which came late: no try is lost."""

from __future__ import annotations

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import letters
from tests.attacks.talking import Talker


def test_an_old_code_is_told_apart_from_a_wrong_one(app: Assistant) -> None:
    liisa = Talker(app, "liisa")
    liisa.says("Haluan kopion tiedoistani", "kyllä", "Liisa", "liisa@example.com", "ohita", "kyllä")
    first = liisa.code()
    liisa.presses("Lähetä uusi koodi")
    for _ in range(10):
        assert "aiemman viestin koodi" in liisa.says(first)
    assert len(letters(app)) == 2
    assert app.codes.counts()["wrong"] == 0
    assert "koodi on oikein" in liisa.says(liisa.code())
