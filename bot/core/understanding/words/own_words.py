"""The writer's own words: without quoted lines and forwarded messages."""

from __future__ import annotations

import re

_QUOTED_LINE = re.compile(r"^[^\S\n]*(?:>|&gt;).*$", re.MULTILINE)
# The line with which programs of mail begin what they quote; all below it is another letter.
_HEADER = re.compile(
    r"^[ \t>]*+(?:"  # possessive: a line of spaces is not tried from each of them
    r"-{2,}[ \t]*(?:original message|alkuperäinen viesti|ursprungligt meddelande"
    r"|forwarded message|välitetty viesti|vidarebefordrat meddelande)[ \t]*-*"
    r"|begin forwarded message:?"
    r"|(?:on|le) .{4,80} wrote:|.{4,90} kirjoitti:?|(?:den|ti|må|on|to|fr|lö|sö) .{4,80}"
    r" skrev.{0,60}:"
    r"|(?:from|lähettäjä|från): .+"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SPOKEN = re.compile(r"\"[^\"\n]{12,}\"|“[^”\n]{12,}”|”[^”\n]{12,}”|«[^»\n]{12,}»")


def own_words(text: str) -> str:
    """Return a text without the lines it quotes and without the letters it carries along."""
    header = _HEADER.search(text)
    before = text[: header.start()] if header else text
    return _QUOTED_LINE.sub("", before).strip()


def of_mail(subject: str, body: str) -> str:
    """Return the text of a mail: its subject, and its body without what that quotes."""
    return f"{subject}\n{own_words(body) or body}".strip()


def without_citations(text: str) -> str:
    """Return a text without what stands in quotation marks: those are others' words."""
    rest = _SPOKEN.sub(" ", text)
    return rest if any(map(str.isalnum, rest)) else text
