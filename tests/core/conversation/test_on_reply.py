"""Each meaning leads to what a person expects, and nothing is done by a reply that is not clear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation import on_reply, request_flow
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    Offered,
    Summary,
)
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import Field
from bot.core.events import Said
from bot.core.tickets.representation import OnBehalf, Relation
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.asked import Meaning, Reading, Topic
from tests.core.conversation.worlds import (
    EMAIL,
    KNOWLEDGE,
    WORDS,
    Reads,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    filled,
    keys,
)

M = Meaning
OTHER = "other@example.com"
OFFERED = a_dialogue(Offered(a_request()))
NAMING = a_dialogue(Filling(a_request(), Field("name")))
ADDRESSING = a_dialogue(Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True)))
DETAILING = a_dialogue(
    Filling(a_request(fields={"name": "Matti", "email": EMAIL}), Field("details", optional=True))
)
SUMMED_UP = a_dialogue(Summary(filled()))
CORRECTING = a_dialogue(Correcting("id-1"))
ENDS = [M.REFUSE, M.STOP, M.WITHDRAW]
ASKED_ERASURE = Reading(means=M.OTHER_RIGHT, field=Topic.RIGHT, value=Right.ERASURE)
ALSO_ERASURE = replace(ASKED_ERASURE, means=M.ALSO_RIGHT)


def said(
    dialogue: Dialogue, reading: Reading | Meaning, *tickets: Ticket, text: str = "niin"
) -> Reply:
    if isinstance(reading, Meaning):
        reading = Reading(means=reading)
    world = a_world(*tickets, knowledge=replace(KNOWLEDGE, reader=Reads(reading)))
    return on_text(dialogue, Said(text=text), world)


def request_of(reply: Reply) -> dict[str, str]:
    assert isinstance(reply.state, Filling | Summary)
    return dict(reply.state.request.fields)


# At the offer


def test_a_yes_begins_the_form() -> None:
    assert said(OFFERED, M.AGREE).state == NAMING.state


@pytest.mark.parametrize("dialogue", [OFFERED, NAMING, ADDRESSING, SUMMED_UP])
@pytest.mark.parametrize("means", ENDS)
def test_a_no_ends_it_politely(dialogue: Dialogue, means: Meaning) -> None:
    reply = said(dialogue, means)
    assert (keys(reply), reply.state) == (["stopped"], Idle())


def test_who_comes_back_later_to_an_offer_finds_it_and_is_not_asked_meanwhile() -> None:
    reply = said(OFFERED, M.POSTPONE)
    assert (keys(reply), reply.state) == (["postponed"], Offered(a_request()).quiet())


@pytest.mark.parametrize("dialogue", [NAMING, ADDRESSING, SUMMED_UP])
def test_who_comes_back_later_finds_everything_as_it_was(dialogue: Dialogue) -> None:
    reply = said(dialogue, M.POSTPONE)
    assert (keys(reply), reply.state) == (["postponed"], None)


def test_a_limit_is_kept_for_staff_and_not_asked_for_again() -> None:
    reply = said(OFFERED, M.LIMIT, text="vain laskut")
    assert request_of(reply) == {"details": "vain laskut"}
    assert keys(reply) == ["field.name.ask"]


def test_another_right_is_offered_in_its_place() -> None:
    reply = said(OFFERED, ASKED_ERASURE)
    assert isinstance(reply.state, Offered)
    assert reply.state.request.rights == (Right.ERASURE,)


def test_one_more_right_is_no_yes_yet() -> None:
    reply = said(OFFERED, ALSO_ERASURE)
    assert keys(reply) == ["offer.also", "offer.again"]
    assert isinstance(reply.state, Offered)
    assert reply.state.request.rights == (Right.ACCESS, Right.ERASURE)


@pytest.mark.parametrize("means", [M.UNCLEAR, M.OTHER_RIGHT, M.ALSO_RIGHT])
def test_what_is_not_clear_puts_the_offer_again(means: Meaning) -> None:
    reply = said(OFFERED, means)
    assert keys(reply)[-1] == "offer.again"
    assert reply.state in (None, Offered(a_request()).quieter())


def test_a_question_is_answered_and_the_offer_put_again() -> None:
    assert keys(said(OFFERED, M.QUESTION, text="evästeet?")) == ["answer.intro", "offer.again"]


@pytest.mark.parametrize("text", ["älkää poistako", "poistakaa tietoni?"])
def test_the_right_on_offer_named_again_with_a_no_is_no_yes(text: str) -> None:
    erasure = a_dialogue(Offered(a_request(Right.ERASURE)))
    words = replace(WORDS, intents={text: "request.erasure"})
    known = replace(KNOWLEDGE, reader=Reads(Reading(means=M.UNCLEAR)), matcher=words)
    reply = on_text(erasure, Said(text=text), a_world(knowledge=known))
    assert keys(reply) == ["offer.again"]


# In the form


def test_a_value_is_kept_clean() -> None:
    reply = said(NAMING, Reading(means=M.VALUE, value="Laura Niemi"), text="It's Laura Niemi")
    assert request_of(reply) == {"name": "Laura Niemi"}


def test_a_question_beside_a_value_is_answered_too() -> None:
    reading = Reading(means=M.VALUE, value="Laura Niemi", second=M.QUESTION)
    reply = said(NAMING, reading, text="evästeet?")
    assert keys(reply) == ["answer.intro", "field.email.ask"]
    unanswered = said(NAMING, reading, text="Laura Niemi, miksi?")
    assert keys(unanswered) == ["field.email.ask"]


def test_what_the_law_answers_beside_a_value_is_said_and_not_offered_to_staff() -> None:
    text = "Laura Niemi, maksaako tämä?"
    reading = Reading(means=M.VALUE, value="Laura Niemi", second=M.QUESTION)
    words = replace(WORDS, intents={text: "not_in_notice.fee"})
    known = replace(KNOWLEDGE, reader=Reads(reading), matcher=words)
    reply = on_text(NAMING, Said(text=text), a_world(knowledge=known))
    assert "law.fee" in keys(reply)
    assert keys(reply)[-1] == "field.email.ask"
    assert reply.unanswered == ""


def test_what_was_given_before_is_taken_again() -> None:
    ticket = replace(a_ticket(), person=replace(a_ticket().person, name="Matti Aho"))
    assert request_of(said(NAMING, M.SAME_AS_BEFORE, ticket)) == {"name": "Matti Aho"}
    assert request_of(said(ADDRESSING, M.SAME_AS_BEFORE, ticket))["email"] == EMAIL


def test_where_nothing_was_given_before_it_is_asked_for() -> None:
    reply = said(NAMING, M.SAME_AS_BEFORE)
    assert request_of(reply) == {}
    assert keys(reply)[-1] == "field.name.ask"


@pytest.mark.parametrize("means", [M.SKIP, M.NO_EMAIL, M.DECLINE_VALUE])
def test_who_keeps_a_datum_back_goes_on_without_it(means: Meaning) -> None:
    assert request_of(said(ADDRESSING, means))["email"] == ""


def test_without_a_name_it_does_not_go_on() -> None:
    reply = said(NAMING, M.DECLINE_VALUE)
    assert keys(reply) == ["field.name.invalid", "field.name.ask"]


def test_with_an_address_in_its_place_no_name_is_needed_where_that_is_enough() -> None:
    kept_back = a_request(Right.MARKETING_OBJECTION, fields={"email": ""})
    naming = a_dialogue(Filling(kept_back, Field("name")))
    reply = said(naming, M.UNCLEAR, text=f"no olkoon, {EMAIL}")
    assert request_of(reply) == {"email": EMAIL}
    assert isinstance(reply.state, Filling)
    assert reply.state.asking.name == "details"


def test_another_right_in_the_form_takes_its_place() -> None:
    assert isinstance(said(NAMING, ASKED_ERASURE).state, Offered)


def test_a_field_given_before_can_be_changed() -> None:
    reading = Reading(means=M.CHANGE, field=Topic.NAME, value="Maija")
    assert request_of(said(ADDRESSING, reading)) == {"name": "Maija"}


@pytest.mark.parametrize("means", [M.VALUE, M.LIMIT, M.REFUSE, M.UNCLEAR, M.QUESTION])
def test_details_are_free(means: Meaning) -> None:
    assert request_of(said(DETAILING, means, text="vain laskut"))["details"] == "vain laskut"


def test_a_question_about_the_details_is_no_detail() -> None:
    reply = said(DETAILING, M.QUESTION, text="mitä tähän kirjoitetaan?")
    assert keys(reply)[-1] == "field.details.access"


# At the summary


def test_a_yes_opens_the_ticket() -> None:
    assert said(SUMMED_UP, M.AGREE).tickets


def test_a_limit_is_shown_before_anything_is_sent() -> None:
    reply = said(SUMMED_UP, M.LIMIT, text="mutta ei laskuja")
    assert (keys(reply), reply.tickets) == (["summary.text"], ())
    assert request_of(reply)["details"].endswith("mutta ei laskuja")


@pytest.mark.parametrize(
    ("topic", "value", "field"),
    [(Topic.NAME, "Maija Aho", "name"), (Topic.EMAIL, OTHER, "email")],
)
def test_a_field_is_changed_to_the_value_given(topic: Topic, value: str, field: str) -> None:
    reply = said(SUMMED_UP, Reading(means=M.CHANGE, field=topic, value=value))
    assert (keys(reply), request_of(reply)[field]) == (["summary.text"], value)


def test_the_wrong_part_of_a_name_is_put_right_and_the_rest_stays() -> None:
    reading = Reading(means=M.CHANGE, field=Topic.NAME)
    named = filled(fields={"name": "Matti Nieni", "email": EMAIL, "details": "kaikki"})
    reply = said(a_dialogue(Summary(named)), reading, text="Niemi, ei Nieni")
    assert request_of(reply)["name"] == "Matti Niemi"


def test_details_are_added_to() -> None:
    reply = said(SUMMED_UP, Reading(means=M.CHANGE, field=Topic.DETAILS, value="myös 2018"))
    assert request_of(reply)["details"].endswith("myös 2018")


def test_without_a_value_the_field_alone_is_asked_for_again() -> None:
    reply = said(SUMMED_UP, Reading(means=M.CHANGE, field=Topic.EMAIL))
    assert keys(reply) == ["field.email.ask"]
    assert set(request_of(reply)) == {"name", "details"}


def test_a_change_of_nothing_named_begins_the_form_again() -> None:
    assert said(SUMMED_UP, M.CHANGE).state == NAMING.state


def test_another_right_at_the_summary_is_offered() -> None:
    assert isinstance(said(SUMMED_UP, ASKED_ERASURE).state, Offered)


def test_one_more_right_comes_after_this_one() -> None:
    reply = said(SUMMED_UP, ALSO_ERASURE)
    assert keys(reply) == ["offer.also", "summary.text"]


# Correcting an address


def test_what_says_nothing_of_an_answer_to_staff_is_the_answer() -> None:
    reply = said(a_dialogue(Answering("id-1")), M.UNCLEAR, a_ticket(question="Kumpi?"))
    assert reply.tickets[0].notes[-1].text == "niin"


@pytest.mark.parametrize("means", [M.STOP, M.REFUSE, M.POSTPONE])
def test_who_does_not_correct_the_address_stops(means: Meaning) -> None:
    assert keys(said(CORRECTING, means, a_ticket())) == ["stopped"]


def test_where_no_form_is_open_nothing_is_a_reply_to_one() -> None:
    assert on_reply.take(a_dialogue(), Reading(means=M.AGREE), "niin", a_world()) is None


# What is given in passing


@pytest.mark.parametrize("means", [M.UNCLEAR, M.CHANGE, M.VALUE])
def test_who_says_at_the_offer_who_they_are_is_not_asked_again(means: Meaning) -> None:
    text = "Dear Sirs, my name is Alistair Crane, my email is a.crane@example.org"
    reply = said(OFFERED, Reading(means=means), text=text)
    assert isinstance(reply.state, Offered)
    given = dict(reply.state.request.fields)
    assert (given["name"], given["email"]) == ("Alistair Crane", "a.crane@example.org")
    assert keys(reply)[-1] == "offer.again"


def test_a_yes_with_a_name_goes_on_to_what_is_still_missing() -> None:
    reply = said(OFFERED, M.AGREE, text="Yes, my name is Alistair Crane")
    assert isinstance(reply.state, Filling)
    assert (reply.state.asking.name, reply.state.request.fields["name"]) == (
        "email",
        "Alistair Crane",
    )


def test_another_right_beside_a_name_comes_after_this_one() -> None:
    reading = Reading(means=M.VALUE, value="Grover Chambliss", second=M.ALSO_RIGHT)
    text = "Grover Chambliss, and I want to object to marketing too"
    reply = said(NAMING, reading, text=text)
    assert isinstance(reply.state, Filling)
    assert reply.state.request.fields["name"] == "Grover Chambliss"
    assert reply.state.request.later == (Right.MARKETING_OBJECTION,)
    assert keys(reply)[0] == "offer.also"


def test_who_wants_another_right_instead_need_not_say_again_who_they_are() -> None:
    instead = Reading(means=M.CHANGE, field=Topic.RIGHT, value=Right.RECTIFICATION)
    reply = said(SUMMED_UP, instead, text="rectification instead")
    assert isinstance(reply.state, Offered)
    assert reply.state.request.right is Right.RECTIFICATION
    assert set(reply.state.request.fields) >= {"name", "email"}


@pytest.mark.parametrize("text", ["hmm", "mm", "öö", "you always say that"])
def test_a_hum_or_a_mockery_is_no_detail(text: str) -> None:
    assert "details" not in request_of(said(DETAILING, M.UNCLEAR, text=text))


def opening_of(reply: Reply) -> str:
    assert isinstance(reply.state, Filling | Summary)
    return reply.state.request.opening


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("other@example.com but ring me in the mornings", True),
        ("my email is other@example.com", False),
        ("other@example.com, and how long does it take", False),
    ],
)
def test_what_is_said_beside_a_value_goes_to_staff_with_the_request(text: str, kept: bool) -> None:
    reply = said(ADDRESSING, Reading(means=M.VALUE, value=OTHER), text=text)
    assert (text in opening_of(reply)) is kept


def test_what_is_said_in_the_place_of_a_value_goes_to_staff_too() -> None:
    text = "I object to talk of my dentures"
    assert text in opening_of(said(ADDRESSING, M.UNCLEAR, text=text))
    for mistyped in (
        "other",
        "anna.maria@exampl",
        "it should be anna not hanna",
        "{{ a }} <b>c</b>",
    ):
        assert opening_of(said(ADDRESSING, M.UNCLEAR, text=mistyped)) == ""


# A language


@pytest.mark.parametrize(
    ("dialogue", "again"),
    [(OFFERED, "offer.again"), (NAMING, "field.name.ask"), (ADDRESSING, "field.email.ask")],
)
def test_a_language_that_is_named_is_gone_on_in_with_the_open_question(
    dialogue: Dialogue, again: str
) -> None:
    reply = said(dialogue, M.LANGUAGE, text="sorry, English is fine")
    assert reply.language is Language.EN
    assert keys(reply) == ["smalltalk.language", again]


# Another right, and what nobody can tell


def test_who_wants_another_right_that_is_open_already_hears_so() -> None:
    open_already = a_ticket(Right.ERASURE)
    reply = said(OFFERED, ASKED_ERASURE, open_already)
    assert not isinstance(reply.state, Offered)
    assert keys(reply) == keys(request_flow.offer((Right.ERASURE,), "", a_world(open_already)))


def test_an_offer_is_put_again_where_nobody_can_tell_what_is_asked() -> None:
    """To choose between topics that are hardly likely would lead away from it."""
    matcher = replace(WORDS, confidence=0.1)
    reader = Reads(Reading(means=M.QUESTION))
    world = a_world(knowledge=replace(KNOWLEDGE, reader=reader, matcher=matcher))
    reply = on_text(OFFERED, Said(text="oikeudet vai evästeet?"), world)
    assert keys(reply)[-1] == "offer.again"


def test_another_name_for_whom_it_concerns_changes_theirs_and_not_the_writers() -> None:
    pekka = OnBehalf(name="Pekka Korhonen", relation=Relation.LAWYER)
    fields = {"relation": "lawyer", "concerned": "Pekka Korhonen", "name": "Bo Ek", "email": EMAIL}
    request = filled(fields={**fields, "details": "kaikki"})
    assert request.on_behalf == pekka
    reading = Reading(means=M.CHANGE, field=Topic.NAME, value="Pekka Korpi")
    for text in ("hänen nimensä on Pekka Korpi", "correct the client to read Pekka Korpi"):
        changed = request_of(said(a_dialogue(Summary(request)), reading, text=text))
        assert (changed["concerned"], changed["name"]) == ("Pekka Korpi", "Bo Ek")


def test_what_is_told_beside_a_yes_stays_with_the_words_that_asked() -> None:
    told = said(SUMMED_UP, M.AGREE, text="kyllä, muutin Turusta vuonna 2019")
    assert told.tickets[0].opening.endswith("kyllä, muutin Turusta vuonna 2019")
    assert said(SUMMED_UP, M.AGREE, text="kyllä kiitos").tickets[0].opening == ""


@pytest.mark.parametrize(
    ("text", "means", "fields"),
    [
        ("kyllä kiitos, Sirkka Raatikainen", M.AGREE, {"name": "Sirkka Raatikainen"}),
        ("Grover Chambliss, ja poistot myös", M.ALSO_RIGHT, {"name": "Grover Chambliss"}),
        ("g.c@example.com mutta ei mainoksia", M.LIMIT, {"email": "g.c@example.com"}),
        ("joo, sanoi Help Desk minulle eilen", M.AGREE, {}),
        ("kyllä, Sirkka", M.AGREE, {}),
    ],
)
def test_who_one_is_beside_the_reply_to_an_offer_is_kept(
    text: str, means: Meaning, fields: dict[str, str]
) -> None:
    reading = Reading(means=means, value=Right.ERASURE if means is M.ALSO_RIGHT else "")
    state = said(OFFERED, reading, text=text).state
    assert isinstance(state, Offered | Filling | Summary)
    given = state.request.fields
    assert {name: given[name] for name in given if name in ("name", "email")} == fields


def test_a_name_said_now_counts_more_than_one_said_before() -> None:
    before = a_dialogue(Offered(a_request(fields={"name": "Eino Raatikainen"})))
    given = request_of(said(before, M.AGREE, text="kyllä kiitos, Sirkka Raatikainen"))
    assert given["name"] == "Sirkka Raatikainen"


def test_an_address_beside_a_yes_to_a_correction_may_be_the_new_one() -> None:
    offer = a_dialogue(Offered(a_request(right=Right.RECTIFICATION)))
    assert "email" not in request_of(said(offer, M.AGREE, text="g.c@example.com joo"))


def test_who_wants_no_mail_after_all_goes_on_without_an_address() -> None:
    reading = Reading(means=M.CHANGE, field=Topic.EMAIL)
    for text in ("ilman sähköpostia sitten", "ei sähköpostia sitten"):
        assert request_of(said(SUMMED_UP, reading, text=text))["email"] == ""
    assert "email" not in request_of(said(SUMMED_UP, reading, text="EI tuohon osoitteeseen!"))


def test_whom_it_concerns_is_taken_with_the_yes() -> None:
    offer = a_dialogue(Offered(a_request(fields={"relation": Relation.LAWYER})))
    text = "Kyllä, päämieheni Alvar Kuparinen vaatii sitä."
    state = said(offer, M.AGREE, text=text).state
    assert isinstance(state, Filling)
    assert state.request.fields["concerned"] == "Alvar Kuparinen"
    assert state.asking.name == "name"
    assert state.request.opening == text


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("samat tiedot käy", {"name": "Matti Aho", "email": EMAIL}),
        ("sama", {"name": "Matti Aho"}),
    ],
)
def test_who_wants_all_as_it_was_before_is_not_asked_for_the_address(
    text: str, fields: dict[str, str]
) -> None:
    ticket = replace(a_ticket(), person=replace(a_ticket().person, name="Matti Aho"))
    assert request_of(said(NAMING, M.SAME_AS_BEFORE, ticket, text=text)) == fields


def test_all_at_the_summary_adds_to_details_that_were_given_and_else_says_nothing_new() -> None:
    all_of_it = Reading(means=M.CHANGE, field=Topic.DETAILS, value="kaikki")
    none = {"name": "Matti", "email": EMAIL, "details": ""}
    for details, shown in (("", ""), ("orders", "orders\nkaikki")):
        state = Summary(filled(fields=none | {"details": details}))
        assert request_of(said(a_dialogue(state), all_of_it, text="kaikki"))["details"] == shown
