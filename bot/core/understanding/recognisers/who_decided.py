"""Recognises the question who decides on a person's own request: a human, and who of them."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 16  # words
_WHO = re.compile(
    r"\b(?:who|whom|kuka|ketkä|kenen|vem|vilka|vems)\b"
    r"|\b(?:human|person|people|somebody|someone|robot|bot|machine|computer|ai|algorithm|ihminen"
    r"|ihmiset|kone|robotti|botti|tekoäly|automaatti|algoritmi|människa|person|maskin|dator"
    r"|algoritm)(?:ko|kö)?\b"
)
_DECIDES = re.compile(
    r"\b(?:decid\w+|decision|refus\w+|reject\w+|denied|approv\w+|turned (?:it|me|this|that) down"
    r"|said no|handl\w+|dealt|deals|dealing|in charge|päätti|päättikö|päättää|päättänyt|päättäny"
    r"|päätetään|päätettiin|päättivät|päätöksen|päätös|hylkäsi|hylkäsikö|hylännyt|epäsi|evännyt|hyväksyi|hyväksynyt"
    r"|käsitteli|käsittelee|käsitellyt|hoitaa|hoiti|bestäm\w+|beslut\w*|avslog|avslagit|avvisa\w*"
    r"|nekade|nekat|godkän\w+|handlägg\w*|handlade|behandla\w*|sköter|skötte)\b"
)
# What may stand beside it: nothing in it names another matter than one's request.
_BESIDE = frozenset(
    """
    and so but then well ok hey sorry please exactly actually really even just made make makes took
    take has have had is was were be been being did does do it this that these the a an of on about
    for with in to my our me i you your there at here one first second last other earlier request
    requests case matter application ticket or not by no from down us there s name names if may
    ask know tell can could would like now yes
    ja no mut mutta sit sitten siis siellä teillä oikein ihmeessä oikeastaan muuten hei nyt teki
    tekee tekikö tehnyt on oli se sen sitä siitä siihen tämän tämä tästä tuon tuosta mun minun
    pyynnön pyyntöni pyyntöäni pyynnöstä pyynnöstäni pyyntö asian asiani asiaani asiaa asiasta
    asiassani ekan ekasta eka ensimmäisen ensimmäisestä toisen tokan tokasta toisesta vikan
    viimeisen viimeisestä hakemukseni hakemuksen vai joku kenen nimi mikä saanko saako voiko
    kysyä tietää haluaisin haluan että ketä oikeen te ihan tän tään siinä tässä
    och men då nu så alltså egentligen hos er ni där det den detta dom de här om i på av för mitt
    min mina ärende ärendet ärendena begäran första andra sista den tog tagit fatta fattade fattat
    har hade är var en ett eller jag mig får kan man fråga veta gjorde gjort som nej till heter
    namn namnet riktigt ens
    """.split()
)
_NOW = re.compile(
    r"\b(?:decides|handles|handling|deals|dealing|in charge|päättää|käsittelee|hoitaa|bestämmer"
    r"|beslutar|handlägger|behandlar|sköter)\b"
)
_FIRST = re.compile(r"\b(?:first|earlier|eka\w*|ensimmäi\w*|aiem\w+|första|förra|tidigare)\b")


def asks_who_decides(text: str) -> bool:
    """Tell whether a text asks who decides, or decided, on its writer's request: or a machine."""
    said = normal_form(text)
    if len(said.split()) > _LONGEST or not (_WHO.search(said) and _DECIDES.search(said)):
        return False
    return _BESIDE.issuperset(_DECIDES.sub(" ", _WHO.sub(" ", said)).split())


def speaks_of_first(text: str) -> bool:
    """Tell whether a text speaks of the first of several requests."""
    return _FIRST.search(normal_form(text)) is not None


def is_under_way(text: str) -> bool:
    """Tell whether a text asks who decides or handles now, and not who did."""
    return _NOW.search(normal_form(text)) is not None
