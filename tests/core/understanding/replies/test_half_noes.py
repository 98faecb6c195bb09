"""A no to a part, to other people or to more of it ends nothing; any other no may."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.understanding.replies import half_noes


@pytest.mark.parametrize(
    "text",
    [
        *("no wait, not the invoices", "But not my order history please", "not the phone number"),
        *("ei kun ei laskuja", "mutta ei takuutietoja", "odota, ei niitä kuitteja kuitenkaan"),
        *("nej vänta, inte fakturorna", "men inte mitt konto", "inte köphistoriken tack"),
    ],
)
def test_a_part_is_left_out(text: str) -> None:
    assert half_noes.leaves_out_part(text)


@pytest.mark.parametrize(
    "text",
    ["no", "not now", "ei nyt", "inte idag", "ei kiitos", "not interested", "no not at all"],
)
def test_a_no_to_all_of_it_leaves_out_no_part(text: str) -> None:
    assert not half_noes.leaves_out_part(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Don't tell the manager who interviewed me please", "yes but never show it to my ex"),
        *("älkää kertoko miehelleni", "joo mutta älkää lähettäkö hänelle mitään"),
        *("skicka inget till honom", "säg inget till min chef", "ni får inte visa det för henne"),
    ],
)
def test_somebody_is_not_to_hear_of_it(text: str) -> None:
    assert half_noes.keeps_from_others(text)


@pytest.mark.parametrize(
    "text",
    [
        *("don't send me any ads", "do not send anything", "tell him to call me"),
        *("älkää lähettäkö minulle mainoksia", "lähettäkää hänelle kopio"),
        *("skicka inte reklam till mig", "skicka en kopia till honom"),
        "don't tell him " + "really " * 20,
    ],
)
def test_what_is_not_to_be_sent_to_oneself_is_no_secret(text: str) -> None:
    assert not half_noes.keeps_from_others(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *(("nej det räcker så", Right.ACCESS), ("no that's all", None), ("ei muuta", None)),
        *(("nej radera", Right.ERASURE), ("ei kun poista kaikki", Right.ERASURE)),
        ("no, show it", Right.ACCESS),
        *(("I didn't get any code", Right.ACCESS), ("en ole saanut mitään koodia", Right.ACCESS)),
        *(("jag har inte fått någon kod", None), ("I can't remember which email", Right.ERASURE)),
        *(("en muista millä osoitteella", None), ("jag minns inte vilken adress", None)),
    ],
)
def test_a_no_to_more_or_to_a_doubt_ends_nothing(text: str, right: Right | None) -> None:
    assert half_noes.ends_nothing(text, right)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *(("no", Right.ERASURE), ("nej tack", Right.ERASURE), ("delete it", Right.ERASURE)),
        *(("no, delete it", Right.ACCESS), ("no, don't delete it", Right.ERASURE), ("ei", None)),
        *(("I don't want it", None), ("en tiedä", None), ("jag har inte bett om det", None)),
    ],
)
def test_any_other_no_may_end_it(text: str, right: Right | None) -> None:
    assert not half_noes.ends_nothing(text, right)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("niin siis hänelle, ei minulle", True), ("for her, not for me", True)),
        *(("åt honom, inte mig", True), ("not for me", False), ("not me " * 9 + "her", False)),
    ],
)
def test_for_whom_it_is_can_be_said_with_a_no(text: str, *, told: bool) -> None:
    assert half_noes.says_for_whom(text) is told


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("no minä vaan haluaisin että postia ei enää tule hänen nimellään", True),
        ("no I just want the letters to my mother to end", True),
        ("jag skulle bara vilja att breven upphör", True),
        ("haluaisin lopettaa tämän", False),
        ("en haluaisi", False),
        ("I would like to stop", False),
        ("I'd like to keep it, I don't want that", False),
        ("jag skulle vilja avbryta", False),
    ],
)
def test_what_somebody_would_like_is_no_end_unless_it_is_one(text: str, *, wishes: bool) -> None:
    assert half_noes.states_wish(text) is wishes
