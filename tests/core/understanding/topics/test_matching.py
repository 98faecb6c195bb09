"""From a message to what is wanted, with a model of some words that speak for one intent each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.catalog import Catalog, Intent, Kind, Language, Passage, Right
from bot.core.understanding.models.encoder import TextScores
from bot.core.understanding.topics.match import KNOWN_WORDING, Outcome
from bot.core.understanding.topics.matching import Matcher
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from bot.core.understanding.topics.passage_ranks import PassageRanks
from bot.core.understanding.topics.thresholds import Thresholds
from tests.core.factories import NOTICE, catalog_of
from tests.core.understanding.factories import WORDS, Encodes, knowing, model

FI, EN, SV = Language
PHRASES = (
    ("request.erasure", FI, "Haluan unohtua kokonaan ja lopullisesti."),
    ("question.complaint", SV, "Vem övervakar er verksamhet egentligen?"),
    ("smalltalk.thanks", EN, "Thank you so very much indeed, goodbye"),
    ("human", EN, "Thank you so very much indeed, good-bye"),
)
CATALOG = catalog_of(*PHRASES)


def matcher(
    catalog: Catalog = CATALOG,
    thresholds: Thresholds | None = None,
    scores: TextScores | None = None,
) -> Matcher:
    return Matcher(catalog, model(), thresholds, scores=scores)


UNDERSTOOD = [
    ("Delete it", Outcome.REQUEST, "request.erasure", Right.ERASURE),
    ("Copy", Outcome.REQUEST, "request.access", Right.ACCESS),
    ("I complain", Outcome.ANSWER, "question.complaint", None),
    ("säilytysaika", Outcome.NOT_IN_NOTICE, "not_in_notice.retention", None),
    ("nice weather", Outcome.OUT_OF_SCOPE, "out_of_scope.chatter", None),
    ("kiitos!", Outcome.SMALLTALK, "smalltalk.thanks", None),
    ("it leaked", Outcome.INCIDENT, "incident", None),
    ("a human", Outcome.HUMAN, "human", None),
    ("mikä tilanne", Outcome.STATUS, "status", None),
    ("peru se", Outcome.CANCEL, "cancel", None),
]


@pytest.mark.parametrize(
    ("text", "outcome", "intent", "right"), UNDERSTOOD, ids=[row[1] for row in UNDERSTOOD]
)
def test_a_sure_message_gets_the_outcome_of_its_kind(
    text: str, outcome: Outcome, intent: str, right: Right | None
) -> None:
    match = matcher().match(text)
    assert (match.outcome, match.intent, match.right) == (outcome, intent, right)
    assert match.rights == ((right,) if right else ())
    assert 0.8 < match.confidence <= 1
    assert match.options == ()


@pytest.mark.parametrize(("text", "language"), [("poista", FI), ("delete", EN), ("radera", SV)])
def test_a_message_is_answered_in_its_own_language(text: str, language: Language) -> None:
    assert matcher().match(text).language is language
    found, sure = matcher().language_of(text)
    assert (found, sure > 0.9) == (language, True)


def test_a_language_that_is_known_already_is_not_guessed() -> None:
    assert matcher().match("delete", SV).language is SV


@pytest.mark.parametrize("text", ["", "...", "🙂🙂", "\x00", "12345678"])
def test_what_holds_no_known_word_is_out_of_scope(text: str) -> None:
    assert matcher().match(text).intent == "out_of_scope.chatter"


def test_what_is_in_another_language_is_never_a_right_nor_out_of_scope() -> None:
    match = matcher().match("日本語のテキスト", FI)
    assert (match.outcome, match.intent) == (Outcome.SMALLTALK, OTHER_LANGUAGE)
    assert (match.language, match.right, match.rights) == (FI, None, ())


def test_a_greeting_is_answered_in_its_own_language() -> None:
    greetings = catalog_of(("smalltalk.hello", EN, "Hello!"), ("smalltalk.hello", SV, "Hej!"))
    hello = Intent(id="smalltalk.hello", kind=Kind.SMALLTALK)
    catalog = replace(greetings, intents={**greetings.intents, hello.id: hello})
    assert matcher(catalog).match("hello", FI).language is EN
    assert matcher(catalog).match("HEJ", FI).language is SV


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("T-2026-0042", Outcome.STATUS),
        ("mikä on tilanne, t-2026-0042?", Outcome.STATUS),
        ("T-2026-0042 poistakaa", Outcome.STATUS),
        ("T-2026-0042 peru", Outcome.CANCEL),
        ("peru T-2026-0042!", Outcome.CANCEL),
        ("T-2026-042 kiitos", Outcome.SMALLTALK),
    ],
)
def test_a_ticket_number_asks_for_its_status_unless_the_ticket_is_to_be_cancelled(
    text: str, outcome: Outcome
) -> None:
    known = replace(model(), vocabulary={**model().vocabulary, "=t": len(WORDS) - 1})
    assert Matcher(CATALOG, known).match(text).outcome is outcome


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Haluan unohtua kokonaan ja lopullisesti.", "request.erasure"),
        ("HALUAN UNOHTUA, kokonaan ja lopullisesti", "request.erasure"),
        ("Haluan unohtua kokonaan ja lopullisestik", "request.erasure"),
        ("Vem övervakar er verksamhet egentligen?", "question.complaint"),
    ],
    ids=["verbatim", "case and punctuation", "nearly", "in another language"],
)
def test_a_known_wording_is_what_the_catalogue_says(text: str, intent: str) -> None:
    match = readable(*text.split()).match(text, FI)
    assert (match.intent, match.confidence) == (intent, KNOWN_WORDING)


def readable(*words: str) -> Matcher:
    """A matcher that has seen these words, but not what they speak for."""
    made = model()
    first = {f"={word.strip('.,?!').casefold()}": 0 for word in words}
    silent = replace(made, wanted=replace(made.wanted, step=made.wanted.step * 0))
    return Matcher(CATALOG, replace(silent, vocabulary={**made.vocabulary, **first}))


def test_a_wording_that_is_nearly_two_others_of_different_intents_is_neither() -> None:
    text = "Thank you so very much indeed, go odbye"
    assert readable(*text.split()).match(text).confidence < KNOWN_WORDING


def test_a_wording_that_is_less_like_a_phrase_is_not_known() -> None:
    text = "Haluan unohtua kokonaan"
    assert readable(*text.split()).match(text).confidence < KNOWN_WORDING


def test_of_two_near_ones_the_person_chooses() -> None:
    unsure = matcher(thresholds=Thresholds(sure=0.9)).match("copy complain")
    assert unsure.outcome is Outcome.CLARIFY
    assert set(unsure.options) == {"request.access", "question.complaint"}
    assert unsure.intent == unsure.options[0]
    assert unsure.right is None


def test_at_most_three_choices_are_offered() -> None:
    unsure = matcher(thresholds=Thresholds(sure=0.9)).match("copy complain vastustan radera")
    assert len(unsure.options) == 3


def test_a_choice_of_one_is_no_choice() -> None:
    match = matcher(thresholds=Thresholds(sure=0.999)).match("complain")
    assert (match.outcome, match.intent) == (Outcome.ANSWER, "question.complaint")
    assert match.confidence < 0.999


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("complain säilytysaika", Outcome.NOT_IN_NOTICE),
        ("complain weather", Outcome.OUT_OF_SCOPE),
    ],
)
def test_what_the_notice_does_not_say_weighs_more_than_a_weak_guess(
    text: str, outcome: Outcome
) -> None:
    assert matcher(thresholds=Thresholds(sure=0.9)).match(text).outcome is outcome


def test_demanding_words_make_a_request_likelier() -> None:
    asked = matcher().match("copy complain").confidence
    demanded = matcher().match("copy complain i want").confidence
    assert matcher().match("copy complain i want").intent == "request.access"
    assert demanded > asked


def test_a_typing_mistake_is_understood() -> None:
    assert matcher().match("one poistakas, tilanne poistakas").right is Right.ERASURE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Älkää poistako poista", "question.erasure"),
        ("My mother asked for a copy", "question.access"),
    ],
)
def test_negation_and_hearsay_are_taken_as_a_question_about_the_right(
    text: str, intent: str
) -> None:
    match = matcher().match(text)
    assert (match.intent, match.right, match.rights) == (intent, None, ())


def test_where_no_question_about_a_right_is_known_the_request_is_offered() -> None:
    """An offer asks first: nothing happens without a yes."""
    match = matcher().match("my mother says vastustan")
    assert (match.outcome, match.right) == (Outcome.REQUEST, Right.OBJECTION)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Art. 17 tilanne human", "request.erasure"),
        ("What does art. 17 say of human tilanne", "question.erasure"),
        ("What does art. 21 say of human tilanne", "request.objection"),
    ],
)
def test_an_article_that_is_cited_counts_where_the_words_say_little(text: str, intent: str) -> None:
    match = matcher().match(text)
    assert (match.intent, match.confidence) == (intent, 1)


def test_what_the_words_say_counts_more_than_an_article() -> None:
    assert matcher().match("copy under art. 17").right is Right.ACCESS


def test_all_rights_that_are_asked_for_are_listed_in_the_order_of_the_message() -> None:
    match = matcher().match("Lähettäkää tiedot, radera allt och radera mera")
    assert match.rights == (Right.ACCESS, Right.ERASURE)
    other_way = matcher().match("radera allt, lähettäkää tiedot")
    assert other_way.rights == (Right.ERASURE, Right.ACCESS)


def test_a_right_that_no_clause_asks_for_alone_stands_first() -> None:
    split = matcher(thresholds=Thresholds(another=2.0)).match("copy, delete")
    assert split.rights == (split.right,)


@pytest.mark.parametrize(
    "text", ["copy, älkää poistako poista", "copy, complain", "copy, human", "copy, tilanne peru"]
)
def test_clauses_that_ask_for_nothing_add_nothing(text: str) -> None:
    assert matcher().match(text).rights == (Right.ACCESS,)


def test_a_report_and_a_request_in_one_message_are_both_found() -> None:
    for text in ("it leaked, copy", "copy, it leaked"):
        match = matcher().match(text)
        assert (match.reported, match.rights) == (True, (Right.ACCESS,)), text
    assert not matcher().match("copy, delete").reported


def test_of_a_long_message_the_sentence_that_wants_something_counts() -> None:
    padding = "kiitos human tilanne. " * 12
    sure = matcher(thresholds=Thresholds(sure=0.0))
    assert sure.match(padding).right is None
    assert sure.match(f"{padding} copy. {padding}").right is Right.ACCESS


@settings(max_examples=15, database=None)
@given(
    st.lists(
        st.sampled_from([*WORDS, "T-2026-0042", "art. 17", ". ", "\ud800", "\n>", "?"]), max_size=8
    )
)
def test_any_text_gets_a_verdict(parts: list[str]) -> None:
    match = matcher().match(" ".join(parts))
    assert match.outcome in set(Outcome)
    assert 0 <= match.confidence <= 1


@pytest.mark.parametrize("text", ["SAR", "DSAR-pyyntö", "SAR-begäran"])
def test_a_short_form_is_known_without_the_model(text: str) -> None:
    match = matcher().match(text)
    assert (match.intent, match.rights) == ("request.access", (Right.ACCESS,))


def test_a_request_that_names_no_right_leads_to_a_choice_of_what_there_is() -> None:
    match = matcher().match("GDPR request")
    assert match.outcome is Outcome.CLARIFY
    assert match.options == ("request.access", "request.erasure")


def test_of_what_the_catalogue_lacks_no_short_form_is_made() -> None:
    assert matcher().match("unsubscribe").intent != "request.marketing-objection"


def test_beside_a_question_a_demand_by_its_verb_is_the_request() -> None:
    match = matcher().match("I complain and wipe everything")
    assert (match.outcome, match.intent) == (Outcome.REQUEST, "request.erasure")
    assert (match.right, match.rights) == (Right.ERASURE, (Right.ERASURE,))


def test_what_is_refused_does_not_hide_what_is_asked_for_instead() -> None:
    match = matcher().match("Do not delete it, copy")
    assert match.rights == (Right.ACCESS,)


TWO_WISHES = "delete complain"


def test_where_the_linear_model_is_not_sure_the_encoder_is_asked() -> None:
    scores = knowing({TWO_WISHES: "question.complaint"})
    assert matcher(scores=scores).match(TWO_WISHES).intent == "question.complaint"
    assert isinstance(scores.encoder, Encodes)
    assert scores.encoder.asked == [TWO_WISHES]


def test_known_wordings_and_what_the_linear_model_is_sure_of_need_no_encoder() -> None:
    scores = knowing({"copy": "human"})
    for text in ("Copy", PHRASES[0][2], "T-2026-0042", "日本語のテキスト", ""):
        with_encoder = matcher(thresholds=Thresholds(alone=0.5), scores=scores).match(text, EN)
        assert with_encoder == matcher().match(text, EN)
    assert isinstance(scores.encoder, Encodes)
    assert scores.encoder.asked == []


def test_beside_an_answer_that_is_not_sure_stands_what_else_may_have_been_meant() -> None:
    match = matcher().match("complain human status weather kiitos delete")
    assert len(match.also) == 2
    assert match.intent not in match.also


ALIKE = {"question.complaint": ("complaint",), "question.access": ("right-access",)}


def quoting(thresholds: Thresholds) -> Matcher:
    made = model()
    return Matcher(CATALOG, made, thresholds, ranks=PassageRanks(NOTICE, made))


def test_an_answer_serves_every_topic_that_is_as_fairly_meant() -> None:
    thresholds = Thresholds(stated=1.1, beside=0.01, served=0.5)
    match = quoting(thresholds).match("I complain: tiedoistani?")
    assert match.outcome is Outcome.ANSWER
    assert {match.intent, *match.served} == set(ALIKE)
    assert match.passages == tuple(
        passage for intent in (match.intent, *match.served) for passage in ALIKE[intent]
    )


def test_what_is_less_likely_is_not_served() -> None:
    match = quoting(Thresholds(stated=1.1, beside=0.0, served=0.9)).match("I complain to you")
    assert match.also
    assert (match.served, match.passages) == ((), ())


def test_what_the_notice_does_not_answer_is_not_served() -> None:
    match = quoting(Thresholds(stated=1.1, beside=0.0, served=0.0)).match("complain säilytysaika")
    assert all(topic.startswith("question.") for topic in match.served)


def test_what_the_topic_seems_not_to_be_answered_by_is_looked_for_in_the_whole_notice() -> None:
    kept = Passage(id="kept", section="rights", text="The säilytysaika is one year.")
    notice = replace(NOTICE, passages={**NOTICE.passages, "kept": kept})
    ranks = PassageRanks(notice, model())
    match = Matcher(CATALOG, model(), ranks=ranks).match("säilytysaika")
    assert (match.outcome, match.passages) == (Outcome.NOT_IN_NOTICE, ("kept",))
    assert quoting(Thresholds()).match("säilytysaika").passages == ()


def test_a_text_with_a_typing_mistake_is_read_once_for_its_topic_and_its_passages() -> None:
    scores = knowing({"nothing": "human"})
    ranks = PassageRanks(NOTICE, model(), scores.encoder)
    wide = Thresholds(stated=1.1, beside=0.0, served=0.0)
    found = Matcher(CATALOG, model(), wide, scores=scores, ranks=ranks).match(
        "I compalin tiedoistani"
    )
    assert len(found.passages) > 1
    assert isinstance(scores.encoder, Encodes)
    assert {t for t in scores.encoder.asked if "tiedoistani" in t} == {"i complain tiedoistani"}


def test_what_the_map_says_is_only_near_is_not_taken_for_an_answer() -> None:
    limits = Passage(id="erasure-limits", section="rights", text="The säilytysaika is long.")
    notice = replace(NOTICE, passages={**NOTICE.passages, "erasure-limits": limits})
    match = Matcher(CATALOG, model(), ranks=PassageRanks(notice, model())).match("säilytysaika")
    assert match.passages == ()


def test_nothing_stands_beside_a_sure_answer_or_a_choice() -> None:
    assert matcher().match("delete").also == ()
    unsure = matcher(thresholds=Thresholds(sure=0.99)).match(TWO_WISHES)
    assert (unsure.outcome, unsure.also) == (Outcome.CLARIFY, ())


def test_what_is_hardly_meant_stands_beside_nothing() -> None:
    thresholds = Thresholds(stated=1.1, beside=0.2)
    assert matcher(thresholds=thresholds).match("delete").also == ()


def test_of_a_single_word_the_encoder_knows_no_more() -> None:
    scores = knowing({"complain": "human"})
    unsure = Thresholds(alone=1.1)
    assert matcher(thresholds=unsure, scores=scores).match("complain").intent != "human"


@pytest.mark.parametrize("meant", ["human", "request.erasure"])
def test_what_is_not_to_be_done_is_told_by_the_words(meant: str) -> None:
    text = "do not delete it"
    scores = knowing({text: meant})
    with_encoder = matcher(thresholds=Thresholds(alone=1.1), scores=scores).match(text)
    alone = matcher(thresholds=Thresholds(alone=1.1)).match(text)
    assert (with_encoder.outcome, with_encoder.intent) == (alone.outcome, alone.intent)


def test_small_talk_has_nothing_beside_it() -> None:
    assert matcher(thresholds=Thresholds(stated=1.1)).match("kiitos").also == ()
