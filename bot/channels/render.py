"""A worded message in a channel's own form; the one place where untrusted text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.core.messages import Block, Message
from bot.core.text import visible

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, Group, RenderResult
    from rich.text import Text


def plain(message: Message) -> str:
    """Return a message as plain text, for mail and for programs; buttons are left out."""
    return "\n\n".join(_paragraphs(message.blocks))


def terminal(message: Message) -> Group:
    """Return a message for the terminal: quotations behind a bar, buttons numbered from 1."""
    from rich.console import Group  # slow to import, and plain text does without
    from rich.text import Text

    # A Text is shown as it stands: no markup in it is ever interpreted.
    lines: list[Text | _Barred] = []
    for place, (heading, block) in enumerate(_with_headings(message.blocks)):
        if place:
            lines.append(Text())
        if heading:
            lines.append(Text(visible(heading), style="bold"))
        if block.kind == "text":
            lines.append(Text(visible(block.text)))
        else:
            bar = "yellow" if block.kind == "staff" else "blue"
            lines.append(_Barred(Text(visible(block.text)), bar))
    if message.buttons:
        lines.append(Text())
    for number, button in enumerate(message.buttons, 1):
        lines.append(Text.assemble((f"[{number}] ", "bold cyan"), visible(button.label)))
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


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    for heading, block in _with_headings(blocks):
        above = f"{heading}\n" if heading else ""
        yield above + (f"”{block.text}”" if block.kind == "quote" else block.text)


def _with_headings(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Block]]:
    """Pair each block with its heading, left out where it is that of the block before."""
    above = ""
    for block in blocks:
        yield ("" if block.heading == above else block.heading), block
        above = block.heading
