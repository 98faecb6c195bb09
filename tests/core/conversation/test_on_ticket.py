"""What is said while no form is open is about a ticket, unless it clearly is something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.core.buttons import AnswerStaff, CorrectAddress, PassToStaff, Resend, Withdraw
from bot.core.catalog import Language
from bot.core.conversation import on_ticket
from bot.core.conversation.dialogue import (
    Correcting,
    Filling,
    Idle,
    LastTopic,
    Offered,
    Sending,
    State,
    Withdrawing,
)
from bot.core.conversation.on_text import on_text, something_else
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import Field
from bot.core.effects import StaffWords
from bot.core.events import Said
from bot.core.tickets.ticket import Action, Note, Ticket
from bot.core.tickets.ticket import State as TicketState
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from tests.core.conversation.worlds import (
    CODE,
    KNOWLEDGE,
    NOW,
    WORDS,
    Reads,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    coded,
    keys,
    pressable,
    proved,
    withdrawn,
)
from tests.core.tickets.factories import in_state

M = Meaning
OTHER = "other@example.com"
OPEN = proved(a_ticket())
CONFIRMED = in_state(TicketState.CONFIRMED)
OPEN_TOO = replace(OPEN, id="id-3", number="T-2026-0003")
SECOND = replace(OPEN, id="id-2", number="T-2026-0002")
ENDED = withdrawn(a_ticket(id="id-9"))
ASKED = replace(OPEN, question="Mikä tilaus?")
QUOTED = "Sinulle on kysymys pyynnöstäsi T-2026-0001. Mikä tilaus?"
# Where staff may take it for an answer: nothing in it is clearly something else.
ANSWERS = [
    *(M.ANSWER, M.SKIP, M.CHANGE, M.ADD, M.LIMIT, M.DISPUTE, M.UNCLEAR, M.ON_BEHALF),
    *(M.QUESTION, M.OTHER_RIGHT, M.NEW_RIGHT, M.THANKS, M.GREETING, M.LANGUAGE, M.STOP),
]


def said(
    reading: Reading | Meaning,
    *tickets: Ticket,
    text: str = "hm hm",
    confidence: float = 0.5,
    state: State | None = None,
    replied_to: str = "",
) -> Reply:
    if isinstance(reading, Meaning):
        reading = Reading(means=reading)
    matcher = replace(WORDS, confidence=confidence)
    known = replace(KNOWLEDGE, reader=Reads(reading), matcher=matcher)
    event = Said(text=text, replied_to=replied_to)
    return on_text(a_dialogue(state), event, a_world(*tickets, knowledge=known))


# A question of staff is open


@pytest.mark.parametrize("means", ANSWERS)
def test_what_is_not_clearly_something_else_is_offered_as_the_answer(means: Meaning) -> None:
    reply = said(means, ASKED, text="tilausnumero on 4711")
    assert keys(reply) == ["status.question", "to_staff.answer"]
    assert reply.state == Sending("id-1", Action.ANSWER, "tilausnumero on 4711")
    assert reply.tickets == ()


def test_what_may_be_a_report_is_offered_as_the_answer_and_a_sure_one_is_heard() -> None:
    unsure = said(M.ANSWER, ASKED, text="teiltä vuosi", confidence=0.2)
    assert keys(unsure) == ["status.question", "to_staff.answer"]
    assert said(M.ANSWER, ASKED, text="teiltä vuosi", confidence=0.8).inquiry is not None


def test_what_only_sounds_like_a_report_is_the_answer_that_staff_wait_for() -> None:
    told = said(M.ANSWER, ASKED, text="sanoin jo, teiltä vuosi", confidence=0.5)
    assert keys(told) == ["status.question", "to_staff.answer"]
    assert said(M.BREACH, ASKED, text="teiltä vuosi", confidence=0.5).inquiry is not None
    assert said(M.ANSWER, OPEN, text="teiltä vuosi", confidence=0.5).inquiry is not None


@pytest.mark.parametrize(
    ("means", "text", "told"),
    [
        (M.QUESTION, "evästeet?", "answer.intro"),
        (M.UNCLEAR, "evästeet?", "answer.intro"),
        (M.GREETING, "hei", "smalltalk.hello"),
    ],
)
def test_what_clearly_is_something_else_is_answered_and_the_question_brought_up_again(
    means: Meaning, text: str, told: str
) -> None:
    reply = said(means, ASKED, text=text)
    assert keys(reply) == [told, "status.question"]
    assert AnswerStaff("id-1") in pressable(reply)


def test_a_right_that_is_clearly_asked_for_is_offered() -> None:
    assert isinstance(said(M.NEW_RIGHT, ASKED, text="poistakaa tietoni").state, Offered)


def test_a_stop_is_none_of_an_answer() -> None:
    assert said(M.STOP, ASKED, text="peruuta pyyntö").state == Withdrawing("id-1")


def test_who_answers_later_may() -> None:
    reply = said(M.POSTPONE, ASKED)
    assert (keys(reply), reply.state) == (["answer_staff.later"], Idle())


def test_who_wants_a_person_reads_where_one_is_and_can_still_send_it() -> None:
    reply = said(M.HUMAN, ASKED)
    assert keys(reply) == ["human.reply", "status.question", "to_staff.answer"]


def test_an_answer_is_to_the_question_put_last_unless_it_names_a_ticket() -> None:
    other = replace(SECOND, question="Mikä vuosi?")
    last = said(M.ANSWER, ASKED, other, text="2019")
    assert isinstance(last.state, Sending)
    assert last.state.ticket == "id-2"
    named = said(M.ANSWER, ASKED, other, text="T-2026-0001: 2019")
    assert isinstance(named.state, Sending)
    assert named.state.ticket == "id-1"


def test_digits_are_an_answer_where_no_code_is_awaited() -> None:
    assert isinstance(said(M.ANSWER, ASKED, text=CODE).state, Sending)


@pytest.mark.parametrize("text", ["tilaus 4711", CODE, "evästeet?"])
def test_a_reply_to_the_very_message_is_the_answer(text: str) -> None:
    reply = said(M.ANSWER, coded(ASKED), text=text, replied_to=QUOTED)
    assert keys(reply) == ["answer_staff.thanks"]
    assert reply.tickets[0].notes[-1].text == text


def test_in_the_middle_of_a_form_such_a_reply_is_taken_and_the_form_goes_on() -> None:
    filling = Filling(a_request(), Field("name"))
    reply = said(M.ANSWER, ASKED, state=filling, replied_to=QUOTED)
    assert keys(reply) == ["answer_staff.thanks", "field.name.ask"]
    assert reply.tickets[0].question == ""


def test_a_reply_that_withdraws_is_asked_about_wherever_one_is() -> None:
    filling = Filling(a_request(), Field("name"))
    for state in (Idle(), filling):
        reply = said(M.WITHDRAW, ASKED, state=state, replied_to=QUOTED)
        assert reply.state == Withdrawing("id-1")


def test_just_after_an_answer_what_follows_is_added_to_it() -> None:
    note = Note(at=NOW, by="customer", action=Action.ANSWER, text="4711")
    reply = said(M.ANSWER, replace(OPEN, notes=(note,)), text="ja 4712")
    assert reply.state == Sending("id-1", Action.ADD, "ja 4712")


# What is to be sent is asked about


SENDING = Sending("id-1", Action.ANSWER, "tilaus 4711")


def test_a_yes_sends_it() -> None:
    reply = said(M.AGREE, ASKED, text="lähetä", state=SENDING)
    assert (keys(reply), reply.state) == (["answer_staff.thanks"], Idle())
    assert reply.tickets[0].notes[-1].text == "tilaus 4711"


def test_a_no_sends_nothing() -> None:
    reply = said(M.ANSWER, ASKED, text="ei", state=SENDING)
    assert (keys(reply), reply.tickets, reply.state) == (["stopped"], (), Idle())


def test_what_follows_is_part_of_the_same_answer() -> None:
    reply = said(M.ANSWER, ASKED, text="ja 4712", state=SENDING)
    assert reply.state == replace(SENDING, text="tilaus 4711\nja 4712")


def test_what_is_asked_in_between_is_answered_and_it_is_asked_again() -> None:
    reply = said(M.QUESTION, ASKED, text="evästeet?", state=SENDING)
    assert keys(reply) == ["answer.intro", "status.question", "to_staff.answer"]
    again = said(M.CODE_MISSING, replace(a_ticket(), question="Mikä?"), state=SENDING)
    assert keys(again) == ["code.sent", "status.question", "to_staff.answer"]


def test_what_is_not_for_staff_is_read_like_any_other_message() -> None:
    sending = a_dialogue(replace(SENDING, text="evästeet?"))
    reply = something_else(sending, a_world(ASKED))
    assert (keys(reply), reply.state) == (["answer.intro", "status.question"], Idle())
    assert keys(something_else(a_dialogue(), a_world())) == ["stale_button"]


# A ticket is open


@pytest.mark.parametrize("means", [M.CODE_MISSING, M.NEW_CODE, M.CODE_EXPIRED])
def test_a_code_that_did_not_come_is_sent_anew(means: Meaning) -> None:
    reply = said(means, a_ticket())
    assert keys(reply) == ["code.sent"]
    assert Resend("id-1") in pressable(reply)


def test_an_address_that_is_wrong_is_corrected() -> None:
    given = said(Reading(means=M.CODE_ELSEWHERE, value=OTHER), a_ticket())
    assert given.tickets[-1].person.email == OTHER
    assert said(M.CODE_ELSEWHERE, a_ticket()).state == Correcting("id-1")


def test_a_new_address_is_put_in_place_of_one_that_was_not_proved() -> None:
    reading = Reading(means=M.CHANGE, field=Topic.EMAIL, value=OTHER)
    assert said(reading, a_ticket()).tickets[-1].person.email == OTHER
    assert said(reading, OPEN).state == Sending("id-1", Action.AMEND, "hm hm")


def test_an_answer_that_clearly_wants_a_right_withdraws_nothing() -> None:
    reply = said(M.WITHDRAW, ASKED, text="poistakaa tietoni")
    assert keys(reply) == ["status.question", "to_staff.answer"]
    assert said(M.WITHDRAW, OPEN, text="poistakaa tietoni").state == Withdrawing("id-1")


def test_withdrawing_asks_first() -> None:
    assert said(M.WITHDRAW, a_ticket()).state == Withdrawing("id-1")


@pytest.mark.parametrize("ticket", [OPEN, CONFIRMED])
def test_who_asks_how_it_goes_is_told_and_can_remind_staff_and_opens_nothing(
    ticket: Ticket,
) -> None:
    reply = said(M.CHASE, ticket)
    assert keys(reply)[0].startswith("status.")
    assert reply.state == Sending("id-1", Action.CHASE, "hm hm")
    assert reply.tickets == ()


@pytest.mark.parametrize("means", [M.UNCLEAR, M.ADD, M.CODE_MISSING, M.CHASE])
def test_speech_of_a_request_made_before_is_a_reminder_whatever_it_reads_like(
    means: Meaning,
) -> None:
    reply = said(means, OPEN, text="Pyysin tätä syyskuussa, eikä ole tullut vastausta")
    assert keys(reply) == ["status.with_staff", "to_staff.chase"]


@pytest.mark.parametrize(
    ("text", "confidence", "told"),
    [
        ("evästeet?", 0.5, "answer.intro"),
        ("evästeet?", 0.4, "status.with_staff"),
        ("missä pyyntöni on", 0.5, "status.with_staff"),
    ],
)
def test_what_is_clearly_asked_about_something_else_is_no_reminder(
    text: str, confidence: float, told: str
) -> None:
    assert keys(said(M.CHASE, OPEN, text=text, confidence=confidence))[0] == told


def test_where_the_answer_comes_is_asked_of_the_own_request() -> None:
    reply = said(M.QUESTION, OPEN, text="mistä sen vastauksen sitten näen", confidence=0.4)
    assert keys(reply) == ["status.with_staff", "to_staff.chase"]
    told = said(M.QUESTION, OPEN, text="mikä tuo sitten on", confidence=0.4)
    assert "to_staff.chase" not in keys(told)


def test_how_long_an_answer_may_take_is_asked_of_the_own_request() -> None:
    match = replace(WORDS.match("evästeet?"), intent="not_in_notice.response-time")
    reply = on_ticket.take(Reading(means=M.CHASE), match, "kauanko?", Language.FI, a_world(OPEN))
    assert reply is not None
    assert keys(reply) == ["status.with_staff", "to_staff.chase"]


@pytest.mark.parametrize("ticket", [a_ticket(), replace(a_ticket(), bounced="matti@example.com")])
def test_where_the_person_has_to_act_staff_are_not_reminded(ticket: Ticket) -> None:
    reply = said(M.CHASE, ticket)
    assert keys(reply)[0].startswith("status.")
    assert reply.state is None


@pytest.mark.parametrize(
    ("means", "action"),
    [
        (M.ADD, Action.ADD),
        (M.CHANGE, Action.AMEND),
        (M.LIMIT, Action.LIMIT),
        (M.DISPUTE, Action.DISPUTE),
    ],
)
def test_what_is_said_of_an_open_ticket_is_offered_to_staff_with_it(
    means: Meaning, action: Action
) -> None:
    reply = said(means, ENDED, OPEN)
    assert reply.state == Sending("id-1", action, "hm hm")
    assert reply.inquiry is None


@pytest.mark.parametrize("means", [M.UNCLEAR, M.DISPUTE, M.GREETING, M.ADD])
def test_a_limit_in_so_many_words_is_one_whatever_it_reads_like(means: Meaning) -> None:
    reply = said(means, OPEN, text="vain puhelinnumero, jättäkää muut")
    assert reply.state == Sending("id-1", Action.LIMIT, "vain puhelinnumero, jättäkää muut")


@pytest.mark.parametrize(
    ("means", "text", "confidence"),
    [
        (M.QUESTION, "vain puhelinnumero jätetään", 0.4),
        (M.UNCLEAR, "vain puhelinnumerotko jätetään?", 0.4),
        (M.GREETING, "hei", 0.9),
    ],
)
def test_a_question_or_a_greeting_sets_no_limit(
    means: Meaning, text: str, confidence: float
) -> None:
    limit = Sending("id-1", Action.LIMIT, text)
    assert said(means, OPEN, text=text, confidence=confidence).state != limit


def test_the_newest_open_ticket_is_meant_or_the_one_that_is_named() -> None:
    newest = said(M.ADD, OPEN, SECOND).state
    assert isinstance(newest, Sending)
    assert newest.ticket == "id-2"
    named = said(M.ADD, OPEN, SECOND, text="lisään pyyntöön T-2026-0001 laskut").state
    assert isinstance(named, Sending)
    assert named.ticket == "id-1"


def test_what_is_not_understood_may_be_for_staff() -> None:
    reply = said(M.UNCLEAR, OPEN, text="aivan tavallinen lause tähän")
    assert reply.state == Sending("id-1", Action.ADD, "aivan tavallinen lause tähän")
    assert keys(said(M.UNCLEAR, OPEN, text="hm hm")) == ["out_of_scope.reply"]
    awaited = said(M.UNCLEAR, a_ticket(), text="aivan tavallinen lause tähän")
    assert keys(awaited) == ["out_of_scope.reply"]


def test_one_of_the_phrases_means_what_it_says() -> None:
    reply = said(M.DISPUTE, OPEN, text="evästeet?", confidence=1.0)
    assert keys(reply) == ["answer.intro"]


def test_a_request_while_a_code_is_awaited_is_no_trouble_with_the_code() -> None:
    assert isinstance(said(M.CODE_MISSING, a_ticket(), text="poistakaa tietoni").state, Offered)


def test_what_else_is_said_is_answered_as_ever() -> None:
    assert keys(said(M.QUESTION, OPEN)) == ["out_of_scope.reply"]


@dataclass(frozen=True)
class DisputesWhatEnded:
    """A reader that finds a dispute in what is said after the end, and else nothing."""

    def read(self, asked: Asked, _text: str, _language: Language, /) -> Reading:
        return Reading(means=M.DISPUTE if asked.stage is Stage.CLOSED else M.OTHER_RIGHT)


@pytest.mark.parametrize(
    ("ago", "confidence", "disputed"), [(6, 0.4, True), (7, 0.4, False), (6, 0.5, False)]
)
def test_what_ended_lately_can_be_disputed_while_another_ticket_is_open(
    ago: int, confidence: float, disputed: bool
) -> None:
    ended = replace(ENDED, closed_at=NOW - timedelta(days=ago))
    matcher = replace(WORDS, confidence=confidence)
    known = replace(KNOWLEDGE, reader=DisputesWhatEnded(), matcher=matcher)
    world = a_world(ended, OPEN, knowledge=known)
    state = on_text(a_dialogue(), Said(text="en hyväksy tätä päätöstä"), world).state
    assert (state == Sending("id-9", Action.DISPUTE, "en hyväksy tätä päätöstä")) is disputed


# All tickets have ended


@pytest.mark.parametrize("means", [M.DISPUTE, M.ADD, M.CHASE])
def test_after_the_end_staff_get_it_with_the_ticket_and_nothing_is_opened(means: Meaning) -> None:
    reply = said(means, ENDED)
    assert keys(reply)[-1] == "to_staff.dispute"
    assert reply.state == Sending("id-9", Action.DISPUTE, "hm hm")
    assert (reply.tickets, reply.inquiry) == ((), None)


# No ticket is known here


def test_without_a_ticket_nothing_of_one_is_understood() -> None:
    assert keys(said(M.DISPUTE)) == ["out_of_scope.reply"]


def test_digits_that_are_no_code_cost_no_try() -> None:
    reply = said(M.UNCLEAR, coded(a_ticket()), text="1111")
    assert keys(reply) == ["code.misread"]
    assert Resend("id-1") in pressable(reply)
    assert reply.tickets == ()


def test_digits_in_several_groups_that_are_no_code_are_told_how_many_it_has() -> None:
    assert keys(said(M.CODE, coded(a_ticket()), text="se uudempi on 50 49 93")) == ["code.misread"]
    assert keys(said(M.CODE, ASKED, text="50 49 93")) == ["status.question", "to_staff.answer"]


def test_who_got_no_code_twice_is_asked_for_the_address() -> None:
    once = coded(a_ticket())
    assert keys(said(M.CODE_MISSING, once)) == ["code.sent"]
    twice = replace(once, codes_sent=once.codes_sent * 2)
    reply = said(M.CODE_MISSING, twice)
    assert keys(reply) == ["code.missing"]
    assert CorrectAddress("id-1") in pressable(reply)


def test_whoever_chases_a_request_that_is_not_known_here_is_led_to_a_person() -> None:
    text = "Pyysin tietojeni poistamista syyskuussa, ei vastausta"
    reply = said(M.NEW_RIGHT, text=text)
    assert keys(reply) == ["status.none", "inquiry.offer"]
    assert pressable(reply) == [PassToStaff()]
    assert (reply.state, reply.unanswered) == (None, text)


def test_a_phrase_means_what_it_says_there_too() -> None:
    words = replace(WORDS, intents={"ette ole vastanneet": "status"})
    known = replace(KNOWLEDGE, matcher=words)
    reply = on_text(a_dialogue(), Said(text="ette ole vastanneet"), a_world(knowledge=known))
    assert keys(reply) == ["status.none"]


# Thanks, and where the code is to go


def test_thanks_are_answered_where_nothing_is_asked() -> None:
    assert keys(said(M.THANKS, OPEN)) == ["smalltalk.thanks"]


def test_who_names_the_address_that_is_known_already_got_no_code() -> None:
    waiting = a_ticket()
    named = said(Reading(means=M.CODE_ELSEWHERE, value=waiting.person.email), waiting)
    assert keys(named) == keys(said(M.CODE_MISSING, waiting))


def test_who_wants_a_person_is_told_where_one_is_and_may_have_it_sent() -> None:
    reply = said(M.HUMAN, OPEN, text="ring me mornings", confidence=0.2)
    assert keys(reply) == ["human.reply", "to_staff.add"]
    assert reply.state == Sending(OPEN.id, Action.ADD, "ring me mornings")


@pytest.mark.parametrize(("confidence", "added"), [(0.2, True), (0.8, False)])
def test_what_is_not_clear_by_itself_goes_with_what_is_to_be_sent(
    confidence: float, *, added: bool
) -> None:
    sending = Sending(OPEN.id, Action.ADD, "ensin")
    reply = said(M.QUESTION, OPEN, text="evästeet?", confidence=confidence, state=sending)
    assert (reply.state == replace(sending, text="ensin\nevästeet?")) is added


def test_who_goes_on_disputing_asks_on_about_no_answer() -> None:
    words = replace(WORDS, confidence=0.3)
    known = replace(KNOWLEDGE, reader=Reads(Reading(means=M.DISPUTE)), matcher=words)
    sending = Sending(ENDED.id, Action.DISPUTE, "Se on väärin.")
    before = replace(a_dialogue(sending), topic=LastTopic(intent="question.cookies"))
    reply = on_text(before, Said(text="miksi?"), a_world(ENDED, knowledge=known))
    assert reply.state == replace(sending, text="Se on väärin.\nmiksi?")


# A wish to change a request


@pytest.mark.parametrize("means", [M.WITHDRAW, M.QUESTION, M.UNCLEAR])
def test_who_wishes_to_change_a_request_is_asked_what_and_withdraws_nothing(means: Meaning) -> None:
    reply = said(means, OPEN, text="Voinko muuttaa pyyntöäni?")
    assert keys(reply) == ["to_staff.what_to_change"]
    assert reply.state == Sending("id-1", Action.AMEND, "Voinko muuttaa pyyntöäni?")
    assert Withdraw("id-1") in pressable(reply)


def test_of_an_ended_request_that_goes_to_staff() -> None:
    reply = said(M.WITHDRAW, ENDED, text="haluan muuttaa pyyntöäni")
    assert reply.state == Sending("id-9", Action.DISPUTE, "haluan muuttaa pyyntöäni")


def test_without_a_request_here_it_is_led_to_a_person() -> None:
    assert keys(said(M.UNCLEAR, text="haluan muuttaa pyyntöäni"))[0] == "status.none"


@pytest.mark.parametrize("text", ["kyllä", "ok", "ja"])
def test_a_yes_where_a_code_is_awaited_is_told_so(text: str) -> None:
    reply = said(M.UNCLEAR, coded(a_ticket()), text=text)
    assert keys(reply) == ["code.awaited"]
    assert pressable(reply) == [Resend("id-1"), CorrectAddress("id-1")]


def test_a_yes_where_none_is_awaited_or_staff_asked_is_not() -> None:
    assert "code.awaited" not in keys(said(M.UNCLEAR, OPEN, text="kyllä"))
    asked = coded(a_ticket(question="Mikä tilaus?"))
    assert "code.awaited" not in keys(said(M.UNCLEAR, asked, text="kyllä"))


def test_who_asks_why_it_was_refused_reads_the_words_of_staff_again() -> None:
    note = Note(at=NOW, by="staff:mika", action=Action.REFUSE, text="Laki vaatii laskut.")
    refused = replace(OPEN, state=TicketState.REFUSED, closed_at=NOW, notes=(note,))
    reply = said(M.UNCLEAR, refused, OPEN_TOO, text="miksi hylkäsitte?")
    assert keys(reply)[0] == "letter.refuse"
    assert StaffWords(text="Laki vaatii laskut.") in reply.parts
    assert "letter.refuse" not in keys(said(M.UNCLEAR, OPEN, text="miksi hylkäsitte?"))


@pytest.mark.parametrize("text", ["mihin se koodi tulee", "vad är en kod"])
def test_who_asks_where_the_code_is_gets_no_other_one(text: str) -> None:
    reply = on_text(a_dialogue(), Said(text=text), a_world(coded(a_ticket())))
    assert keys(reply) == ["code.awaited"]
    assert not reply.effects
