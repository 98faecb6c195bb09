"""What a response_url does: answer where a person pressed, in place of it, or take it away."""

from __future__ import annotations

import time

from tests.fakes.slack.methods import check_blocks
from tests.fakes.slack.model import Hook, Json, Message, Refusal
from tests.fakes.slack.workspace import Workspace

MOST_USES = 5
_TAKES = set(
    "text blocks response_type replace_original delete_original thread_ts unfurl_links "
    "unfurl_media mrkdwn metadata".split()
)


def respond(slack: Workspace, name: str, args: Json) -> None:
    """Do what was posted to a response_url."""
    hook = _usable(slack, name)
    if extra := sorted(args.keys() - _TAKES):
        raise Refusal("unexpected_argument", arguments=extra)
    text, blocks = args.get("text", ""), args.get("blocks")
    if not (text or blocks or args.get("delete_original")):
        raise Refusal("no_text")
    check_blocks(blocks)
    hook.uses += 1
    original = _original(slack, hook)
    if original and args.get("delete_original"):
        slack.drop(original)
    elif original and args.get("replace_original"):
        slack.change(original, text, blocks or [])
    else:
        _add(slack, hook, args)


def _add(slack: Workspace, hook: Hook, args: Json) -> None:
    text, blocks = args.get("text", ""), args.get("blocks") or []
    channel, thread_ts = slack.channels[hook.channel], args.get("thread_ts", "")
    if args.get("response_type") == "in_channel":
        slack.say(channel, text, blocks, thread_ts)
    else:
        slack.whisper(channel, hook.user, text, blocks, thread_ts)


def _usable(slack: Workspace, name: str) -> Hook:
    hook = slack.hooks.get(name)
    if hook is None or time.monotonic() - hook.at > slack.hook_seconds:
        raise Refusal("expired_url")
    if hook.uses >= MOST_USES:
        raise Refusal("used_url")
    return hook


def _original(slack: Workspace, hook: Hook) -> Message | None:
    for message in (*slack.posted, *slack.whispered):
        if (message.channel, message.ts) == (hook.channel, hook.ts):
            return message
    return None
