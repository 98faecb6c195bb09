"""What the documents say of tickets is the table that the program keeps to."""

from __future__ import annotations

import re

from bot.core.tickets.ticket import ENDED, Action, Role, State
from bot.core.tickets.transitions import TRANSITIONS
from tests.docs.documents import document

TEXT = document("tickets.md").text


_OPEN = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED)


def row(action: Action) -> str:
    """Return the line of the table of states for an action: who, and where it leads from where."""
    rules = [TRANSITIONS.get((state, action)) for state in _OPEN]
    roles = frozenset[Role]().union(*(rule.roles for rule in rules if rule))
    cells = [f"`{rule.target}`" if rule else "-" for rule in rules]
    return f"| `{action}` | {', '.join(sorted(roles))} | {' | '.join(cells)} |"


def test_the_table_of_states_is_the_transition_table() -> None:
    actions = [action for action in Action if action is not Action.REOPEN]
    for action in actions:
        assert row(action) in TEXT
    assert len(re.findall(r"^\| `\w+` \| [a-z, ]+ \|", TEXT, re.MULTILINE)) == len(actions)


def test_only_proof_that_comes_later_has_other_roles_than_the_table_says() -> None:
    differ = {
        (state, action)
        for (state, action), rule in TRANSITIONS.items()
        if rule.roles != TRANSITIONS.get((_OPEN[0], action), rule).roles
    }
    assert differ == {(State.AWAITING_CONFIRMATION, Action.VERIFY)}
    assert TRANSITIONS[State.AWAITING_CONFIRMATION, Action.VERIFY].roles == {Role.CUSTOMER}
    assert "In `awaiting_confirmation` only the customer can still `verify`" in TEXT


def test_reopening_stands_below_the_table() -> None:
    reopened = {state for (state, action) in TRANSITIONS if action is Action.REOPEN}
    assert reopened == ENDED
    assert all(TRANSITIONS[state, Action.REOPEN].roles == {Role.APPROVER} for state in ENDED)
    assert "`reopen`" in TEXT
    assert State.AWAITING_CONFIRMATION in TEXT
