"""New ids, numbers and codes, drawn only when a step needs them."""

from __future__ import annotations

import secrets
from functools import cached_property
from uuid import uuid4

from bot.storage.unit import Unit


class DrawnIds:
    """Random ids and codes, and the next numbers of the year."""

    def __init__(self, unit: Unit, year: int) -> None:
        self._unit = unit
        self._year = year

    @cached_property
    def id(self) -> str:
        return str(uuid4())

    @cached_property
    def ticket_number(self) -> str:
        return f"T-{self._year}-{self._unit.tickets.next_serial(self._year):04d}"

    @cached_property
    def inquiry_number(self) -> str:
        return f"Q-{self._year}-{self._unit.inquiries.next_serial(self._year):04d}"

    @cached_property
    def code(self) -> str:
        return f"{secrets.randbelow(10**8):08d}"
