"""Files of arrays, written atomically."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.core.understanding.models.weights import Array

# What reading a file raises that is missing, broken or of something else.
UNREADABLE = (OSError, EOFError, ValueError, KeyError, BadZipFile)


def write_arrays(path: Path, arrays: Mapping[str, Array], *, small: bool = True) -> None:
    """Write arrays into one file, in place of the one before. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    named: dict[str, Any] = dict(arrays)
    save = np.savez_compressed if small else np.savez
    # Not by mkstemp: who runs the program may be another one than who trained for it.
    temporary = path.with_name(f"{path.stem}-{os.getpid()}.new")
    try:
        with temporary.open("wb") as file:
            save(file, **named)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
