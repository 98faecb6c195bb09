"""The check of Slack's signature, for which nothing that is no signature is a fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt import BoltResponse
from slack_bolt.middleware.request_verification.async_request_verification import (
    AsyncRequestVerification,
)
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.channels.slack.client import SILENT_LOGGER

_NOT_SIGNED = 401


class Signed(AsyncRequestVerification):
    """Bolt's check; where it fails on a timestamp that is no number, the answer is no."""

    def __init__(self, signing_secret: str) -> None:
        super().__init__(signing_secret, base_logger=SILENT_LOGGER)

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        """Go on with what is signed, or signed by its socket; refuse the rest."""
        try:
            return await super().async_process(req=req, resp=resp, next=next)
        except (TypeError, ValueError):
            return BoltResponse(status=_NOT_SIGNED)
