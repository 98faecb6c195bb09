"""Our table of Finnish public holidays against the `holidays` library."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from bot.core.tickets.public_holidays import FINLAND, Place, is_known, public_holidays

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


def test_of_another_country_and_its_parts_the_library_knows_the_holidays() -> None:
    assert date(2026, 10, 3) in public_holidays(2026, Place(country="DE"))
    assert date(2026, 3, 8) not in public_holidays(2026, Place(country="DE"))
    assert date(2026, 3, 8) in public_holidays(2026, Place(country="DE", subdivision="BE"))
    assert date(2026, 12, 6) not in public_holidays(2026, Place(country="SE"))


def test_a_part_of_finland_has_finlands_own_table_and_its_own_days() -> None:
    aland = public_holidays(2026, Place(country="FI", subdivision="01"))
    assert aland.keys() > public_holidays(2026).keys()
    assert date(2026, 6, 9) in aland  # the day of Åland's autonomy
    assert date(2026, 12, 24) not in aland


@pytest.mark.parametrize(
    ("place", "known"),
    [
        (FINLAND, True),
        (Place(country="DE", subdivision="BE"), True),
        (Place(country="DE", subdivision="XX"), False),
        (Place(country="QQ"), False),
    ],
)
def test_a_place_is_known_or_refused(place: Place, known: bool) -> None:
    assert is_known(place) is known
    if not known:
        with pytest.raises(ValueError, match="no holidays are known"):
            public_holidays(2026, place)
