"""The trained model, cached by the hash of what it was trained from."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.content.training import Progress, train
from bot.core.catalog import Catalog
from bot.core.understanding.model import Model

# Raised when features, training or the file's layout change.
_FORMAT = "3"
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
        _forget_old(folder)
    except OSError:
        pass
    return model


def _fingerprint(catalog: Catalog) -> str:
    digest = hashlib.sha256(_FORMAT.encode())
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
    path.parent.mkdir(parents=True, exist_ok=True)
    names = {
        "vocabulary": list(model.vocabulary),
        "intents": model.intents,
        "kinds": model.kinds,
    }
    written = np.frombuffer(json.dumps(names).encode(), dtype=np.uint8)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, names=written, **{name: getattr(model, name) for name in _ARRAYS})
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _forget_old(folder: Path) -> None:
    models = sorted(folder.glob("model-*.npz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-_KEPT]:
        path.unlink(missing_ok=True)
