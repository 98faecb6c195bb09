"""The configuration: one TOML file, values from the environment; all faults reported at once."""

from __future__ import annotations

import os
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.config import recipients
from bot.config.authority import AuthoritySection
from bot.config.environment import (
    CONFIG,
    DELIMITER,
    PREFIX,
    EnvironmentSource,
    environment_faults,
    overridden,
)
from bot.config.faults import told
from bot.config.files import FilesSection
from bot.config.learning import LearningSection
from bot.config.on_behalf import OnBehalfSection
from bot.config.recipients import Recipients, RecipientSection
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
    SlackSection,
    StaffMember,
    TelegramSection,
)
from bot.config.service import ServiceSection
from bot.config.suppressions import SuppressionsSection
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
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter=DELIMITER
    )

    service: ServiceSection = ServiceSection()
    authority: AuthoritySection = AuthoritySection()
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
    on_behalf: OnBehalfSection = OnBehalfSection()
    limits: LimitsSection = LimitsSection()
    desk: DeskSection = DeskSection()
    retention: RetentionSection = RetentionSection()
    files: FilesSection = FilesSection()
    learning: LearningSection = LearningSection()
    suppressions: SuppressionsSection = SuppressionsSection()
    staff: list[StaffMember] = []
    recipients: Recipients = []

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        return (EnvironmentSource(settings_cls), init_settings)

    def words(self) -> dict[str, str]:
        """Return what every reply text may name: contacts, commands, how long things are kept."""
        return {
            "slash": "/",
            "languages": " ".join(f"/{language}" for language in self.service.languages),
            "contact_email": self.service.contact_email,
            "contact_phone": self.service.phone,
            "authority": self.authority.shown,
            "dialogue_hours": str(self.retention.dialogue_hours),
            "event_days": str(self.retention.event_days),
            "ticket_days": str(self.retention.ended_ticket_days),
            "inquiry_days": str(self.retention.answered_inquiry_days),
            "disowned_days": str(self.retention.disowned_address_days),
            "count_days": str(self.retention.question_count_days),
            "unanswered_days": str(self.learning.kept.days or ""),
            "backup_days": str(self.retention.backup_days),
        }

    def rules(self) -> Rules:
        """Return what the organisation has decided, as the core wants it."""
        kept = timedelta(hours=self.retention.dialogue_hours)
        return Rules(
            policy={right: frozenset(getattr(self.identity, right)) for right in Right},
            four_eyes=frozenset(self.desk.four_eyes),
            codes=CodeRules(
                lifetime=timedelta(minutes=self.identity.code_minutes),
                tries=self.identity.code_tries,
                per_hour=self.identity.codes_per_hour,
                per_day=self.identity.codes_per_day,
                pauses=tuple(timedelta(hours=n) for n in self.identity.code_pause_hours),
                to_address_a_day=self.identity.codes_to_address,
                to_domain_a_day=self.identity.codes_to_domain,
                in_all_a_day=self.identity.codes_in_all,
                wrong_an_hour=self.identity.wrong_codes_per_hour,
            ),
            on_behalf=self.on_behalf.rules(),
            timezone=ZoneInfo(self.service.timezone),
            country=self.service.country,
            subdivision=self.service.subdivision,
            public_url=self.web.public_url,
            copies_in_chat=self.files.in_chat,
            recipients=recipients.rules(self.recipients),
            lapse_after=timedelta(days=self.identity.lapse_days),
            remind_after=min(timedelta(hours=self.retention.reminder_hours), kept / 2),
            hand_over_after=kept,
            languages=tuple(self.service.languages),
            pace=PaceRules(
                at_once=self.limits.messages_at_once, per_second=self.limits.messages_per_second
            ),
            quotas=Quotas(
                open_inquiries=self.limits.open_questions,
                requests=self.limits.requests_per_day,
                withdrawals=self.limits.withdrawals_per_day,
                ticket_messages=self.limits.ticket_messages_per_day,
            ),
        )


def settings_file(path: Path | None = None) -> Path | None:
    """Return the file that is read: given, else SELOSTE_CONFIG, else ./config.toml, else none.

    Raises ConfigError when one is named that is not there, or that cannot be seen.
    """
    named = path or (Path(os.environ[CONFIG]) if os.environ.get(CONFIG) else None)
    file = named or Path("config.toml")
    try:
        if file.is_file():
            return file
    except OSError as error:
        raise ConfigError(f"{file}:", [f"cannot be read: {error.strerror}"]) from None
    if named:
        raise ConfigError(f"{file}:", ["no such file; config.example.toml shows what it holds"])
    return None


def read_settings(path: Path | None = None) -> Settings:
    """Return the settings of the file and of the environment.

    Raises ConfigError naming every fault.
    """
    file = settings_file(path)
    heading = f"the configuration ({file or 'no file'}, environment) has faults:"
    faults = environment_faults(Settings, os.environ)
    try:
        if faults:  # what cannot be read from the environment, nothing else can be said of
            raise ConfigError(heading, faults)
        return Settings(**overridden(_tables(file), os.environ))
    except ValidationError as error:
        faults = [told(fault, _sections(), file) for fault in error.errors()]
        raise ConfigError(heading, faults) from None


def _tables(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        fault = "is not in UTF-8; save it again in that encoding"
    except tomllib.TOMLDecodeError as error:
        fault = f"is not valid TOML: {error}"
    raise ConfigError(f"{file}:", [fault])


def _sections() -> dict[str, type[BaseModel]]:
    """Return the model of each section by its name."""
    found: dict[str, type[BaseModel]] = {"staff": StaffMember, "recipients": RecipientSection}
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found[name] = field.annotation
    return found
