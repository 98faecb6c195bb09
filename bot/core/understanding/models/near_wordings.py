"""Finds nearly identical phrases quickly: an index picks the few that are compared.

Comparing with all phrases would take longer than everything else in understanding a message.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bot.core.catalog import Language, Phrase
from bot.core.understanding.models.weights import Array

_MOST = 2  # phrases found
_BUCKETS = 32  # of letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """The phrases of one language in normal form, the shortest first, and their intents.

    `marks` are those of the phrases.
    """

    phrases: tuple[str, ...]
    intents: tuple[str, ...]
    marks: Array


def wordings(phrases: Iterable[Phrase]) -> dict[Language, Wordings]:
    """Return what phrases say, by language; each wording once, with the intent named last."""
    said: dict[Language, dict[str, str]] = {language: {} for language in Language}
    for phrase in phrases:
        said[phrase.language][phrase.said] = phrase.intent
    found = {}
    for language, intents in said.items():
        by_length = tuple(sorted(intents, key=len))
        found[language] = Wordings(
            phrases=by_length,
            intents=tuple(intents[phrase] for phrase in by_length),
            marks=marks(by_length),
        )
    return found


class NearWordings:
    """Finds what is as good as one of the phrases of a language: at least `same` of 100 alike."""

    def __init__(self, known: Wordings, same: float) -> None:
        self._phrases = known.phrases
        self._marks = known.marks
        self._same = same

    def of(self, said: str, marked: int) -> list[str]:
        """Return the phrases nearest to a text in normal form with these marks, at most two."""
        # The ratio is 1 - d / n: of d letters put in or taken out, and n in both texts together.
        allowed = (200 - self._same) / self._same
        first = bisect_left(self._phrases, len(said) / allowed, key=len)
        end = bisect_right(self._phrases, len(said) * allowed, key=len)
        if first == end:
            return []
        most = (len(said) + len(self._phrases[end - 1])) * (100 - self._same) / 100
        # A letter put in or taken out changes one mark at most.
        differing = np.bitwise_count(self._marks[first:end] ^ marked)
        places = np.flatnonzero(differing <= most).tolist()
        alike = [self._phrases[first + place] for place in places]
        found = process.extract(
            said, alike, scorer=fuzz.ratio, limit=_MOST, score_cutoff=self._same
        )
        return [phrase for phrase, _, _ in found]


def marks(texts: Sequence[str]) -> Array:
    """Return 64 bits for each text: for each bucket, whether one of its letters is in it, and two.

    Texts that lie near each other have nearly the same marks.
    """
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4") % _BUCKETS
    size = len(texts) * _BUCKETS
    counts = np.bincount(rows * _BUCKETS + letters, minlength=size).reshape(-1, 1, _BUCKETS)
    bits: Array = np.packbits(counts >= [[1], [2]], axis=2).reshape(-1, _BUCKETS // 4)
    return bits.view(np.uint64)[:, 0]


# The marks of a letter of each bucket, alone and doubled.
_ONCE, _TWICE = (
    marks([chr(bucket) * times for bucket in range(_BUCKETS)]).tolist() for times in (1, 2)
)


def mark(text: str) -> int:
    """Return the marks of one text: numpy would take longer for so little."""
    found = 0
    for letter, times in Counter(text).items():
        bucket = ord(letter) % _BUCKETS
        found |= _TWICE[bucket] if times > 1 or found & _ONCE[bucket] else _ONCE[bucket]
    return found


class KnownWordings:
    """The phrases of a catalogue, by their normal form; those at least `same` alike count too."""

    def __init__(self, known: Mapping[Language, Wordings], same: float) -> None:
        self._known = {
            language: dict(zip(own.phrases, own.intents, strict=True))
            for language, own in known.items()
        }
        self._near = [(NearWordings(own, same), self._known[lang]) for lang, own in known.items()]

    def intent_of(self, said: str, language: Language) -> str | None:
        """Return the intent of a wording that stands in the catalogue, or nearly so."""
        for known in (self._known[language], *self._known.values()):
            if said in known:
                return known[said]
        marked = mark(said)
        intents = {known[phrase] for near, known in self._near for phrase in near.of(said, marked)}
        return intents.pop() if len(intents) == 1 else None
