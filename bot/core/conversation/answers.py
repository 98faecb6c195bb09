"""From an understood message to what is said: a short frame and quotations, nothing else."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import (
    LONGEST_ID,
    ChooseIntent,
    No,
    NoneOfThese,
    ShowOriginal,
    ShowSection,
    Yes,
)
from bot.core.catalog import Catalog, Intent, Kind, Language, Notice, Right, in_library
from bot.core.conversation.reply import Reply, say
from bot.core.effects import Choice, Part, Quote, Text
from bot.core.understanding.topics.match import STATED, Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from bot.core.understanding.topics.passage_ranks import MOST_QUOTED

MOST_CHARACTERS = 900
AND = ","  # between passages that one button names; ids have none

ALSO = Text(key="answer.also")
OTHER = say("answer.other")
_NOTICE_VERSION = "topic.notice-version"
_ALSO_KEY = "choice.also"
MAKE = Choice(button=Yes(), key="choice.make")
DECLINE = Choice(button=No(), key="choice.decline")
STOP = Choice(button=No(), key="choice.stop")


def quoted(intent: Intent, notice: Notice, best: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the passages that an answer quotes: at most three, and about 900 characters.

    `best` are those that were chosen for the message, if any were.
    """
    chosen: list[str] = []
    characters = 0
    for passage in (best or intent.passages)[:MOST_QUOTED]:
        characters += len(notice.passages[passage].text)
        if chosen and characters > MOST_CHARACTERS:
            break
        chosen.append(passage)
    return tuple(chosen)


def respond(match: Match, catalog: Catalog, notice: Notice) -> Reply:
    """Return what answers a message by itself, without a dialogue.

    Where that is not sure, what else may have been meant can be chosen beside it.
    """
    if match.outcome is Outcome.CLARIFY:
        return clarify(match.options)
    if match.intent == OTHER_LANGUAGE:
        return say("other_language.reply")
    intent = catalog.find(match.intent)
    if intent is None:
        raise ValueError(f"{match.intent} is not in the catalogue")
    reply = _answered(intent, match, catalog, notice)
    if match.besides:
        reply = _several(reply, match, catalog, notice)
    if not match.also:
        return reply
    beside = tuple(map(_also, match.also))
    asks = reply.choices[:1] == (MAKE,)  # the answer to what is asked comes first
    choices = (*reply.choices, *beside) if asks else (*beside, *reply.choices)
    return replace(reply, parts=(*reply.parts, ALSO), choices=choices)


def besides(match: Match, catalog: Catalog, notice: Notice) -> Reply:
    """Return what answers the questions that a message asks besides what it wants first."""
    found = Reply()
    for one in match.besides:
        found += (OTHER if found.parts or _asks(match) else Reply()) + respond(
            replace(one, also=()), catalog, notice
        )
    return found


def _asks(match: Match) -> bool:
    return match.outcome is not Outcome.REQUEST


def _several(reply: Reply, match: Match, catalog: Catalog, notice: Notice) -> Reply:
    """Answer several questions, one after the other; a right is offered after them."""
    others = besides(match, catalog, notice)
    if not _asks(match):
        return replace(others, choices=()) + reply
    both = reply + others
    passages = tuple(dict.fromkeys(part.passage for part in both.parts if isinstance(part, Quote)))
    kept: list[Choice] = []
    for one in both.choices:
        if one not in kept and not isinstance(one.button, ShowSection | ShowOriginal):
            kept.append(one)
    more = _sections(passages, notice)
    official = _original(_source(passages), passages, notice, match.language)
    return replace(both, choices=(*kept, *more, *official))


def without_also(reply: Reply) -> Reply:
    """Return a reply that does not ask what else was meant: one question at a time."""
    return replace(
        reply,
        parts=tuple(part for part in reply.parts if part != ALSO),
        choices=tuple(choice for choice in reply.choices if choice.key != _ALSO_KEY),
    )


def _answered(intent: Intent, match: Match, catalog: Catalog, notice: Notice) -> Reply:
    match intent.kind:
        case Kind.QUESTION:
            stated = match.confidence >= STATED
            best = match.passages
            return answer(intent, catalog, notice, match.language, best, stated=stated)
        case Kind.REQUEST:
            return offer(intent, notice)
        case Kind.NOT_IN_NOTICE:
            return not_in_notice(intent, notice, match.language, match.passages)
        case Kind.SMALLTALK:
            return say(intent.id)
        case kind:
            return say(f"{kind}.reply")


def answer(
    intent: Intent,
    catalog: Catalog,
    notice: Notice,
    language: Language,
    best: tuple[str, ...] = (),
    *,
    stated: bool = True,
) -> Reply:
    """Answer a question: an introduction, the passages, and the way to more of the notice.

    What is not `stated` is offered as what may be the answer. Where it is about a right, the right
    can be asked for (Art. 12(2): its exercise is made easy).
    """
    passages = quoted(intent, notice, best)
    begun = say("answer.intro" if stated else "answer.perhaps")
    if version := _version(intent, notice):
        begun = version + begun
    answered = begun + _quotes(passages) + _law(intent) + Reply(topic=intent.id)
    return answered.offering(
        *map(to_request, catalog.requests_about(intent)),
        *_sections(passages, notice),
        *_original(_source(passages) if best else intent.id, passages, notice, language),
    )


def quoting(intent: Intent, notice: Notice) -> Reply:
    """Say what the notice says, before something else is said of the same."""
    return say("answer.intro") + _quotes(quoted(intent, notice))


def offer(intent: Intent, notice: Notice) -> Reply:
    """Offer to open a ticket for a right; nothing happens without a yes."""
    quotes = _quotes(quoted(intent, notice))
    offered = say(f"offer.{_right(intent)}") + quotes + say("offer.question")
    return (offered + Reply(topic=intent.id)).offering(MAKE, DECLINE)


def not_in_notice(
    intent: Intent, notice: Notice, language: Language, fitting: tuple[str, ...] = ()
) -> Reply:
    """Say honestly that the notice does not answer, and quote what comes nearest.

    Where a passage is `fitting`, that is not said: it may answer.
    """
    passages = quoted(intent, notice, fitting)
    if intent.text and not intent.passages:
        return say(intent.text)  # of itself the assistant can tell
    unsaid = Reply() if fitting else say("not_in_notice.reply")
    reply = (_version(intent, notice) or unsaid) + _law(intent) + Reply(topic=intent.id)
    if passages:
        nearest = "not_in_notice.perhaps" if fitting else "not_in_notice.nearest"
        reply += say(nearest) + _quotes(passages)
    source = _source(passages) if fitting else intent.id
    return (reply + say("not_in_notice.contact")).offering(
        *_sections(passages, notice), *_original(source, passages, notice, language)
    )


def _version(intent: Intent, notice: Notice) -> Reply | None:
    """Say which version is quoted, when asked; the text itself need not say so."""
    if in_library(intent.id) != _NOTICE_VERSION:
        return None
    return say("answer.version", version=notice.version, date=notice.date)


def _law(intent: Intent) -> Reply:
    """Say what the law itself answers, with the article: the notice need not repeat it."""
    return say(intent.text) if intent.text else Reply()


def clarify(options: tuple[str, ...]) -> Reply:
    """Ask which of at most three was meant."""
    buttons = (Choice(button=ChooseIntent(option), intent=option) for option in options)
    none = Choice(button=NoneOfThese(), key="choice.none")
    return say("clarify.question").offering(*buttons, none)


def _also(intent: str) -> Choice:
    return Choice(button=ChooseIntent(intent), key=_ALSO_KEY, intent=intent)


def section(section_id: str, notice: Notice, language: Language) -> Reply:
    """Show a whole section of the notice."""
    passages = notice.within(section_id)
    shown = say("section.intro") + _quotes(passages)
    return shown.offering(*_original(section_id, passages, notice, language))


def original(passages: tuple[str, ...]) -> Reply:
    """Show passages in the notice's own language."""
    quotes: tuple[Part, ...] = tuple(Quote(passage=p, original=True) for p in passages)
    return say("original.intro") + Reply(parts=quotes)


def _quotes(passages: tuple[str, ...]) -> Reply:
    return Reply(parts=tuple(Quote(passage=passage) for passage in passages))


def _right(intent: Intent) -> Right:
    if intent.right is None:
        raise ValueError(f"{intent.id} asks for no right")
    return intent.right


def to_request(intent: Intent) -> Choice:
    """Return the button that begins to ask for a right."""
    values = {"right": _right(intent)}
    return Choice(button=ChooseIntent(intent.id), key="choice.request", values=values)


def _sections(passages: tuple[str, ...], notice: Notice) -> tuple[Choice, ...]:
    """Offer the sections of which more is there to read than was quoted."""
    seen = dict.fromkeys(notice.passages[p].section for p in passages)
    longer = [s for s in seen if not set(notice.within(s)) <= set(passages)]
    if len(longer) == 1:
        return (Choice(button=ShowSection(longer[0]), key="choice.section"),)
    return tuple(
        Choice(button=ShowSection(s), key="choice.section_named", section=s) for s in longer
    )


def _source(passages: tuple[str, ...]) -> str:
    """Return an id for some passages: as many of them as a button can name."""
    source = ""
    for passage in passages:
        longer = f"{source}{AND}{passage}".removeprefix(AND)
        if len(longer.encode()) > LONGEST_ID:
            break
        source = longer
    return source


def _original(
    source: str, passages: tuple[str, ...], notice: Notice, language: Language
) -> tuple[Choice, ...]:
    """Offer the official text of what an intent quotes or a section holds, if it was translated."""
    if not any(notice.translates(passage, language) for passage in passages):
        return ()
    return (Choice(button=ShowOriginal(source), key=f"choice.original.{notice.language}"),)
