"""Takes keywords, short forms and what needs no answer of the notice, with nothing open."""

from __future__ import annotations

from bot.core.buttons import ChooseIntent
from bot.core.catalog import Right, in_library
from bot.core.conversation import my_tickets, pass_to_staff, request_flow
from bot.core.conversation.dialogue import Dialogue, Idle
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.world import World
from bot.core.effects import Choice
from bot.core.tickets.representation import Relation
from bot.core.understanding.recognisers import for_somebody, no_matter, wishes
from bot.core.understanding.recognisers.relation_words import OWN
from bot.core.understanding.replies import safeguards
from bot.core.understanding.topics.intended import ABOUT_RIGHTS
from bot.core.understanding.topics.match import STATED, Match, Outcome
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.names import is_full_name
from bot.core.understanding.words.plain_answers import yes_or_no
from bot.core.understanding.words.text import normal_form
from bot.core.understanding.words.values import RIGHTS, is_address_alone, phone_in

_HEARD = frozenset({Outcome.CANCEL, Outcome.SMALLTALK})  # "ok" may be thanks
_ON_BEHALF = "topic.on-behalf"
_NOTHING = "nothing_open"
# Words that answer something, where nothing was asked.
_SAYS_NOTHING = frozenset(
    "more mer mera lisää enemmän nej nä no nope ei test testi testing next nästa seuraava".split()
) | {"whatever", "never mind", "ihan sama", "aivan sama", "sama se", "strunt samma"}
_FEW_WORDS = 6


def in_few_words(dialogue: Dialogue, text: str, match: Match, world: World) -> Reply | None:
    """Reply to keywords and short forms, which say everything to who knows them."""
    if not isinstance(dialogue.state, Idle):
        return None
    if key := _of_no_matter(text, match):
        return (my_tickets.with_staff(world) if key == _NOTHING else NOTHING) + say(key)
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
    return say("nothing_open") if _answers_nothing(dialogue, text, match, world) else None


def _answers_nothing(dialogue: Dialogue, text: str, match: Match, world: World) -> bool:
    """Tell whether a text is an answer, a mere address or a number, where nothing was asked."""
    nothing = normal_form(text) in _SAYS_NOTHING or _says_who(text, match)
    if nothing and not world.tickets:
        return True
    if match.outcome in _HEARD:
        return False
    only_yes = not world.tickets and safeguards.says_only_yes(text, dialogue.language)
    return only_yes or yes_or_no(text) is not None


def _says_who(text: str, match: Match) -> bool:
    """Tell whether a text is a name, an address or a number alone: that asks for nothing."""
    name = is_full_name(text) and match.confidence < STATED
    return name or is_address_alone(text) or phone_in(text) == text


def _of_no_matter(text: str, match: Match) -> str:
    """Return the key of what is said to a message that names no matter, if it does not."""
    if no_matter.names_the_field(text) and match.outcome is not Outcome.ANSWER:
        return "smalltalk.help"
    if no_matter.introduces_only(text):
        return "smalltalk.hello"
    unheard = for_somebody.relation_in(text) is None and (
        no_matter.came_to_nothing(text) or no_matter.only_asked(text)
    )
    return _NOTHING if unheard else ""


def taken_up(dialogue: Dialogue, text: str, world: World) -> Right | None:
    """Return the right that the answer just before was about, where "yes, do that" takes it up."""
    if dialogue.topic is None or dialogue.topic.ago or world.tickets:
        return None
    if not safeguards.says_only_yes(text, dialogue.language):
        return None
    return ABOUT_RIGHTS.get(in_library(dialogue.topic.intent))


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
