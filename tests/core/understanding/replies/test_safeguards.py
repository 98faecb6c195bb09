"""A sentence that holds a no, a condition, a question or another wish agrees to nothing."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.replies.safeguards import (
    asks,
    ends_it,
    finds_no_fault,
    leaves_it_as_it_is,
    may_agree,
    may_repeat,
    says_no,
    says_only_yes,
    says_yes,
    sets_condition,
    wishes_it,
)

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I don't want it deleted", EN),
        ("please stop the erasure of my data", EN),
        ("cancel the deletion of my data", EN),
        ("ei poisteta", FI),
        ("Ta inte bort mina uppgifter, jag vill bara se dem", SV),
        ("ja vill it", SV),
    ],
)
def test_a_no_is_heard(text: str, language: Language) -> None:
    assert says_no(text, language)
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no mistakes, send it", EN),
        ("I can't argue with that, send it", EN),
        ("no niin, lähetä", FI),
        ("ei korjattavaa, lähetä", FI),
        ("inget att ändra, skicka", SV),
        ("do it", EN),
    ],
)
def test_a_no_that_takes_nothing_back_is_none(text: str, language: Language) -> None:
    assert not says_no(text, language)
    assert may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes but keep the invoices", EN),
        ("kyllä, kunhan laskut jäävät", FI),
        ("ja, så länge fakturorna blir kvar", SV),
    ],
)
def test_a_condition_is_heard(text: str, language: Language) -> None:
    assert sets_condition(text, language)
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "kauanko tässä kestää",
        "poistuvatko kaikki tiedot",
        "skickar ni brev hem",
        "mommo undrar det",
    ],
)
def test_a_question_without_its_mark_is_heard(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("haluan lopettaa", FI),
        ("kyllä, tosin yhdet tiedot ovat toisen", FI),
        ("I'm done with this", EN),
        ("täytyy mennä", FI),
        ("sorry, gotta run", EN),
        ("måste nu gå", SV),
        ("send it, always excepting the deliveries", EN),
        ("ja, dock ska faktureringen löpa på", SV),
    ],
)
def test_an_end_and_a_reservation_agree_to_nothing(text: str, language: Language) -> None:
    assert not may_agree(text, language)


def test_politeness_is_no_condition() -> None:
    assert may_agree("yes please, if you would be so kind", EN)


@pytest.mark.parametrize("text", ["yes?", "what happens then", "voinko perua", "får jag det"])
def test_a_question_is_heard(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes, and when does it happen?", EN),
        ("kyllä, milloin se tapahtuu?", FI),
        ("ja, när sker det?", SV),
    ],
)
def test_a_question_beside_a_yes_agrees_to_nothing(text: str, language: Language) -> None:
    assert not may_agree(text, language)


@pytest.mark.parametrize("text", ["would you please do it", "do it", "yes"])
def test_a_polite_order_asks_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text", ["maybe", "yes, tomorrow", "yes but a human please", "yes, talk to a human"]
)
def test_doubt_delay_and_another_wish_agree_to_nothing(text: str) -> None:
    assert not may_agree(text, EN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("oh yes please do, thank you", EN),
        ("alright then", EN),
        ("joo se on ihan oikein, kiitos", FI),
        ("no kyllä nyt", FI),
        ("jo det är rätt så", SV),
    ],
)
def test_words_that_all_agree_are_heard(text: str, language: Language) -> None:
    assert says_only_yes(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes banana", EN),
        ("Vantaa", FI),
        ("thanks", EN),
        ("joo mutta", FI),
        ("ja inte", SV),
        ("yes later", EN),
        ("yes and my data", EN),
    ],
)
def test_a_yes_with_any_other_word_is_not_only_one(text: str, language: Language) -> None:
    assert not says_only_yes(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jatketaan illalla", FI),
        ("jatketaan joskus toiste", FI),
        ("vi fortsätter ikväll", SV),
        ("yes, next week", EN),
        ("joo ja haluan kopion", FI),
        ("yes and I also want a copy", EN),
        ("ja och jag vill ha en kopia", SV),
    ],
)
def test_going_on_at_another_time_or_with_another_wish_is_no_yes(
    text: str, language: Language
) -> None:
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [("jatketaan vaan", FI), ("ja jag vill gärna ändra namnet", SV)]
)
def test_going_on_at_once_and_saying_again_what_one_wants_is_a_yes(
    text: str, language: Language
) -> None:
    assert may_agree(text, language)


def test_a_yes_is_heard() -> None:
    assert says_yes("submit", EN)
    assert not says_yes("pager gone", EN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("luin kahteen kertaan, ei virheitä", FI),
        ("en muuttaisi mitään", FI),
        ("as far as I can see there is no mistake", EN),
        ("I wouldn't change a thing", EN),
        ("jag hittar inga fel", SV),
        ("jag skulle inte ändra något", SV),
    ],
)
def test_who_finds_nothing_wrong_agrees(text: str, language: Language) -> None:
    assert finds_no_fault(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ei virheitä mutta osoite pitää muuttaa", FI),
        ("no mistakes, but change the address", EN),
        ("no mistakes? I see one", EN),
        ("no errors, wait until tomorrow", EN),
        ("inga fel, men skicka inte", SV),
        ("looks good", EN),
    ],
)
def test_who_finds_something_or_says_more_does_not_agree_by_that(
    text: str, language: Language
) -> None:
    assert not finds_no_fault(text, language)


@pytest.mark.parametrize(
    ("text", "language", "wished"),
    [
        ("joo lopettakaa ne mainokset", FI, True),
        ("yes, no more newsletters", EN, True),
        ("stop the marketing", EN, True),
        ("lopettakaa markkinointi", FI, True),
        ("sluta med marknadsföringen", SV, True),
        ("stop the marketing objection", EN, False),
        ("peruuttakaa markkinointikielto", FI, False),
        ("stoppa marknadsföringsförbudet", SV, False),
        ("stop the marketing tomorrow", EN, False),
        ("ja, inga fler utskick", SV, True),
        ("no more newsletters, only the bills", EN, False),
        ("yes", EN, False),
        ("stop", EN, False),
    ],
)
def test_who_says_once_more_what_the_right_is_about_agrees_to_it(
    text: str, language: Language, wished: bool
) -> None:
    assert wishes_it(text, language, Right.MARKETING_OBJECTION) is wished
    assert not wishes_it(text, language, Right.ACCESS)
    assert not wishes_it(text, language, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("öppna ingenting", SV),
        ("jag låter bli att skicka", SV),
        ("jätän lähettämättä", FI),
        ("nothing", EN),
        ("yes, plus take my number off the list", EN),
        ("joo, ja lisäksi kopio", FI),
        ("ok då glömmer vi alltsammans", SV),
        ("ok unohdetaan koko juttu", FI),
        ("ok let's forget the whole thing", EN),
        ("yes and how much does it cost", EN),
        ("joo ja mitä se maksaa", FI),
        ("ja och vad kostar det", SV),
        ("nå ja", SV),
        ("no joo", FI),
    ],
)
def test_what_undoes_adds_to_or_waters_down_a_yes_is_none(text: str, language: Language) -> None:
    assert not may_agree(text, language)


@pytest.mark.parametrize("text", ["epäilemättä kyllä", "viipymättä vaan, kiitos"])
def test_without_doubt_and_without_delay_is_no_no(text: str) -> None:
    assert may_agree(text, FI)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("här: jag vägrar skicka bild på hem", SV),
        ("selvä, kieltäydyn lähettämästä kuvaa", FI),
        ("fine, and the picture of it, can that go", EN),
        ("joo, ja kuva, saako sen pois", FI),
        ("ja, och bilden, kan den tas bort", SV),
    ],
)
def test_who_refuses_or_asks_beside_a_word_of_sending_agrees_to_nothing(
    text: str, language: Language
) -> None:
    assert says_yes(text, language)
    assert not may_agree(text, language)


def test_who_refuses_adverts_agrees_to_end_them() -> None:
    assert may_agree("kyllä, kieltäydyn markkinoinnista", FI, Right.MARKETING_OBJECTION)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("please stop the erasure of my data", Right.ERASURE),
        ("cancel the deletion", Right.ERASURE),
        ("pysäyttäkää tietojeni poistaminen", Right.ERASURE),
        ("stoppa raderingen av mina uppgifter", Right.ERASURE),
        ("ok då glömmer vi alltsammans", Right.RECTIFICATION),
        ("let's forget the whole thing then", Right.RECTIFICATION),
        ("no unohdetaan sitten koko juttu", Right.RECTIFICATION),
        ("cancel the marketing ban", Right.MARKETING_OBJECTION),
        ("peruuttakaa markkinointikielto", Right.MARKETING_OBJECTION),
        ("avbryt marknadsföringsförbudet", Right.MARKETING_OBJECTION),
    ],
)
def test_who_stops_a_request_or_what_it_is_to_do_ends_it(text: str, right: Right) -> None:
    assert ends_it(text, right)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("stop the marketing", Right.MARKETING_OBJECTION),
        ("lopettakaa markkinointi", Right.MARKETING_OBJECTION),
        ("sluta skicka reklam", Right.MARKETING_OBJECTION),
        ("don't stop the erasure", Right.ERASURE),
        ("älkää keskeyttäkö poistoa", Right.ERASURE),
        ("stop the erasure, I only want to see them", Right.ERASURE),
        ("can I stop the erasure?", Right.ERASURE),
        ("stop the marketing", Right.ERASURE),
        ("forget me", Right.ERASURE),
    ],
)
def test_who_ends_something_else_or_nothing_does_not(text: str, right: Right) -> None:
    assert not ends_it(text, right)


@pytest.mark.parametrize("text", ["joo enhän mä tätä", "no enpä taida, joo", "kyllä enpä usko"])
def test_a_no_with_a_particle_is_one(text: str) -> None:
    assert says_no(text, Language.FI)


def test_a_letter_is_no_yes_however_it_begins() -> None:
    assert may_agree("yes, send it please", EN)
    assert not may_agree("yes, send it please " * 40, EN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tryckte fel", SV),
        ("painoin vahingossa, joo", FI),
        ("sure, no wait, wrong button", EN),
        ("det var min katt", SV),
        ("poista vaan ite ittes", FI),
        ("yes, delete yourself", EN),
        ("oot ihana botti", FI),
        ("Ja du, det där kan du glömma", SV),
        ("släng bort det där", SV),
        ("ok, let it stay how it is", EN),
        ("kiitos vaan riittää kyllä tää keskustelu", FI),
        ("Kiitoksia vain, poikani hoitaa sen jo", FI),
        ("ok but it was already corrected", EN),
        ("ja det är redan gjort", SV),
        ("kyllä mä omat tietoni tiedän", FI),
        ("Skicka, sånär som på inkassobolagets del", SV),
        ("Yes, strictly confined to automated scoring", EN),
        ("Lämna klagomålen utanför så får den gå iväg", SV),
        ("Med förbehållet att endast yrkestiteln rättas: ja", SV),
        ("se riippuu", FI),
        ("det beror väl på", SV),
        ("joo sit ku uus sopimus on allekirjotettu", FI),
        ("ok once I have asked my wife", EN),
        ("ja, när jag har läst det", SV),
        ("rajottaa miten niinku", FI),
        ("no voisitko sie selittää uuestaan", FI),
        ("syns det för andra att ja ändra", SV),
    ],
)
def test_a_slip_an_end_a_limit_or_a_question_in_other_words_agrees_to_nothing(
    text: str, language: Language
) -> None:
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("joo sit kun ehditte", FI),
        ("no olkoon menneeksi", FI),
        ("ja, går det bra så", SV),
    ],
)
def test_words_like_these_that_take_nothing_back_agree(text: str, language: Language) -> None:
    assert may_agree(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Se onkin oikein siellä",
        "ok the name is right after all",
        "namnet är redan rätt",
    ],
)
def test_what_is_right_already_is_left_as_it_is(text: str) -> None:
    assert leaves_it_as_it_is(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("unohtakaa minut, poistakaa kaikki", Language.FI),
        ("glöm mig, radera allt", Language.SV),
        ("forget me, delete all", Language.EN),
    ],
)
def test_who_asks_to_be_forgotten_again_takes_nothing_back(text: str, language: Language) -> None:
    assert may_repeat(text, language, Right.ERASURE)
    assert not may_repeat("unohtakaa koko juttu", Language.FI, Right.ERASURE)
