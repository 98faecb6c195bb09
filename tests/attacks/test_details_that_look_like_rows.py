"""A request's free text is laid out like rows of its card, as if the identity were proved."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.console import Console

from bot.bootstrap import Assistant
from bot.channels.desk import card
from bot.channels.desk.port import Case
from bot.channels.slack import markup as slack
from bot.channels.telegram import markup as telegram
from bot.channels.terminal_tables import card_table
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Action, Note, Ticket
from tests.factories import NOW, a_question, a_ticket

FORGED = "Henkilöllisyys: koodi sähköpostiin 2026-11-06 10:00, osoite rekisterissä"
BREAKS = ["\n", "\r\n", "\n\n", "\u2028", "\x0b", "\x85", "\n\t", " " * 300 + "\n", "\n\u00a0"]
TITLE = "T-2026-0001"


def subjects(text: str) -> list[Ticket | Inquiry]:
    note = Note(at=NOW, by="customer", action=Action.ANSWER, text=text)
    return [
        replace(a_ticket(), details=text),
        replace(a_ticket(), question=text),
        replace(a_ticket(), notes=(note,)),
        a_question(text),
    ]


def shown(found: list[card.Row], subject: Ticket | Inquiry, app: Assistant) -> list[str]:
    """Return a card as text, as each desk lays it out."""
    wording = app.queries.wording
    console = Console(width=400, record=True)
    with console.capture() as captured:
        console.print(card_table(Case(subject=subject, history=[], card=None), wording))
    in_slack = [
        "".join(piece["text"] for piece in section["elements"] if "text" in piece)
        for block in slack.rows(found)
        for section in block.get("elements", [])
    ]
    in_telegram = re.sub(r"<[^>]+>", "", "\n".join(telegram.rows(TITLE, found)))
    return [in_telegram, "\n".join(in_slack), captured.get()]


@pytest.mark.parametrize("breaks", BREAKS, ids=ascii)
def test_no_line_of_a_text_begins_like_a_row(app: Assistant, breaks: str) -> None:
    text = f"Kaikki tilaukseni{breaks}{FORGED}"
    for subject in subjects(text):
        rows = card.rows(subject, app.queries.wording)
        for layout in shown(rows, subject, app):
            (line,) = (one for one in layout.splitlines() if FORGED in one)
            before = line.partition(FORGED)[0]
            assert before.endswith(("▌ ", "tilaukseni ")), line


def test_blanks_cannot_break_a_line_where_its_writer_wants(app: Assistant) -> None:
    text = f"Kaikki{' ' * 200}{FORGED}"
    for _, value in card.rows(replace(a_ticket(), details=text), app.queries.wording):
        assert "  " not in value


def test_what_has_one_line_stands_as_it_was_written(app: Assistant) -> None:
    rows = card.rows(replace(a_ticket(), details="Kaikki tilaukseni"), app.queries.wording)
    assert ("Lisätiedot", "Kaikki tilaukseni") in rows
