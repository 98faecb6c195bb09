"""The four desks, each over its real channel."""

from tests.fakes.desks.in_terminal import TerminalDesk
from tests.fakes.desks.on_slack import SlackDesk
from tests.fakes.desks.on_telegram import TelegramDesk
from tests.fakes.desks.over_http import HttpDesk

__all__ = ["HttpDesk", "SlackDesk", "TelegramDesk", "TerminalDesk"]
