"""A key of the training data: models trained from the same data have the same key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from bot.content.files import Reading, content_dir
from bot.content.library import Entry, brings_phrases, phrase_files
from bot.content.replies import reply_files
from bot.core.understanding.words.cue_words import CUE_WORDS

# Raised when features, training or the layout of the file change.
_FORMAT = "5"


def key_of(reading: Reading, entries: Mapping[str, Entry]) -> str:
    """Return the key of the phrases and replies of a folder; no notice changes it.

    A notice that comes with neither phrases nor a library of its own has the key of what ships:
    what was learnt there serves it, since phrases of another company are about the same topics.
    The files are hashed as they are, because to read them takes longer than all the rest of a
    start. A missing file is reported when it is read.
    """
    if not brings_phrases(reading):
        reading = Reading(content_dir())
    digest = hashlib.sha256(_FORMAT.encode())
    digest.update(json.dumps(CUE_WORDS).encode())
    wanted = [(own.name, own.right, own.rare) for own in entries.values()]
    digest.update(json.dumps(sorted(wanted)).encode())
    for language, path in (*phrase_files(reading), *reply_files(reading)):
        digest.update(f"{language}/{path.name}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()[:24]
