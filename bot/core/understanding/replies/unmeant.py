"""A yes that is not meant, or is somebody else's: irony, trying out, reported speech.

Written in spoken words (`spoken`), where a comma stands for any mark between two parts of a
sentence. Who says one of these is asked again.
"""

from __future__ import annotations

import re

from bot.core.understanding.words.spoken import spoken

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
_YES = (
    r"(?:(?:yes|yeah|sure|well|great|ok|okay|okej|oh|kyllä|kyl|joo|juu|toki"
    r"|totta kai|no|niin|jaa|ja"
    r"|jo|jå|visst|javisst|nå|du|minä|mä|mie|,) )*"
)
# What is said of whoever asks, and not to the question.
_MOCKS = re.compile(
    r"\bwhatever you say\b|\b(?:you|they) (?:(?:people|lot|guys|robots|bots"
    r"|machines|all|would|re|are)"
    r" )*(?:always|just|only|never|keep(?: on)?) (?:say|lie|lying|promis|nag|moan|repeat|claim|talk"
    r"|rambl|waffl|wast|pretend)\w*\b"
    r"|\byou (?:d|would) (?:just |really |all |probably )*(?:love|like|enjoy) (?:that|it)\b"
    r"|(?<!if )\byou (?:re|are) (?:all |just )*(?:lying|liars?|a joke|kidding|useless)\b"
    r"|\b(?:another|one more|yet another|just a|only a) (?:stupid |bloody "
    r"|damn )*(?:robot|bot|chatbot"
    r"|machine|form)\b|\b(?:what a|a real) (?:joke|farce|laugh)\b"
    r"|\b(?:niinhän|niin|noinhan|noin|samaa|sitähän) (?:te|ne|sinä|sä) (?:(?:aina|vaan|vain|joka"
    r" kerta|kaikki) )*(?:sano|väit|lupa|väitä|hoe)\w*"
    r"|\b(?:te|ne) (?:(?:kaikki|vaan|vain) )*(?:aina|vaan|vain|jatkuvasti)"
    r" (?:sano|väit|lupaa|valehte"
    r"|jankuta|jankka|jankut|hoe|puhu|huijaa)\w*"
    r"|\b(?:niinhän|niin) (?:sitä |se )?aina (?:sanotaan|luvataan|väitetään)\b"
    r"|\bsitä(?:hän|pä)? te (?:(?:varmaan|varmasti|kai|tietysti|vain|vaan)"
    r" )*(?:halua|tahto|toivo)\w*"
    r"|\bsehän teille (?:sopisi|kelpaisi|passaisi|kävisi)\b"
    r"|\b(?:taas|jälleen) (?:kerran )?(?:yksi |uusi |joku )?(?:robotti|botti|kone|lomake)\b"
    r"|\b(?:ni|dom|de) (?:(?:alla|ju|väl) )*(?:bara|ba|alltid|jämt"
    r"|ständigt) (?:tjat|ljug|säg|lova|prata"
    r"|snacka|påstå|babbla|hitta)\w*|(?<!om )\bni (?:ljuger|tjatar|luras|fuskar)\b"
    r"|\bdet (?:skulle|sku) (?:ni|du) (?:(?:väl|nog|allt|ju|bra|säkert) )*(?:gilla|vilja|tycka om"
    r"|älska)\b|\bså (?:säger|lovar) ni (?:ju )?(?:alltid|jämt)\b|\bsom ni alltid säger\b"
    r"|\b(?:ännu|åter|igen) en (?:robot|bot|maskin|blankett)\b|\ben (?:robot|bot|maskin) till\b"
    # "Yes, that was a good question"
    rf"|^{_YES}(?:(?:that s|that was|what|it was|se oli|se on|olipa|onpa|det var|det är|vilken) )?"
    r"(?:(?:a|an|en|ju|really|very|tosi|riktigt) )*(?:good|great|excellent|hyvä|loistava|bra|fin"
    r"|jättebra) (?:question|kysymys|fråga)(?: (?:that|tuo|toi|där|det där|ju))*$"
)
# "Kyllä minä tiedän oikeuteni": what somebody knows or has a right to is no yes.
_BOASTS = re.compile(
    rf"^{_YES}(?:i (?:(?:do|already|very well|well|certainly) )*know (?:my (?:own )?rights|the law"
    r"|(?:all )?(?:that|this|it)(?: already)?|what i m entitled to)(?:"
    r" (?:well|too|very well|already))*"
    r"|(?:kyllä |kyl )*(?:tiedän|tiiän|tunnen|osaan) (?:(?:kyllä|kyl|hyvin|omat|jo|ihan|minä) )*"
    r"(?:oikeuteni|oikeudet|lain|lait|tämän|tän|sen|asian)(?: (?:kyllä|hyvin|jo|kyl))*"
    r"|(?:jag|ja) (?:vet|känner(?: till)?|kan) (?:(?:nog|väl|ju|redan|allt) )*(?:mina rättigheter"
    r"|lagen|(?:om )?(?:det|detta)(?: här)?)(?: (?:bra|redan|väl|nog))*)$"
    r"|^kyllä (?:mä|minä|mie|mää) (?:\w+ ){0,4}"
    r"(?:tiedän|tiiän|tunnen|osaan|pärjään|hoidan|muistan)$"
    r"|\b(?:minulla|mulla|meillä) on (?:\w+ )?oikeus (?:\w*korvau\w+)"
    r"|\b(?:have|ve got|got) (?:a|the|every|my) right to (?:\w+"
    r" )?(?:compensation|damages|a refund)\b"
    r"|\b(?:har|ha) (?:\w+ )?rätt till (?:\w+ )?(?:skadestånd|ersättning)\b"
)
# Pressed by mistake, or by somebody else who was near.
_BY_MISTAKE = re.compile(
    r"\b(?:(?:tryckte|klickade|skrev|råkade trycka|råkade klicka|kom åt) (?:\w+ )?(?:fel|misstag"
    r"|knappen)|fel knapp|av misstag|av våda|mitt fel|wrong button|misclick\w*|accidental\w*"
    r"|by (?:mistake|accident)|my (?:mistake|bad)|slip of the (?:finger|thumb)|butt dial\w*"
    r"|painoin väärä\w*|painoin vahingossa|vahingossa|vahinko(?:painallus)?|väärä (?:nappi|nappula"
    r"|painike)|väärää (?:nappia|nappulaa|painiketta)|(?:oma|mun|minun) (?:moka|virhe)"
    r"|(?:se oli|it was|that was|det var|he va) (?:just |vain |vaan |bara )?"
    r"(?:(?:my|the|min|mitt|mun|minun) )?(?:cat|kid|toddler|baby|child|dog|kissa|lapsi"
    r"|koira|katt|katten|hund|hunden|barnet"
    r"|unge|ungen))\b"
)
# Said to whoever asks, and of them: an insult, or a kindness.
_TO_THE_BOT = re.compile(
    r"\b(?:delete|erase|remove|cancel) yourself\b|\b(?:radera|ta bort|stryk) dig själv\b"
    r"|\bpoista\w* (?:vaan |vain |vaikka |sä )*(?:itse(?:si|nne)?|ite|ites|ittes|ittesi)"
    r"(?: (?:ites|ittes|itsesi))?$"
    r"|^(?:(?:oh|voi|no|nå|sä|sinä) )*(?:oot|olet|you re|you are|du är|du e)"
    r" (?:(?:so|ihan|tosi|kyllä|aika|such|really|riktigt|så|jätte) )*(?:an? |en |ett )?"
    r"(?:(?:ihana|kiva"
    r"|hauska|hyvä|kultainen|lovely|sweet|nice|funny|good|kind|snäll|rar|bäst|gullig|duktig|rolig"
    r"|botti|robotti|bot|robot|kone|machine|maskin|thing) ?)+$"
)


_PATTERNS = (_UNMEANT, _MOCKS, _BOASTS, _BY_MISTAKE, _TO_THE_BOT)


def is_unmeant(said: str) -> bool:
    """Tell whether a yes in spoken words is none of the person's own, or not meant."""
    if said.replace(" ,", "") in _HALF_HEARTED:
        return True
    return any(pattern.search(said) for pattern in _PATTERNS)


def mocks(text: str) -> bool:
    """Tell whether a text is a remark on whoever asks, and not to the question."""
    return _MOCKS.search(spoken(text)) is not None
