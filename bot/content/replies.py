"""Reads the example replies of intents/replies/<lang>.jsonl, one reply a line.

They name no company: an organisation without replies in its content uses those that ship.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.content.files import Reading
from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, ReplyPhrase, Stage


def read_replies(reading: Reading) -> tuple[ReplyPhrase, ...]:
    """Return all replies; faults go to the reading."""
    return tuple(
        phrase
        for language, path in reply_files(reading)
        for phrase in _in_file(reading, path, language)
    )


def reply_files(reading: Reading) -> list[tuple[Language, Path]]:
    """Return the files of the replies, those that ship where the content has none of its own."""
    folder = reading.place("intents", "replies")
    return [(language, folder / f"{language}.jsonl") for language in Language]


def _in_file(reading: Reading, path: Path, language: Language) -> Iterator[ReplyPhrase]:
    for number, line in enumerate(reading.text(path).splitlines(), 1):
        try:
            yield from _phrases(json.loads(line), language)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reading.fault(path, f"line {number}", f"not a reply ({error!r})")


def _phrases(item: dict[str, str], language: Language) -> list[ReplyPhrase]:
    """Return what one line holds: the same words at each of the stages that it names."""
    right = item.get("right")
    return [
        ReplyPhrase(
            asked=Asked(
                stage=Stage(stage),
                right=Right(right) if right else None,
                question=item.get("asked", ""),
                state=item.get("state", ""),
            ),
            language=language,
            text=item["text"],
            means=Meaning(item["means"]),
        )
        for stage in item["stage"].split()
    ]
