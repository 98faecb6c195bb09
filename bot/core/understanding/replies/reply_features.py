"""Features of the model of replies: those of the matcher, cue words, form, and stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.core.catalog import Language
from bot.core.understanding.asked import Asked
from bot.core.understanding.models.features import each
from bot.core.understanding.replies import safeguards
from bot.core.understanding.words.cues import cues, found, spoken_words
from bot.core.understanding.words.names import name_in
from bot.core.understanding.words.own_words import without_citations
from bot.core.understanding.words.values import RIGHTS, addresses_in, code_in

_LAST_WORDS, _LONG = 2, 12


def words_of(text: str, asked: Asked) -> Iterator[str]:
    """Yield the features of the wording: by themselves, and whole words as said at this stage."""
    for feature in each(without_citations(text)):
        yield feature
        if feature.startswith("="):
            yield f"{asked.stage}|{feature}"


def signs_of(text: str, asked: Asked, language: Language) -> set[str]:
    """Return what is seen of a reply besides its wording: by itself, and at this stage."""
    said = without_citations(text)
    signs = {
        *_cued(said, language),
        *_form(said),
        *_values(text, language),
        *_guarded(said, language),
        *_righted(said, asked, language),
    }
    stage = f"#{asked.stage}"
    return {
        *signs,
        *(f"{stage}|{sign}" for sign in signs),
        stage,
        f"{stage}|{asked.right or asked.state}",
    }


def _cued(text: str, language: Language) -> Iterator[str]:
    cued = list(found(text, language))
    words = len(spoken_words(text))
    for place, cue in cued:
        yield f"#{cue}"
        if place == 0:
            yield f"#^{cue}"
        if words > _LAST_WORDS + 1 and place >= words - _LAST_WORDS:
            yield f"#{cue}$"
    names = sorted({cue for _, cue in cued})
    yield from (f"#{a}+{b}" for a, b in combinations(names, 2))
    if not names:
        yield "#-"


def _form(text: str) -> Iterator[str]:
    words = text.split()
    yield f"#length{min(len(words), _LONG) // 2}"
    yield f"#words{_few(words)}"
    if "?" in text:
        yield "#?"
    if text.rstrip().endswith("?"):
        yield "#?$"
    if "!" in text:
        yield "#!"
    capitals = sum(word[:1].isupper() for word in words)
    if capitals > 1:
        yield "#capitals"
    if words and capitals == len(words):
        yield "#all-capitals"
    if not any(map(str.isalnum, text)):
        yield "#symbols"
    if any(map(str.isdigit, text)):
        yield "#digits"


def _guarded(text: str, language: Language) -> Iterator[str]:
    """Yield what the safeguards see: a no, an if and a question of manners are none."""
    seen = {
        "no": safeguards.says_no(text, language),
        "if": safeguards.sets_condition(text, language),
        "asks": safeguards.asks(text),
    }
    yield from (f"#!{name}" for name, is_so in seen.items() if is_so)


def _righted(text: str, asked: Asked, language: Language) -> Iterator[str]:
    """Yield whether a right is named, that which is asked for or another."""
    for right in {RIGHTS[cue] for cue in cues(text, language) if cue in RIGHTS}:
        yield "#its-right" if right is asked.right else "#another-right"


def _few(words: Sequence[str]) -> str:
    return str(len(words)) if len(words) < 3 else "some" if len(words) < 6 else "many"


def _values(text: str, language: Language) -> Iterator[str]:
    if code_in(text):
        yield "#code"
    if "@" in text and addresses_in(text):
        yield "#address"
    if name_in(text, language):
        yield "#name"
