"""Recognises what is asked of the very conversation: what of it is kept, and that it be deleted."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 14  # words; who says more says what it is about
_DELETED = re.compile(
    r"\b(?:delete|erase|remove|wipe|clear) (?:all )?(?:of )?(?:this|the|our) (?:whole |entire )?"
    r"(?:chat|conversation|discussion|thread|dialogue)\b"
    r"|\b(?:poista|poistakaa|tyhjennä|tyhjentäkää|pyyhi) (?:tämä|tää|tämän|koko|tän)"
    r"(?: koko)? (?:keskustelu|chatti?|juttelu|viestiketju)\w*"
    r"|\b(?:radera|ta bort|töm) (?:hela )?(?:den här |det här |denna |detta |vår )?(?:hela )?"
    r"(?:chatt?en|konversationen?|diskussionen?|samtalet|chatt?)\b"
)
_KEPT = re.compile(
    r"\b(?:do you|have you|will you|are you|is|does it|does this)\b.*\b(?:keep|kept|have|save|saved"
    r"|store|stored|remember|record\w*|log\w*|delete\w*)\b.*\b(?:(?:what i|everything i|things i)"
    r" (?:have |just |ve )?(?:typed|wrote|written|write|type|said)|this (?:chat|conversation))\b"
    r"|\b(?:jääkö|tallennatteko|tallennatko|tallentuuko|säilyykö|näkyykö|muistatko|tallennetaanko"
    r"|onko teillä)\b.*\b(?:tämä keskustelu|tästä keskustelusta|mitä (?:minä |mä )?(?:kirjoitin"
    r"|kirjoitan|tähän kirjoitan)|mun kirjoittamat|kirjoittamani|tämä chatti)\b"
    r"|\b(?:sparar|sparas|lagrar|lagras|minns|har|finns)\b.*\b(?:det (?:som )?jag (?:har )?"
    r"(?:skriver|skrev|skrivit|sade|sa)|den här (?:chatten|konversationen)"
    r"|vad jag (?:har )?"
    r"(?:skriver|skrev|skrivit))\b"
)


def asks_of_its_traces(text: str) -> bool:
    """Tell whether a text asks what is kept of this conversation, or has it deleted."""
    said = normal_form(text)
    if len(said.split()) > _LONGEST:
        return False
    return _DELETED.search(said) is not None or _KEPT.search(said) is not None
