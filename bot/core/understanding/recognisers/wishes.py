"""Extracts the wish from a message, apart from who writes and what is to be left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Language, Right
from bot.core.understanding.recognisers.short_forms import ANY_RIGHT, meant
from bot.core.understanding.words.text import normal_form

_NAME = r"[^\W\d_a-zåäöéüøæß][\w'’-]*(?: (?:von |van |de |af )?[^\W\d_a-zåäöéüøæß][\w'’-]*){1,3}"
# "My name is Laura Niemi and my e-mail is laura@example.com" would be put right, not erased.
_INTRODUCTION = re.compile(
    r"(?:(?i:\b(?:and|ja|och|sekä)) )?(?:"
    rf"(?i:\bmy (?:full )?name is|\bnimeni on|\bnimi on|\bjag heter|\bmitt namn är) {_NAME}"
    r"(?!,? (?:not|ei|eikä|inte)\b)(?!\w)"
    rf"|(?i:\bi am|\bi['’]m|\bthis is|\bolen|\btässä on|\bjag är|\bdet här är) "
    rf"{_NAME}(?=\s*[,.;!\n])"
    r"|(?i:\b(?:my )?(?:e-?mail|mail)(?: address)?(?: is|:)"
    r"|\b(?:sähköposti|s-?posti|osoite|sähköpostiosoite)(?:ni)?(?: on|:)?"
    r"|\b(?:min )?(?:e-?post|mejl|mail)(?:en|adress|adressen)?(?: är|:)) ?\S{1,64}@\S{1,250}\w"
    r"|(?<=[,;]) ?\S{1,64}@\S{1,250}\w"
    r")[.,;]?"
)
_SPACES = re.compile(r"[^\S\n]+")
# "Delete everything except my purchase history": what is left out is longer than the wish, and
# ends where another wish begins: "... but keep the bills, and send me a copy".
_ANOTHER_WISH = (
    r"(?:,? (?:and|then|also|ja|sekä|sitten|lisäksi|och|samt|sen|dessutom)|[,;])"
    r"(?: (?:and|then|also|please|i want|you to|ja|sitten|myös|vielä|lisäksi|haluan"
    r"|och|sedan|sen|också|dessutom|jag vill))* "
    r"(?:send|give|provide|show|delete|erase|remove|stop|correct|fix|rectify|restrict|freeze"
    r"|transfer|move|lähettäkää|lähetä|antakaa|anna|toimittakaa|toimita|näyttäkää|näytä|poistakaa"
    r"|poista|lopettakaa|lopeta|korjatkaa|korjaa|oikaiskaa|oikaise|rajoittakaa|rajoita|siirtäkää"
    r"|siirrä|skicka|sänd|ge|visa|radera|ta bort|sluta|rätta|korrigera|begränsa|frys|överför"
    r"|flytta)\b"
)
_LEFT_OUT = re.compile(
    r"(?i:,? ?\b(?:except|excluding|apart from|other than"
    r"|but (?:please )?(?:keep|leave|not|do not|don['’]t)"
    r"|paitsi|lukuun ottamatta"
    r"|mutta (?:säilyttäkää|säilytä|jättäkää|jätä|pitäkää|pidä|älkää|älä|ei)"
    r"|utom|förutom|med undantag|men (?:behåll|spara|låt|inte))\b)"
    rf"(?:(?!(?i:{_ANOTHER_WISH}))[^.!?\n])*"
)
# "I don't want it deleted, I want it corrected": the wish is what comes after.
_DENIED = re.compile(
    r"(?i:\b(?:en (?:halua|tahdo|pyydä)|älkää|älä)\b[^.!?\n]{0,120}?\bvaan\b"
    r"(?P<that> että(?: ne| se)?\b)?"
    r"|\bi (?:do not|don['’]?t) want\b[^.!?\n,]{0,120}(?:,|\bbut\b)"
    r"|\b(?:jag vill inte|ta inte bort|radera inte)\b[^.!?\n,]{0,120}(?:,|\butan\b))"
)
# "... and then delete it": a pronoun stands for the data of the wish before.
_THEN_ERASED = re.compile(
    r"\b(?:and|then|after that) (?:please |then )?"
    r"(?:delete|erase|remove|wipe) (?:it|them|that|all)\b"
    r"|\b(?:ja|sitten|sen jälkeen) (?:sitten |sen jälkeen )?poistakaa (?:ne|se)\b"
    r"|\b(?:och|sedan|sen) (?:sedan |sen )?(?:radera|ta bort) (?:dem|det|dom|allt)\b"
)
# "I would like not to be unable to see my data": a no to a no.
_TWICE_DENIED = re.compile(
    r"\bnot (?:to )?be (?:unable to|kept from|prevented from)\b", re.IGNORECASE
)
# "Not delete but like hide it": kept, and not used (Art. 18).
_HIDES = re.compile(
    r"\b(?:not|don t|dont|without|instead of|rather than) (?:(?:to|be|fully|actually|really) )*"
    r"(?:delet|eras|remov)\w* (?:\w+ ){0,4}?(?:but|just|only) (?:\w+ ){0,4}?"
    r"(?:hid(?:e|den)|freez|frozen|lock|block|restrict|paus|suspend)\w*"
    r"|\b(?:ei|eikä|ettei|ettette|älkää|älä|en halua) (?:\w+"
    r" ){0,2}?(?:poist|hävit)\w+ (?:\w+ ){0,4}?"
    r"(?:vaan|mutta) (?:\w+ ){0,4}?(?:piilot|jäädyt|luki|rajoit)\w*"
    r"|\b(?:inte|int|ej) (?:\w+ ){0,2}?(?:rader|ta(?:s)? bort|stryk)\w* (?:\w+ ){0,4}?(?:utan|men)"
    r" (?:\w+ ){0,4}?(?:dölj|göm|frys|spärr|begräns|lås)\w*"
)
# "Hide our stuff": whether it is to be kept, only they can tell.
_ONLY_HIDES = re.compile(
    r"^(?:(?:please|hi|hello|hey|just|can|could|you|i|want|would|like|to|hei|moi|voitteko|voisitteko"
    r"|haluan|haluaisin|että|hej|snälla|kan|kunde|ni|jag|vill|att|du) )*"
    r"(?:hide|conceal|piilota|piilottakaa|piilottaa|piilotatte|kätkekää|göm|gömma|gömmer|dölj|dölja"
    r"|döljer)\b|\bpiiloon\b"
)
_ERASES = re.compile(r"\b(?:delet|eras|remov|poist|hävit|rader|stryk)\w*|\bta bort\b")
# "I'm in a picture on your website, remove it": of a picture the notice may say nothing.
_FEW_WORDS = 16
_PICTURE = re.compile(
    r"\b(?:(?:in|of) (?:a|the|one|your|some) (?:\w+ )?(?:picture|photo|image|video)s?"
    r"|(?:picture|photo|image|video)s? (?:of|with|showing) me|my (?:picture|photo|face)s?"
    r"|kuva(?:n|ssa|ssanne|ni|stani|a minusta|t minusta)?|kuvissa(?:nne)?|videolla(?:nne)?"
    r"|valokuva\w*|bild|bilden|bilderna?|foto|fotot|video|videon)\b"
)
_DOWN = re.compile(
    r"\b(?:take|pull) down\b"
    r"|\b(?:remove|delete|erase|take|pull) (?:it|them|that|this|me|the \w+|my \w+)\b"
    r"|\b(?:ottakaa|ota|poistakaa|poista)(?: \w+){0,3}? pois\b"
    r"|\b(?:poistakaa|poista)(?: \w+)? ?(?:se|ne|kuva|kuvat|kuvani|minut)\b"
    r"|\b(?:ta|tag) bort (?:den|det|dem|dom|bilden|bilderna|mig|fotot)\b"
    r"|\bradera (?:den|dem|bilden)\b"
)
_PLEASE_DOWN = re.compile(
    r"\b(?:can|could|would) you (?:please )?(?:remove|delete|take down)\b"
    r"|\bcan i ask you to (?:remove|delete|take down)\b"
    r"|\bvo(?:itteko|isitteko) (?:\w+ )?(?:poistaa|ottaa)\b"
    r"|\b(?:kan|kunde) ni (?:\w+ )?(?:ta bort|radera)\b"
)
# "Yes, and how much does it cost": what comes after is asked, and mostly cut off from the yes.
_YES_AND = re.compile(
    r"^\W*(?:yes|yeah|yep|ok|okay|sure|fine|kyllä|joo|juu|ja|jo|jå)\b[\s,.!]*"
    r"(?:and|but|though|ja|mutta|mut|och|men)\b[\s,]+",
    re.IGNORECASE,
)
# Keywords of text messages and newsletters; None where the word is of several languages.
_OPT_OUTS: Mapping[str, Language | None] = {
    **dict.fromkeys(("stop", "stop all", "opt out", "optout"), None),
    **dict.fromkeys(("unsubscribe", "unsubscribe me", "stop it"), Language.EN),
    **dict.fromkeys(("lopeta", "lopettakaa", "peru tilaus", "peruuta tilaus"), Language.FI),
    **dict.fromkeys(("stopp", "sluta", "avprenumerera", "avregistrera mig"), Language.SV),
}

_TELLS: Mapping[Language, re.Pattern[str]] = {
    Language.FI: re.compile(r"pyyntö|pyynn|rekisteriote|\b(?:haluan|teen|kiitos)\b"),
    Language.EN: re.compile(r"\b(?:requests?|subject|access|rights|please)\b"),
    Language.SV: re.compile(r"begäran|förfrågan|registerutdrag|\b(?:jag|en|tack|om)\b"),
}


def essence(text: str) -> str:
    """Return a text without what says who writes, and what is denied or to be left out."""
    said = _TWICE_DENIED.sub("to", _SPACES.sub(" ", text))
    wished = _DENIED.sub(_instead, _INTRODUCTION.sub(" ", said))
    return " ".join(_LEFT_OUT.sub("", wished).split())


def _instead(denied: re.Match[str]) -> str:
    return " haluan että tietoni " if denied["that"] else " "


def beside_yes(text: str) -> str:
    """Return what a text joins to a yes, or nothing."""
    begun = _YES_AND.match(text)
    return text[begun.end() :] if begun else ""


def takes_down(text: str) -> bool:
    """Tell whether a text has a picture of its writer taken down: that is erasure, and no event."""
    said = normal_form(text)
    if len(said.split()) > _FEW_WORDS or _PICTURE.search(said) is None:
        return False
    asked = _DOWN.search(said) is not None and "?" not in text
    return asked or _PLEASE_DOWN.search(said) is not None


def hides(text: str) -> bool:
    """Tell whether a text has data hidden or frozen in the place of being erased."""
    said = normal_form(text)
    return len(said.split()) <= _FEW_WORDS and _HIDES.search(said) is not None


def only_hides(text: str) -> bool:
    """Tell whether a text has data hidden, and does not say whether they are to be erased."""
    said = normal_form(text)
    if len(said.split()) > _FEW_WORDS or _ERASES.search(said):
        return False
    return _ONLY_HIDES.search(said) is not None


def then_erases(text: str) -> bool:
    """Tell whether a text has what it asks for erased afterwards."""
    return _THEN_ERASED.search(normal_form(text)) is not None


def opts_out(text: str) -> bool:
    """Tell whether a text is a keyword that ends newsletters, and nothing else."""
    return normal_form(text) in _OPT_OUTS


def language_of_opting_out(text: str) -> Language | None:
    """Return the language of such a keyword, or None where several have it."""
    return _OPT_OUTS.get(normal_form(text))


def short_form(text: str) -> Right | None:
    """Return the right for which the trade has a short form, where a text is one."""
    return Right.ACCESS if meant(text) == ("request.access",) else None


def names_no_right(text: str) -> bool:
    """Tell whether a text asks for rights without saying which: "GDPR request"."""
    return meant(text) == ANY_RIGHT


def language_of_short_form(text: str) -> Language | None:
    """Return the language of the one word in a short form that tells it: "GDPR-begäran"."""
    said = normal_form(text)
    told = [language for language, words in _TELLS.items() if words.search(said)]
    return told[0] if len(told) == 1 else None


def takes_consent_back(text: str) -> bool:
    """Tell whether a text withdraws consent, and does not say to what (Art. 7(3))."""
    return meant(text) == ("topic.consent",)
