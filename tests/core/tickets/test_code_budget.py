"""Codes are rationed, and what strangers use up is never taken from who proved the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.tickets import code_budget
from bot.core.tickets.code_budget import (
    DAY,
    HOUR,
    Limit,
    SentCodes,
    Wait,
    check,
    disowning_word,
    domain,
    folded,
    guessed_unusually,
    word_in,
)
from bot.core.tickets.identity import CodeRules

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
RULES = CodeRules()
SECOND = timedelta(seconds=1)
KEY = b"the key of codes"


def ago(*hours: float) -> list[datetime]:
    return [NOW - timedelta(hours=number) for number in hours]


def test_what_was_never_done_is_allowed() -> None:
    assert check(SentCodes(), RULES, NOW) is None


# One person


def test_a_person_has_three_codes_an_hour_wherever_to() -> None:
    sent = SentCodes(by_person=ago(0.1, 0.2, 0.75))
    assert check(sent, RULES, NOW) == Wait(limit=Limit.PERSON, until=NOW + HOUR / 4)
    assert check(sent, RULES, NOW + HOUR / 4 - SECOND) is not None
    assert check(sent, RULES, NOW + HOUR / 4) is None


def test_a_person_has_ten_codes_a_day_wherever_to() -> None:
    sent = SentCodes(by_person=ago(*range(2, 12)))
    assert check(sent, RULES, NOW) == Wait(limit=Limit.PERSON, until=NOW + 13 * HOUR)


# One person and one address


@pytest.mark.parametrize(
    ("sent", "hours"), [((0, 0, 0), 1), ((0, 2, 2, 2), 4), ((0, 5, 6, 6, 6), 24), ([0] * 9, 24)]
)
def test_the_pauses_grow_until_a_code_was_right(sent: Sequence[float], hours: int) -> None:
    pair = SentCodes(to_pair=ago(*sent))
    assert check(pair, RULES, NOW) == Wait(limit=Limit.PAUSE, until=NOW + timedelta(hours=hours))
    assert check(pair, RULES, NOW + timedelta(hours=hours)) is None


def test_a_right_code_ends_the_pauses() -> None:
    assert check(SentCodes(to_pair=ago(1, 1, 1, 1), proved_at=NOW), RULES, NOW) is None


def test_who_proved_the_address_has_pauses_too_after_that() -> None:
    sent = SentCodes(to_pair=ago(0, 0, 0, 9), proved_at=NOW - HOUR)
    assert check(sent, RULES, NOW) == Wait(limit=Limit.PAUSE, until=NOW + HOUR)


# Strangers


@pytest.mark.parametrize(
    ("limit", "sent"),
    [
        (Limit.ADDRESS, SentCodes(to_address=ago(1) * 6)),
        (Limit.DOMAIN, SentCodes(to_domain=ago(1) * 200)),
        (Limit.ALL, SentCodes(in_all=ago(1) * 1000)),
    ],
)
def test_what_strangers_have_mailed_is_limited_for_a_day(limit: Limit, sent: SentCodes) -> None:
    assert check(sent, RULES, NOW) == Wait(limit=limit, until=NOW + DAY - HOUR)
    assert check(sent, RULES, NOW + DAY - HOUR) is None


def test_to_a_disowned_address_strangers_have_no_code_mailed_at_all() -> None:
    assert check(SentCodes(disowned=True), RULES, NOW) == Wait(limit=Limit.DISOWNED, until=None)


def test_who_reads_its_letters_is_no_stranger_to_a_mailbox_but_is_paced_all_the_same() -> None:
    used_up = SentCodes(to_address=[NOW] * 6, disowned=True, reads=True)
    assert check(used_up, RULES, NOW) is None
    often = replace(used_up, to_pair=[NOW] * 3)
    assert check(often, RULES, NOW) == Wait(limit=Limit.PAUSE, until=NOW + HOUR)


@given(st.integers(0, 20), st.integers(0, 400), st.integers(0, 2000), st.booleans())
def test_nothing_that_strangers_do_locks_out_who_proved_the_address(
    to_address: int, to_domain: int, in_all: int, disowned: bool
) -> None:
    sent = SentCodes(
        to_address=[NOW] * to_address,
        to_domain=[NOW] * to_domain,
        in_all=[NOW] * in_all,
        disowned=disowned,
        proved_at=NOW - 100 * DAY,
    )
    assert check(sent, RULES, NOW) is None


@given(st.lists(st.integers(0, 200_000), max_size=30), st.integers(0, 200_000))
def test_after_the_wait_a_code_is_allowed_and_never_before(seconds: list[int], later: int) -> None:
    times = [NOW - timedelta(seconds=number) for number in seconds]
    sent = SentCodes(by_person=times, to_pair=times, to_address=times)
    wait = check(sent, RULES, NOW)
    if wait and wait.until:
        moment = NOW + timedelta(seconds=later)
        assert (check(sent, RULES, moment) is None) == (moment >= wait.until)


def test_of_several_limits_the_longest_wait_is_told() -> None:
    sent = SentCodes(by_person=ago(0, 0, 0), to_address=ago(1) * 6)
    assert check(sent, RULES, NOW) == Wait(limit=Limit.ADDRESS, until=NOW + DAY - HOUR)


# What one mailbox goes by


@pytest.mark.parametrize(
    "address",
    [
        "vw@gmail.com",
        "vw+0@gmail.com",
        "VW+shop+1@Gmail.com",
        "v.w@gmail.com",
        "v.w@googlemail.com",
    ],
)
def test_what_reaches_one_mailbox_counts_as_one(address: str) -> None:
    assert folded(address) == "vw@gmail.com"


def test_what_reaches_others_counts_apart() -> None:
    others = ["a@x.fi", "b@x.fi", "a@y.fi", "+1@x.fi", "+2@x.fi", "ab@x.fi", "a.b@x.fi"]
    assert len({folded(address) for address in others}) == len(others)
    assert domain("a@X.fi") == "x.fi"


# The word that disowns


def test_each_mailbox_has_a_word_of_its_own_which_its_key_makes() -> None:
    word = disowning_word("veera@example.com", KEY)
    assert word == disowning_word("Veera+1@example.com", KEY)
    assert word != disowning_word("liisa@example.com", KEY)
    assert word != disowning_word("veera@example.com", b"another key")


@given(st.integers())
def test_the_word_is_found_in_what_people_write(number: int) -> None:
    word = disowning_word(f"a{number}@example.com", KEY)
    for written in (word, word.lower(), word.replace("-", " "), word.replace("-", "")):
        assert word_in(f"Tämä sana: {written}. Kiitos!") == word


@pytest.mark.parametrize("text", ["", "Poistakaa tietoni", "BCDF-GHK", "BCDF-GHKLM", "12345678"])
def test_other_words_are_none(text: str) -> None:
    assert word_in(text) == ""


def test_many_wrong_codes_in_an_hour_are_unusual() -> None:
    assert not guessed_unusually(RULES.wrong_an_hour - 1, RULES)
    assert guessed_unusually(RULES.wrong_an_hour, RULES)


def test_what_counts_is_remembered_for_longer_than_the_longest_pause() -> None:
    assert max(RULES.pauses) < code_budget.REMEMBERED
