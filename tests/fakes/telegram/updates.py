"""The queue of updates: filtered when they are made, handed out until they are confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
}
BY_DEFAULT = frozenset(KINDS - {"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_ID = 710_000_001


@dataclass(frozen=True, eq=False)
class Update:
    """One update. Only those of one `line` keep their order on the way to a webhook.

    `again` is one that comes a second time: it is handed out once, confirmed or not.
    """

    id: int
    kind: str
    body: dict[str, Any]
    line: str
    again: bool = False

    @property
    def json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """What waits for the bot. Whoever holds the fake's lock may use it."""

    def __init__(self) -> None:
        self.allowed = BY_DEFAULT
        self.pending: list[Update] = []
        self._made = 0
        self._last: Update | None = None

    def allow(self, kinds: list[Any] | None) -> None:
        """Filter what comes from now on; None leaves the filter as it is."""
        if kinds is not None:
            self.allowed = frozenset(KINDS & set(kinds)) or BY_DEFAULT

    def push(self, kind: str, body: dict[str, Any], line: str) -> None:
        assert kind in KINDS
        if kind in self.allowed:
            self._last = Update(_FIRST_ID + self._made, kind, body, line)
            self._made += 1
            self.pending.append(self._last)

    def repeat(self) -> int:
        """Have the last update come once more; return its id."""
        assert self._last is not None, "there was no update yet"
        self.pending.append(replace(self._last, again=True))
        return self._last.id

    def batch(self, offset: int, limit: int) -> list[Update]:
        """Drop what an offset confirms, and return what waits from there on."""
        if offset > 0:
            self.pending = [each for each in self.pending if each.id >= offset or each.again]
        elif offset < 0:
            self.pending = self.pending[offset:]
        batch = sorted(self.pending, key=lambda update: update.id)[:limit]
        self.drop(update for update in batch if update.again)
        return batch

    def drop(self, updates: Iterable[Update]) -> None:
        gone = set(updates)
        self.pending = [update for update in self.pending if update not in gone]
