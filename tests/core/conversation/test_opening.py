"""The words that asked for a right fill in what they say, and nothing that they do not say."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation.opening import added, asks_clearly, fields_in, other_address, sets_limit
from bot.core.conversation.request_fields import CONCERNED, DETAILS, EMAIL, NAME, RELATION
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.words.text import KEPT
from tests.yardstick import measured, slowness

ERASURE = (Right.ERASURE,)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        (
            "Please delete my account but keep the invoices. Thank you!",
            "Please delete my account but keep the invoices.",
        ),
        (
            "Hi! I want you to erase only my phone number",
            "I want you to erase only my phone number",
        ),
        (
            "Moi. Poistakaa tietoni, mutta säilyttäkää takuutiedot. Kiitos.",
            "Poistakaa tietoni, mutta säilyttäkää takuutiedot.",
        ),
        ("Poistakaa vain vanha osoitteeni", "Poistakaa vain vanha osoitteeni"),
        (
            "Radera allt utom mina fakturor. Det brådskar.",
            "Radera allt utom mina fakturor.",
        ),
        ("Hej, radera bara min adress", "Hej, radera bara min adress"),
        ("Delete what you have of order 10455.", "Delete what you have of order 10455."),
        (
            "Poistakaa tietoni. Asiakasnumeroni on 55012.",
            "Asiakasnumeroni on 55012.",
        ),
    ],
)
def test_limits_exceptions_and_references_are_the_details(text: str, limit: str) -> None:
    assert fields_in(text, ERASURE)[DETAILS] == limit


@pytest.mark.parametrize(
    "text",
    ["Please erase all my data", "Poistakaa kaikki tietoni!", "Radera allt ni har om mig, tack"],
)
def test_who_says_nothing_more_is_still_asked(text: str) -> None:
    assert fields_in(text, ERASURE) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Hello. My name is wrong in your system, it should be Niemi, not Nieni.",
            "My name is wrong in your system, it should be Niemi, not Nieni.",
        ),
        (
            "Osoitteeni on väärin. Oikea osoite on Kuja 3, 00100 Helsinki",
            "Oikea osoite on Kuja 3, 00100 Helsinki",
        ),
        ("Mitt nya nummer är 040 1234567, ändra det", "Mitt nya nummer är 040 1234567, ändra det"),
    ],
)
def test_the_right_value_fills_in_what_is_to_be_corrected(text: str, value: str) -> None:
    assert fields_in(text, (Right.RECTIFICATION,))[DETAILS] == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Maureen Haigh and I want my data erased", "Maureen Haigh"),
        ("I'm Anna-Liisa O'Brien, please erase my data", "Anna-Liisa O'Brien"),
        ("Olen Matti Meikäläinen ja haluan tietoni pois", "Matti Meikäläinen"),
        ("Jag heter Åsa von Essen. Radera mina uppgifter.", "Åsa von Essen"),
        ("Delete my data.\n\nKind regards,\nJean-Luc de Clercq", "Jean-Luc de Clercq"),
        ("Poistakaa tietoni.\nYstävällisin terveisin\nPäivi Öhman", "Päivi Öhman"),
        ("Radera mina uppgifter. \nMvh\nKarl Ek", "Karl Ek"),
    ],
)
def test_who_says_their_name_is_not_asked_for_it(text: str, name: str) -> None:
    assert fields_in(text, ERASURE)[NAME] == name


@pytest.mark.parametrize(
    "text",
    [
        "I am American Express customer, delete my data",
        "I am very angry. Delete my data",
        "Olen asiakas vuodesta 2010, poistakaa tietoni",
        "Your Matti Meikäläinen was rude, delete my data",
        "Send all data of my client. Name: Pekka Korhonen",
        "My client Pekka Korhonen wants it erased. I am Pekka Korhonen, so to speak.",
        "thanks",
    ],
)
def test_no_name_is_taken_that_may_be_another_s_or_none(text: str) -> None:
    assert NAME not in fields_in(text, ERASURE)


@pytest.mark.parametrize(
    ("text", "concerned", "relation", "name"),
    [
        ("I represent my client Ms Virtanen. Send her data", "Ms Virtanen", "lawyer", None),
        ("I am Anna Berg, and I am her mother. Erase it", None, "parent", "Anna Berg"),
        ("Edunvalvojana pyydän hänen tietonsa. Nimeni on Bo Ek", None, "guardian", "Bo Ek"),
        ("Dödsboet efter Aune Berg.\nMvh\nKarl Ek", "Aune Berg", "estate", "Karl Ek"),
    ],
)
def test_who_writes_for_whom_is_told_apart(
    text: str, concerned: str | None, relation: str, name: str | None
) -> None:
    fields = fields_in(text, ERASURE)
    assert fields.get(CONCERNED) == concerned
    assert fields[RELATION] == relation
    assert fields.get(NAME) == name
    assert EMAIL not in fields


def test_who_only_mentions_others_asks_for_themselves() -> None:
    assert RELATION not in fields_in("My husband is angry. Erase my data", ERASURE)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Erase my data, my email is Laura@Example.com.", "laura@example.com"),
        ("Poistakaa tilini, sähköpostini on laura@example.com", "laura@example.com"),
        ("Radera mitt konto (laura@example.com), tack", "laura@example.com"),
        ("I'm Laura Niemi, laura@example.com. Erase my data", "laura@example.com"),
        ("Olen Laura Niemi, osoite laura@example.com, poistakaa tietoni", "laura@example.com"),
        ("radera mina uppgifter, mejlen är laura@example.com", "laura@example.com"),
    ],
)
def test_who_says_their_address_is_not_asked_for_it(text: str, address: str) -> None:
    assert fields_in(text, ERASURE)[EMAIL] == address


@pytest.mark.parametrize(
    "text",
    [
        "You keep writing from promo@shop.example. Erase my data",
        "My email was old@example.com and is new@example.com now. Erase my data",
        "My account is under laura@, erase it",
        "My client's account is registered with laura@example.com",
        "I'm Laura Niemi. Stop sending my data to shop@example.com",
    ],
)
def test_an_address_that_may_not_be_the_writer_s_is_not_taken(text: str) -> None:
    assert EMAIL not in fields_in(text, ERASURE)


def test_a_new_address_is_what_is_to_be_corrected_not_where_to_write() -> None:
    text = "My email should be new@example.com"
    assert fields_in(text, (Right.RECTIFICATION,)) == {DETAILS: text}


def test_of_several_rights_staff_read_in_the_message_what_concerns_which() -> None:
    text = "Send me my data and then erase everything but the invoices. My name is Anna Berg."
    assert fields_in(text, (Right.ACCESS, Right.ERASURE)) == {NAME: "Anna Berg"}


def test_what_is_too_long_for_a_field_is_not_cut_but_asked_for() -> None:
    assert DETAILS not in fields_in(f"Only this: {'a' * 2_000}", ERASURE)


def test_the_words_of_one_more_message_come_after_the_first() -> None:
    assert added("", "poistakaa") == "poistakaa"
    assert added("poistakaa", "ja näyttäkää") == "poistakaa\nja näyttäkää"
    assert len(added("a" * KEPT, "b")) == KEPT


@pytest.mark.parametrize(
    "piece", ["a", " ", ".", "@", "A ", "thanks ", "Aa-", "tilaus", "my name is A", "only, ", "\n"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * KEPT)[:KEPT]
    taken = measured(lambda: fields_in(text, (Right.RECTIFICATION,)))
    assert taken < 0.1 * slowness()


# Whether it asks clearly


def understood(outcome: Outcome = Outcome.REQUEST, confidence: float = 0.9) -> Match:
    return Match(
        language=Language.EN,
        outcome=outcome,
        intent="request.erasure",
        rights=(Right.ERASURE,),
        confidence=confidence,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Delete my data.",
        "Could you please delete my data?",
        "Voisitteko poistaa tietoni?",
        "Kan ni radera mina uppgifter?",
    ],
)
def test_sure_words_ask_clearly_also_when_they_are_polite(text: str) -> None:
    assert asks_clearly(text, (Right.ERASURE,), understood())


@pytest.mark.parametrize(
    "text", ["", "Can I have my data deleted?", "Voiko tiedot poistaa?", "Kan man radera?"]
)
def test_nothing_and_a_question_about_a_right_do_not(text: str) -> None:
    assert not asks_clearly(text, (Right.ERASURE,), understood())


def test_words_that_are_not_surely_of_these_rights_do_not() -> None:
    text = "Delete my data."
    assert not asks_clearly(text, (Right.ERASURE,), understood(confidence=0.4))
    assert not asks_clearly(text, (Right.ERASURE,), understood(Outcome.CLARIFY))
    assert not asks_clearly(text, (Right.ERASURE, Right.ACCESS), understood())
    assert asks_clearly(text, (Right.ERASURE,), understood(Outcome.INCIDENT))


@pytest.mark.parametrize(
    "text",
    [
        "only my phone number, keep the rest",
        "please keep the invoices",
        "vain puhelinnumero, jättäkää muut",
        "säilyttäkää laskut",
        "bara mitt telefonnummer, behåll resten",
        "men behåll fakturorna",
    ],
)
def test_what_an_erasure_is_to_spare_limits_it(text: str) -> None:
    assert sets_limit(text, Right.ERASURE)


@pytest.mark.parametrize("text", ["My name is Niemi", "säilytän laskut itse", "tack så mycket"])
def test_what_spares_nothing_sets_no_limit(text: str) -> None:
    assert not sets_limit(text, Right.ERASURE)


def test_to_keep_something_limits_an_erasure_alone() -> None:
    assert not sets_limit("please keep the invoices", Right.ACCESS)


def test_the_one_address_besides_the_known_one_is_meant() -> None:
    known, other = "laura@example.com", "laura@work.example"
    assert other_address(f"not to {known}, to {other}", known) == other
    assert other_address(f"to {known}", known) == ""
    assert other_address("to a@example.com or b@example.com", known) == ""


@pytest.mark.parametrize(
    "text",
    [
        "stop marketing to my work address laura@work.example",
        "ei mainoksia työosoitteeseeni laura@work.example",
        "ingen reklam till min jobbadress laura@work.example",
    ],
)
def test_an_address_of_ones_own_may_be_told_apart(text: str) -> None:
    assert fields_in(text, (Right.MARKETING_OBJECTION,))[EMAIL] == "laura@work.example"
    old = "my old address laura@work.example is wrong"
    assert EMAIL not in fields_in(old, (Right.MARKETING_OBJECTION,))


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("egentligen vill jag bara se mina uppgifter", ""),
        ("actually I only want to see my data first", ""),
        ("oikeastaan haluan vain nähdä tietoni", ""),
        ("jag vill bara se mina fakturor", "jag vill bara se mina fakturor"),
        ("only delete the address in my data", "only delete the address in my data"),
    ],
)
def test_only_this_right_is_no_limit_of_what_it_covers(text: str, details: str) -> None:
    assert fields_in(text, (Right.ACCESS,)).get(DETAILS, "") == details


def test_an_address_that_is_shunned_is_not_the_writers() -> None:
    own = "Poistakaa tietoni. Sähköpostini on matti@example.com"
    assert EMAIL in fields_in(own, (Right.ERASURE,))
    shunned = "Poistakaa tietoni. Älkää kirjoittako sähköpostiini matti@example.com"
    assert EMAIL not in fields_in(shunned, (Right.ERASURE,))


def test_of_several_rights_the_limited_one_is_told_what_limits_it() -> None:
    text = "erase my account but keep the card and send me a copy"
    limited = "erase my account but keep the card"
    assert fields_in(text, (Right.ERASURE, Right.ACCESS))[DETAILS] == limited
    assert DETAILS not in fields_in(text, (Right.ACCESS, Right.ERASURE))
    corrected = "correct my name but keep the old one as well and send me a copy"
    assert DETAILS not in fields_in(corrected, (Right.RECTIFICATION, Right.ACCESS))
    assert fields_in(text, ()) == {}
