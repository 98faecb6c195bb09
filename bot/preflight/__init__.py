"""What is looked at before a start, by `seloste check` and by `seloste run` alike."""

from bot.preflight.configured import settings_problems
from bot.preflight.problem import Problem, Severity

__all__ = ["Problem", "Severity", "settings_problems"]
