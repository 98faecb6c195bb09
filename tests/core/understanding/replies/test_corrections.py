"""What is put right in so many words is known; what only sounds so is left to the model."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.replies.corrections import (
    corrected,
    drops_for_another,
    finds_fault_first,
    name_put_right,
    names_both,
    takes_correction_back,
    wishes_rather,
)

ADDRESS = "laura.lind@example.com"
FI, EN, SV = Language.FI, Language.EN, Language.SV
NAMING = Asked(stage=Stage.NAME, right=Right.ERASURE)


@pytest.mark.parametrize(
    "text",
    [
        *("the right one is Laura Lind", "no, the correct name is Laura Lind."),
        *("oikea on Laura Lind", "hups, oikea nimi on Laura Lind"),
        *("det rätta är Laura Lind", "det rätta namnet är Laura Lind", "rätt namn är Laura Lind"),
    ],
)
def test_the_right_name(text: str) -> None:
    assert corrected(text) == Reading(means=Meaning.CHANGE, field=Topic.NAME, value="Laura Lind")


@pytest.mark.parametrize(
    "text",
    [
        *(f"the right one is {ADDRESS}", f"the correct email address is {ADDRESS}"),
        *(f"oikea on {ADDRESS}", f"oikea sähköpostiosoite on {ADDRESS}"),
        *(f"det rätta är {ADDRESS}", f"oj, rätt e-postadress är {ADDRESS}"),
    ],
)
def test_the_right_address(text: str) -> None:
    assert corrected(text) == Reading(means=Meaning.CHANGE, field=Topic.EMAIL, value=ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        *("the right address is Storgatan", "the right one is the second order", "Laura Lind"),
        *("oikea osoite on Isokatu 5", "oikea on se toinen", "is the right one Laura Lind?"),
        *("det rätta är Storgatan 5", "det rätta är att ni raderar allt"),
    ],
)
def test_anything_else_is_no_correction(text: str) -> None:
    assert corrected(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("egentligen vill jag bara se mina uppgifter", SV),
        ("Oikeastaan haluan vain nähdä tietoni", FI),
        ("actually I only want to see my data", EN),
    ],
)
def test_another_right_is_wished_for_instead(text: str, language: Language) -> None:
    reading = wishes_rather(text, NAMING, language)
    assert reading is not None
    assert (reading.means, reading.value) == (Meaning.OTHER_RIGHT, Right.ACCESS)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("egentligen vill jag radera allt", SV),  # the same right
        ("actually, can I see my data?", EN),
        ("haluan nähdä tietoni", FI),
        ("actually do I want to see my data?", EN),
    ],
)
def test_the_same_right_or_a_question_changes_nothing(text: str, language: Language) -> None:
    assert wishes_rather(text, NAMING, language) is None


def test_who_begins_with_a_fault_finds_one() -> None:
    for text in ("wrong, it is Birch Road", "väärin, takki ja kengät", "fel, jackan och skorna"):
        assert finds_fault_first(text)
    for text in ("nothing wrong", "fel? nej", "virheetön", "the wrong one is out"):
        assert not finds_fault_first(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("no wait, it should be Thomas Grey", "Thomas Grey"),
        ("sorry, not Tom but Thomas Grey", "Thomas Grey"),
        ("yes but the name is wrong, it's Thomas", "Thomas"),
        ("my first name is really Karla", "Karla"),
        ("ei kun Karl-Erik Mäki", "Karl-Erik Mäki"),
        ("ei Kalle vaan Karl-Erik Mäki", "Karl-Erik Mäki"),
        ("joo mut nimi on väärin, se on Mattias", "Mattias"),
        ("mun etunimi on oikeesti Karl-Johan", "Karl-Johan"),
        ("nej vänta, det ska vara Karl-Erik Söderström", "Karl-Erik Söderström"),
        ("nä inte Kalle utan Karl-Erik Söderström", "Karl-Erik Söderström"),
        ("jo men namnet är fel, det ska vara Mattias", "Mattias"),
        ("mitt förnamn är egentligen Karl-Johan", "Karl-Johan"),
    ],
)
def test_a_name_takes_the_place_of_the_one_given(text: str, name: str) -> None:
    assert name_put_right(text) == name
    assert corrected(text) == Reading(means=Meaning.CHANGE, field=Topic.NAME, value=name)


@pytest.mark.parametrize(
    "text",
    [
        *("no wait, it should be the second order", "not the invoices but the orders"),
        *("ei kun peru koko juttu", "ei tilaukset vaan laskut", "nimi on väärin"),
        *("nej vänta lite", "inte fakturorna utan beställningarna", "namnet är fel, rätta det nu"),
        *("my name is wrong in your letters, please put it right", "no wait"),
    ],
)
def test_what_gives_no_name_puts_none_right(text: str) -> None:
    assert name_put_right(text) == ""


def test_a_name_that_is_asked_about_is_not_put_right() -> None:
    assert corrected("is my first name really Karla?") is None
    assert corrected("ei kun Karl-Erik Mäki?") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok forget the hide thing, fix our phone nr", EN),
        ("unohdetaan se piilotus, korjatkaa puhelinnumero", FI),
        ("okej glöm det där med att dölja, rätta vårt telefonnummer", SV),
    ],
)
def test_what_is_on_offer_is_dropped_for_another_right(text: str, language: Language) -> None:
    reading = drops_for_another(text, Asked(stage=Stage.OFFER, right=Right.ERASURE), language)
    assert reading == Reading(
        means=Meaning.OTHER_RIGHT, field=Topic.RIGHT, value=Right.RECTIFICATION
    )


@pytest.mark.parametrize(
    "text",
    ["forget me, delete it all", "forget it, delete my data", "forget it", "forget it, what now?"],
)
def test_what_is_dropped_for_nothing_else_is_not(text: str) -> None:
    asked = Asked(stage=Stage.OFFER, right=Right.ERASURE)
    assert drops_for_another(text, asked, EN) is None


@pytest.mark.parametrize(
    "text",
    ["no, the first one was right", "ei kun se eka oli oikein", "nej den första var rätt"],
)
def test_a_correction_that_is_taken_back_is_heard(text: str) -> None:
    assert takes_correction_back(text)
    assert not takes_correction_back("the first name is Anna")


@pytest.mark.parametrize(
    "text", ["Okko Lahti, ei Ohto Lahti", "Ann Lee, not Ann Lea", "Eva Sten, inte Eva Stein"]
)
def test_both_names_say_what_is_to_be_put_right(text: str) -> None:
    assert names_both(text)
    assert not names_both(text.casefold())
    assert not names_both("Ei Kiitos")
