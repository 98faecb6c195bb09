"""The rate limits of the channels, as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.core.envelopes import RateLimit

_SECOND = timedelta(seconds=1)

# Telegram: one message a second to a chat, 20 a minute to a group, 30 a second in all; the group's
# share of the whole is small. Slack: one message a second to a channel.
RATE_LIMITS: Mapping[str, RateLimit] = {
    "telegram": RateLimit(each=_SECOND, overall=_SECOND / 30),
    "telegram_group": RateLimit(each=_SECOND * 3),
    "slack": RateLimit(each=_SECOND),
}
