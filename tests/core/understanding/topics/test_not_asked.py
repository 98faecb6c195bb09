"""A right that is named and not asked for is a question about it, and nothing else."""

from __future__ import annotations

import pytest

from bot.core.catalog import Catalog, Intent, Kind, Right
from bot.core.understanding.topics.not_asked import weighed

ERASURE = Intent(id="request.erasure", kind=Kind.REQUEST, right=Right.ERASURE)
OBJECTION = Intent(id="request.objection", kind=Kind.REQUEST, right=Right.OBJECTION)
ABOUT = Intent(id="question.erasure", kind=Kind.QUESTION, passages=("erasure.1",))
CATALOG = Catalog(intents={one.id: one for one in (ERASURE, OBJECTION, ABOUT)}, phrases=())
LINEAR = {"request.erasure": 0.4, "request.objection": 0.6, "question.erasure": 0.0}
BOTH = {"request.erasure": 0.5, "request.objection": 0.4, "question.erasure": 0.1}


@pytest.mark.parametrize(
    "text", ["I do not want you to erase my data", "älkää poistako tietojani", "radera inte mig"]
)
def test_a_refused_right_is_asked_about_and_becomes_no_other_right(text: str) -> None:
    shares = weighed(text, LINEAR, BOTH, CATALOG)
    assert max(shares, key=shares.__getitem__) == "question.erasure"
    assert "request.erasure" not in shares


def test_what_is_asked_for_is_as_likely_as_both_models_say() -> None:
    assert weighed("please erase my data", LINEAR, BOTH, CATALOG) == BOTH
