"""Keeps details that come beside a reply with the request, so that staff read them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.catalog import Language, Right
from bot.core.conversation import request_fields, request_flow
from bot.core.conversation.dialogue import Dialogue, Filling, Request
from bot.core.conversation.opening import added
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.request_fields import DETAILS, EMAIL, NAME
from bot.core.conversation.world import World
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.replies import safeguards
from bot.core.understanding.words.cues import cues, words_beside
from bot.core.understanding.words.names import name_in
from bot.core.understanding.words.values import address_in, is_address_alone, phone_in

M = Meaning
_GOING_ON = frozenset({M.AGREE, M.LIMIT, M.ALSO_RIGHT})
# What introduces a value tells staff nothing; so few words beside it do not either.
_FORMAL = frozenset({"field_mail", "field_name", "about_me", "yes", "no", "thanks", "greeting"})
_FEWEST_WORDS = 3
_JOINTS = frozenset({"and", "ja", "sekä", "och", "samt"})
_ASKING_WHO = frozenset({NAME, EMAIL})


def who(dialogue: Dialogue, reading: Reading, text: str) -> dict[str, str]:
    """Return the name and address that stand alone beside a yes, or begin a reply."""
    name, address = name_in(text, dialogue.language), address_in(text)
    found: dict[str, str] = {}
    begins_so = text.casefold().startswith(address or " ") and reading.means in _GOING_ON
    rest = text.replace(name, " ") if " " in name else text
    beside = re.sub(re.escape(address), " ", rest, flags=re.IGNORECASE) if address else rest
    agrees = reading.means is M.AGREE and _only_agrees(beside, dialogue.language)
    if address and (begins_so or agrees or is_address_alone(text)):
        found[EMAIL], rest = address, beside
    alone = rest != text and _only_agrees(rest, dialogue.language)
    begins = reading.means is M.ALSO_RIGHT and " " in name and text.startswith(name)
    return found | ({NAME: name} if begins or (reading.means is M.AGREE and alone) else {})


def _only_agrees(rest: str, language: Language) -> bool:
    """Tell whether what is left beside a name and an address is a yes, and joins them."""
    return _JOINTS.issuperset(safeguards.told_beside_yes(rest, language))


def without_name(text: str, language: Language) -> str:
    """Return what is said beside a name, and not the name, which says nothing of what is meant.

    In a letter it weighs nothing, and the letter would be understood twice.
    """
    if len(text) > safeguards.LONGEST_REPLY:
        return text
    name = name_in(text, language)
    return text.replace(name, " ", 1).strip(" ,.") or text if " " in name else text


def with_address(filling: Filling, text: str) -> Request:
    """Return a form's request with the address that is given where something else is asked for.

    Details may speak of addresses: there it is nothing but one, and none was given before.
    """
    request, address = filling.request, address_in(text)
    details = filling.asking.name == DETAILS and request.right is not Right.RECTIFICATION
    bare = details and not request.address and request_fields.problem(EMAIL, text) is None
    taken = filling.asking.name == NAME or (bare and len(text.split()) == 1)
    if not taken or request.on_behalf is not None or not address:
        return request
    return replace(request, fields={**request.fields, EMAIL: address})


def with_contacts(filling: Filling, text: str) -> Request:
    """Return a form's request with the contacts that are given beside what is asked for.

    A phone number proves nothing here; staff may need it to reach whoever has no e-mail.
    """
    request = with_address(filling, text)
    number = phone_in(text) if filling.asking.name in _ASKING_WHO else ""
    if not number or number in request.opening:
        return request
    return replace(request, opening=added(request.opening, text))


def asked_on(before: Request, after: Request, world: World) -> Reply:
    """Go on with a request to which contacts were added; what was kept for staff is said."""
    kept = say("field.email.phone") if before.opening != after.opening else NOTHING
    return kept + request_flow.ask_next(after, world)


def with_yes(request: Request, text: str, language: Language) -> Request:
    """Return a request with a yes that tells something besides."""
    kept = request.opening.endswith(text)
    if kept or len(safeguards.told_beside_yes(text, language)) < _FEWEST_WORDS:
        return request
    return replace(request, opening=added(request.opening, text))


def with_words(request: Request, text: str, language: Language, said: str) -> Request:
    """Return a request with words for staff, where what is said beside a value tells something."""
    words = " ".join(filter(_is_word, said.split()))
    corrects = "wrong" in cues(said, language)
    if (
        safeguards.asks(said)
        or corrects
        or len(words_beside(words, language, _FORMAL)) < _FEWEST_WORDS
    ):
        return request
    return replace(request, opening=added(request.opening, text))


def _is_word(written: str) -> bool:
    return written.strip(".,;:!?()'\"").isalpha()
