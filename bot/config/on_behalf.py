"""The section [on_behalf]: requests made for somebody else."""

from __future__ import annotations

from pydantic import Field

from bot.config.section import Section
from bot.core.catalog import Right
from bot.core.tickets.representation import (
    DEFAULT_AUTHORITY,
    DEFAULT_RULES,
    AuthorityProof,
    RepresentationRules,
)


class OnBehalfSection(Section):
    """[on_behalf]: what shows that somebody may ask for somebody else; nothing: not asked here."""

    access: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.ACCESS])
    rectification: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.RECTIFICATION])
    erasure: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.ERASURE])
    restriction: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.RESTRICTION])
    portability: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.PORTABILITY])
    objection: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.OBJECTION])
    marketing_objection: list[AuthorityProof] = sorted(DEFAULT_AUTHORITY[Right.MARKETING_OBJECTION])
    tell_person: list[Right] = Field(default=sorted(DEFAULT_RULES.tell_person))

    def rules(self) -> RepresentationRules:
        """Return what is decided, as the core wants it."""
        return RepresentationRules(
            authority={right: frozenset(getattr(self, right)) for right in Right},
            tell_person=frozenset(self.tell_person),
        )
