"""A conversation in the terminal: what people write stands on their screen and nowhere else."""

from __future__ import annotations

import io
from functools import partial

from rich.console import Console

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, take
from bot.channels.terminal import CHANNEL, Hands, Terminal
from tests.logs import logged, personal

LINES = (
    "Kuinka kauan Kanarialintu säilyttää tietoja?",
    "poistakaa tietoni",
    "kyllä",
    "Kanarialintu",
    "kanaria@example.com",
    "salainen toive",
    "1",
    "12345678",
    "/staff Mika",
    "show T-2026-0001",
    "refuse T-2026-0001",
    "salainen toive",
    "n",
    "/quit",
)


def test_a_conversation_stands_on_the_screen_and_not_in_the_log(app: Assistant) -> None:
    screen, typed = io.StringIO(), iter(LINES)

    def read(_prompt: str) -> str | None:
        return next(typed)

    with logged() as log:
        hands = Hands(take=partial(take, app), deliver=partial(deliver, app, CHANNEL), letters=list)
        Terminal(app.queries, hands, Console(file=screen, width=100), read).run()
    for seen in ("Kanarialintu", "T-2026-0001", "salainen toive"):
        assert seen in screen.getvalue()
    assert personal(log.getvalue()) == []
