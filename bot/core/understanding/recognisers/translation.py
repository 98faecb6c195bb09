"""Recognises that somebody asks which language of the notice is the official one."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 16  # words
_OFFICIAL = (
    r"(?:binding|official|authoritative|original(?:ly)?|prevails?|legally valid|counts legally"
    r"|sitova|virallinen|alkuperäi\w+|pätevä|pätee|ratkaise\w*|määräävä"
    r"|bindande|officiell\w*|ursprunglig\w*|original\w*|gäller|avgörande|giltig)"
)
_LANGUAGE = (
    r"(?:english|finnish|swedish|language|translation|translated|englannin\w*|suomen\w*|ruotsin\w*"
    r"|kieliversio\w*|kielinen|kielellä|kieli|käännö\w+|käännetty"
    r"|engelsk\w*|finsk\w*|svensk\w*|språk\w*|översättning\w*|översatt\w*)"
)
_ASKED = re.compile(rf"\b{_LANGUAGE}\b.*\b{_OFFICIAL}\b|\b{_OFFICIAL}\b.*\b{_LANGUAGE}\b")
_ASKS = re.compile(
    r"^(?:and |but |so |ja |mutta |men |och )?(?:is|are|which|what|does|do|onko|mikä|missä|millä"
    r"|minkä|kumpi|är|vilken|vilket|på vilket|gäller)\b"
)


def asks_of_translation(text: str) -> bool:
    """Tell whether a text asks whether a translation, or which language, is the official text."""
    said = normal_form(text)
    if len(said.split()) > _LONGEST or not ("?" in text or _ASKS.search(said)):
        return False
    return _ASKED.search(said) is not None
