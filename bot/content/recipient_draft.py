"""A draft of [[recipients]] from what the notice says of them: one block for each heading."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection, Iterator

from bot.core.catalog import Catalog, Kind, Notice
from bot.core.tickets.recipients import key_of

# Where a notice speaks of those to whom it discloses data. Authorities that ask in a single case
# are no recipients (Art. 4(9)).
_TOPICS = (
    *("group-sharing", "ict-providers", "credit-rating", "background-checks"),
    *("payment-providers", "transport", "other-partners"),
)
_IN_GENERAL = "sharing"  # drafted from only where nothing finer is said
_LONGEST_NAME, _WIDTH = 60, 100
_HEAD = """\
# Drafted from the privacy notice of {date}, version {version}. Read it: put the names of
# systems and organisations in the place of the headings, add those that the notice does not name,
# delete what does not apply, and say who sees to each. Then copy it into the configuration.
"""


def draft(notice: Notice, catalog: Catalog, known: Collection[str]) -> str:
    """Return blocks for a person to edit; those whose keys are `known` already are left out."""
    blocks = [block for key, block in _blocks(notice, catalog) if key not in known]
    head = _HEAD.format(date=notice.date, version=notice.version)
    return "\n".join([head, *blocks] if blocks else [head, "# The notice names no others."])


def _blocks(notice: Notice, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each block with its key, in the order of the notice."""
    finer = [passages for name in _TOPICS if (passages := _answer(name, catalog))]
    said = {one for passages in finer or [_answer(_IN_GENERAL, catalog)] for one in passages}
    made: set[str] = set()
    for section in notice.sections.values():
        found = [passage for passage in section.passages if passage in said]
        name = textwrap.shorten(section.title, _LONGEST_NAME, placeholder="…")
        key = key_of(name)
        if found and key not in made:
            made.add(key)
            yield key, _block(name, [notice.passages[one].text for one in found])


def _answer(topic: str, catalog: Catalog) -> tuple[str, ...]:
    """Return the passages that answer a topic; none where the notice does not."""
    found = catalog.find(f"topic.{topic}")
    return found.passages if found and found.kind is Kind.QUESTION else ()


def _block(name: str, quotes: list[str]) -> str:
    lines = [
        line
        for quote in quotes
        for line in textwrap.wrap(quote, _WIDTH, initial_indent="# ", subsequent_indent="#   ")
    ]
    written = f"name = {json.dumps(name, ensure_ascii=False)}"
    return "\n".join([*lines, "[[recipients]]", written, 'kind = "recipient"', 'owner = ""', ""])
