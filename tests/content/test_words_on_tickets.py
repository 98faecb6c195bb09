"""What people with a ticket write in plain words, read by the real model: staff get it, or nothing.

None of these wordings stands in the phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.conversation.dialogue import Offered, Sending
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.events import Said
from bot.core.knowledge import Knowledge
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, State, Ticket
from tests.core.conversation.worlds import a_dialogue, a_ticket, a_world, keys, proved

ASKED = {
    Language.FI: "Mitä tiliä tarkoitatte?",
    Language.EN: "Which account do you mean?",
    Language.SV: "Vilket konto menar ni?",
}
ANSWERS = {
    Language.FI: (
        "Asiakasnumeroni on 4711",
        "se jossa on laura@x.example",
        "molemmat",
        "ensimmäinen",
        "Ei, vain vuoden 2024 laskut",
        "Muutin Turusta Helsinkiin 2019",
        "kyllä",
        "Tarvitsetteko muuta?",
        "12345678",
        "se vanha tili, poistakaa se",
        "kaikki maaliskuusta alkaen",
        "en tiedä",
        "Mannerheimintie 5",
    ),
    Language.EN: (
        "My customer number is 4711",
        "the one with laura@x.example",
        "both of them",
        "the first one",
        "No, only the invoices from 2024",
        "I moved from Turku to Helsinki in 2019",
        "yes",
        "Do you need anything else?",
        "12345678",
        "the old account, please delete it",
        "everything since March",
        "I don't know",
        "the shop in Vaasa, last spring",
    ),
    Language.SV: (
        "Mitt kundnummer är 4711",
        "den med laura@x.example",
        "båda två",
        "den första",
        "Nej, bara fakturorna från 2024",
        "Jag flyttade från Åbo till Helsingfors 2019",
        "ja",
        "Behöver ni något mer?",
        "12345678",
        "det gamla kontot, ta bort det",
        "allt sedan mars",
        "jag vet inte",
        "Storgatan 5",
    ),
}
OF_AN_ERASURE: Mapping[Action, tuple[tuple[Language, str], ...]] = {
    Action.CHASE: (
        (Language.EN, "This is my second reminder about my deletion request"),
        (Language.EN, "I asked you in September, still no reply"),
        (Language.FI, "Tämä on toinen muistutus poistopyynnöstäni"),
        (Language.FI, "Pyysin syyskuussa, eikä mitään ole kuulunut"),
        (Language.SV, "Detta är min andra påminnelse om min begäran om radering"),
        (Language.SV, "Jag bad er i september, inget svar"),
    ),
    Action.LIMIT: (
        (Language.EN, "only my phone number, keep the rest"),
        (Language.EN, "please keep the invoices"),
        (Language.FI, "vain puhelinnumero, jättäkää muut"),
        (Language.FI, "mutta säilyttäkää laskut"),
        (Language.SV, "bara mitt telefonnummer, behåll resten"),
        (Language.SV, "men behåll fakturorna från i år"),
    ),
    Action.AMEND: (
        (Language.EN, "My name is Niemi, not Nieni"),
        (Language.FI, "Nimeni on Niemi, ei Nieni"),
        (Language.SV, "Mitt namn är Niemi, inte Nieni"),
    ),
}
AFTER_THE_END = (
    (Language.EN, "You deleted only half of my data"),
    (Language.EN, "I do not accept this refusal"),
    (Language.FI, "Poistitte vain puolet tiedoistani"),
    (Language.FI, "En hyväksy tätä päätöstä"),
    (Language.SV, "Ni raderade bara hälften av mina uppgifter"),
    (Language.SV, "Jag godtar inte det här avslaget"),
)
OPEN = proved(a_ticket(Right.ERASURE))


def said(text: str, language: Language, known: Understanding, *tickets: Ticket) -> Reply:
    content = known.content
    knowledge = Knowledge(
        catalog=content.catalog,
        notice=content.notice,
        matcher=known.matcher,
        reader=known.reader,
        rules=Rules(),
    )
    world = a_world(*tickets, knowledge=knowledge)
    return on_text(a_dialogue(language=language), Said(text=text), world)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("number", range(len(ANSWERS[Language.EN])))
def test_a_plain_answer_to_staff_is_offered_as_the_answer(
    known: Understanding, language: Language, number: int
) -> None:
    text = ANSWERS[language][number]
    reply = said(text, language, known, replace(OPEN, question=ASKED[language]))
    assert reply.state == Sending("id-1", Action.ANSWER, text)
    assert reply.tickets == ()


@pytest.mark.parametrize(
    ("action", "language", "text"),
    [(action, *one) for action, texts in OF_AN_ERASURE.items() for one in texts],
)
def test_what_is_said_of_an_open_erasure_is_offered_as_what_it_is(
    known: Understanding, action: Action, language: Language, text: str
) -> None:
    assert said(text, language, known, OPEN).state == Sending("id-1", action, text)


@pytest.mark.parametrize(("language", "text"), AFTER_THE_END)
def test_after_the_end_an_objection_goes_with_the_ticket_and_asks_for_nothing_new(
    known: Understanding, language: Language, text: str
) -> None:
    ended = replace(OPEN, state=State.REFUSED)
    assert said(text, language, known, ended).state == Sending("id-1", Action.DISPUTE, text)


@pytest.mark.parametrize(("language", "text"), OF_AN_ERASURE[Action.CHASE])
def test_a_reminder_of_a_request_that_is_not_known_here_offers_no_new_one(
    known: Understanding, language: Language, text: str
) -> None:
    reply = said(text, language, known)
    assert keys(reply)[0] == "status.none"
    assert not isinstance(reply.state, Offered)
