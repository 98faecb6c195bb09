"""Text as Telegram shows it: HTML, escaped here and nowhere else, cut at the platform's limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot.channels import card
from bot.channels.cutting import parts, units
from bot.channels.render import with_headings
from bot.core.messages import Message
from bot.core.text import visible

# The limit is 4096 UTF-16 units after parsing; what is left over is for a cut to fall well.
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style: plain, bold or quote."""

    text: str
    style: str = "plain"


_TAGS = {"plain": ("", ""), "bold": ("<b>", "</b>"), "quote": ("<blockquote>", "</blockquote>")}


def message(said: Message) -> list[str]:
    """Return a message as one or more texts in HTML, each within the limit."""
    blocks: list[list[Piece]] = []
    for heading, block in with_headings(said.blocks):
        above = [Piece(heading, "bold"), Piece("\n")] if heading else []
        blocks.append([*above, Piece(block.text, "quote" if block.kind == "quote" else "plain")])
    return texts(blocks)


def rows(title: str, found: Sequence[card.Row], below: str = "") -> list[str]:
    """Return a card: a title, and rows of label and value."""
    blocks = [[Piece(title, "bold")]]
    blocks += [[Piece(f"{label}: ", "bold"), Piece(value)] for label, value in found]
    if below:
        blocks.append([Piece(below)])
    return texts(blocks, between="\n")


def line(text: str) -> str:
    """Return one plain line in HTML."""
    return escape(visible(text, LONGEST), quote=False)


def texts(blocks: Iterable[Sequence[Piece]], between: str = "\n\n") -> list[str]:
    """Return blocks as texts in HTML: as many in one as fit, none cut within a tag."""
    made: list[str] = []
    full, length = "", 0
    for pieces in _cut(blocks):
        size = sum(units(piece.text) for piece in pieces)
        html = "".join(map(_html, pieces))
        if full and length + len(between) + size > LONGEST:
            made.append(full)
            full, length = "", 0
        full += (between if full else "") + html
        length += (len(between) if length else 0) + size
    return [*made, full] if full else made


def _cut(blocks: Iterable[Sequence[Piece]]) -> Iterator[Sequence[Piece]]:
    """Yield blocks, those that are longer than a text in parts."""
    for block in blocks:
        clean = [Piece(visible(p.text, len(p.text)), p.style) for p in block]
        if sum(units(piece.text) for piece in clean) <= LONGEST:
            yield clean
            continue
        for piece in clean:
            yield from (
                [Piece(part, piece.style)] for part in parts(piece.text, LONGEST) if part.strip()
            )


def _html(piece: Piece) -> str:
    opening, closing = _TAGS[piece.style]
    return f"{opening}{escape(piece.text, quote=False)}{closing}"
