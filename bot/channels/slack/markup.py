"""Block Kit: rich text, in which nothing is parsed, and plain text; all escaping is here.

The limits are Block Kit's. Besides, Slack refuses a message with more than about 13,200
characters over all blocks (bolt-js #2509).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.chunking import parts
from bot.channels.desk import card
from bot.channels.render import plain, with_headings
from bot.core.messages import Block, Button, Message
from bot.core.understanding.words.text import strip_invisible

Json = dict[str, Any]
_LONGEST_TEXT = 2900
_LONGEST_MESSAGE = 11_000
_MOST_BLOCKS = 40
_LONGEST_NOTE = 3000  # of the text beside the blocks, which notifications show
_MOST_IN_A_ROW = 25
_LABEL, _TITLE, _HEADER, _OPTION = 75, 24, 150, 75


@dataclass(frozen=True, slots=True)
class Posting:
    """One message: its blocks, and the text for notifications and screen readers."""

    text: str
    blocks: list[Json]


def escaped(text: str) -> str:
    """Escape a text, so that Slack finds no mention, link or command in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def message(said: Message, below: Sequence[Json] = ()) -> list[Posting]:
    """Return a message as one or more postings, the last one with its buttons."""
    cut: list[list[Json]] = [[]]
    length = 0
    for heading, block in with_headings(said.blocks):
        for shown, size in _rich(heading, block):
            if cut[-1] and (length + size > _LONGEST_MESSAGE or len(cut[-1]) >= _MOST_BLOCKS):
                cut.append([])
                length = 0
            cut[-1].append(shown)
            length += size
    cut[-1] += actions(below)
    first = note(plain(said))
    return [Posting("…" if number else first, made) for number, made in enumerate(cut)]


def note(text: str) -> str:
    """Return the text beside the blocks; nothing in it becomes a link or a mention."""
    return escaped(strip_invisible(text, _LONGEST_NOTE)) or "…"


def posting(texts: Sequence[str]) -> Posting:
    """Return a message of plain lines."""
    return Posting(note("\n".join(texts)), lines(texts))


def rows(found: Iterable[card.Row]) -> list[Json]:
    """Return rows of a bold label and its value, nothing in them parsed."""
    return _one_below_the_other(
        [_text(f"{_clean(label)}: ", bold=True), *_texts(value)] for label, value in found
    )


def lines(texts: Iterable[str]) -> list[Json]:
    return _one_below_the_other(list(_texts(text)) for text in texts)


def header(text: str) -> Json:
    return {"type": "header", "text": _plain(text, _HEADER)}


def button(label: str, action: str, value: str, style: str = "") -> Json:
    made = {"type": "button", "action_id": action, "text": _plain(label, _LABEL), "value": value}
    return made | ({"style": style} if style else {})


def link(label: str, url: str) -> Json:
    """Return a button that opens an address."""
    text = _plain(label, _LABEL)
    return {"type": "button", "action_id": "link", "text": text, "url": url}


def choices(buttons: Sequence[Button], action: str) -> list[Json]:
    return [button(b.label, f"{action}:{n}", b.token) for n, b in enumerate(buttons)]


def actions(elements: Sequence[Json]) -> list[Json]:
    """Return buttons in as few rows as they fit."""
    starts = range(0, len(elements), _MOST_IN_A_ROW)
    rows = [list(elements[start : start + _MOST_IN_A_ROW]) for start in starts]
    return [{"type": "actions", "elements": row} for row in rows]


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Json],
    close: str,
    *,
    submit: str = "",
    private_metadata: str = "",
) -> Json:
    """Return a modal; `close` and `submit` are the labels of its buttons."""
    view: Json = {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(title, _TITLE),
        "close": _plain(close, _TITLE),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = _plain(submit, _TITLE)
    if private_metadata:
        view["private_metadata"] = private_metadata
    return view


def text_field(
    block: str, label: str, *, most: int, optional: bool = False, long: bool = False
) -> Json:
    element = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": long,
        "max_length": most,
    }
    return _input(block, label, element, optional)


def select(
    block: str, label: str, options: Iterable[tuple[str, str]], *, optional: bool = False
) -> Json:
    """Return a select of one of the options (value, label)."""
    made = [{"text": _plain(text, _OPTION), "value": value} for value, text in options]
    element = {"type": "static_select", "action_id": "value", "options": made}
    return _input(block, label, element, optional=optional)


def file_field(block: str, label: str) -> Json:
    """Return a field that takes one file."""
    element = {"type": "file_input", "action_id": "value", "max_files": 1}
    return _input(block, label, element, optional=False)


def menu(action: str, options: Sequence[tuple[str, str]], chosen: str) -> Json:
    """Return a menu among buttons, of the options (value, label), with the one that is chosen."""
    made = {value: {"text": _plain(text, _OPTION), "value": value} for value, text in options}
    element: Json = {"type": "static_select", "action_id": action, "options": list(made.values())}
    return element | ({"initial_option": made[chosen]} if chosen in made else {})


def day_picker(action: str, label: str) -> Json:
    """Return a calendar among buttons, from which a day is picked."""
    return {"type": "datepicker", "action_id": action, "placeholder": _plain(label, _OPTION)}


def search_field(action: str, label: str) -> Json:
    """Return a field that acts when Enter is pressed in it."""
    element = {
        "type": "plain_text_input",
        "action_id": action,
        "max_length": _OPTION,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    return _input(action, label, element, optional=True) | {"dispatch_action": True}


def pressed(body: Json) -> str:
    """Return the value of the button that was pressed, or of what was chosen or picked."""
    action = body["actions"][0]
    chosen = action.get("selected_option") or action
    return str(chosen.get("value") or action.get("selected_date") or "")


def is_from_menu(body: Json) -> bool:
    """Tell whether something was chosen from a menu."""
    return "selected_option" in body["actions"][0]


def _input(block: str, label: str, element: Json, optional: bool) -> Json:
    return {
        "type": "input",
        "block_id": block,
        "label": _plain(label, 2000),
        "element": element,
        "optional": optional,
    }


def values(view: Json) -> dict[str, str]:
    """Return what was filled in, by block, without invisible characters."""
    found: dict[str, str] = {}
    for block, fields in view["state"]["values"].items():
        field = fields.get("value", {})
        chosen = field.get("selected_option") or {}
        found[block] = _clean(chosen.get("value") or field.get("value") or "")
    return found


def file_given(view: Json, block: str) -> str:
    """Return the id of the file that was given in a field; empty if none was."""
    field = view["state"]["values"].get(block, {}).get("value", {})
    files = field.get("files") or []
    return str(files[0]["id"]) if files else ""


def _rich(heading: str, block: Block) -> Iterator[tuple[Json, int]]:
    above = _text(_clean(heading), bold=True)
    for number, part in enumerate(parts(_clean(block.text), _LONGEST_TEXT)):
        titled = bool(heading) and not number
        if block.kind == "quote":
            title = [_section([above])] if titled else []
            made = [*title, {"type": "rich_text_quote", "elements": [_text(part)]}]
        else:
            made = [_section([above, _text("\n"), _text(part)] if titled else [_text(part)])]
        yield {"type": "rich_text", "elements": made}, len(part) + len(heading)


def _one_below_the_other(rows: Iterable[list[Json]]) -> list[Json]:
    """Return one block: between blocks Slack would add a gap."""
    elements: list[Json] = []
    for row in rows:
        elements += [_text("\n"), *row] if elements else row
    return [{"type": "rich_text", "elements": [_section(elements)]}] if elements else []


def _section(elements: Sequence[Json]) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def _texts(text: str) -> Iterator[Json]:
    for number, part in enumerate(parts(_clean(text), _LONGEST_TEXT)):
        if number:
            yield _text("\n")
        yield _text(part)


def _text(text: str, *, bold: bool = False) -> Json:
    made: Json = {"type": "text", "text": text or " "}
    return made | ({"style": {"bold": True}} if bold else {})


def _plain(text: str, longest: int) -> Json:
    shown = _clean(text) or " "
    cut = shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
    return {"type": "plain_text", "text": cut, "emoji": False}


def _clean(text: str) -> str:
    return strip_invisible(text, len(text))
