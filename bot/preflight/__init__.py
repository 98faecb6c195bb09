"""Checks before a start, shared by `seloste check` and `seloste run`."""

from bot.preflight.configured import settings_problems
from bot.preflight.problem import Problem, Severity

__all__ = ["Problem", "Severity", "settings_problems"]
