"""Manners, rhetoric and a no to a no take nothing back; what stands beside them still may."""

from __future__ import annotations

from itertools import cycle, product

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.replies.safeguards import may_agree

FI, EN, SV = Language

YES = {
    FI: ("kyllä kiitos", "joo", "lähettäkää", "tehkää se"),
    EN: ("yes please", "sure", "go ahead", "send it"),
    SV: ("ja tack", "jo", "kör på", "skicka den"),
}
# Beside a yes, before or after it, these leave it a yes.
HARMLESS = {
    FI: (
        "jos ette pahastu",
        "jos siitä ei ole liikaa vaivaa",
        "jos sopii",
        "jos olisitte niin kiltti",
        "olisin kiitollinen jos tekisitte niin",
        "ei haittaa",
        "ei hätää",
        "ei kiirettä",
        "ei mulla mitään sitä vastaan ole",
        "en vastusta",
        "ei virheitä",
        "ei muutettavaa",
        "en löydä virheitä",
        "ei epäilystäkään",
        "miksei",
        "miksipä ei?",
        "mikäs siinä",
        "kuinkas muuten",
        "mitäs luulette?",
        "en huomaa tuossa mitään virhettä",
        "en muuttaisi mitään",
        "ei estettä",
        "ei tässä muukaan auta",
        "en minä tätä huvikseni kirjoita",
        "jos ei ole kauheasti vaivaa",
        "jos viitsitte lähettää",
        "kiitos kun kysyitte ennen kuin lähetätte",
        "enkö minä juuri niin sanonut",
    ),
    EN: (
        "if you would be so kind",
        "if you don't mind",
        "if it isn't too much trouble",
        "if that's all right",
        "I'd be grateful if you did",
        "no problem",
        "no rush",
        "I have no objection",
        "I don't mind",
        "I can't say no to that",
        "nothing against it",
        "no mistakes",
        "nothing to change",
        "I can't find any errors",
        "no doubt",
        "without hesitation",
        "no ifs or buts",
        "why not",
        "why ever not?",
        "what else would I be here for?",
        "I wouldn't be here otherwise",
        "I wouldn't change a thing",
        "it doesn't bother me",
        "no other way",
        "I didn't write to you for the fun of it",
        "if it can be arranged",
        "God willing",
        "thanks for asking before you do anything",
        "isn't that what I just asked",
        "didn't I say so already",
        "full stop",
    ),
    SV: (
        "om det inte är för mycket besvär",
        "om ni vore så snäll",
        "om det går bra",
        "jag vore tacksam om ni gjorde det",
        "inga problem",
        "ingen brådska",
        "ingen fara",
        "jag har inget emot det",
        "jag säger inte nej",
        "inga fel",
        "inget att ändra",
        "jag hittar inga fel",
        "utan tvekan",
        "varför inte",
        "varför int?",
        "vad tror du själv?",
        "annars skulle jag inte fråga",
        "jag skulle inte ändra något",
        "inget hinder",
        "det finns inget annat att göra",
        "jag skriver inte för skojs skull",
        "om Gud vill",
        "tack för att ni frågade först",
        "sa jag inte just det",
    ),
}
# These take a yes back, whatever harmless stands beside it.
TAKES_BACK = {
    FI: (
        "mutta laskut jäävät",
        "älkää poistako laskuja",
        "kunhan tili säilyy",
        "jos tili säilyy",
        "milloin se tapahtuu?",
        "poistuvatko laskut?",
        "huomenna",
        "en ole varma, ehkä",
        "haluan puhua ihmiselle",
        "ja haluan myös kopion",
    ),
    EN: (
        "but keep the invoices",
        "don't touch the invoices",
        "as long as the account stays",
        "if the account stays",
        "when does it happen?",
        "do the invoices go?",
        "tomorrow",
        "maybe",
        "I want to talk to a human",
        "and I want a copy too",
    ),
    SV: (
        "men lämna fakturorna",
        "rör inte fakturorna",
        "så länge kontot är kvar",
        "om kontot är kvar",
        "när sker det?",
        "försvinner fakturorna?",
        "i morgon",
        "kanske",
        "jag vill prata med en människa",
        "och jag vill ha en kopia också",
    ),
}


@pytest.mark.parametrize("language", Language)
def test_manners_rhetoric_and_a_no_to_a_no_leave_a_yes(language: Language) -> None:
    said = [f"{yes}, {kind}" for yes, kind in product(YES[language], HARMLESS[language])]
    assert [text for text in said if not may_agree(text, language)] == []


@pytest.mark.parametrize("language", Language)
def test_they_may_come_before_the_yes(language: Language) -> None:
    said = [f"{kind}, {yes}" for yes, kind in product(YES[language], HARMLESS[language])]
    assert [text for text in said if not may_agree(text, language)] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "order", ["{yes}, {kind}, {back}", "{kind}, {yes}, {back}", "{yes} {back}, {kind}"]
)
def test_beside_them_a_no_an_if_a_question_or_a_wish_still_counts(
    language: Language, order: str
) -> None:
    combined = zip(
        cycle(YES[language]), product(HARMLESS[language], TAKES_BACK[language]), strict=False
    )
    said = [order.format(yes=yes, kind=kind, back=back) for yes, (kind, back) in combined]
    assert [text for text in said if may_agree(text, language)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ei poisteta mitään", FI),
        ("ei korjata", FI),
        ("e mie sitä niin halua", FI),
        ("jos saa pitää laskut, joo", FI),
        ("ni ska inte rätta adressen", SV),
        ("jag tar inte emot det", SV),
        ("om det går att behålla fakturorna, ja", SV),
        ("I don't want the change", EN),
        ("I can't say", EN),
        ("not at all", EN),
        ("I wouldn't ask for that", EN),
        ("if possible, keep the invoices", EN),
        ("keep the invoices, ok?", EN),
        ("why not keep the invoices", EN),
        ("if you can keep the invoices, yes", EN),
        ("I don't mind if you delete only the newsletter", EN),
        ("I wouldn't mind if you left it alone", EN),
        ("no problem with my data, leave it", EN),
        ("miksei laskuja voi jättää", FI),
        ("jos voitte jättää laskut", FI),
        ("ei haittaa jos jätätte laskut", FI),
        ("varför inte lämna fakturorna", SV),
        ("om ni kan lämna fakturorna så ja", SV),
        ("that's right, isn't it?", EN),
        ("kaikki häviää, eikö niin?", FI),
        ("allt försvinner, eller hur?", SV),
    ],
)
def test_words_of_manners_that_go_on_to_a_limit_or_ask_are_no_yes(
    text: str, language: Language
) -> None:
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("send it, will you?", EN),
        ("could you do it please?", EN),
        ("lähettäkää, jooko?", FI),
        ("voisitteko tehdä sen?", FI),
        ("kan ni göra det, tack?", SV),
        ("skicka den, är du snäll?", SV),
        ("yes boss", EN),
        ("ja, herr robot", SV),
        ("no tehdään", FI),
    ],
)
def test_an_order_with_manners_is_one(text: str, language: Language) -> None:
    assert may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("yes, no more adverts", EN, Right.MARKETING_OBJECTION),
        ("yes, stop please", EN, Right.MARKETING_OBJECTION),
        ("ei enää mainoksia, joo", FI, Right.MARKETING_OBJECTION),
        ("ja, inga fler utskick", SV, Right.MARKETING_OBJECTION),
        ("yes, forget me, don't keep anything", EN, Right.ERASURE),
        ("kyllä, unohtakaa minut", FI, Right.ERASURE),
        ("ja, behåll inte något", SV, Right.ERASURE),
    ],
)
def test_what_the_right_on_offer_is_about_is_no_no_to_it(
    text: str, language: Language, right: Right
) -> None:
    assert may_agree(text, language, right)
    assert not may_agree(text, language, Right.ACCESS)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stop", EN),
        ("stop it", EN),
        ("no more messages from you", EN),
        ("yes, stop the adverts but not the catalogue", EN),
        ("ei mainoksia", FI),
        ("sluta", SV),
    ],
)
def test_an_end_without_a_yes_or_with_an_exception_is_a_no(text: str, language: Language) -> None:
    assert not may_agree(text, language, Right.MARKETING_OBJECTION)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what are you waiting for, do it", EN),
        ("couldn't come soon enough, yes", EN),
        ("I couldn't have put it better, send it", EN),
        ("not a word out of place, send it", EN),
        ("no reason to refuse, go ahead", EN),
        ("nothing would please me more, yes", EN),
        ("do I look like I'm joking? yes", EN),
        ("mitä pikemmin sen parempi, tehkää", FI),
        ("ei bugeja, lähetä", FI),
        ("en muuttaisi sanaakaan, lähetä", FI),
        ("voisitko tehdä sen mun puolesta, kiitos?", FI),
        ("saisinko pyytää että aloitat, kiitos", FI),
        ("inga avvikelser, skicka in", SV),
        ("nej, jag har inget emot det, kör", SV),
        ("ja, kan du fixa det åt mig?", SV),
        ("vem skulle säga nej till det, kör", SV),
    ],
)
def test_unusual_words_take_no_yes_back(text: str, language: Language) -> None:
    assert may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("emmää mitään pyyntöä halua, joo", FI),
        ("joo, korkeintaan vuodeksi", FI),
        ("joo, vaikka kyllä tämä epäilyttää", FI),
        ("yes, subject to the invoices being kept", EN),
        ("yes, after the holidays", EN),
        ("I'm good thanks", EN),
        ("ja, högst ett år", SV),
        ("ja, efter semestern", SV),
        ("no ja klarar mig så här", SV),
    ],
)
def test_a_limit_a_delay_or_a_no_in_unusual_words_is_no_yes(text: str, language: Language) -> None:
    assert not may_agree(text, language)
