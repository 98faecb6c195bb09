"""Keyboards: what the real API refuses of them, and what a person sees of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fakes.telegram.given import bad, only
from tests.fakes.telegram.marked import is_link

Kind = Literal["", "inline_keyboard", "keyboard", "remove_keyboard", "force_reply"]

MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_DATA = 64
LONGEST_PLACEHOLDER = 64
_FIELDS: dict[Kind, set[str]] = {
    "inline_keyboard": {"inline_keyboard"},
    "keyboard": {
        "keyboard",
        "resize_keyboard",
        "one_time_keyboard",
        "selective",
        "input_field_placeholder",
        "is_persistent",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "selective", "input_field_placeholder"},
}
_STYLES = (None, "", "default", "primary", "danger", "success")


@dataclass(frozen=True)
class Button:
    """One button: it brings `data`, opens `url`, asks for the contact, or else sends its label."""

    label: str
    data: str = ""
    url: str = ""
    asks_contact: bool = False


@dataclass(frozen=True)
class Markup:
    """What hangs below a message; `raw` is its JSON."""

    kind: Kind
    rows: tuple[tuple[Button, ...], ...] = ()
    raw: dict[str, Any] = field(default_factory=dict)


def markup_of(value: Any, *, private: bool, inline_only: bool = False) -> Markup | None:
    """Return the markup that a call gave, or refuse it."""
    if not value:
        return None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    kinds = [kind for kind in _FIELDS if kind in value]
    if len(kinds) != 1:
        raise bad("the fake wants one kind of reply markup")
    kind = kinds[0]
    only(value, _FIELDS[kind], "reply markup")
    if inline_only and kind != "inline_keyboard":
        raise bad("inline keyboard expected")
    if len(value.get("input_field_placeholder", "")) > LONGEST_PLACEHOLDER:
        raise bad("input field placeholder is too long")
    if kind in ("remove_keyboard", "force_reply"):
        return Markup(kind, raw=value) if value[kind] else None
    rows = tuple(_row(kind, row, private) for row in _rows(kind, value[kind]) if row)
    if not rows:
        return None
    too_wide = max(map(len, rows)) > WIDEST_ROW or sum(map(len, rows)) > MOST_BUTTONS
    if kind == "inline_keyboard" and too_wide:
        raise bad("reply markup is too long")
    return Markup(kind, rows, value)


def _rows(kind: Kind, rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{kind}" must be an Array of Arrays')
    return rows


def _row(kind: Kind, row: list[Any], private: bool) -> tuple[Button, ...]:
    if kind == "inline_keyboard":
        return tuple(_inline(button) for button in row)
    return tuple(_key(button, private) for button in row)


def _inline(value: Any) -> Button:
    given = only(value, ("text", "callback_data", "url", "style"), "inline keyboard button")
    _check_looks(given, "inline keyboard button")
    data, url = given.get("callback_data", ""), given.get("url", "")
    if bool(data) == bool(url):
        words = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {words}")
    if len(data.encode()) > LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if url and not is_link(url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Button(given["text"], data=data, url=url)


def _key(value: Any, private: bool) -> Button:
    if isinstance(value, str):
        value = {"text": value}
    given = only(value, ("text", "request_contact", "style"), "keyboard button")
    _check_looks(given, "keyboard button")
    asks = bool(given.get("request_contact"))
    if asks and not private:
        raise bad("phone number can be requested in private chats only")
    return Button(given["text"], asks_contact=asks)


def _check_looks(button: dict[str, Any], what: str) -> None:
    label = button.get("text")
    if not isinstance(label, str):
        raise bad(f"can't parse {what}: Can't find field \"text\"")
    if not label.strip():  # the real one leaves such a button out without a word
        raise bad(f"{what} text must be non-empty")
    if button.get("style") not in _STYLES:
        raise bad(f"can't parse {what}: invalid button style specified")
