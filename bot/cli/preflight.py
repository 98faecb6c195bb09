"""How `seloste run` and `seloste check` report the problems found before a start."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.preflight import Problem


def refuse_problems(settings: Settings, config: Path | None, *, allow_root: bool) -> None:
    """Log what is only to be warned of. Raises ConfigError naming everything else."""
    import structlog

    from bot.errors import ConfigError
    from bot.preflight import Severity

    found = _problems(settings, config, allow_root=allow_root)
    refused = [str(one) for one in found if one.severity is not Severity.WARNING]
    if refused:
        raise ConfigError("not started:", refused)
    for one in found:
        structlog.get_logger().warning("a setting to look at", setting=one.where, told=one.text)


def show_problems(settings: Settings, config: Path | None) -> Sequence[str]:
    """Print what was found and what to look at; return the faults, for the end."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bot.cli.screen import counted
    from bot.config.settings import settings_file
    from bot.preflight import Severity
    from bot.preflight.machine import root_is_allowed
    from bot.preflight.overview import overview

    table = Table(show_header=False, title="What was found", title_justify="left")
    for row in overview(settings, settings_file(config)):
        table.add_row(*map(Text, row))
    Console().print(table)
    faults, warnings = [], 0
    for one in _problems(settings, config, allow_root=root_is_allowed()):
        if one.severity is Severity.FAULT:
            faults.append(str(one))
            continue
        refused = "`seloste run` would refuse: " if one.severity is Severity.RUN_FAULT else ""
        print(f"warning: {refused}{one}")
        warnings += 1
    found = counted(len(faults), "fault"), counted(warnings, "warning")
    print(f"The installation: {', '.join(found)}.")
    return faults


def _problems(settings: Settings, config: Path | None, *, allow_root: bool) -> Sequence[Problem]:
    from bot.config.settings import settings_file
    from bot.preflight import settings_problems
    from bot.preflight.machine import machine_problems

    return [
        *settings_problems(settings, os.environ),
        *machine_problems(settings, settings_file(config), allow_root=allow_root),
    ]
