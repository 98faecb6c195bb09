"""Calls of Slack's Web API; its errors become our own exceptions."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.markup import Json, Posting
from bot.errors import Gone, Refused, ShutOut, TryLater

# Bolt and the SDK log whole bodies at DEBUG and INFO, and texts of exceptions at ERROR.
SILENT_LOGGER = logging.getLogger("seloste.slack")
SILENT_LOGGER.setLevel(logging.CRITICAL + 1)
# These may work once an operator has repaired the app's installation.
_OPERATOR = frozenset(
    {
        "access_denied",
        "accesslimited",
        "ekm_access_denied",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_in_channel",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
    }
)
# The token is no longer good for anything: the app was removed, or its token revoked.
_SHUT_OUT = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
_TRANSIENT = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
    }
)
_UNREACHABLE = frozenset(
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
_OK, _RATE_LIMITED, _SERVER_ERROR = 200, 429, 500
_FILE_SECONDS = 60
_CHUNK = 64 * 1024


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise TryLater, Refused or Gone with Slack's error code, never with what was sent."""
    try:
        yield
    except SlackApiError as error:
        raise _translated(error) from None
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        raise TryLater(type(error).__name__) from None


def _translated(error: SlackApiError) -> TryLater | Refused:
    answer = error.response
    status = getattr(answer, "status_code", 200)
    code = str(answer.get("error", "") if hasattr(answer, "get") else "")
    if status == _RATE_LIMITED:
        after = answer.headers.get("Retry-After", "")
        return TryLater("429", after=float(after) if str(after).isdecimal() else None)
    if code in _SHUT_OUT:
        return ShutOut(f"slack: {code}")
    # An answer that names no error came from a proxy, not from Slack.
    if status >= _SERVER_ERROR or not code or code in _TRANSIENT | _OPERATOR:
        return TryLater(f"slack: {code or status}")
    return Gone(f"slack: {code}") if code in _UNREACHABLE else Refused(f"slack: {code}")


class Client:
    """The calls we make, all within the scopes of the app's manifest. They raise DeliveryError."""

    def __init__(self, token: str, api_url: str) -> None:
        # Retries are the outbox's; an interaction that failed is repeated by the person.
        self.web = AsyncWebClient(
            token=token, base_url=api_url, timeout=15, logger=SILENT_LOGGER, retry_handlers=[]
        )
        self._patient = AsyncWebClient(
            token=token,
            base_url=api_url,
            timeout=_FILE_SECONDS,
            logger=SILENT_LOGGER,
            retry_handlers=[],
        )

    async def ping(self) -> None:
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
        """Replace a message; False when it cannot be changed any more."""
        try:
            with translate_errors():
                await self.web.chat_update(
                    channel=channel, ts=ts, text=posting.text, blocks=posting.blocks
                )
        except Refused:
            return False
        return True

    async def post_ephemeral(self, channel: str, user: str, posting: Posting) -> None:
        """Post in a channel what only one person sees."""
        with translate_errors():
            await self.web.chat_postEphemeral(
                channel=channel, user=user, text=posting.text, blocks=posting.blocks
            )

    async def open_view(self, trigger: str, view: Json) -> str:
        """Open a modal; return the view's id."""
        with translate_errors():
            answer = await self.web.views_open(trigger_id=trigger, view=view)
        return str(answer["view"]["id"])

    async def update_view(self, view_id: str, view: Json) -> None:
        """Replace an open view."""
        with translate_errors():
            await self.web.views_update(view_id=view_id, view=view)

    async def update_modal(self, external_id: str, view: Json) -> bool:
        """Replace an open modal; False when no view has that id, not yet or no longer."""
        with translate_errors():
            try:
                await self.web.views_update(external_id=external_id, view=view)
            except SlackApiError as error:
                if error.response.get("error") != "not_found":
                    raise
                return False
        return True

    async def publish_home(self, user: str, view: Json) -> None:
        with translate_errors():
            await self.web.views_publish(user_id=user, view=view)

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message; empty when it is gone."""
        with translate_errors():
            try:
                answer = await self.web.chat_getPermalink(channel=channel, message_ts=ts)
            except SlackApiError as error:
                if error.response.get("error") == "message_not_found":
                    return ""
                raise
        return str(answer["permalink"])

    async def thread_root(self, channel: str, ts: str) -> Json:
        """Return the message below which a thread stands; empty when it is gone."""
        with translate_errors():
            answer = await self.web.conversations_replies(channel=channel, ts=ts, limit=1)
        first: Json = next(iter(answer["messages"]), {})
        return first if first.get("ts") == ts else {}

    async def info(self, channel: str) -> Json:
        with translate_errors():
            answer = await self.web.conversations_info(channel=channel)
        return dict(answer["channel"])

    async def members(self, channel: str) -> set[str]:
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

    async def file_info(self, file: str) -> Json:
        """Return what is known of a file: its name, its size, where it is."""
        with translate_errors():
            answer = await self.web.files_info(file=file)
        return dict(answer["file"])

    async def download(self, url: str, size: int) -> bytes:
        """Return what is in a file of so many bytes.

        The token is shown to Slack's own hosts only. Where it does not suffice, Slack answers with
        its login page instead of an error.
        """
        if not self._is_slack(url):
            raise Refused("slack: the file is kept elsewhere")
        timeout = ClientTimeout(total=_FILE_SECONDS)
        headers = {"Authorization": f"Bearer {self.web.token}"}
        content = bytearray()
        with translate_errors():
            async with (
                ClientSession(timeout=timeout) as session,
                session.get(url, headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status != _OK:
                    raise TryLater(f"slack: a file was answered with {answer.status}")
                async for part in answer.content.iter_chunked(_CHUNK):
                    content += part
                    if len(content) > size:
                        break
        if len(content) != size:
            raise Refused("slack: not the file was handed out; is the scope files:read missing?")
        return bytes(content)

    async def send_file(self, user: str, name: str, content: bytes) -> None:
        """Send a file to a person in their direct message."""
        with translate_errors():
            opened: Any = await self.web.conversations_open(users=user)
            await self._patient.files_upload_v2(
                channel=opened["channel"]["id"], file=content, filename=name, title=name
            )

    def _is_slack(self, url: str) -> bool:
        here, there = urlsplit(self.web.base_url), urlsplit(url)
        host = (here.hostname or "").removeprefix("www.")
        own = there.hostname == host or (there.hostname or "").endswith(f".{host}")
        return own and there.scheme == here.scheme

    async def profile(self, user: str) -> Json:
        with translate_errors():
            answer = await self.web.users_info(user=user, include_locale=True)
        return dict(answer["user"])
