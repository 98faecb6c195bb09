"""The Web API's methods about channels and their members."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from tests.fakes.slack import events
from tests.fakes.slack.methods import method, truth
from tests.fakes.slack.model import Channel, Json, Refusal
from tests.fakes.slack.workspace import Workspace

READ_SCOPE = {"im": "im:read", "group": "groups:read", "channel": "channels:read"}
HISTORY_SCOPE = {"im": "im:history", "group": "groups:history", "channel": "channels:history"}
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im"}


@method("conversations.open", scope="im:write", takes="channel users return_im prevent_creation")
def conversations_open(slack: Workspace, args: Json) -> Json:
    if "channel" in args:
        channel = slack.seen(args["channel"])
        return {"channel": {"id": channel.id}}
    ids = [user for user in args.get("users", "").split(",") if user]
    if not ids:
        raise Refusal("users_list_not_supplied")
    if len(ids) > 1:
        slack_needs(slack, "mpim:write")
    user = slack.users.get(ids[0])
    if user is None:
        raise Refusal("user_not_found")
    slack.may_dm(user)
    if user.deleted:
        raise Refusal("user_disabled")
    channel = slack.dm(user)
    whole = _shown(slack, channel) if truth(args.get("return_im")) else {"id": channel.id}
    return {"channel": whole}


@method("conversations.info", needs="channel", takes="include_locale include_num_members")
def conversations_info(slack: Workspace, args: Json) -> Json:
    channel = _readable(slack, args["channel"])
    shown = _shown(slack, channel)
    if truth(args.get("include_num_members")):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


@method("conversations.members", needs="channel", takes="cursor limit")
def conversations_members(slack: Workspace, args: Json) -> Json:
    channel = _readable(slack, args["channel"])
    members, rest = _page(channel.members, args)
    return {"members": members, **rest}


@method(
    "conversations.replies",
    needs="channel ts",
    takes="cursor include_all_metadata inclusive latest limit oldest",
)
def conversations_replies(slack: Workspace, args: Json) -> Json:
    """Return a thread, its first message before the replies; `ts` may be any message of it."""
    channel = slack.seen(args["channel"])
    slack_needs(slack, HISTORY_SCOPE[channel.kind])
    named = slack.message(channel.id, args["ts"])
    if named is None:
        raise Refusal("thread_not_found")
    root = named.thread_ts or named.ts
    thread = [
        events.shown(slack, one)
        for one in slack.posted
        if one.channel == channel.id and not one.to and root in (one.ts, one.thread_ts)
    ]
    page, rest = _page(thread, args)
    return {"messages": page, "has_more": len(page) < len(thread), **rest}


@method("users.conversations", takes="cursor exclude_archived limit team_id types user")
def users_conversations(slack: Workspace, args: Json) -> Json:
    types = args.get("types", "public_channel").split(",")
    if not set(types) <= {*TYPES, "mpim"}:
        raise Refusal("invalid_types")
    kinds = [TYPES[name] for name in types if name in TYPES]
    for kind in kinds:
        slack_needs(slack, READ_SCOPE[kind])
    whose = args.get("user", slack.bot.id)
    found = [
        _shown(slack, channel)
        for channel in slack.channels.values()
        if channel.kind in kinds
        and {whose, slack.bot.id} <= set(channel.members)
        and not (channel.archived and truth(args.get("exclude_archived")))
    ]
    page, rest = _page(found, args)
    return {"channels": page, **rest}


def slack_needs(slack: Workspace, scope: str) -> None:
    """Refuse what the app has no scope for."""
    if scope not in slack.scopes:
        provided = ",".join(sorted(slack.scopes))
        raise Refusal("missing_scope", needed=scope, provided=provided)


def _readable(slack: Workspace, name: str) -> Channel:
    channel = slack.channels.get(name)
    if channel is not None:
        slack_needs(slack, READ_SCOPE[channel.kind])
    return slack.seen(name)


def _page(found: list[Any], args: Json) -> tuple[list[Any], Json]:
    """Return one page and the cursor of the next, which is empty on the last."""
    limit = str(args.get("limit", 100))
    if not (limit.isdecimal() and 1 <= int(limit) <= 1000):
        raise Refusal("invalid_limit")
    start = _place(args.get("cursor", ""))
    end = start + int(limit)
    after = base64.b64encode(f"next:{end}".encode()).decode() if end < len(found) else ""
    return found[start:end], {"response_metadata": {"next_cursor": after}}


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise Refusal("invalid_cursor") from None


def _shown(slack: Workspace, channel: Channel) -> Json:
    common = {
        "id": channel.id,
        "created": 1_763_000_000,
        "is_archived": channel.archived,
        "is_im": bool(channel.person),
        "is_org_shared": False,
        "context_team_id": slack.team,
    }
    if channel.person:
        gone = slack.users[channel.person].deleted
        return {**common, "user": channel.person, "is_user_deleted": gone}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_mpim": False,
        "is_private": channel.private,
        "is_member": slack.bot.id in channel.members,
        "is_general": False,
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_pending_ext_shared": False,
    }
