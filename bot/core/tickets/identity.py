"""Proof of identity: one-time codes, evidence, and what each right requires (EDPB 01/2022)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.catalog import Right
from bot.core.contacts import Contact


class Method(StrEnum):
    """How identity was shown. There is no method that takes a copy of an ID document.

    PHONE is a number that Telegram verified, WORKSPACE an address that the own Slack vouches for.
    """

    EMAIL_CODE = "email_code"
    PHONE = "phone"
    WORKSPACE = "workspace"
    CALL_BACK = "call_back"
    IN_PERSON = "in_person"
    KNOWN_CUSTOMER = "known_customer"


ATTESTED = frozenset({Method.CALL_BACK, Method.IN_PERSON, Method.KNOWN_CUSTOMER})


class Proof(StrEnum):
    """What a piece of evidence proves; a right's policy lists the proofs that suffice alone."""

    CONTROL = "control"  # the person controls the address or number
    ON_FILE = "on_file"  # ... and the company has it on file
    ATTESTED = "attested"  # a member of staff vouches, with the method noted


Policy = Mapping[Right, frozenset[Proof]]

# An address to suppress is enough for direct marketing (Art. 21(3), 12(6), 5(1)(c)).
DEFAULT_POLICY: Policy = {
    right: frozenset({Proof.ON_FILE, Proof.ATTESTED})
    | (frozenset({Proof.CONTROL}) if right is Right.MARKETING_OBJECTION else frozenset())
    for right in Right
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of proof: how, when, shown by whom (an actor's key), and of which contact.

    `on_file`, `shared` and `same_person` are what the register said then: that it has the contact,
    that several persons have it, and which others of the ticket's contacts are the same person's.
    An attestation is of the person and names no contact; nor does evidence that an older version
    kept without one, and it proves none.
    """

    method: Method
    at: datetime
    by: str
    on_file: bool = False
    shared: bool = False
    contact: Contact | None = None
    same_person: tuple[Contact, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether it says what it proves: the person, or one contact."""
        return self.method in ATTESTED or self.contact is not None

    @property
    def facts(self) -> Mapping[str, str]:
        """What the audit keeps of it: of the contact only the kind."""
        if self.contact is None:
            return {"method": self.method}
        on_file = "yes" if self.on_file else "no"
        return {"method": self.method, "contact": self.contact.kind, "on_file": on_file}

    @property
    def proofs(self) -> frozenset[Proof]:
        """What this evidence proves."""
        if self.method in ATTESTED:
            return frozenset({Proof.ATTESTED})
        return frozenset({Proof.CONTROL} | ({Proof.ON_FILE} if self.on_file else set()))


def attestation(method: Method, by: str, now: datetime) -> Evidence:
    """Return the evidence of a member of staff (an actor's key) who vouches for the person."""
    return Evidence(method=method, at=now, by=by)


def suffices(
    evidence: Iterable[Evidence], claimed: Collection[Contact], right: Right, policy: Policy
) -> Evidence | None:
    """Return the first evidence that meets the policy of the right, or None.

    What the person shows counts for contacts that they `claimed` only, and only when none of those
    is left in doubt: each is proved, or on file as the same person's as one that is. Else one's own
    number would prove a request in another's name.
    """
    pieces = [piece for piece in evidence if piece.is_bound]
    settled = {piece.contact for piece in pieces}.union(*(piece.same_person for piece in pieces))
    whole = settled.issuperset(claimed)
    for piece in pieces:
        of_the_person = piece.method in ATTESTED or (whole and piece.contact in claimed)
        if of_the_person and piece.proofs & policy[right]:
            return piece
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRules:
    """Limits on one-time codes: how long one lives, tries a code, and how many are mailed.

    `told_lifetime` is that of a code which the person tells staff: each try takes one of them.
    `per_hour` and `per_day` are on behalf of one person. After `per_hour` codes to one address of
    which none was given right, each further one waits for the next of the `pauses`. What strangers
    have mailed is limited for each address, for each domain and in all. `wrong_an_hour` is how many
    wrong codes of all people together are unusual.
    """

    lifetime: timedelta = timedelta(minutes=15)
    told_lifetime: timedelta = timedelta(days=7)
    tries: int = 5
    per_hour: int = 3
    per_day: int = 10
    pauses: tuple[timedelta, ...] = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=24))
    to_address_a_day: int = 6
    to_domain_a_day: int = 200
    in_all_a_day: int = 1000
    wrong_an_hour: int = 50


_REMEMBERED = 9  # earlier codes of a ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A code that was sent: its keyed digest (hex), never the code itself.

    `earlier` are the digests of codes that it took the place of, the newest first.
    """

    digest: str
    sent_at: datetime
    tries: int = 0
    earlier: tuple[str, ...] = ()


class CodeVerdict(StrEnum):
    """What came of a code that the customer gave."""

    RIGHT = "right"
    SUPERSEDED = "superseded"  # of an earlier letter: a newer code has been sent
    WRONG = "wrong"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"


def challenge(
    code: str, ticket: str, key: bytes, now: datetime, before: Challenge | None = None
) -> Challenge:
    """Return the challenge for a fresh code, in the place of one `before`.

    The digest is bound to the ticket's id.
    """
    earlier = (before.digest, *before.earlier)[:_REMEMBERED] if before else ()
    return Challenge(digest=_digest(code, ticket, key), sent_at=now, earlier=earlier)


def check(
    sent: Challenge, code: str, ticket: str, key: bytes, rules: CodeRules, now: datetime
) -> tuple[CodeVerdict, Challenge]:
    """Return the verdict on a code, and the challenge with this try counted.

    A code past its life or its tries is never accepted, even when it is right. One of an earlier
    letter, which may have come late, is not accepted either, but costs no try.
    """
    if not is_alive(sent, rules, now):
        used_up = sent.tries >= rules.tries and now - sent.sent_at <= rules.lifetime
        return CodeVerdict.EXHAUSTED if used_up else CodeVerdict.EXPIRED, sent
    given = _digest(code, ticket, key)
    if any(hmac.compare_digest(given, digest) for digest in sent.earlier):
        return CodeVerdict.SUPERSEDED, sent
    tried = replace(sent, tries=sent.tries + 1)
    if hmac.compare_digest(given, sent.digest):
        return CodeVerdict.RIGHT, tried
    return (CodeVerdict.EXHAUSTED if tried.tries >= rules.tries else CodeVerdict.WRONG), tried


def is_alive(sent: Challenge, rules: CodeRules, now: datetime) -> bool:
    """Tell whether a code may still be tried.

    One that seems to be of the future is not: set back, a clock would let it live on.
    """
    age = now - sent.sent_at
    return timedelta() <= age <= rules.lifetime and sent.tries < rules.tries


def _digest(code: str, ticket: str, key: bytes) -> str:
    return hmac.new(key, f"{ticket}:{code}".encode(), hashlib.sha256).hexdigest()
