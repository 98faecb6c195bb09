"""A reply means what is likeliest at its stage, within what the safeguards let pass."""

from __future__ import annotations

from math import log

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.replies.meaning import ReplyReader, decide

FI, EN, SV = Language
M, S = Meaning, Stage


class Likely:
    """A model that finds some meanings likely, the first one most; none, all alike."""

    def __init__(self, *meanings: Meaning, sure: float = 0.98) -> None:
        shares = [sure * (1 - sure) ** place for place in range(len(meanings))]
        self._shares = dict(zip(meanings, shares, strict=True))

    def knows(self, word: str) -> bool:
        return word != "gjhgjh"

    def log_probabilities(
        self, _text: str, _asked: Asked, _language: Language
    ) -> dict[Meaning, float]:
        return {meaning: log(self._shares.get(meaning, 1e-6)) for meaning in Meaning}


def read(
    stage: Stage, text: str, *likely: Meaning, language: Language = EN, sure: float = 0.98
) -> Reading:
    asked = Asked(stage=stage, right=Right.ERASURE)
    shares = Likely(*likely, sure=sure).log_probabilities(text, asked, language)
    return decide(shares, text, asked, language)


def heard(text: str, *likely: Meaning) -> Reading:
    asked = Asked(stage=S.SUMMARY, right=Right.ERASURE)
    return ReplyReader(Likely(*likely)).read(asked, text, EN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("thanks, I'm happy with things as they are, yes", EN),
        ("yes just leave it as it is", EN),
        ("joo hyvä niin kuin se on", FI),
        ("kyllä ne kirjeet saavat minun puolestani tulla", FI),
        ("tack, bra precis som det är", SV),
        ("jo, utskicken får gärna fortsätta", SV),
    ],
)
def test_who_is_content_with_how_things_are_agrees_to_no_change(
    text: str, language: Language
) -> None:
    assert read(S.OFFER, text, M.AGREE, language=language, sure=0.999).means is not M.AGREE


def test_who_finds_a_summary_good_as_it_is_agrees_to_it() -> None:
    assert read(S.SUMMARY, "yes, good as it is", M.AGREE, sure=0.999).means is M.AGREE


@pytest.mark.parametrize(
    ("likely", "means"), [(M.AGREE, M.AGREE), (M.STOP, M.POSTPONE), (M.REFUSE, M.REFUSE)]
)
def test_a_yes_or_an_end_in_words_never_seen_is_asked_about(
    likely: Meaning, means: Meaning
) -> None:
    assert heard("gjhgjh", likely).means is M.UNCLEAR
    assert heard("tuna", likely).means is means


def test_what_no_word_ends_is_only_put_off_so_that_what_was_given_is_kept() -> None:
    assert read(S.EMAIL, "we speak again from the harbour", M.STOP).means is M.POSTPONE
    assert read(S.EMAIL, "forget it", M.STOP).means is M.STOP


@pytest.mark.parametrize(
    ("text", "means"),
    [("send gjhgjh", M.AGREE), ("never gjhgjh", M.STOP), ("👍", M.AGREE), ("yes", M.AGREE)],
)
def test_a_yes_or_an_end_in_so_many_words_counts(text: str, means: Meaning) -> None:
    assert heard(text, means).means is means


def test_of_a_long_reply_the_beginning_is_no_yes_but_all_of_it_is_kept() -> None:
    long = "only this " * 100
    assert heard(long, M.AGREE).means is M.UNCLEAR
    assert heard(long, M.LIMIT).value == long.strip()
    assert heard(long, M.THANKS).value == ""


def test_the_likeliest_meaning_counts() -> None:
    assert read(S.OFFER, "no thanks", M.REFUSE).means is M.REFUSE


def test_a_meaning_that_makes_no_sense_at_the_stage_is_left_out() -> None:
    assert read(S.CLOSED, "send it", M.AGREE, M.THANKS).means is M.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "I don't want it deleted",
        "please stop the erasure of my data",
        "cancel the deletion of my data",
        "yes but keep the invoices",
        "yes, what happens then?",
        "yes, tomorrow",
    ],
)
@pytest.mark.parametrize("stage", [S.OFFER, S.SUMMARY])
def test_nothing_is_agreed_to_by_a_sentence_that_takes_it_back(stage: Stage, text: str) -> None:
    assert read(stage, text, M.AGREE).means in (M.UNCLEAR, M.STOP)


@pytest.mark.parametrize("text", ["submit", "looks good", "send it", "that's right", "👍"])
def test_the_summary_is_sent_by_words_of_sending_and_of_correctness(text: str) -> None:
    assert read(S.SUMMARY, text, M.AGREE).means is M.AGREE


def test_to_agree_the_model_must_be_sure() -> None:
    assert read(S.OFFER, "xyzzy", M.AGREE, M.STOP, sure=0.5).means is not M.AGREE
    assert read(S.OFFER, "xyzzy", M.AGREE, M.STOP).means is M.AGREE


def test_a_yes_that_names_another_right_asks_for_that_too() -> None:
    reading = read(S.OFFER, "yes and send me a copy as well", M.AGREE)
    assert reading == Reading(means=M.ALSO_RIGHT, field=Topic.RIGHT, value=Right.ACCESS)


def test_a_code_is_taken_by_its_digits() -> None:
    assert read(S.CODE, "83350671", M.STOP) == Reading(means=M.CODE, value="83350671")
    asked = read(S.CODE, "it is 83350671, and how long does it take?", M.QUESTION)
    assert asked == Reading(means=M.CODE, value="83350671", second=M.QUESTION)


def test_digits_in_an_answer_to_staff_are_no_code() -> None:
    assert read(S.STAFF_QUESTION, "83350671", M.ANSWER).means is M.ANSWER


def test_an_address_is_taken_where_one_was_asked_for() -> None:
    reading = read(S.EMAIL, "laura@example.com, why do you need it?", M.QUESTION)
    assert reading == Reading(means=M.VALUE, value="laura@example.com", second=M.QUESTION)


def test_an_address_that_corrects_one_is_a_change_of_it() -> None:
    text = "sorry, that was my old one, it's laura@example.com"
    changed = Reading(means=M.CHANGE, field=Topic.EMAIL, value="laura@example.com")
    assert read(S.EMAIL, text, M.CHANGE, M.VALUE) == changed
    assert read(S.EMAIL, text, M.VALUE, M.CHANGE).means is M.VALUE


def test_what_is_no_address_is_not_taken_for_one() -> None:
    assert read(S.EMAIL, "0401234567", M.VALUE, M.UNCLEAR).means is M.UNCLEAR
    assert read(S.EMAIL, "laura@nordvind", M.VALUE) == Reading(means=M.VALUE)
    assert read(S.EMAIL, "the same as before", M.VALUE).means is M.SAME_AS_BEFORE


@pytest.mark.parametrize("name", ["Matti", "Laura Niemi", "Anna-Maija Holm"])
def test_a_mere_name_needs_no_model(name: str) -> None:
    assert read(S.NAME, name, M.UNCLEAR) == Reading(means=M.VALUE, value=name)
    assert read(S.NAME, "Stop", M.UNCLEAR).means is not M.VALUE


def test_a_name_is_taken_clean() -> None:
    assert read(S.NAME, "It's Laura Niemi", M.VALUE) == Reading(means=M.VALUE, value="Laura Niemi")
    assert read(S.NAME, "same as before", M.VALUE).means is M.SAME_AS_BEFORE


def test_a_name_with_a_question_is_both() -> None:
    reading = read(S.NAME, "Laura Niemi, and why do you need that?", M.QUESTION)
    assert reading == Reading(means=M.VALUE, value="Laura Niemi", second=M.QUESTION)


def test_a_name_on_behalf_of_somebody_is_both() -> None:
    reading = read(S.NAME, "Laura Niemi, on behalf of my client", M.VALUE)
    assert reading == Reading(means=M.VALUE, value="Laura Niemi", second=M.ON_BEHALF)


def test_a_sentence_is_not_kept_as_a_name() -> None:
    text = "Actually I only want to see my data first"
    assert read(S.NAME, text, M.VALUE, M.OTHER_RIGHT).means is M.OTHER_RIGHT
    text = "I would only like to look at my data first"
    assert read(S.NAME, text, M.VALUE, M.OTHER_RIGHT).means is M.UNCLEAR
    assert read(S.NAME, text, M.OTHER_RIGHT, M.VALUE).means is not M.VALUE


def test_what_no_word_says_must_be_surer_to_end_or_withdraw_something() -> None:
    at = Asked(stage=S.OPEN)
    shares = {M.WITHDRAW: log(0.6), M.ADD: log(0.4)}
    assert decide(shares, "please erase my data", at, EN).means is not M.WITHDRAW
    assert decide(shares, "please withdraw it", at, EN).means is M.WITHDRAW


def test_what_is_left_of_an_unreadable_name_ends_nothing() -> None:
    assert read(S.NAME, "{{ x }} <b>", M.VALUE, M.STOP).means is M.UNCLEAR


def test_where_nothing_passes_it_is_unclear() -> None:
    assert read(S.NAME, "what do you mean", M.VALUE).means is M.UNCLEAR


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("the address is wrong, it's laura@new.example.com", Topic.EMAIL, "laura@new.example.com"),
        ("the name should be Laura Niemi", Topic.NAME, "Laura Niemi"),
        ("the e-mail is wrong", Topic.EMAIL, ""),
        ("not 2019 but 2018", Topic.DETAILS, "not 2019 but 2018"),
    ],
)
def test_a_change_says_what_of(text: str, field: Topic, value: str) -> None:
    reading = read(S.SUMMARY, text, M.CHANGE)
    assert reading == Reading(means=M.CHANGE, field=field, value=value)


def test_another_right_is_named() -> None:
    reading = read(S.OFFER, "no, just show me my data", M.OTHER_RIGHT)
    assert reading == Reading(means=M.OTHER_RIGHT, field=Topic.RIGHT, value=Right.ACCESS)


def test_where_nothing_is_open_another_right_is_a_new_one() -> None:
    assert read(S.IDLE, "show me my data", M.OTHER_RIGHT).means is M.NEW_RIGHT


@pytest.mark.parametrize(
    ("stage", "text", "likely", "means", "value"),
    [
        (S.DETAILS, "all my orders", M.VALUE, M.VALUE, "all my orders"),
        (S.OFFER, "only the phone number", M.LIMIT, M.LIMIT, "only the phone number"),
        (S.STAFF_QUESTION, "both", M.ANSWER, M.ANSWER, "both"),
        (S.OPEN, "suomeksi kiitos", M.LANGUAGE, M.LANGUAGE, "fi"),
        (S.CODE, "wrong one, laura@new.example.com", M.CODE_ELSEWHERE, M.CODE_ELSEWHERE,
         "laura@new.example.com"),
        (S.OFFER, "tomorrow", M.STOP, M.POSTPONE, ""),
        (S.OFFER, "forget it", M.STOP, M.STOP, ""),
        (S.NAME, "I stay anonymous", M.SKIP, M.DECLINE_VALUE, ""),
        (S.CODE, "send a new code", M.CODE_MISSING, M.NEW_CODE, ""),
        (S.CODE, "the code did not arrive, send a new code", M.CODE_MISSING, M.CODE_MISSING, ""),
    ],
)  # fmt: skip
def test_values_and_nuances(
    stage: Stage, text: str, likely: Meaning, means: Meaning, value: str
) -> None:
    assert read(stage, text, likely) == Reading(means=means, value=value)


@pytest.mark.parametrize("text", ["", "???", "> yes please", "🙂"])
def test_nothing_of_ones_own_means_nothing(text: str) -> None:
    reader = ReplyReader(Likely(M.AGREE))
    assert reader.read(Asked(stage=S.OFFER), text, EN) == Reading(means=M.UNCLEAR)


def test_a_quotation_counts_for_nothing() -> None:
    reader = ReplyReader(Likely(M.AGREE))
    reading = reader.read(Asked(stage=S.OFFER), "I would rather not\n> please erase my data", EN)
    assert reading.means is M.UNCLEAR
    assert reader.read(Asked(stage=S.OFFER), "yes please\n> shall I?", EN).means is M.AGREE


def test_a_text_is_never_a_yes_where_it_says_that_a_human_is_wanted() -> None:
    assert read(S.OFFER, "yes, a human please", M.AGREE).means is M.UNCLEAR


def test_an_address_in_the_summary_is_a_change_of_it() -> None:
    reading = read(S.SUMMARY, "ops, laura@new.example.com", M.AGREE)
    assert reading == Reading(means=M.CHANGE, field=Topic.EMAIL, value="laura@new.example.com")


@pytest.mark.parametrize(
    ("stage", "text", "means"),
    [
        (S.OFFER, "ja tack", M.AGREE),
        (S.SUMMARY, "nej tack", M.REFUSE),
        (S.EMAIL, "ei", M.NO_EMAIL),
        (S.EMAIL, "nej tack", M.NO_EMAIL),
        (S.EMAIL, "cancel", M.REFUSE),
        (S.EMAIL, "peru", M.REFUSE),
    ],
)
def test_a_plain_answer_needs_no_model(stage: Stage, text: str, means: Meaning) -> None:
    assert read(stage, text, M.STOP).means is means


def test_who_has_no_objection_does_not_ask_for_one() -> None:
    objection = Asked(stage=S.OFFER, right=Right.OBJECTION)
    likely = Likely(M.AGREE).log_probabilities("", objection, EN)
    assert decide(likely, "I have no objection", objection, EN).means is M.UNCLEAR
    assert decide(likely, "go ahead", objection, EN).means is M.AGREE


def test_a_plain_yes_that_asks_is_none() -> None:
    assert read(S.OFFER, "yes?", M.AGREE).means is M.UNCLEAR


def test_a_plain_yes_is_no_value() -> None:
    assert read(S.EMAIL, "yes", M.VALUE, M.UNCLEAR).means is M.UNCLEAR


def test_a_no_to_a_summary_that_is_wrong_changes_it() -> None:
    reading = read(S.SUMMARY, "nej, adressen är fel", M.REFUSE, language=SV)
    assert reading == Reading(means=M.CHANGE, field=Topic.EMAIL)


@pytest.mark.parametrize("text", ["order 09123456", "I no longer act for the firm at all"])
def test_what_may_be_a_detail_is_not_skipped(text: str) -> None:
    assert read(S.DETAILS, text, M.SKIP, M.VALUE).means is M.VALUE
    assert read(S.DETAILS, "nothing to add", M.SKIP, M.VALUE).means is M.SKIP


def test_what_keeps_nothing_back_is_no_skipped_address() -> None:
    assert read(S.EMAIL, "' OR 1=1 --", M.SKIP, M.UNCLEAR).means is M.UNCLEAR
    assert read(S.EMAIL, "I don't have one", M.NO_EMAIL, M.UNCLEAR).means is M.NO_EMAIL


def test_a_question_about_the_address_does_not_decline_it() -> None:
    asked = "is the code in a picture? I can't read them"
    assert read(S.EMAIL, asked, M.NO_EMAIL, M.QUESTION).means is M.QUESTION
    assert read(S.EMAIL, "e-mail? never had one", M.NO_EMAIL, M.QUESTION).means is M.NO_EMAIL


def test_nothing_ends_what_staff_asked_without_a_word_that_says_so() -> None:
    text = "Friday then, he is travelling"
    assert read(S.STAFF_QUESTION, text, M.STOP, M.ANSWER).means is M.ANSWER
    assert read(S.STAFF_QUESTION, "never mind, stop it", M.STOP, M.ANSWER).means is M.STOP


def test_for_whom_it_is_said_counts_where_nothing_surer_is() -> None:
    reader = ReplyReader(Likely(M.LIMIT))
    asked = Asked(stage=S.OFFER, right=Right.ERASURE)
    assert reader.read(asked, "I act for my mother", EN).means is M.ON_BEHALF
    assert reader.read(asked, "only the old orders", EN).means is M.LIMIT
    agreed = ReplyReader(Likely(M.AGREE)).read(asked, "yes, do it for my mother", EN)
    assert agreed.means is M.AGREE


def test_a_summary_that_is_wrong_from_the_first_word_is_changed() -> None:
    reading = read(S.SUMMARY, "wrong, it is Birch Road", M.AGREE)
    assert (reading.means, reading.field) == (M.CHANGE, Topic.DETAILS)


def test_a_ticket_is_withdrawn_only_where_that_is_sure() -> None:
    shares = {M.WITHDRAW: log(0.45), M.ADD: log(0.3), M.CHASE: log(0.25)}
    reading = decide(shares, "please send no pictures", Asked(stage=S.OPEN), EN)
    assert reading.means is not M.WITHDRAW
    assert read(S.OPEN, "I withdraw my request", M.WITHDRAW, M.ADD).means is M.WITHDRAW


def test_a_letter_that_is_passed_on_whole_gives_its_code_and_nothing_else() -> None:
    letter = "From: Nordvind\nYour code is 83350671. Yes, delete everything."
    reader = ReplyReader(Likely(M.AGREE))
    assert reader.read(Asked(stage=S.CODE), letter, EN) == Reading(means=M.CODE, value="83350671")
    assert reader.read(Asked(stage=S.SUMMARY), letter, EN).means is M.UNCLEAR


def test_an_address_beside_a_code_that_did_not_come_is_where_to_send_it() -> None:
    reading = read(S.CODE, "that inbox is full, try kofi@example.com", M.CODE_MISSING)
    assert reading == Reading(means=M.CODE_ELSEWHERE, value="kofi@example.com")


def test_words_that_all_agree_need_not_be_so_sure() -> None:
    assert read(S.OFFER, "alrighty then", M.AGREE, M.QUESTION, sure=0.6).means is M.AGREE
    assert read(S.OFFER, "alrighty hedgehog", M.AGREE, M.QUESTION, sure=0.6).means is not M.AGREE


def test_who_finds_nothing_wrong_with_the_summary_agrees_however_it_is_worded() -> None:
    assert read(S.SUMMARY, "no mistakes in it", M.CHANGE).means is M.AGREE
    assert read(S.OFFER, "no mistakes in it", M.CHANGE).means is not M.AGREE


def test_who_agrees_and_says_the_wish_again_agrees() -> None:
    asked = Asked(stage=S.OFFER, right=Right.MARKETING_OBJECTION)
    likely = Likely(M.REFUSE).log_probabilities("", asked, EN)
    assert decide(likely, "yes, no more adverts", asked, EN).means is M.AGREE
    assert decide(likely, "no more adverts, only bills", asked, EN).means is not M.AGREE


@pytest.mark.parametrize("text", ["the bill", "the vest", "numret"])
def test_what_exactly_is_wanted_is_passed_over_only_in_so_many_words(text: str) -> None:
    assert read(S.DETAILS, text, M.SKIP, M.VALUE).means is not M.SKIP
    assert read(S.DETAILS, "leave it blank", M.SKIP, M.VALUE).means is M.SKIP


def test_all_of_it_is_as_much_as_nothing_in_particular_where_data_are_seen_or_erased() -> None:
    assert read(S.DETAILS, "all of it", M.SKIP, M.VALUE).means is M.SKIP
    of_restriction = Asked(stage=S.DETAILS, right=Right.RESTRICTION)
    likely = Likely(M.SKIP, M.VALUE).log_probabilities("", of_restriction, EN)
    assert decide(likely, "all of it", of_restriction, EN).means is not M.SKIP


@pytest.mark.parametrize(
    ("text", "language"), [("everything", EN), ("kaikki", FI), ("alla uppgifter", SV)]
)
def test_who_wants_all_of_it_passes_the_details_over_whatever_is_likely(
    text: str, language: Language
) -> None:
    assert read(S.DETAILS, text, M.VALUE, language=language).means is M.SKIP


@pytest.mark.parametrize(
    ("stage", "means"),
    [(S.OFFER, M.STOP), (S.NAME, M.STOP), (S.SUMMARY, M.STOP), (S.CODE, M.WITHDRAW)],
)
def test_who_stops_what_was_to_be_done_ends_the_request(stage: Stage, means: Meaning) -> None:
    for text, language in (
        ("please stop the erasure of my data", EN),
        ("pysäyttäkää tietojeni poistaminen", FI),
        ("stoppa raderingen", SV),
    ):
        assert read(stage, text, M.QUESTION, language=language).means is means
    asked = Asked(stage=S.OFFER, right=Right.ERASURE)
    reader = ReplyReader(Likely(M.QUESTION))
    assert reader.read(asked, "pysäyttäkää tietojeni poistaminen", FI).means is M.STOP


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stop sending me marketing", EN),
        ("lopettakaa markkinointi", FI),
        ("sluta med marknadsföringen", SV),
    ],
)
def test_a_wish_to_end_marketing_does_not_end_the_request_for_that(
    text: str, language: Language
) -> None:
    for stage, means in ((S.OFFER, M.AGREE), (S.NAME, M.UNCLEAR), (S.SUMMARY, M.UNCLEAR)):
        asked = Asked(stage=stage, right=Right.MARKETING_OBJECTION)
        likely = Likely(M.STOP).log_probabilities(text, asked, language)
        assert decide(likely, text, asked, language).means is means


@pytest.mark.parametrize("stage", [Stage.EMAIL, Stage.DETAILS, Stage.SUMMARY])
def test_what_is_put_right_in_so_many_words_is_changed(stage: Stage) -> None:
    asked = Asked(stage=stage, right=Right.ERASURE)
    reading = decide({Meaning.VALUE: 0.0}, "oikea nimi on Laura Lind", asked, Language.FI)
    assert (reading.means, reading.field) == (Meaning.CHANGE, Topic.NAME)
    assert reading.value == "Laura Lind"


def test_where_a_correction_is_asked_for_it_is_the_detail() -> None:
    asked = Asked(stage=Stage.DETAILS, right=Right.RECTIFICATION)
    reading = decide({Meaning.VALUE: 0.0}, "oikea nimi on Laura Lind", asked, Language.FI)
    assert reading.means is Meaning.VALUE


def test_another_right_in_so_many_words_takes_the_place_of_the_one_under_way() -> None:
    asked = Asked(stage=Stage.NAME, right=Right.ERASURE)
    said = "egentligen vill jag bara se mina uppgifter"
    assert decide({Meaning.VALUE: 0.0}, said, asked, Language.SV).means is Meaning.OTHER_RIGHT


@pytest.mark.parametrize("stage", [S.OFFER, S.SUMMARY])
@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("nej vänta, inte fakturorna", M.LIMIT),
        ("älkää kertoko miehelleni", M.LIMIT),
        ("nej radera", M.UNCLEAR),
        ("no that's all", M.UNCLEAR),
    ],
)
def test_a_no_to_something_else_ends_no_request(stage: Stage, text: str, means: Meaning) -> None:
    asked = Asked(stage=stage, right=Right.ERASURE)
    assert decide({M.STOP: 0.0}, text, asked, FI).means is means


def test_who_says_whom_it_is_for_or_what_they_would_like_is_asked_again() -> None:
    for text in ("niin siis hänelle, ei minulle", "no haluaisin että postia ei enää tule"):
        asked = Asked(stage=S.OFFER, right=Right.ERASURE)
        assert decide({M.STOP: 0.0}, text, asked, FI).means is M.UNCLEAR


def test_whom_a_ticket_is_to_be_kept_from_goes_to_staff_with_it() -> None:
    asked = Asked(stage=S.OPEN, right=Right.RESTRICTION)
    reading = decide({M.MARKETING_STOP: 0.0}, "skicka inget till honom", asked, SV)
    assert (reading.means, reading.value) == (M.ADD, "skicka inget till honom")


def test_digits_of_another_length_are_a_code_that_was_misread() -> None:
    reading = decide({}, "se on 118822", Asked(stage=Stage.CODE), Language.FI)
    assert (reading.means, reading.value) == (Meaning.CODE, "")


@pytest.mark.parametrize(("text", "language"), [("yes", EN), ("joo", FI), ("ja tack", SV)])
def test_a_yes_to_all_or_only_some_gives_no_detail(text: str, language: Language) -> None:
    asked = Asked(stage=S.DETAILS, right=Right.ERASURE)
    likely = Likely(M.VALUE).log_probabilities("", asked, language)
    assert decide(likely, text, asked, language).means is M.SKIP
    assert decide(likely, f"{text}?", asked, language).means is M.VALUE
