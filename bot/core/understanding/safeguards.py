"""What a reply must not be taken for, however sure the model is: the costs of error are unequal.

Nothing is agreed to by a sentence that holds a no, a condition, a question or another wish.
"""

from __future__ import annotations

import re

from bot.core.catalog import Language
from bot.core.understanding.cue_words import HOMOGRAPHS
from bot.core.understanding.cues import cues, spoken_words

_NO = re.compile(
    r"\b(?:ei|eii|en|e|emme|eivät|älä|älkää|elä|elkää|eikä|enkä|eiku|eikun|emmie|emmä"
    r"|no|nope|nah|naw|not|never|don t|dont|cannot|can t|cant|won t|wont|doesn t|didn t|isn t"
    r"|wouldn t|nae|dinnae|without|none|neither|nor|refuse\w*"
    r"|nej|nä|nää|nääh|näe|nje|njae|ne|inte|int|it|ej|icke|aldrig|ingen|inget|inga"
    r"|peru|perun|peruuta\w*|lopeta\w*|keskey\w*|cancel\w*|stop|stopp|abort|avbryt\w*|sluta)\b"
)
# A no that takes nothing back: of faults, of politeness, of doubt.
_HARMLESS_NO = re.compile(
    r"\b(?:no|not an?|without|ei|en|inga|inget|int|inte|ingenting|can t|cannot|don t) (?:\w+ ){0,2}"
    r"(?:mistakes?|errors?|changes?|complaints?|problems?|worries|objections?|issues?|fault|doubt"
    r"|argue|fault it|complain|more to add|virhe\w*|muutett\w*|muutost\w*|korjat\w*|huomaut\w*"
    r"|valitt\w*|vastaan|haittaa|epäil\w*|mitään|lisättäv\w*|hätää|fel|ändra|ändringar"
    r"|anmärk\w*|invänd\w*|emot|problem|tvek\w*|tvivel|klaga|fara)\b"
    r"|\b(?:why not|miksei|mikä ettei|mikäs siinä|varför inte|varför int|int mig emot|not at all"
    r"|no niin|no joo|no kyllä|no totta|no jo|no ja|no sen|no tehdään|no tehkää|no immeisen|no"
    r" siehä"
    r"|can t see why not|eikö niin|no brainer|no rush|ei muuta kuin|ei kun|ettei tarvi\w*"
    r"|en ehdi lukea|int nå fel|no idea|no notes|wouldn t mind|din t i|don t need to ask|couldn"
    r" t be|can t be better)\b"
    r"|^(?:no|e) (?=(?:\w+ )*(?:tehdään|tehkää|tehhää\w*|laita\w*|lähetä\w*|kyl\w*|joo|anna"
    r"|antaa|hyvä|sätt"
    r"|sopii|pankaa\w*|pannaan|oikein|niin)\b)"
)
_CONDITION = re.compile(
    r"\b(?:mutta|mut|paitsi|kunhan|kuha|kuhan|jos|mikäli|ellei|ettei|lukuun ottamatta|ehdolla"
    r"|edellyttäen|varauksella"
    r"|but|except|unless|if|as long as|so long as|provided|providing|however|apart from|other than"
    r"|exception|on condition|excluding|until"
    r"|men|fast|fastän|utom|förutom|om|så länge|förutsatt|förutsättning|undantag|bortsett|tills)\b"
)
# A condition that sets none: of politeness, of course.
_HARMLESS_CONDITION = re.compile(
    r"\b(?:if (?:you (?:would|could|please|can|don t mind|wouldn t mind|like|must|say so"
    r"|insist)|possible|i may|that s (?:ok|okay|all right|alright|what it takes)"
    r"|it s (?:no|not too much) \w+|so|need be|it helps)|if that s how \w+"
    r"|jos (?:ette|et) (?:pahastu|pane)|jos (?:voitte|voisitte|mahdollista|sopii|suinkin|saa"
    r"|saisi|kerran|niin)"
    r"|om (?:det går|ni vill|ni kan|möjligt|jag får be|det inte är (?:\w+ ){0,4}besvär|det är"
    r" det|så är|ni orkar|ni säger)"
    r"|no ifs? (?:no |or )?buts?|no jos|(?:ja|jo|joo|aa|jå) men (?:kör|klart|visst|gör|varför"
    r" int\w*)|men (?:tack|gärna|visst|självklart|absolut|ja)|tänkt om|pratat om|frågat om"
    r"|skrev om|bett om|men så klart|nå men|nåmen|no men)\b"
)
_ASKS = re.compile(
    r"\?\s*(?:$|[^\W\d])|^(?:why|what|how|who|when|where|which|can|could|do|does|will|would|is"
    r"|are|must|should"
    r"|miksi|miks|mikä|mitä|miten|kuka|milloin|voiko|voinko|voiks|onko|onks|saako|saanko"
    r"|pitääkö|tuleeko"
    r"|varför|vad|vem|hur|när|måste|kan|får|är)\b(?! (?:do it|do so|please|not|ok|t|thank"
    r"|thanks|that|this|nice|lovely|great))"
)
_POLITE_QUESTION = re.compile(
    r"^(?:could|would|can|will) you (?:please )?(?:do|send|go|kindly|proceed|start)|^(?:would"
    r"|can|will) do\b|^do (?:it|so|please|that|proceed|go)\b"
)


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
_SAYS_YES = frozenset({"yes", "send", "right_words"})
# What a yes may come with, and still be nothing but a yes.
_ANOTHER_WISH = frozenset({"human", "speech", "withdraw", "breach"})


def says_no(text: str, language: Language) -> bool:
    """Tell whether a sentence holds a no that takes something back."""
    return _NO.search(_HARMLESS_NO.sub(" ", _said(text, language))) is not None


def sets_condition(text: str, language: Language) -> bool:
    """Tell whether a sentence holds a condition, a limit or an exception."""
    return _CONDITION.search(_HARMLESS_CONDITION.sub(" ", _said(text, language))) is not None


def asks(text: str) -> bool:
    """Tell whether a text asks something, by its mark or its first word."""
    if "?" in text:
        return True
    said = " ".join(spoken_words(text))
    return _ASKS.search(said) is not None and not _POLITE_QUESTION.search(said)


def may_agree(text: str, language: Language) -> bool:
    """Tell whether a text can be taken for a yes: nothing in it takes one back."""
    said = _said(text, language)
    if cues(text, language) & _ANOTHER_WISH or _DOUBT.search(said) or _NOT_YET.search(said):
        return False
    return not (says_no(text, language) or sets_condition(text, language) or asks(text))


def says_yes(text: str, language: Language) -> bool:
    """Tell whether a text holds a word of agreeing, sending or correctness."""
    return bool(cues(text, language) & _SAYS_YES)


def _said(text: str, language: Language) -> str:
    """Return the words of a text without those that only another language has as a no or an if."""
    return " ".join(word for word in spoken_words(text) if word not in HOMOGRAPHS[language])
