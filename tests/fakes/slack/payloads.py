"""The payloads of what people press, choose and fill in, in Slack's own shape."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import events
from tests.fakes.slack.model import Channel, Json, Message, User, View, elements

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import Workspace

# Under which key the state holds the value of an element.
VALUE_KEY = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "file_input": "files",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_SEVERAL = ("multi_static_select", "checkboxes")


def state(blocks: list[Json], values: Json) -> Json:
    """Return the state of all that can be filled in: what was chosen, or else what stood there."""
    found: Json = {}
    for block, element in elements(blocks):
        kind = element["type"]
        if kind not in VALUE_KEY or kind == "overflow":
            continue
        key = VALUE_KEY[kind]
        block_id, action_id = block["block_id"], element["action_id"]
        nothing: Any = [] if kind in (*_SEVERAL, "file_input") else None
        initial = element.get(key.replace("selected", "initial"), nothing)
        if key == "value":
            initial = element.get("initial_value")
        chosen = values.get(block_id, {}).get(action_id, initial)
        found.setdefault(block_id, {})[action_id] = {"type": kind, key: chosen}
    return {"values": found}


def options(element: Json) -> Iterator[Json]:
    """Yield what an element offers."""
    for group in element.get("option_groups", [element]):
        yield from group.get("options", [])


def option(element: Json, label: str) -> Json:
    """Return the option of that label, or of that value."""
    for offered in options(element):
        if label in (offered["text"]["text"], offered["value"]):
            return offered
    raise AssertionError(f"{element['action_id']} does not offer {label}")


def value(element: Json, given: Any) -> Any:
    """Return what the state will hold when a person fills that in."""
    kind = element["type"]
    if kind in _SEVERAL:
        labels = [given] if isinstance(given, str) else given
        return [option(element, label) for label in labels]
    if VALUE_KEY[kind] == "selected_option":
        return option(element, given)
    return given or None


def view_object(slack: Workspace, view: View) -> Json:
    """Return a view as answers and payloads show it."""
    return {
        **copy.deepcopy(view.body),
        "id": view.id,
        "team_id": slack.team,
        "state": state(view.blocks, view.values),
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous or None,
        "app_id": slack.app,
        "app_installed_team_id": slack.team,
        "bot_id": slack.bot.bot_id,
    }


def action(slack: Workspace, block: Json, element: Json, chosen: Any = None) -> Json:
    """Return what was pressed or chosen, as `actions` shows it."""
    kind = element["type"]
    shown = ("type", "action_id", "text", "value", "url", "style")
    done = {name: element[name] for name in shown if name in element}
    if kind in VALUE_KEY:
        done[VALUE_KEY[kind]] = chosen
    return {**done, "block_id": block["block_id"], "action_ts": slack.ts()}


def on_message(slack: Workspace, user: User, message: Message, done: Json) -> Json:
    """Return the payload of a press in a message; an ephemeral one is not shown in it."""
    channel = slack.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.to),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    whole = {} if message.to else {"message": events.shown(slack, message)}
    return {
        **_actor(slack, "block_actions", user),
        "container": container,
        "trigger_id": slack.trigger(user),
        "channel": {"id": channel.id, "name": _public_name(channel)},
        **whole,
        "state": state(message.blocks, message.values),
        "response_url": slack.hook(user, message),
        "actions": [done],
    }


def on_view(slack: Workspace, user: User, view: View, done: Json) -> Json:
    """Return the payload of a press in a modal or in the home tab."""
    return {
        **_actor(slack, "block_actions", user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.trigger(user, view.id),
        "view": view_object(slack, view),
        "actions": [done],
    }


def submission(slack: Workspace, user: User, view: View) -> Json:
    return {
        **_actor(slack, "view_submission", user),
        "trigger_id": slack.trigger(user, view.id),
        "view": view_object(slack, view),
        "response_urls": [],
    }


def closing(slack: Workspace, user: User, view: View, cleared: bool) -> Json:
    shown = view_object(slack, view)
    return {**_actor(slack, "view_closed", user), "view": shown, "is_cleared": cleared}


def command(slack: Workspace, user: User, name: str, text: str, channel: Channel) -> Json:
    unposted = Message(channel=channel.id, ts="", user=user.id, text="")
    return {
        "token": "verification",
        "team_id": slack.team,
        "team_domain": slack.domain,
        "channel_id": channel.id,
        "channel_name": _public_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": slack.app,
        "is_enterprise_install": "false",
        "response_url": slack.hook(user, unposted),
        "trigger_id": slack.trigger(user),
    }


def _actor(slack: Workspace, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "team": {"id": slack.team, "domain": slack.domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team,
        },
        "api_app_id": slack.app,
        "token": "verification",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _public_name(channel: Channel) -> str:
    if channel.person:
        return "directmessage"
    return "privategroup" if channel.private else channel.name
