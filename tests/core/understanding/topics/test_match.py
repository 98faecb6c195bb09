"""What the matcher makes of a message."""

from __future__ import annotations

import pytest

from bot.core.catalog import Intent, Kind
from bot.core.understanding.topics.match import Outcome, outcome_of


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_is_answered_and_all_else_is_what_its_kind_says(kind: Kind) -> None:
    expected = "answer" if kind is Kind.QUESTION else kind.value
    assert outcome_of(Intent(id="topic.any", kind=kind)) == Outcome(expected)
