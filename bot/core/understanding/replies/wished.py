"""What a right is about, in words that hold a no: "forget me" is no end of an erasure.

Written in spoken words (`spoken`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Right
from bot.core.understanding.replies.harmless import END

# What a right is about is no "no" beside a yes to it: "yes, no more adverts", "yes, forget me".
_ADVERTS = (
    r"(?:\w*mainon?[st]\w*|mainoks\w*|markkinoin(?!\w*kiel)\w*|uutiskirje\w*|kirjei\w*|viestei\w*|postia"
    r"|posteja"
    r"|meilej?ä|tarjouks\w*|ads?|adverts?|advertising|marketing(?! (?:objection|ban|request))"
    r"|newsletters?|e ?mails?|mails?|offers?|spam|marknadsföring(?!s?förbud)\w*"
    r"|texts|messages|reklam(?!förbud)\w*|nyhetsbrev\w*|mejl\w*|utskick\w*|erbjudanden|sms|brev|kuvasto\w*"
    r"|kataloge?\w*|catalogues?)"
)
_ENDS_ADVERTS = (
    r"\b(?:(?:please )?stop|no(?: more)?|not (?:one|a single)(?: more)?|cancel|end|ei(?: enää)?"
    r"(?: yhtään)?|lopet\w*|peruut\w*|älkää(?: enää)? lähettä\w*|inga? (?:mer|fler|mera)|ingen|inga"
    r"|sluta|stoppa|avbryt\w*|int (?:mera?|nå mera?))"
    rf"(?: (?:the|those|these|all|any|your|ne|nuo|kaikki|teidän|se|med|de|dom|all|alla|era|er|den"
    rf"|sending(?: me| us)?|lähettä\w+|skicka(?: mig| oss)?)){{0,3}} {_ADVERTS}\b"
    r"|(?<=\b(?:yes|joo) )(?:, )?(?:stop (?:it|them|that|please)|lopettakaa (?:se|ne))"
    rf"{END}|(?<=\b(?:ja|jo) )(?:, )?(?:stoppa|sluta med) (?:det|dem|dom){END}"
)
# "No, I don't want them!": where an end to letters is on offer, they are what is not wanted.
_NOT_WANTED = (
    r"(?:^(?:(?:no|nope|ei|en|nej|nä|,) )*)?\b(?:i (?:really )?(?:don t|do not|dont) (?:want|need)"
    r" (?:(?:any(?: more)?|more|all) )?(?:of )?(?:them|those|these)(?:"
    r" (?:any ?more|at all|any longer))?"
    r"|en (?:minä |mä )?(?:enää )?(?:halua|tahdo|kaipaa) (?:enää )?(?:niitä|noita|näitä)(?: enää)?"
    r"|(?:jag |ja )?vill (?:inte|int|ej) (?:längre )?(?:ha )?(?:dem|dom|de här|de där)"
    rf"(?: (?:längre|mer|mera|alls))?){END}"
)
_USING = (
    r"(?:using|processing|profiling|tracking|analysing|analyzing|guessing|selling|use|käyttämi\w+"
    r"|käyttö|käytön|käsittel\w+|profiloin\w*|seura\w+|analysoi\w+|använd\w*|behandl\w*"
    r"|profiler\w*|spåra\w*|analyser\w*|gissa\w*|räkna)"
)
_ENDS_USE = (
    r"\b(?:(?:please )?(?:stop|quit|cease)|lopet\w+|lakatkaa|älkää|sluta|slutar|stoppa|upphör)"
    r"(?: (?:se|tuo|nyt|jo|heti|att|all|the|it|med))*"
    rf" {_USING}"
    r"(?: (?:se|tuo|jo|heti|my|mina|our|våra|all|kaikki|me|minua|mun|minun|mig|data|information"
    r"|details|uppgifter|tietoja|tietojani|tietojeni|tiedot|av|of))*"
)
WISHED: Mapping[Right, re.Pattern[str]] = {
    Right.OBJECTION: re.compile(_ENDS_USE + r"\b"),
    Right.MARKETING_OBJECTION: re.compile(rf"{_ENDS_ADVERTS}|{_NOT_WANTED}"),
    Right.ERASURE: re.compile(
        r"\b(?:unohta\w*|unohda) (?:minut|mut|miut)\b|\bforget (?:about )?me\b|\bglöm (?:bort"
        r" )?(?:mig|mej)\b"
        rf"|\b(?:ei|älkää|älä) (?:jätet\w+|jättäkö|jätä|säilytet\w+) mitään{END}"
        rf"|\b(?:don t|do not) (?:keep|leave|save|retain) (?:anything|a thing|any of it){END}"
        rf"|\b(?:spara|behåll|lämna) (?:inte|int) (?:något|nåt|någonting){END}"
    ),
}
