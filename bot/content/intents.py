"""The catalogue: intents/catalog.toml says what exists, intents/<lang>/*.toml how people put it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.content.files import Reading
from bot.core.catalog import Catalog, Intent, Kind, Language, Notice, Phrase, Right

FILES = ("questions", "requests", "limits", "talk")
# Kinds with one intent each, which stands directly under the kind's name.
SINGLE = frozenset({Kind.INCIDENT, Kind.HUMAN, Kind.STATUS, Kind.CANCEL})


def read_catalog(reading: Reading, notice: Notice) -> Catalog:
    """Return all intents and phrases; faults go to the reading."""
    path = reading.root / "intents" / "catalog.toml"
    intents: dict[str, Intent] = {}
    for key, kind, table in _entries(reading, path):
        intents[key] = _intent(reading, path, key, kind, table, notice)
    _check_rights(reading, path, intents)
    phrases: list[Phrase] = []
    for language in Language:
        for name in FILES:
            file = reading.root / "intents" / language / f"{name}.toml"
            phrases += _phrases(reading, file, language, intents)
    _check_phrases(reading, intents, phrases)
    return Catalog(intents=MappingProxyType(intents), phrases=tuple(phrases))


def _entries(reading: Reading, path: Path) -> Iterator[tuple[str, Kind, Any]]:
    for name, table in reading.toml(path).items():
        if name not in set(Kind):
            reading.fault(path, name, f"unknown kind; known are {', '.join(Kind)}")
        elif name in SINGLE:
            yield name, Kind(name), table
        elif not isinstance(table, dict):
            reading.fault(path, name, "must be a table of intents")
        else:
            for own, entry in table.items():
                yield f"{name}.{own}", Kind(name), entry


def _intent(
    reading: Reading, path: Path, key: str, kind: Kind, table: Any, notice: Notice
) -> Intent:
    entry = reading.known(path, key, table, {"passages", "right", "text"})
    passages = tuple(entry.get("passages", ()))
    for passage in passages:
        if passage not in notice.passages:
            reading.fault(path, f"{key}.passages", f"unknown passage {passage!r}")
    if kind in (Kind.QUESTION, Kind.REQUEST) and not passages:
        reading.fault(path, f"{key}.passages", "is missing: what answers it?")
    right = entry.get("right")
    if right is not None and right not in set(Right):
        reading.fault(path, f"{key}.right", f"unknown right {right!r}")
        right = None
    if (kind is Kind.REQUEST) != (right is not None):
        reading.fault(path, f"{key}.right", "a request names its right, and nothing else does")
    known = tuple(p for p in passages if p in notice.passages)
    text = entry.get("text", "")
    if text and kind not in (Kind.NOT_IN_NOTICE, Kind.QUESTION):
        reading.fault(path, f"{key}.text", "only what the notice or the law answers has a text")
    return Intent(
        id=key, kind=kind, passages=known, right=Right(right) if right else None, text=str(text)
    )


def _check_rights(reading: Reading, path: Path, intents: dict[str, Intent]) -> None:
    asked = [intent.right for intent in intents.values() if intent.right]
    for right in Right:
        if asked.count(right) != 1:
            reading.fault(path, "request", f"{right} has {asked.count(right)} intents, not one")


def _phrases(
    reading: Reading, path: Path, language: Language, intents: dict[str, Intent]
) -> Iterator[Phrase]:
    for key, _, table in _entries(reading, path):
        if key not in intents:
            reading.fault(path, key, "is not in catalog.toml")
            continue
        texts = reading.known(path, key, table, {"phrases"}).get("phrases", [])
        for text in texts:
            written = text if isinstance(text, str) else ""
            phrase = Phrase(intent=key, language=language, text=written)
            if phrase.said:
                yield phrase
            else:
                reading.fault(path, f"{key}.phrases", f"not a phrase: {text!r}")


def _check_phrases(reading: Reading, intents: dict[str, Intent], phrases: list[Phrase]) -> None:
    folder = reading.root / "intents"
    seen: dict[tuple[Language, str], str] = {}
    for phrase in phrases:
        said = phrase.language, phrase.said
        other = seen.setdefault(said, phrase.intent)
        if other != phrase.intent:
            where = f"{phrase.intent}: {phrase.text!r}"
            reading.fault(folder / phrase.language, where, f"stands under {other} too")
    worded = {(phrase.language, phrase.intent) for phrase in phrases}
    for language in Language:
        for key in intents:
            if (language, key) not in worded:
                reading.fault(folder / language, key, "has no phrases")
