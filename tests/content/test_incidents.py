"""Reports of leaked or misdirected data, and what sounds like one: none stands in the phrases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.content.loaded import Understanding
from bot.core.catalog import Kind, Language, Right
from bot.core.conversation import incident
from bot.core.understanding.topics.match import Match, Outcome
from tests.core.conversation.worlds import a_world

REPORTS = {
    Language.FI: (
        "Moikka, postissa tuli teiltä kirje jossa on ihan toisen ihmisen tilaustiedot",
        "minulle on lähetetty vahingossa erään rouvan lasku",
        "Teiltä tuli sähköposti, jonka liitteessä on toisten asiakkaiden osoitteita",
        "tilini on hakkeroitu teidän kaupassa, joku on tilannut sieltä",
        "tehkää jotain, asiakastietonne ovat julkisesti netissä",
        "kuulin naapurilta että te olitte kertoneet hänelle mun laskusta",
        "sain Möttösen Kallen sopimuksen vaikka olen Riitta",
        "kaikki näkevät toistensa sähköpostit siinä viestissä minkä äsken lähetitte",
        "haluan tehdä ilmoituksen: henkilötietojani on vuotanut teiltä",
        "soittaja tiesi tilausnumeroni ja osoitteeni, ne on täytynyt saada teiltä",
    ),
    Language.EN: (
        "Hiya, the post brought a letter from you with a total stranger's order details",
        "some lady's bill was sent to me by mistake",
        "Your email had an attachment with other clients' addresses",
        "my shop account with you got hacked, someone placed orders",
        "do something, your customer data is publicly on the internet",
        "I heard from my neighbour that you told him about my bill",
        "I was given Mr Smith's contract although I am Mrs Jones",
        "everyone can see each other's email in the message you just sent",
        "I wish to report that my personal data has leaked from your company",
        "a caller knew my order number and home address, he must have got them from you",
    ),
    Language.SV: (
        "Hejsan, i posten kom ett brev från er med en främlings beställningsuppgifter",
        "en dams räkning har skickats till mig av misstag",
        "Ert mejl hade en bilaga med andra kunders adresser",
        "mitt konto i er butik har hackats, någon har gjort beställningar",
        "gör något, era kunduppgifter ligger offentligt på nätet",
        "jag hörde av grannen att ni hade berättat för honom om min räkning",
        "jag fick Anderssons avtal fast jag heter Lindgren",
        "alla ser varandras e-post i meddelandet ni nyss skickade",
        "jag vill anmäla att mina personuppgifter har läckt från ert företag",
        "den som ringde kände till mitt ordernummer och min hemadress, han måste ha fått dem av er",
    ),
}
NO_REPORTS = {
    Language.FI: (
        "miten varmistatte ettei tiedot vuoda",
        "kerrotteko asiakkaille jos tapahtuu tietovuoto",
        "laskussani on väärä summa",
        "sain väärän värisen paidan",
        "osoitteeni on muuttunut, laskut menevät vanhaan osoitteeseen",
        "voiko joku toinen nähdä tilaukseni",
        "poistakaa minun tietoni",
        "en ole saanut laskua",
        "kenelle luovutatte tietojani",
        "haluan tehdä valituksen tietosuojavaltuutetulle",
    ),
    Language.EN: (
        "how do you make sure that data does not leak",
        "would you tell customers about a data leak",
        "the amount on my invoice is wrong",
        "I received a shirt of the wrong colour",
        "my address has changed, the invoices go to the old one",
        "can somebody else see my orders",
        "please delete my data",
        "I have not received an invoice",
        "to whom do you disclose my data",
        "I want to complain to the data protection ombudsman",
    ),
    Language.SV: (
        "hur ser ni till att uppgifter inte läcker",
        "berättar ni för kunderna om det sker en dataläcka",
        "beloppet på min faktura är fel",
        "jag fick en tröja i fel färg",
        "min adress har ändrats, fakturorna går till den gamla",
        "kan någon annan se mina beställningar",
        "radera mina uppgifter",
        "jag har inte fått någon faktura",
        "till vem lämnar ni ut mina uppgifter",
        "jag vill klaga hos dataombudsmannen",
    ),
}
_MOST_MISSED = 3


def matches(known: Understanding, texts: Sequence[str], language: Language) -> list[Match]:
    return [known.matcher.match(text, language) for text in texts]


def reported(text: str, match: Match) -> bool:
    """Tell whether staff hear of a text at once."""
    told = match.outcome is Outcome.INCIDENT and incident.take(match, text, a_world())
    return bool(told and told.inquiry)


def offered(match: Match) -> bool:
    return match.outcome is Outcome.INCIDENT or Kind.INCIDENT in match.options


@pytest.mark.parametrize("language", Language)
def test_most_reports_reach_staff_or_are_asked_about(
    known: Understanding, language: Language
) -> None:
    texts = REPORTS[language]
    missed = [m for m in matches(known, texts, language) if not offered(m)]
    assert len(missed) <= _MOST_MISSED, [m.intent for m in missed]


@pytest.mark.parametrize("language", Language)
def test_what_is_no_report_alarms_nobody(known: Understanding, language: Language) -> None:
    found = zip(NO_REPORTS[language], matches(known, NO_REPORTS[language], language), strict=True)
    assert [text for text, match in found if reported(text, match)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lähetitte laskuni aivan vieraalle ihmiselle. Poistakaa kaikki tietoni.", "fi"),
        ("You sent my invoice to a complete stranger. Please erase all my data.", "en"),
        ("Ni har skickat min faktura till en främling. Radera alla mina uppgifter.", "sv"),
    ],
)
def test_a_report_and_a_request_in_one_message_are_both_heard(
    known: Understanding, text: str, language: str
) -> None:
    match = known.matcher.match(text, Language(language))
    assert match.reported
    assert Right.ERASURE in match.rights


@pytest.mark.parametrize("language", Language)
def test_a_report_has_many_wordings_in_each_language(
    known: Understanding, language: Language
) -> None:
    phrases = [p for p in known.content.catalog.phrases if p.intent == Kind.INCIDENT]
    said = {phrase.text for phrase in phrases if phrase.language is language}
    assert len(said) >= 40
    assert not said & {*REPORTS[language], *NO_REPORTS[language]}
