"""The training data of the encoder and its heads: every phrase and every reply, with its label."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.load import Content
from bot.content.reply_training import is_learnt, learnt_meaning
from bot.core.understanding.models.encoder import said_at

TOPICS, MEANINGS = HEAD_PLACES = (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text as the encoder reads it, which head learns from it, and what it means."""

    text: str
    head: int
    label: str


def labelled(content: Content) -> list[Labelled]:
    """Return all texts of the content, in the order of its files."""
    phrases = [
        Labelled(text=phrase.text, head=TOPICS, label=phrase.intent)
        for phrase in content.catalog.library().phrases
    ]
    replies = [
        Labelled(
            text=said_at(reply.text, reply.asked), head=MEANINGS, label=str(learnt_meaning(reply))
        )
        for reply in content.replies
        if is_learnt(reply)
    ]
    return phrases + replies


def labels_of(head: int, texts: list[Labelled]) -> tuple[str, ...]:
    """Return the labels of a head, in the order of its columns."""
    return tuple(sorted({text.label for text in texts if text.head == head}))
