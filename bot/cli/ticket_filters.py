"""The filters of the register, as command-line options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from inspect import Parameter, Signature, signature
from typing import Annotated

import typer

from bot.core.catalog import Right
from bot.core.tickets.register import Sought
from bot.core.tickets.ticket import State

Rights = Annotated[
    list[Right] | None, typer.Option("--right", help="Only this right; may be repeated.")
]
States = Annotated[
    list[State] | None, typer.Option("--state", help="Only in this state; may be repeated.")
]
Since = Annotated[str, typer.Option("--from", help="Received on this day or later: 2026-11-01.")]
Until = Annotated[str, typer.Option("--to", help="Received on this day or earlier.")]


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters as options; it is called with what they seek, as `sought`.

    Where no state was named there is none in it: which these are is for the command to say.
    """

    def with_filters(
        right: Rights = None,
        state: States = None,
        since: Since = "",
        until: Until = "",
        **own: object,
    ) -> None:
        command(sought=_sought(right, state, since, until), **own)

    filters = signature(with_filters, eval_str=True).parameters.values()
    own = signature(command, eval_str=True).parameters.values()
    together = [
        *(one for one in own if one.name != "sought"),
        *(one for one in filters if one.kind is not Parameter.VAR_KEYWORD),
    ]
    named = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in together]
    with_filters.__signature__ = Signature(named)  # type: ignore[attr-defined]
    with_filters.__doc__ = command.__doc__
    return with_filters


def _sought(
    right: Sequence[Right] | None, state: Sequence[State] | None, since: str, until: str
) -> Sought:
    return Sought(
        states=frozenset(state or ()),
        rights=frozenset(right or Right),
        since=_day(since, "--from"),
        until=_day(until, "--to"),
    )


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{option}: {text!r} is not a day such as 2026-11-06") from None
