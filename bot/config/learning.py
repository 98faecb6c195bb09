"""What is kept to learn from: nothing, unless the organisation decides so."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.config.section import Section


class LearningSection(Section):
    """[learning]: whether questions that were not answered are kept, and for how long."""

    keep_unanswered: bool = False
    days: Annotated[int, Field(ge=1, le=90)] = 90

    @property
    def kept(self) -> timedelta:
        """How long they are kept: what was kept before it was switched off goes at once."""
        return timedelta(days=self.days if self.keep_unanswered else 0)
