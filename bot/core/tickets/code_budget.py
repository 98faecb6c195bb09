"""How many codes may be mailed, to whom and for whom: (rules, history, now) -> verdict.

What strangers use up never counts against somebody who has proved the address before, nor against
a person who gives the word in the letters: they read the mailbox.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.tickets.identity import CodeRules

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# For so long what was sent counts towards the pauses, and the word in a letter is known.
REMEMBERED = timedelta(days=7)
# No vowels: no word of any language, and nothing that could be misread when it is dictated.
_LETTERS = "BCDFGHKLMNPRSTVX"
# Providers that take a name with any dots for one mailbox, by the domains that they have for it.
_DROPS_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_WORD = re.compile(rf"(?<!\w)([{_LETTERS}]{{4}})[- ]?([{_LETTERS}]{{4}})(?!\w)", re.IGNORECASE)


class Limit(StrEnum):
    """What keeps another code from being mailed."""

    PERSON = "person"  # on behalf of one person, wherever to
    PAUSE = "pause"  # to one address on behalf of one person, until a code was right
    ADDRESS = "address"  # to one mailbox, on behalf of people who have not proved it
    DOMAIN = "domain"
    ALL = "all"
    DISOWNED = "disowned"  # the reader of the mailbox says that they did not ask


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCodes:
    """When codes were sent lately, newest first, by what counts them.

    `by_person` is on behalf of the person, wherever to; `to_pair` on their behalf to this address.
    The others are for all strangers together; no more are listed than the limits need.
    `proved_at` is when the person last proved the address; `reads` tells that they gave the word
    in a letter that came there.
    """

    by_person: Sequence[datetime] = ()
    to_pair: Sequence[datetime] = ()
    to_address: Sequence[datetime] = ()
    to_domain: Sequence[datetime] = ()
    in_all: Sequence[datetime] = ()
    proved_at: datetime | None = None
    disowned: bool = False
    reads: bool = False

    @property
    def is_strangers(self) -> bool:
        """Whether nothing shows that the person has to do with the address."""
        return self.proved_at is None and not self.reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """No code is mailed before a moment; None: none as long as the address is disowned."""

    limit: Limit
    until: datetime | None


def check(sent: SentCodes, rules: CodeRules, now: datetime) -> Wait | None:
    """Return what keeps a code from being mailed now, the longest wait first; None: nothing."""
    own = [
        (Limit.PERSON, _free_at(sent.by_person, rules.per_hour, HOUR)),
        (Limit.PERSON, _free_at(sent.by_person, rules.per_day, DAY)),
        (Limit.PAUSE, _pause_ends(sent, rules)),
    ]
    if sent.is_strangers:
        if sent.disowned:
            return Wait(limit=Limit.DISOWNED, until=None)
        own += [
            (Limit.ADDRESS, _free_at(sent.to_address, rules.to_address_a_day, DAY)),
            (Limit.DOMAIN, _free_at(sent.to_domain, rules.to_domain_a_day, DAY)),
            (Limit.ALL, _free_at(sent.in_all, rules.in_all_a_day, DAY)),
        ]
    waits = [(until, limit) for limit, until in own if until is not None and until > now]
    if not waits:
        return None
    until, limit = max(waits, key=lambda wait: wait[0])
    return Wait(limit=limit, until=until)


def guessed_unusually(wrong: int, rules: CodeRules) -> bool:
    """Tell whether so many wrong codes in an hour, of all people together, are unusual."""
    return wrong >= rules.wrong_an_hour


def _free_at(sent: Sequence[datetime], most: int, within: timedelta) -> datetime | None:
    """Return from when on one more fits in; None when that is so at once."""
    newest = sorted(sent, reverse=True)
    return newest[most - 1] + within if len(newest) >= most else None


def _pause_ends(sent: SentCodes, rules: CodeRules) -> datetime | None:
    """Return when the next code may go, after more and more of which none was right."""
    unproved = [at for at in sent.to_pair if sent.proved_at is None or at > sent.proved_at]
    beyond = len(unproved) - rules.per_hour
    if beyond < 0:
        return None
    return max(unproved) + rules.pauses[min(beyond, len(rules.pauses) - 1)]


# Addresses


def folded(address: str) -> str:
    """Return what an address counts as: the one mailbox that it is known to reach.

    Nearly all servers drop what follows a plus sign; dots are dropped where that is known. Else
    somebody could use up, or disown, the codes of a neighbour whose name differs by a dot. The
    result is for counting only: nothing is mailed to it.
    """
    local, _, host = address.lower().rpartition("@")
    plain = local.partition("+")[0] or local
    if one := _DROPS_DOTS.get(host):
        return f"{plain.replace('.', '')}@{one}"
    return f"{plain}@{host}"


def domain(address: str) -> str:
    """Return the domain of an address."""
    return address.rpartition("@")[2].lower()


# "This was not me"


def disowning_word(address: str, key: bytes) -> str:
    """Return the word by which the reader of a mailbox can say that they did not ask."""
    digest = hmac.new(key, f"disown:{folded(address)}".encode(), hashlib.sha256).digest()
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:8])
    return f"{letters[:4]}-{letters[4:]}"


def word_in(text: str) -> str:
    """Return the word of that kind that a text holds, as it is in the letter; or nothing."""
    found = _WORD.search(text)
    return f"{found[1]}-{found[2]}".upper() if found else ""


# What happens with codes


class CodeEvent(StrEnum):
    """What happened with a code."""

    SENT = "sent"
    LIMITED = "limited"
    RIGHT = "right"
    WRONG = "wrong"
    DISOWNED = "disowned"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeNote:
    """One thing that happened with a code, to be counted; `number` is that of its ticket.

    `stranger`: nothing showed that the person has to do with the address. `word` is the one that
    disowns.
    """

    event: CodeEvent
    number: str = ""
    email: str = ""
    stranger: bool = True
    limit: Limit | None = None
    word: str = ""
