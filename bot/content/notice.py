"""The notice: one Markdown file, verbatim, cut by ids in comments, and its translations by id."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import MappingProxyType

import tomli

from bot.content.files import Reading
from bot.core import buttons
from bot.core.catalog import Language, Notice, Passage, Section, Translation

_LINE = re.compile(r"(?P<mark>#{1,3} |- )?\s*(?:<!-- (?P<id>[a-z0-9-]+) -->\s*)?(?P<text>.*)")
_FURNITURE = "furniture"
BULLET = "•"


def read_notice(reading: Reading) -> Notice:
    """Return the notice; faults go to the reading.

    The language of its front matter is the official one; the others may have translations.
    """
    path = notice_file(reading)
    text = reading.text(path)
    head, body = _front_matter(reading, path, text)
    sections: dict[str, Section] = {}
    passages: dict[str, Passage] = {}
    first = text.count("\n") - body.count("\n") + 1
    for number, line in enumerate(body.splitlines(), first):
        _read_line(reading, path, line, sections, passages)
        _refuse_reserved(reading, path, number, line)
    originals = {s.id: s.title for s in sections.values()}
    originals |= {p.id: p.text for p in passages.values()}
    language = _language(reading, path, head)
    files = {other: path.parent / f"{other}.toml" for other in Language if other is not language}
    translations = {
        other: _translations(reading, file, originals)
        for other, file in files.items()
        if file.is_file()
    }
    return Notice(
        language=language,
        version=str(head.get("version", "")),
        date=str(head.get("date", "")),
        title=str(head.get("title", "")),
        company=str(head.get("company", "")),
        sections=MappingProxyType(sections),
        passages=MappingProxyType(passages),
        translations=MappingProxyType(translations),
    )


def rebuilt(markdown: str) -> str:
    """Return the text of the notice as published, out of the Markdown that holds the passages."""
    _, _, body = markdown.removeprefix("+++\n").partition("\n+++\n")
    found = (_LINE.fullmatch(line.strip()) for line in body.splitlines())
    return "\n".join(
        (f"{BULLET} " if line["mark"] == "- " else "") + line["text"]
        for line in found
        if line and line["id"] != _FURNITURE
    )


def source_hash(text: str) -> str:
    """Return the hash that ties a translation to its original: 16 hex digits of SHA-256."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _front_matter(reading: Reading, path: Path, text: str) -> tuple[dict[str, object], str]:
    head, separator, body = text.removeprefix("+++\n").partition("\n+++\n")
    if not text.startswith("+++\n") or not separator:
        reading.fault(path, "line 1", "the file must begin with +++, version and date, +++")
        return {}, text
    try:
        found = tomli.loads(head)
    except tomli.TOMLDecodeError as error:
        reading.fault(path, "front matter", str(error))
        return {}, body
    for key in ("language", "version", "date", "title"):
        if key not in found:
            reading.fault(path, key, "is missing from the front matter")
    return found, body


def notice_file(reading: Reading) -> Path:
    """Return the one Markdown file of the notice's folder; none or several is a fault."""
    folder = reading.root / "responses" / "notice"
    files = sorted(folder.glob("*.md"))
    if len(files) > 1:
        names = ", ".join(file.name for file in files)
        reading.fault(folder, "", f"must hold one notice, not several: {names}")
    return files[0] if files else folder / "notice.md"


def _language(reading: Reading, path: Path, head: dict[str, object]) -> Language:
    named = head.get("language")
    if named in set(Language):
        return Language(str(named))
    if named is not None:
        reading.fault(path, "language", f"is {named!r}; it must be {', '.join(Language)}")
    return next(iter(Language))


def _read_line(
    reading: Reading,
    path: Path,
    line: str,
    sections: dict[str, Section],
    passages: dict[str, Passage],
) -> None:
    match = _LINE.fullmatch(line.strip())
    if match is None or not match["text"] or match["id"] == _FURNITURE:
        return
    if match["id"] is None:
        if sections:
            reading.fault(path, f"text {match['text'][:30]!r}", "has no <!-- id -->")
        return
    if match["id"] in sections or match["id"] in passages:
        reading.fault(path, match["id"], "id occurs twice")
    elif match["mark"] and match["mark"].startswith("#"):
        level = len(match["mark"].strip())
        sections[match["id"]] = Section(
            id=match["id"], title=match["text"], level=level, passages=()
        )
    elif not sections:
        reading.fault(path, match["id"], "stands above the first heading")
    else:
        _add_passage(match["id"], match["text"], match["mark"] == "- ", sections, passages)


def _refuse_reserved(reading: Reading, path: Path, number: int, line: str) -> None:
    """Refuse a section named like a button: a press could mean either."""
    match = _LINE.fullmatch(line.strip())
    is_heading = match and match["mark"] and match["mark"].startswith("#")
    if match and is_heading and match["id"] in buttons.WORDS:
        reading.fault(
            path,
            f"line {number}",
            f"a section cannot be called {match['id']!r}: a button of the assistant is",
        )


def _add_passage(
    id: str, text: str, bullet: bool, sections: dict[str, Section], passages: dict[str, Passage]
) -> None:
    last = next(reversed(sections.values()))
    passages[id] = Passage(id=id, section=last.id, text=text, bullet=bullet)
    sections[last.id] = Section(
        id=last.id, title=last.title, level=last.level, passages=(*last.passages, id)
    )


def _translations(
    reading: Reading, path: Path, originals: dict[str, str]
) -> MappingProxyType[str, Translation]:
    table = reading.toml(path)
    table.pop("language", None)
    found: dict[str, Translation] = {}
    for key, entry in table.items():
        if key not in originals:
            reading.fault(path, key, "translates no passage or heading of the notice")
            continue
        known = reading.known(path, key, entry, {"text", "source_hash"})
        text, stamp = known.get("text", ""), known.get("source_hash", "")
        if not isinstance(text, str) or not text.strip():
            reading.fault(path, f"{key}.text", "is missing")
            continue
        found[key] = Translation(text=text, stale=stamp != source_hash(originals[key]))
    for key in originals.keys() - table.keys():
        reading.fault(path, key, "has no translation")
    return MappingProxyType(found)
