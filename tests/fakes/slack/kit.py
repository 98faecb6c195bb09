"""Says of blocks and views what Slack would refuse in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slackblocks import _limits as limits
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE, BlockSurface

from tests.fakes.slack.checks import Check, items, repeated, shape, typed, word
from tests.fakes.slack.model import Json, elements
from tests.fakes.slack.shapes import BLOCKS, HOME, MODAL

MOST_TEXT = 13_200  # over all blocks of a message; undocumented (bolt-js #2509)
MOST_VIEW_BYTES = 250_000


def message_problems(blocks: Any) -> list[str]:
    """Return what is wrong with the blocks of a message."""
    check = items(_block("message"), limits.MESSAGE_BLOCKS_MAX_ITEMS, 0)
    return list(check(blocks, "/blocks")) or list(_unlike(blocks, "/blocks"))


def view_problems(view: Any, *, home: bool = False) -> list[str]:
    """Return what is wrong with a view, which must be a modal unless it is the home tab."""
    kind: BlockSurface = "home" if home else "modal"
    fields = HOME if home else MODAL
    blocks = items(_block(kind), limits.VIEW_BLOCKS_MAX_ITEMS, 0)
    needed = {"type": word(kind), "blocks": blocks}
    if not home:
        needed["title"] = MODAL["title"]
    check = shape(needed, {**fields, **needed}, _input_wants_submit if not home else _nothing)
    return list(check(view, "/view")) or list(_unlike(view["blocks"], "/view/blocks"))


def is_too_large(view: Json) -> bool:
    return len(json.dumps(view)) > MOST_VIEW_BYTES


def weight(blocks: Any) -> int:
    """Return how many characters of text stand in blocks."""
    if isinstance(blocks, list):
        return sum(map(weight, blocks))
    if not isinstance(blocks, dict):
        return 0
    own = blocks.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(map(weight, blocks.values()))


def _block(surface: BlockSurface) -> Check:
    allowed = _BLOCK_TYPES_BY_SURFACE[surface] & BLOCKS.keys()
    return typed(BLOCKS, *allowed)


def _unlike(blocks: list[Json], path: str) -> Iterator[str]:
    """Yield the ids that stand twice: of blocks among all, of actions within their block."""
    for twice in repeated([block["block_id"] for block in blocks if "block_id" in block]):
        yield f"[ERROR] block_id already exists: {twice} [json-pointer:{path}]"
    for place, block in enumerate(blocks):
        ids = [element["action_id"] for _, element in elements([block])]
        for twice in repeated(ids):
            yield f"[ERROR] action_id already exists: {twice} [json-pointer:{path}/{place}]"


def _input_wants_submit(view: Json) -> str:
    asks = any(block["type"] == "input" for block in view["blocks"])
    return "submit is required: there is an input block" if asks and "submit" not in view else ""


def _nothing(_view: Json) -> str:
    return ""
