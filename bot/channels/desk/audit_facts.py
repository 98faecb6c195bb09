"""What a row of the audit chain says of an act, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from bot.channels.desk.wording import Wording

_DAYS = frozenset({"due", "received", "task_due", "until"})
_STAFF = frozenset({"owner", "task_owner"})
# What is worded as a choice of a form, by the name of its blank.
_CHOICES = {
    **{one: one for one in ("right", "extent", "method", "authority", "way", "outcome", "source")},
    "on_behalf": "relation",
}
_CONTACTS = frozenset({"contact", "suppressed", "unsuppressed"})


def said(facts: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """Yield each fact with its name; what this version has no words for, as the row has it."""
    for name, value in sorted(facts.items()):
        try:
            yield f"{wording.desk(f'fact.{name}')}: {_value(name, value, wording)}"
        except KeyError:
            yield f"{name}: {value}"


def _value(name: str, value: str, wording: Wording) -> str:
    worded = _worded(name, wording)
    with suppress(KeyError):
        return worded(value)
    return value


def _worded(name: str, wording: Wording) -> Callable[[str], str]:
    """Return what words a value of a fact; a KeyError is raised where it is unknown."""
    if name in _DAYS:
        return lambda day: wording.label("day", day=day)
    if name in _STAFF:
        return wording.name
    if blank := _CHOICES.get(name):
        return lambda value: wording.choice(blank, value)
    if name in _CONTACTS:
        return lambda kinds: ", ".join(wording.desk(f"fact.{kind}") for kind in kinds.split())
    by_name: Mapping[str, Callable[[str], str]] = {
        "ground": wording.ground,
        "action": wording.action,
        "denial": lambda denial: wording.desk(f"denial.{denial}"),
        "desk": wording.channel,
        "on_file": lambda known: wording.desk(f"fact.{known}"),
    }
    return by_name.get(name, str)
