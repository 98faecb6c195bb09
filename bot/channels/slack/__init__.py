"""Slack: direct messages with customers, mentions in channels, a desk in the staff's channel."""

from collections.abc import Sequence

from bot.core.catalog import Language

CHANNEL = "slack"
_ASKED_FOR_IN_WORDS = {
    Language.FI: "suomeksi",
    Language.EN: "in English",
    Language.SV: "på svenska",
}


def words(spoken: Sequence[Language]) -> dict[str, str]:
    """Return how commands are named here: what begins with a slash, Slack takes for its own."""
    return {"slash": "", "languages": ", ".join(_ASKED_FOR_IN_WORDS[one] for one in spoken)}
