"""What a reply says plainly is taken without any model."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.replies.plainly_said import of_request, put_right

FI, EN, SV = Language
M, S = Meaning, Stage


@pytest.mark.parametrize(
    ("stage", "text", "means"),
    [
        (S.OFFER, "I wouldn't dream of stopping you", M.AGREE),
        (S.SUMMARY, "nothing is wrong", M.AGREE),
        (S.OFFER, "I never asked you to delete anything", M.REFUSE),
        (S.SUMMARY, "I never asked you to delete anything", M.STOP),
        (S.OPEN, "forget the whole request", M.WITHDRAW),
        (S.NAME, "forget the whole request", M.STOP),
        (S.OFFER, "for him, not for me", M.UNCLEAR),
        (S.SUMMARY, "no, that's all", M.UNCLEAR),
        (S.SUMMARY, "not the invoices", M.LIMIT),
        (S.OPEN, "don't tell my manager", M.ADD),
        (S.SUMMARY, "anna@new.example", M.CHANGE),
        (S.OFFER, "no, go ahead", M.AGREE),
        (S.OFFER, "let's drop it", M.STOP),
        (S.SUMMARY, "I don't want the erasure any more", M.STOP),
        (S.DETAILS, "looks good but not today", M.POSTPONE),
        (S.SUMMARY, "please don't send it yet", M.POSTPONE),
        (S.DETAILS, "sure, whatever you say", M.UNCLEAR),
        (S.SUMMARY, "yes, but only if it's free", M.UNCLEAR),
        (S.OFFER, "so it really costs nothing, doesn't it", M.QUESTION),
        (S.OFFER, "actually keep sending me offers", M.QUESTION),
        (S.OFFER, "forget that thing, fix my phone number", M.OTHER_RIGHT),
        (S.SUMMARY, "I didn't get any code", M.UNCLEAR),
        (S.SUMMARY, "one more of these and I'm reporting you", M.UNCLEAR),
        (S.SUMMARY, "the first one was right", M.CHANGE),
    ],
)
def test_what_is_plain_needs_no_model(stage: Stage, text: str, means: Meaning) -> None:
    reading = of_request(text, Asked(stage=stage, right=Right.ERASURE), EN)
    assert reading is not None
    assert reading.means is means


@pytest.mark.parametrize("stage", [S.OFFER, S.SUMMARY, S.OPEN])
def test_what_is_not_is_left_to_it(stage: Stage) -> None:
    assert of_request("the ladder", Asked(stage=stage, right=Right.ERASURE), EN) is None


def test_a_yes_that_names_another_right_agrees_to_neither() -> None:
    text = "no, go ahead, and stop all marketing to me"
    assert of_request(text, Asked(stage=S.OFFER, right=Right.ACCESS), EN) is None


@pytest.mark.parametrize(("stage", "means"), [(S.OFFER, M.AGREE), (S.SUMMARY, M.UNCLEAR)])
def test_who_has_the_marketing_stop_agrees_to_refuse_it(stage: Stage, means: Meaning) -> None:
    asked = Asked(stage=stage, right=Right.MARKETING_OBJECTION)
    reading = of_request("just make it stop", asked, EN)
    assert reading == Reading(means=means)


def test_who_keeps_the_offers_refuses_to_have_them_ended() -> None:
    asked = Asked(stage=S.OFFER, right=Right.MARKETING_OBJECTION)
    reading = of_request("keep sending me offers", asked, EN)
    assert reading is not None
    assert reading.means is M.REFUSE


def test_with_a_ticket_roundabout_words_are_left_to_the_model() -> None:
    assert of_request("let's drop it", Asked(stage=S.OPEN, right=Right.ERASURE), EN) is None


def test_a_field_is_put_right_in_so_many_words() -> None:
    asked = Asked(stage=S.SUMMARY, right=Right.ACCESS)
    reading = put_right("no, the correct name is Laura Lind.", asked, EN)
    assert reading is not None
    assert reading.means is M.CHANGE
    assert put_right("no, the correct name is Laura Lind.", Asked(stage=S.OPEN), EN) is None


def test_who_asks_once_more_for_what_is_offered_agrees() -> None:
    asked = Asked(stage=S.OFFER, right=Right.MARKETING_OBJECTION)
    reading = of_request("stop the marketing", asked, EN)
    assert reading is not None
    assert reading.means is M.AGREE


@pytest.mark.parametrize("text", ["kaikki", "allt", "all"])
def test_all_at_the_summary_is_what_it_is_to_cover_and_no_yes(text: str) -> None:
    reading = of_request(text, Asked(stage=S.SUMMARY, right=Right.ACCESS), FI)
    assert reading == Reading(means=M.CHANGE, field=Topic.DETAILS, value=text)
    assert of_request(text, Asked(stage=S.OFFER, right=Right.ACCESS), FI) is None


@pytest.mark.parametrize("stage", [S.CODE, S.OPEN])
def test_a_name_put_right_after_sending_is_a_change_of_the_request(stage: Stage) -> None:
    asked = Asked(stage=stage, right=Right.ACCESS)
    reading = of_request("mun etunimi on oikeesti Karl-Johan", asked, FI)
    assert reading == Reading(means=M.CHANGE, field=Topic.NAME, value="Karl-Johan")
    assert of_request("onko etunimi oikeesti Karl-Johan?", asked, FI) is None


@pytest.mark.parametrize("text", ["it was only a question", "se oli vain kysymys"])
def test_who_only_asked_refuses_an_offer_and_no_question_of_the_form(text: str) -> None:
    reading = of_request(text, Asked(stage=S.OFFER, right=Right.ERASURE), EN)
    assert reading == Reading(means=M.REFUSE)
    assert of_request(text, Asked(stage=S.DETAILS, right=Right.ERASURE), EN) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("wait no, first I want to see what you have", EN),
        ("hetki, haluan ensin nähdä mitä teillä on", FI),
        ("vänta, först vill jag se vad ni har", SV),
    ],
)
def test_what_is_wanted_first_is_a_wish_and_no_delay(text: str, language: Language) -> None:
    reading = of_request(text, Asked(stage=S.NAME, right=Right.ERASURE), language)
    assert reading is not None
    assert (reading.means, reading.value) == (M.ALSO_RIGHT, Right.ACCESS)
    same = of_request(text, Asked(stage=S.NAME, right=Right.ACCESS), language)
    assert same is None or same.means is not M.ALSO_RIGHT


def test_the_right_name_beside_the_wrong_one_is_what_is_to_be_put_right() -> None:
    offered = Asked(stage=S.OFFER, right=Right.RECTIFICATION)
    text = "Okko Lahti, ei Ohto Lahti"
    assert of_request(text, offered, FI) == Reading(means=M.LIMIT, value=text)
