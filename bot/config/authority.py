"""The section [authority]: the supervisory authority."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from bot.config.section import Section


class AuthoritySection(Section):
    """[authority]: to whom letters say that one can complain; by default Finland's authority."""

    name: str = ""
    address: str = ""
    url: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.address or self.url) and not self.name:
            raise ValueError("needs name: whose address or url that is")
        return self

    @property
    def shown(self) -> str:
        """The authority as it stands in a text; empty: that of Finland, in the text's own words."""
        return ", ".join(filter(None, (self.name, self.address, self.url)))
