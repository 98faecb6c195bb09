"""Requests for somebody else: person concerned, writer, and proof of authority.

A proved address shows who writes, never whom the request concerns. So staff attest the authority,
noting what they were shown, before such a request can be confirmed (EDPB 01/2022, on requests made
by others). No copy of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.catalog import Right


class Relation(StrEnum):
    """What the writer is to the person concerned."""

    LAWYER = "lawyer"
    PARENT = "parent"
    GUARDIAN = "guardian"
    ESTATE = "estate"  # executor or heir of somebody who has died
    SPOUSE = "spouse"
    RELATIVE = "relative"
    EMPLOYER = "employer"
    ASSISTANT = "assistant"
    OTHER = "other"


class AuthorityProof(StrEnum):
    """What shows that somebody may ask for somebody else. None of it is kept as a copy."""

    POWER_OF_ATTORNEY = "power_of_attorney"
    GUARDIANSHIP_ORDER = "guardianship_order"
    BIRTH_CERTIFICATE = "birth_certificate"  # or an extract that shows custody
    ESTATE_PAPERS = "estate_papers"
    PERSON_CONFIRMED = "person_confirmed"  # the person concerned was asked, at a contact on file
    OTHER = "other"
    WRITER_SAYS = "writer_says"  # nothing but the writer's word


AuthorityPolicy = Mapping[Right, frozenset[AuthorityProof]]

# To stop marketing reveals nothing and harms nobody, so the writer's word may do.
DEFAULT_AUTHORITY: AuthorityPolicy = {
    right: frozenset(AuthorityProof)
    if right is Right.MARKETING_OBJECTION
    else frozenset(AuthorityProof) - {AuthorityProof.WRITER_SAYS}
    for right in Right
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBehalf:
    """The person concerned by a request that somebody else makes; the name may be unknown."""

    name: str = ""
    relation: Relation = Relation.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """That a member of staff (an actor's key) was shown that the writer may ask, when and how."""

    proof: AuthorityProof
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationRules:
    """What shows authority for each right; for which rights the person concerned is written to.

    A right for which nothing does cannot be asked for somebody else here.
    """

    authority: AuthorityPolicy
    tell_person: frozenset[Right] = frozenset()

    def takes(self, right: Right) -> bool:
        """Tell whether a right can be asked for somebody else at all."""
        return bool(self.authority[right])


DEFAULT_RULES = RepresentationRules(
    authority=DEFAULT_AUTHORITY,
    tell_person=frozenset({Right.ACCESS, Right.ERASURE, Right.PORTABILITY}),
)
