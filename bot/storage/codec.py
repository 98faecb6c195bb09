"""Encodes core values as JSON and decodes them, through pydantic."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from bot.core.effects import Say, SendLetter
from bot.storage import stored_effects
from bot.storage.stored_effects import StoredLetter, StoredSay

T = TypeVar("T")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(value: object) -> str:
    """Return a core value as JSON."""
    match value:
        case Say():
            value = stored_effects.stored(value)
        case SendLetter():
            value = stored_effects.stored_letter(value)
    return _adapter(type(value)).dump_json(value).decode()


def from_json(kind: type[T], text: str) -> T:
    """Return the core value of this kind that was written by `to_json`. Raises ValueError."""
    value: object
    if kind is Say:
        value = stored_effects.loaded(_adapter(StoredSay).validate_json(text))
    elif kind is SendLetter:
        value = stored_effects.loaded_letter(_adapter(StoredLetter).validate_json(text))
    else:
        value = _adapter(kind).validate_json(text)
    return cast("T", value)
