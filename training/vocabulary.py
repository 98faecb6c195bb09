"""Which pieces of the vocabulary are kept: what the texts use and what common words need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.understanding.models.pieces import UNKNOWN, Pieces

LANGUAGES = ("fi", "sv", "en")
# Words of each language by how common they are; Finnish has most forms.
COMMON_WORDS = {"fi": 25_000, "sv": 15_000, "en": 15_000}
_LATIN = range(0x20, 0x180)
_LONGEST, _SHORT = 4000, 2


def common_words() -> list[str]:
    """Return the commonest words of the three languages, small and with a capital."""
    from wordfreq import top_n_list

    words = [word for lang in LANGUAGES for word in top_n_list(lang, COMMON_WORDS[lang])]
    return [*words, *(word.capitalize() for word in words)]


def kept(pieces: Sequence[str], scores: Sequence[float], texts: Iterable[str]) -> list[int]:
    """Return the places of the pieces that the texts use, of Latin letters and of the special ones.

    A piece that the longer pieces are made of stays too: a new text can be cut into its parts.
    """
    whole = Pieces(pieces, scores)
    places = set(range(UNKNOWN + 1))
    for text in texts:
        places.update(whole.cut(text, _LONGEST))
    letters = {chr(code) for code in _LATIN}
    places.update(
        place
        for place, piece in enumerate(pieces)
        if set(piece) <= letters | {"▁"} and len(piece) <= 2
    )
    return sorted(places)
