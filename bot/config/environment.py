"""Settings from environment variables: unknown ones are refused, lists may use commas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_settings import EnvSettingsSource

from bot.config.section import FILE

PREFIX = "SELOSTE_"
DELIMITER = "__"
# Where the configuration is, and what only `seloste run` asks for: no settings.
CONFIG, ALLOW_ROOT = "SELOSTE_CONFIG", "SELOSTE_ALLOW_ROOT"
# Kubernetes puts these into every container next to a service that is called seloste.
_OF_KUBERNETES = re.compile(r"SELOSTE_(SERVICE_(HOST|PORT)|PORT)(_\w+)?")


class EnvironmentSource(EnvSettingsSource):
    """Variables of the environment; `en,fi` is the list `["en", "fi"]`."""

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:  # noqa: ARG002
        """Return a list or an object. Raises ValueError for what is neither."""
        return _decoded(field, value)


def environment_faults(settings: type[BaseModel], environment: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the variables of the environment, a sentence each; no value."""
    known = dict(variables(settings))
    names = [*known, CONFIG, ALLOW_ROOT]
    faults = []
    for name, value in environment.items():
        variable = name.upper()
        if variable in known:
            faults += _decoding_fault(variable, known[variable], value)
        elif variable.startswith(PREFIX) and not _is_known_otherwise(variable):
            faults.append(f"{name} is no setting{did_you_mean(variable, names)}")
    return sorted(faults)


def overridden(tables: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the tables of a file without the secrets that the environment gives in another way.

    A secret is given by value or by file, so that each takes the place of the other.
    """
    given = {name.upper() for name, value in environment.items() if value}
    kept = dict(tables)
    for section, table in tables.items():
        if isinstance(table, dict):
            start = f"{PREFIX}{section}{DELIMITER}"
            kept[section] = {
                key: value
                for key, value in table.items()
                if f"{start}{_other_way(key)}".upper() not in given
            }
    return kept


def _other_way(key: str) -> str:
    return key.removesuffix(FILE) if key.endswith(FILE) else f"{key}{FILE}"


def _is_known_otherwise(variable: str) -> bool:
    return variable in (CONFIG, ALLOW_ROOT) or bool(_OF_KUBERNETES.fullmatch(variable))


def did_you_mean(name: str, known: list[str]) -> str:
    """Return the nearest of the known names as a question, or nothing when none is near."""
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    return f"; did you mean {near[0]}?" if near else ""


def variables(settings: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Return every variable that sets something, with the field that it sets."""
    for section, field in settings.model_fields.items():
        yield f"{PREFIX}{section}".upper(), field
        keys = field.annotation
        if isinstance(keys, type) and issubclass(keys, BaseModel):
            for key, setting in keys.model_fields.items():
                yield f"{PREFIX}{section}{DELIMITER}{key}".upper(), setting


def _decoding_fault(variable: str, field: FieldInfo, value: str) -> list[str]:
    kind = field.annotation
    whole = DELIMITER not in variable
    if not value or not (whole or get_origin(kind) is list):
        return []
    try:
        _decoded(field, value)
    except ValueError:
        if whole and get_origin(kind) is list:
            return [f'{variable} must be JSON, such as [{{"name": "Aino", "roles": ["agent"]}}]']
        if whole:
            return [f'{variable} must be JSON, such as {{"a_setting": "a value"}}']
        return [f'{variable} must be a list, such as ["a", "b"] or a,b']
    return []


def _decoded(field: FieldInfo | None, value: str) -> Any:
    """Return a value as a list or an object. Raises ValueError for what is neither."""
    of_plain_values = field is not None and get_origin(field.annotation) is list
    of_plain_values = of_plain_values and not _holds_objects(field)
    try:
        decoded = json.loads(value)
    except ValueError:
        if not of_plain_values or "[" in value:
            raise
        decoded = None
    if isinstance(decoded, list | dict):
        return decoded
    if not of_plain_values:
        raise ValueError("neither a list nor an object")
    return [part.strip() for part in value.split(",") if part.strip()]


def _holds_objects(field: FieldInfo | None) -> bool:
    parts = getattr(field.annotation, "__args__", ()) if field else ()
    return any(isinstance(part, type) and issubclass(part, BaseModel) for part in parts)
