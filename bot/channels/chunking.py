"""Splits long texts where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_BREAKS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?]) "), re.compile(r" "))
_SKIN_TONES = frozenset("🏻🏼🏽🏾🏿")


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as Telegram counts it."""
    return len(_wide(text)) // 2


def parts(text: str, longest: int) -> Iterator[str]:
    """Split a text into parts of at most `longest` UTF-16 units, at least 2.

    Nothing but white space at the cuts is lost.
    """
    is_first = True
    while units(text) > longest:
        part, text = cut(text, longest)
        if part:
            yield part
            is_first = False
    if text or is_first:
        yield text


def cut(text: str, longest: int) -> tuple[str, str]:
    """Return a text's beginning, of at most `longest` UTF-16 units, and its rest.

    It is cut at a paragraph, else at a line, a sentence or a word, else anywhere.
    """
    head = _wide(text)[: longest * 2].decode("utf-16-le", errors="ignore")
    if head == text:
        return text, ""
    at = next((ends[-1] for ends in _ends(head) if ends), _between(text, len(head)))
    return text[:at].rstrip(), text[at:].lstrip()


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le", errors="surrogatepass")


def _ends(head: str) -> Iterator[list[int]]:
    """Yield where each kind of break ends, in the second half of a text."""
    for kind in _BREAKS:
        yield [m.end() for m in kind.finditer(head) if m.end() > len(head) // 2]


def _between(text: str, at: int) -> int:
    """Return a place before `at` where a character ends, with its accents and its colour."""
    earlier = at
    while earlier > 0 and _belongs_before(text[earlier]):
        earlier -= 1
    return earlier or at


def _belongs_before(character: str) -> bool:
    return character in _SKIN_TONES or unicodedata.category(character).startswith("M")
