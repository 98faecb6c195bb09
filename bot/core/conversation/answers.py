"""From an understood message to what is said: a short frame and quotations, nothing else."""

from __future__ import annotations

from bot.core.catalog import Catalog, Intent, Kind, Language, Notice, Right
from bot.core.effects import Choice, Part, Quote, Text
from bot.core.understanding.matching import Match, Outcome

MOST_QUOTED = 3
MOST_CHARACTERS = 900

YES = Choice(token="yes", key="choice.yes")
NO = Choice(token="no", key="choice.no")

Answer = tuple[tuple[Part, ...], tuple[Choice, ...]]


def quoted(intent: Intent, notice: Notice) -> tuple[str, ...]:
    """Return the passages that an answer quotes: at most three, and about 900 characters."""
    chosen: list[str] = []
    characters = 0
    for passage in intent.passages[:MOST_QUOTED]:
        characters += len(notice.passages[passage].text)
        if chosen and characters > MOST_CHARACTERS:
            break
        chosen.append(passage)
    return tuple(chosen)


def respond(match: Match, catalog: Catalog, notice: Notice) -> Answer:
    """Return the parts and buttons that answer a message by themselves, without a dialogue."""
    if match.outcome is Outcome.CLARIFY:
        return clarify(match.options)
    intent = catalog.intents[match.intent]
    match intent.kind:
        case Kind.QUESTION:
            return answer(intent, notice, match.language)
        case Kind.REQUEST:
            return offer(intent, notice)
        case Kind.NOT_IN_NOTICE:
            return not_in_notice(intent, notice, match.language)
        case Kind.SMALLTALK:
            return (Text(key=intent.id),), ()
        case kind:
            return (Text(key=f"{kind}.reply"),), ()


def answer(intent: Intent, notice: Notice, language: Language) -> Answer:
    """Answer a question: an introduction, the passages, and the way to more of the notice."""
    passages = quoted(intent, notice)
    parts: list[Part] = [Text(key="answer.intro"), *(Quote(passage=p) for p in passages)]
    return tuple(parts), (*_sections(passages, notice), *_original(intent.id, language))


def offer(intent: Intent, notice: Notice) -> Answer:
    """Offer to open a ticket for a right; nothing happens without a yes."""
    right = _right(intent)
    quotes = tuple(Quote(passage=p) for p in quoted(intent, notice))
    return (Text(key=f"offer.{right}"), *quotes, Text(key="offer.question")), (YES, NO)


def not_in_notice(intent: Intent, notice: Notice, language: Language) -> Answer:
    """Say honestly that the notice does not answer, and quote what comes nearest."""
    if intent.text:
        return (Text(key="not_in_notice.reply"), Text(key=intent.text)), ()
    quotes = tuple(Quote(passage=p) for p in quoted(intent, notice))
    parts: list[Part] = [Text(key="not_in_notice.reply")]
    if quotes:
        parts += [Text(key="not_in_notice.nearest"), *quotes]
    parts.append(Text(key="not_in_notice.contact"))
    return tuple(parts), (
        *_sections(quoted(intent, notice), notice),
        *_original(intent.id, language),
    )


def clarify(options: tuple[str, ...]) -> Answer:
    """Ask which of at most three was meant."""
    buttons = tuple(Choice(token=f"intent:{option}", intent=option) for option in options)
    return (Text(key="clarify.question"),), (*buttons, Choice(token="none", key="choice.none"))


def section(section_id: str, notice: Notice, language: Language) -> Answer:
    """Show a whole section of the notice."""
    quotes = (Quote(passage=p) for p in notice.within(section_id))
    return (Text(key="section.intro"), *quotes), _original(section_id, language)


def original(passages: tuple[str, ...]) -> Answer:
    """Show passages in the notice's own language."""
    quotes = (Quote(passage=p, original=True) for p in passages)
    return (Text(key="original.intro"), *quotes), ()


def _right(intent: Intent) -> Right:
    if intent.right is None:
        raise ValueError(f"{intent.id} asks for no right")
    return intent.right


def _sections(passages: tuple[str, ...], notice: Notice) -> tuple[Choice, ...]:
    """Offer the sections of which more is there to read than was quoted."""
    seen = dict.fromkeys(notice.passages[p].section for p in passages)
    longer = [s for s in seen if not set(notice.within(s)) <= set(passages)]
    if len(longer) == 1:
        return (Choice(token=longer[0], key="choice.section"),)
    return tuple(Choice(token=s, key="choice.section_named", section=s) for s in longer)


def _original(source: str, language: Language) -> tuple[Choice, ...]:
    """Offer the Finnish of what an intent quotes or a section holds."""
    if language is Language.FI:
        return ()
    return (Choice(token=f"fi:{source}", key="choice.original"),)
