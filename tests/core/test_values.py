"""The core works on values: what it is given and what it returns can never be changed."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module

import bot.core


def values() -> Iterator[type]:
    for found in pkgutil.walk_packages(bot.core.__path__, "bot.core."):
        module = import_module(found.name)
        for kind in vars(module).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == found.name:
                yield kind


def test_every_value_is_frozen_and_holds_what_it_declares_and_nothing_else() -> None:
    found = list(values())
    assert len(found) > 50
    assert [kind.__name__ for kind in found if not is_frozen(kind)] == []
    assert [kind.__name__ for kind in found if "__slots__" not in vars(kind)] == []


def is_frozen(kind: type) -> bool:
    return bool(kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]
