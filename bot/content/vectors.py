"""Caches the vectors of texts, so that the encoder reads each text once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np

from bot.content.array_files import UNREADABLE, write_arrays
from bot.core.understanding.models.encoder import Encoder
from bot.core.understanding.models.weights import Array

_DIGEST = 16  # bytes of a text's hash
# Texts read between two writes: what an interruption loses.
_AT_A_TIME = 4000
_TOLD_EVERY = 200


def vectors(
    encoder: Encoder, texts: Sequence[str], path: Path, tell: Callable[[float], None]
) -> Array:
    """Return the vectors of texts (texts x dimensions), from the file as far as it has them.

    What is new is read on all cores and added to the file, a part at a time, so that a run that was
    stopped is gone on with. `tell` is told the share of the texts that are done. A file that cannot
    be written only means that nothing is kept.
    """
    digests = [_digest(text)[:_DIGEST] for text in texts]
    known = _read(path)
    wanted = dict(zip(digests, texts, strict=True))
    new = [digest for digest in wanted if digest not in known]
    for start in range(0, len(new), _AT_A_TIME):
        part = new[start : start + _AT_A_TIME]
        read = _encoded(encoder, [wanted[digest] for digest in part])
        for done, (digest, vector) in enumerate(zip(part, read, strict=True), start + 1):
            known[digest] = vector
            if (done - 1) % _TOLD_EVERY == 0:
                tell(1 - (len(new) - done) / len(wanted))
        _keep(path, {digest: known[digest] for digest in wanted if digest in known})
    return np.stack([known[digest] for digest in digests]).astype(np.float32)


def fingerprints(texts: Iterable[str]) -> Array:
    """Return 32 bits for each text: enough to tell some 100,000 texts from any other one."""
    return np.frombuffer(b"".join(_digest(text)[:4] for text in texts), "<u4")


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="replace")).digest()


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Iterator[Array]:
    """Yield the vectors of texts, read side by side: the runtime works outside the interpreter."""
    encoder.vector("")  # it is loaded once
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for vector in pool.map(encoder.vector, texts):
            yield vector.astype(np.float16)


def _read(path: Path) -> dict[bytes, Array]:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            digests, found = file["digests"], file["vectors"]
    except UNREADABLE:
        return {}
    return {digest.tobytes(): vector for digest, vector in zip(digests, found, strict=True)}


def _keep(path: Path, known: dict[bytes, Array]) -> None:
    digests = np.frombuffer(b"".join(known), np.uint8).reshape(-1, _DIGEST)
    with suppress(OSError):
        arrays = {"digests": digests, "vectors": np.stack(list(known.values()))}
        write_arrays(path, arrays, small=False)
