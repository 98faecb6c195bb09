"""Groups of intents that are weighed as one: a right requested and asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from bot.core.catalog import Catalog, Intent, Kind
from bot.core.understanding.chances import Probabilities
from bot.core.understanding.demands import asks_for_it

# Kinds whose many topics are one group each.
_WHOLE_KINDS = frozenset({Kind.SMALLTALK, Kind.OUT_OF_SCOPE, Kind.NOT_IN_NOTICE})


class Groups:
    """The groups of a catalogue's intents."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        intents = catalog.intents.values()
        rights = {_name(intent) for intent in intents if intent.right}
        self._of = {intent.id: _group(intent, rights) for intent in intents}

    def weighed(self, chances: Probabilities) -> Mapping[str, float]:
        """Return the probability of each group, the likeliest first.

        A right asked for and asked about add up; of a kind with many topics, the best counts.
        """
        groups: dict[str, float] = defaultdict(float)
        for intent, chance in chances.items():
            group = self._of[intent]
            best = max(groups[group], chance)
            groups[group] = best if group in _WHOLE_KINDS else groups[group] + chance
        return dict(sorted(groups.items(), key=lambda item: -item[1]))

    def decided(self, group: str, chances: Probabilities, text: str) -> str:
        """Return the intent of a group: of a right, whether it is asked for or asked about."""
        members = [intent for intent in chances if self._of[intent] == group]
        best = max(members, key=chances.__getitem__)
        right = self._catalog.intents[best].right
        if right and not asks_for_it(text, right):
            about = self._catalog.find(f"topic.{group}")
            return about.id if about else best
        return best


def _group(intent: Intent, rights: Set[str]) -> str:
    """Return the group of an intent; a right belongs together also where the notice lacks it."""
    about_right = intent.kind is Kind.NOT_IN_NOTICE and _name(intent) in rights
    grouped = about_right or intent.kind in (Kind.QUESTION, Kind.REQUEST)
    return _name(intent) if grouped else str(intent.kind)


def _name(intent: Intent) -> str:
    return intent.id.partition(".")[2]
