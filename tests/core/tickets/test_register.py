"""The register: which tickets are sought, and what is written of each without its person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.catalog import Right
from bot.core.tickets.register import (
    ALL_STATES,
    COLUMNS,
    OF_PERSONS,
    Sought,
    apart,
    entry,
    matches,
    person_of,
    sought_by,
)
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import OPEN, Action, State
from tests.factories import LATE, LIISA, NOW, RULES, SARI, a_ticket, after, for_somebody, in_state

DAY = date(2026, 11, 6)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), True),
        (Sought(states=frozenset({State.REFUSED})), False),
        (Sought(rights=frozenset({Right.ERASURE, Right.ACCESS})), True),
        (Sought(rights=frozenset({Right.ACCESS})), False),
        (Sought(since=DAY, until=DAY), True),
        (Sought(since=DAY + timedelta(days=1)), False),
        (Sought(until=DAY - timedelta(days=1)), False),
        (Sought(number="T-2026-0001"), True),
        (Sought(number="T-2026-0002"), False),
        (Sought(name="maria leh"), True),
        (Sought(name="matti"), False),
        (Sought(email=LIISA.email), True),
        (Sought(email="matti@example.com"), False),
    ],
)
def test_all_that_is_given_must_hold(sought: Sought, found: bool) -> None:
    assert matches(a_ticket(), sought) is found


def test_what_has_ended_is_not_sought_unless_it_is_asked_for() -> None:
    ended = in_state(State.REFUSED)
    assert not matches(ended, Sought())
    assert matches(ended, Sought(states=ALL_STATES))
    assert OPEN < ALL_STATES


def test_one_word_seeks_a_number_an_address_or_a_name() -> None:
    assert sought_by(" t-2026-0001 ", {}).number == "T-2026-0001"
    assert sought_by("Liisa@Example.COM", {}).email == "liisa@example.com"
    assert sought_by("Maria  Lehto", {}).name == "Maria Lehto"
    assert sought_by("x", {}).states == ALL_STATES


@pytest.mark.parametrize("typed", ["Meikäläinen", "meikalainen", "MEIKÄLÄ", "andre\u0301", "Andre"])
def test_a_name_is_found_without_its_accents_and_with_them(typed: str) -> None:
    named = replace(a_ticket(), person=replace(a_ticket().person, name="André Meikäläinen"))
    assert matches(named, sought_by(typed, {}))
    assert not matches(a_ticket(), sought_by(typed, {}))


def test_the_name_of_a_colleague_finds_what_they_own_and_people_of_that_name() -> None:
    sought = sought_by("sari", {SARI.key: "Sari"})
    namesake = replace(a_ticket(), person=replace(a_ticket().person, name="Sari Salo"))
    assert matches(replace(a_ticket(), owner=SARI.key), sought)
    assert matches(namesake, sought)
    assert not matches(a_ticket(), sought)
    assert not matches(a_ticket(), sought_by("mika", {SARI.key: "Sari"}))


def test_an_open_ticket_is_entered_with_its_days_so_far() -> None:
    assert entry(a_ticket(), NOW, RULES) == {
        "number": "T-2026-0001",
        "right": "erasure",
        "state": "awaiting_identity",
        "extent": "",
        "came": "test",
        "language": "fi",
        "received": "2026-11-06",
        "due": "2026-12-07",
        "extended": "no",
        "days_still": "0",
        "identity": "",
        "on_behalf": "",
        "authority": "",
        "closed": "",
        "days": "0",
        "on_time": "yes",
        "notice": "",
        "ground": "",
    }
    assert entry(a_ticket(), LATE, RULES)["on_time"] == "no"


def test_one_that_has_ended_is_entered_with_when_and_how_far() -> None:
    found = entry(replace(in_state(State.FULFILLED), source=Source.COUNTER), LATE, RULES)
    assert (found["extent"], found["came"], found["identity"]) == ("fully", "counter", "in_person")
    assert (found["closed"], found["days"], found["on_time"]) == ("2026-11-06", "0", "yes")


def test_the_columns_are_those_of_an_entry_also_where_there_is_none() -> None:
    ticket = a_ticket(Right.ERASURE)
    assert tuple(entry(ticket, NOW, RULES)) == COLUMNS
    assert tuple(person_of(ticket)) == OF_PERSONS


def test_its_person_is_apart() -> None:
    ticket = replace(a_ticket(), phones=("+358401234567",), opening="Poistakaa kaikki.")
    assert person_of(ticket) == {
        "name": "Liisa Maria Lehto",
        "email": "liisa.lehto@example.com",
        "phones": "+358401234567",
        "concerns": "",
        "wrote": "Poistakaa kaikki.",
        "details": "Tilaukset vuodelta 2019",
    }
    assert not set(entry(ticket, NOW, RULES)) & set(person_of(ticket))


def test_of_a_request_for_somebody_else_both_names_seek_it_and_it_is_entered_what_was_shown() -> (
    None
):
    ticket = after(
        for_somebody(a_ticket()),
        Action.AUTHORISE,
        SARI,
        authority=AuthorityProof.POWER_OF_ATTORNEY,
        text="Näytetty",
    )
    found = entry(ticket, NOW, RULES)
    assert (found["on_behalf"], found["authority"]) == ("lawyer", "power_of_attorney")
    assert person_of(ticket)["concerns"] == "Pekka Korhonen"
    assert matches(ticket, Sought(name="korhonen"))
    assert matches(ticket, Sought(name="lehto"))
    assert not matches(a_ticket(), Sought(name="korhonen"))


def test_what_waits_for_its_person_stands_apart_from_what_waits_for_staff() -> None:
    new = a_ticket()
    letter = replace(new, source=Source.LETTER)  # its person may have shown everything on paper
    vouched, ended = in_state(State.AWAITING_CONFIRMATION), in_state(State.REFUSED)
    assert apart([new, letter, vouched, ended]) == ([letter, vouched, ended], [new])
