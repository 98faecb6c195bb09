"""Ready-made replies for refusals and fulfilments, one for each ground in the law.

Their texts are content, in responses/; this module says where each may be used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.catalog import Language, Right
from bot.core.tickets import copies, recipients

# What the texts may name besides the settings of the organisation, with values such as they have.
EXAMPLE: Mapping[str, object] = {
    "number": "T-2026-0001",
    "right": "access",
    "due": "2026-12-31",
    "late": False,
}
VALUES = frozenset(EXAMPLE)


class Template(StrEnum):
    """A ready-made reply of staff, by its ground in the law."""

    NOT_IDENTIFIED = "not_identified"  # Art. 11(2), 12(2)
    UNFOUNDED = "unfounded"  # Art. 12(5)
    EXCESSIVE = "excessive"  # Art. 12(5)
    OTHERS_RIGHTS = "others_rights"  # Art. 15(4), 20(4)
    LEGAL_OBLIGATION = "legal_obligation"  # Art. 17(3)(b)
    LEGAL_CLAIMS = "legal_claims"  # Art. 17(3)(e), 21(1)
    FREEDOM_OF_EXPRESSION = "freedom_of_expression"  # Art. 17(3)(a)
    NATIONAL_LAW = "national_law"  # Art. 23
    RECIPIENTS_TOLD = "recipients_told"  # Art. 19


class Kind(StrEnum):
    """What a ready-made reply is for: a part of its key in responses/.

    Named as the actions, and as the extent.
    """

    REFUSE = "refuse"
    PARTLY = "partly"
    FULFIL = "fulfil"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGround:
    """A ground that an organisation has added, with what its texts are for and their languages."""

    key: str
    kinds: frozenset[Kind]
    languages: frozenset[Language]
    rights: frozenset[Right] = frozenset(Right)


_EVERY = frozenset(Right)
_ERASURE = frozenset({Right.ERASURE})
_ACCESS = frozenset({Right.ACCESS})
_FITS: Mapping[Kind, Mapping[Template, frozenset[Right]]] = {
    Kind.REFUSE: {
        Template.NOT_IDENTIFIED: _EVERY,
        Template.UNFOUNDED: _EVERY,
        Template.EXCESSIVE: _EVERY,
        Template.OTHERS_RIGHTS: copies.GIVE_A_COPY,
        Template.LEGAL_OBLIGATION: _ERASURE,
        Template.LEGAL_CLAIMS: _ERASURE | {Right.OBJECTION},
        Template.FREEDOM_OF_EXPRESSION: _ERASURE,
        Template.NATIONAL_LAW: _ACCESS,
    },
    Kind.PARTLY: {
        Template.OTHERS_RIGHTS: copies.GIVE_A_COPY,
        Template.LEGAL_OBLIGATION: _ERASURE,
        Template.LEGAL_CLAIMS: _ERASURE,
        Template.FREEDOM_OF_EXPRESSION: _ERASURE,
        Template.NATIONAL_LAW: _ACCESS,
    },
    Kind.FULFIL: {
        Template.RECIPIENTS_TOLD: recipients.CONCERNED,
    },
}


def kind_of(action: str, extent: str | None) -> Kind | None:
    """Return which replies an action takes; None: none."""
    if action == Kind.FULFIL:
        return Kind.PARTLY if extent == Kind.PARTLY else Kind.FULFIL
    return Kind.REFUSE if action == Kind.REFUSE else None


def fitting(
    action: str,
    extent: str | None,
    right: Right | None = None,
    own: Iterable[OwnGround] = (),
    language: Language | None = None,
) -> Sequence[str]:
    """Return the replies that an action can have on a ticket of a right and language, or of any.

    Those on the organisation's `own` grounds come last; each is said in its languages alone.
    """
    kind = kind_of(action, extent)
    found: dict[str, frozenset[Right]] = (
        {str(name): rights for name, rights in _FITS[kind].items()} if kind else {}
    )
    for one in own:
        if kind in one.kinds and (language is None or language in one.languages):
            found[one.key] = one.rights
    return [one for one, rights in found.items() if right is None or right in rights]


def key(action: str, extent: str | None, template: str) -> str:
    """Return the key of the text of a reply."""
    return f"template.{kind_of(action, extent)}.{template}"


def all_keys() -> Sequence[str]:
    """Return the keys of all texts."""
    return [f"template.{kind}.{one}" for kind, fits in _FITS.items() for one in fits]
