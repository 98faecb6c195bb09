"""The methods of the Bot API, one function each; `getUpdates` waits, and is the server's."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.given import Given, Refusal, bad, forbidden, only
from tests.fakes.telegram.marked import Entity, marked
from tests.fakes.telegram.markup import Markup, markup_of
from tests.fakes.telegram.model import Hook, Message, Said, labels_of
from tests.fakes.telegram.serving import Table
from tests.fakes.telegram.world import World

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_DOWNLOAD = 20_000_000
LARGEST_UPLOAD = 50_000_000
_PORTS = (None, 443, 80, 88, 8443)
_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
_PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
_REPLY = ("message_id", "chat_id", "allow_sending_without_reply")

method = Table()


@method()
def get_me(world: World, _given: Given) -> Any:
    return {
        **world.bot.json,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


# Messages.


@method(
    "chat_id text parse_mode entities link_preview_options disable_notification protect_content"
    " reply_parameters reply_markup message_thread_id"
)
def send_message(world: World, given: Given) -> Any:
    chat_id = _chat_to_write_to(world, given)
    text, entities = _marked(world, given)
    markup = markup_of(given.nested("reply_markup"), private=chat_id > 0)
    reply_to = _reply_to(world, given, chat_id)
    preview = _has_preview(given)
    _keep_pace(world, chat_id)
    group, topic = world.groups.get(chat_id), given.number("message_thread_id")
    if topic and not (group and group.forum):
        raise bad("message thread not found")
    if group and group.general_is_closed and not topic:
        raise bad("TOPIC_CLOSED")
    message = world.post(
        chat_id,
        world.bot,
        text,
        entities=entities,
        markup=markup,
        reply_to=reply_to,
        preview=preview,
        silent=given.flag("disable_notification"),
        protected=given.flag("protect_content"),
    )
    return world.message_json(message)


@method("chat_id message_id text parse_mode entities link_preview_options reply_markup")
def edit_message_text(world: World, given: Given) -> Any:
    message = _message_to_edit(world, given)
    text, entities = _marked(world, given)
    preview = _has_preview(given)
    # Without markup, the buttons go.
    return _edit(world, message, text, entities, _inline_markup(given), preview)


@method("chat_id message_id reply_markup")
def edit_message_reply_markup(world: World, given: Given) -> Any:
    message = _message_to_edit(world, given)
    markup = _inline_markup(given)
    return _edit(world, message, message.text, message.entities, markup, message.preview)


@method("chat_id message_id")
def delete_message(world: World, given: Given) -> Any:
    chat_id = _chat(world, given)
    message = world.find(chat_id, given.number("message_id"))
    if message is None:
        raise bad("message to delete not found")
    group = world.groups.get(chat_id)
    trusted = group is None or group.statuses[world.bot.id] == "administrator"
    if message.sender != world.bot and not trusted:
        raise bad("message can't be deleted")
    message.deleted = True
    world.note(f"{world.bot.name} deletes {message.message_id} in {world.name_of(chat_id)}")
    return True


@method(
    "chat_id document caption disable_content_type_detection disable_notification protect_content"
    " reply_parameters"
)
def send_document(world: World, given: Given) -> Any:
    chat_id = _chat_to_write_to(world, given)
    name, content = world.uploads.pop(given.text("document"), ("", b""))
    if not content:
        raise bad("there is no document in the request")
    if len(content) > LARGEST_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    _keep_pace(world, chat_id)
    about = {"document": world.store(name, content).json}
    protected = given.flag("protect_content")
    return world.message_json(world.post(chat_id, world.bot, extra=about, protected=protected))


@method("file_id")
def get_file(world: World, given: Given) -> Any:
    stored = world.files.get(given.text("file_id"))
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    told = {**stored.json, "file_path": stored.path}
    return {name: value for name, value in told.items() if name != "file_name"}


@method("callback_query_id text show_alert cache_time")
def answer_callback_query(world: World, given: Given) -> Any:
    query = world.presses.get(given.text("callback_query_id"))
    text = given.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    late = query is None or time.monotonic() - query.at >= world.query_lifetime
    if query is None or late or query.id in world.said:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.said[query.id] = Said(text, given.flag("show_alert"))
    if text:
        world.note(f"{world.bot.name} → {query.user.name}, for a moment: {text}")
    return True


@method("chat_id action")
def send_chat_action(world: World, given: Given) -> Any:
    _chat_to_write_to(world, given)
    if given.text("action") not in _ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _edit(
    world: World,
    message: Message,
    text: str,
    entities: list[Entity],
    markup: Markup | None,
    preview: bool,
) -> Any:
    if (text, entities, markup) == (message.text, message.entities, message.markup):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    _keep_pace(world, message.chat_id)
    if text != message.text:
        message.edits.append(message.text)
    message.text, message.entities, message.markup = text, entities, markup
    message.preview = preview
    message.edit_date = int(time.time())
    where = f"{message.message_id} in {world.name_of(message.chat_id)}"
    world.note(f"{world.bot.name} edits {where}: {text}{labels_of(message)}")
    return world.message_json(message)


def _message_to_edit(world: World, given: Given) -> Message:
    chat_id = _chat_to_write_to(world, given)
    message = world.find(chat_id, given.number("message_id"))
    if message is None:
        raise bad("message to edit not found")
    # What was sent with a reply keyboard, or took one away, can never be edited.
    if message.sender != world.bot or message.kind not in ("", "inline_keyboard"):
        raise bad("message can't be edited")
    return message


def _marked(world: World, given: Given) -> tuple[str, list[Entity]]:
    text, entities = marked(given.text("text"), given.text("parse_mode"), given.array("entities"))
    return text, [known for each in entities if (known := _with_person(world, each))]


def _with_person(world: World, entity: Entity) -> Entity | None:
    """Return a link to somebody's id as a mention of them; it is none if the bot does not know."""
    person = re.fullmatch(r"tg://user\?id=(\d+)", entity.get("url", ""))
    if person is None:
        return entity
    user = world.people.get(int(person[1]))
    if user is None:
        return None
    place = {name: entity[name] for name in ("offset", "length")}
    return {"type": "text_mention", **place, "user": user.json}


def _inline_markup(given: Given) -> Markup | None:
    return markup_of(given.nested("reply_markup"), private=False, inline_only=True)


def _has_preview(given: Given) -> bool:
    options = only(given.nested("link_preview_options") or {}, _PREVIEW, "link preview options")
    return not options.get("is_disabled", False)


def _reply_to(world: World, given: Given, chat_id: int) -> int | None:
    wanted = only(given.nested("reply_parameters") or {}, _REPLY, "reply parameters")
    if not wanted:
        return None
    if str(wanted.get("chat_id", chat_id)) != str(chat_id):
        raise bad("the fake replies within one chat")
    message_id: int = wanted.get("message_id", 0)
    if world.find(chat_id, message_id) is not None:
        return message_id
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def _keep_pace(world: World, chat_id: int) -> None:
    delay = world.pace.delay(chat_id) if world.strict_pace else 0
    if delay:
        words = f"Too Many Requests: retry after {delay}"
        raise Refusal(429, words, retry_after=delay)


# Chats.


@method("chat_id")
def get_chat(world: World, given: Given) -> Any:
    return world.full_chat_json(_chat(world, given))


@method("chat_id user_id")
def get_chat_member(world: World, given: Given) -> Any:
    chat_id = _chat(world, given)
    user_id = given.number("user_id")
    if user_id != world.bot.id and user_id not in world.people:
        raise bad("PARTICIPANT_ID_INVALID")
    group = world.groups.get(chat_id)
    if group is None:
        return world.member_json(user_id, "member")
    return world.member_json(user_id, group.statuses.get(user_id, "left"))


@method("chat_id")
def get_chat_administrators(world: World, given: Given) -> Any:
    group = world.groups.get(_chat(world, given))
    if group is None:
        raise bad("there are no administrators in the private chat")
    trusted = ("administrator", "creator")
    return [world.member_json(who, is_) for who, is_ in group.statuses.items() if is_ in trusted]


@method("chat_id")
def leave_chat(world: World, given: Given) -> Any:
    group = world.groups.get(_chat(world, given))
    if group is None:
        raise bad("chat member status can't be changed in private chats")
    world.change_status(group, world.bot, "left", by=world.bot)
    return True


def _chat(world: World, given: Given) -> int:
    raw = given.text("chat_id")
    if not raw:
        raise bad("chat_id is empty")
    if not re.fullmatch(r"-?\d+", raw):
        raise bad("chat not found")
    world.check_access(int(raw))
    return int(raw)


def _chat_to_write_to(world: World, given: Given) -> int:
    chat_id = _chat(world, given)
    if chat_id in world.groups:
        return chat_id
    if chat_id not in world.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat_id in world.blocked:
        raise forbidden("bot was blocked by the user")
    return chat_id


# Webhook.


@method("url max_connections allowed_updates ip_address drop_pending_updates secret_token")
def set_webhook(world: World, given: Given) -> Any:
    url, secret = given.text("url"), given.text("secret_token")
    connections = given.number("max_connections", 40)
    if not url:
        return delete_webhook(world, given)
    _check_webhook_url(url)
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    if not 1 <= connections <= 100:
        raise bad("max_connections must be between 1 and 100")
    _drop_if_wanted(world, given)
    world.updates.allow(given.array("allowed_updates"))
    hook = Hook(url, secret, connections)
    if hook != world.hook:
        world.hook, world.hook_error = hook, None
    return True


@method("drop_pending_updates")
def delete_webhook(world: World, given: Given) -> Any:
    _drop_if_wanted(world, given)
    world.hook = world.hook_error = None
    return True


@method()
def get_webhook_info(world: World, _given: Given) -> Any:
    hook = world.hook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.pending,
        "allowed_updates": sorted(world.updates.allowed),
    }
    if hook:
        info["max_connections"] = hook.connections
    if world.hook_error:
        info["last_error_message"], info["last_error_date"] = world.hook_error
    return info


def _check_webhook_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad("invalid webhook URL specified")
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in _PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _drop_if_wanted(world: World, given: Given) -> None:
    if given.flag("drop_pending_updates"):
        world.updates.pending.clear()
