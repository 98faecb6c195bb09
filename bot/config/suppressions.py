"""The section [suppressions]: the mailing system that is notified of new suppressions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator

from bot.config.section import Section
from bot.config.sections import long_enough, secure


class SuppressionsSection(Section):
    """[suppressions]: the mailing system is told when it has webhook_url and secret."""

    webhook_url: str = ""
    secret: SecretStr | None = None
    secret_file: Path | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.secret is None) != (not self.webhook_url):
            raise ValueError("needs both secret and webhook_url, or neither")
        if self.webhook_url:
            secure(self.webhook_url, "webhook_url")
        long_enough("secret", self.secret)
        return self
