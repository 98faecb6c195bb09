"""Somebody owns a domain or mailbox that Unicode's case folding takes for one on file."""

from __future__ import annotations

import pytest

from bot.bootstrap import Assistant
from bot.core.catalog import Right
from bot.core.tickets.ticket import State
from tests.attacks.customers import Customer, face
from tests.register import put_on_file

# On file, what the thief owns, and where a code to the thief's is really mailed.
PAIRS = [
    ("maija@fass.de", "maija@faß.de", "maija@xn--fa-hia.de"),
    ("maija@faß.de", "maija@fass.de", "maija@fass.de"),
    ("weiss@example.com", "weiß@example.com", "weiß@example.com"),
    ("soren@example.com", "ſoren@example.com", "ſoren@example.com"),
    ("office@example.com", "oﬃce@example.com", "oﬃce@example.com"),
    ("σoς@example.com", "σoσ@example.com", "σoσ@example.com"),
    ("äiti@example.com", "Äiti@example.com", "Äiti@example.com"),
]


@pytest.mark.parametrize(("on_file", "owned", "mailbox"), PAIRS)
def test_the_mailbox_of_another_verifies_nobody(
    app: Assistant, on_file: str, owned: str, mailbox: str
) -> None:
    put_on_file(app.store, (on_file,))
    thief = Customer(app, "thief")
    thief.asks(Right.ACCESS, "Maija", owned)
    thief.says(thief.reads_code_at(mailbox))
    assert thief.ticket.evidence, "the code itself is right"
    assert thief.ticket.state is State.AWAITING_IDENTITY


def test_staff_see_a_look_alike_domain_as_what_it_is(app: Assistant) -> None:
    thief = Customer(app, "thief")
    thief.asks(Right.ACCESS, "Maija", "maija@fаss.de")  # the second letter is Cyrillic
    assert "m•••@xn--fss-6cd.de" in face(app, thief.ticket)
    assert "fаss" not in face(app, thief.ticket)
