"""Where a notice says more on a topic than a reply quotes, what is nearest to the question is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language, Notice, Passage
from bot.core.understanding.topics.passage_ranks import MOST_QUOTED, PassageRanks
from tests.core.factories import NOTICE
from tests.core.understanding.factories import Encodes, model

TEXTS = {
    "list": "We do this: delete copy complain:",
    "deleting": "We delete.",
    "copying": "We copy.",
    "complaining": "You complain.",
    "weather": "The weather.",
}


def a_notice() -> Notice:
    passages = {name: Passage(id=name, section="rights", text=text) for name, text in TEXTS.items()}
    return replace(NOTICE, passages=passages)


RANKS = PassageRanks(a_notice(), model())
ALL = ("list", "deleting", "copying", "complaining", "weather")


@pytest.mark.parametrize("length", range(1, MOST_QUOTED + 1))
def test_a_topic_of_few_passages_is_quoted_as_its_map_says(length: int) -> None:
    assert RANKS.chosen("delete", [ALL[:length]]) == ()


def test_of_many_passages_the_nearest_are_quoted_in_the_order_of_the_topic() -> None:
    assert RANKS.chosen("complain, and copy, and delete", [ALL]) == (
        "deleting",
        "copying",
        "complaining",
    )
    assert "weather" in RANKS.chosen("what weather", [ALL])


def test_where_nothing_is_nearer_the_first_are_quoted() -> None:
    assert RANKS.chosen("nothing of it", [ALL]) == ("deleting", "copying", "complaining")


def test_what_only_announces_a_list_is_not_quoted_alone() -> None:
    assert "list" not in RANKS.chosen("delete copy complain", [ALL])


def test_each_of_several_topics_is_served() -> None:
    topics = [("deleting", "copying", "complaining"), ("weather",)]
    assert RANKS.chosen("delete, copy, complain", topics) == ("deleting", "copying", "weather")


def test_a_passage_of_two_topics_is_quoted_once() -> None:
    assert RANKS.chosen("delete", [("deleting",), ("deleting", "copying")]) == (
        "deleting",
        "copying",
    )


def test_a_topic_without_passages_takes_no_place() -> None:
    assert RANKS.chosen("delete", [("deleting",), ()]) == ("deleting",)


def test_what_means_the_same_is_near_without_a_word_in_common() -> None:
    notice = a_notice()
    meant = f"{notice.heading('weather', notice.language)}: {TEXTS['weather']}"
    encoder = Encodes({"will it rain": [0.0, 2.0], meant: [0.0, 1.0]})
    ranks = PassageRanks(notice, model(), encoder)
    assert "weather" in ranks.chosen("will it rain", [ALL])
    assert "weather" not in RANKS.chosen("will it rain", [ALL])
    asked = len(encoder.asked)
    ranks.chosen("will it rain", [ALL])
    assert len(encoder.asked) == asked + 1  # what passages mean is worked out once


SPOKEN = a_notice().language


def test_a_passage_that_fits_is_found_whatever_its_topic() -> None:
    assert RANKS.fitting("what weather is it", SPOKEN) == ""  # of two words: too few for an answer
    assert RANKS.fitting("complain", SPOKEN) == ""
    longer = replace(
        a_notice(),
        passages={
            "complaining": Passage(id="complaining", section="rights", text="You do complain.")
        },
    )
    assert PassageRanks(longer, model()).fitting("complain", SPOKEN) == "complaining"
    assert PassageRanks(longer, model()).fitting("delete", SPOKEN) == ""


def test_what_only_announces_a_list_fits_nothing() -> None:
    assert RANKS.fitting("delete copy complain", SPOKEN) == ""


def test_the_encoder_tells_what_fits_of_what_is_nearest_in_words() -> None:
    notice = replace(
        a_notice(),
        passages={
            name: Passage(id=name, section="rights", text=f"So much for it: {name}")
            for name in ("sun", "rain")
        },
    )
    heading = notice.heading("rain", SPOKEN)
    known = {"umbrella": [0.0, 2.0], f"{heading}: So much for it: rain": [0.0, 1.0]}
    ranks = PassageRanks(notice, model(), Encodes(known))
    assert ranks.fitting("umbrella", SPOKEN) == "rain"
    assert ranks.fitting("bread", SPOKEN) == ""


def test_a_notice_without_passages_has_none_that_fits() -> None:
    assert PassageRanks(replace(a_notice(), passages={}), model()).fitting("x", SPOKEN) == ""


def test_a_passage_is_looked_for_in_the_language_of_the_question() -> None:
    made = model()
    found = PassageRanks(NOTICE, made, Encodes({"x": [1.0]})).fitting("copy", Language.EN)
    assert found == ""
    assert PassageRanks(NOTICE, made).fitting("copy", Language.EN) == "right-access"
    assert PassageRanks(NOTICE, made).fitting("copy", Language.FI) == ""
