"""Reads the library: the intents in intents/catalog.toml, and their phrases in intents/<lang>/.

It knows no notice and no company: phrases of one company are kept beside its notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.files import Reading
from bot.core.catalog import TOPIC, Kind, Language, Phrase, Right

# Stands in phrases where people say the company's name, and may have an ending.
COMPANY = "{company}"
_NAMED = re.compile(rf"{re.escape(COMPANY)}\w*")
# Kinds with one intent each, which stands directly under the kind's name.
SINGLE = frozenset({Kind.INCIDENT, Kind.HUMAN, Kind.STATUS, Kind.CANCEL})
_FILES = ("topics", "requests", "out_of_scope", "talk")
_KINDS = (TOPIC, *(k for k in Kind if k not in (Kind.QUESTION, Kind.NOT_IN_NOTICE)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What can be wanted: a topic or an intent that no notice changes.

    `near` is the topic whose passages come nearest where the notice does not answer this one; a
    `rare` one few notices answer.
    """

    name: str
    right: Right | None = None
    text: str = ""
    near: str = ""
    rare: bool = False


def read_entries(reading: Reading) -> Mapping[str, Entry]:
    """Return what can be wanted by its name, of the library and of the company alone."""
    path, own = reading.place("intents") / "catalog.toml", _own(reading) / "catalog.toml"
    found = {name: _entry(reading, path, name, table) for name, table in _tables(reading, path)}
    for name, table in _tables(reading, own) if own.is_file() else ():
        if name in found:
            reading.fault(own, name, "stands in the library too")
        elif not name.startswith(f"{Kind.OUT_OF_SCOPE}."):
            reading.fault(
                own, name, f"only {Kind.OUT_OF_SCOPE} is added here, topics stand in intents/"
            )
        else:
            found[name] = _entry(reading, own, name, table)
    _check(reading, found)
    return found


def read_phrases(
    reading: Reading, entries: Mapping[str, Entry], company: str
) -> tuple[Phrase, ...]:
    """Return all phrases, those of the company alone last; `company` is said for its name."""
    phrases: list[Phrase] = []
    for language, file in phrase_files(reading):
        phrases += phrases_in(reading, file, language, entries, company)
    _check_phrases(reading, entries, phrases)
    return tuple(phrases)


def phrase_files(reading: Reading) -> Iterator[tuple[Language, Path]]:
    """Yield the files that phrases are in, in the order in which they are read."""
    for language in Language:
        folder = reading.place("intents") / language
        yield from ((language, folder / f"{name}.toml") for name in _FILES)
        own = _own(reading) / f"{language}.toml"
        if own.is_file():
            yield language, own


def brings_phrases(reading: Reading) -> bool:
    """Tell whether a folder has phrases of its own, of topics or of what is said to its company."""
    return (reading.root / "intents").exists() or _own(reading).exists()


def _own(reading: Reading) -> Path:
    """Return the folder of what people say to this company alone; it need not be there."""
    return reading.root / "responses" / "notice" / "phrases"


def _tables(reading: Reading, path: Path) -> Iterator[tuple[str, Any]]:
    for kind, table in reading.toml(path).items():
        if kind not in _KINDS:
            reading.fault(path, kind, f"unknown kind; known are {', '.join(_KINDS)}")
        elif kind in SINGLE:
            yield kind, table
        elif not isinstance(table, dict):
            reading.fault(path, kind, "must be a table")
        else:
            yield from ((f"{kind}.{own}", entry) for own, entry in table.items())


def _entry(reading: Reading, path: Path, name: str, table: Any) -> Entry:
    entry = reading.known(path, name, table, {"right", "text", "near", "rare"})
    right = entry.get("right")
    if right is not None and right not in set(Right):
        reading.fault(path, f"{name}.right", f"unknown right {right!r}")
        right = None
    if name.startswith(f"{Kind.REQUEST}.") != (right is not None):
        reading.fault(path, f"{name}.right", "a request names its right, and nothing else does")
    if not name.startswith(f"{TOPIC}."):
        for key in ("text", "near", "rare"):
            if key in entry:
                reading.fault(path, f"{name}.{key}", "only a topic has one")
    near = f"{TOPIC}.{entry['near']}" if entry.get("near") else ""
    text = str(entry.get("text", ""))
    return Entry(
        name=name,
        right=Right(right) if right else None,
        text=text,
        near=near,
        rare=entry.get("rare") is True,
    )


def _check(reading: Reading, entries: Mapping[str, Entry]) -> None:
    path = reading.place("intents") / "catalog.toml"
    rights = [entry.right for entry in entries.values() if entry.right]
    for right in Right:
        if rights.count(right) != 1:
            reading.fault(path, "request", f"{right} has {rights.count(right)} intents, not one")
    for entry in entries.values():
        if entry.near and entry.near not in entries:
            reading.fault(path, f"{entry.name}.near", f"unknown topic {entry.near!r}")


def phrases_in(
    reading: Reading, path: Path, language: Language, entries: Mapping[str, Entry], company: str
) -> Iterator[Phrase]:
    """Yield the phrases of one file; faults are noted."""
    for name, table in _tables(reading, path):
        if name not in entries:
            reading.fault(path, name, "is not in catalog.toml")
            continue
        for text in reading.known(path, name, table, {"phrases"}).get("phrases", []):
            written = text if isinstance(text, str) else ""
            phrase = _phrase(written, name, language, company)
            if phrase.said:
                yield phrase
            else:
                reading.fault(path, f"{name}.phrases", f"not a phrase: {text!r}")


def _phrase(written: str, name: str, language: Language, company: str) -> Phrase:
    learnt = _NAMED.sub("", written)
    text = written.replace(COMPANY, company) if company else learnt
    return Phrase(intent=name, language=language, text=text, learnt=learnt)


def _check_phrases(reading: Reading, entries: Mapping[str, Entry], phrases: list[Phrase]) -> None:
    folder = reading.place("intents")
    seen: dict[tuple[Language, str], str] = {}
    for phrase in phrases:
        said = phrase.language, phrase.said
        other = seen.setdefault(said, phrase.intent)
        if other != phrase.intent:
            where = f"{phrase.intent}: {phrase.text!r}"
            reading.fault(folder / phrase.language, where, f"stands under {other} too")
    worded = {(phrase.language, phrase.intent) for phrase in phrases}
    for language in Language:
        for name in entries:
            if (language, name) not in worded:
                reading.fault(folder / language, name, "has no phrases")
