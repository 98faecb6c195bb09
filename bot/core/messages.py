"""A message in words, not yet in the form of any channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a worded message: plain text, a quotation with its heading, or staff's words."""

    kind: Literal["text", "quote", "staff"]
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A worded choice."""

    label: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a person is told, in words, not yet escaped for any channel.

    `quotation_marks` open and close a quotation where text is all that a channel shows.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    quotation_marks: tuple[str, str] = ("”", "”")
