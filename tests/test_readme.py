"""What the README says of tickets and commands is what the program does."""

from __future__ import annotations

import re

from bot.core.tickets.ticket import ENDED, Action, Role, State
from bot.core.tickets.transitions import TRANSITIONS
from tests.conftest import ROOT
from tests.test_cli import seloste

README = (ROOT / "README.md").read_text(encoding="utf-8")


_OPEN = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED)


def row(action: Action) -> str:
    """Return the line of the table of states for an action: who, and where it leads from where."""
    rules = [TRANSITIONS.get((state, action)) for state in _OPEN]
    (roles,) = {rule.roles for rule in rules if rule}
    cells = [f"`{rule.target}`" if rule else "-" for rule in rules]
    return f"| `{action}` | {', '.join(sorted(roles))} | {' | '.join(cells)} |"


def test_the_table_of_states_is_the_transition_table() -> None:
    actions = [action for action in Action if action is not Action.REOPEN]
    for action in actions:
        assert row(action) in README
    assert len(re.findall(r"^\| `\w+` \| [a-z, ]+ \|", README, re.MULTILINE)) == len(actions)


def test_reopening_stands_below_the_table() -> None:
    reopened = {state for (state, action) in TRANSITIONS if action is Action.REOPEN}
    assert reopened == ENDED
    assert all(TRANSITIONS[state, Action.REOPEN].roles == {Role.APPROVER} for state in ENDED)
    assert "`reopen`" in README
    assert State.AWAITING_CONFIRMATION in README


def test_every_command_stands_in_the_readme(tmp_path: object) -> None:
    from pathlib import Path

    help_text = seloste("--help", cwd=Path(str(tmp_path))).stdout
    commands = set(re.findall(r"^[│ ]+([a-z]+) ", help_text, re.MULTILINE))
    assert {"chat", "ask", "run", "check", "evaluate"} <= commands
    for command in commands:
        assert f"seloste {command}" in README, command


def test_no_placeholder_is_left() -> None:
    assert not re.findall(r"\b(?:[A-Z]+_TIME|WALK|SCORES|TABLE|TODO)\b", README)
