"""Recognises what angry people say of a request: a threat, and "just make it stop".

Written in spoken words (`spoken`), where a comma stands for any mark between two parts of a
sentence.
"""

from __future__ import annotations

import re

# A threat sets no limit to a request, and agrees to nothing.
_THREATENS = re.compile(
    r"\b(?:i m|i am|i ll|i will|i shall|i m going to|we ll|we will|we are|going to|or i|then i)"
    r" (?:\w+ ){0,2}?(?:report(?:ing)?|su(?:e|ing)|complain(?:ing)?|call(?:ing)? (?:the )?police"
    r"|tak(?:e|ing) (?:you|this) to|see you in|go(?:ing)? to (?:the )?(?:press|papers|court|police"
    r"|authorit\w+|ombudsman))\b"
    r"|\b(?:hear|hearing) from my (?:lawyer|solicitor|attorney)\b|\bsee you in court\b"
    r"|\b(?:ilmoitan|valitan|kantelen|raportoin|haastan|vien|soitan|menen|otan yhteyttä)"
    r" (?:\w+ ){0,3}?(?:teistä|teidät|tämän|tästä|tietosuojavaltuut\w+|viranomais\w+|poliis\w+"
    r"|oikeuteen|käräjille|lakimie\w+|juristi\w+|lehti\w+|kuluttaja\w+|valtuutet\w+)"
    r"|\b(?:teen|tulee) (?:\w+ ){0,2}?(?:valituksen|valitus|rikosilmoitu\w+|kantelu\w*)\b"
    r"|\b(?:kuulette|kuulet) (?:\w+ ){0,2}?(?:lakimie\w+|juristi\w+|asianajaj\w+)"
    r"|\b(?:anmäler|klagar|rapporterar|polisanmäler) (?:jag |ja )?(?:\w+ ){0,2}?(?:er|det|detta"
    r"|till|hos|på)\b|\b(?:stämmer|drar) (?:jag |ja )?(?:er|ert)\b"
    r"|\b(?:går|vänder mig|ringer|skriver|hör av mig) (?:jag |ja )?till (?:\w+ )?(?:polisen"
    r"|myndighet\w*|\w*ombudsman\w*|domstol\w*|pressen|tidning\w*)\b"
    r"|\bhör(?:a)? (?:ni )?av min (?:advokat|jurist)\b"
)
_NOW = (
    r"(?: (?:now|please|already|at once|today|for good|heti|jo|nyt|kiitos|lopultakin|nu|tack|genast"
    r"|någon gång|äntligen|,))*"
)
# Of marketing that is offered to be refused, this is the wish, and no end of the conversation.
_STOPPED = re.compile(
    r"(?:(?:please|just|ok|okay|then|well|yes|so|and|for gods? sake|no|nyt|ihan|jo|joo|kyllä|siis"
    r"|snälla|bara|nu|ja|jo|men|,) )*"
    r"(?:(?:make|get) (?:it|them|this|that|these|those)(?: all)? (?:to )?stop"
    r"|i (?:just )?(?:want|need) (?:it|them|this|that|these|those)(?: all)? to (?:stop|end)"
    r"|loppukoon|loppukoot|(?:haluan|haluun) (?:vain |vaan )?että (?:se|ne|tämä|tää|nämä|nää)"
    r" (?:loppuu|loppuvat|loppuis\w*)|saakaa (?:se|ne) loppumaan|tehkää siitä loppu"
    r"|laittakaa (?:se|ne|tälle|sille) (?:poikki|stop\w*|loppu)"
    r"|få (?:det|dem|dom|de) att (?:sluta|upphöra)|gör slut på (?:det|detta|dem)"
    rf"|jag vill (?:bara )?att (?:det|de|dom) (?:ska )?(?:slutar?|upphör\w*|ta slut)){_NOW}"
)


def threatens(said: str) -> bool:
    """Tell whether somebody threatens with an authority, a court or the press."""
    return _THREATENS.search(said) is not None


def has_it_stopped(said: str) -> bool:
    """Tell whether somebody wants that what comes stops, and says nothing else."""
    return _STOPPED.fullmatch(said) is not None
