"""From a reply, and where the conversation stands, to what it means: learnt, within safeguards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from bot.core.catalog import Language
from bot.core.understanding import safeguards
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.cues import cues
from bot.core.understanding.names import name_in
from bot.core.understanding.own_words import own_words, without_citations
from bot.core.understanding.plain_answers import yes_or_no
from bot.core.understanding.text import normal_form, strip_invisible
from bot.core.understanding.values import address_in, code_in, language_in, right_in

M, S = Meaning, Stage
Scores = Mapping[Meaning, float]

_FORM = frozenset({S.NAME, S.EMAIL, S.DETAILS})
_ENDABLE = frozenset({S.OFFER, S.SUMMARY}) | _FORM
_TICKET = frozenset({S.CODE, S.OPEN, S.CLOSED, S.STAFF_QUESTION, S.IDLE})
_ANYWHERE = frozenset(S)
# Where a short plain no needs no model. To the question for details it may be the detail.
_REFUSABLE = frozenset({S.OFFER, S.SUMMARY, S.NAME, S.EMAIL})
# Where a meaning makes sense; what is not named does everywhere.
_WHERE: Mapping[Meaning, frozenset[Stage]] = {
    M.AGREE: frozenset({S.OFFER, S.SUMMARY}),
    M.REFUSE: _ENDABLE,
    M.LIMIT: frozenset({S.OFFER, S.SUMMARY, S.DETAILS, S.OPEN}),
    M.VALUE: _FORM,
    M.SKIP: _FORM | {S.STAFF_QUESTION, S.CODE},
    M.NO_EMAIL: frozenset({S.EMAIL}),
    M.CHANGE: _ENDABLE | {S.STAFF_QUESTION, S.OPEN},
    M.ANSWER: frozenset({S.STAFF_QUESTION}),
    M.CODE: frozenset(),  # by its digits alone
    M.CODE_MISSING: _TICKET,
    M.CODE_EXPIRED: _TICKET,
    M.CODE_ELSEWHERE: _TICKET,
    M.CHASE: _TICKET,
    M.ADD: _TICKET,
    M.WITHDRAW: _TICKET,
    M.DISPUTE: _TICKET,
}
# How much surer a yes must be than anything else that the reply could mean, where none of its words
# is one; by cross-validation on the phrases.
AGREES_BY = 0.5
_THUMBS_UP = frozenset("👍👌✅🆗✔")


class Scorer(Protocol):
    """What scores the meanings of a reply: the trained model."""

    def scores(self, text: str, asked: Asked, language: Language, /) -> Scores:
        """Return how likely each meaning is; higher is likelier."""

    def knows(self, word: str, /) -> bool:
        """Tell whether a word, in normal form, stands in a reply of the phrases."""


class ReplyReader:
    """Reads replies by the trained model."""

    def __init__(self, model: Scorer) -> None:
        self._model = model

    def read(self, asked: Asked, text: str, language: Language) -> Reading:
        """Return what a reply means; never fails, whatever the text."""
        said = own_words(strip_invisible(text))
        if not any(map(str.isalnum, said)) and not _THUMBS_UP & set(said):
            return Reading(means=M.UNCLEAR)
        begun = said[:_LONGEST]
        scores = self._model.scores(begun, asked, language)
        reading = decide(scores, begun, asked, language)
        if reading.means in _WEIGHTY and not self._is_heard(reading.means, scores, begun, language):
            return Reading(means=M.UNCLEAR)
        if begun == said:
            return reading
        if reading.means is M.AGREE:  # what comes after may take it back
            return Reading(means=M.UNCLEAR)
        return replace(reading, value=said) if reading.value == begun else reading

    def _is_heard(self, means: Meaning, scores: Scores, text: str, language: Language) -> bool:
        """Tell whether a yes or an end is said in so many words, or likely by words that are known.

        Of words that it has never seen, the model says what is the commonest reply.
        """
        said = without_citations(text)
        if _is_thumb(text) or yes_or_no(text) is not None:
            return True
        if means is M.AGREE and safeguards.says_yes(said, language):
            return True
        if means is not M.AGREE and safeguards.says_no(said, language):
            return True
        words = normal_form(text).split()
        known = sum(map(self._model.knows, words)) >= _KNOWN_WORDS * len(words)
        return known and scores[means] >= _LIKELY


def decide(scores: Scores, text: str, asked: Asked, language: Language) -> Reading:
    """Return the likeliest meaning that the safeguards let pass, with its value."""
    certain = _certain(text, asked, language)
    if certain:
        return certain
    possible = {m: s for m, s in scores.items() if asked.stage in _WHERE.get(m, _ANYWHERE)}
    first, *others = sorted(possible, key=possible.__getitem__, reverse=True)
    if asked.stage is S.NAME and first is M.QUESTION and _begins_with_name(text, language):
        return _named(text, language)
    if first is M.AGREE and _names_another_right(text, asked, language):
        return _right(M.ALSO_RIGHT, text, asked, language)
    for means in (first, *(m for m in others[: _TRIED - 1] if possible[m] >= _PLAUSIBLE)):
        if _passes(means, possible, text, asked, language):
            return _with_value(means, text, asked, language)
        if means is M.AGREE:
            break
    return Reading(means=M.UNCLEAR)


def _certain(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return what needs no model: a code, an address, a plain yes or no, a thumb up."""
    code = code_in(text) if asked.stage in _TICKET - {S.STAFF_QUESTION} else ""
    if code:
        asks_too = "?" in text and len(text.split()) > _FEW_WORDS
        return Reading(means=M.CODE, value=code, second=M.QUESTION if asks_too else None)
    if asked.stage is S.EMAIL and (address := address_in(text)):
        second = M.QUESTION if "?" in text else None
        return Reading(means=M.VALUE, value=address, second=second)
    plain = True if _is_thumb(text) else yes_or_no(text)
    if plain is False and asked.stage in _REFUSABLE:
        return Reading(means=M.REFUSE)
    if plain and asked.stage in _WHERE[M.AGREE]:
        return Reading(means=M.AGREE)
    if asked.stage is S.SUMMARY and address_in(text):
        return _changed(text, language)
    return None


_FEW_WORDS, _MANY, _TRIED = 3, 6, 3
_LONGEST = 600  # characters: what a longer reply means shows in its beginning
_KNOWN_WORDS, _LIKELY = 0.6, 0.5
_WEIGHTY = frozenset({M.AGREE, M.REFUSE, M.STOP})
# Where the likeliest is ruled out, what comes next must not be far from likely itself.
_PLAUSIBLE = -0.3
_AND = re.compile(r"\b(?:and|ja|och|å|plus|sekä)\b", re.IGNORECASE)


def _begins_with_name(text: str, language: Language) -> bool:
    name = name_in(text, language)
    return " " in name and text.startswith(name)


def _names_another_right(text: str, asked: Asked, language: Language) -> bool:
    joins = _AND.search(text) is not None or "newly" in cues(text, language)
    return joins and right_in(text, asked.right, language) not in (None, asked.right)


def _is_thumb(text: str) -> bool:
    return not any(map(str.isalnum, text)) and bool(_THUMBS_UP & set(text))


def _passes(means: Meaning, scores: Scores, text: str, asked: Asked, language: Language) -> bool:
    match means:
        case M.AGREE:
            others = max(score for m, score in scores.items() if m is not M.AGREE)
            said = without_citations(text)
            sure = scores[M.AGREE] - others >= AGREES_BY or safeguards.says_yes(said, language)
            return sure and safeguards.may_agree(said, language)
        case M.VALUE if asked.stage is S.NAME:
            return bool(name_in(text, language)) or "same" in cues(text, language)
        case M.VALUE if asked.stage is S.EMAIL:
            return "@" in text or "same" in cues(text, language)
        case M.SKIP if asked.stage is S.DETAILS:  # what is skipped, staff do not read
            return not any(map(str.isdigit, text)) and len(text.split()) <= _MANY
        case M.SKIP | M.NO_EMAIL if asked.stage is S.EMAIL:
            return bool(cues(text, language) & {"no_mail", "no", "skip", "anonymous"})
        case M.WITHDRAW:
            likely = scores[M.WITHDRAW] >= _PLAUSIBLE
            return likely or bool(cues(text, language) & {"withdraw", "stop"})
    return True


def _with_value(means: Meaning, text: str, asked: Asked, language: Language) -> Reading:
    """Return a meaning with what the text gives for it."""
    match means:
        case M.VALUE if asked.stage is S.NAME:
            return _named(text, language)
        case M.VALUE if asked.stage is S.EMAIL:
            return Reading(means=M.VALUE if "@" in text else M.SAME_AS_BEFORE)
        case M.VALUE | M.LIMIT | M.ANSWER | M.ADD:
            return Reading(means=means, value=text)
        case M.CHANGE:
            return _changed(text, language)
        case M.REFUSE | M.STOP if asked.stage is S.SUMMARY and "wrong" in cues(text, language):
            return _changed(text, language)
        case M.OTHER_RIGHT | M.ALSO_RIGHT:
            return _right(means, text, asked, language)
        case M.LANGUAGE:
            return Reading(means=means, value=language_in(text))
        case M.CODE_ELSEWHERE:
            return Reading(means=means, value=address_in(text))
    return Reading(means=_told_apart(means, cues(text, language)))


def _told_apart(means: Meaning, seen: frozenset[str]) -> Meaning:
    """Return a meaning more closely: single words tell apart what is learnt as one."""
    match means:
        case M.STOP if "later" in seen:
            return M.POSTPONE
        case M.SKIP | M.NO_EMAIL if "anonymous" in seen:
            return M.DECLINE_VALUE
        case M.CODE_MISSING if "again" in seen and "not_come" not in seen:
            return M.NEW_CODE
    return means


def _named(text: str, language: Language) -> Reading:
    name = name_in(text, language)
    if not name:
        return Reading(means=M.SAME_AS_BEFORE)
    second = (
        M.QUESTION if "?" in text else M.ON_BEHALF if "behalf" in cues(text, language) else None
    )
    return Reading(means=M.VALUE, value=name, second=second)


def _changed(text: str, language: Language) -> Reading:
    """Return a change with the field that it is about, and the new value where it is given."""
    address = address_in(text)
    if address:
        return Reading(means=M.CHANGE, field=Topic.EMAIL, value=address)
    seen = cues(text, language)
    if "field_name" in seen:
        return Reading(means=M.CHANGE, field=Topic.NAME, value=name_in(text, language))
    if "field_mail" in seen:
        return Reading(means=M.CHANGE, field=Topic.EMAIL)
    return Reading(means=M.CHANGE, field=Topic.DETAILS, value=text)


def _right(means: Meaning, text: str, asked: Asked, language: Language) -> Reading:
    right = right_in(text, asked.right, language)
    fresh = asked.stage in (S.IDLE, S.CLOSED)
    reading = Reading(means=means, field=Topic.RIGHT, value=right or "")
    return replace(reading, means=M.NEW_RIGHT) if fresh else reading
