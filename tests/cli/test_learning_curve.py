"""The learning curve: trained on ever more of the phrases, scored each time."""

from __future__ import annotations

from dataclasses import replace

from bot.cli.evaluate import Item
from bot.cli.learning_curve import SHARES, learning_curve, part_of
from bot.content.loaded import Understanding

_TOPICS = ("topic.cookies", "request.erasure", "smalltalk.thanks", "out_of_scope.chatter")


def test_a_part_of_the_phrases_has_each_intent_in_each_language(known: Understanding) -> None:
    whole = known.content.catalog
    sizes = [part_of(whole, size) for size in (1, 10, 100)]
    every = {(phrase.intent, phrase.language) for phrase in whole.phrases}
    for part in sizes:
        assert {(phrase.intent, phrase.language) for phrase in part.phrases} == every
    assert len(sizes[0].phrases) < len(sizes[1].phrases) / 4 < len(sizes[2].phrases) / 20
    assert len(sizes[2].phrases) == len(whole.phrases)


def test_each_share_of_the_phrases_is_learnt_and_scored(known: Understanding) -> None:
    few = [p for p in part_of(known.content.catalog, 10).phrases if p.intent in _TOPICS]
    content = replace(known.content, catalog=replace(known.content.catalog, phrases=tuple(few)))
    said = next(phrase for phrase in few if phrase.intent == "request.erasure")
    item = Item(lang="fi", kind="request", text=said.text, expect_any=(), right="erasure", note="")
    told: list[float] = []
    curve = list(learning_curve([item], content, lambda _what, share: told.append(share)))
    assert [point.phrases for point in curve][-1] == len(few)
    assert curve[0].phrases < curve[-1].phrases / 5
    assert curve[-1].right.share == 100.0
    assert [language for language, _ in curve[-1].languages] == ["fi"]
    assert told == [number / len(SHARES) for number in range(len(SHARES))]
