"""Passages as people see them, and the request that asks for a right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Kind, Language, Phrase, Right, Section
from tests.core.factories import NOTICE, PASSAGES, catalog_of


def test_a_passage_is_shown_in_its_translation_where_there_is_one() -> None:
    assert NOTICE.shown("right-access", Language.EN) == "You can ask for a copy of your data."
    assert NOTICE.heading("right-access", Language.EN) == "Your rights"


@pytest.mark.parametrize("language", [Language.FI, Language.SV])
def test_a_passage_without_translation_is_shown_as_it_is_and_none_is_claimed(
    language: Language,
) -> None:
    assert NOTICE.shown("right-access", language) == PASSAGES["right-access"]
    assert NOTICE.heading("right-access", language) == "Oikeutesi"
    assert not NOTICE.translates("right-access", language)
    assert NOTICE.translates("right-access", Language.EN)


def test_the_edition_of_a_notice_is_its_version_with_its_date() -> None:
    assert replace(NOTICE, version="7", date="2026-06-01").edition == "7 (2026-06-01)"


def test_a_section_holds_the_sections_below_it_up_to_the_next_of_its_level() -> None:
    assert NOTICE.within("rights") == ("right-access", "right-erasure", "erasure-limits")
    assert NOTICE.within("erasing") == ("right-erasure", "erasure-limits")
    assert NOTICE.within("authority") == ("complaint",)


def test_the_title_of_the_notice_holds_only_what_stands_right_below_it() -> None:
    title = Section(id="title", title="Tietosuojaseloste", level=1, passages=())
    notice = replace(NOTICE, sections={"title": title, **NOTICE.sections})
    assert notice.within("title") == ()


@pytest.mark.parametrize(
    "name", ["question.retention", "not_in_notice.retention", "topic.retention"]
)
def test_a_topic_is_found_whether_or_not_the_notice_answered_it_when_its_id_was_given(
    name: str,
) -> None:
    found = catalog_of().find(name)
    assert found is not None
    assert found.id == "not_in_notice.retention"


def test_what_the_catalogue_lacks_is_not_found() -> None:
    assert catalog_of().find("question.unknown") is None


def test_the_library_is_the_same_whatever_a_notice_says_and_whose_it_is() -> None:
    unsaid = ("not_in_notice.retention", Language.EN, "how many years")
    catalog = catalog_of(unsaid, ("human", Language.EN, "let me talk to a human"))
    named = replace(catalog.phrases[0], text="Acme keeps it how long", learnt="keeps it how long")
    library = replace(catalog, phrases=(*catalog.phrases, named)).library()
    assert library.intents["topic.retention"].kind is Kind.QUESTION
    rare = replace(catalog.intents["not_in_notice.retention"], rare=True)
    rarely = replace(catalog, intents={rare.id: rare}).library()
    assert rarely.intents["topic.retention"].kind is Kind.NOT_IN_NOTICE
    assert "topic.access" in library.intents
    assert library.request(Right.ACCESS).id == "request.access"
    assert [(phrase.intent, phrase.text) for phrase in library.phrases] == [
        ("topic.retention", "how many years"),
        ("human", "let me talk to a human"),
        ("topic.retention", "keeps it how long"),
    ]


def test_a_phrase_knows_its_normal_form() -> None:
    phrase = Phrase(intent="request.erasure", language=Language.FI, text="POISTAKAA  tietoni!")
    assert phrase.said == "poistakaa tietoni"


def test_a_right_has_the_intent_that_asks_for_it() -> None:
    assert catalog_of().request(Right.ERASURE).id == "request.erasure"


def test_a_kind_is_the_outcome_that_the_command_line_prints() -> None:
    assert " ".join(Kind) == (
        "question request not_in_notice out_of_scope smalltalk incident human status cancel"
    )
