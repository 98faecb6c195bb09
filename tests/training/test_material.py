"""The encoder learns every phrase and every reply, in the form in which it reads them."""

from __future__ import annotations

from bot.content.encoder import load_encoder
from bot.content.labelled import MEANINGS, TOPICS, labels_of
from bot.content.load import Content
from bot.core.catalog import in_library
from tests.conftest import ROOT
from training.material import material


def test_every_phrase_and_every_reply_is_learnt(content: Content) -> None:
    """One test for all: what is learnt is read once, whichever process it falls to."""
    learnt = material()
    phrases = [(text.text, text.label) for text in learnt if text.head == TOPICS]
    library = content.catalog.library()
    assert phrases == [(phrase.text, phrase.intent) for phrase in library.phrases]

    replies = [text for text in learnt if text.head == MEANINGS]
    assert len(replies) > 5000
    assert any(
        text.text.startswith("offer erasure: ") and text.label == "agree" for text in replies
    )

    heads = load_encoder(ROOT).heads
    assert heads is not None
    for head, made in ((TOPICS, heads.topics), (MEANINGS, heads.meanings)):
        labels = set(labels_of(head, learnt))
        assert len(labels & set(map(in_library, made.labels))) > 0.9 * len(labels)
