"""Finds the content folders and reads TOML strictly, collecting faults instead of stopping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, overload

import tomli

from bot.errors import ContentError

T = TypeVar("T")

PACKAGE = Path(__file__).resolve().parent.parent


def content_dir(configured: Path | None = None) -> Path:
    """Return the folder that holds the notice: configured, in the wheel, or a clone.

    Raises ContentError when there is none.
    """
    places = [configured] if configured else [PACKAGE / "_content", PACKAGE.parent]
    for place in places:
        if (place / "responses" / "notice").is_dir():
            return place
    raise ContentError(
        "no content found", [f"{place}: has no responses/notice/" for place in places]
    )


@dataclass
class Reading:
    """Files being read, and the faults found so far."""

    root: Path
    faults: list[str] = field(default_factory=list)

    def fault(self, path: Path, where: str, what: str) -> None:
        """Note a fault in a file, at a key or line."""
        name = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        self.faults.append(f"{name}: {where}: {what}" if where else f"{name}: {what}")

    def place(self, *names: str) -> Path:
        """Return a file or folder of the content; where it has none, that of what ships."""
        own = self.root.joinpath(*names)
        return own if own.exists() else content_dir().joinpath(*names)

    def text(self, path: Path) -> str:
        """Return a file's text, or nothing and a fault."""
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.fault(path, "", "file is missing")
        except (OSError, UnicodeDecodeError) as error:
            self.fault(path, "", f"cannot be read ({type(error).__name__})")
        return ""

    def toml(self, path: Path) -> dict[str, Any]:
        """Return a TOML file's tables, or nothing and a fault."""
        try:
            return tomli.loads(self.text(path))
        except tomli.TOMLDecodeError as error:
            self.fault(path, "", f"is not valid TOML: {error}")
            return {}

    def known(self, path: Path, where: str, table: Any, keys: set[str]) -> dict[str, Any]:
        """Return a table's known keys; note any other key as a fault."""
        if not isinstance(table, dict):
            self.fault(path, where, "must be a table")
            return {}
        for key in table.keys() - keys:
            self.fault(path, f"{where}.{key}".lstrip("."), "unknown key")
        return {key: table[key] for key in keys & table.keys()}

    def finish(self) -> None:
        """Raise ContentError with all faults, if there are any."""
        if self.faults:
            raise ContentError("the content has faults:", self.faults)


class ReadLater(Sequence[T]):
    """A sequence that is read when it is first looked at."""

    def __init__(self, read: Callable[[], Sequence[T]]) -> None:
        self._read = read

    @cached_property
    def _items(self) -> Sequence[T]:
        return self._read()

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._items[place]

    def __len__(self) -> int:
        return len(self._items)
