"""Recognises, in so many words, that something else holds: the right name, or another right."""

from __future__ import annotations

import re

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Topic
from bot.core.understanding.replies.reply_values import of_right
from bot.core.understanding.replies.safeguards import asks
from bot.core.understanding.words.names import is_full_name, name_in
from bot.core.understanding.words.text import normal_form
from bot.core.understanding.words.values import address_in, right_in

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
# "No wait, it should be Thomas Grey", "ei kun Karl-Erik Mäki": nothing but a name comes after.
_REPENTED = re.compile(
    r"\W*(?:(?:no|ei|en|nej|näe?|oops|hups|oj|sorry|anteeksi|förlåt|hei|hej|but|mut|men)[,.! ]+)*"
    r"(?:(?:no|nej|nä|ei)[,.]? (?:wait|sorry|vänta|förlåt|hetki|hetkinen|odota|anteeksi)"
    r"|wait|hold on|vänta|hetkinen|odota|i meant?|that is|rather|ei ?ku+n?|eiku+n?|siis|tarkoitan"
    r"|tarkoitin|jag menar?|jag menade|alltså|det (?:är|ska vara|skulle vara|skall vara)"
    r"|(?:it|that) should(?: be| have been)|(?:sen? )?(?:piti|pitäisi?|pitää) olla)[,.!:]* "
    r"(?:(?:no|nej|it|that|se|sen|det|it[’']s)[, ]+)?"
    r"(?:(?:is|should(?: be| have been)?|be|on|piti|pitäisi?|pitää|är|ska|skulle|skall)"
    r"(?: be| olla| vara)? )?"
    r"(?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "Not Kalle but Karl-Erik Söderström".
_NOT_BUT = re.compile(
    r"\W*(?:(?:no|ei|nej|nä|näe|oops|hups|oj|sorry|anteeksi|förlåt|wait|vänta)[,.! ]+)*"
    r"(?:it[’']s |se |det är )?(?:not|ei|en|inte|int|ej) (?:[^\W\d_][\w'’-]*[ ,]+){1,3}"
    r"(?:but|vaan|utan|it[’']s|it is) (?P<value>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "No, the first one was right": of what was put right it is not known what.
_TAKEN_BACK = re.compile(
    r"\b(?:(?:the )?(?:first|earlier|previous|old|original)(?: one| address| name| e ?mail)?"
    r" (?:is|was) (?:the )?(?:right|correct|good|fine)(?: one)?"
    r"|(?:se )?(?:eka|ensimmäinen|edellinen|aiempi|aikaisempi|entinen|alkuperäinen)(?: \w+)?"
    r" (?:on|oli|olikin|onkin) (?:se )?(?:ihan )?(?:oikein|oikea|hyvä|kunnossa)"
    r"|(?:den |det )?(?:första|förra|tidigare|ursprungliga|gamla)(?: \w+)?"
    r" (?:är|var) (?:den |det )?(?:rätt|riktig\w*|korrekt|bra|rätta))\b"
)
_BOTH_NAMES = re.compile(
    r"(?P<right>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2}),? (?i:(?:and |ja |eikä|och )?(?:not"
    r"|ei|inte|int|eikä))"
    r" (?P<wrong>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2})[.!]?"
)
_MY = r"(?:my |our |the |mun |mu |minun |mitt |min |mit )?"
_NAME_WORD = (
    r"(?:(?:first|last|full|given|sur|family) ?name|name|(?:etu|suku|koko )?nim(?:i|eni|en)"
    r"|(?:för|efter)?namn(?:et)?)"
)
_IS_WRONG = (
    r"(?:(?:is|was|on|oli|meni|är|var|blev)(?: nyt| nu)? )?"
    r"(?:wrong|incorrect|misspelt|misspelled|väärin|väärä|pielessä|fel|felaktigt|felstavat)"
)
_IT_IS = (
    r"(?:(?:it|that|se|sen|det|oikea|rätt|pitäisi?|should|ska)(?: (?:is|should be|on|pitäisi? olla"
    r"|piti olla|olla|be|är|ska vara|skall vara|vara|namn är|nimi on))?"
    r"|it[’']s|on|is|är)"
)
_SURELY = (
    r"(?:really|actually|in fact|oikeesti|oikeasti|oikeastaan|itse asiassa|todellisuudessa"
    r"|egentligen|faktiskt|på riktigt)"
)
# "But the name is wrong, it is Mattias", "my first name is really Karla": one word is enough.
_NAME_IS = re.compile(
    r"\W*(?:(?:yes|yeah|yep|ok(?:ay|ei|ej)?|kyllä|joo|juu|jo|ja|no|nej|ei|sorry|anteeksi"
    r"|förlåt|oops"
    r"|hups|oj|but|mut|mutta|men|hei|hej|hi|wait|vänta)[,.!]* )*"
    rf"{_MY}{_NAME_WORD} (?:{_IS_WRONG}[,.;:!]*(?: (?:and|ja|och))?(?: {_IT_IS})?"
    rf"|(?:is|on|är) {_SURELY}|{_SURELY} (?:is|on|är)):? (?P<value>.+)",
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
# "Ok, forget the hide thing, fix our number": what is under way is dropped for something else.
_DROPPED = re.compile(
    r"\W*(?:(?:no|nej|ei|oj|sorry|hm+|ok|okay|okej|well|oh|but|men|mutta|mut|joo|ja|yes)[,. ]+)*"
    r"(?:(?:forget|scrap|drop|skip|never mind|leave) (?:about )?(?!me\b|us\b)"
    r"|(?:unohda|unohtakaa|unohdetaan|jätetään|jättäkää) (?!minut\b|mut\b|meidät\b)"
    r"|(?:glöm|skippa|strunta i|skit i|släpp) (?!mig\b|oss\b|bort\b))"
    r"(?:[\w'’-]+ ){0,5}[\w'’-]+ ?[,.;:–-] ?(?:and |ja |och |just |vaan )?(?P<rest>\w.+)",
    re.IGNORECASE | re.DOTALL,
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
    if "?" in text:
        return None
    if name := name_put_right(text):
        return Reading(means=Meaning.CHANGE, field=Topic.NAME, value=name)
    found = _CORRECTED.match(text)
    if found is None:
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


def name_put_right(text: str) -> str:
    """Return the name that a text puts in the place of one that was given, or nothing."""
    for wording in (_NOT_BUT, _REPENTED):
        if (found := wording.fullmatch(text)) and is_full_name(found["value"]):
            return name_in(found["value"], Language.EN)
    if found := _NAME_IS.fullmatch(text):
        value = " ".join(found["value"].split()).strip(" .!")
        name = name_in(value, Language.EN)
        return name if name.casefold() == value.casefold() else ""
    return ""


def wishes_rather(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return the other right that a text wishes for in the place of the one under way, if any."""
    if _RATHER.match(text) is None or asks(text):
        return None
    if right_in(text, asked.right, language) is not None:
        return of_right(Meaning.OTHER_RIGHT, text, asked, language)
    if asked.right is not Right.ACCESS and _SEES.search(text):
        return Reading(means=Meaning.OTHER_RIGHT, field=Topic.RIGHT, value=Right.ACCESS)
    return None


def drops_for_another(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return the other right for which a text drops the one on offer, if it does."""
    found = _DROPPED.match(text)
    if found is None or asks(text):
        return None
    right = right_in(found["rest"], asked.right, language)
    if right in (None, asked.right):
        return None
    return Reading(means=Meaning.OTHER_RIGHT, field=Topic.RIGHT, value=right)


def takes_correction_back(text: str) -> bool:
    """Tell whether a text says that what stood there before a correction was right."""
    return _TAKEN_BACK.search(normal_form(text)) is not None


def names_both(text: str) -> bool:
    """Tell whether a text gives the right name and the wrong one: "Okko Lahti, not Ohto Lahti"."""
    found = _BOTH_NAMES.fullmatch(" ".join(text.split()))
    return found is not None and all(
        name.replace("-", "").isalpha() and name.istitle()
        for part in (found["right"], found["wrong"])
        for name in part.split()
    )
