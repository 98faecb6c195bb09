"""Matches the wish in a message whose wording as a whole misleads the matcher."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.buttons import ChooseIntent
from bot.core.catalog import Language, Right, in_library
from bot.core.conversation import pass_to_staff, request_flow
from bot.core.conversation.dialogue import Dialogue, Idle
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.world import World
from bot.core.effects import Choice
from bot.core.knowledge import MessageMatcher
from bot.core.tickets.representation import Relation
from bot.core.understanding.recognisers import for_somebody, no_matter, wishes
from bot.core.understanding.recognisers.for_somebody import as_own, speaks_for_somebody
from bot.core.understanding.recognisers.relation_words import OWN
from bot.core.understanding.replies import safeguards
from bot.core.understanding.topics.match import Match, Outcome, outcome_of
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.plain_answers import yes_or_no
from bot.core.understanding.words.text import normal_form
from bot.core.understanding.words.values import RIGHTS

_HEARD = frozenset({Outcome.CANCEL, Outcome.SMALLTALK})  # "ok" may be thanks
_CONSENT, _ON_BEHALF = "topic.consent", "topic.on-behalf"
_BASIS = "topic.legal-basis"
_UNSURE = 0.4  # less than what is stated
_MARKETING = re.compile(r"marketing|markkinoin|mainon|marknadsföring|reklam|advert")
_MAY_ASK = frozenset({Outcome.ANSWER, Outcome.NOT_IN_NOTICE, Outcome.OUT_OF_SCOPE, Outcome.CLARIFY})
# Words that answer something, where nothing was asked.
_SAYS_NOTHING = frozenset(
    "more mer mera lisää enemmän nej nä no nope ei test testi testing next nästa seuraava".split()
)
_LONG = 600  # characters
_FEW_WORDS = 6
_ABOUT_RIGHTS = {f"topic.{right}": right for right in Right}


def matched(text: str, language: Language, matcher: MessageMatcher) -> Match:
    """Match a message; who writes and what is left out do not count against the wish."""
    match = _matched(text, language, matcher)
    if match.outcome is Outcome.NOT_IN_NOTICE and wishes.takes_down(text):
        return _asking(match, Right.ERASURE)
    rights = wanted_rights(match)
    if wishes.hides(text) and not {*rights} - {Right.ERASURE}:
        return _asking(match, Right.RESTRICTION)
    if match.outcome is not Outcome.REQUEST or Right.ERASURE in rights:
        return match
    return replace(match, rights=(*rights, Right.ERASURE)) if wishes.then_erases(text) else match


def wanted_rights(match: Match) -> tuple[Right, ...]:
    """Return the rights that a message asks for, also where it is about one alone."""
    return match.rights or ((match.right,) if match.right else ())


def _matched(text: str, language: Language, matcher: MessageMatcher) -> Match:
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
    return wish if wish.outcome is Outcome.REQUEST else match


def _for_somebody(text: str, match: Match, matcher: MessageMatcher) -> Match:
    """Match what is asked for somebody else as if it were asked for oneself."""
    own = matcher.match(as_own(text) or text, match.language)
    if own.outcome is Outcome.REQUEST:
        return own
    about = (_ABOUT_RIGHTS.get(in_library(one.intent)) for one in (own, match))
    if (right := next(filter(None, about), None)) is None:
        return match
    # "Please erase her data" reads like a question about it.
    return _asking(match, right)


def _asking(match: Match, right: Right) -> Match:
    asked = f"request.{right.replace('_', '-')}"
    return replace(match, outcome=Outcome.REQUEST, intent=asked, right=right, rights=(right,))


def in_few_words(dialogue: Dialogue, text: str, match: Match, world: World) -> Reply | None:
    """Reply to keywords and short forms, which say everything to who knows them."""
    if not isinstance(dialogue.state, Idle):
        return None
    if key := _of_no_matter(text, match):
        return say(key)
    if right := taken_up(dialogue, text, world):
        return request_flow.offer((right,), dialogue.unanswered or text, world)
    right = wishes.short_form(text)
    if wishes.opts_out(text) and not world.open_tickets:
        right = Right.MARKETING_OBJECTION
        language = wishes.language_of_opting_out(text)
        if language in world.rules.languages:
            return Reply(language=language) + request_flow.offer((right,), text, world)
    if right or wishes.names_no_right(text):
        told = wishes.language_of_short_form(text)
        language = told if told in world.rules.languages else None
        if right:
            return Reply(language=language) + request_flow.offer((right,), text, world)
        return Reply(language=language) + _choice_of_rights(text, world)
    if _tells_of_a_death(text, match):
        # Nothing was asked for yet, and the law says nothing of these data (recital 27).
        return say("law.deceased") + say("inquiry.offer") + pass_to_staff.offer(text)
    bare = normal_form(text) in _SAYS_NOTHING and not world.tickets
    if bare or (match.outcome not in _HEARD and yes_or_no(text) is not None):
        return say("nothing_open")
    return None


def _of_no_matter(text: str, match: Match) -> str:
    """Return the key of what is said to a message that names no matter, if it does not."""
    if no_matter.names_the_field(text) and match.outcome is not Outcome.ANSWER:
        return "smalltalk.help"
    if no_matter.introduces_only(text):
        return "smalltalk.hello"
    unheard = for_somebody.relation_in(text) is None and (
        no_matter.came_to_nothing(text) or no_matter.only_asked(text)
    )
    return "nothing_open" if unheard else ""


def taken_up(dialogue: Dialogue, text: str, world: World) -> Right | None:
    """Return the right that the answer just before was about, where "yes, do that" takes it up."""
    if dialogue.topic is None or dialogue.topic.ago or world.tickets:
        return None
    if not safeguards.says_only_yes(text, dialogue.language):
        return None
    return _ABOUT_RIGHTS.get(in_library(dialogue.topic.intent))


def of_consent(text: str, match: Match, world: World) -> Match:
    """Treat consent that is withdrawn without saying to what as a separate matter (Art. 7(3))."""
    intent = world.knowledge.catalog.find(_CONSENT)
    if intent is None or not wishes.takes_consent_back(text):
        return match
    return Match(language=match.language, outcome=outcome_of(intent), intent=intent.id)


def of_basis(text: str, match: Match) -> Match:
    """Return the basis of marketing as what may be meant: a notice's passages tell of several."""
    if in_library(match.intent) != _BASIS or not _MARKETING.search(text.casefold()):
        return match
    return replace(match, confidence=min(match.confidence, _UNSURE))


def _tells_of_a_death(text: str, match: Match) -> bool:
    """Tell whether a message says that somebody has died, and asks nothing else that is known."""
    if for_somebody.relation_in(text) is not Relation.ESTATE or OWN.search(text.casefold()):
        return False
    wished = bool(cues(text, match.language) & RIGHTS.keys())
    if match.outcome is Outcome.REQUEST:
        return not wished and len(text.split()) <= _FEW_WORDS
    unheard = match.outcome in (Outcome.OUT_OF_SCOPE, Outcome.CLARIFY)
    return unheard or in_library(match.intent) == _ON_BEHALF


def _choice_of_rights(text: str, world: World) -> Reply:
    """Ask which right is meant: the words that asked stay with the request."""
    intents = [world.knowledge.catalog.request(right) for right in Right]
    buttons = (Choice(button=ChooseIntent(one.id), intent=one.id) for one in intents)
    return (say("clarify.right") + Reply(unanswered=text)).offering(*buttons)
