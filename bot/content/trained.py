"""The trained models in one file, which is read at every start."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.npyio import NpzFile

from bot.content.array_files import UNREADABLE, write_arrays
from bot.core.catalog import Language
from bot.core.understanding.models.encoder import Head
from bot.core.understanding.models.model import Model
from bot.core.understanding.models.near_wordings import Wordings
from bot.core.understanding.models.weights import Array, Weights

if TYPE_CHECKING:
    from bot.core.understanding.replies.reply_model import ReplyModel

_WEIGHTS = ("row", "steps", "step", "bias")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The heads of the encoder whose key this is."""

    encoder: str
    topics: Head
    meanings: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What was learnt from content of this key; without heads, the encoder's own ones serve.

    `known` is what the phrases say where they name this company. `replies` makes the model of
    replies: a question alone needs none of what that takes.
    """

    key: str
    company: str
    model: Model
    replies: Callable[[], ReplyModel]
    known: Mapping[Language, Wordings]
    heads: Heads | None = None


def read_trained(path: Path, key: str) -> Trained | None:
    """Return what a file holds, or None where it is of another key, broken or missing."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            about = json.loads(file["about"].tobytes())
            if about["key"] != key:
                return None
            return Trained(
                key=key,
                company=str(about["company"]),
                model=_read_model(file, about),
                replies=_replies_of(file, about),
                known={
                    Language(code): _read_wordings(file, code, about["said"])
                    for code in about["known"]
                },
                heads=_read_heads(file, about),
            )
    except UNREADABLE:
        return None


def write_trained(path: Path, trained: Trained) -> None:
    """Write a file whole or not at all. Raises OSError."""
    model, replies, heads = trained.model, trained.replies(), trained.heads
    said = sorted({intent for own in trained.known.values() for intent in own.intents})
    about: dict[str, object] = {
        "key": trained.key,
        "intents": model.intents,
        "kinds": model.kinds,
        "meanings": replies.meanings,
        "company": trained.company,
        "known": list(trained.known),
        "said": said,
    }
    arrays = {
        "vocabulary": _lines(list(model.vocabulary)),
        "rarity": model.rarity,
        **_written("wanted", model.wanted),
        **_written("language", model.language),
        "replies_vocabulary": _lines(list(replies.vocabulary)),
        "replies_rarity": replies.rarity,
        **_written("replies", replies.weights),
    }
    places = {intent: place for place, intent in enumerate(said)}
    for code, own in trained.known.items():
        arrays[f"{code}_phrases"] = _lines(own.phrases)
        arrays[f"{code}_intents"] = np.array([places[intent] for intent in own.intents], "<u2")
        arrays[f"{code}_marks"] = own.marks
    if heads:
        about |= {"encoder": heads.encoder, "heads": [heads.topics.labels, heads.meanings.labels]}
        for name, head in (("topics", heads.topics), ("meanings", heads.meanings)):
            arrays |= {f"{name}_weights": head.weights, f"{name}_bias": head.bias}
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    write_arrays(path, arrays)


def _written(name: str, weights: Weights) -> dict[str, Array]:
    return {f"{name}_{part}": getattr(weights, part) for part in _WEIGHTS}


def _read_weights(file: NpzFile, name: str) -> Weights:
    return Weights(**{part: file[f"{name}_{part}"] for part in _WEIGHTS})


def _read_model(file: NpzFile, about: Mapping[str, Sequence[str]]) -> Model:
    return Model(
        vocabulary=_columns(file["vocabulary"]),
        rarity=file["rarity"],
        intents=tuple(about["intents"]),
        kinds=tuple(about["kinds"]),
        wanted=_read_weights(file, "wanted"),
        language=_read_weights(file, "language"),
    )


def _replies_of(file: NpzFile, about: Mapping[str, Sequence[str]]) -> Callable[[], ReplyModel]:
    lines, rarity = file["replies_vocabulary"], file["replies_rarity"]
    weights = _read_weights(file, "replies")

    def made() -> ReplyModel:
        from bot.core.understanding.asked import Meaning
        from bot.core.understanding.replies.reply_model import ReplyModel

        return ReplyModel(
            vocabulary=_columns(lines),
            rarity=rarity,
            meanings=tuple(map(Meaning, about["meanings"])),
            weights=weights,
        )

    return made


def _read_wordings(file: NpzFile, code: str, intents: Sequence[str]) -> Wordings:
    return Wordings(
        phrases=tuple(_split(file[f"{code}_phrases"])),
        intents=tuple(intents[place] for place in file[f"{code}_intents"].tolist()),
        marks=file[f"{code}_marks"],
    )


def _read_heads(file: NpzFile, about: Mapping[str, Sequence[Sequence[str]]]) -> Heads | None:
    if "heads" not in about:
        return None
    topics, meanings = (
        Head(labels=tuple(labels), weights=file[f"{name}_weights"], bias=file[f"{name}_bias"])
        for name, labels in zip(("topics", "meanings"), about["heads"], strict=True)
    )
    return Heads(encoder=str(about["encoder"]), topics=topics, meanings=meanings)


def _lines(names: Sequence[str]) -> Array:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _split(lines: Array) -> list[str]:
    text = lines.tobytes().decode()
    return text.split("\n") if text else []


def _columns(lines: Array) -> dict[str, int]:
    names = _split(lines)
    return dict(zip(names, range(len(names)), strict=True))
