"""A name is kept without the words around it, and no sentence is kept as a name."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language
from bot.core.understanding.words.names import (
    is_full_name,
    joint_names,
    name_in,
    name_like_no,
    put_right,
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


@pytest.mark.parametrize("text", ["allt", "kaikki", "all", "everything", "Allt"])
def test_all_is_nobodys_name(text: str) -> None:
    assert name_in(text, SV) == ""


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Karin och Lars Holm", ("Karin Holm", "Lars Holm")),
        ("Karin and Lars Holm", ("Karin Holm", "Lars Holm")),
        ("Karin ja Lasse Holm", ("Karin Holm", "Lasse Holm")),
        ("we are Ann Lee & Tom Ray", ("Ann Lee", "Tom Ray")),
        ("karin ja lasse holm", ("Karin Holm", "Lasse Holm")),
        ("Karin och Lars", ("Karin", "Lars")),
    ],
)
def test_two_people_with_a_joint_name_are_told_apart(text: str, both: tuple[str, ...]) -> None:
    assert joint_names(text) == both


@pytest.mark.parametrize(
    "text",
    [
        *("Karin Holm", "Ja Morant", "Kim Ja Won", "kim ja won", "Karin Holm and my dog"),
        *("Karin Holm och vem är du", "yes and no", "Ann and Bo and Cy Lee", "and Lars Holm"),
    ],
)
def test_who_is_one_is_not(text: str) -> None:
    assert joint_names(text) == ()


@pytest.mark.parametrize(
    ("name", "text", "given", "right"),
    [
        ("Kalle Mäki", "my first name is really Karla", "Karla", "Karla Mäki"),
        ("Kalle Mäki", "sukunimi on väärin, se on Laine", "Laine", "Kalle Laine"),
        ("Kalle Mäki", "namnet är fel, det är Mattias", "Mattias", "Mattias"),
        ("Kalle Mäki", "inte Kalle utan Karl-Erik Ström", "Karl-Erik Ström", "Karl-Erik Ström"),
        ("Laura Nieni", "Niemi, not Nieni", "Niemi", "Laura Niemi"),
        ("Laura Nieni", "my first name is wrong", "", ""),
        ("", "my first name is really Karla", "Karla", "Karla"),
    ],
)
def test_only_the_part_that_is_named_is_put_right(
    name: str, text: str, given: str, right: str
) -> None:
    assert put_right(name, text, given) == right
