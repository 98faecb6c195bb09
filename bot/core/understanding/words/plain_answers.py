"""A plain yes or no. Withdrawing, which costs the most, takes no other."""

from __future__ import annotations

import re

_YES = re.compile(
    r"(?:k|y|j|k+yl+ä|joo+|juu|jep|yes|yeah|yep|sure|ok(?:ay|e[ij])?|ja+|jo+|jå|jepp|haluan|avaa|open|"
    r"absolut|gärna|please do|go ahead|kiitos kyllä|yes please|ja tack|kyllä kiitos|joo kiitos)"
)

_HUMMED = re.compile(r"(?<=\w)-(?=\w\b)")
_NO = re.compile(
    r"(?:e|n|e[ni]|ei kiitos|en halua|älä|no+|nope|no thanks|no thank you|nej|nä|nej tack|"
    r"peru|peruuta|cancel|stop|lopeta|avbryt|sluta)"
)


def yes_or_no(text: str) -> bool | None:
    """Return what a short plain answer means, or None when it is neither yes nor no."""
    said = _HUMMED.sub(" ", text.casefold())  # "jaa-a" is neither
    said = re.sub(r"[^\w\s]", "", said).strip()
    if _YES.fullmatch(said):
        return True
    return False if _NO.fullmatch(said) else None
