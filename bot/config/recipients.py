"""The blocks [[recipients]]: where data is stored and to whom it is disclosed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.config.section import Section
from bot.core.tickets.recipients import REST, Kind, Recipient


class RecipientSection(Section):
    """[[recipients]]: told of a rectification, an erasure and a restriction, or excused."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    kind: Kind = Kind.RECIPIENT
    owner: Annotated[str, Field(max_length=60)] = ""

    def recipient(self) -> Recipient:
        """Return it as the core wants it."""
        return Recipient(name=self.name, kind=self.kind, owner=self.owner)


def _apart(found: list[RecipientSection]) -> list[RecipientSection]:
    """Return the blocks, if their names can be told apart where buttons carry them."""
    keys = Counter(one.recipient().key for one in found)
    for one in found:
        key = one.recipient().key
        if not key or key == REST:
            raise ValueError(f"{one.name!r} is no name for a recipient: it needs a letter a to z")
        if keys[key] > 1:
            raise ValueError(f"two recipients are called {key}: begin their names differently")
    return found


Recipients = Annotated[list[RecipientSection], AfterValidator(_apart)]


def rules(found: Sequence[RecipientSection]) -> tuple[Recipient, ...]:
    """Return the recipients as the core wants them."""
    return tuple(one.recipient() for one in found)
