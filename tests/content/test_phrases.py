"""The phrases that train the model stay apart from the questions that measure it."""

from __future__ import annotations

import json

import pytest
from rapidfuzz import fuzz, process

from bot.core.catalog import Catalog, Language
from bot.core.understanding.words.text import normal_form
from tests.conftest import ROOT

TOO_CLOSE = 92


@pytest.mark.parametrize("name", ["questions-dev", "situations-dev"])
def test_no_phrase_repeats_a_question_of_a_development_set(catalog: Catalog, name: str) -> None:
    lines = (ROOT / f"tests/data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    close = []
    for language in Language:
        phrases = [normal_form(p.text) for p in catalog.phrases if p.language is language]
        questions = [normal_form(i["text"]) for i in items if i["lang"] == language]
        # Short ones (thank you, hello) are what they are in everybody's mouth.
        questions = [question for question in questions if len(question) > 25]
        scores = process.cdist(questions, phrases, scorer=fuzz.ratio, score_cutoff=TOO_CLOSE)
        close += [questions[row] for row in scores.max(axis=1).nonzero()[0]]
    assert close == []
