"""The Web API's methods about modals and the home tab."""

from __future__ import annotations

import time
import uuid
from typing import Any

from tests.fakes.slack import kit
from tests.fakes.slack.methods import method
from tests.fakes.slack.model import Json, Refusal, Trigger, View, completed
from tests.fakes.slack.payloads import view_object
from tests.fakes.slack.workspace import Workspace

MOST_STACKED = 3


@method("views.open", needs="view trigger_id")
def views_open(slack: Workspace, args: Json) -> Json:
    return _stack(slack, args, pushed=False)


@method("views.push", needs="view trigger_id")
def views_push(slack: Workspace, args: Json) -> Json:
    return _stack(slack, args, pushed=True)


@method("views.update", needs="view", takes="view_id external_id hash")
def views_update(slack: Workspace, args: Json) -> Json:
    view = _open_view(slack, args.get("view_id", ""), args.get("external_id", ""))
    if view is None:
        raise Refusal("not_found")
    check_view(args["view"])
    if args.get("hash", view.hash) != view.hash:
        raise Refusal("hash_conflict")
    other = _open_view(slack, "", args["view"].get("external_id", ""))
    if other is not None and other is not view:
        raise Refusal("duplicate_external_id")
    update(view, args["view"])
    slack.note(f"bot updates the view of {slack.users[view.user].name}, {view.title}", view)
    return {"view": view_object(slack, view)}


@method("views.publish", needs="view user_id", takes="hash")
def views_publish(slack: Workspace, args: Json) -> Json:
    user = slack.users.get(args["user_id"])
    if user is None:
        raise Refusal("user_not_found")
    check_view(args["view"], home=True)
    home = slack.homes.get(user.id)
    if home is not None and args.get("hash", home.hash) != home.hash:
        raise Refusal("hash_conflict")
    if home is None:
        home = slack.homes[user.id] = new(slack, user.id, args["view"])
    update(home, args["view"])
    slack.note(f"bot @ home of {user.name}", home)
    return {"view": view_object(slack, home)}


def check_view(view: Any, *, home: bool = False) -> None:
    """Refuse a view that Slack would refuse."""
    if problems := kit.view_problems(view, home=home):
        raise Refusal("invalid_arguments", response_metadata={"messages": problems})
    if kit.is_too_large(view):
        raise Refusal("view_too_large")


def new(slack: Workspace, user: str, body: Json, under: View | None = None) -> View:
    """Return a view, not yet shown, on top of another, if given."""
    view = View(id=slack.number("V0"), user=user, body={}, hash="", root="")
    view.root = under.root if under else view.id
    view.previous = under.id if under else ""
    update(view, body)
    return view


def update(view: View, body: Json) -> None:
    """Put a new body into a view; what was filled in stays where the same fields stay."""
    view.body = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        **body,
        "blocks": completed(body["blocks"]),
    }
    view.hash = f"{int(time.time())}.{uuid.uuid4().hex[:8]}"
    view.errors = {}


def show(slack: Workspace, view: View) -> None:
    """Put a view on top of those that a person has open."""
    stack = slack.views.setdefault(view.user, [])
    if len(stack) >= MOST_STACKED:
        raise Refusal("push_limit_reached")
    stack.append(view)
    slack.note(f"bot shows {slack.users[view.user].name} the view {view.title}", view)


def _stack(slack: Workspace, args: Json, *, pushed: bool) -> Json:
    trigger = _trigger(slack, args["trigger_id"])
    check_view(args["view"])
    if _open_view(slack, "", args["view"].get("external_id", "")):
        raise Refusal("duplicate_external_id")
    stack = slack.views.setdefault(trigger.user, [])
    within = any(view.id == trigger.view for view in stack)
    if pushed and not within:
        raise Refusal("not_found")
    if not within:
        stack.clear()
    view = new(slack, trigger.user, args["view"], stack[-1] if stack else None)
    show(slack, view)
    trigger.used = True
    return {"view": view_object(slack, view)}


def _trigger(slack: Workspace, name: str) -> Trigger:
    trigger = slack.triggers.get(name)
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if time.monotonic() - trigger.at > slack.trigger_seconds:
        raise Refusal("expired_trigger_id")
    return trigger


def _open_view(slack: Workspace, id: str, external_id: str) -> View | None:
    for stack in slack.views.values():
        for view in stack:
            if id == view.id or (external_id and external_id == view.body["external_id"]):
                return view
    return None
