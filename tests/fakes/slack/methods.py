"""The Web API: what each method wants, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack import events, kit
from tests.fakes.slack.model import Channel, Json, Message, Refusal, User
from tests.fakes.slack.workspace import Workspace

Body = Callable[[Workspace, Json], Json]
MOST_TEXT = 40_000
_WORDED = "text blocks thread_ts unfurl_links unfurl_media mrkdwn parse link_names metadata"


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its scope, the arguments that it must and may be given, and what it does."""

    run: Body
    scope: str
    needs: frozenset[str]
    takes: frozenset[str]


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scope: str = "", needs: str = "", takes: str = ""
) -> Callable[[Body], Body]:
    """Enter a function under a method's name."""

    def enter(run: Body) -> Body:
        METHODS[name] = Method(
            run, scope, frozenset(needs.split()), frozenset(f"{needs} {takes}".split())
        )
        return run

    return enter


@method("api.test", takes="error foo")
def api_test(_slack: Workspace, args: Json) -> Json:
    if "error" in args:
        raise Refusal(args["error"])
    return {"args": args}


@method("auth.test")
def auth_test(slack: Workspace, _args: Json) -> Json:
    return {
        "url": f"https://{slack.domain}.slack.com/",
        "team": "Seloste Oy",
        "team_id": slack.team,
        "user": slack.bot.name,
        "user_id": slack.bot.id,
        "bot_id": slack.bot.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke", takes="test")
def auth_revoke(slack: Workspace, args: Json) -> Json:
    if truth(args.get("test")):
        return {"revoked": False}
    slack.revoke()
    return {"revoked": True}


@method("chat.postMessage", scope="chat:write", needs="channel", takes=_WORDED)
def post_message(slack: Workspace, args: Json) -> Json:
    channel = _addressed(slack, args["channel"])
    text, blocks = _worded(args)
    _check_thread(slack, channel, args.get("thread_ts", ""))
    if slack.strict_pace and (wait := slack.paced(channel.id)):
        raise Refusal("ratelimited", retry_after=max(1, round(wait)))
    message = slack.say(channel, text, blocks or [], args.get("thread_ts", ""))
    flags = [args.get("unfurl_links", True), args.get("unfurl_media", True)]
    message.unfurls = any(map(truth, flags))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": events.shown(slack, message),
    }


@method("chat.update", scope="chat:write", needs="channel ts", takes=_WORDED)
def update(slack: Workspace, args: Json) -> Json:
    message = _own(slack, args["channel"], args["ts"], "cant_update_message")
    text, blocks = _worded(args)
    # A new text without blocks puts itself in their place; without a text they stay.
    gone = [] if "text" in args and "blocks" not in args else blocks
    slack.change(message, text if "text" in args else message.text, gone)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": events.shown(slack, message),
    }


@method("chat.delete", scope="chat:write", needs="channel ts")
def delete(slack: Workspace, args: Json) -> Json:
    message = _own(slack, args["channel"], args["ts"], "cant_delete_message")
    slack.drop(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.postEphemeral", scope="chat:write", needs="channel user", takes=_WORDED)
def post_ephemeral(slack: Workspace, args: Json) -> Json:
    channel = slack.open_to_bot(args["channel"])
    if args["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = _worded(args)
    thread_ts = args.get("thread_ts", "")
    return {
        "message_ts": slack.whisper(channel, args["user"], text, blocks or [], thread_ts).ts,
    }


@method("chat.getPermalink", needs="channel message_ts")
def permalink(slack: Workspace, args: Json) -> Json:
    channel = slack.seen(args["channel"])
    if slack.message(channel.id, args["message_ts"]) is None:
        raise Refusal("message_not_found")
    place = f"{channel.id}/p{args['message_ts'].replace('.', '')}"
    return {
        "channel": channel.id,
        "permalink": f"https://{slack.domain}.slack.com/archives/{place}",
    }


@method("users.info", scope="users:read", needs="user", takes="include_locale")
def users_info(slack: Workspace, args: Json) -> Json:
    user = slack.users.get(args["user"])
    if user is None:
        raise Refusal("user_not_found")
    shown = _user(slack, user)
    if truth(args.get("include_locale")):
        shown["locale"] = user.locale
    return {"user": shown}


@method("bots.info", scope="users:read", takes="bot team_id")
def bots_info(slack: Workspace, args: Json) -> Json:
    for user in slack.users.values():
        if user.bot_id and user.bot_id == args.get("bot"):
            app = slack.app if user is slack.bot else "A0OTHER"
            shown = {"id": user.bot_id, "app_id": app, "user_id": user.id, "name": user.name}
            return {"bot": {**shown, "deleted": user.deleted}}
    raise Refusal("bot_not_found")


def truth(value: Any) -> bool:
    """Read a flag as forms and queries spell it."""
    return value in (True, 1, "1", "true", "True")


def _addressed(slack: Workspace, channel: str) -> Channel:
    """Return the channel of that id, or the DM of the person of that id."""
    if channel in slack.users:
        slack.may_dm(slack.users[channel])
        return slack.dm(slack.users[channel])
    return slack.open_to_bot(channel)


def _worded(args: Json) -> tuple[str, list[Json] | None]:
    text, blocks = args.get("text", ""), args.get("blocks")
    if not isinstance(text, str) or not (text.strip() or blocks):
        raise Refusal("no_text")
    if len(text) > MOST_TEXT:
        raise Refusal("msg_too_long")
    check_blocks(blocks)
    return text, blocks


def check_blocks(blocks: Any) -> None:
    """Refuse blocks that Slack would refuse in a message."""
    if blocks is None:
        return
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if problems := kit.message_problems(blocks):
        raise Refusal("invalid_blocks", response_metadata={"messages": problems})
    if kit.weight(blocks) > kit.MOST_TEXT:
        raise Refusal("msg_blocks_too_long")


def _check_thread(slack: Workspace, channel: Channel, ts: str) -> None:
    if not ts:
        return
    root = slack.message(channel.id, ts)
    if root is None:
        raise Refusal("thread_not_found")
    if root.thread_ts not in ("", root.ts):
        raise Refusal("cannot_reply_to_message")


def _own(slack: Workspace, channel: str, ts: str, error: str) -> Message:
    message = slack.message(slack.open_to_bot(channel).id, ts)
    if message is None:
        raise Refusal("message_not_found")
    if message.user != slack.bot.id:
        raise Refusal(error)
    return message


def _user(slack: Workspace, user: User) -> Json:
    foreign = user.team != slack.team
    profile: Json = {"real_name": user.name, "display_name": user.name, "team": user.team}
    if "users:read.email" in slack.scopes and not (foreign or user.bot):
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.name,
        "deleted": user.deleted,
        "tz": "Europe/Helsinki",
        "tz_offset": 7200,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.restricted,
        "is_email_confirmed": True,
        "is_ultra_restricted": user.ultra_restricted,
        "is_bot": user.bot,
        "is_app_user": False,
        **({"is_stranger": user.stranger} if foreign or user.stranger else {}),
    }
