"""An end, a delay, a bargain or a question in roundabout words: "let's drop it", "isn't it".

Written in spoken words (`spoken`), where a comma stands for any mark between two parts of a
sentence. None of these is a yes, nor a detail to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Right
from bot.core.understanding.words.spoken import spoken

_LONGEST = 14  # words; whoever says more says what it is about
_BEGUN = (
    r"(?:(?:no|nope|oh|ok|okay|okej|well|so|right|yes|yeah|actually|please"
    r"|sorry|you know what|hm+|ei"
    r"|no niin|joo|juu|kyllä|hei|tiedätkö|anteeksi|nej|nä|ja|jo|nå|du|ni|vet ni vad|förlåt|but"
    r"|and|mutta|mut|men|och|i think|maybe|perhaps|ehkä|kai|kanske|,) )*"
)
_AFTER = (
    r"(?: (?:then|now|after all|for good|thanks|thank you|please|instead|altogether|today|anyway"
    r"|sitten|sit|nyt|vaan|vain|suosiolla|kuitenkin|sittenkin|tällä kertaa|kiitos|jooko|då|nu|ändå"
    r"|i stället|istället|tack|trots allt|,))*"
)
_IT = r"(?:it|this|that|the (?:whole )?(?:thing|matter|lot)|the request|it all)"
_SE = r"(?:tämä|tää|tän|se|sen|asia|asian|(?:tämä|koko|tää) (?:asia|juttu|homma)|juttu|homma)"
_DET = r"(?:det|detta|de|he|den|saken|hela (?:saken|grejen|alltet)|alltihop|allt)(?: här)?"
# "Eiköhän jätetä tämä", "let's drop it", "vi låter det vara": a refusal without a no.
_DROPS = re.compile(
    rf"{_BEGUN}(?:"
    r"(?:eiköhän|eiköstä|eikös|jospa|jos|parempi (?:kun|jos)|paras kun)"
    rf" (?:(?:me|nyt|vaan|vain|sitten|mieluummin) )*(?:jätetä\w*|lopeteta\w*|unohdeta\w*|peruta\w*"
    rf"|haudata\w*)(?: {_SE})?"
    rf"|(?:(?:eiköhän|eiköstä|eikös|jospa|jos|parempi (?:kun|jos)|paras kun) )?"
    rf"(?:(?:me|nyt|vaan|vain|sitten|mieluummin) )*(?:(?:jätetä(?:än|s)?|jättäkää|jätä)(?: {_SE})?"
    r" (?:sikseen|silleen|sillensä|väliin|tähän|tekemättä|lähettämättä)"
    rf"|(?:annetaan|anneta|antakaa|anna|antaa)(?: {_SE})?(?: vaan| vain)? olla)(?: {_SE})?"
    r"|(?:let s|let us|we can|we ll|we should|better|best|i d rather|i ll)(?: (?:just|rather|all))*"
    rf" (?:(?:drop|forget|scrap|skip|leave|bin|abandon|ditch|shelve) (?:about )?{_IT}"
    r"(?: (?:there|be|alone|at that))?|not(?: (?:do|bother|send|go (?:on|ahead|there))"
    r"(?: (?:with )?(?:it|this|that))?)?|call it (?:off|quits|a day)|let (?:it|this|that) (?:go|be"
    r"|lie|drop)|give (?:it|this|that) a miss|pass on (?:it|this|that))"
    r"|(?:(?:vi|jag|låt oss|ska vi|kan vi|borde vi|det är bäst att vi)"
    r" (?:(?:inte|int|bara|nog|väl|kan|ska|får|hellre) )*)?"
    rf"(?:låt(?:er|a)? (?:vi )?{_DET} (?:bara )?(?:vara|bero|ligga|bli|passera)"
    rf"|(?:släpp(?:er|a)?|skipp(?:ar|a)|glöm(?:mer|ma)?|dropp(?:ar|a)|lägg(?:er|a)? ner"
    rf"|lämn(?:ar|a)) {_DET}(?: (?:här|därhän))?"
    rf"|(?:strunt(?:ar|a)|skit(?:er|a)?) i {_DET})"
    rf"){_AFTER}"
)
_WANTED: Mapping[Right, str] = {
    Right.ACCESS: r"copy|copies|kopiota|kopioita|kopioo|kopia|kopior|kopian",
    Right.ERASURE: r"erasure|deletion|poistoa|poistamista|radering\w*",
    Right.RECTIFICATION: r"correction|rectification|oikaisua|korjausta|rättelse\w*",
    Right.RESTRICTION: r"restriction|rajoitusta|rajoittamista|begränsning\w*",
    Right.PORTABILITY: r"transfer|siirtoa|siirtämistä|överföring\w*",
    Right.OBJECTION: r"objection|vastustusta|invändning\w*",
    Right.MARKETING_OBJECTION: r"objection|ban|kieltoa|markkinointikieltoa|\w*förbud\w*",
}
_REQUEST = r"request|pyyntöä|tätä pyyntöä|begäran"
_EN_LONGER = r"(?:any ?more|any longer|after all)"
_FI_LONGER = r"(?:enää|enään|sittenkään|enempää)"
_SV_LONGER = r"(?:längre|mera?|ändå|trots allt|i alla fall)"
_NO_LONGER: Mapping[Right, re.Pattern[str]] = {
    right: re.compile(
        rf"{_BEGUN}(?:i (?:really )?(?:don t|do not|dont) (?:want|need)"
        rf" (?:(?:a|any|the|that|my|this) )*(?:{nouns}|{_REQUEST}) {_EN_LONGER}"
        rf"|en (?:minä |mä )?{_FI_LONGER} (?:halua|tarvitse|tarvi|tahdo)"
        rf" (?:(?:mitään|sitä|sellaista) )*(?:{nouns}|{_REQUEST})"
        rf"|en (?:minä |mä )?(?:halua|tarvitse|tarvi|tahdo) {_FI_LONGER}"
        rf" (?:(?:mitään|sitä|sellaista) )*(?:{nouns}|{_REQUEST})"
        rf"|en (?:minä |mä )?(?:halua|tarvitse|tarvi|tahdo) (?:(?:mitään|sitä|sellaista) )*"
        rf"(?:{nouns}|{_REQUEST}) {_FI_LONGER}"
        rf"|(?:jag|ja) (?:vill|behöver) (?:inte|int|ej) {_SV_LONGER} (?:ha )?"
        rf"(?:(?:någon|nån|en|den|min|nå) )*(?:{nouns}|{_REQUEST})"
        rf"|(?:jag|ja) (?:vill|behöver) (?:inte|int|ej) (?:ha )?(?:(?:någon|nån|en|den|min|nå) )*"
        rf"(?:{nouns}|{_REQUEST}) {_SV_LONGER}){_AFTER}"
    )
    for right, nouns in _WANTED.items()
}
_NOT_NOW = (
    r"(?:not (?:today|now|yet|just yet|quite yet|right now|tonight|this week)"
    r"|ei (?:vielä|ihan vielä|tänään|nyt|juuri nyt|tällä viikolla)"
    r"|(?:inte|int|ej) (?:än|ännu|riktigt än|idag|i dag|nu|just nu|denna vecka))"
)
_THINK = (
    r"(?:(?:i )?(?:(?:want|need|like|have|d like|would like) )to (?:\w+ ){0,2}?(?:think|sleep on)"
    r"|(?:let|give) me (?:\w+ ){0,2}?(?:think|time)"
    r"|(?:haluan|haluun|haluaisin|pitää|täytyy|tahdon) (?:\w+ ){0,2}?(?:miettiä|harkita|nukkua)"
    r"|(?:mietin|harkitsen) (?:ensin|vielä)"
    r"|(?:jag|ja) (?:vill|måste|behöver|skulle vilja|ska) (?:\w+ ){0,2}?(?:fundera|tänka|sova))"
)
# "Looks good but not today", "okej men skicka inte än": a delay, and no detail.
_PUTS_OFF = re.compile(
    rf"(?:(?:^|(?<=, )|\b(?:but|though|mutta|mut|men) ){_NOT_NOW}{_AFTER}(?= [,?]|$))"
    rf"|\b(?:but|mutta|mut|men) (?:please |först )?(?:{_THINK}|wait|hold"
    rf" (?:on|off|it)(?! to)|hang on"
    r"|odota\w*|odotel\w+|vänta|avvakta|låt oss vänta)\b"
    rf"|^{_BEGUN}{_THINK}\b"
    r"|\b(?:don t|do not|dont|not|won t be) (?:send|sending|submit|file)(?:"
    r" (?:it|this|that|anything"
    r"|off|in))* (?:yet|now|just yet|today)\b"
    r"|\b(?:ette|ettehän|ethän|et|ei|älkää|älä)(?: (?:te|nyt|kai|sitä|tätä|sitten|vielä))*"
    r" lähe[tt]\w*(?: (?:tätä|sitä|mitään|nyt|tuota))* (?:vielä|nyt|tänään)\b"
    r"|\b(?:älkää|älä|ettehän|ethän)(?: (?:te|nyt|kai|sitä|tätä))* vielä lähe\w+"
    r"|\b(?:skicka|skickar|sänd|sänder|lämna)(?: (?:ni|du|väl|ju|det|den))* (?:inte|int|ej)"
    r"(?: (?:det|den|iväg|in|något|nåt|detta))* (?:än|ännu|nu|idag|i dag)\b"
)
_FIRST = re.compile(
    r"\bfirst i (?:just )?(?:want|need|d like|would like) to (?!know|ask|think)"
    r"|\bi (?:just )?(?:want|need|d like|would like) to (?!know|ask|think)(?:\w+ ){1,6}first\b"
    r"|\bensin (?:mä |minä )?(?:haluan|haluaisin|haluun)\b(?! (?:tietää|kysyä|miettiä))"
    r"|\b(?:haluan|haluaisin|haluun) (?:\w+ )?ensin\b(?! (?:tietää|kysyä|miettiä))"
    r"|\bförst (?:vill|skulle) jag\b(?! (?:veta|fråga|tänka))"
    r"|\bjag (?:vill|skulle vilja) (?:\w+ )?först\b(?! (?:veta|fråga|tänka))"
)
_NEVER = re.compile(
    r"\b(?:not ever|never|ei koskaan|eikä (?:koskaan|myöhemmin)|aldrig"
    r"|(?:inte|int) senare heller)\b"
)
# What the office is to promise: no limit of the request, which it would be with a right of its own.
_BARGAINS = re.compile(
    r"\b(?:if|as long as|so long as|provided(?: that)?|unless|kunhan|kuhan|jos|mikäli|ellei|om|bara"
    r"|så länge|förutsatt(?: att)?)\b"
    r" (?:(?:only|if|that|om|att|it|it s|this|that s|is|s|se|tämä|te|sinä|on|det|detta|är|ni|you|i"
    r" (?:don t|do not) have|vain|vaan|todella|really|completely|totally|täysin|helt|bara|e)"
    r" )*(?:free|for free|costs? (?:me )?nothing|(?:doesn t|does not|won t) cost|no (?:charge|cost"
    r"|fee)|to pay|ilmai\w+|maksuto\w+|ei maksa|ei tule maksamaan|gratis"
    r"|kostnadsfri\w*|avgiftsfri\w*"
    r"|(?:inte|int) kostar|kostar (?:inget|ingenting|inte|int|noll)|promise\w*|guarantee\w*|swear"
    r"|lupaa\w*|takaa\w*|vanno\w*|lovar|garanterar|svär)\b"
)
_TAGS = re.compile(
    r"(?:[\w]+ ){3,}(?:, )?(?:(?:eikö|eiks|eikös)(?: se)?(?: (?:niin|nii|vain|vaan|totta|je))"
    r"|eller hur|inte sant|är det inte så|doesn t it|aren t you|don t you|won t you|isn t"
    r" that (?:so|right|true))(?: \?)?$"
)


def drops_it(text: str) -> bool:
    """Tell whether a text has the matter dropped, in words without a no."""
    return _DROPS.fullmatch(spoken(text)) is not None


def wants_no_longer(text: str, right: Right | None) -> bool:
    """Tell whether a text says that what was asked for is wanted no longer."""
    gone = _NO_LONGER.get(right) if right else None
    return gone is not None and gone.fullmatch(spoken(text)) is not None


def puts_off(text: str) -> bool:
    """Tell whether a text has the matter wait, and says little else."""
    said = spoken(text)
    if len(said.split()) > _LONGEST or _NEVER.search(said):
        return False
    return _PUTS_OFF.search(said) is not None


def wants_first(text: str) -> bool:
    """Tell whether a text wants something before what is under way: that does not wait, either."""
    said = spoken(text)
    return len(said.split()) <= _LONGEST and _FIRST.search(said) is not None


def bargains(text: str) -> bool:
    """Tell whether a text agrees on a promise only: that it costs nothing, that it is kept."""
    said = spoken(text)
    return len(said.split()) <= _LONGEST and _BARGAINS.search(said) is not None


def seeks_confirmation(text: str) -> bool:
    """Tell whether a text states something and asks at its end whether that is so."""
    return _TAGS.fullmatch(spoken(text)) is not None
