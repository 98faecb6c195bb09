"""E-mails with codes: when they were sent, and which mailboxes have opted out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from bot.core.tickets import code_budget
from bot.core.tickets.code_budget import DAY, REMEMBERED, SentCodes
from bot.core.tickets.identity import CodeRules
from bot.storage import tables
from bot.storage.crypto import Keys
from bot.storage.meta import Meta
from bot.storage.upsert import insert_new

_SERIAL = "code_letters"
_LETTERS = tables.code_letters


class CodeLetters:
    """The letters with codes, within one transaction; `contended` on the retry after a conflict."""

    def __init__(self, connection: Connection, keys: Keys, meta: Meta, *, contended: bool) -> None:
        self._db = connection
        self._keys = keys
        self._meta = meta
        self._contended = contended
        self._serial: int | None = None

    def sent(
        self, persons: Sequence[str], email: str, rules: CodeRules, now: datetime
    ) -> SentCodes:
        """Return what counts when one more code is to go to an address for a person (by hashes).

        What it says holds until this transaction ends: one that noted a letter meanwhile, and this
        one if it notes one too, conflict.
        """
        self._begin()
        strangers = _LETTERS.c.stranger, _LETTERS.c.at > now - DAY
        addresses = self._hashes(_address(email))
        here = _LETTERS.c.address.in_(addresses)
        domain = _LETTERS.c.domain.in_(self._hashes(_domain(email)))
        pair = here, _LETTERS.c.person.in_(persons)
        disowned = tables.disowned_addresses
        stopped = select(disowned.c.at).where(disowned.c.address.in_(addresses))
        return SentCodes(
            to_pair=self._newest(None, *pair, _LETTERS.c.at > now - REMEMBERED),
            to_address=self._newest(rules.to_address_a_day, here, *strangers),
            to_domain=self._newest(rules.to_domain_a_day, domain, *strangers),
            in_all=self._newest(rules.in_all_a_day, *strangers),
            disowned=self._db.execute(stopped).first() is not None,
        )

    def note(
        self, person: str, email: str, word: str, number: str, now: datetime, *, stranger: bool
    ) -> None:
        """Note a letter with a code for a person (by hash); two at once conflict."""
        serial = self._begin()
        row = {
            "serial": serial,
            "at": now,
            "person": person,
            "address": self._keys.hashed(_address(email)),
            "domain": self._keys.hashed(_domain(email)),
            "stranger": stranger,
            "word": self._keys.hashed(_word(word)) if word else "",
            "number": number,
        }
        # In the order in which one that holds the lock does it: two never wait for each other.
        self._meta.set(_SERIAL, str(serial))
        self._db.execute(insert(_LETTERS), row)
        self._serial = serial + 1

    def knows(self, word: str) -> bool:
        """Tell whether a letter that is remembered holds this word."""
        return bool(self._of(word))

    def disown(self, persons: Collection[str], word: str, now: datetime) -> list[str]:
        """Let no stranger have codes mailed where letters with a word went.

        Returns the numbers of the tickets that they were for, save those of `persons` (hashes), who
        say so; none when that is so already.
        """
        rows = self._of(word)
        new = [{"address": address, "at": now} for address in {row.address for row in rows}]
        if not insert_new(self._db, tables.disowned_addresses, new, "address"):
            return []
        return sorted({row.number for row in rows if row.person not in persons})

    def kept_of(self, persons: Collection[str], email: str) -> tuple[list[datetime], bool]:
        """Return when codes were mailed for a person (by hashes) or to an address.

        With it comes whether its mailbox wants none.
        """
        addresses = self._hashes(_address(email)) if email else []
        theirs = _LETTERS.c.person.in_(persons) | _LETTERS.c.address.in_(addresses)
        mailed = list(self._db.execute(select(_LETTERS.c.at).where(theirs)).scalars())
        disowned = tables.disowned_addresses
        shut = select(disowned.c.at).where(disowned.c.address.in_(addresses))
        return sorted(mailed), self._db.execute(shut).first() is not None

    def purge(self, before: datetime, disowned_before: datetime) -> int:
        """Forget letters, and that mailboxes want none, from before these moments; count them."""
        disowned = tables.disowned_addresses
        rows = [
            delete(_LETTERS).where(_LETTERS.c.at < before),
            delete(disowned).where(disowned.c.at < disowned_before),
        ]
        return sum(self._db.execute(row).rowcount for row in rows)

    def count_wrong(self, now: datetime) -> int:
        """Count one more wrong code; return how many there were in this hour of the clock."""
        hour = f"{now:%Y-%m-%dT%H}"
        noted, _, number = (self._meta.get("wrong_codes", lock=True) or "").partition(" ")
        wrong = int(number) + 1 if noted == hour else 1
        self._meta.set("wrong_codes", f"{hour} {wrong}")
        return wrong

    def _begin(self) -> int:
        """Return the serial number of the next letter; taken twice, it conflicts.

        It is read before what is counted by it, so that nothing comes in between unnoticed.
        """
        if self._serial is None:
            self._serial = int(self._meta.get(_SERIAL, lock=self._contended) or 0) + 1
        return self._serial

    def _newest(self, most: int | None, *which: ColumnElement[bool]) -> Sequence[datetime]:
        rows = select(_LETTERS.c.at).where(*which).order_by(_LETTERS.c.at.desc()).limit(most)
        return tuple(self._db.execute(rows).scalars())

    def _of(self, word: str) -> Sequence[Row[Any, Any, Any]]:
        """Return address, number and person of the letters to strangers that hold a word."""
        if not word:
            return []
        rows = select(_LETTERS.c.address, _LETTERS.c.number, _LETTERS.c.person).where(
            _LETTERS.c.word.in_(self._hashes(_word(word))), _LETTERS.c.stranger
        )
        return self._db.execute(rows).all()

    def _hashes(self, value: str) -> Sequence[str]:
        """Return the hashes that a value may have: no change of keys lets a limit be forgotten."""
        return [keys.hashed(value) for keys in (self._keys, *self._keys.older)]


# A label for each kind: the same value under another is another hash.


def _address(email: str) -> str:
    return f"code address:{code_budget.folded(email)}"


def _domain(email: str) -> str:
    return f"code domain:{code_budget.domain(email)}"


def _word(word: str) -> str:
    return f"code word:{word}"
