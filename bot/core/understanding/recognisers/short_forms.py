"""Fixed short forms that a model could not learn from: "SAR", "GDPR request", "STOP"."""

from __future__ import annotations

import re

from bot.core.understanding.recognisers.demands import asks
from bot.core.understanding.words.text import normal_form

_LONGEST = 14  # words; who says more says what it is about
_POLITE = r"(?: (?:please|thanks|thank you|kiitos|tack))?"
_REQUEST = r"(?:request|requests|pyyntö\w*|pyynnö\w*|begäran|förfrågan)"
_SUBJECT_ACCESS = re.compile(
    rf"(?:\w+ ){{0,6}}(?:(?:d?sar|subject access|data access)(?: {_REQUEST})?|d?sar{_REQUEST}"
    r"|access request|tarkastuspyyntö|rekisteriote|registerutdrag)"
    rf"(?: (?:under|enligt|för|for|of) (?:\w+ ?){{1,4}})?{_POLITE}"
)
_GENERIC = re.compile(
    rf"(?:\w+ ){{0,6}}(?:gdpr|data protection|privacy|data subject|data subject rights|data rights"
    rf"|dsr|rekisteröidyn|tietosuoja|dataskydds) ?{_REQUEST}(?: \w+)?{_POLITE}"
    r"|(?:\w+ ){0,4}(?:begäran|förfrågan) (?:från|av|som) (?:en )?registrerad"
    r"|(?:\w+ ){0,3}(?:tehdä|tekisin) (?:gdpr|tietosuoja) ?pyynnön"
)
_RIGHTS = re.compile(
    r"\b(?:exercise|use|invoke) (?:all )?(?:of )?my (?:\w+ ){0,2}rights\b"
    r"|\bkäyttää (?:\w+ ){0,4}oikeuksiani\b"
    r"|\b(?:utöva|använda|utnyttja) (?:\w+ ){0,2}mina (?:\w+ ){0,2}rättigheter\b"
)
_AND = re.compile(r" (?:and|ja|och) ")
_CONSENT = re.compile(
    r"\b(?:withdraw|withdrawing|revoke|revoking|take back|cancel) (?:\w+ ){0,2}consent\b"
    r"|\bper(?:un|uutan|uttaa|ua|uu|uutamme|un nyt) (?:\w+ ){0,3}suostumu\w+"
    r"|\b(?:återkallar?|(?:drar?|tar?) (?:\w+ )?tillbaka) (?:\w+ ){0,3}samtycke\w*"
)
_MARKETING = re.compile(
    r"marketing|newsletter|advert|promotion|markkinoin|uutiskir|mainos|marknadsför|nyhetsbrev|reklam"
)
_ACCOUNT = re.compile(
    r"\b(?:delete|close|remove|erase|terminate) my (?:\w+ )?account\b"
    r"|\b(?:poist\w+|sulje\w*|lakkaut\w+) (?:\w+ )?(?:käyttäjä|asiakas)?tilini\b"
    r"|\b(?:käyttäjä|asiakas)?tilini (?:poist\w+|sulkemi\w+)"
    r"|\b(?:raderar?|stänger?|avslutar?) (?:\w+ ){0,2}mitt (?:\w+ )?(?:\w*konto)\b"
    r"|\btar? (?:jag )?bort mitt (?:\w*konto)\b"
)
_NO_MARKETING = frozenset(
    normal_form(word)
    for word in """
        unsubscribe;unsub;optout;opt out;opt-out;stop all;unsubscribe me;stop mailing me;stop emails
        peruuta uutiskirje;lopeta viestit;poistu listalta;lopettakaa;peru uutiskirje
        avregistrera;avregistrera mig;avanmäl;avanmäl mig;avprenumerera;sluta mejla;sluta skicka
    """.replace("\n", ";").split(";")
    if word.strip()
)
_STOP = frozenset({"stopp", "stop thank you", "stop thanks", "stop please", "stopp tack", "seis"})

ANY_RIGHT = ("request.access", "request.erasure", "request.rectification")


def meant(text: str) -> tuple[str, ...]:
    """Return what a short form means, or what to choose from, by their names in the library."""
    said = normal_form(text)
    if said in _NO_MARKETING:
        return ("request.marketing-objection",)
    if said in _STOP:
        return ("cancel",)
    if len(said.split()) > _LONGEST:
        return ()
    if _ACCOUNT.search(said):
        return ("topic.erasure",) if asks(text) else ()
    if asks(text):
        return ()
    if _CONSENT.search(said) and not _MARKETING.search(said):
        return ("topic.consent",)
    if _SUBJECT_ACCESS.fullmatch(said):
        return ("request.access",)
    none_named = _GENERIC.fullmatch(said) or (_RIGHTS.search(said) and not _AND.search(said))
    return ANY_RIGHT if none_named else ()
