"""Recognises talk of an earlier request, chased or called incomplete, which is no new request.

A new request would begin a new month (Art. 12(3)), and take away the time that has passed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Language
from bot.core.understanding.words.own_words import own_words
from bot.core.understanding.words.text import normal_form


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


# "I asked ..." makes a chaser only with "... and nothing came".
_ASKED: Mapping[Language, re.Pattern[str]] = {
    Language.EN: _any(
        r"\b(?:i|we|i ve|we ve)(?: have| had| did)?(?: already| first| twice)?"
        r" (?:asked|requested|sent|wrote|written|submitted|made|filed|e ?mailed|lodged|told)\b",
        r"\bmy (?:\w+ ){0,2}(?:request|letter|e ?mail|demand)\b",
    ),
    Language.FI: _any(
        r"\b(?:pyysin|pyysimme|pyytänyt|lähetin|lähetimme|lähettänyt|tein|tehnyt|jätin|jättänyt"
        r"|esitin|esittänyt|vaadin|kirjoitin|kirjoittanut)\b",
        r"\b\w*(?:pyyntöni|pyyntööni|pyynnöstäni|pyynnölleni|vaatimukseni|vaatimukseeni)\b",
    ),
    Language.SV: _any(
        r"\b(?:jag|vi)(?: har)?(?: redan)? (?:bad|bett|skickade|skickat|begärde|begärt|skrev"
        r"|skrivit|gjorde|gjort|lämnade|lämnat)\b",
        r"\b(?:skickade|bad|begärde|skrev|gjorde|lämnade) (?:jag|vi)\b",
        r"\b(?:min|mitt) (?:\w+ ){0,2}(?:\w*begäran|brev|mejl|krav)\b",
    ),
}
_NOTHING_CAME: Mapping[Language, re.Pattern[str]] = {
    Language.EN: _any(
        r"\b(?:no|not|never|nothing|without|t|yet|still)\b(?: \w+){0,4}"
        r" (?:reply|replied|answer\w*|response|responded|heard|received|acknowledg\w+|happened"
        r"|back)\b",
        r"\b(?:nothing|no news|ignored|silence)\b",
        r"\byou (?:have not|haven t|did not|didn t|never|failed to)"
        r" (?:yet )?(?:repl\w+|answer\w*|respond\w*|acknowledg\w+|delet\w+|erase\w*|sent|send)\b",
    ),
    Language.FI: _any(
        r"\b(?:en|emme|ei|eikä|enkä|ette|ole|ilman)\b(?: \w+){0,5}"
        r" (?:vastau\w+|vastannut|vastanneet|kuulunut|kuullut|saanut|saaneet|tapahtunut|mitään)\b",
        r"\bei vastausta\b|\bei ole vastattu\b",
    ),
    Language.SV: _any(
        r"\b(?:inte|inget|ingen|inga|aldrig|utan|ingenting)\b(?: \w+){0,4}"
        r" (?:svar\w*|svarat|hört|fått|hänt|reagerat|något)\b",
        r"\b(?:inte|aldrig) (?:fått|hört|svarat|besvarats)\b|\binget svar\b|\bingenting\b",
    ),
}
# What says it alone.
_CHASES: Mapping[Language, re.Pattern[str]] = {
    Language.EN: _any(
        r"^(?:\w+ ){0,6}(?:second|third|final|last|friendly|another|this is a) reminder\b",
        r"^reminder\b",
        r"\bstill (?:waiting|no (?:reply|answer|response)|haven t (?:got|had|received|heard))\b",
        r"\b(?:i|we) (?:have been|am|are|m|re) (?:still )?waiting (?:for|on)"
        r" (?:\w+ ){0,2}(?:reply|answer|response|data|copy|information|request)\b",
        r"\byou(?: have|ve)? (?:missed|passed|exceeded|overrun) (?:the|your|my) (?:\w+ )?"
        r"(?:deadline|time limit|date)\b",
        r"\bthe (?:month|deadline|time limit|one month period)"
        r" (?:is over|has (?:passed|expired))\b",
    ),
    Language.FI: _any(
        r"^(?:\w+ ){0,3}muistutus\b",
        r"\b(?:odotan|odotamme|olen odottanut|olemme odottaneet)\b(?: \w+){0,4}"
        r" (?:vastau\w+|tietojani|kopiota|pyyn\w+)\b|\bodotan (?:yhä|vielä|edelleen)\b",
        r"\b(?:ylititte|olette ylittäneet|myöhästyitte|olette myöhästyneet)\b(?: \w+)? määräaja\w+",
        r"\b(?:kuukausi|määräaika) on (?:mennyt|kulunut|umpeutunut|ohi)\b",
        r"\bette (?:ole )?(?:vielä )?(?:vastanneet|poistaneet|lähettäneet|toimittaneet)\b",
    ),
    Language.SV: _any(
        r"^(?:\w+ ){0,5}påminnelse\b",
        r"\b(?:väntar|väntat)\b(?: \w+){0,3} (?:svar|uppgifter|kopia|begäran)\b",
        r"\bni (?:har )?(?:missade|missat|överskred|överskridit) (?:\w+ )?(?:tids)?frist\w*",
        r"\b(?:månaden|tidsfristen|fristen) (?:har (?:gått|löpt ut)|är över)\b",
        r"\bni har (?:ännu )?inte (?:svarat|raderat|skickat)\b|\bni svarade (?:aldrig|inte)\b",
    ),
}
# A letter that was sent, and no wish beside it.
_WRITTEN: Mapping[Language, re.Pattern[str]] = {
    Language.EN: re.compile(
        r"(?:\w+ ){0,2}(?:i|we)(?: have| ve)? (?:already )?(?:sent|wrote|written|mailed|posted)"
        r" (?:you |to you )?(?:a |an |my |the )?(?:\w+ )?(?:letter|request|e ?mail|form)"
        r"(?: \w+){0,8}"
    ),
    Language.FI: re.compile(
        r"(?:\w+ ){0,2}(?:lähetin|kirjoitin|postitin|lähetimme) (?:\w+ )?(?:kirjeen|\w*pyynnön"
        r"|sähköpostin|lomakkeen)(?: \w+){0,8}"
    ),
    Language.SV: re.compile(
        r"(?:\w+ ){0,2}(?:skickade|skrev|postade) (?:jag |vi )?(?:er |till er )?(?:ett |en )?"
        r"(?:\w+ )?(?:brev|\w*begäran|mejl|blankett)(?: \w+){0,8}"
    ),
}
_WISHES_TOO = re.compile(
    r"\b(?:please|want|would|now|delet\w+|eras\w+|remov\w+|show|send|correct|poista\w*|haluan"
    r"|haluaisin|nyt|lähettäkää|korjatkaa|näyttäkää|radera|vill|nu|visa|skicka|rätta|ta bort)\b"
)
# What was done, and not all of it.
_INCOMPLETE: Mapping[Language, re.Pattern[str]] = {
    Language.EN: _any(
        r"\byou(?: have|ve)?(?: only)? (?:deleted|erased|removed|sent|gave|corrected)(?: me)?"
        r" (?:only )?(?:half|part|some)\b",
    ),
    Language.FI: _any(
        r"\b(?:poistitte|lähetitte|annoitte|korjasitte) (?:\w+ )?(?:vain|puolet|osan)\b",
    ),
    Language.SV: _any(
        r"\bni (?:har )?(?:raderade|raderat|skickade|skickat|gav|rättade|tog bort)"
        r" (?:\w+ )?(?:bara|hälften|en del)\b",
    ),
}
# A wish to change a request, which says no more than that: not what, and not to end it.
_ADDS = re.compile(
    r"(?:(?:and|but|hi|hello|ok|ja|hei|mut|mutta|hej|men|och) )*(?:"
    r"(?:can|could|may) i (?:still |also |yet |please )*add (?:something|anything|more"
    r"|to it|one thing)"
    r"(?: (?:else|more|still|now|to it|to (?:my|the) request))*"
    r"|(?:i )?(?:forgot|want|need|d like|would like) to (?:add|mention) (?:something"
    r"|one thing|more)"
    r"(?: (?:else|more))*"
    r"|(?:voinko|voiko|saanko|voisinko) (?:(?:mä|minä|vielä|myös|siihen|tähän) )*lisätä"
    r"(?: (?:jotain|jotakin|vielä|siihen|tähän|yhden asian|pyyntöön|muuta))*"
    r"|(?:haluan|haluaisin|unohdin|pitäisi) (?:(?:vielä|siihen) )*lisätä"
    r"(?: (?:jotain|jotakin|vielä|siihen|yhden asian|muuta))*"
    r"|(?:kan|får) jag (?:(?:ännu|också|ändå|fortfarande) )*(?:lägga till"
    r"|tillägga) (?:något|nåt|en sak)"
    r"(?: (?:mera|mer|till))*"
    r"|jag (?:vill|skulle vilja|glömde(?: att)?) (?:lägga till|tillägga) (?:något|nåt|en sak)"
    r")"
)
_CHANGES: Mapping[Language, re.Pattern[str]] = {
    Language.EN: _any(
        r"(?:\w+ ){0,6}(?:change|amend|modify|edit|alter|update|correct|adjust|revise)"
        r" (?:\w+ )?(?:my|the|this|that) (?:\w+ ){0,2}request(?: (?:\w+ ){0,2}\w+)?",
        r"(?:\w+ ){0,4}(?:make|have) (?:a|one|some) changes? (?:to|in) (?:my|the) (?:\w+ )?request"
        r"(?: (?:please|still|now))?",
    ),
    Language.FI: _any(
        r"(?:\w+ ){0,4}(?:muut(?:taa|an|taisin|ettua|taminen)|muokata|muokkaan|korjata|tarkentaa"
        r"|tarkennan|täydentää|täydennän) (?:\w+ ){0,2}pyyn(?:tö|nö)\w*(?: \w+){0,2}",
        r"(?:\w+ ){0,3}pyyntö(?:ä|äni|ni|jä|jäni)? (?:\w+ ){0,3}"
        r"(?:muuttaa|muutettua|muokata|korjata|tarkentaa|täydentää|muutettava)(?: \w+){0,2}",
    ),
    Language.SV: _any(
        r"(?:\w+ ){0,4}(?:ändra|ändrar|ändrad|justera|komplettera|korrigera|rätta)"
        r" (?:på |i )?(?:min |den |mitt )?(?:\w+ ){0,2}begäran(?: \w+){0,2}",
        r"(?:\w+ ){0,4}begäran (?:\w+ )?(?:ändras|ändrad|kompletteras)",
    ),
}
# Why a request was not carried out: staff have given the reasons.
_WHY_NOT: Mapping[Language, re.Pattern[str]] = {
    Language.EN: _any(
        r"\b(?:why|how come|grounds?|reasons?)\b(?: \w+){0,8}? (?:refus\w+|reject\w+|den(?:y|ied)"
        r"|decline\w*|turn(?:ed)? (?:\w+ ){0,3}down|(?:said|say) no|dismiss\w+)\b",
        r"\bwhy (?:did i|was i|do i|have i) (?:get|given|got) a no\b",
        r"\bwhy (?:did you|have you) (?:only )?(?:not|do(?:ne)? only) (?:half|part|all)\b",
    ),
    Language.FI: _any(
        r"\b(?:miksi|miks|minkä (?:takia|vuoksi)|millä perust\w+|mistä syystä|mikä (?:on|oli) syy"
        r"|mikä (?:on|oli) peruste|peruste|perustelu\w*)\b(?: \w+){0,6}?"
        r" (?:hylkä\w+|hylätt\w+|hylätiin|hylkäykse\w*|hylkäämise\w*|kieltäydy\w+|kieltäyty\w*"
        r"|epäsitte|epäsit|epäättiin|evätt\w*|eväämise\w*|kielteinen|kielteise\w*"
        r"|(?:sanoitte|sanoit) ei|ette (?:suostu\w*|hyväksy\w*))\b",
    ),
    Language.SV: _any(
        r"\b(?:varför|på vil(?:ken|ka) grund\w*|av vilken (?:orsak|anledning)|grunden|orsaken"
        r"|motivering\w*)\b(?: \w+){0,6}?"
        r" (?:avslog\w*|avslå\w*|avslag\w*|avvis\w*|neka\w*|(?:sa|sade|säger) (?:ni )?nej"
        r"|(?:fick|får) (?:jag |ja )?(?:ett )?nej|förkasta\w*|vägra\w*)\b",
    ),
}
# Said of what was sent already.
_SEND_IT = re.compile(
    r"(?:(?:ok|okay|okej|okei|yes|joo|juu|ja|jo|kyllä|no|niin|just|please|snälla|nu|nyt|now"
    r"|well|so|då"
    r"|sitten|hey|hei|hej) )*(?:send|skicka|lähetä|lähettäkää|laita|submit)"
    r"(?: (?:it|den|det|sen|se|the|my|request|pyyntö|pyyntöni|begäran|min|off|iväg|eteenpäin"
    r"|menemään|in|already|now|please|then|jo|nyt|sitten|vaan|kiitos|nu|redan|då|bara|tack))*"
)
_ENDS = re.compile(r"\b(?:withdraw|cancel|delete|stop|per(?:u|un|uuttaa|ua)|tillbaka|avbryta)\b")
_IF: Mapping[Language, re.Pattern[str]] = {
    Language.EN: re.compile(r"\b(?:if|when|should you)\b"),
    Language.FI: re.compile(r"\b(?:jos|kun|mikäli|ellei\w*)\b"),
    Language.SV: re.compile(r"\b(?:om (?:jag|ni|man|det)|när|ifall)\b"),
}


def speaks_of_earlier_request(text: str, language: Language) -> bool:
    """Tell whether a message chases a request that was made before, or calls it incomplete."""
    said = normal_form(own_words(text))
    if _CHASES[language].search(said) or _INCOMPLETE[language].search(said):
        return True
    written = _WRITTEN[language].fullmatch(said) and "?" not in text
    if written and not _WISHES_TOO.search(said):
        return True
    asked = _ASKED[language].search(said) and _NOTHING_CAME[language].search(said)
    return bool(asked) and not _IF[language].search(said)


def wants_to_change(text: str, language: Language) -> bool:
    """Tell whether a message says that a request is to be changed, and neither what nor its end."""
    said = normal_form(own_words(text))
    changes = _ADDS.fullmatch(said) or _CHANGES[language].fullmatch(said)
    return changes is not None and not _ENDS.search(said)


def asks_why_refused(text: str, language: Language) -> bool:
    """Tell whether a message asks for the reasons of a refusal."""
    return _WHY_NOT[language].search(normal_form(own_words(text))) is not None


def wants_it_sent(text: str) -> bool:
    """Tell whether a message wants no more than that a request be sent."""
    return "?" not in text and _SEND_IT.fullmatch(normal_form(text)) is not None
