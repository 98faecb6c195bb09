"""From a reply and its stage to its meaning: by the trained model, within safeguards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Protocol

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage
from bot.core.understanding.recognisers.for_somebody import speaks_for_somebody
from bot.core.understanding.replies import half_noes, plainly_said, safeguards
from bot.core.understanding.replies.decision import (
    ENDABLE,
    POSSIBLE_AT,
    TICKET,
    LogProbabilities,
    by_cost,
)
from bot.core.understanding.replies.passed_over import covers_all, passes_over, wants_all
from bot.core.understanding.replies.reply_values import (
    beside,
    changed,
    named,
    names_another_right,
    of_right,
    with_value,
)
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.names import name_in
from bot.core.understanding.words.own_words import own_words, without_citations
from bot.core.understanding.words.plain_answers import yes_or_no
from bot.core.understanding.words.text import normal_form, strip_invisible
from bot.core.understanding.words.values import address_in, code_in, is_address_alone, is_like_code

M, S = Meaning, Stage

# Where a short plain no needs no model. To the question for details it may be the detail.
_REFUSABLE = frozenset({S.OFFER, S.SUMMARY, S.NAME, S.EMAIL})
_OBJECTIONS = frozenset({Right.OBJECTION, Right.MARKETING_OBJECTION})
_GIVES_UP = frozenset({"stop", "withdraw"})
_KEEPS_BACK = frozenset({"no_mail", "skip", "anonymous"})
_ENDING = _GIVES_UP | {"later", "no"}
_OF_CODE = frozenset({"code_word", "not_come", "again", "expired", "elsewhere", "field_mail"})
_WEIGHTY = frozenset({M.AGREE, M.REFUSE, M.STOP})
_TO_BE_HEARD = _WEIGHTY | {M.POSTPONE}
# How many of its words must be known for a reply to agree or to end something by likelihood alone:
# of words that it has never seen, the model says what is the commonest reply. By cross-validation.
_KNOWN_WORDS = 0.4
_FEW_WORDS = 3
_THUMBS_UP = frozenset("👍👌✅🆗✔")


class Scorer(Protocol):
    """What knows how likely the meanings of a reply are: the trained model."""

    def log_probabilities(self, text: str, asked: Asked, language: Language, /) -> LogProbabilities:
        """Return the logarithm of how likely each meaning is."""

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
            return _passed_on(asked, text)
        begun = said[: safeguards.LONGEST_REPLY]
        likely = self._model.log_probabilities(begun, asked, language)
        reading = _for_whom(decide(likely, begun, asked, language), begun, asked, language)
        if reading.means in _TO_BE_HEARD and not self._is_heard(
            reading.means, begun, asked, language
        ):
            return Reading(means=M.UNCLEAR)
        if begun == said:
            return reading
        if reading.means is M.AGREE:  # what comes after may take it back
            return Reading(means=M.UNCLEAR)
        return replace(reading, value=said) if reading.value == begun else reading

    def _is_heard(self, means: Meaning, text: str, asked: Asked, language: Language) -> bool:
        """Tell whether a yes or an end is said in so many words, or in words that are known."""
        said = without_citations(text)
        if _is_thumb(text) or yes_or_no(text) is not None:
            return True
        if means is M.AGREE and safeguards.says_yes(said, language):
            return True
        ends = safeguards.says_no(said, language) or safeguards.ends_it(said, asked.right)
        if means is not M.AGREE and ends:
            return True
        words = normal_form(text).split()
        return sum(map(self._model.knows, words)) >= _KNOWN_WORDS * len(words)


def _for_whom(reading: Reading, text: str, asked: Asked, language: Language) -> Reading:
    """Return on behalf of whom a text speaks, where it was taken for nothing that is surer."""
    limits = safeguards.sets_condition(text, language)
    vague = reading.means in (M.UNCLEAR, M.NEW_RIGHT) or (reading.means is M.LIMIT and not limits)
    if vague and asked.stage in POSSIBLE_AT[M.ON_BEHALF] and speaks_for_somebody(text):
        return Reading(means=M.ON_BEHALF)
    return reading


def _passed_on(asked: Asked, text: str) -> Reading:
    """Return the code of a letter that was passed on whole; of others' words nothing else."""
    code = code_in(text) if asked.stage is S.CODE else ""
    return Reading(means=M.CODE, value=code) if code else Reading(means=M.UNCLEAR)


def decide(
    log_probabilities: LogProbabilities, text: str, asked: Asked, language: Language
) -> Reading:
    """Return the cheapest meaning that the safeguards let pass, with its value; else unclear."""
    certain = _certain(text, asked, language)
    if certain:
        return _corrected(certain, log_probabilities, asked, text, language)
    said_alone = _said_alone(text, language)
    ranked = by_cost(log_probabilities, asked.stage, _unsaid(text, language), said_alone)
    first = ranked[0] if ranked else M.UNCLEAR
    if asked.stage is S.NAME and first is M.QUESTION and _begins_with_name(text, language):
        return named(text, asked, language)
    if first is M.AGREE and names_another_right(text, asked, language):
        return of_right(M.ALSO_RIGHT, text, asked, language)
    for means in ranked:
        if _passes(means, text, asked, language):
            return with_value(means, text, asked, language)
        if means is M.VALUE:  # one that cannot be read: it is asked for again
            break
        if means is not M.AGREE:  # ruled out: the rest, but no end that was unlikely beside it
            return decide(_rest(means, ranked, log_probabilities), text, asked, language)
    return Reading(means=M.UNCLEAR)


def _unsaid(text: str, language: Language) -> frozenset[Meaning]:
    """Return what is weighty and what no word of a text says."""
    seen = cues(without_citations(text), language)
    unsaid = frozenset[Meaning]()
    if not safeguards.says_yes(without_citations(text), language):
        unsaid |= {M.AGREE}
    if not seen & _ENDING:
        unsaid |= {M.STOP, M.REFUSE, M.WITHDRAW}
    if not seen & _OF_CODE:  # each of them sends a letter
        unsaid |= {M.CODE_MISSING, M.CODE_EXPIRED, M.CODE_ELSEWHERE}
    return unsaid


def _said_alone(text: str, language: Language) -> frozenset[Meaning]:
    """Return what all words of a text say."""
    alone = safeguards.says_only_yes(without_citations(text), language)
    return frozenset({M.AGREE}) if alone else frozenset()


def _rest(
    ruled_out: Meaning, ranked: Sequence[Meaning], log_probabilities: LogProbabilities
) -> LogProbabilities:
    return {
        means: share
        for means, share in log_probabilities.items()
        if means is not ruled_out and (means not in _WEIGHTY or means in ranked)
    }


def _certain(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return what needs no model: a code, an address, a mere name, a plain yes or no."""
    code = code_in(text) if asked.stage in TICKET - {S.STAFF_QUESTION} else ""
    if code:
        asks_too = "?" in text and len(text.split()) > _FEW_WORDS
        return Reading(means=M.CODE, value=code, second=M.QUESTION if asks_too else None)
    if asked.stage is S.CODE and is_like_code(text):  # of another length: it is said how many
        return Reading(means=M.CODE)
    if asked.stage is S.NAME and _is_name(text, language):
        return Reading(means=M.VALUE, value=name_in(text, language))
    if asked.stage is S.EMAIL and (address := address_in(text)):
        return Reading(means=M.VALUE, value=address, second=beside(text, asked, language))
    if asked.stage is S.OFFER and is_address_alone(text):
        return Reading(means=M.UNCLEAR)  # it neither agrees nor asks for another right
    if said := plainly_said.put_right(text, asked, language):
        return said
    plain = True if _is_thumb(text) else yes_or_no(text)
    if plain is False and asked.stage in _REFUSABLE:
        # Nobody needs an address: a no to the question for one keeps the wish.
        keeps = asked.stage is S.EMAIL and not cues(text, language) & _GIVES_UP
        return Reading(means=M.NO_EMAIL if keeps else M.REFUSE)
    if plain and "?" not in text and asked.stage in POSSIBLE_AT[M.AGREE]:
        return Reading(means=M.AGREE)
    if asked.stage is S.DETAILS and _is_of_all(text, asked, language):
        return Reading(means=M.SKIP)
    return plainly_said.of_request(text, asked, language)


def _corrected(
    reading: Reading,
    log_probabilities: LogProbabilities,
    asked: Asked,
    text: str,
    language: Language,
) -> Reading:
    """Return a change where the address that is given corrects one, as its words tell."""
    gives_one = asked.stage is S.EMAIL and reading.means is M.VALUE and reading.second is None
    share = log_probabilities.get
    if gives_one and share(M.CHANGE, -inf) > share(M.VALUE, -inf):
        return changed(text, asked, language)
    return reading


def _is_name(text: str, language: Language) -> bool:
    """Tell whether a reply is a name with its capitals, and no word that shows anything else."""
    words = text.split()
    written = len(words) <= _FEW_WORDS and all(word.istitle() for word in words)
    return written and name_in(text, language) == " ".join(words) and not cues(text, language)


def _begins_with_name(text: str, language: Language) -> bool:
    name = name_in(text, language)
    return " " in name and text.startswith(name)


def _is_of_all(text: str, asked: Asked, language: Language) -> bool:
    yes = "?" not in text and covers_all(text, asked.right, language)
    return yes or wants_all(text, asked.right)


def _is_thumb(text: str) -> bool:
    return not any(map(str.isalnum, text)) and bool(_THUMBS_UP & set(text))


def _passes(means: Meaning, text: str, asked: Asked, language: Language) -> bool:
    match means:
        case M.AGREE:
            said = without_citations(text)
            if asked.right in _OBJECTIONS and safeguards.refuses_objection(said):
                return False
            if asked.stage is S.OFFER and safeguards.leaves_it_as_it_is(said):
                return False
            return safeguards.may_agree(said, language, asked.right)
        case M.STOP | M.REFUSE if asked.stage in ENDABLE:
            return _may_end(without_citations(text), asked)
        case M.VALUE if asked.stage is S.NAME:
            return bool(name_in(text, language)) or "same" in cues(text, language)
        case M.VALUE if asked.stage is S.EMAIL:
            return "@" in text or "same" in cues(text, language)
        case M.SKIP if asked.stage is S.DETAILS:  # what is skipped, staff do not read
            return passes_over(text, asked.right, language)
        case M.SKIP | M.NO_EMAIL if asked.stage is S.EMAIL:
            plain = frozenset() if safeguards.asks(text) else frozenset({"no"})
            return bool(cues(text, language) & (_KEEPS_BACK | plain))
        case M.STOP | M.WITHDRAW if asked.stage is S.STAFF_QUESTION:
            return bool(cues(text, language) & _ENDING)
    return True


def _may_end(said: str, asked: Asked) -> bool:
    """Tell whether a text may end a request: "stop the marketing" ends the marketing alone."""
    wishes = asked.stage in plainly_said.CLOSED and half_noes.states_wish(said)
    return not wishes and not safeguards.speaks_of_wish(said, asked.right)
