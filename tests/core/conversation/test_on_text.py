"""What a written message brings about, wherever the conversation stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import AnswerStaff, Resend
from bot.core.catalog import Language, Right
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    LastTopic,
    Offered,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import Field
from bot.core.conversation.world import World
from bot.core.events import Said
from bot.core.masking import Masked
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action
from bot.core.tickets.ticket import State as TicketState
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.words.text import LONGEST
from tests.core.conversation.worlds import (
    CODE,
    EMAIL,
    IN_GERMAN,
    KNOWLEDGE,
    WORDS,
    Codes,
    Reads,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    coded,
    filled,
    keys,
    pressable,
    proved,
)

OTHER = "other@example.com"
NAMING = a_dialogue(Filling(a_request(), Field("name")))
ADDRESSING = a_dialogue(Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True)))
DETAILING = a_dialogue(
    Filling(a_request(fields={"name": "Matti", "email": EMAIL}), Field("details", optional=True))
)
OFFERED = a_dialogue(Offered(a_request()))
SUMMED_UP = a_dialogue(Summary(filled()))
ANSWERING = a_dialogue(Answering("id-1"))
CORRECTING = a_dialogue(Correcting("id-1"))
WITHDRAWING = a_dialogue(Withdrawing("id-1"))


def said(text: str, dialogue: Dialogue | None = None, world: World | None = None) -> Reply:
    return on_text(dialogue or a_dialogue(), Said(text=text), world or a_world())


def field_of(reply: Reply, name: str) -> str:
    assert isinstance(reply.state, Filling | Summary)
    return reply.state.request.fields[name]


# What comes with a text


def test_what_was_masked_is_told() -> None:
    event = Said(text="hei", masked=frozenset(Masked))
    assert keys(on_text(a_dialogue(), event, a_world())) == [
        "masked.card_number",
        "masked.identity_code",
        "smalltalk.hello",
    ]


def test_who_wrote_more_than_is_read_is_told_so() -> None:
    event = Said(text="hei", cut=True)
    assert keys(on_text(a_dialogue(), event, a_world())) == ["cut", "smalltalk.hello"]
    letter = Said(text="hei" + " " * LONGEST)
    assert keys(on_text(a_dialogue(), letter, a_world())) == ["long", "smalltalk.hello"]


def test_an_attachment_is_not_looked_at_and_the_text_is_read() -> None:
    event = Said(text="hei", attached=True)
    assert keys(on_text(a_dialogue(), event, a_world())) == ["attachment", "smalltalk.hello"]


@pytest.mark.parametrize(("attached", "told"), [(True, "attachment"), (False, "empty")])
def test_where_nothing_was_said_the_open_question_is_asked_again(attached: bool, told: str) -> None:
    reply = on_text(NAMING, Said(text=" ?!🙂 ", attached=attached), a_world())
    assert keys(reply) == [told, "field.name.ask"]


@pytest.mark.parametrize("dialogue", [OFFERED, SUMMED_UP])
def test_a_thumb_answers_a_closed_question(dialogue: Dialogue) -> None:
    assert said("👍", dialogue).state != dialogue.state
    assert said("🚀", dialogue).state in (None, dialogue.state)


def test_a_number_says_nothing_by_itself() -> None:
    assert keys(said("2")) == ["empty"]


def test_an_edit_in_the_middle_of_something_changes_nothing() -> None:
    reply = on_text(NAMING, Said(text="Matti", edited=True), a_world())
    assert keys(reply) == ["edited", "field.name.ask"]
    assert reply.state == NAMING.state


def test_an_edited_question_is_answered_like_a_new_one() -> None:
    reply = on_text(a_dialogue(), Said(text="evästeet?", edited=True), a_world())
    assert keys(reply) == ["answer.intro"]


# Commands and codes


@pytest.mark.parametrize("text", ["/privacy", "privacy"])
def test_a_command_is_taken_and_the_open_question_asked_again(text: str) -> None:
    assert keys(said(text, NAMING)) == ["privacy", "field.name.ask"]


@pytest.mark.parametrize("dialogue", [DETAILING, ANSWERING], ids=["details", "answer"])
def test_a_word_that_is_a_command_elsewhere_is_kept_for_staff(dialogue: Dialogue) -> None:
    reply = said("privacy", dialogue, a_world(a_ticket(question="Mikä?")))
    kept = reply.tickets[0].notes[-1].text if reply.tickets else field_of(reply, "details")
    assert kept == "privacy"


def test_a_command_with_its_slash_is_one_even_there() -> None:
    assert keys(said("/privacy", DETAILING)) == ["privacy", "field.details.access"]


@pytest.mark.parametrize("text", [CODE, "7000 0001", "7000-0001", f"koodi on {CODE}."])
def test_a_code_is_taken_in_any_of_its_forms(text: str) -> None:
    assert keys(said(text, OFFERED, a_world(coded(a_ticket())))) == ["code.right", "offer.again"]


def test_two_numbers_of_eight_digits_are_no_code() -> None:
    reply = said(f"{CODE} tai 70000002", world=a_world(coded(a_ticket())))
    assert keys(reply) == ["out_of_scope.reply"]


def test_a_number_within_a_text_is_no_code_when_none_is_awaited() -> None:
    assert keys(said(f"tilaus {CODE}")) == ["out_of_scope.reply"]


@pytest.mark.parametrize("dialogue", [DETAILING, ANSWERING], ids=["details", "answer"])
def test_a_number_that_is_kept_for_staff_is_no_code(dialogue: Dialogue) -> None:
    ticket = coded(a_ticket(question="Mikä?"))
    reply = said(CODE, dialogue, a_world(ticket))
    assert not any(ticket.evidence for ticket in reply.tickets)


@pytest.mark.parametrize("dialogue", [ADDRESSING, CORRECTING], ids=["filling", "correcting"])
def test_where_an_address_is_asked_for_digits_in_it_are_no_code(dialogue: Dialogue) -> None:
    address = f"{CODE}@example.com"
    world = a_world(coded(a_ticket()))
    reply = said(address, dialogue, world)
    assert not any(ticket.evidence for ticket in reply.tickets)
    assert "code.right" not in keys(reply)


# The word in a letter with a code, by which its reader says that they did not ask


WORD = "BCDF-GHKL"
HELD = a_world(codes=Codes(words=frozenset({WORD})))


@pytest.mark.parametrize("text", [WORD, "bcdfghkl.", f"En pyytänyt tätä: {WORD}. Lopettakaa!"])
@pytest.mark.parametrize("dialogue", [a_dialogue(), NAMING, DETAILING])
def test_the_word_is_taken_wherever_the_conversation_stands(text: str, dialogue: Dialogue) -> None:
    assert keys(said(text, dialogue, HELD))[0] == "code.disowned"


def test_a_word_alone_that_nobody_knows_is_said_to_be_unknown() -> None:
    assert keys(said(WORD)) == ["code.word_unknown"]


def test_a_word_of_that_kind_within_a_text_may_be_anything() -> None:
    assert keys(said(f"tilaus {WORD}")) == ["out_of_scope.reply"]


# Plain questions and requests


def test_a_question_is_answered() -> None:
    assert keys(said("evästeet?")) == ["answer.intro"]


def test_a_question_in_another_language_is_answered_in_that() -> None:
    assert said("use cookies?").language is Language.EN


@pytest.mark.parametrize("text", ["cookies?", "hm hm"])
def test_one_word_or_a_guess_does_not_change_the_language(text: str) -> None:
    assert said(text, a_dialogue(language=Language.SV)).language is Language.SV


@pytest.mark.parametrize("text", ["miksi?", "why?", "varför det?"])
def test_a_follow_up_asks_on_about_the_topic_of_the_answer_before(text: str) -> None:
    after_cookies = a_dialogue(topic=LastTopic(intent="question.cookies"))
    for world in (a_world(), a_world(a_ticket())):
        reply = said(text, after_cookies, world)
        assert (keys(reply), reply.topic) == (["answer.intro"], "question.cookies")
    assert keys(said(text)) == ["out_of_scope.reply"]


def test_with_a_ticket_open_only_the_answer_just_before_is_asked_on_about() -> None:
    reader = Reads(Reading(means=Meaning.CHASE))
    world = a_world(a_ticket(), knowledge=replace(KNOWLEDGE, reader=reader))
    before = LastTopic(intent="question.cookies")
    assert keys(said("miksi?", a_dialogue(topic=before), world)) == ["answer.intro"]
    later = a_dialogue(topic=replace(before, ago=1))
    assert keys(said("miksi?", later, world)) == ["status.awaiting_code"]


def test_a_greeting_is_answered_in_its_own_language() -> None:
    assert said("hello", a_dialogue(language=Language.SV)).language is Language.EN
    swedish = replace(KNOWLEDGE, rules=Rules(languages=(Language.SV,)))
    world = a_world(knowledge=swedish)
    assert said("hello", a_dialogue(language=Language.SV), world).language is Language.SV


def test_a_message_in_another_language_can_be_passed_on_in_the_middle_of_nothing() -> None:
    reply = said(IN_GERMAN, a_dialogue(language=Language.SV))
    assert (keys(reply), reply.unanswered) == (["other_language.reply"], IN_GERMAN)
    assert reply.language is Language.SV


def test_a_language_is_spoken_when_it_is_asked_for() -> None:
    reply = said("puhutko ruotsia")
    assert (reply.language, keys(reply)) == (Language.SV, ["smalltalk.language"])


def test_a_language_that_is_not_spoken_here_is_not_spoken() -> None:
    finnish = replace(KNOWLEDGE, rules=Rules(languages=(Language.FI,)))
    assert said("puhutko ruotsia", world=a_world(knowledge=finnish)).language is Language.FI


def test_a_request_is_offered() -> None:
    reply = said("poistakaa tietoni")
    assert isinstance(reply.state, Offered)
    assert reply.state.request.right is Right.ERASURE


def test_two_rights_in_one_message_are_offered_one_after_the_other() -> None:
    reply = said("näyttäkää ja poistakaa")
    assert isinstance(reply.state, Offered)
    assert reply.state.request.rights == (Right.ACCESS, Right.ERASURE)


def test_a_report_beside_a_request_is_taken_and_the_request_offered() -> None:
    reply = said("vuosi, poistakaa")
    assert keys(reply)[0] == "incident.received"
    assert reply.inquiry is not None
    assert isinstance(reply.state, Offered)
    assert reply.state.request.right is Right.ERASURE


def test_a_report_in_the_middle_of_a_form_is_taken_and_the_form_goes_on() -> None:
    reply = said("teiltä vuosi", SUMMED_UP)
    assert keys(reply) == ["incident.received", "summary.text"]
    assert reply.inquiry is not None


def test_a_report_in_the_place_of_details_is_taken_and_the_details_are_asked_for_again() -> None:
    reply = said("teiltä vuosi", DETAILING)
    assert keys(reply) == ["incident.received", "field.details.access"]


def test_a_report_in_an_answer_to_staff_is_read_by_staff() -> None:
    reply = said("teiltä vuosi", ANSWERING, a_world(a_ticket(question="Mikä?")))
    assert reply.inquiry is None


def test_who_asks_again_for_what_is_offered_agrees() -> None:
    dialogue = a_dialogue(Offered(a_request(Right.ERASURE)))
    assert isinstance(said("poistakaa tietoni", dialogue).state, Filling)


def test_who_only_quotes_what_is_offered_agrees_to_nothing() -> None:
    dialogue = a_dialogue(Offered(a_request(Right.ERASURE)))
    quoted = "> poistakaa tietoni"
    words = replace(WORDS, intents={**WORDS.intents, quoted: "request.erasure"})
    world = a_world(knowledge=replace(KNOWLEDGE, matcher=words))
    reply = said(quoted, dialogue, world)
    assert (keys(reply), reply.tickets) == (["offer.again"], ())


def test_another_right_takes_the_place_of_the_offered_one() -> None:
    reply = said("poistakaa tietoni", OFFERED)
    assert isinstance(reply.state, Offered)
    assert reply.state.request.rights == (Right.ERASURE,)


def test_in_the_middle_of_a_request_another_right_comes_after_it() -> None:
    reply = said("näyttäkää ja poistakaa", SUMMED_UP)
    assert keys(reply) == ["offer.also", "summary.text"]
    assert reply.state == Summary(filled(later=(Right.ERASURE,), opening="näyttäkää ja poistakaa"))


def test_a_cancel_is_understood() -> None:
    reply = said("peruuta pyyntö", world=a_world(a_ticket()))
    assert reply.state == Withdrawing("id-1")


# Yes and no


def test_a_sentence_that_agrees_is_a_yes() -> None:
    assert isinstance(said("joo tehdään niin", OFFERED).state, Filling)


@pytest.mark.parametrize("dialogue", [OFFERED, SUMMED_UP, NAMING, WITHDRAWING, CORRECTING])
def test_a_no_stops_what_is_under_way(dialogue: Dialogue) -> None:
    reply = said("ei", dialogue, a_world(a_ticket()))
    assert (keys(reply), reply.state) == (["stopped"], Idle())


def test_with_nothing_under_way_a_yes_means_nothing() -> None:
    assert keys(said("joo")) == ["nothing_open"]


def test_a_fault_in_the_summary_asks_for_that_field_again() -> None:
    state = said("nimi on väärin", SUMMED_UP).state
    assert isinstance(state, Filling)
    assert state.asking.name == "name"
    assert set(state.request.fields) == {"email", "details"}


def test_a_yes_withdraws_the_ticket() -> None:
    reply = said("kyllä", WITHDRAWING, a_world(a_ticket()))
    assert reply.tickets[0].state is TicketState.WITHDRAWN


# Filling in a form


@pytest.mark.parametrize("name", ["Matti", "Jo Nesbø", "张伟", "Marianne af Hällström"])
def test_a_name_may_look_like_anything(name: str) -> None:
    assert field_of(said(name, NAMING), "name") == name


def test_an_optional_field_is_skipped_in_words() -> None:
    assert field_of(said("minulla ei ole sähköpostia", ADDRESSING), "email") == ""


def test_a_no_in_the_details_is_what_staff_are_told() -> None:
    assert field_of(said("no", DETAILING), "details") == "no"


@pytest.mark.parametrize("text", ["evästeet?", "ihminen kiitos", "missä pyyntöni on"])
def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(text: str) -> None:
    reply = said(text, NAMING)
    assert keys(reply)[-1] == "field.name.ask"
    assert reply.state == NAMING.state


@pytest.mark.parametrize("text", ["hm hm", "onko se pakko kertoa", "sanoin jo"])
def test_what_is_no_name_is_not_kept_as_one(text: str) -> None:
    reply = said(text, NAMING)
    state = reply.state or NAMING.state
    assert isinstance(state, Filling)
    assert state.request.fields == {}
    assert keys(reply)[-1] == "field.name.ask"


def test_an_address_is_never_an_aside() -> None:
    assert field_of(said(f"{EMAIL} ?", ADDRESSING), "email") == EMAIL


def test_a_question_in_the_details_is_answered_and_the_details_are_asked_for_again() -> None:
    assert keys(said("evästeet?", DETAILING)) == ["answer.intro", "field.details.access"]


# Answering staff, correcting an address


def test_an_answer_goes_to_staff_whatever_it_says() -> None:
    reply = said("ei", ANSWERING, a_world(a_ticket(question="Vielä muuta?")))
    assert reply.tickets[0].notes[-1].text == "ei"


def test_the_right_address_is_taken() -> None:
    reply = said(OTHER, CORRECTING, a_world(a_ticket()))
    assert reply.tickets[-1].person.email == OTHER
    assert reply.state == Idle()
    assert Resend("id-1") in pressable(reply)


def test_what_is_no_address_is_asked_for_again() -> None:
    reply = said("other(at)example", CORRECTING, a_world(a_ticket()))
    assert keys(reply) == ["field.email.invalid", "correct.prompt"]
    assert reply.state is None


def test_a_question_before_the_address_is_answered_first() -> None:
    reply = said("evästeet?", CORRECTING, a_world(a_ticket()))
    assert keys(reply) == ["answer.intro", "correct.prompt"]


@pytest.mark.parametrize("state", [Correcting("of-nobody"), Correcting("id-1")])
def test_where_no_code_is_awaited_any_more_there_is_nothing_to_correct(state: State) -> None:
    reply = said("evästeet?", a_dialogue(state), a_world(proved(a_ticket())))
    assert (keys(reply), reply.state) == (["answer.intro"], Idle())


def test_what_is_said_in_place_of_a_yes_to_withdrawing_withdraws_nothing() -> None:
    reply = said("kyllä kai sitten", WITHDRAWING, a_world(a_ticket()))
    assert (reply.tickets, reply.state) == ((), Idle())


def test_what_may_answer_staff_agrees_to_no_request_that_is_open_beside() -> None:
    asked = a_ticket(question="Mikä tilaus?")
    world = a_world(asked, knowledge=replace(KNOWLEDGE, reader=Reads(Reading(means=Meaning.AGREE))))
    for dialogue in (OFFERED, SUMMED_UP):
        reply = on_text(dialogue, Said(text="se joka varastettiin"), world)
        assert reply.tickets == ()
        assert reply.state in (None, dialogue.state)
        assert keys(reply)[0] == "status.question"
        assert AnswerStaff(asked.id) in pressable(reply)


def test_good_thanks_for_nothing_where_an_address_is_asked_for() -> None:
    thanked = replace(KNOWLEDGE, reader=Reads(Reading(means=Meaning.THANKS)))
    reply = said("bra", ADDRESSING, a_world(knowledge=thanked))
    assert keys(reply) == ["field.email.invalid", "field.email.ask"]
    assert "field.email.invalid" not in keys(said("kiitos", ADDRESSING, a_world(knowledge=thanked)))


def test_a_no_to_the_right_address_leaves_it_as_it_was() -> None:
    reply = said("ei kiitos", CORRECTING, a_world(a_ticket()))
    assert (keys(reply), reply.state) == (["stopped"], Idle())


@pytest.mark.parametrize("dialogue", [OFFERED, NAMING, SUMMED_UP])
def test_what_only_looks_like_an_end_by_its_words_drops_nothing(dialogue: Dialogue) -> None:
    matcher = replace(WORDS, intents={"ja Roger samoin": "cancel"}, confidence=0.5)
    reader = Reads(Reading(means=Meaning.ALSO_RIGHT))
    world = a_world(knowledge=replace(KNOWLEDGE, reader=reader, matcher=matcher))
    reply = on_text(dialogue, Said(text="ja Roger samoin"), world)
    assert "stopped" not in keys(reply)
    assert reply.state is None or type(reply.state) is type(dialogue.state)


def test_what_is_asked_besides_a_request_is_answered_before_the_offer() -> None:
    reply = said("evästeet? poistakaa")
    assert keys(reply)[:2] == ["answer.intro", "offer.erasure"]
    assert isinstance(reply.state, Offered)


@pytest.mark.parametrize("dialogue", [OFFERED, NAMING, ADDRESSING, DETAILING, SUMMED_UP])
def test_a_question_about_the_question_is_explained(dialogue: Dialogue) -> None:
    reply = said("mitä tarkoitat?", dialogue)
    assert keys(reply)[0].endswith(".meant")
    assert reply.state in (None, dialogue.state)


def test_at_the_right_address_too() -> None:
    world = a_world(a_ticket())
    assert keys(said("miksi kysytte?", CORRECTING, world)) == ["field.email.why", "correct.prompt"]


def test_no_copy_of_a_passport_is_taken_but_by_staff_who_asked() -> None:
    assert keys(said("tässä passini", NAMING)) == ["law.id_documents", "field.name.ask"]
    answer = said("tässä passini", ANSWERING, a_world(a_ticket(question="Mikä?")))
    assert answer.tickets[0].notes[-1].text == "tässä passini"


def test_a_name_that_reads_like_a_no_is_asked_back_about_and_not_kept() -> None:
    reply = said("No Won-bin", NAMING)
    assert keys(reply) == ["field.name.sure"]
    assert reply.state is None


def test_who_asks_how_it_goes_is_told_and_what_is_to_be_sent_stays() -> None:
    chased = replace(KNOWLEDGE, reader=Reads(Reading(means=Meaning.CHASE)))
    ticket = a_ticket()
    dialogue = a_dialogue(Sending(ticket.id, Action.ADD, "liitän laskun"))
    reply = said("milloin saan vastauksen?", dialogue, a_world(ticket, knowledge=chased))
    assert keys(reply)[0] == "status.awaiting_code"
    assert reply.state in (None, dialogue.state)


@pytest.mark.parametrize("right", [Right.ACCESS, Right.RECTIFICATION])
def test_an_address_alone_neither_agrees_to_an_offer_nor_asks_for_another(right: Right) -> None:
    words = replace(WORDS, intents={EMAIL: "request.rectification"})
    world = a_world(knowledge=replace(KNOWLEDGE, matcher=words))
    reply = on_text(a_dialogue(Offered(a_request(right))), Said(text=EMAIL), world)
    assert keys(reply) == ["offer.again"]
    assert not isinstance(reply.state, Filling)


def test_another_right_beside_a_yes_comes_after_the_offered_one() -> None:
    text = "joo ja lopettakaa mainokset"
    words = replace(WORDS, intents={text: "request.marketing_objection"})
    world = a_world(
        knowledge=replace(KNOWLEDGE, matcher=words, reader=Reads(Reading(means=Meaning.ALSO_RIGHT)))
    )
    state = on_text(a_dialogue(Offered(a_request())), Said(text=text), world).state
    assert isinstance(state, Offered)
    assert state.request.rights == (Right.ACCESS, Right.MARKETING_OBJECTION)
