"""Matches what a message is meant for, where its wording as a whole misleads the matcher.

The conversation and `seloste ask` both go by it, so that they say the same.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.catalog import Catalog, Language, Right, in_library
from bot.core.knowledge import MessageMatcher
from bot.core.understanding.recognisers import offers_wanted, wishes
from bot.core.understanding.recognisers.for_somebody import as_own, speaks_for_somebody
from bot.core.understanding.topics.match import Match, Outcome, outcome_of

ABOUT_RIGHTS = {f"topic.{right}": right for right in Right}
_CONSENT, _BASIS, _NO_MATTER_OF_OURS = "topic.consent", "topic.legal-basis", "out_of_scope.company"
_UNSURE = 0.4  # less than what is stated
_MARKETING = re.compile(r"marketing|markkinoin|mainon|marknadsföring|reklam|advert")
_MAY_ASK = frozenset({Outcome.ANSWER, Outcome.NOT_IN_NOTICE, Outcome.OUT_OF_SCOPE, Outcome.CLARIFY})
_LONG = 600  # characters


def intended(
    text: str, language: Language | None, matcher: MessageMatcher, catalog: Catalog
) -> Match:
    """Return what a message wants; who writes and what is left out do not count against that."""
    match = _of_wish(text, _essential(text, language, matcher), catalog)
    if offers_wanted.wants_offers(text):
        return _of(_NO_MATTER_OF_OURS, match, catalog)
    if wishes.takes_consent_back(text):
        # Without saying to what, it is a separate matter (Art. 7(3)).
        return _of(_CONSENT, match, catalog)
    if in_library(match.intent) == _BASIS and _MARKETING.search(text.casefold()):
        # A notice's passages tell of several: it is offered as what may be meant.
        return replace(match, confidence=min(match.confidence, _UNSURE))
    return match


def wanted_rights(match: Match) -> tuple[Right, ...]:
    """Return the rights that a message asks for, also where it is about one alone."""
    return match.rights or ((match.right,) if match.right else ())


def _of_wish(text: str, match: Match, catalog: Catalog) -> Match:
    if match.outcome is Outcome.NOT_IN_NOTICE and wishes.takes_down(text):
        return _asking(match, Right.ERASURE)
    rights = wanted_rights(match)
    if wishes.hides(text) and not {*rights} - {Right.ERASURE}:
        return _asking(match, Right.RESTRICTION)
    if match.outcome is not Outcome.REQUEST:
        return match
    if wishes.only_hides(text) and Right.RESTRICTION not in rights:
        kept_or_not = (Right.RESTRICTION, Right.ERASURE)
        options = tuple(catalog.request(right).id for right in kept_or_not)
        return Match(
            language=match.language,
            outcome=Outcome.CLARIFY,
            intent=options[0],
            options=options,
            confidence=_UNSURE,
        )
    if Right.ERASURE in rights or not wishes.then_erases(text):
        return match
    return replace(match, rights=(*rights, Right.ERASURE))


def _of(name: str, match: Match, catalog: Catalog) -> Match:
    """Return a match of an intent of the library, where there is one of this name."""
    intent = catalog.find(name)
    if intent is None:
        return match
    return Match(language=match.language, outcome=outcome_of(intent), intent=intent.id)


def _essential(text: str, language: Language | None, matcher: MessageMatcher) -> Match:
    match = matcher.match(text, language)
    if match.outcome is Outcome.OUT_OF_SCOPE and (asked := wishes.beside_yes(text)):
        match = matcher.match(asked, language)
    if match.outcome in _MAY_ASK and "?" not in text and speaks_for_somebody(text):
        return _for_somebody(text, match, matcher)
    if len(text) > _LONG:  # a letter is matched sentence by sentence anyway
        return match
    essence = wishes.essence(text)
    if not essence or essence == " ".join(text.split()):
        return match
    wish = matcher.match(essence, match.language)
    if wanted_rights(match) == (Right.RESTRICTION,) and Right.ERASURE not in wanted_rights(wish):
        return match  # what is left out is the wish: "keep it, but do not touch it"
    return wish if wish.outcome is Outcome.REQUEST else match


def _for_somebody(text: str, match: Match, matcher: MessageMatcher) -> Match:
    """Match what is asked for somebody else as if it were asked for oneself."""
    own = matcher.match(as_own(text) or text, match.language)
    if own.outcome is Outcome.REQUEST:
        return own
    about = (ABOUT_RIGHTS.get(in_library(one.intent)) for one in (own, match))
    if (right := next(filter(None, about), None)) is None:
        return match
    # "Please erase her data" reads like a question about it.
    return _asking(match, right)


def _asking(match: Match, right: Right) -> Match:
    asked = f"request.{right.replace('_', '-')}"
    return replace(match, outcome=Outcome.REQUEST, intent=asked, right=right, rights=(right,))
