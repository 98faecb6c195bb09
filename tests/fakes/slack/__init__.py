"""Slack as a real server: Web API, Socket Mode, signed HTTP events, and people who use it.

What the real Slack refuses is refused; a few things that it passes over in silence are too, such
as arguments that a method does not know. `FakeSlack` is used from ordinary test threads.
"""

from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.model import (
    Button,
    Call,
    Channel,
    Delivery,
    Fault,
    Message,
    Trouble,
    Try,
    User,
    View,
)
from tests.fakes.slack.texts import plain

__all__ = [
    "Button",
    "Call",
    "Channel",
    "Delivery",
    "FakeSlack",
    "Fault",
    "Message",
    "Trouble",
    "Try",
    "User",
    "View",
    "plain",
]
