"""Writes what `tickets export --case` asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.private_file import write_private
from bot.cli.resources import COMMAND_LINE, assistant_of, no_ticket

if TYPE_CHECKING:
    from bot.config import Settings


def write_case(settings: Settings, number: str, file: Path) -> None:
    """Write the record of a ticket as a PDF. Raises UsageError where there is none of it."""
    from bot.service.operator import OPERATOR

    made = assistant_of(settings).queries.documents.case(number, OPERATOR, COMMAND_LINE)
    if made is None:
        raise no_ticket(number)
    write_private(file, made.content)
    if str(file) != "-":
        print(f"{number.upper()} with its history: {file}")
