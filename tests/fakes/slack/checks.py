"""The words in which the shapes of Block Kit are written down: each check yields what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.slack.model import Json

Check = Callable[[Any, str], Iterator[str]]
Fields = Mapping[str, Check]
Rule = Callable[[Json], str]


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield _wrong("must be a string", path)
        elif len(value) > most:
            yield _wrong(f"must be less than {most + 1} characters", path)
        elif len(value) < least:
            yield _wrong(f"must be more than {least - 1} characters", path)

    return check


def flag(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield _wrong("must be a boolean", path)


def whole(least: int, most: int) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield _wrong(f"must be a number from {least} to {most}", path)

    return check


def word(*words: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if value not in words:
            yield _wrong(f"must be one of {', '.join(words)}", path)

    return check


def items(check_item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield _wrong("must be an array", path)
            return
        if len(value) > most:
            yield _wrong(f"no more than {most} items allowed", path)
        if len(value) < least:
            yield _wrong(f"no fewer than {least} items allowed", path)
        for place, item in enumerate(value):
            yield from check_item(item, f"{path}/{place}")

    return check


def shape(needed: Fields, allowed: Fields, *rules: Rule) -> Check:
    """Check an object's fields; a rule looks at the whole and returns what is wrong, or nothing."""
    fields = {**needed, **allowed}

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _wrong("must be an object", path)
            return
        for name in sorted(value.keys() - fields.keys() - {"type"}):
            yield _wrong(f"additional property: {name}", path)
        for name in sorted(needed.keys() - value.keys()):
            yield _wrong(f"missing required field: {name}", path)
        problems = [wrong for name in value if name in fields
                    for wrong in fields[name](value[name], f"{path}/{name}")]  # fmt: skip
        yield from problems or (_wrong(wrong, path) for rule in rules if (wrong := rule(value)))

    return check


def typed(shapes: Mapping[str, Check], *allowed: str) -> Check:
    """Check an object by the shape of its type, which must be one of `allowed`, if given."""

    def check(value: Any, path: str) -> Iterator[str]:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        if kind not in shapes or (allowed and kind not in allowed):
            yield _wrong(f"unsupported type: {kind}", path)
        else:
            yield from shapes[kind](value, path)

    return check


def text(most: int, *kinds: str) -> Check:
    """Check a text object; both kinds are good unless some are given."""
    shapes = {
        "plain_text": shape({"text": string(most)}, {"emoji": flag}),
        "mrkdwn": shape({"text": string(most)}, {"verbatim": flag}),
    }
    return typed(shapes, *kinds)


def plain_text(most: int) -> Check:
    return text(most, "plain_text")


def one_of(*names: str) -> Rule:
    """Demand exactly one of some fields."""

    def rule(value: Json) -> str:
        given = sum(name in value for name in names)
        return "" if given == 1 else f"exactly one required: {', '.join(names)}"

    return rule


def some_of(*names: str) -> Rule:
    """Demand at least one of some fields."""

    def rule(value: Json) -> str:
        given = any(name in value for name in names)
        return "" if given else f"at least one required: {', '.join(names)}"

    return rule


def repeated(values: list[Any]) -> list[Any]:
    """Return what occurs more than once."""
    return sorted({value for value in values if values.count(value) > 1})


def _wrong(what: str, path: str) -> str:
    return f"[ERROR] {what} [json-pointer:{path}]"
