"""What may never stand in what the product writes, and a copy of what it logs."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog

# People, words and accounts of the tests.
CANARIES = (
    "Kanarialintu",
    "salainen toive",
    "viestin sisältö",
    "kissa-joka-ei-saa-näkyä",
    "matti-account",
)
_PERSONAL = re.compile(
    "|".join(
        (
            *map(re.escape, CANARIES),
            r"\b(?:Matti|Liisa|Aino|Mika|Sari|Meikäläinen|Virtanen)\b",
            r"[\w.+-]+@(?:[\w-]+\.)+\w+",  # an address
            r"(?<![\w.-])\d{8}(?![\w.-])",  # a code
            # A phone number; a member's keyed hash may be of ten digits.
            r"\+358[ \d]{6,}|(?<!staff:)\b04\d[ -]?\d{3}[ -]?\d{4}\b",
            r"\b\d{6}[-+A]\d{3}[\dA-Y]\b",  # a personal identity code
            r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\b\d{6,}:[\w-]{20,}",  # a platform's token
        )
    )
)


def personal(text: str) -> list[str]:
    """Return what a text holds of people: names, addresses, numbers, codes, words, tokens."""
    return sorted(set(_PERSONAL.findall(text)))


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Keep a copy of all that is logged meanwhile."""
    copy = io.StringIO()
    before = structlog.get_config()

    def keep(_logger: object, _name: str, line: structlog.types.EventDict) -> Mapping[str, Any]:
        copy.write(f"{line}\n")  # rendered by the processor before
        return line

    handler = logging.StreamHandler(copy)
    structlog.configure(processors=[*before["processors"], keep])
    logging.getLogger().addHandler(handler)
    try:
        yield copy
    finally:
        logging.getLogger().removeHandler(handler)
        structlog.configure(**before)
