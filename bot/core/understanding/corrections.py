"""Recognises, in so many words, that something else holds: the right name, or another right."""

from __future__ import annotations

import re

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Topic
from bot.core.understanding.names import name_in
from bot.core.understanding.reply_values import of_right
from bot.core.understanding.safeguards import asks
from bot.core.understanding.values import address_in, right_in

_BEGUN = r"\W*(?:(?:no|ei|nej|oops|hups|oj|sorry|anteeksi|förlåt|wait|hei|hej|hi)[,.! ]+)*"
_CORRECTED = re.compile(
    rf"{_BEGUN}(?:"
    r"(?:the )?(?:right|correct) (?:one|(?P<name>(?:full |last |sur)?name)"
    r"|(?P<mail>e-?mail(?: address)?|address)) (?:is|should be|would be)"
    r"|(?:se )?oikea (?:(?P<nimi>nimi|koko nimi|sukunimi)|(?P<meili>\w*osoite|sähköposti|meili))?"
    r" ?(?:on|olisi|pitäisi olla)"
    r"|(?:(?:det|den|mitt|min) rätta|rätt) ?(?:(?P<namn>\w*namn(?:et)?)|(?P<mejl>\w*adress(?:en)?"
    r"|e-?post\w*|mejl\w*))? (?:är|ska vara|skall vara)"
    r"):? (?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "Actually I only want to see my data": what is under way is not what was wished for.
_RATHER = re.compile(
    r"\W*(?:(?:no|nej|ei|oj|sorry|hm+|but|men|mutta)[,. ]+)*"
    r"(?:actually|on second thoughts?"
    r"|(?:fast |nej )?egentligen|vid närmare eftertanke|itse asiassa|oikeastaan)"
    r",? (?:\w+ ){0,3}?(?:vill|skulle vilja|want|would like|i['’]d like|haluan|haluaisin|haluisin"
    r"|tahdon)\b",
    re.IGNORECASE,
)

# "Se" alone is a pronoun in Finnish.
_SEES = re.compile(r"\bse (?:\w+ )?(?:mina|min|mitt|vad ni)\b", re.IGNORECASE)
_WRONG_FIRST = re.compile(
    r"\W*(?:wrong|incorrect|väärin|väärä|väärät|virhe|fel|felaktigt)\b(?! ?\?)", re.IGNORECASE
)


def finds_fault_first(text: str) -> bool:
    """Tell whether a text begins with the word that something is wrong: "wrong, it is Hall"."""
    return _WRONG_FIRST.match(text) is not None


def corrected(text: str) -> Reading | None:
    """Return the change of a name or an address that a text says is the right one, if it does."""
    found = _CORRECTED.match(text)
    if found is None or "?" in text:
        return None
    if address := address_in(found["value"]):
        return Reading(means=Meaning.CHANGE, field=Topic.EMAIL, value=address)
    if found["mail"] or found["meili"] or found["mejl"]:
        return None
    name = name_in(found["value"], Language.EN)
    named = found["name"] or found["nimi"] or found["namn"]
    alone = name == " ".join(found["value"].strip(" .!").split())
    if alone and (named or " " in name):
        return Reading(means=Meaning.CHANGE, field=Topic.NAME, value=name)
    return None


def wishes_rather(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return the other right that a text wishes for in the place of the one under way, if any."""
    if _RATHER.match(text) is None or asks(text):
        return None
    if right_in(text, asked.right, language) is not None:
        return of_right(Meaning.OTHER_RIGHT, text, asked, language)
    if asked.right is not Right.ACCESS and _SEES.search(text):
        return Reading(means=Meaning.OTHER_RIGHT, field=Topic.RIGHT, value=Right.ACCESS)
    return None
