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


def test_a_section_holds_the_sections_below_it_up_to_the_next_of_its_level() -> None:
    assert NOTICE.within("rights") == ("right-access", "right-erasure", "erasure-limits")
    assert NOTICE.within("erasing") == ("right-erasure", "erasure-limits")
    assert NOTICE.within("authority") == ("complaint",)


def test_the_title_of_the_notice_holds_only_what_stands_right_below_it() -> None:
    title = Section(id="title", title="Tietosuojaseloste", level=1, passages=())
    notice = replace(NOTICE, sections={"title": title, **NOTICE.sections})
    assert notice.within("title") == ()


def test_a_phrase_knows_its_normal_form() -> None:
    phrase = Phrase(intent="request.erasure", language=Language.FI, text="POISTAKAA  tietoni!")
    assert phrase.said == "poistakaa tietoni"


def test_a_right_has_the_intent_that_asks_for_it() -> None:
    assert catalog_of().request(Right.ERASURE).id == "request.erasure"


def test_a_kind_is_the_outcome_that_the_command_line_prints() -> None:
    assert " ".join(Kind) == (
        "question request not_in_notice out_of_scope smalltalk incident human status cancel"
    )
