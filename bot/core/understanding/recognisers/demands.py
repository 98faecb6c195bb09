"""Tells a request for a right from a negation, a question, or somebody else's request."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Right
from bot.core.understanding.recognisers.denied_request import denies_request
from bot.core.understanding.recognisers.offers_wanted import wants_offers
from bot.core.understanding.words.text import normal_form, sentences

# A word, but none that begins another clause.
_W = r"(?:(?!(?:and|but|so|please|just|ja|mutta|vaan|joten|och|men|utan|så)\b)\w+ )"
_ERASE = r"(?:delet|eras|remov|wip|poist|hävit|tuho|rader|tas? bort|stryk)"
# "älkää poistako": not erasing is asked for; "älkää lähettäkö/soittako/käyttäkö" does ask for a
# right (marketing objection, objection, restriction), so only these verbs are named.
_NEGATED = re.compile(
    r"\b(?:älkää|älä|elkää|elä|alkaa|ala) (?:\w+ ){0,3}(?:poista|poistako|hävittä\w*|tuho\w*"
    r"|unohta\w*)\b"
    r"|\ben (?:halua|ole (?:koskaan )?pyytänyt|pyydä|pyytänyt|tahdo) (?:\w+ ){0,4}"
    r"(?:poist|korja|oikais)"
    r"|\b(?:do not|don t|dont|never|please not) (?:\w+ ){0,2}(?:delete|erase|remove|wipe)\b"
    r"(?! (?:\w+ ){0,6}(?:but|just) )"
    r"|\b(?:radera|ta bort|stryk|förstör) (?:\w+ ){0,2}(?:inte|int|aldrig)\b"
    r"|\bta (?:inte|int|aldrig|ej) bort\b"
    rf"|\b(?:never|not|haven t|hasn t|didn t) {_W}{{0,2}}(?:ask\w*|request\w*|told|wanted)"
    rf" {_W}{{0,5}}{_ERASE}"
    rf"|\b(?:don t|do not|dont|won t) (?:want|wish) {_W}{{0,5}}{_ERASE}"
    r"|\bnot (?:to )?be (?:\w+ )?(?:deleted|erased|removed|wiped)"
    rf"|\ben {_W}{{0,2}}(?:halua|pyydä|pyytänyt|tahdo|halunnut) {_W}{{0,5}}{_ERASE}"
    rf"|\b(?:ei|eivät|emme|eikä) (?:ole )?(?:(?:koskaan|ikinä|itse|missään vaiheessa) )*"
    rf"(?:pyytän\w+|vaatin\w+|halun\w+) {_W}{{0,5}}{_ERASE}"
    rf"|\bei (?:saa|pidä|tule|kuulu|tarvitse) {_W}{{0,2}}{_ERASE}"
    rf"|\b(?:inte|int|aldrig|ej) {_W}?(?:bett|begärt|velat|önskat) {_W}{{0,5}}{_ERASE}"
    rf"|\b(?:vill|önskar|begär) (?:inte|int|ej) {_W}{{0,5}}{_ERASE}"
    rf"|\b(?:får|ska|skall|bör) (?:inte|int|ej) {_ERASE}"
)
# "What if I asked you to ...": nobody asks yet. "Has it been deleted?" asks what was done.
_SUPPOSED = re.compile(
    r"\b(?:what (?:if|happens if|would happen if)|suppose i|entäs? jos|tänk om"
    r"|mitä (?:jos|(?:tapahtuu|tapahtuisi|käy) (?:\w+ ){0,4}jos)"
    r"|vad (?:om|(?:händer|skulle hända) (?:\w+ )?om))\b"
    r"|\bif i (?:asked|were to|wanted|requested)\b"
    r"|\bjos (?:minä |mä )?(?:pyytäisin|haluaisin|vaatisin)\b"
    r"|\bom jag (?:bad|skulle|ville|begärde)\b"
)
_DONE = r"(?:deleted|erased|removed|wiped|corrected|restricted)"
_DONE_ALREADY = re.compile(
    rf"\b(?:has|have|had) (?:\w+ ){{0,4}}been {_DONE}|^(?:was|were|did) (?:\w+ ){{0,4}}{_DONE}"
    rf"|\b(?:was|were) {_DONE}\b|\b(?:raderades|rättades|togs bort)\b"
    r"|\b(?:har|hade) (?:\w+ ){0,4}(?:raderats|tagits bort|rättats|blivit raderad\w*)"
    r"|\bonko (?:\w+ ){0,4}(?:poistettu|hävitetty|korjattu)"
)
_DOES = re.compile(
    rf"{_ERASE}|korja|oikais|rajoit|correct|rectif|fix|restrict|rätt|korriger|begräns"
)
# What stands against what is refused: "not deleted but corrected".
_CONTRAST = re.compile(
    r"[,;.!]? (?:but rather|but|instead|rather|vaan|sen sijaan|mieluummin|utan|i stället|istället"
    r"|men) |[,;.!] ",
    re.IGNORECASE,
)
# Not deleting but also not using is restriction (Art. 18), not a mere negation.
_RESTRICTING = re.compile(
    r"käyttäkö|käytä|käsitelkö|koske|jäihin|jäädyt|lukit|rajoit|\buse\b|\busing\b|freeze|process|restrict"
    r"|använd|behandla|frys|begräns"
)
# "I do not object to anything", "keep sending me offers": the right's own words, turned round.
_ASKS_NOTHING: Mapping[Right, re.Pattern[str]] = {
    Right.OBJECTION: re.compile(
        r"\b(?:do not|don t|dont|never|not) (?:\w+ )?(?:object"
        r"|oppose)\b(?!.*\bi (?:do |hereby )?object)"
        r"|\b(?:no|have no) objections?\b|\bnothing against\b|\b(?:be|being) unable to\b"
        r"|\b(?:en|emme|enkä) (?:\w+ )?vastusta\b|\bei ole (?:\w+ )?(?:mitään )?(?:\w+ )?vastaan\b"
        r"|\b(?:motsätter (?:mig|oss)|invänder) (?:\w+ )?(?:inte|int|ej|ingenting|inget)\b"
        r"|\b(?:inget|ingenting|inte något) (?:emot|att invända)\b"
    ),
    Right.MARKETING_OBJECTION: re.compile(
        r"^(?:(?:actually|no|yes|please|but|ok|oh|and|just|do|well|thanks) )*(?:keep(?: on)?"
        r" (?:sending|mailing|emailing|texting)|(?:continue|carry on|go on)"
        r" (?:sending|mailing|to send))\b"
        r"|^(?:(?:itse asiassa|oikeastaan|ei|joo|kyllä|mutta|ok|no)"
        r" )*(?:jatkakaa (?:\w+ ){0,3}?lähet"
        r"|(?:saatte|voitte) (?:\w+ ){0,3}?(?:edelleen|jatkossakin|jatkaa|lähet))"
        r"|^(?:(?:egentligen|faktiskt|nej|ja|jo|men|ok|okej) )*(?:fortsätt"
        r" (?:\w+ ){0,2}?(?:att )?skicka"
        r"|(?:ni får|får ni) (?:\w+ ){0,2}?(?:skicka|fortsätta))\b"
    ),
}
_UNDONE_BY_NEGATION = frozenset({Right.ERASURE, Right.RECTIFICATION, Right.RESTRICTION})
_THIRD_PARTY = re.compile(
    r"\b(?:kollega\w*|työkaveri\w*|ystävä\w*|kaveri\w*|naapuri\w*) (?:\w+ ){0,3}"
    r"(?:pyysi|pyytänyt|halusi|vaati)\b"
    r"|\b(?:äitini|isäni|poikani|tyttäreni|lapseni|vaimoni|mieheni|puolisoni|mummoni|isoäitini)\b"
    r"|\bmy (?:mother|father|son|daughter|child|wife|husband|spouse|mum|dad|grandmother)(?: s)?\b"
    r"|\bmin (?:mor|mamma|far|pappa|son|dotter|fru|man|mormor|farmor)s?\b|\bmitt barns?\b"
    r"|\b(?:my|a|his|her) (?:colleague|friend|neighbour|coworker|boss) (?:\w+ ){0,3}"
    r"(?:asked|wanted|requested|demanded)\b(?! me (?:if you|to ask you)\b)"
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


# Chapter III of the GDPR, as lawyers cite it: "Articles 15 and 17", "21 artiklan 2 kohta".
_NUMBER = r"\d\d(?: ?\(\d\)|\.\d)?"
_NUMBERS = rf"{_NUMBER}(?:(?:, ?| ?& ?| (?:and|ja|sekä|och|samt) )(?:art\w*\.? ?)?{_NUMBER})*"
_CITED = re.compile(
    rf"\bart(?:s|icles?|ik[el]+\w*|iklarna)?\.? ?(?P<after>{_NUMBERS})(?!\d)"
    rf"|\b(?P<before>{_NUMBERS})\.? ?artikla\w*(?: (?P<part>[1-4])\.? ?koh[td]\w*)?"
)
_ARTICLE = re.compile(r"(?P<article>1[5-8]|2[01])(?!\d)(?: ?\((?P<in>\d)\)|\.(?P<dot>\d))?")
_BESIDE_ARTICLES = frozenset("and ja och sekä samt plus gdpr".split())
_BY_ARTICLE = {
    "15": Right.ACCESS,
    "16": Right.RECTIFICATION,
    "17": Right.ERASURE,
    "18": Right.RESTRICTION,
    "20": Right.PORTABILITY,
    "21": Right.OBJECTION,
}
# Verbs that say what is to be done with what was named before.
_LEAD = (
    r"(?:(?:and|then|please|also|after that|afterwards|finally|haluan|i want(?: you)? to|ja|sitten"
    r"|sen jälkeen|lopuksi|lisäksi|vielä|och|sedan|därefter|till slut|också|jag vill|kan ni) )*"
)
_IT = r"(?:it|them|that|those|all|everything|the rest|my data|all of it|all my data)"
_NE = r"(?:ne|se|kaikki|kaiken|tiedot|tietoni|nämä)"
_DET = r"(?:det|dem|dom|allt|alla|allting|uppgifterna|mina uppgifter)"
_LATER = r"(?:(?:sitten|sen jälkeen|lopuksi|myös|sedan|därefter|också|tack) )*"
_ACTS: Mapping[Right, re.Pattern[str]] = {
    Right.ERASURE: re.compile(
        rf"{_LEAD}(?:(?:delete|erase|remove|wipe|destroy|get rid of) {_IT}\b"
        rf"|(?:poistakaa|hävittäkää|tuhotkaa|poista|hävitä|poistaa|hävittää) {_LATER}{_NE}\b"
        rf"|(?:radera|förstör|utplåna|ta {_LATER}bort|tag bort) {_LATER}{_DET}\b)"
    ),
    Right.RECTIFICATION: re.compile(
        rf"{_LEAD}(?:(?:correct|rectify) (?:it|them|my)\b|rectification of (?:my|the)\b"
        r"|(?:korjata|korjatkaa|oikaiskaa|oikaista) (?:ne|se|\w+ni|virhe\w*)\b"
        r"|(?:että|jotta) (?:ne|se|\w+ni) (?:korjataan|oikaistaan)\b"
        r"|att (?:de|dem|det|mina \w+) (?:rättas|korrigeras)\b"
        r"|(?:rätta|korrigera) (?:det|dem|dom|min|mitt|mina)\b)"
    ),
    Right.RESTRICTION: re.compile(
        rf"{_LEAD}(?:restrict(?:ion of)? (?:it|them|(?:the )?processing)\b|freeze (?:it|them|my)\b"
        r"|(?:rajoittaa|rajoittakaa) (?:\w+ )?käsittelyä\b|begränsa behandlingen\b)"
    ),
}
# "You have wrong data about me" says why something else is asked for.
_HELD_WRONG = re.compile(
    r"\b(?:teillä on|you (?:have|hold|ve got)|ni har) (?:\w+ ){0,3}"
    r"(?:väär\w+|virheelli\w+|vanhentun\w+|wrong|incorrect|outdated|fel|felaktiga|föråldrade)\b"
)
_ASKS = re.compile(
    r"\?|^(?:what|which|how|when|does|do|is|can|may|mitä|mikä|miten|milloin|onko|voiko|voinko|koska"
    r"|vad|vilken|vilket|hur|när|är|kan|får)\b"
)


def cited(text: str) -> tuple[Right, ...]:
    """Return the rights whose articles a message cites, in the order in which it does."""
    found: list[Right] = []
    for one in _CITED.finditer(text.casefold()):
        paragraph = one["part"]
        for article in _ARTICLE.finditer(one["after"] or one["before"]):
            part = article["in"] or article["dot"] or paragraph
            number = article["article"]
            marketing = number == "21" and part in ("2", "3")
            found.append(Right.MARKETING_OBJECTION if marketing else _BY_ARTICLE[number])
    return tuple(dict.fromkeys(found))


def only_cites(text: str) -> bool:
    """Tell whether a message cites articles and says nothing else."""
    return _BESIDE_ARTICLES.issuperset(normal_form(_CITED.sub(" ", text.casefold())).split())


def asks(text: str) -> bool:
    """Tell whether a message asks something, in the form of its words."""
    return _ASKS.search(text.casefold().strip()) is not None


def demands(text: str) -> bool:
    """Tell whether a message says, in the form of its words, that something be done."""
    return "?" not in text and _DEMANDED.search(normal_form(text)) is not None


def asks_for_it(text: str, right: Right) -> bool:
    """Tell whether a message that speaks of a right asks for it to be carried out."""
    if denies_request(text) or turns_round(text, right):
        return False
    kept = without_refusals(text)
    if right in _UNDONE_BY_NEGATION:
        refused = kept != text and not _DOES.search(normal_form(kept))
        told = len(sentences(text)) == 1 and _DONE_ALREADY.search(normal_form(text))
        if refused or told:
            return False
    said = normal_form(text)
    if right is Right.ACCESS and _HELD_WRONG.search(said) and not demands(text):
        return False
    return not _THIRD_PARTY.search(said) and not _SUPPOSED.search(said)


def turns_round(text: str, right: Right) -> bool:
    """Tell whether a message says the contrary of what a right is about."""
    if right is Right.MARKETING_OBJECTION and wants_offers(text):
        return True
    contrary = _ASKS_NOTHING.get(right)
    return contrary is not None and contrary.search(normal_form(text)) is not None


def without_refusals(text: str) -> str:
    """Return what is left of a message without what it refuses: "not erased but corrected"."""
    if _RESTRICTING.search(normal_form(text)):
        return text
    parts = [part for part in _CONTRAST.split(text) if part.strip()]
    kept = [part for part in parts if not _NEGATED.search(normal_form(part))]
    return text if len(kept) == len(parts) else " ".join(kept)


def acts(clause: str) -> Right | None:
    """Return the right that a clause surely asks for by its verb: "and then delete it"."""
    said = normal_form(clause)
    found = next((right for right, verb in _ACTS.items() if verb.match(said)), None)
    return found if found and "?" not in clause and asks_for_it(clause, found) else None
