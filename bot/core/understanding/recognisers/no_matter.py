"""Recognises a first message that has no matter yet: who writes, or that it is the wrong place."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 14  # words; who says more says what it is about
_NAME = r"[^\W\d_a-zåäö][\w'’-]+(?: [^\W\d_a-zåäö][\w'’-]+){0,3}"
_GREETS = (
    r"(?:(?i:hei|moi|moikka|terve|päivää|hyvää (?:päivää|iltaa|huomenta)|hello|hi|good"
    r" (?:morning|day|evening|afternoon)|hej|hejsan|god (?:dag|morgon|kväll|afton)|goddag)\W+)*"
)
_INTRODUCED = re.compile(
    rf"\W*{_GREETS}(?i:my name is|i am|i['’]m|this is|here is|nimeni on|olen|täällä on|täällä"
    rf"|tässä on|tässä|jag heter|mitt namn är|jag är|det här är|det är|här är|här skriver) {_NAME}"
    r"(?:,? (?i:from|från) \w+| \w+st[aä])?"
    r"(?:,?(?: (?i:and|ja|och))?(?: (?i:i am|i['’]m|olen|jag är|är))? \d{1,3}"
    r"(?i:[ -]?years?(?:[ -]old)?|[ -]?vuotias|[ -]?v| vuotta(?: vanha)?| år(?: gammal)?)?)?\W*"
)
_WRONG_PLACE = re.compile(
    r"\b(?:wrong (?:firm|company|number|place|chat|window|office|people|business|shop|bot)"
    r"|väärä(?:\w* (?:firma|yrity|paik|numero|ikkun|keskustelu|chat|toimisto)\w*)"
    r"|fel (?:firma|företag|ställe|nummer|fönster|chatt|bolag|kontor|plats))\b"
)
_BESIDE_IT = frozenset(
    """m oh oops ups hups oho oj ojdå ah sorry silly me my mistake bad i have the this is was it s
    that so no not then got guess think must be you are to in a anteeksi tuli tulin tulinko taisi
    taisin meni tämä tää se on oli olen nyt sitten minä mä kai ei vaan kirjoittaa förlåt det var är
    jag kom har till nu visst nog hamnade på den här hoppsan""".split()
)
_NOT_MINE = re.compile(
    r"\b(?:(?:this|it|that)(?: is|s)?(?: is not|isn t| not| s not|n t) about me"
    r"|(?:tämä|tää|se|asia) ei (?:koske|liity) (?:minua|minuun|muhun)"
    r"|det (?:här )?(?:gäller|handlar|angår) (?:inte|int) (?:om )?(?:mig|mej))\b"
)
_ONLY_ASKED = re.compile(
    r"(?:(?:no|nope|nej|nä|ei|en|hey|hei|hej|but|mut|mutta|men|sorry|anteeksi|förlåt|well|wait|oh"
    r"|i said|sanoin|siis|alltså) )*(?:"
    r"(?:it|this|that)(?: was| is| s) (?:only|just|merely) (?:a |my )?(?:question|asking|query)"
    r"|(?:only|just) (?:a question|asking|asked|curious|wondering)"
    r"|i (?:was |am |m )?(?:only|just) (?:ask(?:ed|ing)|wondering|wanted to (?:ask|know)|curious)"
    r"|(?:se|tämä|tää|toi|tuo) oli (?:vain|vaan|pelkkä|pelkästään) (?:mun |minun )?kysymys"
    r"|(?:minä |mä )?(?:vain |vaan )?(?:kysyin|kyselin|kysyn|kyselen|mietin)(?: vain| vaan)"
    r"|(?:vain|vaan|pelkkä) kysymys|kunhan (?:kysyin|kyselin|mietin)"
    r"|(?:det|det här) (?:var|är) (?:bara|endast|ju bara) en fråga|bara en fråga"
    r"|jag (?:ville bara (?:fråga|veta)|bara (?:frågade|undrade)|(?:undrade|frågade) bara)"
    r")(?: (?:really|though|only|oikeastaan|ihan|vain|vaan|egentligen|nu|bara|thanks|kiitos|tack))*"
)
_FIELD = frozenset(
    {
        *("gdpr", "the gdpr", "general data protection regulation", "privacy", "data protection"),
        *("data privacy", "tietosuoja", "tietosuoja asetus", "tietosuojalaki", "tietosuojaa"),
        *("dataskydd", "dataskyddet", "dataskyddsförordningen", "gdpr tack", "gdpr please"),
    }
)


def introduces_only(text: str) -> bool:
    """Tell whether a text says who writes, and nothing else."""
    return _INTRODUCED.fullmatch(" ".join(text.split())) is not None


def came_to_nothing(text: str) -> bool:
    """Tell whether a text says that its writer came to the wrong place, or has no matter."""
    said = normal_form(text)
    words = said.split()
    if len(words) > _LONGEST:
        return False
    if found := _WRONG_PLACE.search(said):
        return _BESIDE_IT.issuperset(f"{said[: found.start()]} {said[found.end() :]}".split())
    return _NOT_MINE.search(said) is not None


def only_asked(text: str) -> bool:
    """Tell whether a text says that its writer only asked a question, and wants nothing done."""
    return _ONLY_ASKED.fullmatch(normal_form(text)) is not None


def names_the_field(text: str) -> bool:
    """Tell whether a text is a word for data protection, and nothing else."""
    return normal_form(text) in _FIELD
