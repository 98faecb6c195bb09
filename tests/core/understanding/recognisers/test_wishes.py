"""What is wished is told apart from who writes, what is denied and what is left out."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.recognisers import wishes


@pytest.mark.parametrize(
    ("text", "essence"),
    [
        (
            "Please delete my account but keep the invoices. My name is Laura Niemi and my email "
            "is laura@example.com.",
            "Please delete my account.",
        ),
        ("Poistakaa tilini, mutta säilyttäkää laskut. Nimeni on Laura Niemi", "Poistakaa tilini."),
        ("Radera mitt konto, men behåll fakturorna.", "Radera mitt konto."),
        ("Delete everything except my purchase history", "Delete everything"),
        (
            "Olen Laura Niemi, osoite laura@example.fi, ja haluan nähdä tietoni",
            "ja haluan nähdä tietoni",
        ),
        ("I don't want it deleted, I want it corrected", "I want it corrected"),
        ("En halua että ne poistetaan vaan että ne korjataan", "haluan että tietoni korjataan"),
        ("Ta inte bort dem, jag vill att de rättas", "jag vill att de rättas"),
        ("Älkää poistako vaan korjatkaa", "korjatkaa"),
    ],
)
def test_the_wish_stands_alone(text: str, essence: str) -> None:
    assert wishes.essence(text) == essence


@pytest.mark.parametrize(
    "text",
    [
        "my name is Niemi, not Nieni",
        "My name is Laura Niemi, not Laura Nieni",
        "My email should be new@example.com",
        "How long do you keep my data?",
    ],
)
def test_what_is_to_be_put_right_is_part_of_the_wish(text: str) -> None:
    assert wishes.essence(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "I want a copy of my data and then delete it",
        "Haluan kopion tiedoistani ja sen jälkeen poistakaa ne",
        "skicka en kopia och radera dem",
    ],
)
def test_what_comes_after_is_a_wish_too(text: str) -> None:
    assert wishes.then_erases(text)
    assert not wishes.then_erases("I want a copy and the invoices")


def test_keywords_are_taken_alone() -> None:
    assert wishes.opts_out("STOP!")
    assert wishes.language_of_opting_out("stop") is None
    assert wishes.language_of_opting_out("Sluta") is Language.SV
    assert not wishes.opts_out("stop analysing what I buy")


def test_short_forms_are_taken_alone() -> None:
    assert wishes.short_form("DSAR") is Right.ACCESS
    assert wishes.short_form("what is a DSAR") is None


@pytest.mark.parametrize(
    "text",
    [
        *("GDPR request", "I want to make a GDPR request", "GDPR-pyyntö", "Tietosuojapyyntö"),
        *("Haluan tehdä tietosuojapyynnön", "GDPR-begäran", "I want to exercise my rights"),
    ],
)
def test_a_request_that_names_no_right_is_known(text: str) -> None:
    assert wishes.names_no_right(text)
    assert not wishes.names_no_right(f"{text} and erase my data")


@pytest.mark.parametrize(
    "text", ["I withdraw my consent.", "Peruutan suostumukseni", "jag återkallar mitt samtycke"]
)
def test_consent_is_withdrawn_in_so_many_words(text: str) -> None:
    assert wishes.takes_consent_back(text)
    assert not wishes.takes_consent_back(f"how: {text}")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("yes and how much does it cost", "how much does it cost"),
        ("Joo, mutta kauanko kestää?", "kauanko kestää?"),
        ("ja, men vad kostar det", "vad kostar det"),
        ("how much does it cost", ""),
        ("yes", ""),
    ],
)
def test_what_is_joined_to_a_yes_is_cut_off_from_it(text: str, joined: str) -> None:
    assert wishes.beside_yes(text) == joined


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("GDPR-begäran", Language.SV),
        ("GDPR-pyyntö", Language.FI),
        ("GDPR request", Language.EN),
        ("DSAR", None),
    ],
)
def test_the_language_of_a_short_form_is_that_of_its_word(
    text: str, language: Language | None
) -> None:
    assert wishes.language_of_short_form(text) is language


@pytest.mark.parametrize(
    "text",
    [
        *("I'm in a picture on your website, remove it", "please take down the photo of me"),
        *("can I ask you to remove a photo of me", "olen kuvassa nettisivuillanne, ottakaa pois"),
        *("voitteko poistaa kuvan minusta?", "jag är med på en bild på er sida, ta bort den"),
        "kan ni ta bort en bild på mig",
    ],
)
def test_a_picture_is_to_be_taken_down(text: str) -> None:
    assert wishes.takes_down(text)


@pytest.mark.parametrize(
    "text",
    [
        *("do you take pictures at events?", "kuvaatteko tapahtumissa", "remove it", "ta bort den"),
        *("do you remove the photo of me if I ask?", "fotar ni på evenemang?", "poistakaa tietoni"),
        "in a picture " * 9 + "remove it",
    ],
)
def test_speech_of_pictures_takes_none_down(text: str) -> None:
    assert not wishes.takes_down(text)


@pytest.mark.parametrize(
    "text",
    [
        "my boss asked me if you could maybe not delete but like hide our stuff",
        "don't delete it, just freeze it",
        "pomo kysyi voisitteko ehkä ei poistaa vaan piilottaa meidän jutut",
        "älkää poistako tietojani vaan lukitkaa ne",
        "kan ni inte radera utan typ dölja våra grejer",
        "ska ni inte ta bort dem utan spärra dem",
    ],
)
def test_what_is_hidden_in_the_place_of_being_erased(text: str) -> None:
    assert wishes.hides(text)


@pytest.mark.parametrize("text", ["delete it", "do not delete it", "hide it", "piilota ja poista"])
def test_hiding_alone_or_erasing_is_something_else(text: str) -> None:
    assert not wishes.hides(text)


def test_a_no_to_a_no_is_none() -> None:
    said = "I would like not to be unable to see my data"
    assert wishes.essence(said) == "I would like to see my data"


@pytest.mark.parametrize(
    "text",
    ["hide our stuff", "Please hide my name", "piilota mun tiedot", "dölj mina uppgifter"],
)
def test_what_is_only_to_be_hidden_may_be_kept(text: str) -> None:
    assert wishes.only_hides(text)


@pytest.mark.parametrize(
    "text",
    ["hide and delete my data", "poistakaa, älkää vain piilottako", "what do you hide from me"],
)
def test_what_is_to_be_erased_or_is_asked_is_not_only_hidden(text: str) -> None:
    assert not wishes.only_hides(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("delete my account but keep the card, and send me a copy", ", and send me a copy"),
        ("poistakaa kaikki paitsi laskut ja lopettakaa mainokset", " ja lopettakaa mainokset"),
        ("radera allt utom fakturorna, skicka sedan en kopia", ", skicka sedan en kopia"),
    ],
)
def test_what_is_left_out_ends_where_another_wish_begins(text: str, wish: str) -> None:
    assert wishes.essence(text).endswith(wish)
    assert not wishes.essence(text).removesuffix(wish).endswith(("card", "laskut", "fakturorna"))
