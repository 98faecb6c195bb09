"""The model learns the phrases, and the same phrases give the same model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.content import training
from bot.content.training import train
from bot.core.catalog import Catalog, Kind, Language, Phrase
from bot.core.understanding.models.model import Model
from tests.core.factories import catalog_of

PHRASES = {
    "request.erasure": ("poistakaa tietoni", "delete my data", "radera mina uppgifter"),
    "request.access": ("haluan kopion tiedoista", "send me a copy", "skicka mig en kopia"),
    "question.complaint": ("minne voi valittaa", "where can I complain", "var kan jag klaga"),
    "not_in_notice.retention": ("montako vuotta", "how many years", "hur många år"),
    "out_of_scope.chatter": ("mikä sää huomenna", "what is the weather", "vad blir det för väder"),
    "smalltalk.thanks": ("kiitos paljon", "thanks a lot", "tack så mycket"),
    "human": ("haluan puhua ihmiselle", "let me talk to a human", "får jag tala med en människa"),
    "status": ("missä pyyntöni viipyy", "where is my request", "var är min begäran"),
    "cancel": ("peru pyyntö", "cancel the request", "ångra begäran"),
}
ROUNDING = 0.02  # of weights kept in whole steps, and of a solver that stops when it is near
# Each phrase twice, in two wordings: a feature that occurs once is not learnt.
CATALOG = catalog_of(
    *(
        (intent, language, text + end)
        for intent, texts in PHRASES.items()
        for language, text in zip(Language, texts, strict=True)
        for end in ("", " nyt")
    )
)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(CATALOG)


def assert_alike(one: Model, other: Model) -> None:
    assert (one.vocabulary, one.intents, one.kinds) == (
        other.vocabulary,
        other.intents,
        other.kinds,
    )
    for phrase in CATALOG.phrases:
        for mine, others in zip(
            (*one.intent_scores(phrase.text), one.language_scores(phrase.text)),
            (*other.intent_scores(phrase.text), other.language_scores(phrase.text)),
            strict=True,
        ):
            assert np.allclose(mine, others, atol=ROUNDING), phrase.text


def only(*intents: str) -> Catalog:
    phrases = tuple(phrase for phrase in CATALOG.phrases if phrase.intent in intents)
    return replace(CATALOG, phrases=phrases)


def test_every_phrase_is_learnt_with_its_kind_and_language(model: Model) -> None:
    for phrase in CATALOG.phrases:
        intents, kinds = model.intent_scores(phrase.text)
        assert model.intents[int(np.argmax(intents))] == phrase.intent
        kind = model.kinds[int(np.argmax(kinds))]
        assert kind == CATALOG.intents[phrase.intent].kind
        language = list(Language)[int(np.argmax(model.language_scores(phrase.text)))]
        assert language is phrase.language


def test_a_new_wording_is_understood_by_its_words(model: Model) -> None:
    intents, _ = model.intent_scores("voitteko poistaa kaikki tietoni")
    assert model.intents[int(np.argmax(intents))] == "request.erasure"


@pytest.mark.parametrize(("times", "learnt"), [(1, False), (2, False), (3, True)])
def test_a_rare_feature_is_not_learnt(times: int, *, learnt: bool) -> None:
    rare = [
        Phrase(intent="human", language=Language.FI, text=f"kertaalleen {number}")
        for number in range(times)
    ]
    model = train(replace(CATALOG, phrases=(*CATALOG.phrases, *rare)))
    assert ("=kertaalleen" in model.vocabulary) is learnt


def test_the_same_phrases_give_the_same_model(model: Model) -> None:
    assert_alike(train(CATALOG), model)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_how_many_classes_are_learnt_at_once_changes_nothing(
    model: Model, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when one class is left over for a group of its own."""
    monkeypatch.setattr(training, "_GROUP", size)
    assert_alike(train(CATALOG), model)


def test_a_catalogue_without_some_kind_of_intent_is_learnt() -> None:
    model = train(only("request.erasure", "human", "status"))
    assert model.kinds == (Kind.REQUEST, Kind.HUMAN, Kind.STATUS)
    assert model.intents == ("human", "request.erasure", "status")


def test_a_catalogue_of_two_intents_tells_them_apart() -> None:
    model = train(only("request.erasure", "human"))
    for phrase in only("request.erasure", "human").phrases:
        intents, _ = model.intent_scores(phrase.text)
        assert model.intents[int(np.argmax(intents))] == phrase.intent


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[tuple[str, float]] = []
    train(
        only("request.erasure", "human", "status"), lambda what, share: told.append((what, share))
    )
    shares = [share for _, share in told]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
    assert list(dict(told)) == ["reading phrases", "weighing words", "learning"]
