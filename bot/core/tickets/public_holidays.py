"""The statutory public holidays, on which no legal deadline ends.

Regulation 1182/71 (Art. 2(1)) leaves it to each member state to say which days these are. For
Finland they are in a table here, with their acts; for other countries in the library `holidays`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

# Church Act (kirkkolaki 652/2023), on the church's holidays; so already 1054/1993, ch. 4 s. 3.
_CHURCH_FIXED = {
    (1, 1): "New Year's Day",
    (1, 6): "Epiphany",
    (12, 25): "Christmas Day",
    (12, 26): "Second Day of Christmas",
}
# The same act: kept "as has been the custom of old in Western Christendom", in days from Easter.
_CHURCH_AROUND_EASTER = {
    -2: "Good Friday",
    0: "Easter Sunday",
    1: "Easter Monday",
    39: "Ascension Day",
    49: "Pentecost",
}
# The same act: the Saturday that follows 19 June and the one that follows 30 October.
_CHURCH_SATURDAY_AFTER = {
    (6, 19): "Midsummer Day",
    (10, 30): "All Saints' Day",
}
_CIVIL_FIXED = {
    # Act on May Day as a day off for employees (272/1944).
    (5, 1): "May Day",
    # Act on keeping Independence Day as a general day of festivity and rest (388/1937), s. 1.
    (12, 6): "Independence Day",
}
# Christmas Eve and Midsummer Eve are missing on purpose: no act makes them public holidays, and
# the act that moves periods over them (150/1930 s. 5) binds authorities and courts, not companies.


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country (ISO 3166-1) and a part of it (ISO 3166-2 without the country)."""

    country: str = "FI"
    subdivision: str = ""


FINLAND = Place()


@cache
def public_holidays(year: int, place: Place = FINLAND) -> dict[date, str]:
    """Return the public holidays of a year (1991 and later) with their names.

    Two that fall on one day, as Ascension Day and May Day did in 2008, are joined by a semicolon.
    Raises ValueError for a country or a part of it that is not known.
    """
    if place == FINLAND:
        return _of_finland(year)
    everywhere = _from_library(year, Place(country=place.country))
    there = _from_library(year, place)
    if place.country == FINLAND.country:
        # What a part of the country has besides; the library counts eves everywhere.
        return _of_finland(year) | {d: n for d, n in there.items() if d not in everywhere}
    return there


def is_known(place: Place) -> bool:
    """Tell whether the holidays of a place are known."""
    import holidays  # only where another place than Finland is named

    parts = holidays.list_supported_countries().get(place.country)
    return parts is not None and (not place.subdivision or place.subdivision in parts)


def _from_library(year: int, place: Place) -> dict[date, str]:
    import holidays

    if not is_known(place):
        raise ValueError(f"no holidays are known of {place.country} {place.subdivision}".rstrip())
    part = place.subdivision or None
    return dict(holidays.country_holidays(place.country, subdiv=part, years=year).items())


def _of_finland(year: int) -> dict[date, str]:
    easter = _easter_sunday(year)
    found = [(date(year, *day), name) for day, name in (_CHURCH_FIXED | _CIVIL_FIXED).items()]
    found += [(easter + timedelta(days), name) for days, name in _CHURCH_AROUND_EASTER.items()]
    found += [
        (_saturday_after(date(year, *day)), name) for day, name in _CHURCH_SATURDAY_AFTER.items()
    ]
    days: dict[date, str] = {}
    for day, name in sorted(found):
        days[day] = f"{days[day]}; {name}" if day in days else name
    return days


def _saturday_after(day: date) -> date:
    return day + timedelta((calendar.SATURDAY - day.weekday() - 1) % 7 + 1)


def _easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    moon_year = year % 19
    century, year_of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * moon_year + century - leap_centuries - moon_correction + 15) % 30
    leap_years, year_rest = divmod(year_of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (moon_year + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
