"""The section [service]: what holds for everything, and what lies in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from bot.config.section import Section
from bot.core.catalog import Language
from bot.core.tickets.public_holidays import FINLAND, Place, is_known

SHIPPED_CONTACT = "info@ideafix.fi"  # of the organisation whose notice ships


class ServiceSection(Section):
    """[service]: what holds for everything."""

    data_dir: Path = Path("data")
    languages: Annotated[list[Language], Field(min_length=1)] = Field(default=[*Language])
    contact_email: str = SHIPPED_CONTACT
    contact_phone: str = "+358 20 754 5060"
    timezone: str = "Europe/Helsinki"
    log: Literal["json", "text"] = "json"
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "FI"
    subdivision: str = ""

    @property
    def phone(self) -> str:
        """The number that replies name; the default one belongs to the default address."""
        if "contact_phone" in self.model_fields_set or self.contact_email == SHIPPED_CONTACT:
            return self.contact_phone
        return ""

    @property
    def database_file(self) -> Path:
        """The database, unless another one is named."""
        return self.data_dir / "seloste.db"

    @property
    def key_file(self) -> Path:
        """The master key, unless it is elsewhere."""
        return self.data_dir / "master.key"

    @property
    def erasure_journal(self) -> Path:
        """The ids of what was erased: a restore erases them again."""
        return self.data_dir / "erased.log"

    @property
    def audit_anchors(self) -> Path:
        """The heads of the audit chain, outside the database."""
        return self.data_dir / "audit.log"

    @property
    def letters_folder(self) -> Path:
        """Where letters stay as files, while there is no mail server."""
        return self.data_dir / "mail"

    @model_validator(mode="after")
    def _known_holidays(self) -> Self:
        place = Place(country=self.country, subdivision=self.subdivision)
        if place != FINLAND and not is_known(place):
            raise ValueError(
                "country and subdivision: no public holidays are known there; an example: "
                'country = "DE" and subdivision = "BE"'
            )
        return self

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("is no time zone; an example: Europe/Helsinki") from None
        return value
