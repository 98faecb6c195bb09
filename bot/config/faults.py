"""Configuration faults as sentences: which setting, what is wrong, and on which line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.config.environment import did_you_mean

Place = tuple[int | str, ...]
# Settings of earlier versions, and what they are called now.
_RENAMED: Mapping[Place, str] = {("authority", "page"): "url"}
_HEADER = re.compile(r"\s*\[+\s*(?P<section>[\w-]+)\s*\]+")
_A_LIST = 'must be a list, such as ["a", "b"]'
_SENTENCES = {
    "list_type": _A_LIST,
    "tuple_type": _A_LIST,
    "missing": "is missing",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "model_type": "must be a table of settings",
    "model_attributes_type": "must be a table of settings",
    "string_pattern_mismatch": "is not of the form that config.example.toml shows",
    "path_type": "must be a path, in quotation marks",
}
_WORDS = (
    ("Value error, ", ""),
    ("Input should be", "must be"),
    ("a valid ", "a "),
    ("a string", "text in quotation marks"),
    ("an integer", "a whole number"),
    ("a integer", "a whole number"),
    ("a boolean", "true or false"),
)
_TAIL = re.compile(r", (?:unable to|got a) .*")
_KEY = re.compile(r"\s*(?P<key>[\w-]+)\s*=")


def told(
    fault: Mapping[str, Any], sections: Mapping[str, type[BaseModel]], file: Path | None
) -> str:
    """Return one fault that pydantic found; never the value, which may be a secret."""
    place: Place = fault["loc"]
    line = _line_of(place, file)
    at = f" ({file}, line {line})" if line else ""
    if fault["type"] == "extra_forbidden":
        what = _unknown(place, sections)
    elif place == ("staff",):
        what = "each member of staff has a table of their own, which begins with [[staff]]"
    else:
        what = _SENTENCES.get(fault["type"]) or _plain(fault["msg"])
    return f"{_shown(place)}: {what}{at}"


def _shown(place: Place) -> str:
    """Return a setting as it stands in the file, such as `[service] languages, no. 2`."""
    section, *rest = place
    head = f"[{section}]"
    if section == "staff":
        head = "[[staff]]"
        if rest and isinstance(rest[0], int):
            head, rest = f"{head} no. {rest[0] + 1}", rest[1:]
    shown = head
    for part in rest:
        shown += f", no. {part + 1}" if isinstance(part, int) else f" {part}"
    return shown


def _plain(message: str) -> str:
    """Return a message of pydantic in our words."""
    for theirs, ours in _WORDS:
        message = message.replace(theirs, ours, 1)
    return _TAIL.sub("", message)


def _unknown(place: Place, sections: Mapping[str, type[BaseModel]]) -> str:
    """Say of an unknown setting how it is called now, or which it may have been meant to be."""
    if now := _RENAMED.get(place):
        return f"is called {now} now"
    if len(place) == 1:
        return f"unknown setting{did_you_mean(str(place[0]), list(sections))}"
    section = sections.get(str(place[0]))
    known = list(section.model_fields) if section else []
    return f"unknown setting{did_you_mean(str(place[-1]), known)}"


def _line_of(place: Place, file: Path | None) -> int | None:
    """Return the line of a setting in the file, or of its section; None when neither is there."""
    if file is None:
        return None
    section = str(place[0])
    # Of [[staff]] there are several; elsewhere a number counts the values of a list.
    nth = next((part for part in place if isinstance(part, int)), 0) if section == "staff" else 0
    key = next((part for part in place[1:] if isinstance(part, str)), "")
    lines = {found: number for number, found in _lines(file)}
    return lines.get((section, nth, key)) or lines.get((section, nth, ""))


def _lines(file: Path) -> Iterator[tuple[int, tuple[str, int, str]]]:
    """Return the number of each line with the section, which of that name it is, and the key."""
    section, seen = "", Counter[str]()
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if header := _HEADER.fullmatch(line.partition("#")[0].rstrip()):
            section = header["section"]
            seen[section] += 1
            yield number, (section, seen[section] - 1, "")
        elif given := _KEY.match(line):
            yield number, (section, seen[section] - 1, given["key"])
