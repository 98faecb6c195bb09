"""What a call brought: its parameters, read strictly, and the refusal that answers a bad one."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any


class Refusal(Exception):
    """A call that is refused, in the words of the real API."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(words: str, **parameters: int) -> Refusal:
    return Refusal(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


def only(value: Any, keys: Collection[str], what: str) -> dict[str, Any]:
    """Return an object whose keys are all known; the real API passes over the others."""
    if not isinstance(value, dict):
        raise bad(f"object expected as {what}")
    for key in value:
        if key not in keys:
            raise bad(f"the fake knows no field {key} of {what}")
    return value


class Given:
    """The parameters of one call, as they came: text, with JSON in it for what is nested."""

    def __init__(self, method: str, raw: dict[str, str], known: Collection[str]) -> None:
        for name in raw:
            if name not in known:
                raise bad(f"the fake knows no parameter {name} of {method}")
        self._raw = raw

    def text(self, name: str) -> str:
        return self._raw.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        raw = self.text(name)
        try:
            return int(raw) if raw else default
        except ValueError:
            raise bad(f"{name} must be an Integer") from None

    def flag(self, name: str) -> bool:
        raw = self.text(name)
        if raw not in ("", "true", "false", "True", "False"):
            raise bad(f"{name} must be a Boolean")
        return raw.lower() == "true"

    def nested(self, name: str) -> Any:
        """Return what stands in a parameter as JSON; None if it is not given."""
        raw = self.text(name)
        try:
            return json.loads(raw) if raw else None
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def array(self, name: str) -> list[Any] | None:
        value = self.nested(name)
        if not isinstance(value, list | None):
            raise bad(f"expected an Array as {name}")
        return value
