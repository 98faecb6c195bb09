"""What a reply must not be taken for, however sure the model is: the costs of error are unequal.

Nothing is agreed to by a sentence that holds a no, a condition, a question or another wish.
"""

from __future__ import annotations

import re

from bot.core.catalog import Language
from bot.core.understanding import harmless
from bot.core.understanding.cue_words import HOMOGRAPHS
from bot.core.understanding.cues import cues, spoken_words

_NO = re.compile(
    r"\b(?:ei|eii|en|e|emme|eivät|älä|älkää|elä|elkää|eikä|enkä|eiku|eikun|emmie|emmä"
    r"|no|nope|nah|naw|not|nothin|never|\w+n t|dont|cannot|cant|wont|doesnt|didnt|nobody"
    r"|nae|dinnae|without|none|neither|nor|refuse\w*"
    r"|nej|nä|nää|nääh|näe|nje|njae|ne|inte|int|it|ej|icke|aldrig|ingen|inget|inga"
    r"|peru|perun|peruuta\w*|lopet\w*|end (?:this|it|here)|(?:done|finished) with (?:this|it"
    r"|you)|keskey\w*|cancel\w*|stop|stopp|abort|avbryt\w*|sluta)\b"
)
_CONDITION = re.compile(
    r"\b(?:mutta|mut|paitsi|kunhan|kuha|kuhan|jos|mikäli|ellei|ettei|lukuun ottamatta|ehdolla"
    r"|edellyttäen|varauksella"
    r"|tosin|muuten vaan|but|except\w*|barring|unless|if|as long as|so long as|provided"
    r"|providing|however|apart from|other than"
    r"|exception|on condition|excluding|until"
    r"|men|dock|fast|fastän|utom|förutom|om|så länge|förutsatt|förutsättning|undantag|bortsett"
    r"|tills)\b"
)
_QUESTION_WORD = re.compile(
    r"^(?:can|could|do|does|will|would|is|are|must|should|voiko|voinko|voiks|onko|onks|saako"
    r"|saanko"
    r"|pitääkö|tuleeko|måste|kan|får|är)\b"
    r"(?! (?:it|so|please|not|ok|t|thank|thanks|that|this|nice|lovely|great|proceed|go|do)\b)"
    r"|^(?!eikö)\w{3,}(?:ko|kö|kohan|köhän|kos|kös)\b(?! kiitos)|^(?!gör|kör|kan)\w+r (?:ni|du)\b"
    r"|\b(?:i wonder|wondering|undrar|funderar|mietin|ihmettelen|kyselen)\b"
    r"|(?:^|(?<=, ))(?:why|what|how|who|when|where|which"
    r"|miksi|miks|miksei|miksen|mikä|mikäs|mitä|mitäs|miten|kuka|milloin|varför|vad|vem|hur"
    r"|när)\b(?! (?:lovely|great|nice)\b)"
)
# A mark between two parts of a sentence; a full stop inside a word or an address is none.
_PART = re.compile(r"(\?)|[,;:!…()\n]|\.(?=\s|$)|\s[-–—]+(?=\s)")
_DOUBT = re.compile(
    r"\b(?:maybe|perhaps|not sure|ehkä|en tiedä|kanske|vet inte|vet int"
    r"|knappast|hardly|tuskin|joskaan|förbehåll|without prejudice)\b"
)
# Not now, or something else first: no yes yet.
_NOT_YET = re.compile(
    r"\b(?:later|tomorrow|wait|hold on|hang on|before i|before you|first|afterwards|in a bit"
    r"|myöhemmin|huomenna|odota\w*|oottake\w*|hetki|hetkinen|ensin|ennen kuin|jälkeen|jälkest"
    r"|jatkan"
    r"|jatketaan|palaan|senare|imorgon|i morgon|imorron|vänta|innan|först|efteråt|annan gång"
    r"|i pausen|spara)\b"
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
    r"\b(?:and|och|å|ja|plus|also|dessutom|lisäksi|samalla) (?:then |sen |sitten "
    r"|sit )?(?:i (?:also )?(?:want|need|"
    r"d like|would like)|jag (?:vill|behöver|önskar|ber)|ja vill|haluan|haluun|haluisin"
    r"|haluaisin|pyydän|tahdon)\b"
)
SAYS_YES = frozenset({"yes", "send", "right_words"})
# What a yes may come with, and still be nothing but a yes.
_ANOTHER_WISH = frozenset({"human", "speech", "withdraw", "breach"})


def says_no(text: str, language: Language) -> bool:
    """Tell whether a sentence holds a no that takes something back."""
    return _NO.search(_spoken(harmless.without(_said(text), harmless.NO), language)) is not None


def sets_condition(text: str, language: Language) -> bool:
    """Tell whether a sentence holds a condition, a limit or an exception."""
    said = _spoken(harmless.without(_said(text), harmless.CONDITION), language)
    return _CONDITION.search(said) is not None


def asks(text: str) -> bool:
    """Tell whether a text asks something, by its mark or a first word."""
    said = harmless.without(_said(text), harmless.QUESTION)
    return "?" in said or _QUESTION_WORD.search(said) is not None


def may_agree(text: str, language: Language) -> bool:
    """Tell whether a text can be taken for a yes: nothing in it takes one back."""
    said = _said(text)
    wishes = cues(harmless.ADDRESSED.sub(" ", said), language) & _ANOTHER_WISH
    if wishes or any(
        pattern.search(said) for pattern in (_DOUBT, _NOT_YET, _LEAVES, _KEEPS, _AND_WISHES)
    ):
        return False
    return not (says_no(text, language) or sets_condition(text, language) or asks(text))


def refuses_objection(text: str) -> bool:
    """Tell whether a text says that somebody has no objection: where one is on offer, a no."""
    return harmless.OBJECTS_TO_NOTHING.search(_said(text)) is not None


def says_yes(text: str, language: Language) -> bool:
    """Tell whether a text holds a word of agreeing, sending or correctness."""
    return bool(cues(text, language) & SAYS_YES)


def _said(text: str) -> str:
    """Return the words of a text; where a part of a sentence ends stands a comma, or its mark."""
    words: list[str] = []
    start = 0
    for mark in _PART.finditer(text):
        words += [*spoken_words(text[start : mark.start()]), mark[1] or ","]
        start = mark.end()
    return " ".join([*words, *spoken_words(text[start:])]).strip(" ,")


def _spoken(said: str, language: Language) -> str:
    """Return what is said without words that only another language has as a no or an if."""
    return " ".join(word for word in said.split() if word not in HOMOGRAPHS[language])
