"""Checks the app's setup in Slack: finds what is wrong and says how to fix it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Set

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.finding import Finding
from bot.channels.slack.client import SILENT_LOGGER, Client, translate_errors
from bot.errors import DeliveryError

SCOPES = frozenset(
    {
        *("chat:write", "files:read", "files:write", "im:history", "im:write"),
        *("users:read", "users:read.email"),
    }
)
_READS_CHANNELS = frozenset({"groups:read", "channels:read"})


async def check_setup(
    client: Client,
    *,
    app_token: str,
    staff_channel: str,
    own_teams: Set[str],
    staff: Mapping[str, str],
) -> AsyncIterator[Finding]:
    """Yield the findings. `staff` maps member ids to names; no `app_token`, no Socket Mode."""
    try:
        with translate_errors():
            who = await client.web.auth_test()
    except DeliveryError as error:
        yield Finding("Slack: bot_token", f"{error}; reinstall the app and copy its token")
        return
    yield Finding(f"Slack: bot_token of {who['user']} in {who['team']}")
    own = not own_teams or who["team_id"] in own_teams
    hint = f"add {who['team_id']}, the app's own workspace, to own_teams"
    yield Finding("Slack: own_teams", "" if own else hint)
    yield _scopes(str(who.headers.get("x-oauth-scopes", "")))
    if app_token:
        yield await _socket(client, app_token)
    if not staff_channel:
        yield Finding("Slack: staff channel", "[slack] staff_channel is not set")
        return
    async for finding in _channel(client, staff_channel, staff):
        yield finding


def _scopes(header: str) -> Finding:
    given = {scope.strip() for scope in header.split(",")}
    missing = sorted(SCOPES - given)
    if not _READS_CHANNELS & given:
        missing.append("groups:read")
    fault = f"add {', '.join(missing)} under OAuth & Permissions, and reinstall the app"
    return Finding("Slack: scopes", fault if missing else "")


async def _socket(client: Client, app_token: str) -> Finding:
    web = AsyncWebClient(token=app_token, base_url=client.web.base_url, logger=SILENT_LOGGER)
    try:
        with translate_errors():
            await web.apps_connections_open(app_token=app_token)
    except DeliveryError as error:
        hint = "make an App-Level Token with connections:write, and switch Socket Mode on"
        return Finding("Slack: app_token", f"{error}; {hint}")
    return Finding("Slack: app_token")


async def _channel(
    client: Client, channel: str, staff: Mapping[str, str]
) -> AsyncIterator[Finding]:
    try:
        info = await client.info(channel)
        members = await client.members(channel)
    except DeliveryError as error:
        hint = "use the channel's id, and invite the bot: /invite @tietosuoja"
        yield Finding("Slack: staff channel", f"{error}; {hint}")
        return
    name = info.get("name", channel)
    shared = info.get("is_ext_shared") or info.get("is_pending_ext_shared")
    faults = {
        "invite the bot: /invite @tietosuoja": not info.get("is_member"),
        "it is archived": info.get("is_archived"),
        "it is shared with another organisation: tickets are not posted there": shared,
        "it is public: anybody in the workspace can read tickets": not info.get("is_private"),
    }
    yield Finding(
        f"Slack: staff channel {name}", "; ".join(f for f, is_so in faults.items() if is_so)
    )
    if not staff:
        yield Finding("Slack: staff", "no [[staff]] has a slack id: nobody could decide")
    for user, person in staff.items():
        there = user in members
        yield Finding(f"Slack: {person} is in the channel", "" if there else "is not a member")
