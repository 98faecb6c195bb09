"""Tells asking for a right from not asking: negation, other people's requests, questions."""

from __future__ import annotations

import re

from bot.core.catalog import Right
from bot.core.understanding.text import normal_form

# "älkää poistako": not erasing is asked for; "älkää lähettäkö/soittako/käyttäkö" does ask for a
# right (marketing objection, objection, restriction), so only these verbs are named.
_NEGATED = re.compile(
    r"\b(?:älkää|älä|elkää|elä|alkaa|ala) (?:\w+ ){0,3}(?:poista|poistako|hävittä\w*|tuho\w*"
    r"|unohta\w*)\b"
    r"|\ben (?:halua|ole (?:koskaan )?pyytänyt|pyydä|pyytänyt|tahdo) (?:\w+ ){0,4}"
    r"(?:poist|korja|oikais)"
    r"|\bi (?:have )?never (?:asked|wanted|requested|told) (?:\w+ ){0,5}(?:delet|eras|remov|wip)"
    r"|\bhar (?:aldrig|inte|int) (?:bett|begärt|velat) (?:\w+ ){0,4}"
    r"(?:radera|ta bort|stryk|förstör)"
    r"|\b(?:do not|don t|dont|never|please not) (?:\w+ ){0,2}(?:delete|erase|remove|wipe)\b"
    r"(?! (?:\w+ ){0,6}(?:but|just) )"
    r"|\b(?:do not|don t|dont) want (?:\w+ ){0,3}"
    r"(?:to (?:delete|erase|remove)|deleted|erased|removed)\b"
    r"|\b(?:radera|ta bort|stryk|förstör) (?:\w+ ){0,2}(?:inte|int|aldrig)\b"
)
# "what happens if I ask you to erase my data" asks, and asks for nothing.
_SUPPOSED = re.compile(
    r"\b(?:mitä (?:jos|tapahtuu jos|tapahtuisi jos)|what (?:if|happens if|would happen if)"
    r"|vad (?:om|händer om|skulle hända om))\b"
)
# Not deleting but also not using is restriction (Art. 18), not a mere negation.
_RESTRICTING = re.compile(
    r"käyttäkö|käytä|käsitelkö|koske|jäihin|jäädyt|lukit|rajoit|\buse\b|\busing\b|freeze|process|restrict"
    r"|använd|behandla|frys|begräns"
)
_UNDONE_BY_NEGATION = frozenset({Right.ERASURE, Right.RECTIFICATION, Right.RESTRICTION})
_THIRD_PARTY = re.compile(
    r"\b(?:kollega\w*|työkaveri\w*|ystävä\w*|kaveri\w*|naapuri\w*) (?:\w+ ){0,3}"
    r"(?:pyysi|pyytänyt|halusi|vaati)\b"
    r"|\b(?:äitini|isäni|poikani|tyttäreni|lapseni|vaimoni|mieheni|puolisoni|mummoni|isoäitini)\b"
    r"|\bmy (?:mother|father|son|daughter|child|wife|husband|spouse|mum|dad|grandmother)(?: s)?\b"
    r"|\bmin (?:mor|mamma|far|pappa|son|dotter|fru|man|mormor|farmor)s?\b|\bmitt barns?\b"
    r"|\b(?:my|a|his|her) (?:colleague|friend|neighbour|coworker|boss) (?:\w+ ){0,3}"
    r"(?:asked|wanted|requested|demanded)\b"
    r"|\b(?:min|en) (?:kollega|vän|granne|kompis|chef) (?:\w+ ){0,3}(?:bad|begärde|ville|krävde)\b"
)


# "I object", "toimittakaa minulle", "jag begär": said so, the thing itself is asked for.
_DEMANDED = re.compile(
    r"\b(?:haluan|haluaisin|haluun|tahdon|pyydän|pyytäisin)\b(?! (?:tietää|kysyä|kuulla|ymmärtää))"
    r"|\b(?:vaadin|vastustan|kiellän|toimittakaa|lähettäkää|antakaa|näyttäkää|poistakaa|poista|korjatkaa"
    r"|oikaiskaa|rajoittakaa|jäädyttäkää|siirtäkää|lopettakaa)\b"
    r"|\bi (?:want|wish|would like|d like|hereby|demand|request)\b(?! to (?:know|ask|understand))"
    r"|\bi object\b|\b(?:send|give|show|provide) me\b"
    r"|\bjag (?:vill|önskar|skulle vilja)\b(?! (?:veta|fråga|förstå))"
    r"|\bjag (?:begär|kräver|motsätter|invänder|förbjuder)\b|\b(?:skicka|ge|visa) (?:till )?mig\b"
)


# Chapter III of the GDPR, as lawyers cite it.
_CITED = re.compile(
    r"\b(?:art(?:icle|ikel)?s?\.? ?(?P<after>1[5-8]|2[01])"
    r"|(?P<before>1[5-8]|2[01])\.? ?artikla\w*|artikla\w* (?P<fi>1[5-8]|2[01]))\b"
    r"(?: ?\(?(?P<paragraph>[1-4])\)?)?"
)
_BY_ARTICLE = {
    "15": Right.ACCESS,
    "16": Right.RECTIFICATION,
    "17": Right.ERASURE,
    "18": Right.RESTRICTION,
    "20": Right.PORTABILITY,
    "21": Right.OBJECTION,
}
_ASKS = re.compile(
    r"\?|^(?:what|which|how|when|does|do|is|can|may|mitä|mikä|miten|milloin|onko|voiko|voinko|koska"
    r"|vad|vilken|vilket|hur|när|är|kan|får)\b"
)


def cited(text: str) -> Right | None:
    """Return the right whose article a message cites, if it cites one and no other."""
    found = {
        Right.MARKETING_OBJECTION
        if one["after"] == "21" and one["paragraph"] in ("2", "3")
        else _BY_ARTICLE.get(one["after"] or one["before"] or one["fi"])
        for one in _CITED.finditer(text.casefold())
    }
    return found.pop() if len(found) == 1 else None


def asks(text: str) -> bool:
    """Tell whether a message asks something, in the form of its words."""
    return _ASKS.search(text.casefold().strip()) is not None


def demands(text: str) -> bool:
    """Tell whether a message says, in the form of its words, that something be done."""
    return "?" not in text and _DEMANDED.search(normal_form(text)) is not None


def asks_for_it(text: str, right: Right) -> bool:
    """Tell whether a message that speaks of a right asks for it to be carried out."""
    said = normal_form(text)
    if right in _UNDONE_BY_NEGATION and _NEGATED.search(said) and not _RESTRICTING.search(said):
        return False
    return not _SUPPOSED.search(said) and not _THIRD_PARTY.search(said)
