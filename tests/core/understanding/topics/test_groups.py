"""A right asked for and asked about are weighed as one."""

from __future__ import annotations

import pytest

from bot.core.catalog import Catalog, Intent, Kind, Right
from bot.core.understanding.topics.groups import Groups
from tests.core.factories import catalog_of

CATALOG = catalog_of()
OTHER = Intent(id="not_in_notice.officer", kind=Kind.NOT_IN_NOTICE)
GROUPS = Groups(Catalog(intents={**CATALOG.intents, OTHER.id: OTHER}, phrases=()))


def test_a_right_asked_for_and_asked_about_add_up_and_the_likeliest_comes_first() -> None:
    weighed = GROUPS.weighed({"human": 0.4, "request.access": 0.3, "question.access": 0.3})
    assert list(weighed.items()) == [("access", pytest.approx(0.6)), ("human", 0.4)]


def test_a_right_of_which_the_notice_is_silent_is_weighed_as_one_too() -> None:
    silent = Intent(id="not_in_notice.objection", kind=Kind.NOT_IN_NOTICE)
    groups = Groups(Catalog(intents={**CATALOG.intents, silent.id: silent}, phrases=()))
    weighed = groups.weighed({"request.objection": 0.3, silent.id: 0.3, "human": 0.4})
    assert weighed == {"objection": pytest.approx(0.6), "human": 0.4}
    told = {"request.objection": 0.6, silent.id: 0.4}
    text = "my colleague asked you to stop, he objects"
    assert groups.decided("objection", told, text) == silent.id


def test_of_many_topics_of_one_kind_the_best_counts() -> None:
    weighed = GROUPS.weighed({"not_in_notice.retention": 0.3, OTHER.id: 0.2, "human": 0.5})
    assert dict(weighed) == {"human": 0.5, "not_in_notice": 0.3}


def test_all_that_is_out_of_scope_adds_up() -> None:
    others = [Intent(id=f"out_of_scope.{n}", kind=Kind.OUT_OF_SCOPE) for n in ("jobs", "goods")]
    groups = Groups(Catalog(intents={one.id: one for one in [*others, OTHER]}, phrases=()))
    chances = {"out_of_scope.jobs": 0.3, "out_of_scope.goods": 0.25, OTHER.id: 0.45}
    assert groups.weighed(chances) == {"out_of_scope": 0.55, "not_in_notice": 0.45}
    assert groups.decided("out_of_scope", chances, "a shop?") == "out_of_scope.jobs"


def test_beside_what_is_said_to_the_assistant_itself_the_best_of_it_counts() -> None:
    others = [Intent(id=f"out_of_scope.{n}", kind=Kind.OUT_OF_SCOPE) for n in ("jobs", "goods")]
    cancel = Intent(id="cancel", kind=Kind.CANCEL)
    groups = Groups(Catalog(intents={one.id: one for one in [*others, cancel]}, phrases=()))
    chances = {"out_of_scope.jobs": 0.3, "out_of_scope.goods": 0.3, "cancel": 0.4}
    assert groups.weighed(chances) == {"cancel": 0.4, "out_of_scope": 0.3}
    assert groups.weighed({}) == {}


def test_where_anything_may_be_meant_the_best_of_it_counts_too() -> None:
    others = [Intent(id=f"out_of_scope.{n}", kind=Kind.OUT_OF_SCOPE) for n in ("jobs", "goods")]
    groups = Groups(Catalog(intents={one.id: one for one in [*others, OTHER]}, phrases=()))
    weighed = groups.weighed({"out_of_scope.jobs": 0.1, "out_of_scope.goods": 0.1, OTHER.id: 0.15})
    assert weighed == {"not_in_notice": 0.15, "out_of_scope": 0.1}


def test_the_words_decide_whether_a_right_is_asked_for() -> None:
    chances = {"request.erasure": 0.6, "question.erasure": 0.4}
    assert GROUPS.decided("erasure", chances, "delete it") == "request.erasure"
    assert GROUPS.decided("erasure", chances, "do not delete it") == "question.erasure"


def test_where_a_right_cannot_be_asked_about_it_is_asked_for() -> None:
    assert "question.objection" not in CATALOG.intents
    text = "my colleague asked you to stop, he objects"
    assert GROUPS.decided("objection", {"request.objection": 1.0}, text) == "request.objection"


def test_of_a_kind_the_best_topic_is_meant() -> None:
    chances = {"not_in_notice.retention": 0.3, OTHER.id: 0.4}
    assert GROUPS.decided("not_in_notice", chances, "who?") == OTHER.id


def test_who_turns_a_refusal_of_marketing_round_asks_about_it() -> None:
    refusal = Intent(id="question.marketing-refusal", kind=Kind.QUESTION)
    asked = Intent(
        id="request.marketing-objection", kind=Kind.REQUEST, right=Right.MARKETING_OBJECTION
    )
    groups = Groups(Catalog(intents={one.id: one for one in (refusal, asked)}, phrases=()))
    chances = {asked.id: 1.0}
    assert groups.decided("marketing-objection", chances, "keep sending ads") == refusal.id
    assert groups.decided("marketing-objection", chances, "stop sending ads") == asked.id
