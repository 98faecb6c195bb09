"""What the encoder learns from: every phrase of the content and every reply, with its label."""

from __future__ import annotations

from bot.content.labelled import Labelled, labelled
from bot.content.load import load


def material() -> list[Labelled]:
    """Return all texts of the content that ships, in the order of its files."""
    return labelled(load(None, {}))
