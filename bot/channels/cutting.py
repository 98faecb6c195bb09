"""Long texts cut where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAKS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?]) "), re.compile(r" "))


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def parts(text: str, longest: int) -> Iterator[str]:
    """Yield a text in parts of at most `longest` UTF-16 units.

    It is cut at paragraphs, else at lines, sentences or words, else anywhere.
    """
    while units(text) > longest:
        head = text.encode("utf-16-le")[: longest * 2].decode("utf-16-le", errors="ignore")
        at = next((ends[-1] for ends in _ends(head) if ends), len(head))
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    yield text


def _ends(head: str) -> Iterator[list[int]]:
    """Yield where each kind of break ends, in the second half of a text."""
    for kind in _BREAKS:
        yield [m.end() for m in kind.finditer(head) if m.end() > len(head) // 2]
