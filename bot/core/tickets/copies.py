"""The copy of a person's data (Art. 15(3), 20): its files, and how it is delivered."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.catalog import Right
from bot.core.tickets.identity import Challenge

LARGEST = 50_000_000  # bytes of one file
MOST_FILES = 10
MOST_OPENINGS = 3
LIFETIME = timedelta(days=7)
# The rights that are not carried out before the person has a copy.
GIVE_A_COPY = frozenset({Right.ACCESS, Right.PORTABILITY})
# Structured, commonly used and machine-readable (Art. 20(1)).
_MACHINE_READABLE = frozenset({"json", "csv", "xml", "jsonl"})
_LONGEST_NAME = 100
_PATHS = re.compile(r"[/\\]")
_NO_NAME = re.compile(r'[^\w .()+,=@#&-]|["\']')


class Way(StrEnum):
    """How a copy reaches its person."""

    PAGE = "page"  # a page of the assistant, by a link and a fresh code to the proved address
    CHAT = "chat"  # as files in the person's own conversation, once they ask for them there
    POST = "post"
    HANDED_OVER = "handed_over"
    NOTHING_HELD = "nothing_held"  # the answer is that there is nothing to copy


# The ways in which the assistant itself hands the files out.
BY_THE_ASSISTANT = frozenset({Way.PAGE, Way.CHAT})
# The channels that take files in a conversation of two.
CHANNELS_WITH_FILES = frozenset({"telegram", "slack"})
# Files that are on their way are not sent once more.
ON_THEIR_WAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that staff attached to a ticket; what is in it is stored apart, with the same key."""

    id: str
    name: str
    size: int
    sha256: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """That a copy was delivered: how, when and by whom.

    Of a page, `token` is the digest of what its link holds, `challenge` a code that was sent,
    `codes_sent` when. `asked_at` is when the person last asked for the files in the conversation,
    `arrived` the ids of those that are there. The one ends at `until` as the other does; `opened`
    are the moments at which the copy was opened, or was there.
    """

    way: Way
    at: datetime
    by: str
    token: str = ""
    until: datetime | None = None
    opened: tuple[datetime, ...] = ()
    challenge: Challenge | None = None
    codes_sent: tuple[datetime, ...] = ()
    asked_at: datetime | None = None
    arrived: tuple[str, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Tell whether the copy can still be had."""
        return bool(
            self.until is not None
            and self.at <= now <= self.until
            and len(self.opened) < MOST_OPENINGS
        )

    def collected(self, now: datetime) -> Delivery:
        """Return the delivery opened once more; a code is used up."""
        return replace(self, opened=(*self.opened, now), challenge=None)


def clean_name(name: str) -> str:
    """Return the name of a file without paths, and without what could pass for another name."""
    last = _PATHS.split(unicodedata.normalize("NFC", name))[-1]
    plain = " ".join(_NO_NAME.sub("_", last).split()).lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(plain) > _LONGEST_NAME:
        plain = f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return plain[:_LONGEST_NAME] or "file"


def is_machine_readable(files: Iterable[File]) -> bool:
    """Tell whether one of the files has a format that another service can take over (Art. 20)."""
    return any(file.name.rpartition(".")[2].lower() in _MACHINE_READABLE for file in files)


def token_digest(token: str) -> str:
    """Return what is kept of the token of a link; it is too long to be guessed."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""
