"""Reads responses/notice/topics.toml: which passages of the notice answer which topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot.content.files import Reading
from bot.content.library import Entry
from bot.core.catalog import TOPIC, Catalog, Intent, Kind, Notice, Phrase

ANSWERS, RIGHTS, NEAREST = "answers", "rights", "nearest"
# Which names of the library each table of the file is about.
_ABOUT = {ANSWERS: TOPIC, RIGHTS: Kind.REQUEST, NEAREST: TOPIC}
_ALIKE = 70  # of 100, below which a name is no misspelling of another

Passages = Mapping[str, tuple[str, ...]]


def map_file(reading: Reading) -> Path:
    """Return the file that maps topics to passages."""
    return reading.root / "responses" / "notice" / "topics.toml"


def read_catalog(
    reading: Reading, entries: Mapping[str, Entry], phrases: Sequence[Phrase], notice: Notice
) -> Catalog:
    """Return the library as this notice answers it; faults go to the reading."""
    path = map_file(reading)
    tables = {
        name: _passages(reading, path, name, table, entries, notice)
        for name, table in reading.known(path, "", reading.toml(path), set(_ABOUT)).items()
    }
    answers, nearest = tables.get(ANSWERS, {}), tables.get(NEAREST, {})
    for name in answers.keys() & nearest.keys():
        reading.fault(path, f"{NEAREST}.{_short(name)}", f"stands under [{ANSWERS}] too")
    rights = tables.get(RIGHTS, {})
    intents = (
        _intent(entry, answers | rights, _nearest(entry, answers, nearest, entries))
        for entry in entries.values()
    )
    return Catalog(
        intents=MappingProxyType({intent.id: intent for intent in intents}), phrases=phrases
    )


def _passages(
    reading: Reading,
    path: Path,
    table: str,
    named: object,
    entries: Mapping[str, Entry],
    notice: Notice,
) -> dict[str, tuple[str, ...]]:
    """Return the passages of a table by the names of the library."""
    if not isinstance(named, dict):
        reading.fault(path, table, "must be a table")
        return {}
    found = {}
    for short, listed in named.items():
        name, where = f"{_ABOUT[table]}.{short}", f"{table}.{short}"
        if name not in entries:
            known = (_short(n) for n in entries if n.startswith(f"{_ABOUT[table]}."))
            kind = "right" if table == RIGHTS else "topic"
            reading.fault(path, where, f"is no {kind} of the library{_like(short, known)}")
        elif not isinstance(listed, list) or not listed:
            reading.fault(path, where, "must be a list of passages of the notice")
        else:
            unknown = [passage for passage in listed if passage not in notice.passages]
            for passage in unknown:
                like = _like(str(passage), notice.passages)
                reading.fault(path, where, f"unknown passage {passage!r}{like}")
            found[name] = tuple(p for p in listed if p not in unknown)
    return found


def _intent(entry: Entry, answers: Passages, nearest: tuple[str, ...]) -> Intent:
    kind, _, name = entry.name.partition(".")
    if kind != TOPIC:
        return Intent(
            id=entry.name,
            kind=Kind(kind),
            passages=answers.get(entry.name, ()),
            right=entry.right,
        )
    answered = Kind.QUESTION if entry.name in answers else Kind.NOT_IN_NOTICE
    return Intent(
        id=f"{answered}.{name}",
        kind=answered,
        passages=answers.get(entry.name, nearest),
        text=entry.text,
        near=entry.near,
        rare=entry.rare,
    )


def _nearest(
    entry: Entry, answers: Passages, nearest: Passages, entries: Mapping[str, Entry]
) -> tuple[str, ...]:
    """Return the passages that come nearest to a topic: its own, or those of a topic near it."""
    seen, name = set[str](), entry.name
    while name in entries and name not in seen:
        if passages := nearest.get(name) or answers.get(name):
            return passages
        seen.add(name)
        name = entries[name].near
    return ()


def _short(name: str) -> str:
    return name.partition(".")[2]


def _like(name: str, known: Iterable[str]) -> str:
    best = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return f"; is {best[0]!r} meant?" if best else ""
