"""Groups of intents that are weighed as one: a right requested and asked about."""

from __future__ import annotations

from collections.abc import Mapping, Set
from operator import itemgetter

from bot.core.catalog import Catalog, Intent, Kind, Right
from bot.core.understanding.recognisers.demands import asks_for_it, turns_round
from bot.core.understanding.topics.chances import Probabilities

# Kinds whose many topics are one group each, of which the best counts.
_WHOLE_KINDS = frozenset({Kind.SMALLTALK, Kind.NOT_IN_NOTICE, Kind.OUT_OF_SCOPE})
# What is said to the assistant itself: there a few words are all, and chances are spread out.
_TALK = frozenset({Kind.SMALLTALK, Kind.HUMAN, Kind.STATUS, Kind.CANCEL})
# Below this share for all of them together, hardly anything speaks for what is out of scope.
_ENOUGH = 0.25


class Groups:
    """The groups of a catalogue's intents."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        intents = catalog.intents.values()
        rights = {_name(intent) for intent in intents if intent.right}
        self._of = {intent.id: _group(intent, rights) for intent in intents}
        self._members: Mapping[str, list[str]] = {
            group: [intent for intent, own in self._of.items() if own == group]
            for group in set(self._of.values())
        }

    def weighed(self, chances: Probabilities) -> Mapping[str, float]:
        """Return the probability of each group, the likeliest first.

        A right asked for and asked about add up. Of a kind with many topics the best counts; but
        all that is out of scope adds up beside a topic, since it hardly matters which is meant.
        """
        adds_up = self._adds_up(chances)
        best_counts = _WHOLE_KINDS - {Kind.OUT_OF_SCOPE} if adds_up else _WHOLE_KINDS
        groups: dict[str, float] = {}
        for intent, chance in chances.items():
            group = self._of[intent]
            known = groups.get(group, 0.0)
            if group not in best_counts:
                groups[group] = known + chance
            elif chance >= known:
                groups[group] = chance
        return dict(sorted(groups.items(), key=itemgetter(1), reverse=True))

    def _adds_up(self, chances: Probabilities) -> bool:
        """Tell whether what is out of scope counts together: not where anything may be meant."""
        best = max(chances, key=chances.__getitem__, default="")
        if not best or self._catalog.intents[best].kind in _TALK:
            return False
        outside = (chances.get(one, 0.0) for one in self._members.get(Kind.OUT_OF_SCOPE, ()))
        return sum(outside) >= _ENOUGH

    def decided(self, group: str, chances: Probabilities, text: str) -> str:
        """Return the intent of a group: of a right, whether it is asked for or asked about."""
        members = filter(chances.__contains__, self._members[group])
        best = max(members, key=chances.__getitem__)
        right = self._catalog.intents[best].right
        if right and not asks_for_it(text, right):
            named = _ABOUT.get(right, group) if turns_round(text, right) else group
            about = self._catalog.find(f"topic.{named}")
            return about.id if about else best
        return best


# What is spoken of who turns a right round, where it has another name than the right.
_ABOUT: Mapping[Right, str] = {Right.MARKETING_OBJECTION: "marketing-refusal"}


def _group(intent: Intent, rights: Set[str]) -> str:
    """Return the group of an intent; a right belongs together also where the notice lacks it."""
    about_right = intent.kind is Kind.NOT_IN_NOTICE and _name(intent) in rights
    grouped = about_right or intent.kind in (Kind.QUESTION, Kind.REQUEST)
    return _name(intent) if grouped else str(intent.kind)


def _name(intent: Intent) -> str:
    return intent.id.partition(".")[2]
