"""A row of the audit chain has no place for a name, an address or words."""

from __future__ import annotations

from dataclasses import fields

from bot.core.tickets.record import Observed, Record, observed
from tests.factories import NOW


def test_a_record_has_fields_for_who_did_what_when_and_no_others() -> None:
    names = {field.name for field in fields(Record)}
    assert names == {"ticket", "number", "at", "action", "actor", "before", "after", "facts"}


def test_what_is_observed_changes_no_state() -> None:
    row = observed(Observed.DENIED, NOW, actor="staff:a", ticket="1", number="T-1", state="open")
    assert (row.before, row.after, row.facts) == ("open", "open", {})
