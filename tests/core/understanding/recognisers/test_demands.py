"""Asking for a right is told from negation, hearsay and questions, in three languages."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.understanding.recognisers.demands import (
    acts,
    asks,
    asks_for_it,
    cited,
    demands,
    only_cites,
    turns_round,
    without_refusals,
)

ASKED_FOR = [
    "Poistakaa tietoni",
    "Delete my data",
    "Radera mina uppgifter",
    "Älkää lähettäkö mainoksia vaan poistakaa tietoni",
    "Do not call me but delete my data",
    "I don't want marketing, please delete my data",
    "Jag vill inte ha reklam och vill radera mitt konto",
    "It was deleted once. Delete it again.",
    # Not deleting and not using either is restriction.
    "Älkää poistako tietojani, mutta älkää käyttäkö niitä",
    "Do not delete my data but freeze it",
    "Radera inte mina uppgifter, använd dem inte heller",
]
NEGATED = [
    "I never asked to have my data deleted",
    "I don't want my data deleted",
    "My data should not be deleted",
    "En ole koskaan pyytänyt tietojeni poistamista",
    "En halua että tietojani poistetaan",
    "Tietojani ei saa poistaa",
    "Jag har aldrig bett er radera mina uppgifter",
    "Jag vill inte att mina uppgifter raderas",
    "Ta inte bort mina uppgifter",
    "Mina uppgifter får inte raderas",
    # What was done already is nothing to do.
    "Has my data been deleted?",
    "My data was deleted last year",
    "Onko tietoni poistettu?",
    "Har mina uppgifter raderats?",
    "Mina uppgifter raderades i fjol",
    "Älkää poistako tietojani",
    "Älä missään nimessä tuhoa tietojani",
    "En halua että poistatte tietojani",
    "En ole pyytänyt tietojeni poistamista",
    "Please do not delete my data",
    "Don't ever erase my data",
    "I don't want you to delete it",
    "Radera inte mina uppgifter",
    "Ta bort mina uppgifter aldrig",
]
OF_SOMEBODY_ELSE = [
    "Kollegani pyysi teitä poistamaan tietonsa",
    "Naapurini on pyytänyt tietojaan",
    "Poistakaa äitini tiedot",
    "Delete my mother's data",
    "My colleague asked you to delete his data",
    "A friend of mine demanded a copy",
    "Radera min mors uppgifter",
    "Min kollega bad er radera sina uppgifter",
    "Radera mitt barns uppgifter",
]
DEMANDS = [
    "Haluan tietoni",
    "Vaadin kopion",
    "Toimittakaa minulle tiedot",
    "I want my data",
    "I'd like a copy",
    "I object",
    "Send me a copy",
    "Jag vill ha en kopia",
    "Jag begär radering",
    "Skicka till mig en kopia",
]
NO_DEMANDS = [
    "Haluan tietää, mitä keräätte",
    "Haluaisin kysyä evästeistä",
    "I want to know what you collect",
    "I would like to understand the cookies",
    "Jag vill veta vad ni samlar in",
    "Jag skulle vilja fråga om kakor",
    "Haluan tietoni?",
    "Tietosuojaseloste",
]
CITED = [
    ("I exercise my right under Art. 17.", (Right.ERASURE,)),
    ("article 15(3)", (Right.ACCESS,)),
    ("articles 20", (Right.PORTABILITY,)),
    ("Vetoan 17 artiklaan.", (Right.ERASURE,)),
    ("16. artiklan nojalla", (Right.RECTIFICATION,)),
    ("Pyyntö artiklan 18 nojalla", (Right.RESTRICTION,)),
    ("Begäran enligt artikel 20", (Right.PORTABILITY,)),
    ("Art. 21", (Right.OBJECTION,)),
    ("Articles 15 and 17", (Right.ACCESS, Right.ERASURE)),
    ("articles 17, 18 & 21(2)", (Right.ERASURE, Right.RESTRICTION, Right.MARKETING_OBJECTION)),
    ("Vetoan artikloihin 15 ja 17", (Right.ACCESS, Right.ERASURE)),
    ("15 ja 17 artiklan nojalla", (Right.ACCESS, Right.ERASURE)),
    ("21 artiklan 2 kohdan nojalla", (Right.MARKETING_OBJECTION,)),
    ("artiklarna 15 och 20", (Right.ACCESS, Right.PORTABILITY)),
    ("enligt artikel 21.2", (Right.MARKETING_OBJECTION,)),
    ("Article 21(1)", (Right.OBJECTION,)),
    ("Article 21(2) GDPR", (Right.MARKETING_OBJECTION,)),
    ("article 21 (3)", (Right.MARKETING_OBJECTION,)),
    ("Art. 17 and once more article 17", (Right.ERASURE,)),
    # No right of a person's own, another act.
    ("Article 19", ()),
    ("Art. 13 GDPR", ()),
    ("Article 170", ()),
    ("17 euroa", ()),
    ("poistakaa tietoni", ()),
]


@pytest.mark.parametrize("text", ASKED_FOR)
def test_a_wish_is_a_wish(text: str) -> None:
    assert asks_for_it(text, Right.ERASURE)


@pytest.mark.parametrize("text", NEGATED)
def test_what_must_not_be_done_is_not_asked_for(text: str) -> None:
    for right in (Right.ERASURE, Right.RECTIFICATION, Right.RESTRICTION):
        assert not asks_for_it(text, right)


@pytest.mark.parametrize("right", [Right.ACCESS, Right.OBJECTION, Right.MARKETING_OBJECTION])
def test_not_deleting_says_nothing_of_other_rights(right: Right) -> None:
    assert asks_for_it("Älkää poistako tietojani", right)


@pytest.mark.parametrize("text", OF_SOMEBODY_ELSE)
def test_what_somebody_else_wants_is_not_the_writers_request(text: str) -> None:
    assert not asks_for_it(text, Right.ERASURE)
    assert not asks_for_it(text, Right.ACCESS)


@pytest.mark.parametrize("text", DEMANDS)
def test_demanding_words_are_heard(text: str) -> None:
    assert demands(text)


@pytest.mark.parametrize("text", NO_DEMANDS)
def test_wanting_to_know_demands_nothing(text: str) -> None:
    assert not demands(text)


@pytest.mark.parametrize(("text", "rights"), CITED)
def test_each_article_that_is_cited_names_its_right(text: str, rights: tuple[Right, ...]) -> None:
    assert cited(text) == rights


@pytest.mark.parametrize(
    "text",
    [
        "Poistatteko tietoni?",
        "Mitä tarkoittaa 17 artikla",
        "how long",
        " Kan jag få veta",
        "Voinko",
    ],
)
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["Poistakaa tietoni", "Canada", "Tell me how", ""])
def test_other_sentences_ask_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "What if I want my data deleted?",
        "If I asked you to delete it, what would happen?",
        "Entä jos haluan tietoni poistettavan?",
        "Mitä tapahtuu, jos tietoni poistetaan?",
        "Jos pyytäisin poistamaan tietoni, mitä tapahtuisi?",
        "Vad händer om mina uppgifter raderas?",
        "Om jag bad er radera dem, vad skulle hända?",
    ],
)
def test_what_is_only_supposed_is_not_asked_for(text: str) -> None:
    assert not asks_for_it(text, Right.ERASURE)
    assert not asks_for_it(text, Right.ACCESS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I don't want it deleted, I want it corrected", "I want it corrected"),
        ("En halua että tietojani poistetaan vaan että ne korjataan", "että ne korjataan"),
        ("Jag vill inte att de raderas utan att de rättas", "att de rättas"),
        ("Do not delete it", ""),
        ("Delete it, please", "Delete it, please"),
        # Not deleting and not using either is restriction.
        ("Do not delete it but freeze it", "Do not delete it but freeze it"),
    ],
)
def test_of_a_message_what_is_not_refused_is_left(text: str, left: str) -> None:
    assert without_refusals(text) == left


@pytest.mark.parametrize(
    ("clause", "right"),
    [
        ("then delete it", Right.ERASURE),
        ("and please wipe everything", Right.ERASURE),
        ("sitten poistakaa ne", Right.ERASURE),
        ("poistakaa sen jälkeen kaikki", Right.ERASURE),
        ("ta sedan bort dem", Right.ERASURE),
        ("förstör sedan allt", Right.ERASURE),
        ("rectification of my phone number", Right.RECTIFICATION),
        ("korjata puhelinnumeroni", Right.RECTIFICATION),
        ("att de rättas", Right.RECTIFICATION),
        ("restriction of processing", Right.RESTRICTION),
        ("rajoittaa käsittelyä", Right.RESTRICTION),
        ("begränsa behandlingen", Right.RESTRICTION),
        ("delete it?", None),
        ("they delete it", None),
        ("delete the cookies", None),
        ("how long do you keep it", None),
    ],
)
def test_a_verb_says_what_is_to_be_done_with_what_was_named(
    clause: str, right: Right | None
) -> None:
    assert acts(clause) is right


@pytest.mark.parametrize(
    "text",
    ["ni har fel uppgifter om mig", "teillä on minusta vääriä tietoja", "you have wrong data"],
)
def test_that_data_is_wrong_asks_to_see_none(text: str) -> None:
    assert not asks_for_it(text, Right.ACCESS)
    assert asks_for_it(text, Right.RECTIFICATION)


def test_who_demands_to_see_what_is_wrong_asks_for_it() -> None:
    assert asks_for_it("teillä on vääriä tietoja, haluan nähdä ne", Right.ACCESS)


@pytest.mark.parametrize(
    "text", ["Art. 15 ja 17", "GDPR Art. 15, 17", "artiklarna 15 och 17", "Articles 15 and 17."]
)
def test_a_message_of_articles_alone_says_nothing_else(text: str) -> None:
    assert only_cites(text)


@pytest.mark.parametrize("text", ["Does Art. 15 cover notes?", "ei art. 17", "Artikel 15 hos er"])
def test_a_message_that_says_more_is_weighed_by_its_words(text: str) -> None:
    assert not only_cites(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I hereby do not object to anything.", Right.OBJECTION),
        ("I would like not to be unable to see my data", Right.OBJECTION),
        ("En vastusta mitään", Right.OBJECTION),
        ("Jag motsätter mig ingenting", Right.OBJECTION),
        ("actually keep sending me offers", Right.MARKETING_OBJECTION),
        ("I still want the newsletter", Right.MARKETING_OBJECTION),
        ("saatte lähettää tarjouksia edelleen", Right.MARKETING_OBJECTION),
        ("ni får gärna fortsätta skicka erbjudanden", Right.MARKETING_OBJECTION),
    ],
)
def test_a_right_s_own_words_turned_round_ask_for_nothing(text: str, right: Right) -> None:
    assert turns_round(text, right)
    assert not asks_for_it(text, right)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I object to profiling", Right.OBJECTION),
        ("I do not object to letters but I object to profiling", Right.OBJECTION),
        ("vastustan käsittelyä", Right.OBJECTION),
        ("you keep sending me offers", Right.MARKETING_OBJECTION),
        ("why do they keep sending me ads", Right.MARKETING_OBJECTION),
        ("do not delete it", Right.ERASURE),
    ],
)
def test_a_right_s_own_words_are_not_turned_round(text: str, right: Right) -> None:
    assert not turns_round(text, right)


@pytest.mark.parametrize(
    "text",
    [
        "Asiakkaani ei ole pyytänyt tietojensa poistamista, ja vaadin teitä vahvistamaan sen.",
        "My client has never asked for her data to be erased, and I want you to confirm that.",
        "Min klient har inte bett om radering, och jag kräver att ni bekräftar det.",
    ],
)
def test_what_a_client_never_asked_for_is_not_asked_for(text: str) -> None:
    assert not asks_for_it(text, Right.ERASURE)


def test_whom_a_boss_asked_to_ask_asks() -> None:
    assert asks_for_it("my boss asked me if you could hide our data", Right.RESTRICTION)
    assert not asks_for_it("my boss asked you to hide his data", Right.RESTRICTION)
