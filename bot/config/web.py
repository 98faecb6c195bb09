"""The sections [http] and [web]: the HTTP channel, and where the process listens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from bot.config.section import Section
from bot.config.sections import long_enough, secure

_LAST_PORT = 65535


class HttpSection(Section):
    """[http]: a channel of one's own, over signed HTTP; it runs when it has secret and deliver_url.

    Staff have a desk there when it has staff_secret, which signs what they do.
    """

    secret: SecretStr | None = None
    secret_file: Path | None = None
    staff_secret: SecretStr | None = None
    staff_secret_file: Path | None = None
    deliver_url: str = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.secret is None) != (not self.deliver_url):
            raise ValueError("needs both secret and deliver_url, or neither")
        if self.deliver_url:
            secure(self.deliver_url, "deliver_url")
        long_enough("secret", self.secret)
        long_enough("staff_secret", self.staff_secret)
        if self.staff_secret is not None and self.secret is None:
            raise ValueError("staff_secret needs secret and deliver_url")
        if self.staff_secret is not None and self.staff_secret == self.secret:
            raise ValueError("staff_secret must not be the same as secret")
        return self


class WebSection(Section):
    """[web]: where platforms and the HTTP channel deliver, and where health is asked for."""

    listen: str = "127.0.0.1:8080"
    health_listen: str = ""
    public_url: str = ""

    @property
    def address(self) -> tuple[str, int]:
        """Host and port that platforms and the HTTP channel deliver to."""
        return _host_and_port(self.listen)

    @property
    def base_url(self) -> str:
        """What the addresses of pages begin with: without `public_url`, for this machine alone."""
        host, port = self.address
        return self.public_url or f"http://{host}:{port}"

    @property
    def health_address(self) -> tuple[str, int]:
        """Host and port of health and metrics."""
        if self.health_listen:
            return _host_and_port(self.health_listen)
        port = self.address[1]
        return "127.0.0.1", port + 1 if port else 0

    @field_validator("listen", "health_listen")
    @classmethod
    def _is_host_and_port(cls, value: str, info: ValidationInfo) -> str:
        host, _, port = value.rpartition(":")
        known = host and port.isdigit() and int(port) <= _LAST_PORT
        if not known and (value or info.field_name == "listen"):
            raise ValueError("is no host:port; an example: 127.0.0.1:8080")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_secure(cls, value: str) -> str:
        return secure(value).rstrip("/") if value else ""

    @model_validator(mode="after")
    def _two_ports(self) -> Self:
        host, port = self.health_address
        if port > _LAST_PORT or (port and (host, port) == self.address):
            raise ValueError("health_listen needs a port of its own, such as 127.0.0.1:8081")
        return self


def _host_and_port(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)
