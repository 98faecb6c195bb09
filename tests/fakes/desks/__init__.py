"""The four desks, each over its real channel."""

from collections.abc import Callable, Mapping

import pytest
from _pytest.mark.structures import ParameterSet

from tests.channels.desk_contract import StaffDesk
from tests.fakes.desks.in_terminal import TerminalDesk
from tests.fakes.desks.on_slack import SlackDesk
from tests.fakes.desks.on_telegram import TelegramDesk
from tests.fakes.desks.over_http import HttpDesk

__all__ = ["DESKS", "HttpDesk", "SlackDesk", "TelegramDesk", "TerminalDesk", "on"]

DESKS: Mapping[str, Callable[..., StaffDesk]] = {
    "telegram": TelegramDesk,
    "slack": SlackDesk,
    "terminal": TerminalDesk,
    "http": HttpDesk,
}


def on(*desks: str) -> list[ParameterSet]:
    """Return desks as parameters of a test: the one over HTTP starts a process."""
    marks = {"http": pytest.mark.long}
    return [pytest.param(desk, marks=marks.get(desk, ())) for desk in desks]
