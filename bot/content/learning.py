"""Trains all models: at a start that needs it, or on `seloste train`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.content.encoder import OnnxEncoder, load_encoder
from bot.content.head_training import train_head
from bot.content.labelled import MEANINGS, TOPICS, labelled
from bot.content.load import Content
from bot.content.reply_training import train_replies
from bot.content.trained import Heads, Trained
from bot.content.training import Progress, train
from bot.content.vectors import vectors
from bot.core.understanding.models.encoder import Head
from bot.core.understanding.models.near_wordings import wordings
from bot.core.understanding.models.weights import Array

_READING, _LEARNING = "reading with the encoder", "learning what it tells apart"


def learn(content: Content, progress: Progress | None = None) -> Trained:
    """Return what is learnt from the phrases and replies of content, without the encoder."""
    model = train(content.catalog.library(), progress)
    replies = train_replies(content.replies)
    return Trained(
        key=content.key,
        company=content.notice.company,
        model=model,
        replies=lambda: replies,
        known=wordings(content.catalog.phrases),
    )


def learn_all(content: Content, root: Path, cache: Path, progress: Progress) -> Trained:
    """Return what is learnt from the content of a folder; without an encoder, no heads.

    What the encoder made of a text stays in the cache: only what is new takes its time.
    """
    trained = learn(content, progress)
    shipped = load_encoder(root)
    if shipped.encoder is None or shipped.heads is None:
        return trained
    seen = shipped.has_seen(text.text for text in labelled(content))
    heads = _heads(content, shipped.encoder, shipped.heads, seen, cache, progress)
    return replace(trained, heads=heads)


def _heads(
    content: Content,
    encoder: OnnxEncoder,
    begin: Heads,
    seen: Array,
    cache: Path,
    progress: Progress,
) -> Heads:
    texts = labelled(content)
    path, tell = cache / f"vectors-{begin.encoder}.npz", partial(progress, _READING)
    read = vectors(encoder, [text.text for text in texts], path, tell)

    def head(place: int, begin: Head) -> Head:
        own = [number for number, text in enumerate(texts) if text.head == place]
        labels = [texts[number].label for number in own]
        return train_head(read[own], labels, begin, partial(progress, _LEARNING), seen[own])

    topics, meanings = head(TOPICS, begin.topics), head(MEANINGS, begin.meanings)
    return Heads(encoder=begin.encoder, topics=topics, meanings=meanings)
