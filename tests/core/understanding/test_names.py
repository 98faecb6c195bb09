"""A name is kept without the words around it, and no sentence is kept as a name."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language
from bot.core.understanding.names import (
    is_full_name,
    name_in,
    name_like_no,
    respelled,
    two_names,
)

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Laura Niemi", "Laura Niemi"),
        ("LAURA NIEMI", "Laura Niemi"),
        ("NIMENI ON LAURA NIEMI", "Laura Niemi"),
        ("It's Mrs Maureen Haigh, H-A-I-G-H, people always get it wrong", "Maureen Haigh"),
        ("My name is Laura Niemi", "Laura Niemi"),
        ("Nimeni on Sari Nieminen-Koski.", "Sari Nieminen-Koski"),
        ("Etunimi: Fatima Sukunimi: Rahimi", "Fatima Rahimi"),
        ("Leitgeb, Norbert, born in Graz", "Norbert Leitgeb"),
        ("Marianne af Hällström, med litet a i af", "Marianne af Hällström"),
        ('Patricia "Patty" Lindqvist, that\'s with a q', "Patricia Lindqvist"),
        ("Bobby Tables. No ei, Santeri Uusi-Kouvo", "Santeri Uusi-Kouvo"),
        ("mirva laaksonen", "Mirva Laaksonen"),
        ("SEPPO LAMPINEN", "Seppo Lampinen"),
        ("per-erik af eriksson", "Per-Erik af Eriksson"),
        ("i'm ola nordmann", "Ola Nordmann"),
        ("Vaahtera", "Vaahtera"),
        ("Nguyễn Văn A", "Nguyễn Văn A"),
        ("M", "M"),
        ("Laura Niemi von", "Laura Niemi"),
        ("sanjay gurung sir", "Sanjay Gurung"),
        ("alva :) rosenqvist", "Alva Rosenqvist"),
        ("mitt namn är nils åke westerlund punkt", "Nils Åke Westerlund"),
        ("Dear Sirs, my name is Harold Finch", "Harold Finch"),
    ],
)
def test_a_name_is_kept_without_the_words_around_it(text: str, name: str) -> None:
    assert name_in(text, EN) == name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Actually I only want to see my data first", EN),
        ("I'd rather not say", EN),
        ("EN ANNA NIMEÄNI MAINOSTAJILLE", FI),
        ("I WILL NOT TELL YOU THAT", EN),
        ("DET ANGÅR INTE ER ALLS", SV),
        ("what do you mean?", EN),
        ("here is my passport", EN),
        ("en halua kertoa", FI),
        ("kumpi tulee ensin", FI),
        ("Ks. edellinen viesti.", FI),
        ("Rank I can give. Not the rest.", EN),
        ("Keskeytä", FI),
        ("jag vill vara anonym", SV),
        ("Nimimerkillä on pärjättävä", FI),
        ("laura@example.com", EN),
        (", ;", EN),
        ("???", EN),
        ("ok", EN),
    ],
)
def test_a_sentence_is_no_name(text: str, language: Language) -> None:
    assert name_in(text, language) == ""


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("my name is O'Shea capital o apostrophe capital s", Language.EN, "O'Shea"),
        ("nimeni on Laura toinen nimi tulee myöhemmin", Language.FI, "Laura"),
        ("my name is none of your business", Language.EN, ""),
    ],
)
def test_a_word_that_is_said_to_be_a_name_is_enough(
    text: str, language: Language, name: str
) -> None:
    assert name_in(text, language) == name


@pytest.mark.parametrize("name", ["Ei Tanaka", "No Won-bin", "Nej Svensson", "En Saito Ito"])
def test_a_name_may_begin_like_a_no(name: str) -> None:
    assert name_like_no(f"{name}.") == name


@pytest.mark.parametrize(
    "text",
    [
        *("", "No", "ei", "No Thanks", "Ei Kiitos", "Nej Tack", "no way", "Ei nyt", "Laura Niemi"),
        "No One Two Three Four Five",
    ],
)
def test_a_no_is_no_name(text: str) -> None:
    assert name_like_no(text) == ""


@pytest.mark.parametrize("joined", ["or", "tai", "vai", "eller"])
def test_of_two_names_neither_is_guessed(joined: str) -> None:
    assert two_names(f"Ann Lee {joined} Ann Ray") == ("Ann Lee", "Ann Ray")
    assert two_names(f"Ann {joined} Ann Ray") == ()
    assert two_names(f"Ann Lee {joined} my wife") == ()


@pytest.mark.parametrize(
    ("text", "full"),
    [("Seppo Halme", True), ("Seppo Halme.", True), ("Seppo", False), ("I am Seppo Halme", False)],
)
def test_a_full_name_alone_is_known(text: str, *, full: bool) -> None:
    assert is_full_name(text) is full


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is Niemi, not Nieni", "Laura Niemi"),
        ("Niemi eikä nieni", "Laura Niemi"),
        ("inte Nieni utan niemi", "Laura Niemi"),
        ("Niemi, not Nyman", ""),
        ("the name is wrong", ""),
    ],
)
def test_the_part_of_a_name_that_is_wrong_is_put_right(text: str, name: str) -> None:
    assert respelled("Laura Nieni", text) == name
