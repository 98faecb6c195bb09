"""A step: one event of a customer, and all that it leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.buttons import (
    KINDS,
    Answer,
    AnswerStaff,
    Button,
    CorrectAddress,
    Instead,
    No,
    NoneOfThese,
    OpenPrivateChat,
    PassToStaff,
    Restart,
    SharePhone,
    Skip,
    Withdraw,
)
from bot.core.catalog import Language, Right
from bot.core.contacts import email, phone
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Form,
    Idle,
    Offered,
    OfTicket,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.request_fields import Field
from bot.core.conversation.step import Step, lookups, please_wait, step
from bot.core.effects import Say
from bot.core.events import Chose, CustomerEvent, Requested, Said, Shared
from bot.core.pace import Pace
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.core.tickets.ticket import THE_CUSTOMER, Action, Note, Ticket
from tests.core.conversation.worlds import (
    CODE,
    EMAIL,
    KNOWLEDGE,
    MATTI,
    NOW,
    WORDS,
    Understood,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    coded,
    filled,
    keys,
)

OTHER = "other@example.com"
NUMBER = "+358401234567"
FORM = Requested(right=Right.ACCESS, name="Matti", email=OTHER, details="", language=Language.SV)
STATES = (
    Idle(),
    Offered(a_request()),
    Filling(a_request(), Field("name")),
    Filling(a_request(fields={"name": "M"}), Field("email", optional=True)),
    Summary(filled(later=(Right.ERASURE,))),
    Answering("id-1"),
    Withdrawing("id-1"),
    Correcting("id-1"),
)


class Nothing:
    """New ids, of which none may be drawn."""

    def __getattr__(self, name: str) -> str:
        raise AssertionError(f"{name} was drawn")


def said(step: Step) -> Say:
    say = step.effects[0]
    assert isinstance(say, Say)
    return say


# What a step is made of


def test_a_machine_says_that_it_is_one_at_the_first_interaction_and_only_then() -> None:
    first = step(Dialogue(language=Language.FI), Said(text="hei"), a_world())
    assert keys(said(first).parts) == ["machine", "smalltalk.hello"]
    second = step(first.dialogue, Said(text="hei"), a_world())
    assert keys(said(second).parts) == ["smalltalk.hello"]


def test_what_is_asked_is_counted_and_a_greeting_is_not() -> None:
    counted = step(a_dialogue(), Said(text="evästeet?"), a_world()).asked
    assert counted == (AskedTopic(topic="topic.cookies", result=QuestionResult.ANSWERED),)
    assert step(a_dialogue(), Said(text="hei"), a_world()).asked == ()


def test_what_is_kept_to_learn_from_is_counted_in_the_dialogue() -> None:
    words = frozenset("kuka vastaa".split())
    world = replace(a_world(), knowledge=replace(KNOWLEDGE, words=words))
    known = Understood(intents={"kuka vastaa, kuka": "not_in_notice.officer"})
    world = replace(world, knowledge=replace(world.knowledge, matcher=known))
    first = step(a_dialogue(), Said(text="kuka vastaa, kuka"), world)
    assert first.unanswered is not None
    assert (first.unanswered.text, first.dialogue.kept) == ("kuka vastaa, kuka", 1)
    second = step(first.dialogue, Said(text="hei"), world)
    assert (second.unanswered, second.dialogue.kept) == (None, 1)


def test_the_answer_goes_where_the_person_wrote() -> None:
    assert said(step(a_dialogue(), Said(text="hei"), a_world())).to == MATTI


def test_the_buttons_of_a_question_carry_its_number() -> None:
    after = step(a_dialogue(asked=3), Said(text="poistakaa tietoni"), a_world())
    assert after.dialogue.asked == 4
    assert [choice.button for choice in said(after).choices][-1] == No(4)


def test_an_answer_without_a_question_leaves_the_last_one_current() -> None:
    after = step(a_dialogue(asked=3), Said(text="evästeet?"), a_world())
    assert after.dialogue.asked == 3


def test_a_button_of_the_last_question_works_and_of_an_earlier_one_does_not() -> None:
    asked = step(a_dialogue(STATES[3]), Chose(token=Skip(3).encode()), a_world())
    again = step(asked.dialogue, Chose(token=Skip(3).encode()), a_world())
    assert keys(said(again).parts) == ["stale_button"]


def test_the_language_of_the_message_is_kept() -> None:
    after = step(a_dialogue(), Said(text="use cookies?"), a_world())
    assert (after.dialogue.language, said(after).language) == (Language.EN, Language.EN)


def test_a_question_can_be_passed_until_the_next_message() -> None:
    asked = step(a_dialogue(), Said(text="kuka vastaa?"), a_world())
    assert asked.dialogue.unanswered == "kuka vastaa?"
    passed = step(asked.dialogue, Chose(token=PassToStaff(4).encode()), a_world())
    assert passed.inquiry is not None
    later = step(asked.dialogue, Said(text="hei"), a_world())
    assert later.dialogue.unanswered == ""


def test_a_ticket_that_changed_twice_is_kept_as_it_is_in_the_end() -> None:
    ticket = coded(a_ticket())
    after = step(a_dialogue(), Said(text=CODE), a_world(ticket))
    assert [t.id for t in after.tickets] == ["id-1"]
    assert after.tickets[0].evidence
    assert [record.actor for record in after.records] == [THE_CUSTOMER.key]


def test_a_form_and_a_shared_number_are_taken() -> None:
    world = a_world()
    assert keys(said(step(a_dialogue(), FORM, world)).parts) == ["ticket.opened", "code.sent"]
    shared = step(a_dialogue(), Shared(phone=NUMBER), a_world(a_ticket()))
    assert keys(said(shared).parts) == ["phone.taken", "phone.code_too"]


@pytest.mark.parametrize("text", ["hei", "evästeet?", "poistakaa tietoni", "kuka vastaa?"])
def test_for_what_opens_nothing_no_id_number_or_code_is_drawn(text: str) -> None:
    step(a_dialogue(), Said(text=text), a_world(a_ticket(), new=Nothing()))


# What is looked up before


@pytest.mark.parametrize(
    ("dialogue", "event", "addresses"),
    [
        (a_dialogue(), Said(text="hei"), set()),
        (a_dialogue(Summary(filled())), Said(text="kyllä"), {EMAIL}),
        (a_dialogue(STATES[2]), Said(text="Matti"), set()),
        (a_dialogue(Correcting("id-1")), Said(text=f"se on {OTHER}"), {OTHER}),
        (a_dialogue(Correcting("id-1")), Said(text="ei"), set()),
        (a_dialogue(), FORM, {OTHER}),
    ],
)
def test_addresses_that_may_get_a_code_are_looked_up(
    dialogue: Dialogue, event: CustomerEvent, addresses: set[str]
) -> None:
    assert lookups(dialogue, (), event, "").addresses == addresses


def test_the_addresses_of_tickets_and_the_vouched_one_are_looked_up() -> None:
    needed = lookups(a_dialogue(), (a_ticket(),), Said(text="hei"), OTHER)
    assert needed.addresses == {EMAIL, OTHER}


def test_a_shared_number_is_looked_up() -> None:
    assert lookups(a_dialogue(), (), Shared(phone=NUMBER), "").phones == {NUMBER}
    assert not lookups(a_dialogue(), (), Said(text=NUMBER), "").phones


# Whatever comes


def tokens() -> st.SearchStrategy[str]:
    plain = [kind().encode() for kind in (NoneOfThese, Restart, SharePhone, OpenPrivateChat)]
    things = ("id-1", "id-2", "cookies", "human")
    named = [f"{kind.word}:{thing}" for kind in KINDS for thing in things]
    numbered = [kind(3).encode() for kind in KINDS if issubclass(kind, Answer)]
    return st.sampled_from([*plain, *named, *numbered, "", "x"])


events: st.SearchStrategy[CustomerEvent] = st.one_of(
    st.builds(
        Said,
        text=st.sampled_from(
            [*WORDS.intents, *WORDS.options, "kyllä", "ei", CODE, OTHER, EMAIL, "Matti", "/cancel"]
        )
        | st.text(max_size=9),
        edited=st.booleans(),
        attached=st.booleans(),
    ),
    st.builds(Chose, token=tokens()),
    st.builds(Shared, phone=st.sampled_from(["", NUMBER])),
    st.builds(
        Requested,
        right=st.sampled_from(Right),
        name=st.just("M"),
        email=st.sampled_from(["", OTHER, "x"]),
        details=st.just(""),
        language=st.sampled_from(Language),
    ),
)


@settings(max_examples=20, database=None)
@given(st.sampled_from(STATES), st.lists(events, min_size=1, max_size=4))
def test_whatever_comes_is_answered(state: State, coming: list[CustomerEvent]) -> None:
    dialogue = a_dialogue(state)
    tickets: tuple[Ticket, ...] = (coded(a_ticket(question="Mikä?")),)
    for event in coming:
        world = a_world(*tickets)
        made = step(dialogue, event, world)
        assert said(made).parts
        assert made.dialogue.greeted
        dialogue = made.dialogue
        tickets = world.changed(made.tickets).tickets


def test_each_event_spends_of_the_pace_and_nothing_else_of_it_changes() -> None:
    taken = step(a_dialogue(), Said(text="hei"), a_world())
    assert taken.dialogue.pace == Pace(spent=1, at=NOW)


def test_who_has_to_wait_is_told_so_once() -> None:
    told, said = please_wait(a_dialogue(), MATTI)
    assert said is not None
    assert keys(said.parts) == ["please_wait"]
    assert (said.to, told.pace.told) == (MATTI, True)
    assert please_wait(told, MATTI) == (told, None)


def test_addresses_and_the_shared_number_are_looked_up_in_the_register() -> None:
    needed = lookups(a_dialogue(), (a_ticket(),), Shared(phone=NUMBER), OTHER)
    assert needed.contacts == {email(EMAIL), email(OTHER), phone(NUMBER)}
    foreign = lookups(a_dialogue(), (), Shared(phone=""), "")
    assert foreign.contacts == frozenset()


# A request that waits while a ticket is attended to

QUESTIONED = a_ticket(question="Mikä tilaus?")
WAITING = (
    Offered(a_request()),
    Filling(a_request(fields={"name": "M"}), Field("email", optional=True)),
    Summary(filled()),
)
PRESSES = (AnswerStaff("id-1"), Withdraw("id-1"), CorrectAddress("id-1"))


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("press", PRESSES)
def test_a_request_waits_while_a_ticket_is_attended_to_and_goes_on_afterwards(
    state: Form, press: Button
) -> None:
    world = a_world(QUESTIONED)
    begun = step(a_dialogue(state), Chose(token=press.encode()), world).dialogue
    assert isinstance(begun.state, OfTicket)
    assert (begun.form, begun.person) == (state, MATTI)
    done = step(begun, Said(text="peru"), world)
    assert (done.dialogue.state, done.dialogue.form) == (state, None)
    assert len(keys(said(done).parts)) > 1
    assert any(isinstance(choice.button, Answer) for choice in said(done).choices)


def test_an_answer_to_staff_is_taken_and_the_form_asked_again_below_it() -> None:
    world = a_world(QUESTIONED)
    begun = step(a_dialogue(WAITING[1]), Chose(token=PRESSES[0].encode()), world).dialogue
    done = step(begun, Said(text="se viimeinen"), world)
    assert done.tickets[0].notes[-1].text == "se viimeinen"
    assert keys(said(done).parts) == ["answer_staff.thanks", "field.email.ask"]
    assert done.dialogue.state == WAITING[1]


def test_what_is_asked_in_between_lets_the_request_wait_on() -> None:
    begun = a_dialogue(Correcting("id-1"), form=WAITING[2])
    asked = step(begun, Said(text="evästeet?"), a_world(a_ticket()))
    assert (asked.dialogue.state, asked.dialogue.form) == (Correcting("id-1"), WAITING[2])


def test_a_new_request_takes_the_place_of_the_one_that_waits() -> None:
    begun = a_dialogue(Withdrawing("id-1"), form=WAITING[0])
    asked = step(begun, Said(text="poistakaa tietoni"), a_world(a_ticket()))
    assert isinstance(asked.dialogue.state, Offered)
    assert asked.dialogue.form is None


def test_words_that_were_not_sent_wait_until_what_was_asked_later_is_answered() -> None:
    newer = a_ticket(id="id-2", number="T-2026-0002", question="Milloin?")
    world = a_world(QUESTIONED, newer)
    first = Sending("id-1", Action.ANSWER, "ihan sama")
    later = Sending("id-2", Action.ANSWER, "vasta sitten")
    begun = a_dialogue(later, form=first)
    done = step(begun, Said(text="joo"), world)
    assert [ticket.id for ticket in done.tickets] == ["id-2"]
    assert (done.dialogue.state, done.dialogue.form) == (first, None)
    assert "to_staff.answer" in keys(said(done).parts)


def test_words_that_are_moved_to_another_ticket_do_not_wait_as_well() -> None:
    newer = a_ticket(id="id-2", number="T-2026-0002", question="Milloin?")
    first = Sending("id-1", Action.ANSWER, "ihan sama")
    press = Chose(token=Instead("id-2").encode())
    moved = step(a_dialogue(first), press, a_world(QUESTIONED, newer)).dialogue
    assert (moved.state, moved.form) == (Sending("id-2", Action.ANSWER, "ihan sama"), None)


def test_other_words_for_another_ticket_let_the_first_wait() -> None:
    asked = Note(at=NOW, by="staff:sari", action=Action.ASK, text="Milloin?")
    newer = a_ticket(id="id-2", number="T-2026-0002", question="Milloin?", notes=(asked,))
    first = Sending("id-1", Action.ANSWER, "ihan sama")
    before = a_dialogue(first, pace=Pace(at=NOW))
    after = step(before, Said(text="vasta sitten"), a_world(QUESTIONED, newer)).dialogue
    assert (after.state, after.form) == (Sending("id-2", Action.ANSWER, "vasta sitten"), first)
