"""What the assistant knows and the organisation has decided."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.catalog import Catalog, Notice
from bot.core.tickets.rules import Rules
from bot.core.understanding.matching import Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The notice, the catalogue with its matcher, and the rules of the organisation."""

    catalog: Catalog
    notice: Notice
    matcher: Matcher
    rules: Rules
