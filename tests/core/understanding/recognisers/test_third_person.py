"""Whoever asks for what is held of somebody by their name asks for another, not for themselves."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.third_person import (
    about_another,
    as_about_oneself,
    without_ending,
)


@pytest.mark.parametrize(
    "text",
    [
        "Please remove Pekka Korhonen from your database",
        "Erase Pekka Korhonen's data",
        "Send me all data you hold on Pekka Korhonen",
        "Correct the address of Pekka Korhonen",
        "Stop marketing to Pekka Korhonen",
        "Our contact person changed, please remove Pekka Korhonen and add me instead",
        "Poistakaa Pekka Korhonen rekisteristänne",
        "Poistakaa Pekka Korhonen tiedoistanne ja lisätkää minut",
        "Poistakaa Pekka Korhonen ja lisätkää minut",
        "Ta bort Pekka Korhonen och lägg till mig",
        "Poistakaa Pekka Korhosen tiedot",
        "Pekka Korhosen tiedot pitää poistaa",
        "Lähettäkää kaikki tiedot Pekka Korhosesta",
        "Älkää lähettäkö mainoksia Pekka Korhoselle",
        "Ta bort Pekka Korhonen ur ert register",
        "Skicka Pekka Korhonens uppgifter",
        "Radera alla uppgifter om Pekka Korhonen",
        "Sluta skicka reklam till Pekka Korhonen",
    ],
)
def test_whose_data_is_asked_for_by_name_is_another(text: str) -> None:
    assert about_another(text) == "Pekka Korhonen"


@pytest.mark.parametrize("name", ["Anna Korhonen", "Tapio Korhonen", "Ilona Korhonen"])
def test_a_first_name_that_begins_like_a_verb_is_a_name(name: str) -> None:
    assert about_another(f"Poistakaa {name[:-3]}sen tiedot") == name
    assert about_another(f"{name[:-3]}sen tiedot pois") == name


@pytest.mark.parametrize("text", ["Poistakaa Laura Niemen tiedot", "Kaikki tiedot Laura Niemestä"])
def test_a_name_with_an_ending_that_nobody_can_undo_is_asked_for(text: str) -> None:
    assert about_another(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Delete my data. Laura Niemi",
        "My name is Laura Niemi, delete all data about Laura Niemi",
        "Radera alla uppgifter om Laura Niemi. Hälsningar Laura Niemi",
        "Olen Laura Niemi. Laura Niemen tiedot saa poistaa",
        "Poistakaa tiedot, terveisin Laura Niemi",
        "Stop sending Black Friday ads",
        "Delete all data of Acme Print Oy",
        "Send information about the Data Protection Officer",
        "Delete everything on Laura",
    ],
)
def test_who_names_themselves_or_nobody_asks_for_themselves(text: str) -> None:
    assert about_another(text) is None


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Remove Jane Roe from your list", "Remove me from your list"),
        ("Ta bort Jane Roe ur ert register", "Ta bort mig ur ert register"),
        ("Poistakaa Matti Meikäläinen rekisteristä", "Poistakaa minut rekisteristä"),
        ("Delete my data", "Delete my data"),
    ],
)
def test_what_is_asked_by_name_is_matched_as_one_s_own(text: str, own: str) -> None:
    assert as_about_oneself(text) == own


def test_a_name_without_an_ending_stays_as_it_is() -> None:
    assert without_ending("Pekka Korhonen") == "Pekka Korhonen"
    assert without_ending("Pekka Korhosta") == "Pekka Korhonen"
