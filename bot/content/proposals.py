"""Phrases that staff propose: kept beside those of the company, and learnt once accepted.

They stand in `responses/notice/phrases/proposed/`, a file for each language in the form of those
one folder above. Those of topics that the library lacks stand in `proposed/topics/`, for a person
who adds the topic.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import tomli

from bot.content.files import Reading
from bot.content.library import Entry, phrases_in
from bot.core.catalog import Language, Phrase
from bot.errors import UsageError

_OWN = ("responses", "notice", "phrases")


def propose(root: Path, language: Language, intent: str, wording: str) -> Path:
    """Propose a phrase for an intent of the library; return the file. Raises UsageError."""
    return _add(root.joinpath(*_OWN, "proposed", f"{language}.toml"), intent, wording)


def propose_topic(root: Path, language: Language, topic: str, wording: str) -> Path:
    """Note a phrase for a topic that the library lacks; return the file. Raises UsageError."""
    return _add(root.joinpath(*_OWN, "proposed", "topics", f"{language}.toml"), topic, wording)


def proposed(root: Path, entries: Mapping[str, Entry], company: str) -> tuple[Phrase, ...]:
    """Return the phrases that are proposed. Raises ContentError."""
    reading = Reading(root)
    found = [
        phrase
        for language, path in _files(root)
        for phrase in phrases_in(reading, path, language, entries, company)
    ]
    reading.finish()
    return tuple(found)


def accept(root: Path) -> int:
    """Move what is proposed to the phrases of the company; return how many there were.

    Raises UsageError, with what was not moved left where it is.
    """
    number = 0
    for language, path in _files(root):
        for intent, wording in _wordings(tomli.loads(path.read_text(encoding="utf-8"))):
            _add(root.joinpath(*_OWN, f"{language}.toml"), intent, wording)
            number += 1
        path.unlink()
    return number


@contextmanager
def accepted_apart(root: Path) -> Iterator[Path]:
    """Yield a copy of the content in which the proposed phrases are accepted; it goes at the end.

    Raises UsageError.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "content"
        for own in ("intents", "responses"):
            if (root / own).is_dir():
                shutil.copytree(root / own, copy / own)
        accept(copy)
        yield copy


def with_phrase(text: str, intent: str, wording: str) -> str:
    """Return the text of a file of phrases with one more. Raises UsageError where it does not fit.

    What stands there stays as it is, comments included.
    """
    line = f"    {json.dumps(wording, ensure_ascii=False)},\n"
    head = re.compile(rf"^\[{re.escape(intent)}\]\n(?:\s*#.*\n|\n)*phrases = \[\n", re.MULTILINE)
    if found := head.search(text):
        added = f"{text[: found.end()]}{line}{text[found.end() :]}"
    else:
        added = f"{text.rstrip()}\n\n[{intent}]\nphrases = [\n{line}]\n".lstrip()
    try:
        if (intent, wording) in set(_wordings(tomli.loads(added))):
            return added
    except (tomli.TOMLDecodeError, AttributeError, TypeError):
        pass
    raise UsageError(f"the phrase for {intent} does not fit into the file: add it by hand")


def _files(root: Path) -> Iterator[tuple[Language, Path]]:
    for language in Language:
        path = root.joinpath(*_OWN, "proposed", f"{language}.toml")
        if path.is_file():
            yield language, path


def _add(path: Path, intent: str, wording: str) -> Path:
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if (intent, wording) not in set(_wordings(tomli.loads(text))):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(with_phrase(text, intent, wording), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from None
    return path


def _wordings(tables: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield each intent with each of its phrases."""
    for name, table in tables.items():
        if name == "phrases" and isinstance(table, list):
            yield from ((above, wording) for wording in table)
        elif isinstance(table, dict):
            yield from _wordings(table, f"{above}.{name}".lstrip("."))
