"""A worded message in a channel's own form; the one place where untrusted text is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.messages import Block, Message
from bot.core.text import visible


def plain(message: Message) -> str:
    """Return a message as plain text, for mail and for programs; buttons are left out."""
    return "\n\n".join(_paragraphs(message.blocks))


def terminal(message: Message) -> str:
    """Return a message as rich markup, all text escaped, buttons numbered from 1."""
    from rich.markup import escape  # slow to import, and plain text does without

    lines: list[str] = []
    heading = ""
    for block in message.blocks:
        text = escape(visible(block.text))
        if block.heading and block.heading != heading:
            lines.append(f"[dim]{escape(visible(block.heading))}[/dim]")
        heading = block.heading
        match block.kind:
            case "text":
                lines.append(text)
            case "quote":
                lines.append(f"[italic]  │ {text}[/italic]")
            case "staff":
                lines.append(f"[yellow]  » {text}[/yellow]")
    for number, button in enumerate(message.buttons, 1):
        lines.append(f"[bold cyan]\\[{number}][/bold cyan] {escape(visible(button.label))}")
    return "\n".join(lines)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    heading = ""
    for block in blocks:
        above = f"{block.heading}\n" if block.heading and block.heading != heading else ""
        heading = block.heading
        yield above + (f"”{block.text}”" if block.kind == "quote" else block.text)
