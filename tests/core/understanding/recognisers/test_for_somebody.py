"""Who speaks for somebody else is known by words, and so is for whom and as what."""

from __future__ import annotations

import pytest

from bot.core.tickets.representation import Relation
from bot.core.understanding.recognisers.for_somebody import (
    as_own,
    asks_also_for_another,
    asks_the_same_for_another,
    is_of_another,
    is_the_named,
    is_written_by,
    name_of_another,
    person_in,
    relation_in,
    speaks_for_oneself,
    speaks_for_somebody,
)

R = Relation
SAID: list[tuple[str, Relation, str]] = [
    ("I represent my client Ms Virtanen", R.LAWYER, "Ms Virtanen"),
    ("I am a lawyer acting for Pekka Korhonen. Send all you hold.", R.LAWYER, "Pekka Korhonen"),
    ("Olen asianajaja ja edustan Pekka Korhosta.", R.LAWYER, "Pekka Korhonen"),
    ("Kyllä, päämieheni Alvar Kuparinen vastustaa profilointia.", R.LAWYER, "Alvar Kuparinen"),
    ("Jag företräder min klient Anna Ek.", R.LAWYER, "Anna Ek"),
    ("I have power of attorney", R.LAWYER, ""),
    ("I am her mother, please erase it", R.PARENT, ""),
    ("Please erase all data of my son Olli Berg.", R.PARENT, "Olli Berg"),
    ("poikani sai teiltä väärän laskun", R.PARENT, ""),
    ("Olen Onnin äiti. Poistakaa hänen tietonsa.", R.PARENT, ""),
    ("I am Onni's mother", R.PARENT, ""),
    ("Jag är Onnis mamma", R.PARENT, ""),
    ("Kirjoitan tyttäreni puolesta", R.PARENT, ""),
    ("Jag är vårdnadshavare, radera hans uppgifter", R.PARENT, ""),
    ("edunvalvojana pyydän hänen tietonsa", R.GUARDIAN, ""),
    ("As the guardian of Aune Berg I ask", R.GUARDIAN, "Aune Berg"),
    ("Som intressebevakare begär jag", R.GUARDIAN, ""),
    ("dödsboet efter Aune Berg vill att de raderas", R.ESTATE, "Aune Berg"),
    ("Aune Virtasen kuolinpesän puolesta", R.ESTATE, "Aune Virtanen"),
    ("I write as executor for the late Vera Nightingale", R.ESTATE, "Vera Nightingale"),
    ("My mother has died. Please erase her data.", R.ESTATE, ""),
    ("Äitini on kuollut", R.ESTATE, ""),
    ("Min mor har dött", R.ESTATE, ""),
    ("my husband Roy's data, please erase", R.SPOUSE, "Roy"),
    ("vaimoni puolesta haluan kieltää markkinoinnin", R.SPOUSE, ""),
    ("radera allt om min fru Eva Ek", R.SPOUSE, "Eva Ek"),
    ("för min mamma Greta Ek vill jag att ni raderar allt", R.RELATIVE, "Greta Ek"),
    ("I ask for one of our employees", R.EMPLOYER, ""),
    ("I'm the PA of Mr Bainbridge", R.ASSISTANT, "Mr Bainbridge"),
    ("niin, Lauri Haapalan puolesta", R.OTHER, ""),
    ("It is on behalf of Jane Roe", R.OTHER, "Jane Roe"),
    ("Please remove Jane Roe from your database", R.OTHER, "Jane Roe"),
    ("Ta bort Anna Ek från registret", R.OTHER, "Anna Ek"),
    ("det är för min väns räkning", R.RELATIVE, ""),
    ("jag skriver för pappa, han vill ha stopp på reklamen", R.RELATIVE, ""),
    ("I'm writing for dad, he wants the marketing to stop", R.RELATIVE, ""),
    ("kirjoitan isän puolesta, hän ei halua mainoksia", R.RELATIVE, ""),
]


@pytest.mark.parametrize(("text", "relation", "name"), SAID)
def test_who_speaks_for_somebody_says_for_whom_and_as_what(
    text: str, relation: Relation, name: str
) -> None:
    assert speaks_for_somebody(text)
    assert relation_in(text) is relation
    assert person_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "erase my data",
        "My husband is angry. Delete my data",
        "My son ordered it with my account",
        "Vaimoni kertoi teistä, poistakaa tietoni",
        "Min fru är arg, radera mina uppgifter",
        "Matti Meikäläinen, poistakaa tietoni",
        "omasta puolestani",
    ],
)
def test_who_only_mentions_others_speaks_for_themselves(text: str) -> None:
    assert not speaks_for_somebody(text)


def test_a_name_in_a_form_that_is_not_sure_is_asked_for() -> None:
    assert person_in("Lauri Haapalan puolesta") == ""
    assert person_in("Edustan Liisa Niemeä") == ""
    assert person_in("erase my data") == ""


def test_an_office_is_believed_beside_what_is_one_s_own() -> None:
    assert speaks_for_somebody("I am a lawyer acting for Pekka. My e-mail is bo@example.com")


def test_death_is_heard_in_three_languages() -> None:
    for text in ("my late mother", "isäni kuoli", "dödsbo", "perikunta", "she passed away"):
        assert relation_in(text) is R.ESTATE
    assert relation_in("my mother") is not R.ESTATE


@pytest.mark.parametrize(
    "text", ["it's for me", "omat tietoni", "för mig själv", "I am the customer"]
)
def test_who_asks_for_themselves_after_all_says_so(text: str) -> None:
    assert speaks_for_oneself(text)
    assert not speaks_for_oneself("his: Theodore Bainbridge")


@pytest.mark.parametrize(
    "text", ["no tässä lauri ite", "this is Lauri himself", "hej, det här är Lauri själv"]
)
def test_the_person_concerned_may_take_over(text: str) -> None:
    assert is_written_by(text, "Lauri Haapala")
    assert not is_written_by(text, "Kirsi Haapala")
    assert not is_written_by("Lauri Haapala", "Lauri Haapala")


@pytest.mark.parametrize("text", ["that's me", "Se olen minä.", "det är ju jag"])
def test_who_was_named_may_turn_out_to_be_the_writer(text: str) -> None:
    assert is_the_named(text)
    assert not is_the_named(f"{text}, her daughter")


@pytest.mark.parametrize(
    "text",
    ["her name is Anna Berg", "hänen nimensä on Anna Berg", "begäran gäller Anna Berg, inte mig"],
)
def test_a_name_that_is_said_to_be_theirs_is_known(text: str) -> None:
    assert name_of_another(text) == "Anna Berg"
    assert name_of_another("my name is Anna Berg") == ""


def test_the_same_is_asked_for_another_as_well() -> None:
    assert asks_also_for_another("she want also objection for her, name Mahnaz Tehrani")
    assert not asks_also_for_another("my name is Mahnaz Tehrani, too")
    assert not asks_also_for_another("her name is Mahnaz")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("My mother has died. Please erase her data.", "Please erase my data"),
        (
            "I'm the PA of Mr B, he wants everything you keep on him",
            "I want everything you keep on me",
        ),
        ("Olen edunvalvoja. Haluan päämieheni tiedot.", "Haluan tietoni"),
        ("Haluan siirtää lapseni tiedot muualle", "Haluan siirtää tietoni muualle"),
        ("Vaimoni puolesta: poistakaa hänen tietonsa", "poistakaa tietoni"),
        ("Jag företräder dödsboet. Radera hennes uppgifter.", "Radera mina uppgifter"),
        ("Jag skriver för min klient Anna Ek: vad har ni om henne", "vad har ni om mig"),
        ("Send it on behalf of my client Anna Ek to me", "Send it to me"),
        ("As attorney for Ms Anna Ek I request access to her data", "I request access to my data"),
    ],
)
def test_what_is_asked_for_somebody_is_matched_as_one_s_own(text: str, own: str) -> None:
    assert as_own(text) == own


def test_a_third_person_is_heard() -> None:
    assert is_of_another("his, not mine, change the name")
    assert is_of_another("hänen nimensä on Anna Berg")
    assert is_of_another("personens namn är Anna Berg")
    assert not is_of_another("my name is Anna Berg")


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("och Roger vill samma", True),
        ("and Roger wants the same", True),
        ("ja vaimo haluaa samat", True),
        ("Jag vill ha samma", False),
        ("I would like the same", False),
        ("haluan samat tiedot", False),
        ("Roger wants his coat", False),
    ],
)
def test_who_wants_the_same_is_another(text: str, *, another: bool) -> None:
    assert asks_also_for_another(text) is another


@pytest.mark.parametrize("text", ["min pappa dog", "mormor dog i fjol"])
def test_of_a_death_is_told_in_a_word_that_is_an_animal_elsewhere(text: str) -> None:
    assert relation_in(text) is Relation.ESTATE
    assert relation_in("my dog ate the invoice") is None


def test_what_is_asked_of_anothers_data_is_for_them_and_what_is_told_is_not() -> None:
    assert relation_in("please delete his data") is R.OTHER
    assert relation_in("ta bort alla hennes uppgifter") is R.OTHER
    assert relation_in("my colleague asked you to delete his data") is None


@pytest.mark.parametrize(
    "text",
    [
        *("and my husband's then", "what about my wife?", "och min mans då", "och min frus"),
        *("entä mieheni sitten", "entä vaimoni pyyntö", "and my daughter's too"),
    ],
)
def test_the_same_is_asked_for_another_in_few_words(text: str) -> None:
    assert asks_the_same_for_another(text)


@pytest.mark.parametrize(
    "text",
    [
        *("and my data then", "entä tietoni sitten", "och mina uppgifter då", "my husband's then"),
        "and my husband wrote to you about the boxes last week",
    ],
)
def test_anything_more_is_something_else(text: str) -> None:
    assert not asks_the_same_for_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "my mum said that you have to delete it",
        "äiti sanoi että teidän pitää poistaa se",
        "min mamma sa att ni ska ta bort den",
    ],
)
def test_who_told_the_writer_is_not_whom_it_concerns(text: str) -> None:
    assert not speaks_for_somebody(text)
    assert speaks_for_somebody("my mum told me to ask you to delete her data")
    assert speaks_for_somebody("min mamma sa att ni ska ta bort hennes uppgifter")
