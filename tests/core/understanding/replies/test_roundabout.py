"""An end, a delay, a bargain or a question in roundabout words is told from a yes."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.understanding.replies.roundabout import (
    bargains,
    drops_it,
    puts_off,
    seeks_confirmation,
    wants_no_longer,
)


@pytest.mark.parametrize(
    "text",
    [
        "eiköhän jätetä tämä",
        "Eiköhän anneta olla.",
        "joo, eiköhän jätetä sikseen",
        "annetaan olla",
        "let's drop it",
        "ok, let's just leave it there then",
        "you know what, let's not",
        "vi låter det vara",
        "nej, strunta i det då",
        "ska vi inte släppa det här",
    ],
)
def test_what_is_dropped_in_words_without_a_no_is_dropped(text: str) -> None:
    assert drops_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "eiköhän anneta mennä",
        "eiköhän jätetä pyyntö",
        "jätetään pyyntö",
        "let's do it",
        "let's drop it and delete my data",
        "vi låter det gå iväg",
        "drop the newsletter",
    ],
)
def test_what_goes_on_or_tells_more_is_not_dropped(text: str) -> None:
    assert not drops_it(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I don't want a copy any more", Right.ACCESS),
        ("jag vill inte ha nån kopia längre", Right.ACCESS),
        ("jag vill inte längre ha en kopia", Right.ACCESS),
        ("en halua enää kopiota", Right.ACCESS),
        ("en enää tarvitse sitä kopiota", Right.ACCESS),
        ("en halua poistoa sittenkään", Right.ERASURE),
        ("I don't need the erasure after all, thanks", Right.ERASURE),
        ("jag vill inte ha rättelsen längre", Right.RECTIFICATION),
    ],
)
def test_what_was_asked_for_is_wanted_no_longer(text: str, right: Right) -> None:
    assert wants_no_longer(text, right)
    assert not wants_no_longer(text, None)


@pytest.mark.parametrize(
    "text", ["I don't want the newsletter any more", "en halua enää mainoksia", "I want a copy"]
)
def test_what_else_is_not_wanted_takes_no_copy_back(text: str) -> None:
    assert not wants_no_longer(text, Right.ACCESS)


@pytest.mark.parametrize(
    "text",
    [
        "No mutta ettehän te lähetä tätä vielä, eikö niin",
        "ok mutta haluan ensin miettiä",
        "joo mut ei tänään",
        "looks good but not today",
        "I'd like to sleep on it",
        "please don't send it yet",
        "ok men vänta lite",
        "okej men skicka inte än",
        "jo, men jag måste fundera",
    ],
)
def test_a_delay_is_heard(text: str) -> None:
    assert puts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "not today, not ever",
        "ei lähetetä vielä eikä myöhemmin",
        "skicka inte nu, aldrig",
        "yes but hold on to my warranty records",
        "not today's order",
        "delete it all, but not yet the invoices of this year that the accountant has to see first",
        "yes, send it today",
    ],
)
def test_a_refusal_a_detail_and_a_yes_put_nothing_off(text: str) -> None:
    assert not puts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "yes, but only if it's free",
        "sure, as long as it doesn't cost anything",
        "joo, kunhan se on ilmaista",
        "kyllä jos te lupaatte",
        "ja, om det är gratis",
        "bara om det inte kostar något",
    ],
)
def test_a_bargain_is_heard(text: str) -> None:
    assert bargains(text)


@pytest.mark.parametrize(
    "text", ["yes but keep the invoices", "kyllä, kunhan laskut jäävät", "ja, det är gratis"]
)
def test_a_limit_is_no_bargain(text: str) -> None:
    assert not bargains(text)


@pytest.mark.parametrize(
    "text",
    [
        "Minulla on oikeus vahingonkorvaukseen, eikö niin",
        "Tehän teette sen ilmaiseksi, eikö niin",
        "Det är väl gratis, eller hur",
        "that costs me nothing, don't you",
    ],
)
def test_a_tag_seeks_confirmation(text: str) -> None:
    assert seeks_confirmation(text)


@pytest.mark.parametrize("text", ["eikö niin", "joo, eikö niin", "ja, eller hur", "go ahead"])
def test_a_yes_with_a_tag_states_nothing(text: str) -> None:
    assert not seeks_confirmation(text)
