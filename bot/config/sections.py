"""The sections of the configuration: every setting with its default and its valid values."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from bot.config.section import Section
from bot.core.catalog import Language, Right
from bot.core.pace import PaceRules
from bot.core.tickets.identity import DEFAULT_POLICY, Proof
from bot.core.tickets.quotas import Quotas

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_SHORTEST_SECRET = 32


def long_enough(name: str, secret: SecretStr | None) -> None:
    """Raise ValueError when a secret could be guessed."""
    if secret is not None and len(secret.get_secret_value()) < _SHORTEST_SECRET:
        raise ValueError(
            f"{name} is too short to be safe: it needs at least {_SHORTEST_SECRET} characters. "
            "Make a new one (openssl rand -hex 32) and put it on both sides"
        )


def secure(url: str, name: str = "") -> str:
    """Return an address that is encrypted, or on this machine. Raises ValueError.

    It is told by its `name` where what is wrong is told of the whole section.
    """
    parts = urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise ValueError(f"{name} must be https:// (http:// only on this machine)".lstrip())
    return url


class ContentSection(Section):
    """[content]: another organisation's intents/ and responses/."""

    dir: Path | None = None


class DatabaseSection(Section):
    """[database]: SQLite in the data folder unless named."""

    url: SecretStr | None = None
    url_file: Path | None = None


class KeysSection(Section):
    """[keys]: the master key in base64, or the file that holds it."""

    master_key: SecretStr | None = None
    master_key_file: Path | None = None

    @classmethod
    def secrets_read_here(cls) -> set[str]:
        """Return none: the store reads the key's file, which it may have to make."""
        return set()


_PauseHours = Annotated[int, Field(ge=1, le=120)]  # of what is remembered for a week


class IdentitySection(Section):
    """[identity]: which proofs suffice for each right, and the limits of codes."""

    access: list[Proof] = sorted(DEFAULT_POLICY[Right.ACCESS])
    rectification: list[Proof] = sorted(DEFAULT_POLICY[Right.RECTIFICATION])
    erasure: list[Proof] = sorted(DEFAULT_POLICY[Right.ERASURE])
    restriction: list[Proof] = sorted(DEFAULT_POLICY[Right.RESTRICTION])
    portability: list[Proof] = sorted(DEFAULT_POLICY[Right.PORTABILITY])
    objection: list[Proof] = sorted(DEFAULT_POLICY[Right.OBJECTION])
    marketing_objection: list[Proof] = sorted(DEFAULT_POLICY[Right.MARKETING_OBJECTION])
    code_minutes: Annotated[int, Field(ge=1, le=60)] = 15
    code_tries: Annotated[int, Field(ge=1, le=10)] = 5
    codes_per_hour: Annotated[int, Field(ge=1, le=10)] = 3
    codes_per_day: Annotated[int, Field(ge=1, le=100)] = 10
    code_pause_hours: list[_PauseHours] = Field(default=[1, 4, 24], min_length=1)
    codes_to_address: Annotated[int, Field(ge=1, le=100)] = 6
    codes_to_domain: Annotated[int, Field(ge=1)] = 200
    codes_in_all: Annotated[int, Field(ge=1)] = 1000
    wrong_codes_per_hour: Annotated[int, Field(ge=1)] = 50
    lapse_days: Annotated[int, Field(ge=31)] = 60

    @field_validator(*Right)
    @classmethod
    def _not_empty(cls, value: list[Proof]) -> list[Proof]:
        if not value:
            raise ValueError("needs at least one proof, or nobody could ever be verified")
        return value


class MailSection(Section):
    """[mail]: the mail server; letters stay as files in the data folder where that is wanted."""

    address: str = ""
    to_files: bool = False
    smtp_url: SecretStr | None = None
    smtp_url_file: Path | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.smtp_url is not None and not self.address:
            raise ValueError("smtp_url needs address: who the letters are from")
        return self


class TelegramSection(Section):
    """[telegram]: runs when it has a token; staff have a desk there when it has staff_chat_id."""

    token: SecretStr | None = None
    token_file: Path | None = None
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None
    webhook_secret_file: Path | None = None
    staff_chat_id: int | None = None

    @field_validator("api_url")
    @classmethod
    def _safe(cls, value: str) -> str:
        return secure(value)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.mode != "webhook":
            return self
        if not self.webhook_url or self.webhook_secret is None:
            raise ValueError("mode webhook needs webhook_url and webhook_secret")
        secure(self.webhook_url, "webhook_url")
        if not _WEBHOOK_SECRET.fullmatch(self.webhook_secret.get_secret_value()):
            raise ValueError("webhook_secret may hold 16 to 256 letters, digits, - and _ only")
        return self

    @property
    def webhook_path(self) -> str:
        """The path under which Telegram delivers."""
        return urlsplit(self.webhook_url).path or "/"


class SlackSection(Section):
    """[slack]: runs when it has bot_token and, by its mode, app_token or signing_secret."""

    bot_token: SecretStr | None = None
    bot_token_file: Path | None = None
    app_token: SecretStr | None = None
    app_token_file: Path | None = None
    signing_secret: SecretStr | None = None
    signing_secret_file: Path | None = None
    api_url: str = "https://slack.com/api/"
    mode: Literal["socket", "http"] = "socket"
    staff_channel: str = ""
    own_teams: list[str] = Field(default=[])

    @field_validator("api_url")
    @classmethod
    def _safe(cls, value: str) -> str:
        return secure(value if value.endswith("/") else f"{value}/")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.bot_token is None:
            return self
        if self.mode == "socket" and self.app_token is None:
            raise ValueError("mode socket needs app_token (xapp-...)")
        if self.mode == "http" and self.signing_secret is None:
            raise ValueError("mode http needs signing_secret")
        if self.staff_channel and not self.own_teams:
            raise ValueError("staff_channel needs own_teams: the ids (T...) of your workspaces")
        return self


class DeliverySection(Section):
    """[delivery]: how events are handled and effects leave."""

    slots: Annotated[int, Field(ge=1, le=64)] = 8
    lease_seconds: Annotated[int, Field(ge=5, le=3600)] = 20
    handlers: Annotated[int, Field(ge=1, le=32)] = 4
    again_seconds: list[Annotated[float, Field(gt=0, le=3600)]] = Field(default=[1, 5, 30, 120])

    @property
    def lease(self) -> timedelta:
        """How long a claim holds without being renewed."""
        return timedelta(seconds=self.lease_seconds)

    @property
    def again(self) -> list[timedelta]:
        """How long an event that could not be handled waits before each further try."""
        return [timedelta(seconds=seconds) for seconds in self.again_seconds]


class LimitsSection(Section):
    """[limits]: how much one person may ask of the assistant and of staff."""

    messages_at_once: Annotated[int, Field(ge=5, le=10_000)] = PaceRules().at_once
    messages_per_second: Annotated[float, Field(ge=0.1, le=1000)] = PaceRules().per_second
    open_questions: Annotated[int, Field(ge=1, le=100)] = Quotas().open_inquiries
    requests_per_day: Annotated[int, Field(ge=len(Right), le=1000)] = Quotas().requests
    withdrawals_per_day: Annotated[int, Field(ge=1, le=1000)] = Quotas().withdrawals
    ticket_messages_per_day: Annotated[int, Field(ge=1, le=1000)] = Quotas().ticket_messages


class DeskSection(Section):
    """[desk]: the staff's side."""

    language: Language = Language.FI
    four_eyes: list[Right] = Field(default=[Right.ERASURE])


class RetentionSection(Section):
    """[retention]: how long things are kept."""

    dialogue_hours: Annotated[int, Field(ge=1)] = 24
    reminder_hours: Annotated[int, Field(ge=1)] = 4
    event_days: Annotated[int, Field(ge=1)] = 7
    ended_ticket_days: Annotated[int, Field(ge=1)] = 730
    answered_inquiry_days: Annotated[int, Field(ge=1)] = 30
    disowned_address_days: Annotated[int, Field(ge=1)] = 180
    question_count_days: Annotated[int, Field(ge=1)] = 730
    backup_days: Annotated[int, Field(ge=1)] = 30


class StaffMember(Section):
    """[[staff]]: a member of staff and what they may do."""

    name: Annotated[str, Field(min_length=1)]
    roles: Annotated[list[Literal["agent", "approver"]], Field(min_length=1)]
    slack: str = ""
    telegram: int | None = None
    http_token: SecretStr | None = None
    http_token_file: Path | None = None

    @model_validator(mode="after")
    def _safe(self) -> Self:
        long_enough("http_token", self.http_token)
        return self
