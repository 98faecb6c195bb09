"""What a short reply means: yes, no, skip, a fault."""

from __future__ import annotations

import re

from bot.core.conversation.request_fields import EMAIL

_YES = re.compile(
    r"(?:k|y|j|k+yl+ä|joo+|juu|jep|yes|yeah|yep|sure|ok(?:ay|ei)?|ja+|jo+|jå|jepp|haluan|avaa|open|"
    r"absolut|gärna|please do|go ahead|kiitos kyllä|yes please|ja tack|kyllä kiitos|joo kiitos)"
)

_NO = re.compile(
    r"(?:e|n|e[ni]|ei kiitos|en halua|älä|no+|nope|no thanks|no thank you|nej|nä|nej tack|"
    r"peru|peruuta|cancel|stop|lopeta|avbryt|sluta)"
)

_BEGINS_WITH_YES = re.compile(r"(?:kyllä|joo+|juu|yes|yeah|yep|sure|okay|okei|ja|jå|jo)\b")

_TAKES_BACK = re.compile(
    r"\b(?:ei|en|älä\w*|mutta|vaan|paitsi|väärin|not|no|don t|dont|but|except|wrong|never"
    r"|inte|int|nej|men|utom|fel|peru\w*|cancel|stop|lopeta\w*|avbryt|sluta|withdraw)\b"
)

_FAULT = re.compile(r"\b(?:väärin|väärä|virhe|wrong|incorrect|mistake|typo|fel|felaktig\w*)\b")

_SKIP = re.compile(r"ohita|ohitan|skip|hoppa över|skippa|ei mitään|nothing|ingenting")

_NO_EMAIL = re.compile(
    r"\b(?:ei ole|en omista|ei löydy) (?:\w+ )?(?:s?-?posti|sähköpost|meili|email)"
    r"|\b(?:no|dont have|do not have|havent got|have no) (?:an |any )?(?:e ?mail|mail)"
    r"|\b(?:ingen|inte|inget) (?:någon )?(?:e ?post|mejl|mail|epost)"
)


def yes_or_no(text: str) -> bool | None:
    """Return what a short plain answer means, or None when it is neither yes nor no."""
    said = _bare(text)
    if _YES.fullmatch(said):
        return True
    return False if _NO.fullmatch(said) else None


def agrees(text: str) -> bool:
    """Tell whether a longer answer begins with a yes and takes nothing of it back."""
    said = _bare(text)
    return _BEGINS_WITH_YES.match(said) is not None and _TAKES_BACK.search(said) is None


def finds_fault(text: str) -> bool:
    """Tell whether an answer to a summary says that something in it is wrong."""
    return _FAULT.search(_bare(text)) is not None


def skips(name: str, text: str) -> bool:
    """Tell whether a plain answer passes over an optional field."""
    if name == EMAIL and _NO_EMAIL.search(_bare(text)):
        return True
    return _SKIP.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return re.sub(r"[^\w\s]", "", text.casefold()).strip()
