"""Slack: direct messages with customers, mentions in channels, a desk in the staff's channel."""

from collections.abc import Callable, Sequence

from bot.core.catalog import Language

CHANNEL = "slack"


def words(text: Callable[..., str], spoken: Sequence[Language]) -> dict[str, str]:
    """Return how commands are named here: what begins with a slash, Slack takes for its own."""
    return {"slash": "", "languages": ", ".join(text("command.in_words", one) for one in spoken)}
