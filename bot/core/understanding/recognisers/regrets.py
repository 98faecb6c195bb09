"""Recognises that somebody stopped by mistake, and wishes to go on where they were."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 10  # words
_REGRETS = re.compile(
    r"\b(?:(?:did not|didn t|didnt) mean|by (?:mistake|accident)|accident(?:al)?ly|wrong button"
    r"|pressed (?:the )?wrong|(?:hit|tapped) (?:the )?wrong|mis ?click\w*|go back|undo"
    r"|(?:want|like) to (?:continue|go on|carry on))\b"
    r"|\ben tarkoittanu\w*|\bvahingo\w+|\bvirhepainal\w+"
    r"|\bväärä\w* (?:nappi\w*|nappul\w*|painik\w*)"
    r"|\bpain(?:oin|allus) vää\w+|\b(?:haluan|haluun|haluaisin) (?:\w+ )?jatkaa\b"
    r"|\bpalataan takaisin\b|\bpalaa takaisin\b"
    r"|\b(?:menade|mente) (?:inte|int)\b|\bav misstag\b|\bfel knapp\b|\btryck\w* (?:på )?fel\b"
    r"|\bgå tillbaka\b|\bvill (?:\w+ )?fortsätta\b"
)
_ALONE = re.compile(
    r"(?:(?:oops|ups|hups|oho|oj|ojdå|sorry|no|eiku|nej|ei) )*"
    r"(?:oops|ups|hups|oho|continue|go on|carry on|resume|let s (?:go on|continue)|jatka|jatketaan"
    r"|jatketaan sittenkin|takaisin|oj|ojdå|fortsätt|vi fortsätter|tillbaka)"
    r"(?: (?:please|kiitos|tack))?"
)


def regrets_stop(text: str) -> bool:
    """Tell whether a text says that what it just stopped was to go on."""
    said = normal_form(text)
    if len(said.split()) > _LONGEST:
        return False
    return _REGRETS.search(said) is not None or _ALONE.fullmatch(said) is not None
