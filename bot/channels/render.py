"""A worded message in a channel's own form; the one place where untrusted text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from bot.core.messages import Block, Message
from bot.core.understanding.words.text import strip_invisible

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, Group, RenderResult
    from rich.text import Text

# A letter sets no text or background colours: the reader's mail program knows whether it is dark.
# Grey stands out on both. Styles stand on the elements, as mail programs drop style sheets, and
# the language stands twice, as they drop <html>. The subject is the title (HTML, 4.2.2).
_PAGE = """\
<!doctype html>
<html lang="{language}" style="color-scheme: light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
</head>
<body style="margin: 0; padding: 0">
<div lang="{language}" style="max-width: 38em; margin: 0 auto; padding: 1em; \
font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; word-break: break-word">
{blocks}
</div>
</body>
</html>
"""
_HEADING = '<h2 style="margin: 1.5em 0 0.5em; font-size: 1em; line-height: 1.3">{}</h2>\n'
_PARAGRAPH = '<p style="margin: 0 0 1em">{}</p>'
_QUOTE = (
    '<blockquote style="margin: 0 0 1em; padding: 0.1em 0 0.1em 1em; '
    'border-left: 4px solid #808080">\n{}\n</blockquote>'
)
_STAFF = '<div style="margin: 1.5em 0 1em; padding: 0 1em; border: 2px dashed #808080">\n{}\n</div>'
_BLANK_LINES = re.compile(r"\n\s*\n")


def plain(message: Message) -> str:
    """Return a message as plain text, for mail and for programs; buttons are left out."""
    return "\n\n".join(_paragraphs(message))


def letter(message: Message, language: str) -> str:
    """Return a message as HTML for mail; buttons are left out.

    All text is escaped, and nothing in it becomes a link or an image.
    """
    blocks = "\n".join(_html_blocks(message.blocks))
    return _PAGE.format(language=escape(language), blocks=blocks)


def terminal(message: Message) -> Group:
    """Return a message for the terminal: quotations behind a bar, buttons numbered from 1."""
    from rich.console import Group  # slow to import, and plain text does without
    from rich.text import Text

    # A Text is shown as it is: no markup in it is ever interpreted.
    lines: list[Text | _Barred] = []
    for place, (heading, block) in enumerate(with_headings(message.blocks)):
        if place:
            lines.append(Text())
        if heading:
            lines.append(Text(strip_invisible(heading), style="bold"))
        if block.kind == "text":
            lines.append(Text(strip_invisible(block.text)))
        else:
            bar = "yellow" if block.kind == "staff" else "blue"
            lines.append(_Barred(Text(strip_invisible(block.text)), bar))
    if message.buttons:
        lines.append(Text())
    for number, button in enumerate(message.buttons, 1):
        lines.append(Text.assemble((f"[{number}] ", "bold cyan"), strip_invisible(button.label)))
    return Group(*lines)


class _Barred:
    """A text with a bar along its left side."""

    def __init__(self, text: Text, colour: str) -> None:
        self._text = text
        self._colour = colour

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment
        from rich.style import Style

        narrower = options.update_width(max(options.max_width - 2, 1))
        for line in console.render_lines(self._text, narrower, pad=False):
            yield Segment("▌ ", Style(color=self._colour))
            yield from line
            yield Segment.line()


def _paragraphs(message: Message) -> Iterator[str]:
    before, after = message.quotation_marks
    for heading, block in with_headings(message.blocks):
        above = f"{heading}\n" if heading else ""
        yield above + (f"{before}{block.text}{after}" if block.kind == "quote" else block.text)


def _html_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for heading, block in with_headings(blocks):
        above = _HEADING.format(_html_text(heading)) if heading else ""
        paragraphs = _html_paragraphs(block.text)
        match block.kind:
            case "text":
                yield above + paragraphs
            case "quote":
                yield above + _QUOTE.format(paragraphs)
            case "staff":
                yield _STAFF.format(above + paragraphs)


def _html_paragraphs(text: str) -> str:
    return "\n".join(_PARAGRAPH.format(_html_text(part)) for part in _BLANK_LINES.split(text))


def _html_text(text: str) -> str:
    return escape(strip_invisible(text, len(text)).strip()).replace("\n", "<br>\n")


def with_headings(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Block]]:
    """Pair each block with its heading, left out where it repeats that of the block before."""
    above = ""
    for block in blocks:
        yield ("" if block.heading == above else block.heading), block
        above = block.heading
