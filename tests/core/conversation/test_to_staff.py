"""What a person writes about a ticket is offered first, and goes to staff on a yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import Instead, No, SomethingElse, Yes
from bot.core.catalog import Language
from bot.core.conversation import to_staff
from bot.core.conversation.dialogue import Idle, Sending, Withdrawing
from bot.core.conversation.reply import Reply
from bot.core.effects import ShowTicket, StaffWords, Text
from bot.core.pace import Pace
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.quotas import Quotas
from bot.core.tickets.ticket import MESSAGES, Action, Note, Ticket
from bot.core.tickets.transitions import Change, apply
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    NOW,
    Reads,
    a_dialogue,
    a_ticket,
    a_world,
    keys,
    pressable,
    proved,
    withdrawn,
)
from tests.core.tickets.factories import APPROVER

ASKED = a_ticket(question="Mikä tilaus?")
OPEN = proved(a_ticket())
SECOND = a_ticket(id="id-2", number="T-2026-0002")
THIRD = a_ticket(id="id-3", number="T-2026-0003")
FOURTH = a_ticket(id="id-4", number="T-2026-0004")
ENDED = withdrawn(a_ticket())
SENDING = Sending("id-1", Action.ANSWER, "Se toinen")
AGREED = replace(KNOWLEDGE, reader=Reads(Reading(means=Meaning.AGREE)))


def suspended(ticket: Ticket) -> Ticket:
    command = Command(action=Action.SUSPEND, text="Mikä tilaus?", ground=Ground.CLARIFICATION)
    change = apply(ticket, command, APPROVER, NOW - timedelta(days=3), KNOWLEDGE.rules)
    assert isinstance(change, Change)
    return change.ticket


def test_an_answer_is_offered_below_the_question_and_nothing_is_sent_yet() -> None:
    reply = to_staff.offer(ASKED, Action.ANSWER, "Se toinen", a_world(ASKED))
    assert keys(reply) == ["status.question", "to_staff.answer"]
    assert StaffWords(text="Mikä tilaus?") in reply.parts
    assert pressable(reply) == [Yes(), SomethingElse()]
    assert (reply.state, reply.tickets) == (SENDING, ())


@pytest.mark.parametrize("action", sorted(MESSAGES - {Action.CHASE}))
def test_what_is_said_of_a_ticket_is_offered_as_what_it_is(action: Action) -> None:
    reply = to_staff.offer(OPEN, action, "Ei laskuja", a_world(OPEN))
    assert keys(reply) == [f"to_staff.{action}"]
    assert reply.state == Sending("id-1", action, "Ei laskuja")


def test_who_need_not_remind_staff_says_no() -> None:
    assert pressable(to_staff.offer(OPEN, Action.CHASE, "Entä?", a_world(OPEN))) == [Yes(), No()]


def test_a_long_text_is_shown_in_part_and_sent_whole() -> None:
    reply = to_staff.offer(OPEN, Action.ADD, "sana " * 200, a_world(OPEN))
    assert len(str(reply.parts[-1])) < 600
    assert reply.state == Sending("id-1", Action.ADD, "sana " * 200)


def test_after_the_end_it_is_an_objection_with_the_day_of_the_end() -> None:
    reply = to_staff.offer(ENDED, Action.ADD, "Puolet puuttuu", a_world(ENDED))
    (part,) = reply.parts
    assert isinstance(part, Text)
    assert (part.key, part.values["ended"]) == ("to_staff.dispute", "2026-11-06")


def test_without_a_question_there_is_nothing_to_answer_and_it_is_added() -> None:
    assert keys(to_staff.offer(OPEN, Action.ANSWER, "Se toinen", a_world(OPEN))) == ["to_staff.add"]


@pytest.mark.parametrize(
    ("action", "others"),
    [
        (Action.ADD, [Instead("id-4"), Instead("id-3")]),
        (Action.ANSWER, [Instead("id-2")]),
        (Action.DISPUTE, [Instead("id-5"), Instead("id-4")]),
    ],
)
def test_the_newest_of_those_that_it_may_be_about_instead_are_offered(
    action: Action, others: list[Instead]
) -> None:
    questioned, ended = replace(SECOND, question="b?"), replace(ENDED, id="id-5")
    world = a_world(ASKED, questioned, THIRD, FOURTH, ended)
    reply = to_staff.offer(ASKED, action, "Se toinen", world)
    assert [one for one in pressable(reply) if isinstance(one, Instead)] == others
    about = to_staff.instead(Sending("id-1", action, "Se toinen"), questioned, world)
    assert about.state == Sending("id-2", action, "Se toinen")


def test_one_more_message_is_added_to_what_is_to_be_sent() -> None:
    reply = to_staff.lengthened(SENDING, "ja se kolmas", a_world(ASKED))
    assert keys(reply) == ["to_staff.answer"]
    assert reply.state == replace(SENDING, text="Se toinen\nja se kolmas")
    assert to_staff.lengthened(SENDING, "ja", a_world()).parts == ()


def test_it_is_asked_again_for_as_long_as_there_is_the_ticket() -> None:
    assert to_staff.ask_again(SENDING, a_world(ASKED)).state == SENDING
    assert to_staff.ask_again(SENDING, a_world()).parts == ()


@pytest.mark.parametrize("text", ["kyllä", "ei"])
def test_a_plain_yes_or_no_decides(text: str) -> None:
    reply = to_staff.decided(a_dialogue(SENDING), SENDING, text, a_world(ASKED))
    assert reply is not None
    assert reply.state == Idle()
    assert bool(reply.tickets) == (text == "kyllä")


def test_what_is_neither_decides_nothing() -> None:
    assert to_staff.decided(a_dialogue(SENDING), SENDING, "se vanha tili", a_world(ASKED)) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("joo, se ruskea takki", Language.FI),
        ("ok the brown coat", Language.EN),
        ("ja den bruna rocken", Language.SV),
    ],
)
def test_what_is_told_beside_a_yes_is_added_and_shown_before_it_goes(
    text: str, language: Language
) -> None:
    reply = to_staff.decided(
        a_dialogue(SENDING, language=language), SENDING, text, a_world(ASKED, knowledge=AGREED)
    )
    assert reply is not None
    assert (reply.state, reply.tickets) == (replace(SENDING, text=f"Se toinen\n{text}"), ())


@pytest.mark.parametrize("text", ["joo, lähetä vastaus henkilökunnalle", "👍"])
def test_whom_it_goes_to_is_nothing_more(text: str) -> None:
    reply = to_staff.decided(a_dialogue(SENDING), SENDING, text, a_world(ASKED, knowledge=AGREED))
    assert reply is not None
    assert reply.state == Idle()


def test_a_reminder_of_staff_needs_no_more_than_a_yes() -> None:
    chase = Sending("id-1", Action.CHASE, "Missä viipyy?")
    world = a_world(OPEN, knowledge=AGREED)
    reply = to_staff.decided(a_dialogue(chase), chase, "joo, muistuta niitä", world)
    assert reply is not None
    assert reply.state == Idle()


def test_on_a_yes_staff_get_the_words_on_the_ticket_and_the_due_day_is_told() -> None:
    sending = Sending("id-1", Action.LIMIT, "Ei laskuja")
    reply = to_staff.send(sending, a_world(OPEN))
    assert (keys(reply), reply.state) == (["to_staff.sent"], Idle())
    assert (reply.tickets[0].notes[-1].action, reply.tickets[0].notes[-1].text) == (
        Action.LIMIT,
        "Ei laskuja",
    )
    assert ShowTicket(ticket="id-1", number="T-2026-0001") in reply.effects
    assert isinstance(part := reply.parts[-1], Text)
    assert part.values["due"] == "2026-12-07"


def test_an_answer_lets_the_suspended_clock_run_on_and_tells_the_new_day() -> None:
    still = suspended(OPEN)
    reply = to_staff.send(SENDING, a_world(still))
    assert isinstance(part := reply.parts[-1], Text)
    assert (part.key, part.values["resumed"]) == ("answer_staff.thanks", True)
    assert part.values["due"] == "2026-12-08"
    assert reply.tickets[0].clock.suspended_on is None
    assert reply.tickets[0].question == ""


def test_where_the_clock_did_not_stand_still_nothing_is_said_of_it() -> None:
    reply = to_staff.send(SENDING, a_world(ASKED))
    assert isinstance(part := reply.parts[-1], Text)
    assert part.values["resumed"] is False


@pytest.mark.parametrize(
    ("ticket", "action"), [(OPEN, Action.ADD), (ENDED, Action.DISPUTE)], ids=["open", "ended"]
)
def test_an_answer_that_comes_too_late_reaches_staff_as_it_still_can(
    ticket: Ticket, action: Action
) -> None:
    reply = to_staff.send(SENDING, a_world(ticket))
    assert reply.tickets[0].notes[-1].action is action
    assert reply.tickets[0].state is ticket.state


def test_to_a_ticket_that_is_no_longer_there_nothing_is_sent() -> None:
    assert keys(to_staff.send(SENDING, a_world())) == ["stale_button"]


def test_nothing_is_not_sent() -> None:
    assert keys(to_staff.send(replace(SENDING, text=" "), a_world(ASKED))) == ["stale_button"]


def test_only_so_many_messages_a_day_reach_staff_but_every_answer_does() -> None:
    note = Note(at=NOW, by="customer", action=Action.ADD, text="Myös laskut")
    full = replace(OPEN, notes=(*OPEN.notes, *[note] * Quotas().ticket_messages))
    over = to_staff.send(Sending("id-1", Action.ADD, "Myös laskut"), a_world(full))
    assert (keys(over), over.tickets, over.state) == (["to_staff.too_many"], (), Idle())
    asked = replace(full, question="Mikä tilaus?")
    assert keys(to_staff.send(SENDING, a_world(asked))) == ["answer_staff.thanks"]


# Where the answer was asked for


def test_an_answer_reaches_staff_word_for_word() -> None:
    reply = to_staff.take_answer(ASKED, "Se toinen, ei muita", Meaning.ANSWER, a_world(ASKED))
    assert keys(reply) == ["answer_staff.thanks"]
    assert reply.tickets[0].notes[-1].text == "Se toinen, ei muita"
    assert reply.state == Idle()


@pytest.mark.parametrize("means", [Meaning.STOP, Meaning.POSTPONE])
def test_a_stop_stops_the_answer(means: Meaning) -> None:
    reply = to_staff.take_answer(ASKED, "ei nyt", means, a_world(ASKED))
    assert (keys(reply), reply.tickets, reply.state) == (["stopped"], (), Idle())


def test_who_withdraws_in_place_of_answering_is_asked_first() -> None:
    reply = to_staff.take_answer(ASKED, "peruutan", Meaning.WITHDRAW, a_world(ASKED))
    assert (keys(reply), reply.state) == (["withdraw.sure"], Withdrawing("id-1"))


@pytest.mark.parametrize("ticket", [None, a_ticket(), withdrawn(ASKED)])
def test_an_answer_to_nothing_is_stale(ticket: Ticket | None) -> None:
    reply = to_staff.take_answer(ticket, "Se toinen", Meaning.ANSWER, a_world())
    assert (keys(reply), reply.state) == (["stale_button"], Idle())


@pytest.mark.parametrize(
    ("asked_later", "ticket", "words"),
    [(True, "id-2", "vasta sitten"), (False, "id-1", "Se toinen\nvasta sitten")],
)
def test_what_is_written_after_another_question_answers_that_one(
    *, asked_later: bool, ticket: str, words: str
) -> None:
    at = NOW if asked_later else NOW - timedelta(hours=2)
    asked = Note(at=at, by="staff:sari", action=Action.ASK, text="Milloin?")
    newer = replace(SECOND, question="Milloin?", notes=(asked,))
    dialogue = a_dialogue(SENDING, pace=Pace(at=NOW - timedelta(hours=1)))
    reply = to_staff.goes_on(dialogue, SENDING, "vasta sitten", a_world(ASKED, newer))
    assert reply.state == Sending(ticket, Action.ANSWER, words)


def test_nothing_is_newer_than_words_of_which_nobody_knows_when_they_came() -> None:
    newer = replace(SECOND, question="Milloin?")
    reply = to_staff.goes_on(a_dialogue(SENDING), SENDING, "ja se", a_world(ASKED, newer))
    assert reply.state == replace(SENDING, text="Se toinen\nja se")


WISH = Sending("id-1", Action.AMEND, "Voinko muuttaa pyyntöäni?")


def decided(text: str, means: Meaning, *tickets: Ticket) -> Reply | None:
    known = replace(KNOWLEDGE, reader=Reads(Reading(means=means)))
    return to_staff.decided(a_dialogue(WISH), WISH, text, a_world(*tickets, knowledge=known))


@pytest.mark.parametrize("text", ["vain uutiskirje", "nimi on väärin, olen Laura Nieminen"])
def test_what_is_to_be_changed_is_added_to_the_wish_whatever_it_looks_like(text: str) -> None:
    reply = decided(text, Meaning.UNCLEAR, OPEN)
    assert reply is not None
    assert keys(reply) == ["to_staff.amend"]
    assert reply.state == replace(WISH, text=f"{WISH.text}\n{text}")


def test_a_bare_yes_does_not_say_what_is_to_be_changed() -> None:
    reply = decided("kyllä", Meaning.AGREE, OPEN)
    assert reply is not None
    assert (keys(reply), reply.state) == (["to_staff.what_to_change"], WISH)


def test_a_no_or_a_question_changes_nothing() -> None:
    reply = decided("ei", Meaning.REFUSE, OPEN)
    assert reply is not None
    assert (keys(reply), reply.state) == (["stopped"], Idle())
    assert decided("mitä se maksaa?", Meaning.QUESTION, OPEN) is None
    assert decided("vain uutiskirje", Meaning.UNCLEAR) is None


def test_what_is_sent_after_the_due_day_promises_no_day_that_is_over() -> None:
    sending = Sending("id-1", Action.ADD, "Myös laskut")
    late = to_staff.send(sending, a_world(OPEN, now=NOW + timedelta(days=40)))
    (told,) = (part for part in late.parts if isinstance(part, Text))
    assert (told.key, told.values["late"]) == ("to_staff.sent", True)
    (told,) = (p for p in to_staff.send(sending, a_world(OPEN)).parts if isinstance(p, Text))
    assert told.values["late"] is False
