"""Recognises that a question is to be passed on to staff, in so many words or by the button's."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_BEGUN = (
    r"(?:(?:yes|yeah|yep|ok|okay|sure|please|then|do|joo|juu|kyllä|okei|hei|no|sitten|ja|jo|okej"
    r"|gärna|snälla|tack|då|men|so|well|just|can you|could you|voitko|voisitko|kan du|kan ni) )*"
)
_END = r"(?: (?:please|thanks|thank you|then|now|instead|kiitos|sitten|nyt|tack|då|nu|vaan))*"
_STAFF = (
    r"(?:(?:to |from )?(?:the |your |our )?(?:staff|them|someone|somebody|people|a human|a person)"
    r"|(?:henkilökunna\w*|heille|heiltä|niille|niiltä|ihmiselle|ihmiseltä|jollekin|joltakin)"
    r"|(?:till |av |åt )?(?:er |den )?(?:personalen|dem|dom|någon|en människa))"
)
_IT = (
    r"(?:(?:it|this|that) all|all (?:of )?(?:it|this|that)|everything|kaikki|koko viesti"
    r"|alltihop|allt|alltsammans|hela meddelandet|it|this|that|(?:the|my|this) (?:question"
    r"|message)|se|sen|tämä|tän|tää|kysymys|kysymykseni"
    r"|viesti|viestini|den|det|det här|frågan|min fråga|meddelandet|mitt meddelande)"
)
_PASS = (
    r"(?:pass|send|forward|hand|välitä|välittäkää|lähetä|lähettäkää|laita|skicka|vidarebefordra"
    r"|förmedla)"
)
_ON = r"(?:on|along|over|eteenpäin|vidare|in|iväg)"
_ASKED = re.compile(
    rf"{_BEGUN}(?:{_PASS}(?: {_IT})?(?: {_ON})?(?: {_IT})?(?: {_STAFF})?"
    rf"|(?:ask|kysy|kysykää|fråga|check with) {_STAFF}(?: (?:about )?{_IT})?){_END}"
)


def asks_to_pass_on(text: str) -> bool:
    """Tell whether a text wants no more than that what was written be passed to staff."""
    return _ASKED.fullmatch(normal_form(text)) is not None
