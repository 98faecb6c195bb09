"""What a reply plainly says of the request that is under way or open: no model is needed for it."""

from __future__ import annotations

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.recognisers.demands import turns_round
from bot.core.understanding.recognisers.denied_request import denies_request
from bot.core.understanding.recognisers.no_matter import only_asked
from bot.core.understanding.replies import (
    anger,
    backhanded,
    half_noes,
    roundabout,
    safeguards,
    unmeant,
)
from bot.core.understanding.replies.corrections import (
    corrected,
    drops_for_another,
    finds_fault_first,
    name_put_right,
    names_both,
    takes_correction_back,
    wishes_rather,
)
from bot.core.understanding.replies.decision import ENDABLE, FORM
from bot.core.understanding.replies.passed_over import says_all
from bot.core.understanding.replies.reply_values import changed, names_another_right, of_right
from bot.core.understanding.words.own_words import without_citations
from bot.core.understanding.words.spoken import spoken
from bot.core.understanding.words.values import address_in, right_in

M, S = Meaning, Stage

WITHDRAWABLE = frozenset({S.CODE, S.OPEN})
CLOSED = frozenset({S.OFFER, S.SUMMARY})


def put_right(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return what a text puts right in so many words: a name, an address, the wish itself."""
    if asked.stage not in FORM | {S.SUMMARY}:
        return None
    # There it is the detail that is asked for.
    is_detail = asked.stage is S.DETAILS and asked.right is Right.RECTIFICATION
    found = None if is_detail or asked.stage is S.NAME else corrected(text)
    return found or wishes_rather(text, asked, language)


def of_request(text: str, asked: Asked, language: Language) -> Reading | None:
    """Return what is plainly said of the request that is under way or open."""
    said = without_citations(text)
    if asked.stage in ENDABLE | WITHDRAWABLE and safeguards.ends_it(said, asked.right):
        return Reading(means=M.WITHDRAW if asked.stage in WITHDRAWABLE else M.STOP)
    found = _changes(text, asked) or _denied(text, asked) or _roundabout(said, asked, language)
    if found:
        return found
    if _agrees_backhandedly(said, asked, language):
        return Reading(means=M.AGREE)
    if asked.stage is S.OFFER and asked.right is Right.RECTIFICATION and names_both(said):
        return Reading(means=M.LIMIT, value=text)  # what is to be put right, and how
    whom = asked.stage is S.OFFER and half_noes.says_for_whom(said)
    if whom or (asked.stage in CLOSED and half_noes.ends_nothing(said, asked.right)):
        return Reading(means=M.UNCLEAR)
    if asked.stage in CLOSED and (
        half_noes.keeps_from_others(said) or half_noes.leaves_out_part(said)
    ):
        return Reading(means=M.LIMIT, value=text)
    if asked.stage in WITHDRAWABLE and half_noes.keeps_from_others(said):
        return Reading(means=M.ADD, value=text)
    if _finds_it_right(said, asked, language):
        return Reading(means=M.AGREE)
    if asked.stage is S.SUMMARY and (finds_fault_first(said) or address_in(text)):
        return changed(text, asked, language)
    return None


def _only_asked(said: str, asked: Asked) -> bool:
    return asked.stage is S.OFFER and only_asked(said)


def _changes(text: str, asked: Asked) -> Reading | None:
    """Return what a text changes of a request that is shown or sent: its name, what it covers."""
    if asked.stage in WITHDRAWABLE and "?" not in text and (name := name_put_right(text)):
        return Reading(means=M.CHANGE, field=Topic.NAME, value=name)
    if asked.stage is S.SUMMARY and says_all(text):  # no yes
        return Reading(means=M.CHANGE, field=Topic.DETAILS, value=text)
    return None


def _denied(text: str, asked: Asked) -> Reading | None:
    """Return the end of a request for which its writer denies having asked, or only asked."""
    said = without_citations(text)
    if asked.stage in ENDABLE and (denies_request(text) or _only_asked(said, asked)):
        return Reading(means=M.REFUSE if asked.stage is S.OFFER else M.STOP)
    return None


def _roundabout(said: str, asked: Asked, language: Language) -> Reading | None:
    """Return the end, the delay, the bargain or the question that is said in roundabout words."""
    if asked.stage not in ENDABLE:
        return None
    if roundabout.wants_first(said) and _another_right(said, asked, language):
        return of_right(M.ALSO_RIGHT, said, asked, language)
    if roundabout.drops_it(said) or roundabout.wants_no_longer(said, asked.right):
        return Reading(means=M.STOP)
    if roundabout.puts_off(said):
        return Reading(means=M.POSTPONE)
    if asked.stage is S.DETAILS and unmeant.mocks(said):
        return Reading(means=M.UNCLEAR)
    return _no_answer(said, asked, language) if asked.stage in CLOSED else None


def _another_right(said: str, asked: Asked, language: Language) -> bool:
    return right_in(said, asked.right, language) not in (None, asked.right)


def _no_answer(said: str, asked: Asked, language: Language) -> Reading | None:
    """Return what is said to a closed question in the place of a yes or a no."""
    if asked.right is Right.MARKETING_OBJECTION and anger.has_it_stopped(spoken(said)):
        return Reading(means=M.AGREE if asked.stage is S.OFFER else M.UNCLEAR)
    if anger.threatens(spoken(said)) and not safeguards.says_yes(said, language):
        return Reading(means=M.UNCLEAR)
    if asked.stage is S.SUMMARY and takes_correction_back(said):
        return Reading(means=M.CHANGE)
    if turns_round(said, Right.MARKETING_OBJECTION):
        of_it = asked.right is Right.MARKETING_OBJECTION
        return Reading(means=M.REFUSE if of_it else M.QUESTION)
    if roundabout.bargains(said):
        return Reading(means=M.UNCLEAR)
    if roundabout.seeks_confirmation(said):
        return Reading(means=M.QUESTION)
    return drops_for_another(said, asked, language)


def _agrees_backhandedly(said: str, asked: Asked, language: Language) -> bool:
    """Tell whether a reply to a closed question agrees in the words of a no."""
    agrees = asked.stage in CLOSED and safeguards.agrees_backhandedly(said, language, asked.right)
    rest = backhanded.without(spoken(said))
    return agrees and not names_another_right(rest, asked, language)


def _finds_it_right(said: str, asked: Asked, language: Language) -> bool:
    """Tell whether a reply finds no fault with what is shown, or wishes what is offered again."""
    if asked.stage is S.SUMMARY:
        return safeguards.finds_no_fault(said, language)
    return asked.stage is S.OFFER and safeguards.wishes_it(said, language, asked.right)
