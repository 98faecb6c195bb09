"""The configuration: one TOML file, values from the environment; all faults reported at once."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.config.sections import (
    ContentSection,
    DatabaseSection,
    DeliverySection,
    DeskSection,
    IdentitySection,
    KeysSection,
    LimitsSection,
    MailSection,
    RetentionSection,
    ServiceSection,
    SlackSection,
    StaffMember,
    TelegramSection,
)
from bot.config.web import HttpSection, WebSection
from bot.core.catalog import Right
from bot.core.pace import PaceRules
from bot.core.tickets.identity import CodeRules
from bot.core.tickets.quotas import Quotas
from bot.core.tickets.rules import Rules
from bot.errors import ConfigError


class Settings(BaseSettings):
    """Every setting, with its default; `config.example.toml` explains each."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="SELOSTE_", env_nested_delimiter="__"
    )

    service: ServiceSection = ServiceSection()
    content: ContentSection = ContentSection()
    database: DatabaseSection = DatabaseSection()
    keys: KeysSection = KeysSection()
    mail: MailSection = MailSection()
    telegram: TelegramSection = TelegramSection()
    slack: SlackSection = SlackSection()
    http: HttpSection = HttpSection()
    web: WebSection = WebSection()
    delivery: DeliverySection = DeliverySection()
    identity: IdentitySection = IdentitySection()
    limits: LimitsSection = LimitsSection()
    desk: DeskSection = DeskSection()
    retention: RetentionSection = RetentionSection()
    staff: list[StaffMember] = []

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        return (env_settings, init_settings)

    def words(self) -> dict[str, str]:
        """Return what every reply text may name: contacts, commands, how long things are kept."""
        return {
            "slash": "/",
            "languages": " ".join(f"/{language}" for language in self.service.languages),
            "contact_email": self.service.contact_email,
            "contact_phone": self.service.contact_phone,
            "dialogue_hours": str(self.retention.dialogue_hours),
            "ticket_days": str(self.retention.ended_ticket_days),
            "inquiry_days": str(self.retention.answered_inquiry_days),
        }

    def rules(self) -> Rules:
        """Return what the organisation has decided, as the core wants it."""
        return Rules(
            policy={right: frozenset(getattr(self.identity, right)) for right in Right},
            four_eyes=frozenset(self.desk.four_eyes),
            codes=CodeRules(
                lifetime=timedelta(minutes=self.identity.code_minutes),
                tries=self.identity.code_tries,
                per_hour=self.identity.codes_per_hour,
            ),
            timezone=ZoneInfo(self.service.timezone),
            lapse_after=timedelta(days=self.identity.lapse_days),
            languages=tuple(self.service.languages),
            pace=PaceRules(
                at_once=self.limits.messages_at_once, per_second=self.limits.messages_per_second
            ),
            quotas=Quotas(
                open_inquiries=self.limits.open_questions,
                requests=self.limits.requests_per_day,
                withdrawals=self.limits.withdrawals_per_day,
            ),
        )


def read_settings(path: Path | None = None) -> Settings:
    """Return the settings of a file (given, else SELOSTE_CONFIG, else ./config.toml, else none).

    Raises ConfigError naming every fault.
    """
    named = path or (Path(os.environ["SELOSTE_CONFIG"]) if "SELOSTE_CONFIG" in os.environ else None)
    file = named or Path("config.toml")
    if named and not named.is_file():
        raise ConfigError(f"{named}:", ["no such file; config.example.toml shows what it holds"])
    try:
        return Settings(**_tables(file))
    except ValidationError as error:
        faults = [_fault(dict(fault)) for fault in error.errors()]
        raise ConfigError(f"the configuration ({file}, environment) has faults:", faults) from None


def _tables(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return TomlConfigSettingsSource(Settings, toml_file=file)()
    except ValueError as error:
        raise ConfigError(f"{file}:", [f"is not valid TOML: {error}"]) from None


def _fault(fault: dict[str, Any]) -> str:
    """Return one fault for people; never the value, which may be a secret."""
    where = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"{where}: unknown setting"
    return f"{where}: {fault['msg'].removeprefix('Value error, ')}"
