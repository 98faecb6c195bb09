"""The fields of a request for each right, and how plain words fill them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import masking
from bot.core.catalog import Right
from bot.core.contacts import canonical_address
from bot.core.tickets.representation import OnBehalf, Relation

NAME = "name"
EMAIL = "email"
DETAILS = "details"
# Of a request for somebody else: whom it concerns, and what the writer is to them.
CONCERNED = "concerned"
RELATION = "relation"
# For whom the same is asked afterwards, besides the writer.
ALSO_FOR = "also_for"

NAMES = frozenset({NAME, CONCERNED})
# Said to the question for a name, but nobody's; words that are somebody's, such as Jo, are not.
_NO_NAMES = frozenset(
    """ok okay okei okej kyllä joo juu yes yep yeah ja kiitos thanks tack test testi
    all everything kaikki allt alltihop""".split()
)
_NO_PART_OF_A_NAME = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\S+://\S+|\S+@\S+\.\S+")

LONGEST = {NAME: 120, CONCERNED: 120, EMAIL: 254, DETAILS: 2000}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a right asks for."""

    name: str
    optional: bool = False


# Nobody needs an e-mail address to have a right; staff then verify the person in another way.
_CONCERNED = Field(CONCERNED)
_NAME, _EMAIL, _MAY_TELL = Field(NAME), Field(EMAIL, optional=True), Field(DETAILS, optional=True)

# No reason is asked where the law asks none; a correction cannot be made without knowing it.
FIELDS: Mapping[Right, tuple[Field, ...]] = {
    Right.ACCESS: (_NAME, _EMAIL, _MAY_TELL),
    Right.RECTIFICATION: (_NAME, _EMAIL, Field(DETAILS)),
    Right.ERASURE: (_NAME, _EMAIL, _MAY_TELL),
    Right.RESTRICTION: (_NAME, _EMAIL, _MAY_TELL),
    Right.PORTABILITY: (_NAME, _EMAIL, _MAY_TELL),
    Right.OBJECTION: (_NAME, _EMAIL, _MAY_TELL),
    Right.MARKETING_OBJECTION: (_EMAIL, _MAY_TELL),
}


def next_field(right: Right, given: Mapping[str, str]) -> Field | None:
    """Return the first field of the right that is still to be asked for.

    Whoever has no address gives a name: staff could not tell whom the request concerns. So does
    whoever asks for somebody else, and says first whom it concerns.
    """
    fields = FIELDS[right] if given.get(EMAIL, "?") else (_NAME, *FIELDS[right])
    if RELATION in given:
        fields = (_CONCERNED, _NAME, *fields)
    return next((field for field in fields if field.name not in given), None)


def on_behalf(given: Mapping[str, str]) -> OnBehalf | None:
    """Return for whom a request is made, if for somebody else than its writer."""
    if RELATION not in given:
        return None
    return OnBehalf(name=given.get(CONCERNED, ""), relation=Relation(given[RELATION]))


def problem(name: str, text: str) -> str | None:
    """Return the key of the text that says what is wrong with a value, or None."""
    if len(text) > LONGEST[name]:
        return "field.too_long"
    if name == EMAIL and _address(text) is None:
        return "field.email.invalid"
    if name in NAMES and not _may_be_name(text):
        return f"field.{name}.invalid"
    return None


def clean(name: str, text: str) -> str:
    """Return a value as it is kept: an address in its canonical form, other text trimmed."""
    if name == EMAIL:
        return _address(text) or ""
    return " ".join(text.split()) if name in NAMES else text.strip()


def _may_be_name(text: str) -> bool:
    """Tell whether a text may be somebody's name: nearly all may, in any script, of any length.

    Not so a bare "ok", nor what has no letter besides templates, links and addresses.
    """
    if not any(char.isalpha() for char in _NO_PART_OF_A_NAME.sub("", text)):
        return False
    return text.strip(" .,!").casefold() not in _NO_NAMES


def _address(text: str) -> str | None:
    """Return the address in a reply such as `it is a@b.fi`, or None.

    What is left of one in which something was masked is none: it would be somebody else's mailbox.
    """
    word = next((w for w in text.split() if "@" in w), text).strip("<>.,;:()\"'")
    return None if masking.HIDDEN in word else canonical_address(word)
