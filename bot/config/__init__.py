"""The configuration: its sections, and how they are read."""

from bot.config.sections import StaffMember
from bot.config.settings import Settings, read_settings

__all__ = ["Settings", "StaffMember", "read_settings"]
