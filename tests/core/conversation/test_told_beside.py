"""What is told beside an answer is kept with the request, and never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation import told_beside
from bot.core.conversation.dialogue import Filling, Offered, Summary
from bot.core.conversation.on_text import on_text
from bot.core.conversation.request_fields import Field
from bot.core.events import Said
from bot.core.tickets.representation import Relation
from bot.core.understanding.asked import Meaning, Reading
from tests.core.conversation.worlds import (
    EMAIL,
    KNOWLEDGE,
    Reads,
    a_dialogue,
    a_request,
    a_world,
    filled,
    keys,
)

M = Meaning
FI, EN, SV = Language
NAMING = Filling(a_request(), Field("name"))


@pytest.mark.parametrize(
    ("text", "means", "given"),
    [
        ("kyllä kiitos, Sirkka Raatikainen", M.AGREE, {"name": "Sirkka Raatikainen"}),
        (
            "Grover Chambliss, and I want the deletion too",
            M.ALSO_RIGHT,
            {"name": "Grover Chambliss"},
        ),
        (f"{EMAIL} but no adverts", M.LIMIT, {"email": EMAIL}),
        (
            f"joo, Sirkka Raatikainen ja {EMAIL}",
            M.AGREE,
            {"name": "Sirkka Raatikainen", "email": EMAIL},
        ),
        (EMAIL, M.UNCLEAR, {"email": EMAIL}),
        (f"yes but not {EMAIL} for the invoices", M.AGREE, {}),
        ("yes, the Help Desk told me to", M.AGREE, {}),
        ("ask Grover Chambliss", M.QUESTION, {}),
        (f"why {EMAIL}", M.QUESTION, {}),
    ],
)
def test_who_writes_is_taken_where_it_stands_alone(
    text: str, means: Meaning, given: dict[str, str]
) -> None:
    assert told_beside.who(a_dialogue(), Reading(means=means), text) == given


def test_an_address_in_the_place_of_a_name_is_kept() -> None:
    assert told_beside.with_address(NAMING, f"se on {EMAIL}").fields == {"email": EMAIL}
    assert told_beside.with_address(NAMING, "Matti Virtanen") == NAMING.request


def test_an_address_may_be_of_the_other_where_two_are_concerned() -> None:
    other = {"relation": Relation.PARENT, "concerned": "Lauri Aho"}
    naming = Filling(a_request(fields=other), Field("name"))
    assert told_beside.with_address(naming, EMAIL) == naming.request


def test_a_yes_that_tells_something_is_kept_with_the_words_that_asked() -> None:
    asked = a_request(opening="poistakaa tietoni")
    longer = told_beside.with_yes(asked, "joo, muutin Turusta vuonna 2019", FI)
    assert longer.opening == "poistakaa tietoni\njoo, muutin Turusta vuonna 2019"
    assert told_beside.with_yes(longer, "joo, muutin Turusta vuonna 2019", FI) == longer
    for text in ("joo kiitos", "kyllä, poistakaa tietoni", "👍"):
        assert told_beside.with_yes(asked, text, FI) == asked


def test_what_is_not_understood_at_the_summary_is_shown_with_what_was_written() -> None:
    world = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(Reading(means=M.UNCLEAR))))
    reply = on_text(a_dialogue(Summary(filled())), Said(text="se tikkaiden tilaus"), world)
    assert keys(reply) == ["summary.text"]
    assert isinstance(reply.state, Summary)
    assert reply.state.request.opening == "se tikkaiden tilaus"


def test_an_address_and_a_name_in_one_reply_are_both_taken() -> None:
    reading = Reading(means=M.VALUE, value="Matti Virtanen")
    world = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(reading)))
    reply = on_text(a_dialogue(NAMING), Said(text=f"Matti Virtanen, {EMAIL}"), world)
    assert isinstance(reply.state, Filling)
    assert reply.state.request.fields == {"name": "Matti Virtanen", "email": EMAIL}


def test_an_address_alone_is_kept_and_the_name_asked_for_without_a_complaint() -> None:
    world = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(Reading(means=M.UNCLEAR))))
    reply = on_text(a_dialogue(NAMING), Said(text=EMAIL), world)
    assert keys(reply) == ["field.name.ask"]
    assert isinstance(reply.state, Filling)
    assert reply.state.request.fields == {"email": EMAIL}


def test_a_question_or_a_correction_tells_nothing_to_be_kept() -> None:
    asked = a_request()
    for text in ("miksi te sitä kysytte minulta?", "nimi on väärin tässä kohdassa kyllä"):
        assert told_beside.with_words(asked, text, FI, text) == asked


def test_an_offer_stands_while_it_is_said_who_asks() -> None:
    reading = Reading(means=M.UNCLEAR)
    world = a_world(knowledge=replace(KNOWLEDGE, reader=Reads(reading)))
    reply = on_text(a_dialogue(Offered(a_request())), Said(text="nimeni on Matti Aho"), world)
    assert isinstance(reply.state, Offered)
    assert reply.state.request.fields == {"name": "Matti Aho"}


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Kajsa Wiik, och brevet var en annan kunds", "och brevet var en annan kunds"),
        ("Kajsa Wiik", "Kajsa Wiik"),
        ("brevet var en annan kunds", "brevet var en annan kunds"),
    ],
)
def test_what_is_said_beside_a_name_is_understood_without_it(text: str, beside: str) -> None:
    assert told_beside.without_name(text, SV) == beside


def test_a_letter_is_understood_with_the_names_in_it() -> None:
    letter = "Kajsa Wiik, och brevet var en annan kunds. " * 20
    assert told_beside.without_name(letter, SV) == letter


def detailing(right: Right, email: str = "") -> Filling:
    return Filling(a_request(right, fields={"name": "Matti", "email": email}), Field("details"))


def test_a_bare_address_in_the_place_of_details_is_the_one_that_was_not_given() -> None:
    filling = detailing(Right.ACCESS)
    assert told_beside.with_address(filling, EMAIL).fields == {"name": "Matti", "email": EMAIL}
    for text in (f"all letters to {EMAIL}", "Matti@"):
        assert told_beside.with_address(filling, text) == filling.request


def test_otherwise_an_address_may_be_the_detail() -> None:
    given = detailing(Right.ACCESS, "other@example.com")
    assert told_beside.with_address(given, EMAIL) == given.request
    new_one = detailing(Right.RECTIFICATION)
    assert told_beside.with_address(new_one, EMAIL) == new_one.request


ADDRESSING = Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True))


@pytest.mark.parametrize("text", ["040 1234567", "ei ole, numeroni on +358 40 123 4567"])
def test_a_phone_number_in_the_place_of_an_address_is_kept_for_staff(text: str) -> None:
    request = told_beside.with_contacts(ADDRESSING, text)
    assert request.opening == text
    assert told_beside.with_contacts(replace(ADDRESSING, request=request), text) == request


def test_digits_that_are_no_phone_number_are_none() -> None:
    assert told_beside.with_contacts(ADDRESSING, "12345678") == ADDRESSING.request
    asked = Filling(filled(fields={"name": "M", "email": EMAIL}), Field("details", optional=True))
    assert told_beside.with_contacts(asked, "040 1234567") == asked.request


def test_that_the_number_is_kept_is_said_and_the_address_asked_for_again() -> None:
    reply = on_text(a_dialogue(ADDRESSING), Said(text="040 1234567"), a_world())
    assert keys(reply) == ["field.email.phone", "field.email.ask"]
    assert isinstance(reply.state, Filling)
    assert reply.state.request.opening == "040 1234567"
