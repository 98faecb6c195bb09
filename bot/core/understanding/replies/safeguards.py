"""Rules that overrule the model where taking a reply wrongly would be costly.

Nothing is agreed to by a sentence that holds a no, a condition, a question or another wish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Language, Right
from bot.core.understanding.replies import backhanded, harmless, unmeant
from bot.core.understanding.replies.wished import WISHED
from bot.core.understanding.words.cue_words import HOMOGRAPHS
from bot.core.understanding.words.cues import cues, words_beside
from bot.core.understanding.words.spoken import spoken
from bot.core.understanding.words.values import RIGHTS

LONGEST_REPLY = 600  # characters: what a longer reply means shows in its beginning, but for a yes
_NO = re.compile(
    r"\b(?:ei|eii|en|enhän|enpä (?:halua|taida|usko|aio|viitsi)|e|emme|eivät"
    r"|älä|älkää|elä|elkää|eikä|enkä|eiku|eikun|emm(?:ie|ä|ää|iä|yö"
    r"|oo)|enm(?:ä|ää)|no|nope|nah|naw|not|nothin|never|\w+n t|dont|cannot|cant|wont|doesnt|didnt"
    r"|nobody|nae|dinnae|without|none|nothing|neither|nor|refuse\w*|vägra\w*"
    r"|kieltäyd\w+ (?:\w+ )?(?:lähettä|anta|kerto|vastaa|teke|osallistu|jatka)\w+|nej|nä|nää|nääh"
    r"|näe|nje|njae|ne|inte|int|it|ej|icke|aldrig|ingen|inget|inga|ingenting|(?:unohd\w+|glöm\w*"
    r"|forget|drop|scrap|skip|bin) (?:vi |me |sitten |nyt |då |så )?(?:koko |hela )?(?:it|this"
    r"|that|about it|the whole \w+|everything|all of it|asia|juttu|se|tämä|alltsammans|alltihop"
    r"|allt|allting|det|det här|saken)|unohdetaan|glömmer vi|olkoon sitten|låt(?:er|a)? (?:bli"
    r"|vara)|leave (?:it|this) (?:unsent|out)|unsent"
    # "without doing": but for "without a doubt" and "without delay"
    r"|(?!epäile|kieltä|väittä|viipy|empi|epäröi|siekaile|vitkas)\w{3,}(?:mättä|matta)|peru|perun"
    r"|peruut\w*|pysäyt\w*|lopet\w*|end (?:this|it|here)|(?:done|finished) with (?:this|it|you)"
    r"|keskey\w*|cancel\w*|stop|stopp|abort|avbryt\w*|sluta|avstå\w*|avböj\w*|luovun|luovumme"
    r"|decline|hard pass|i ll pass|klarar? (?:mig|oss)|pärjään|pärjäämme|i m (?:good|alright|fine"
    r"|grand) (?:thanks|thank you|ta|as))\b"
)
_CONDITION = re.compile(
    r"(?<=, )vaikka\b(?! (?:heti|nyt|saman))|\b(?:mutta|mutten|muttei|mut|paitsi|kunhan|kuha"
    r"|kuhan|jos|mikäli|ellei|ettei|lukuun ottamatta|ehdolla|edellyttäen|varauksella|tosin"
    r"|muuten vaan|but|except\w*|barring|unless|if|as long as|so long as|provided|providing"
    r"|however|apart from|other than|exception|on condition|excluding|until|subject to|at most"
    r"|save (?:as|for)|edellytyksellä|enintään|korkeintaan|högst|men|dock|fast|fastän|utom"
    r"|förutom|om|så länge|förutsatt|förutsättning|undantag|bortsett|tills)\b"
)
_QUESTION_WORD = re.compile(
    r"(?:^|\b(?:and|ja|och|but|mutta|men) )(?:can|could|do|does|will|would|is|are|must|should"
    r"|voiko|voinko|voiks|onko|onks|saako|saanko|pitääkö|tuleeko|måste|kan|får|är)\b(?! (?:it|so"
    r"|please|not|ok|t|thank|thanks|that|this|nice|lovely|great|proceed|go|do|correct|right|fine"
    r"|good|accurate|perfect|grand|skickas|lämnas|sändas|gå iväg)\b)|^(?!eikö)\w{3,}(?:ko|kö"
    r"|kohan|köhän|kos|kös)\b(?! kiitos)|^(?!gör|kör|kan)\w+r (?:ni|du)\b|\b(?:i wonder|wondering"
    r"|undrar|funderar|mietin|ihmettelen|kyselen)\b|(?:^|(?<=, )|\b(?:and|ja|och|but|mutta|mut"
    r"|men) )(?:why|what|how|who|when|where|which|miksi|miks|miksei|miksen|mikä|mikäs|mitä|mitäs"
    r"|miten|kuka|milloin|varför|vad|vem|hur|när)\b(?! (?:lovely|great|nice)\b)|(?:^"
    r"|(?<=, ))is (?:that|this|it) (?:ok|okay|alright|all right|enough)\b"
    # "fine, and the picture, can that go"
    r"|(?<=, )(?:(?:can|could|does) (?:i|that|the|they|this|those|my|also)|(?:voi|saa|on)ko"
    r"|(?:kan|får) (?:jag|den|det|de|också|även))\b"
)
_DOUBT = re.compile(
    r"\b(?:maybe|perhaps|not sure|ehkä|en tiedä|kanske|vet inte|vet int"
    r"|knappast|hardly|tuskin|joskaan|förbehåll|without prejudice)\b"
)
# Not now, or something else first: no yes yet.
_NOT_YET = re.compile(
    r"\b(?:later|tomorrow|wait|hold on|hang on|before i|before you|first|afterwards|in a bit"
    r"|myöhemmin|huomenna|odot\w*|oottake\w*|hetki|hetkinen|ensin|ennen kuin|jälkeen|jälkest"
    r"|jatkan|illalla|iltana|aamulla|tonight|ikväll|i kväll|ensi viikolla|next week|nästa vecka"
    r"|jatketaan (?!vain\b|vaan\b|sitten\b|vaa\b)\w+|toiste|toisen kerran|palaan|senare|imorgon"
    r"|i morgon|imorron|vänta|innan|först|efteråt|annan gång|i pausen|spara|väntar (?:hellre|med"
    r"|på)|efter (?:semestern|helgen|jobbet|lunchen|jul)|after (?:the|my|work|lunch|christmas))\b"
)
# Who must go says nothing more.
_LEAVES = re.compile(
    r"\b(?:täytyy|pitää|pittää|pitäs|pakko|tarttee|must|have to|need to|got to|gotta|måste"
    r"|måst|behöver)"
    r" (?:\w+ )?(?:mennä|männä|lähteä|lähtä|juosta|go|run|leave|dash|gå|sticka|springa|fara|ga"
    r"|iväg)\b"
)
# A limit in one word.
_KEEPS = re.compile(
    r"\b(?:keep(?! you\b)|retain|spare|only the|just the|säily\w*|säilyttä\w*|saavat? jäädä"
    r"|saa jäädä"
    r"|jäävät|behåll\w*|vara kvar|blir kvar)\b"
)
# Something else beside the yes.
_AND_WISHES = re.compile(
    r"\b(?:and|plus|also) (?:then )?i (?:also )?(?:want|need|d like|would like)\b"
    r"|\b(?:plus|in addition|on top of that|while you (?:re|are) at it|lisäksi|samalla|dessutom"
    r"|på köpet|samtidigt)\b"
    r"|\b(?:och|å|samt|dessutom) (?:sen )?(?:jag|ja) (?:vill|behöver|önskar|ber)\b"
    r"|(?<=\w )ja jag (?:vill|behöver|önskar) (?:också|även|dessutom)\b"
    r"|\b(?:ja|sekä|lisäksi|samalla) (?:sitten |sit )?(?:haluan|haluun|haluisin|haluaisin|pyydän"
    r"|tahdon)\b(?! (?:toimitta|lähettä|tekemään|panemaan|aloitta))"
)
# Content with how things are: at an offer to change them, a no in friendly words.
_AS_IT_IS = re.compile(
    r"\b(?:bra|ok|okej|fint|fine|good|okay|happy|content|hyvä|hyvin|tyytyväinen|nöjd"
    r"|(?:suits?|passar|sopii|kelpaa)(?: (?:me|mig|mej|oss|us|mulle|minulle|meille))?)"
    r" (?:precis |just |niin |siinä |with (?:it|things) )?"
    r"(?:som (?:det|nu|allt)\b|as (?:it|they|things)\b|the way (?:it|they|things)\b"
    r"|kuin (?:se |ne )?(?:nyt )?on\b|nykyisell\w+|ennallaan"
    r"|näin(?: ollen)?(?= [,?]|$)|så (?:här|där)(?= [,?]|$)|så(?= [,?]|$)|like this)"
    r"|\bnäin (?:on )?(?:hyvä|hyvin)\b"
    r"|\b(?:leave|keep) (?:it|them|things|everything) (?:as|the way) (?:it|they|things)\b"
    r"|\b(?:saa|saavat|får|may|can) (?:\w+ ){0,4}?(?:tulla|jatkua|komma|fortsätta|come|continue)\b"
    r"|\bkeep (?:\w+ )?coming\b"
)
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
    if wishes or any(
        pattern.search(said) for pattern in (_DOUBT, _NOT_YET, _LEAVES, _KEEPS, _AND_WISHES)
    ):
        return False
    return not (_refuses(said, language) or _limits(said, language) or _asks(said))


def refuses_objection(text: str) -> bool:
    """Tell whether a text says that somebody has no objection: where one is on offer, a no."""
    return harmless.OBJECTS_TO_NOTHING.search(spoken(text)) is not None


def leaves_it_as_it_is(text: str) -> bool:
    """Tell whether a text is content with how things are: at an offer to change them, a no."""
    return _AS_IT_IS.search(spoken(text)) is not None


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
    return _NO.search(_spoken(harmless.without(said, harmless.NO), language)) is not None


def _limits(said: str, language: Language) -> bool:
    rest = _spoken(harmless.without(said, harmless.CONDITION), language)
    return _CONDITION.search(rest) is not None


def _asks(said: str) -> bool:
    rest = harmless.without(said, harmless.QUESTION)
    return "?" in rest or _QUESTION_WORD.search(rest) is not None


def _spoken(said: str, language: Language) -> str:
    """Return what is said without words that only another language has as a no or an if."""
    return " ".join(word for word in said.split() if word not in HOMOGRAPHS[language])
