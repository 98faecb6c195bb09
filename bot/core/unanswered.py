"""What people asked in vain, as an organisation may keep it to learn from: masked, nobody's.

Only words that the library of phrases knows are kept. Whatever else was written may be a name or a
place, and stands as a gap; a text with more than a few gaps, or with anything by which somebody
could be reached, is not kept at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from bot.core.catalog import Language, Phrase
from bot.core.masking import HIDDEN
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.core.understanding.words.text import sentences

GAP, NUMBER = "…", "#"
LONGEST = 300  # characters
# Of which a person's conversation may leave so many, until it is forgotten.
MOST_OF_ONE = 3
KEPT = frozenset({QuestionResult.NOT_IN_NOTICE, QuestionResult.OFFERED})

_FEWEST_WORDS, _MOST_GAPS, _MOST_DIGITS = 3, 2, 4
# In the phrases, too, there are names: a word in one alone may be one, and so may one that stands
# with a capital in the middle of a sentence more often than without.
_PHRASES, _PHRASES_WITH_CAPITAL = 2, 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A word, a number, or what is neither and no mark of common writing: ⓜⓐⓣⓣⓘ is a name as well.
_FOUND = re.compile(rf"(?P<word>{_WORD.pattern})|(?P<number>\d+)|[^\s.,;:!?'’\"”()/&%€-]")
_REACHED_BY = re.compile(r"@|://|\bwww\.", re.IGNORECASE)
# "My name is", "I am called", and what stands above a signature.
_INTRODUCED = re.compile(
    r"\b(?:my name|name is|name's|i am called|nime(?:ni|äni|lläni|lleni)|nimi on|kutsu minua"
    r"|heter|mitt namn|namnet är|kallas"
    r"|regards|sincerely|yours|cheers|terveisin|ystävällisin|terv|t:|hälsningar|vänligen|mvh)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that was not answered: its masked text, and what came of it.

    `topic` is the one that came nearest, as the library calls it; empty where none did.
    """

    text: str
    language: Language
    topic: str
    result: QuestionResult


def words_of(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Return the words that may be kept, as they are written within a sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for phrase in phrases:
        for word, begins in _words(phrase.learnt):
            if word == word.lower():
                small[word] += 1
            elif not begins:
                capital[word] += 1
    named = Counter[str]()
    for word, number in capital.items():
        named[word.lower()] += number
    often = {word for word, n in small.items() if n >= _PHRASES and named[word] <= n}
    short = {word for word, n in capital.items() if n >= _PHRASES_WITH_CAPITAL and _is_short(word)}
    return frozenset(often | short)


def _is_short(word: str) -> bool:
    """Tell whether a word has such capitals as no name has: `GDPR`, `WhatsApp`, `I'm`."""
    return word[1:] != word[1:].lower() or word[:2] in ("I", "I'", "I’")


def kept(
    text: str, language: Language, asked: AskedTopic | None, words: Set[str], names: Iterable[str]
) -> Unanswered | None:
    """Return what may be kept of a message; None where that is nothing.

    `names` are those that the person is known by: no word of theirs is kept.
    """
    if asked is None or asked.result not in KEPT:
        return None
    masked = mask(text, words - {word.lower() for name in names for word, _ in _words(name)})
    if not masked:
        return None
    return Unanswered(text=masked, language=language, topic=asked.topic, result=asked.result)


def mask(text: str, words: Set[str]) -> str:
    """Return a text with gaps for all but these words; nothing where it must not be kept."""
    if len(text) > LONGEST or HIDDEN in text or _REACHED_BY.search(text):
        return ""
    if _INTRODUCED.search(text) or sum(map(str.isnumeric, text)) > _MOST_DIGITS:
        return ""
    found = [word for sentence in sentences(text) for word in _masked(sentence, words)]
    known = len(found) - found.count(GAP)
    if known < _FEWEST_WORDS or found.count(GAP) > _MOST_GAPS:
        return ""
    return " ".join(_filled(sentence, words) for sentence in sentences(text))


def _masked(sentence: str, words: Set[str]) -> list[str]:
    return [word if _may_stay(word, words, begins) else GAP for word, begins in _words(sentence)]


def _filled(sentence: str, words: Set[str]) -> str:
    masked = iter(_masked(sentence, words))

    def fill(found: re.Match[str]) -> str:
        if found["word"]:
            return next(masked)
        return NUMBER if found["number"] else ""

    return " ".join(_FOUND.sub(fill, sentence).split())


def _may_stay(word: str, words: Set[str], begins: bool) -> bool:
    return word in words or (begins and word.lower() in words)


def _words(text: str) -> list[tuple[str, bool]]:
    """Return the words of a text, and whether each begins a sentence."""
    return [
        (word, not place)
        for sentence in sentences(text)
        for place, word in enumerate(_WORD.findall(sentence))
    ]
