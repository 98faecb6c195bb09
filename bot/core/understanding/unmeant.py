"""A yes that is not meant, or is somebody else's: irony, trying out, reported speech.

Written in spoken words (`safeguards`), where a comma stands for any mark between two parts of a
sentence. Who says one of these is asked again.
"""

from __future__ import annotations

import re

# A hum, or an idiom that only sounds like a yes.
_HALF_HEARTED = frozenset(
    saying.strip()
    for saying in """
        nå ja, nåja, no joo, no niin, so so, jaa a, jaa, jaaha, jaahas, jaa jaa, joo o, juu o,
        joopa joo, just joo, joo just, joo varmaan, joo varmasti, juu varmaan, niin varmaan,
        varmaan joo, vai niin, yeah right, yeah sure, sure sure, as if, oh really, ja säkert,
        jo säkert, jaja säkert, jojo, ja du, ja du säg det, säg det, jo tjena,
        jo tjenare, jaså, jaha, no jaa, nja, tja, tjaa, yeah no, yeah nah, yeah well, joo ei,
        juu ei, joo joo varmaan, thanks for nothing, kiitos ei mistään, tack för ingenting,
        dream on, oh joy, oh great, sure jan, lol, haha, lol sure, haha joo, haha ja, haha sure
    """.split(",")
)
_RELATIVE = (
    r"(?:husband|wife|mum|mom|mother|dad|father|son|daughter|sister|brother|boss|manager|lawyer"
    r"|solicitor|partner|friend|neighbour|colleague|nan|gran|grandma|missus|hubby|girlfriend"
    r"|boyfriend|wife s|accountant"
    r"|äiti|äitini|iskä|isä|isäni|mies|mieheni|vaimo|vaimoni|puoliso|puolisoni|avokki|muija|ukko"
    r"|poika|poikani|tytär|tyttäreni|tyttö|sisko|siskoni|veli|veljeni|kaveri|kaverini|naapuri"
    r"|mummo|vaari|pappa|lakimies|juristi|kummityttö|pomo|esimies"
    r"|man|mannen|maken|make|fru|frun|sambo|sambon|mamma|mor|far|son|sonen|dotter|dottern|bror"
    r"|brorsan|syster|syrran|chef|chefen|advokat|advokaten|vän|kompis|kompisen|granne|grannen"
    r"|gubben|kärringen)"
)
_SAYS = (
    r"(?:says|said|say|nods|nodded|nodding|thinks|told|reckons|insists|agrees|keeps"
    r"|sanoo|sano|sanoi|nyökkää|nyökkäs|nyökkäsi|käski|käskee|meinaa|neuvoi|neuvo|pyysi"
    r"|säger|sa|sade|nickar|nickade|tycker|menar|tjatar|påstår|rekommenderar|ber)"
)
_UNMEANT = re.compile(
    r"\b(?:pigs|cows)(?: (?:might|may|can|will|could))? (?:fly|have wings)\b|\bpull the other one\b"
    r"|\b(?:fat chance|in your dreams|my (?:arse|ass|foot)|like hell|ok(?:ay)? boomer|yeah right"
    r"|good one|just what i (?:needed|always wanted)|tell me another)\b"
    r"|\b(?:lehmät|siat|possut) lent\w+|\b(?:unissas\w*|uskokoon ken tahtoo|kerro lisää vitsejä)\b"
    r"|\bgrisar(?:na)?(?: \w+)? fly\w*|\b(?:pyttsan|i helvete heller|tro det den som vill"
    r"|dröm vidare)\b"
    r"|\bmuka\b|\bwhen i see it\b|\buskon kun näen\b|\bnär jag (?:får )?se\w* det\b"
    r"|\bof course (?:you|they) (?:did|would|will|do)\b"
    # "As sure as you answer in time"
    r"|\b(?:as|just as|about as) (?:sure\w*|likely|certain\w*|true) as\b"
    r"|\b(?:yhtä|niin) (?:varmasti|varmaa?|totta) (?:kuin|ku|kun)\b"
    r"|\blika (?:visst|säkert|sant) som\b"
    # Tried out, or said for fun
    r"|\b(?:just|only) (?:testing|trying|looking|joking|kidding|curious)\b"
    r"|(?<!like )\bi m (?:joking|kidding)"
    r"|\b(?:testaan|kokeilen|katon|katson|testailen|pilailen|vitsailen) (?:vaan|vain|vaa)\b"
    r"|\b(?:vaan|vain) (?:testi|vitsi|läppä)\b|\b(?:bara|mest) (?:testar|skojar|kollar|tittar"
    r"|skoj|nyfiken)\b|\b(?:testar|skojar|kollar|tittar|provar) bara\b"
    # Said by another
    rf"|\b{_RELATIVE}(?! [^?]*\b(?:so|joten|eli|siis|så|alltså|då) )"
    rf"(?: (?!and\b|ja\b|och\b)\w+){{0,4}}? (?:and |ja |och )?{_SAYS}\b"
    r"(?! [^,?]*\b(?:right|correct|oikein|rätt|stämmer)\b)"
    rf"|\b{_SAYS} {_RELATIVE}\b"
    r"|\b(?!(?:i|jag|minä|mä|mää|och|and|som|nog|så|då|bara)\b)\w+"
    r" (?:says|sanoo|säger|nods|nyökkää|nickar) (?:that |et |että |att )?"
    r"(?:yes|yeah|ok\w*|go ahead|do it|joo|kyllä|ja|jo|kör)\b"
    # What is to come before it, and what is left open
    r"|\b(?:start|begin) (?:with|by) (?:\w+ing|the|an?)\b|\baloit\w+ (?:kertomalla|selittämällä"
    r"|näyttämällä|vaikka siitä)\b|\bbörja med att\b"
    r"|\bthen (?:we|i) (?:can|could|ll|will|may|might) (?:talk|see|decide|think)\b"
    r"|\b(?:sitten|sit|sen jälkeen) (?:voidaan )?(?:puhutaan|puhua|katsotaan|katellaan|jutellaan)\b"
    r"|\bså (?:får vi|ska vi|kan vi) (?:se|prata|diskutera)\b"
    r"|\b(?:därefter|sedan|sen|efter det) (?:ska|skall|vill)\b|\b(?:sen jälkeen|sitten) (?:haluan"
    r"|poist\w+|näyt\w+)\b|\b(?:then|after that|afterwards) (?:i want|delete|erase|show|stop)\b"
    # Asked back in the middle
    r"|\b(?:että|et|vai|tai|ja) (?!pakko|verkko|joukko|laatikko|lukko|yksikkö)\w{3,}(?:ko|kö)\b"
    r"(?! (?:kiitos|tee))"
)


def is_unmeant(said: str) -> bool:
    """Tell whether a yes in spoken words is none of the person's own, or not meant."""
    return said.replace(" ,", "") in _HALF_HEARTED or _UNMEANT.search(said) is not None
