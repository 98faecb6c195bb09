"""Our table of Finnish public holidays against the `holidays` library."""

from __future__ import annotations

from datetime import date

import holidays

from bot.core.tickets.public_holidays import public_holidays

# The library counts two eves that no Finnish act makes public holidays.
EVES = {"Midsummer Eve", "Christmas Eve"}


def test_the_table_is_the_librarys_without_the_eves() -> None:
    for year in range(2018, 2058):
        library = dict(holidays.country_holidays("FI", years=year, language="en_US").items())
        eves = {day: name for day, name in library.items() if name in EVES}
        assert set(eves.values()) == EVES
        assert public_holidays(year) | eves == library
        assert not public_holidays(year).keys() & eves.keys()


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert public_holidays(2008)[date(2008, 5, 1)] == "Ascension Day; May Day"


def test_a_year_has_thirteen_holidays() -> None:
    assert [len(public_holidays(year)) for year in (2008, 2026, 2027)] == [12, 13, 13]
