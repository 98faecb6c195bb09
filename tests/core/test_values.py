"""The core works on values: what it is given and what it returns can never be changed."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module

import pytest

import bot.core


def values() -> Iterator[type]:
    for found in pkgutil.walk_packages(bot.core.__path__, "bot.core."):
        if found.name.startswith("bot.core.conversation"):
            continue
        module = import_module(found.name)
        for kind in vars(module).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == found.name:
                yield kind


@pytest.mark.parametrize("kind", list(values()), ids=lambda kind: kind.__name__)
def test_a_value_is_frozen_and_holds_what_it_declares_and_nothing_else(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)
