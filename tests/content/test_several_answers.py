"""Whatever a message asks for besides, with whatever it asks first, there is an answer to both."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.core.catalog import Catalog, Intent, Kind, Language, Notice
from bot.core.conversation.answers import respond
from bot.core.understanding.topics.match import Match, outcome_of


def meant(intent: Intent) -> Match:
    return Match(
        language=Language.SV, outcome=outcome_of(intent), intent=intent.id, right=intent.right
    )


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.NOT_IN_NOTICE, Kind.REQUEST])
def test_any_two_of_all_topics_are_answered_and_no_button_stands_twice(
    catalog: Catalog, notice: Notice, kind: Kind
) -> None:
    topics = list(catalog.intents.values())
    firsts = [one for one in topics if one.kind is kind]
    for first, second in product(firsts, topics):
        asked = replace(meant(first), besides=(meant(second),), also=(topics[0].id,))
        reply = respond(asked, catalog, notice)
        assert reply.parts, (first.id, second.id)
        kept = [choice.button for choice in reply.choices]
        assert all(kept.count(one) == 1 for one in kept), (first.id, second.id)
