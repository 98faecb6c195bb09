"""The events that Slack sends, in its own shape."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.fakes.slack.model import Channel, Json, Message, User
from tests.fakes.slack.texts import rich, unescaped

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import Workspace

NEEDED_SCOPE = {
    "message.im": "im:history",
    "message.groups": "groups:history",
    "message.channels": "channels:history",
    "app_mention": "app_mentions:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
    "member_joined_channel": "groups:read",
    "member_left_channel": "groups:read",
    "channel_shared": "groups:read",
    "channel_unshared": "groups:read",
    "group_archive": "groups:read",
}


def wrapped(slack: Workspace, event: Json, channel: Channel | None) -> Json:
    """Return the payload around an event."""
    shared = channel is not None and channel.ext_shared
    return {
        "token": "verification",
        "team_id": slack.team,
        "context_team_id": slack.team,
        "context_enterprise_id": None,
        "api_app_id": slack.app,
        "event": event,
        "type": "event_callback",
        "event_id": slack.number("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": slack.team,
                "user_id": slack.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{slack.number('ctx')}",
    }


def message(slack: Workspace, channel: Channel, told: Message) -> Json:
    """Return the event of a message: of a person, of a bot, or of the bot itself."""
    place = {"channel": channel.id, "channel_type": channel.kind}
    subtype = {"subtype": told.subtype} if told.subtype else {}
    return {**shown(slack, told), **subtype, **place, "event_ts": told.ts}


def mention(slack: Workspace, channel: Channel, told: Message) -> Json:
    """Return the event of a message that names the bot."""
    return {
        **shown(slack, told),
        "type": "app_mention",
        "channel": channel.id,
        "event_ts": told.ts,
    }


def changed(slack: Workspace, channel: Channel, now: Message, before: Message) -> Json:
    """Return the event of a message that was edited."""
    edited = {"edited": {"user": now.user, "ts": slack.ts()}}
    return {
        **_hidden(slack, channel, "message_changed"),
        "message": {**shown(slack, now), **edited},
        "previous_message": shown(slack, before),
    }


def deleted(slack: Workspace, channel: Channel, gone: Message) -> Json:
    """Return the event of a message that was deleted."""
    return {
        **_hidden(slack, channel, "message_deleted"),
        "deleted_ts": gone.ts,
        "previous_message": shown(slack, gone),
    }


def shown(slack: Workspace, told: Message) -> Json:
    """Return a message as events and payloads show it."""
    author = slack.users[told.user]
    return {
        "type": "message",
        "user": told.user,
        "text": told.text,
        "ts": told.ts,
        "team": author.team,
        "blocks": told.blocks or rich(unescaped(told.text)),
        **({"thread_ts": told.thread_ts} if told.thread_ts else {}),
        **({"files": told.files, "upload": False} if told.files else {}),
        **(_of_bot(slack, author) if told.bot_id else {"client_msg_id": f"msg-{told.ts}"}),
        **_abroad(slack, told, author),
    }


def home_opened(slack: Workspace, user: User, tab: str, view: Json | None) -> Json:
    return {
        "type": "app_home_opened",
        "user": user.id,
        "channel": slack.dm(user).id,
        "tab": tab,
        "event_ts": slack.ts(),
        **({"view": view} if view and tab == "home" else {}),
    }


def membership(slack: Workspace, user: User, channel: Channel, joined: bool) -> Json:
    return {
        "type": "member_joined_channel" if joined else "member_left_channel",
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": user.team,
        "event_ts": slack.ts(),
    }


def sharing(slack: Workspace, channel: Channel, team: str) -> Json:
    shared = channel.ext_shared
    return {
        "type": "channel_shared" if shared else "channel_unshared",
        "channel": channel.id,
        ("connected_team_id" if shared else "previously_connected_team_id"): team,
        "event_ts": slack.ts(),
    }


def revoked(slack: Workspace) -> Json:
    return {
        "type": "tokens_revoked",
        "tokens": {"oauth": [], "bot": [slack.bot.id]},
        "event_ts": slack.ts(),
    }


def _hidden(slack: Workspace, channel: Channel, subtype: str) -> Json:
    ts = slack.ts()
    return {
        "type": "message",
        "subtype": subtype,
        "channel": channel.id,
        "channel_type": channel.kind,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }


def _of_bot(slack: Workspace, author: User) -> Json:
    return {
        "bot_id": author.bot_id,
        "app_id": slack.app if author is slack.bot else "A0OTHER",
        "bot_profile": {"id": author.bot_id, "name": author.name, "team_id": author.team},
    }


def _abroad(slack: Workspace, told: Message, author: User) -> Json:
    """Return what the messages of channels shared with another team say besides."""
    if not slack.channels[told.channel].ext_shared:
        return {}
    return {"user_team": author.team, "source_team": author.team}
