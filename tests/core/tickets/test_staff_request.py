"""A request that came in another way: whose it is, and on which day it truly came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.catalog import Language, Right
from bot.core.tickets.source import Source
from bot.core.tickets.staff_request import (
    OLDEST,
    StaffRequest,
    checked,
    day_denied,
    day_of,
    email_denied,
    phone_denied,
    received_at,
)
from bot.core.tickets.ticket import THE_CUSTOMER, Denial
from tests.factories import NOW, RULES, SARI

TODAY = RULES.today(NOW)


def request(**more: str) -> StaffRequest:
    given: dict[str, str] = {"name": " Liisa  Lehto ", "words": " Kaikki tietoni. ", **more}
    return StaffRequest(
        right=Right.ACCESS,
        source=Source.LETTER,
        received=date(2026, 11, 2),
        language=Language.FI,
        **given,
    )


@pytest.mark.parametrize(
    "text", ["2026-11-02", "2.11.2026", "02.11.2026", " 2. 11. 2026 ", "2.11. 2026"]
)
def test_a_day_can_be_written_as_people_write_it(text: str) -> None:
    assert day_of(text, TODAY) == date(2026, 11, 2)


@pytest.mark.parametrize("text", ["today", "Tänään", "idag", "i  dag"])
def test_today_is_a_day(text: str) -> None:
    assert day_of(text, TODAY) == TODAY


@pytest.mark.parametrize("text", ["yesterday", "eilen", "igår"])
def test_so_is_yesterday(text: str) -> None:
    assert day_of(text, TODAY) == TODAY - timedelta(days=1)


@pytest.mark.parametrize("text", ["", "31.2.2026", "2.11.", "monday", "2.11.26"])
def test_what_names_no_day_is_none(text: str) -> None:
    assert day_of(text, TODAY) is None
    assert day_denied(text, TODAY) is Denial.DAY_UNCLEAR


def test_no_request_came_tomorrow_or_more_than_a_year_ago() -> None:
    assert day_denied((TODAY + timedelta(days=1)).isoformat(), TODAY) is Denial.DAY_TO_COME
    assert day_denied(TODAY.isoformat(), TODAY) is None
    assert day_denied((TODAY - OLDEST).isoformat(), TODAY) is None
    before = TODAY - OLDEST - timedelta(days=1)
    assert day_denied(before.isoformat(), TODAY) is Denial.DAY_LONG_PAST


def test_contacts_are_kept_in_the_form_in_which_they_are_compared() -> None:
    sound = checked(request(email=" Liisa@Example.COM", phone="040 123 4567"), SARI, NOW, RULES)
    assert isinstance(sound, StaffRequest)
    assert (sound.name, sound.words) == ("Liisa Lehto", "Kaikki tietoni.")
    assert (sound.email, sound.phone) == ("liisa@example.com", "+358401234567")


def test_contacts_that_are_none_are_refused() -> None:
    assert checked(request(email="liisa"), SARI, NOW, RULES) is Denial.EMAIL_INVALID
    assert checked(request(phone="12"), SARI, NOW, RULES) is Denial.PHONE_INVALID
    assert email_denied("a@b.example.com") is None
    assert phone_denied("+358 40 123 4567", "SE") is None
    assert phone_denied("nothing", "FI") is Denial.PHONE_INVALID


def test_somebody_has_to_be_named() -> None:
    assert checked(request(name="  "), SARI, NOW, RULES) is Denial.PERSON_MISSING


def test_only_staff_open_it() -> None:
    assert checked(request(), THE_CUSTOMER, NOW, RULES) is Denial.NOT_YOUR_ROLE


def test_what_came_another_day_came_on_that_day_everywhere() -> None:
    moment = received_at(request(), NOW, RULES)
    assert RULES.today(moment) == date(2026, 11, 2)
    assert moment.astimezone(UTC) == datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def test_what_came_today_came_now() -> None:
    today = StaffRequest(
        right=Right.ERASURE, source=Source.PHONE, received=TODAY, language=Language.SV, name="Liisa"
    )
    assert received_at(today, NOW, RULES) == NOW
