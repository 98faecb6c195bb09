"""What people of a made-up year are called, and what they and staff write."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.catalog import Language, Right
from bot.core.tickets.templates import Template

FIRST_NAMES = (
    "Aino Eero Liisa Matti Sanna Juho Kaisa Mikko Elina Antti Maria Jukka Ida Ville Åsa Öyvind"
)
LAST_NAMES = (
    "Virtanen Mäkinen Korhonen Lindqvist Hämäläinen Åkerblom Niemi Söderholm Laine Yli-Öövinen"
)
WISHES: Mapping[Language, Mapping[Right, str]] = {
    Language.FI: {
        Right.ACCESS: "Haluan nähdä, mitä tietoja teillä on minusta.",
        Right.ERASURE: "Poistakaa kaikki tietoni.",
        Right.MARKETING_OBJECTION: "En halua enää markkinointia.",
        Right.RECTIFICATION: "Sukunimeni on väärin, korjatkaa se.",
        Right.OBJECTION: "Vastustan tietojeni käsittelyä.",
        Right.RESTRICTION: "Rajoittakaa tietojeni käsittelyä, kunnes asia on selvitetty.",
        Right.PORTABILITY: "Haluan tietoni koneluettavassa muodossa.",
    },
    Language.EN: {
        Right.ACCESS: "I would like to see what data you hold about me.",
        Right.ERASURE: "Please delete all my data.",
        Right.MARKETING_OBJECTION: "I do not want any more marketing.",
        Right.RECTIFICATION: "My surname is wrong, please correct it.",
        Right.OBJECTION: "I object to the processing of my data.",
        Right.RESTRICTION: "Restrict the use of my data until this is settled.",
        Right.PORTABILITY: "I want my data in a machine-readable format.",
    },
    Language.SV: {
        Right.ACCESS: "Jag vill se vilka uppgifter ni har om mig.",
        Right.ERASURE: "Radera alla mina uppgifter.",
        Right.MARKETING_OBJECTION: "Jag vill inte ha mer marknadsföring.",
        Right.RECTIFICATION: "Mitt efternamn är fel, rätta det.",
        Right.OBJECTION: "Jag motsätter mig behandlingen av mina uppgifter.",
        Right.RESTRICTION: "Begränsa användningen av mina uppgifter tills saken är utredd.",
        Right.PORTABILITY: "Jag vill ha mina uppgifter i maskinläsbart format.",
    },
}
# Questions and words of staff to people, in the language of the request.
WHICH = {
    Language.FI: "Mitä tietoja pyyntösi koskee?",
    Language.EN: "Which data does your request concern?",
    Language.SV: "Vilka uppgifter gäller din begäran?",
}
THESE = {
    Language.FI: "Viime vuoden tilauksia.",
    Language.EN: "The orders of last year.",
    Language.SV: "Förra årets beställningar.",
}
LARGE = {
    Language.FI: "Tietoja on monessa järjestelmässä.",
    Language.EN: "The data is in many systems.",
    Language.SV: "Uppgifterna finns i många system.",
}
DELIVERED = {
    Language.FI: "Jäljennös on toimitettu.",
    Language.EN: "The copy has been delivered.",
    Language.SV: "Kopian har levererats.",
}
HELD_NONE = {
    Language.FI: "Meillä ei ole sinusta tietoja.",
    Language.EN: "We hold no data about you.",
    Language.SV: "Vi har inga uppgifter om dig.",
}
# Why a request is refused, most often for the first of these; in part for the last.
GROUNDS = {
    Right.ACCESS: (Template.EXCESSIVE, Template.NATIONAL_LAW, Template.OTHERS_RIGHTS),
    Right.PORTABILITY: (Template.OTHERS_RIGHTS,),
    Right.ERASURE: (Template.LEGAL_CLAIMS, Template.LEGAL_OBLIGATION),
    Right.OBJECTION: (Template.LEGAL_CLAIMS,),
}
TASKS = (
    "Pyydä tilaukset verkkokaupan ylläpidosta",
    "Kysy palkanlaskennasta, mitä heillä on",
    "Tarkista vanha uutiskirjejärjestelmä",
)
QUESTIONS = {
    Language.FI: (
        "Missä maassa palvelimenne ovat?",
        "Kuinka kauan puhelutallenteita säilytetään?",
        "Käytättekö tekoälyä hakemusten käsittelyssä?",
    ),
    Language.EN: (
        "Who is your data protection officer?",
        "In which country are your servers?",
    ),
    Language.SV: (
        "Vem kan läsa mina meddelanden?",
        "Hur länge sparas samtalen?",
    ),
}
ANSWERED = {
    Language.FI: "Tämä lukee nyt selosteessamme.",
    Language.EN: "Our notice now says so.",
    Language.SV: "Det står nu i vårt dataskyddsmeddelande.",
}
