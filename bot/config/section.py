"""What all sections of the configuration share: strict keys, and secrets from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

FILE = "_file"  # what a setting that names the file of a secret ends with


class Section(BaseModel):
    """A section. A setting `name_file` names the file that the secret `name` is read from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def secrets(cls) -> set[str]:
        """Return the names of the settings that are secret."""
        return {name for name, field in cls.model_fields.items() if _is_secret(field.annotation)}

    @classmethod
    def secrets_read_here(cls) -> set[str]:
        """Return the secrets whose files are read with the configuration."""
        return {name for name in cls.secrets() if f"{name}{FILE}" in cls.model_fields}

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, values: Any) -> Any:
        """Read each `name_file` into its secret `name`."""
        if not isinstance(values, dict):
            return values
        faults: list[str] = []
        for secret in sorted(cls.secrets()):
            name = f"{secret}{FILE}"
            if values.get(secret) and values.get(name):
                faults.append(f"{secret} and {name} are both given; leave one of them out")
            elif values.get(name) and secret in cls.secrets_read_here():
                values = {**values, secret: first_line(name, Path(values[name]))}
            if values.get(secret) == "":  # an empty key would open what it is to close
                values = {**values, secret: None}
        if faults:
            raise ValueError("; ".join(faults))
        return values


def _is_secret(annotation: object) -> bool:
    return annotation == SecretStr | None or annotation is SecretStr


def first_line(name: str, path: Path) -> str:
    """Return what a file holds. Raises ValueError when it cannot be read or is empty."""
    try:
        line = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}: {path} cannot be read ({type(error).__name__})") from None
    if not line:
        raise ValueError(f"{name}: {path} is empty")
    return line


def revealed(secret: SecretStr | None) -> str:
    """Return a secret of the settings; empty where there is none."""
    return secret.get_secret_value() if secret else ""
