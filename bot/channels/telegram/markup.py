"""Telegram HTML: all escaping is here, texts are split at the platform's limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from bot.channels.chunking import cut, units
from bot.channels.desk import card
from bot.channels.render import with_headings
from bot.core.messages import Message
from bot.core.understanding.words.text import strip_invisible

# The limit is 4096 UTF-16 units after parsing.
LONGEST = 4000
_LONGEST_ON_FACE = 1500
# Telegram shows 100 entities of a message, the links and mentions that it finds included.
_MOST_STYLED = 90
# What Telegram would turn into a link, a mention, a command or a hashtag.
_LIVE = re.compile(r"[@/#$]|\w\.[^\W\d_]")

Style = Literal["plain", "bold", "quote", "code"]
_TAGS: dict[Style, str] = {"bold": "b", "quote": "blockquote", "code": "code"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style."""

    text: str
    style: Style = "plain"


def message(said: Message, above: str = "") -> list[str]:
    """Return a message, with a line above it, as one or more texts in HTML within the limit."""
    blocks: list[list[Piece]] = [[Piece(above)]]
    for heading, block in with_headings(said.blocks):
        headed = [Piece(heading, "bold"), Piece("\n")] if heading else []
        blocks.append([*headed, Piece(block.text, "quote" if block.kind == "quote" else "plain")])
    return texts(blocks)


def rows(title: str, found: Iterable[card.Row]) -> list[str]:
    """Return a title, and rows of label and value, as one or more texts.

    A value in which Telegram would find a link or a mention is shown as code: nothing is clickable.
    """
    blocks = [[Piece(title, "bold")]]
    blocks += [[Piece(f"{label}: ", "bold"), _as_code_if_live(value)] for label, value in found]
    return texts(blocks, between="\n")


def face(title: str, found: Iterable[card.Row]) -> str:
    """Return a card's face: rows in one text, with an ellipsis where there is more to read."""
    return rows(title, ((label, _short(value)) for label, value in found))[0]


def lines(found: Iterable[str]) -> list[str]:
    return texts(([Piece(line)] for line in found), between="\n")


def line(text: str) -> str:
    return next(iter(lines([text])), "")


def to_person(id: int, name: str, text: str) -> str:
    """Return a short text that mentions, and so notifies, one person of a group."""
    return f'<a href="tg://user?id={id}">{escape(name, quote=False)}</a>: {line(text)}'


def texts(blocks: Iterable[Sequence[Piece]], between: str = "\n\n") -> list[str]:
    """Return blocks in as few HTML texts as they fit in, none cut within a tag."""
    pages = _Pages(between)
    for block in blocks:
        pages.add([Piece(strip_invisible(p.text, len(p.text)), p.style) for p in block])
    return pages.done()


@dataclass(slots=True)
class _Pages:
    """Builds texts one after the other."""

    between: str
    _full: list[str] = field(default_factory=list)
    _html: str = ""
    _length: int = 0
    _styled: int = 0

    def add(self, block: Sequence[Piece]) -> None:
        """Add a block to the page, to a new one if it only fits there, else over several."""
        size = sum(units(piece.text) for piece in block)
        if not size:
            return
        if self._html:
            if len(self.between) + size <= self._room and self._styled < _MOST_STYLED:
                self._put(Piece(self.between))
            else:
                self._turn()
        for piece in block:
            self._pour(piece)

    def done(self) -> list[str]:
        self._turn()
        return self._full

    @property
    def _room(self) -> int:
        return LONGEST - self._length

    def _pour(self, piece: Piece) -> None:
        rest = piece.text
        while units(rest) > self._room:
            part, rest = cut(rest, self._room)
            self._put(Piece(part, piece.style))
            self._turn()
        self._put(Piece(rest, piece.style))

    def _put(self, piece: Piece) -> None:
        tag = _TAGS.get(piece.style) if piece.text else None
        text = escape(piece.text, quote=False)
        self._html += f"<{tag}>{text}</{tag}>" if tag else text
        self._length += units(piece.text)
        self._styled += tag is not None

    def _turn(self) -> None:
        if self._html.strip():
            self._full.append(self._html)
        self._html, self._length, self._styled = "", 0, 0


def _short(value: str) -> str:
    head, rest = cut(value, _LONGEST_ON_FACE)
    return f"{head} …" if rest else head


def _as_code_if_live(value: str) -> Piece:
    return Piece(value, "code" if _LIVE.search(value) else "plain")
