"""Untrusted text is shown as it stands: no markup of it is ever interpreted."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.channels import render
from bot.core.messages import Block, Button, Message

NASTY = [
    "[bold red]x[/bold red]",
    "[link=http://x]y[/link]",
    "{{ 7*7 }}",
    "<b>x</b>",
    "[/]",
    "\\[x]",
]


def shown(message: Message) -> str:
    screen = io.StringIO()
    Console(file=screen, width=80, force_terminal=False).print(render.terminal(message))
    return screen.getvalue()


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", ["text", "quote", "staff"])
def test_markup_in_a_text_stays_text(kind: str, text: str) -> None:
    block = Block(kind=kind, text=text, heading=text)  # type: ignore[arg-type]
    message = Message(blocks=(block,), buttons=(Button(label=text, token="t"),))
    assert shown(message).count(text) == 3


def test_control_characters_never_reach_the_terminal() -> None:
    message = Message(blocks=(Block(kind="text", text="a\x1b[31mb\x07\u202ec"),))
    assert shown(message).strip() == "a[31mbc"


def test_a_long_quotation_keeps_its_bar_on_every_line() -> None:
    message = Message(blocks=(Block(kind="quote", text="sana " * 60),))
    assert all(line.startswith("▌") for line in shown(message).splitlines())


def test_a_heading_stands_once_above_the_passages_that_share_it() -> None:
    blocks = tuple(Block(kind="quote", text=text, heading="Otsikko") for text in "ab")
    assert shown(Message(blocks=blocks)).count("Otsikko") == 1
    assert render.plain(Message(blocks=blocks)) == "Otsikko\n”a”\n\n”b”"
