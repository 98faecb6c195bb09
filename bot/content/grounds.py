"""Reads the grounds of refusals and replies that an organisation has of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.files import Reading
from bot.core.catalog import Language, Right
from bot.core.tickets.clock import Ground
from bot.core.tickets.templates import Kind, OwnGround, Template

FILE = Path("responses") / "grounds.toml"
# A form in Slack offers at most 100 replies, those that ship among them, and shows 75 characters.
MOST_GROUNDS, LONGEST_NAME = 50, 75
_KEY = re.compile(r"[a-z][a-z0-9_]{1,29}")  # it must fit into a button
_NAME = "name"
# Names that the desk knows already.
_TAKEN = frozenset({*Template, *Ground})


@dataclass(frozen=True)
class OwnTexts:
    """The grounds, and their texts by language and key, as all texts go.

    `written` are the languages and places (`trade_secret.refuse`) in which somebody wrote one. In
    the other languages staff see the name of another; no customer reads a text in its place.
    """

    grounds: tuple[OwnGround, ...]
    texts: Mapping[Language, Mapping[str, str]]
    written: tuple[tuple[Language, str], ...]

    @staticmethod
    def key(written: str) -> str:
        """Return the key of the text that stands at a place of the file."""
        ground, _, what = written.partition(".")
        return f"desk.template.{ground}" if what == _NAME else f"template.{what}.{ground}"


def read_grounds(reading: Reading) -> OwnTexts:
    """Return the grounds in responses/grounds.toml, which need not be there."""
    path = reading.root / FILE
    found = reading.toml(path) if path.exists() else {}
    if len(found) > MOST_GROUNDS:
        reading.fault(path, "", f"{len(found)} grounds: {MOST_GROUNDS} at most fit into a form")
    grounds: list[OwnGround] = []
    texts: dict[Language, dict[str, str]] = {language: {} for language in Language}
    written: list[tuple[Language, str]] = []
    for key, table in found.items():
        fields = reading.known(path, key, table, {_NAME, "rights", *Kind})
        said = {
            what: _texts(reading, path, f"{key}.{what}", fields[what])
            for what in (_NAME, *Kind)
            if what in fields
        }
        if ground := _ground(reading, path, key, fields, said):
            grounds.append(ground)
            written += [(one, f"{key}.{what}") for what in said for one in ground.languages]
            for what, by_language in said.items():
                instead = next(iter(by_language.values()))
                for language in Language:
                    text = by_language.get(language, instead)
                    texts[language][OwnTexts.key(f"{key}.{what}")] = text
    return OwnTexts(grounds=tuple(grounds), texts=texts, written=tuple(written))


def _ground(
    reading: Reading,
    path: Path,
    key: str,
    fields: Mapping[str, Any],
    said: Mapping[str, Mapping[Language, str]],
) -> OwnGround | None:
    """Return where a ground may be used; None, with its faults, where that is not said."""
    before = len(reading.faults)
    if not _KEY.fullmatch(key):
        reading.fault(path, key, "must be small letters, digits and _, 2 to 30 of them")
    if key in _TAKEN:
        reading.fault(path, key, "is a ground that ships: choose another key, or edit its texts")
    kinds = frozenset(kind for kind in Kind if kind in fields)
    if not kinds:
        reading.fault(path, key, f"needs a text under {', '.join(Kind)}, one of them at least")
    if _NAME not in fields:
        reading.fault(path, key, "needs a name, which staff choose it by")
    for language, name in said.get(_NAME, {}).items():
        if len(name) > LONGEST_NAME:
            told = f"must have {LONGEST_NAME} characters at most, which is what a form shows"
            reading.fault(path, f"{key}.{_NAME}.{language}", told)
    spoken = {frozenset(one) for one in said.values()}
    if len(spoken) > 1:
        reading.fault(path, key, "its name and texts must all be in the same languages")
    rights = fields.get("rights", list(Right))
    if not (isinstance(rights, list) and rights and all(one in list(Right) for one in rights)):
        reading.fault(path, f"{key}.rights", f"must be a list of these: {', '.join(Right)}")
    if len(reading.faults) > before:
        return None
    return OwnGround(
        key=key, kinds=kinds, languages=next(iter(spoken)), rights=frozenset(map(Right, rights))
    )


def _texts(reading: Reading, path: Path, where: str, table: Any) -> dict[Language, str]:
    """Return the texts of a table by language."""
    found: dict[Language, str] = {}
    for language, text in reading.known(path, where, table, set(Language)).items():
        if isinstance(text, str) and text.strip():
            found[Language(language)] = text
        else:
            reading.fault(path, f"{where}.{language}", "must be a text that is not empty")
    if not found:
        reading.fault(path, where, f"needs a text in a language: {', '.join(Language)}")
    return found
