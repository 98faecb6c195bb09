"""The section [files]: the files that staff attach to tickets."""

from __future__ import annotations

from pydantic import Field

from bot.config.section import Section


class FilesSection(Section):
    """[files]: `scan` is a command that gets a file on its input, and takes it with exit code 0.

    With `in_chat`, people can have the copy of their data sent into the conversation.
    """

    scan: list[str] = Field(default_factory=list)
    in_chat: bool = False
