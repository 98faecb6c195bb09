"""How a function becomes a method of the Bot API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.given import Given
from tests.fakes.telegram.world import World

Act = Callable[[World, Given], Any]


@dataclass(frozen=True)
class Method:
    """A method, its parameters, and what it does."""

    name: str
    parameters: frozenset[str]
    act: Act


class Table:
    """The methods of one module by name, which counts in either case."""

    def __init__(self) -> None:
        self.served: dict[str, Method] = {}

    def __call__(self, parameters: str = "") -> Callable[[Act], Act]:
        """Serve a function under its own name, written the API's way."""

        def serve(act: Act) -> Act:
            first, *rest = act.__name__.split("_")
            name = first + "".join(word.title() for word in rest)
            self.served[name.lower()] = Method(name, frozenset(parameters.split()), act)
            return act

        return serve
