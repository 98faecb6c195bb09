"""The trained model, cached by the hash of what it was trained from."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.content.reply_training import train_replies
from bot.content.training import Progress, train
from bot.core.catalog import Catalog
from bot.core.understanding.asked import Meaning, ReplyPhrase
from bot.core.understanding.cue_words import CUE_WORDS
from bot.core.understanding.model import Model
from bot.core.understanding.reply_model import ReplyModel

# Raised when features, training or the file's layout change.
_FORMAT = "3"
_FORMAT_OF_REPLIES = "3"
_KEPT = 3
_ARRAYS = (
    "rarity",
    "weights",
    "bias",
    "kind_weights",
    "kind_bias",
    "language_weights",
    "language_bias",
)
_ARRAYS_OF_REPLIES = ("rarity", "weights", "bias")


def load_or_train(catalog: Catalog, folder: Path, progress: Progress | None = None) -> Model:
    """Return the model of a catalogue, from the cache when it is there and intact.

    A folder that cannot be written only means that nothing is cached.
    """
    path = folder / f"model-{_fingerprint(catalog)}.npz"
    try:
        return _load(path)
    except (OSError, ValueError, KeyError, BadZipFile):
        model = train(catalog, progress)
    try:
        _save(model, path)
        _forget_old(folder, "model")
    except OSError:
        pass
    return model


def load_or_train_replies(phrases: Sequence[ReplyPhrase], folder: Path) -> ReplyModel:
    """Return the model of replies, from the cache when it is there and intact."""
    path = folder / f"replies-{_fingerprint_of_replies(phrases)}.npz"
    try:
        return _load_replies(path)
    except (OSError, ValueError, KeyError, BadZipFile):
        model = train_replies(phrases)
    try:
        names = {"vocabulary": list(model.vocabulary), "meanings": model.meanings}
        _write(path, names, model, _ARRAYS_OF_REPLIES)
        _forget_old(folder, "replies")
    except OSError:
        pass
    return model


def _fingerprint_of_replies(phrases: Sequence[ReplyPhrase]) -> str:
    digest = hashlib.sha256(_FORMAT_OF_REPLIES.encode())
    digest.update(json.dumps(CUE_WORDS).encode())
    for phrase in phrases:
        digest.update(f"{phrase.means}\t{phrase.language}\t{phrase.asked}\t".encode())
        digest.update(f"{phrase.text}\n".encode())
    return digest.hexdigest()[:24]


def _load_replies(path: Path) -> ReplyModel:
    with np.load(path, allow_pickle=False) as file:
        names = json.loads(file["names"].tobytes())
        arrays = {name: file[name] for name in _ARRAYS_OF_REPLIES}
    return ReplyModel(
        vocabulary={name: column for column, name in enumerate(names["vocabulary"])},
        meanings=tuple(map(Meaning, names["meanings"])),
        **arrays,
    )


def _fingerprint(catalog: Catalog) -> str:
    digest = hashlib.sha256(_FORMAT.encode())
    for intent in catalog.intents.values():
        digest.update(f"{intent.id}\t{intent.kind}\n".encode())
    for phrase in catalog.phrases:
        digest.update(f"{phrase.intent}\t{phrase.language}\t{phrase.text}\n".encode())
    return digest.hexdigest()[:24]


def _load(path: Path) -> Model:
    with np.load(path, allow_pickle=False) as file:
        names = json.loads(file["names"].tobytes())
        arrays = {name: file[name] for name in _ARRAYS}
    vocabulary = {name: column for column, name in enumerate(names["vocabulary"])}
    return Model(
        vocabulary=vocabulary,
        intents=tuple(names["intents"]),
        kinds=tuple(names["kinds"]),
        **arrays,
    )


def _save(model: Model, path: Path) -> None:
    names = {
        "vocabulary": list(model.vocabulary),
        "intents": model.intents,
        "kinds": model.kinds,
    }
    _write(path, names, model, _ARRAYS)


def _write(
    path: Path,
    names: Mapping[str, Sequence[str]],
    model: Model | ReplyModel,
    arrays: Sequence[str],
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = np.frombuffer(json.dumps(names).encode(), dtype=np.uint8)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, names=written, **{name: getattr(model, name) for name in arrays})
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _forget_old(folder: Path, of: str) -> None:
    models = sorted(folder.glob(f"{of}-*.npz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-_KEPT]:
        path.unlink(missing_ok=True)
