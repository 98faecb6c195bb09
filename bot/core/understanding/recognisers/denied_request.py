"""Recognises that somebody denies having asked for what is done: that is no request, nor its end.

Somebody else may have asked in their name, or it is a mistake: staff have to know.
"""

from __future__ import annotations

import re

from bot.core.understanding.words.own_words import own_words
from bot.core.understanding.words.text import normal_form

_LONGEST = 24  # words; whoever writes more says more than that
# What was asked for: a right, or the request itself.
_EN_DONE = r"(?:delet\w+|eras\w+|remov\w+|wip\w+|correct\w*|rectif\w+|restrict\w*|transfer\w*)"
_EN_SMALL = (
    r"(?:(?:for|to|you|u|them|anyone|anybody|have|be|get|that|my|our|the|any|a|an|such|data|details"
    r"|information|account|personal|all|of|should|it) )"
)
_FI_DONE = r"(?:poist\w+|hävit\w+|tuhoam\w+|oikais\w+|korja\w+|rajoit\w+|siirt\w+|kopio\w*)"
_FI_WHAT = (
    rf"(?:{_FI_DONE}|\w*pyyn(?:tö|nö)\w*|täll[aä]i?s\w*|tämmö\w+|sell[aä]i?s\w*|semmo\w+|moista"
    r"|tätä|sitä|tuota|tota"
    r"|mitään(?= pyy| poist| hävit| teiltä| täll| tämm|$))"
)
_FI_ASKED = (
    r"(?:pyytän(?:yt|y|eet)|pyydelly\w*|pyytelly\w*|tehn(?:yt|y|eet)|tilannu\w*|vaatin(?:ut|u|eet)"
    r"|jättän(?:yt|y|eet)|esittän(?:yt|y|eet)|lähettän(?:yt|y|eet))"
)
_FI_SMALL = r"(?:(?!(?:vaan|mutta|mut|vaikka|koska|kun|halua\w*|pyydän|\w+kaa|\w+kää)\b)\w+ )"
_SV_DONE = (
    r"(?:rader\w+|bort(?:tag\w*)?|stryk\w+|rätt(?:a|as|ade|else\w*)|begräns\w+|flytt\w+|kopia\w*)"
)
_SV_ASKED = r"(?:bett|bad|begärt|begärde|gjort|gjorde|lämnat|beställt|krävt|skickat|ansökt)"
_SV_SMALL = (
    r"(?:(?:om|er|ni|att|få|ska|skulle|ha|har|mina|mitt|min|någon|nån|nå|en|ta|tar|uppgifter|data|konto"
    r"|kontot|personliga|alla|till|dem|dom|de|det|sådan|den|här) )"
)
_NEVER_EN = (
    r"(?:i|we|he|she)(?: have| ve| had)? (?:(?:certainly|definitely|most|surely|myself|really|did"
    r"|have) )*(?:never|not|haven t|havent|didn t|didnt)(?: (?:ever|once|actually|even|at any"
    r" point|myself|knowingly))*"
)
_DENIED = re.compile(
    rf"\b{_NEVER_EN} (?:ask|asked|request|requested|order|ordered|told|tell|apply|applied)"
    rf" (?:{_EN_SMALL}{{0,8}}{_EN_DONE}|(?:for |to )?(?:this|that|it|any(?:thing)? of (?:this|it)"
    r"|anything|any such thing|such a thing|(?:a|any|my) copy)(?! \w*(?:letter|mail|ad|code)))"
    rf"|\b{_NEVER_EN} (?:made|make|submit|submitted|file|filed|send|sent|lodge|lodged)"
    r" (?:(?:a|any|this|that|such|the|you|privacy|deletion|erasure|data) )*requests?\b"
    r"|\bit (?:was not|wasn t|wasnt) me (?:who|that) (?:asked|requested|made|sent)\b"
    r"|\b(?:somebody|someone|anyone) else (?:must have |has |may have )?(?:asked|requested|made)\b"
    r"(?=.*\b(?:my name|not me|wasn t me|request)\b)"
    rf"|\ben(?:hän|pä)? {_FI_SMALL}{{0,5}}{_FI_ASKED} {_FI_SMALL}{{0,3}}{_FI_WHAT}\b"
    rf"|\ben(?:hän|pä)? {_FI_SMALL}{{0,4}}{_FI_WHAT} {_FI_SMALL}{{0,3}}{_FI_ASKED}\b"
    rf"|\b{_FI_WHAT} en(?:hän|pä)? {_FI_SMALL}{{0,4}}{_FI_ASKED}\b"
    rf"|\b(?:se |minä )?en(?:hän|pä)? (?:se )?(?:minä |mä )?ollu\w* (?:minä |mä )?"
    r"(?:joka |kuka )?(?:pyys|pyyt|tek|lähet)\w+"
    r"|\b(?:jag|ja|vi)(?: har| hade| ha)?(?: ju| faktiskt| nog)? (?:aldrig|inte|int|ej)"
    rf"(?: (?:själv|någonsin|heller|ens))* {_SV_ASKED}"
    rf" (?:{_SV_SMALL}{{0,7}}{_SV_DONE}|(?:om )?(?:det|detta|sånt|sådant|något sådant|nåt sånt"
    r"|någonting|något)(?: här)?\b|(?:någon|nån|en|den|sådan|en sådan) (?:\w+ )?\w*begäran)"
    rf"|\b(?:det|detta|sånt|sådant|något sådant)(?: här)? har (?:jag|ja|vi)(?: ju)? (?:aldrig|inte"
    rf"|int) (?:\w+ )?{_SV_ASKED}"
    rf"|\b(?:jag|ja|vi) (?:bad|begärde) (?:aldrig|inte|int)"
    rf" (?:{_SV_SMALL}{{0,7}}{_SV_DONE}|om (?:det|detta|det här))"
    r"|\bdet var (?:inte|int) (?:jag|ja) som (?:bad|begärde|gjorde|skickade)\b"
)
# Not asked for so far, or letters that nobody asked for, or their code: those are other matters.
_ANOTHER_MATTER = re.compile(
    r"\b(?:yet|before|so far|vielä|aiemmin|aikaisemmin|ennen|ännu|tidigare|förut|newsletters?"
    r"|marketing|advert\w*|ads|spam|mails?|emails?|letters?|calls?|codes?|\w*mainok\w+|\w*mainost\w*"
    r"|\w*markkinoin\w*|\w*uutiskir\w+|\w*viest\w*|\w*posti\w*|\w*koodi\w*|\w*reklam\w*"
    r"|\w*nyhetsbrev\w*|\w*marknads\w*|utskick\w*|mejl\w*|\w*kod(?:en|er)?|if|jos|om (?:jag|ni))\b"
)
_WISHES = re.compile(
    r"\b(?:want|wish|would like|please|delete|erase|remove|stop|send|give|show|haluan|haluaisin"
    r"|pyydän|poistakaa|poista|lopettakaa|lähettäkää|antakaa|näyttäkää|vill|begär|radera|sluta"
    r"|skicka|ge|visa|ta bort|(?:i|we) (?:hereby |formally )?(?:request|ask|demand))\b"
)


def denies_request(text: str) -> bool:
    """Tell whether a text denies that its writer asked for something, and asks for nothing else."""
    said = normal_form(own_words(text))
    denied = _DENIED.search(said)
    if denied is None or len(said.split()) > _LONGEST or _ANOTHER_MATTER.search(said):
        return False
    return not _WISHES.search(f"{said[: denied.start()]} {said[denied.end() :]}")
