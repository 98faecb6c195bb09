"""Recognises that somebody hands over a passport or the like, of which no copy is ever taken."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_PAPER = (
    r"(?:passports?|(?:photo )?id(?: cards?| papers)?|identity (?:card|document)s?"
    r"|identification(?: card)?|driv(?:ing|er s|ers) licen[cs]e"
    r"|passi(?:n|ni|stani|sta)?|henkkari(?:t|ni|en|sta|stani)?|henkkareista(?:ni)?"
    r"|henkilö(?:llisyys)?(?:kortti|kortin|korttini|kortista|kortistani"
    r"|todistus|todistuksen|todistukseni|todistuksesta|todistuksestani)"
    r"|ajokort(?:ti|in|tini|ista|istani)"
    r"|pass(?:et)?|id ?kort(?:et)?|körkort(?:et)?|legitimation(?:en)?|identitetskort(?:et)?|leg)"
)
_GIVES = (
    r"(?:here (?:is|s|are|comes?|you have)|(?:i )?attach(?:ed|ing)?(?: is| you)?|enclosed(?: is)?"
    r"|(?:i|i am|i m|am|i ll|i will|i have|i ve)? ?(?:now )?(?:send|sending|sent|upload\w*)"
    r"(?: you)?"
    r"|tässä(?: on| tulee| ois| olisi)?|ohessa(?: on)?|oheisena|liitteenä(?: on)?"
    r"|lähetän(?: teille| sinulle)?|lähetin(?: teille)?|liitän"
    r"|här (?:är|e|kommer|har (?:ni|du))|(?:jag )?(?:bifogar|skickar|skickade|sänder)"
    r"|bifogat|bifogad)"
)
_COPY = r"(?:photo|picture|pic|copy|scan|kuva|kopio|skannaus|bild|kopia|foto)"
_AFTER = (
    r"(?: (?:as|for|to|of|proof|so|you|can|see|it|is|s|me|now|then|please|copy|photo|picture|scan"
    r"|kuva|kuvan|kuvana|kopio|kopion|kopiona|todisteeksi|nyt|sitten|kiitos|teille"
    r"|som|bevis|ni|er|du|nu|då|tack|bild|kopia))*"
)
_HANDS_OVER = re.compile(
    rf"(?:\w+ )?{_GIVES} (?:\w+ ){{0,4}}?{_PAPER}{_AFTER}"
    rf"|(?:(?:a|the) )?(?:{_COPY} of )?my {_PAPER}{_AFTER}"
    rf"|{_COPY} {_PAPER}{_AFTER}|(?:passini|ajokorttini|henkilökorttini|henkkarini){_AFTER}"
    rf"|(?:en )?{_COPY} (?:på|av) mitt {_PAPER}{_AFTER}|mitt {_PAPER}{_AFTER}"
)


def hands_over_papers(text: str) -> bool:
    """Tell whether a text comes with a copy of an identity document, or offers one."""
    return "?" not in text and _HANDS_OVER.fullmatch(normal_form(text)) is not None
