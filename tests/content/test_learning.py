"""Everything is learnt from phrases and replies, and the encoder tells what is new to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import encoder
from bot.content.encoder import load_encoder
from bot.content.learning import learn_all
from bot.content.load import Content
from bot.content.responses import Texts
from bot.content.trained import Trained
from bot.core.catalog import Language
from bot.core.understanding.asked import Asked, Meaning, ReplyPhrase, Stage
from tests.conftest import ROOT
from tests.core.factories import NOTICE, catalog_of

FI, EN, SV = Language
SAID = {
    "human": ("haluan puhua ihmiselle", "a person please", "får jag tala med en människa"),
    "status": ("missä pyyntöni viipyy", "where is my request", "hur långt har min begäran kommit"),
    "request.erasure": ("poistakaa tietoni", "delete my data", "radera mina uppgifter"),
}
REPLIES = {Meaning.AGREE: ("yes", "go ahead"), Meaning.REFUSE: ("no", "leave it")}
CONTENT = Content(
    notice=NOTICE,
    catalog=catalog_of(
        *(
            (intent, language, text + end)
            for intent, texts in SAID.items()
            for language, text in zip(Language, texts, strict=True)
            for end in ("", "!")
        )
    ),
    texts=Texts(sources={}, labels={}, settings={}),
    replies=tuple(
        ReplyPhrase(asked=Asked(stage=Stage.OFFER), language=EN, text=text, means=means)
        for means, texts in REPLIES.items()
        for text in texts
        for _ in range(2)
    ),
    key="small",
)


def learnt(cache: Path, told: list[tuple[str, float]] | None = None) -> Trained:
    said: list[tuple[str, float]] = [] if told is None else told
    return learn_all(CONTENT, ROOT, cache, lambda what, share: said.append((what, share)))


def test_the_encoder_tells_what_it_was_not_made_for(tmp_path: Path) -> None:
    trained = learnt(tmp_path)
    scores = load_encoder(ROOT).scores(trained.heads, CONTENT.catalog)
    assert trained.heads is not None
    assert trained.heads.topics.labels == tuple(sorted(SAID))
    assert trained.heads.meanings.labels == ("agree", "refuse")
    assert (trained.key, trained.model.intents) == ("small", tuple(sorted(SAID)))
    assert scores is not None
    logs = scores.of_message("please erase everything about me")
    assert max(logs, key=logs.__getitem__) == "request.erasure"


def test_how_far_it_has_come_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    learnt(tmp_path, told)
    assert {"reading with the encoder", "learning what it tells apart"} <= {w for w, _ in told}
    assert all(0 <= share <= 1 for _, share in told)


def test_without_an_encoder_the_rest_is_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda _name: None)
    assert learnt(tmp_path).heads is None
