"""Calls to Slack, with its faults told in the house's own exceptions."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.markup import Json, Posting
from bot.errors import Gone, Refused, TryLater

# Bolt and the SDK log bodies at DEBUG, addresses at INFO and what a fault quotes at ERROR.
SILENT_LOGGER = logging.getLogger("seloste.slack")
SILENT_LOGGER.setLevel(logging.CRITICAL + 1)
# It may work once an operator has mended the app's installation.
_OPERATOR = frozenset(
    {
        "access_denied",
        "accesslimited",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_in_channel",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
    }
)
_SLACKS_OWN = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
    }
)
_NO_WAY = frozenset(
    {
        "cannot_dm_bot",
        "channel_is_limited_access",
        "channel_not_found",
        "is_archived",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    }
)
_TOO_MANY, _FIRST_SERVER_FAULT = 429, 500


@contextmanager
def translate_errors() -> Iterator[None]:
    """Tell what Slack says; only its error code, never what was sent."""
    try:
        yield
    except SlackApiError as error:
        raise _fault(error) from None
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        raise TryLater(type(error).__name__) from None


def _fault(error: SlackApiError) -> TryLater | Refused:
    answer = error.response
    status = getattr(answer, "status_code", 200)
    code = str(answer.get("error", "") if hasattr(answer, "get") else "")
    if status == _TOO_MANY:
        after = answer.headers.get("Retry-After", "")
        return TryLater("429", after=float(after) if str(after).isdecimal() else None)
    # What does not even name an error was not Slack's answer.
    if status >= _FIRST_SERVER_FAULT or not code or code in _SLACKS_OWN | _OPERATOR:
        return TryLater(f"slack: {code or status}")
    return Gone(f"slack: {code}") if code in _NO_WAY else Refused(f"slack: {code}")


class Client:
    """The calls that this house makes, each within the scopes of the app's manifest."""

    def __init__(self, token: str, api_url: str) -> None:
        # What fails is tried again from the outbox; a press is pressed again.
        self.web = AsyncWebClient(
            token=token, base_url=api_url, timeout=15, logger=SILENT_LOGGER, retry_handlers=[]
        )

    async def ping(self) -> None:
        """Call Slack for the sake of the call."""
        with translate_errors():
            await self.web.auth_test()

    async def post(self, channel: str, posting: Posting, thread: str = "") -> str:
        """Post a message; return its ts. A user's id as channel is their direct message."""
        with translate_errors():
            answer = await self.web.chat_postMessage(
                channel=channel,
                text=posting.text,
                blocks=posting.blocks,
                thread_ts=thread or None,
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        return str(answer["ts"])

    async def update(self, channel: str, ts: str, posting: Posting) -> bool:
        """Put a new message in place of one; False when it is no longer there to be changed."""
        try:
            with translate_errors():
                await self.web.chat_update(
                    channel=channel, ts=ts, text=posting.text, blocks=posting.blocks
                )
        except Refused:
            return False
        return True

    async def post_ephemeral(self, channel: str, user: str, posting: Posting) -> None:
        """Say something in a channel that one person alone sees."""
        with translate_errors():
            await self.web.chat_postEphemeral(
                channel=channel, user=user, text=posting.text, blocks=posting.blocks
            )

    async def open_view(self, trigger: str, view: Json) -> str:
        """Open a form; return the view's id."""
        with translate_errors():
            answer = await self.web.views_open(trigger_id=trigger, view=view)
        return str(answer["view"]["id"])

    async def update_view(self, view_id: str, view: Json) -> None:
        """Put another view in place of one that is open."""
        with translate_errors():
            await self.web.views_update(view_id=view_id, view=view)

    async def update_modal(self, external_id: str, view: Json) -> bool:
        """Put a view in place of a modal; False when there is none of that id (yet, any more)."""
        try:
            with translate_errors():
                await self.web.views_update(external_id=external_id, view=view)
        except Refused:
            return False
        return True

    async def publish_home(self, user: str, view: Json) -> None:
        """Publish a person's home tab."""
        with translate_errors():
            await self.web.views_publish(user_id=user, view=view)

    async def info(self, channel: str) -> Json:
        """Return what is known of a channel."""
        with translate_errors():
            answer = await self.web.conversations_info(channel=channel)
        return dict(answer["channel"])

    async def members(self, channel: str) -> set[str]:
        """Return the members of a channel."""
        return {member async for member in self._members(channel)}

    async def _members(self, channel: str) -> AsyncIterator[str]:
        cursor = ""
        while True:
            with translate_errors():
                page: Any = await self.web.conversations_members(
                    channel=channel, limit=200, cursor=cursor or None
                )
            for member in page["members"]:
                yield member
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    async def profile(self, user: str) -> Json:
        """Return what the workspace knows of a person."""
        with translate_errors():
            answer = await self.web.users_info(user=user, include_locale=True)
        return dict(answer["user"])
