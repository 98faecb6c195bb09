"""What is asked of the very conversation is told apart from what is asked of the company's data."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.this_chat import asks_of_its_traces


@pytest.mark.parametrize(
    "text",
    [
        *("then delete this chat please", "erase the whole conversation", "clear our chat"),
        *("poista tämä keskustelu", "tyhjennä koko chatti", "radera den här chatten"),
        *("ta bort hela konversationen", "do you still have what I typed?"),
        *("is this conversation kept? do you keep this chat", "jääkö tämä keskustelu talteen"),
        *("onko teillä vielä mitä kirjoitin", "sparas det jag skriver här"),
        "finns det som jag skrev kvar",
    ],
)
def test_the_conversation_is_meant(text: str) -> None:
    assert asks_of_its_traces(text)


@pytest.mark.parametrize(
    "text",
    [
        *("delete my data", "delete my chat messages from 2019", "do you keep my invoices"),
        *("poista tietoni", "säilyykö tilaushistoria", "radera mina uppgifter"),
        *("sparar ni mina köp", "delete this chat " + "really " * 12),
    ],
)
def test_other_data_are_meant(text: str) -> None:
    assert not asks_of_its_traces(text)
