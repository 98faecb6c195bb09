"""Rules that overrule the model where taking a reply wrongly would be costly.

Nothing is agreed to by a sentence that holds a no, a condition, a question or another wish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Language, Right
from bot.core.understanding.replies import backhanded, harmless, taken_back, unmeant
from bot.core.understanding.replies.wished import WISHED
from bot.core.understanding.words.cue_words import HOMOGRAPHS
from bot.core.understanding.words.cues import cues, words_beside
from bot.core.understanding.words.spoken import spoken
from bot.core.understanding.words.values import RIGHTS

LONGEST_REPLY = 600  # characters: what a longer reply means shows in its beginning, but for a yes
_ANY_REQUEST = frozenset(
    """request requests pyyntö pyynnön pyyntöni begäran whole everything all juttu juttua asia asian
    kaikki alltsammans alltihop allting allt saken""".split()
)
_NOUNS_OF: Mapping[Right | None, frozenset[str]] = {
    None: _ANY_REQUEST,
    **{
        right: _ANY_REQUEST | frozenset(nouns.split())
        for right, nouns in {
            Right.ERASURE: "erasure deletion removal poisto poiston poistaminen poistamisen"
            " radering raderingen",
            Right.ACCESS: "copy kopio kopion kopian",
            Right.RECTIFICATION: "correction rectification oikaisu oikaisun rättelse rättelsen",
            Right.RESTRICTION: "restriction rajoitus rajoituksen rajoittaminen begränsning"
            " begränsningen",
            Right.PORTABILITY: "transfer siirto siirron siirtäminen överföring överföringen",
            Right.OBJECTION: "objection vastustus vastustaminen vastustamisen invändning"
            " invändningen",
            Right.MARKETING_OBJECTION: "objection ban kielto kiellon markkinointikielto"
            " markkinointikiellon förbud förbudet marknadsföringsförbudet reklamförbudet",
        }.items()
    },
}
# "Please stop the erasure of my data", "no unohdetaan koko juttu", "då glömmer vi alltsammans".
_ENDED = re.compile(
    r"(?:\w+ ){0,4}(?:stop|halt|cancel|abort|drop|forget|scrap|pysäyt\w+|keskeyt\w+|peru|peruuta"
    r"|peruuttakaa|perukaa|perutaan|lopet\w+|unohd\w+|stoppa|avbryt|glöm|glömmer|strunta i"
    r"|strunt i) (?:\w+ ){0,3}?(?P<what>\w+)(?: (?:of|av|thing|then|now|please|my|data|mina"
    r"|uppgifter|tietojeni|tiedot|kiitos|tack|då|nu|sitten|nyt)){0,4}"
)
_DO_NOT = re.compile(
    r"\b(?:don t|do not|never|not|ei|en|älä|älkää|inte|int|aldrig|if|jos|om|mutta|but|men)\b"
)
SAYS_YES = frozenset({"yes", "send", "right_words"})
# Words beside a yes that neither add to it nor take from it.
_MANNERS = SAYS_YES | {"thanks", "greeting"}
_WHOSE = frozenset({"about_me", "newly"})
_SMALL_WORDS = frozenset(
    """nyt ny sitten sit sitte siis ihan nii niin se sen ne tuo tuon tämä tämän asia asian on o oo
    mun mulle minun minulle puolesta puolestani pyyntö pyynnön sinne tänne hei kai no vaan vaa
    then so now just well oh ah aw it is s that this them the all of with to for me my you your d
    ll be request x xx xxx dear love mate pal sir madam please i m we there here
    då nu så det de he den dem dom ju väl nog bara nå no jag mig för min del är e du ni begäran
    snälla vännen den där mm mhm""".split()
)
_FINDS_FAULT = frozenset(
    {"wrong", "change", "rather", "no", "condition", "later", "stop", "question"}
)
# What a yes does not come with: another wish.
_ANOTHER_WISH = frozenset({"human", "speech", "withdraw", "breach"})


def says_no(text: str, language: Language) -> bool:
    """Tell whether a sentence holds a no that takes something back."""
    return _refuses(spoken(text), language)


def sets_condition(text: str, language: Language) -> bool:
    """Tell whether a sentence holds a condition, a limit or an exception."""
    return _limits(spoken(text), language)


def asks(text: str) -> bool:
    """Tell whether a text asks something, by its mark or a first word."""
    return _asks(spoken(text))


def may_agree(text: str, language: Language, right: Right | None = None) -> bool:
    """Tell whether a text can be taken for a yes to a right: nothing in it takes one back.

    A letter is no yes: too much of it might.
    """
    if len(text) > LONGEST_REPLY:
        return False
    said = harmless.THANKED.sub(" ", spoken(text))
    if unmeant.is_unmeant(said):
        return False
    said = backhanded.without(said)
    if says_yes(text, language):
        said = _without_wish(said, right)
    wishes = cues(harmless.ADDRESSED.sub(" ", said), language) & _ANOTHER_WISH
    if wishes or any(pattern.search(said) for pattern in taken_back.BESIDE_A_YES):
        return False
    return not (_refuses(said, language) or _limits(said, language) or _asks(said))


def may_repeat(text: str, language: Language, right: Right) -> bool:
    """Tell whether a text that asks once more for a right takes nothing of it back.

    "Forget me" asks for erasure, and is no "forget it".
    """
    return may_agree(text, language) or may_agree(_without_wish(spoken(text), right), language)


def refuses_objection(text: str) -> bool:
    """Tell whether a text says that somebody has no objection: where one is on offer, a no."""
    return harmless.OBJECTS_TO_NOTHING.search(spoken(text)) is not None


def leaves_it_as_it_is(text: str) -> bool:
    """Tell whether a text is content with how things are: at an offer to change them, a no."""
    return taken_back.AS_IT_IS.search(spoken(text)) is not None


def says_yes(text: str, language: Language) -> bool:
    """Tell whether a text holds a word of agreeing, sending or correctness."""
    return bool(cues(text, language) & SAYS_YES) or backhanded.agrees(spoken(text))


def agrees_backhandedly(text: str, language: Language, right: Right | None) -> bool:
    """Tell whether a text agrees in the words of a no, and nothing else in it takes that back."""
    said = spoken(text)
    takes_nothing = backhanded.without(said) != said and says_yes(text, language)
    return takes_nothing and may_agree(text, language, right)


def says_only_yes(text: str, language: Language) -> bool:
    """Tell whether all words of a text agree, but for thanks, manners and small words."""
    beside = words_beside(text, language, _MANNERS)
    return says_yes(text, language) and _SMALL_WORDS.issuperset(beside)


def told_beside_yes(text: str, language: Language) -> list[str]:
    """Return the words of a yes that tell something: neither manners nor the wish once more."""
    beside = words_beside(text, language, _MANNERS | RIGHTS.keys() | _WHOSE)
    return [word for word in beside if word not in _SMALL_WORDS]


def finds_no_fault(text: str, language: Language) -> bool:
    """Tell whether a text says that nothing is wrong with what it reads, and nothing else."""
    said = spoken(text)
    if harmless.FAULTLESS.search(said) is None:
        return False
    rest = harmless.without(said, harmless.NO)
    return not cues(rest, language) & _FINDS_FAULT and may_agree(text, language)


def wishes_it(text: str, language: Language, right: Right | None) -> bool:
    """Tell whether a text says once more what a right is about, and agrees or adds nothing."""
    rest = _beside_wish(text, right)
    if rest is None:
        return False
    only = says_only_yes(rest, language) or _adds_nothing(rest, language)
    return only and may_agree(rest, language)


def speaks_of_wish(text: str, right: Right | None) -> bool:
    """Tell whether a text says what a right is about: its "stop" ends what the right ends."""
    return _beside_wish(text, right) is not None


def ends_it(text: str, right: Right | None) -> bool:
    """Tell whether a text has a request ended, or that which was to be done by it."""
    said = spoken(text)
    if "," in said or "?" in said or _DO_NOT.search(said) or speaks_of_wish(text, right):
        return False
    ended = _ENDED.fullmatch(said)
    return ended is not None and ended["what"] in _NOUNS_OF.get(right, frozenset())


def _beside_wish(text: str, right: Right | None) -> str | None:
    said = spoken(text)
    rest = _without_wish(said, right)
    return None if rest == said else rest


def _adds_nothing(text: str, language: Language) -> bool:
    return _SMALL_WORDS.issuperset(words_beside(text, language, _MANNERS))


def _without_wish(said: str, right: Right | None) -> str:
    wish = WISHED.get(right) if right else None
    return wish.sub(" ", said) if wish else said


def _refuses(said: str, language: Language) -> bool:
    return taken_back.NO.search(_spoken(harmless.without(said, harmless.NO), language)) is not None


def _limits(said: str, language: Language) -> bool:
    rest = _spoken(harmless.without(said, harmless.CONDITION), language)
    return taken_back.CONDITION.search(rest) is not None


def _asks(said: str) -> bool:
    rest = harmless.without(said, harmless.QUESTION)
    return "?" in rest or taken_back.QUESTION_WORD.search(rest) is not None


def _spoken(said: str, language: Language) -> str:
    """Return what is said without words that only another language has as a no or an if."""
    return " ".join(word for word in said.split() if word not in HOMOGRAPHS[language])
