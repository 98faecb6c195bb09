"""The encoder learns every phrase and every reply, in the form in which it reads them."""

from __future__ import annotations

from bot.content.encoder import load_encoder
from bot.content.labelled import MEANINGS, TOPICS, labels_of
from bot.content.load import Content
from bot.core.catalog import in_library
from tests.conftest import ROOT
from training.material import material


def test_every_phrase_is_learnt_with_its_topic(content: Content) -> None:
    learnt = [(text.text, text.label) for text in material() if text.head == TOPICS]
    library = content.catalog.library()
    assert learnt == [(phrase.text, phrase.intent) for phrase in library.phrases]


def test_replies_are_learnt_with_what_they_reply_to() -> None:
    replies = [text for text in material() if text.head == MEANINGS]
    assert len(replies) > 5000
    assert any(
        text.text.startswith("offer erasure: ") and text.label == "agree" for text in replies
    )


def test_the_heads_that_ship_were_made_of_the_content() -> None:
    heads = load_encoder(ROOT).heads
    assert heads is not None
    for head, made in ((TOPICS, heads.topics), (MEANINGS, heads.meanings)):
        labels = set(labels_of(head, material()))
        assert len(labels & set(map(in_library, made.labels))) > 0.9 * len(labels)
