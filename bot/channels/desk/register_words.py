"""The columns of the register in words, for people who open it in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.desk.wording import Wording
from bot.core.tickets.source import Source


def heading(column: str, wording: Wording) -> str:
    """Return what a column is called."""
    return wording.desk(f"register.{column}")


def value(column: str, said: str, wording: Wording) -> str:
    """Return what stands in a column, in words; what people wrote and days as they are."""
    by_column: Mapping[str, Callable[[str], str]] = {
        "right": lambda right: wording.text(f"right.{right}"),
        "state": lambda state: wording.desk(f"state.{state}"),
        "extent": lambda extent: wording.desk(f"extent.{extent}"),
        "came": lambda channel: came(channel, wording),
        "language": lambda language: wording.desk(f"spoken.{language}"),
        "identity": lambda method: wording.desk(f"method.{method}"),
        "on_behalf": lambda relation: wording.text(f"relation.{relation}"),
        "authority": lambda shown: ", ".join(
            wording.desk(f"authority.{proof}") for proof in shown.split()
        ),
        "ground": wording.ground,
        **dict.fromkeys(("extended", "on_time"), lambda known: wording.desk(f"fact.{known}")),
    }
    worded = by_column.get(column)
    return worded(said) if worded and said else said


def came(channel: str, wording: Wording) -> str:
    """Return how a request came: by a channel of the assistant, or in another way."""
    known = channel in frozenset(Source)
    return wording.desk(f"source.{channel}") if known else wording.channel(channel)
