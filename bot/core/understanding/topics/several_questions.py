"""Cuts a message into what it asks and what it says besides: "how long, and who sees it?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.core.understanding.words.text import normal_form, sentences

_MOST = 40  # sentences, and joints of one
_NEAR = 80  # characters after a joint: enough to see whether they say something
_FEWEST_WORDS = 2

_SUBJECT_EN = (
    r"(?:you|i|we|they|it|he|she|my|our|your|the|any\w*|there|this|that|these|those|some\w*)"
)
_WORD_EN = (
    r"(?:(?:to|for|from|with|by|on|in|at|under|about) (?:whom|what|which|how)\b"
    r"|(?:who|whom|whose|what|which|where|why|how)\b"
    rf"|when (?:do|does|did|will|is|are|can|was|were)\b"
    rf"|(?:do|does|did|is|are|was|were|can|could|may|will|would|should|has|have) {_SUBJECT_EN}\b)"
)
_WORD_FI = (
    r"(?:(?:kuka|ketk\w+|ken\w+|keit\w+|keille|ketä|kuinka|mi(?:kä|tä|tkä|stä|ssä|hin|nne|ksi|ten"
    r"|nkä|llä|lle|ltä|lloin|hinkä|nkälais\w+)|mitäs|kauanko|montako|paljonko)\b)"
)
_SUBJECT_SV = r"(?:ni|jag|vi|man|det|de|dom|den|någo[nt]|några|mina?|mitt|era?|ert|allt)"
_WORD_SV = (
    r"(?:(?:till|från|med|på|av|i|för|hos|under) (?:vem|vilk\w+|vad|hur)\b"
    r"|(?:vem|vems|vilk\w+|vad|var|vart|varifrån|varför|hur)\b"
    rf"|(?:när )?(?:är|kan|får|ska|har|\w+(?:ar|er|år|as)) {_SUBJECT_SV}\b)"
)
_WHETHER_FI = r"\w*[aeiouyäönts]k[oö](?:s|han|hän)?\b"
_QUESTION = rf"(?:{_WORD_EN}|{_WORD_FI}|{_WHETHER_FI}|{_WORD_SV})"
# "I would like to know", "kertokaa", "undrar jag": asked without the form of a question.
_INDIRECT = (
    r"(?:(?:please )?(?:tell me|let me know|explain)|(?:what )?i(?: would|['’]?d| do| only| just)*"
    r" (?:like|want|need|wish) to (?:know|ask|hear|understand)|i wonder"
    r"|(?:ja |samalla )?(?:kerro|kertokaa|selittäkää)|(?:halu\w+|tahdo\w*) (?:vain |vielä )?"
    r"(?:tietää|kysyä|kuulla|ymmärtää)|kysyisin|kiinnostaisi tietää"
    r"|berätta|förklara|jag undrar|undrar jag|(?:det )?jag (?:vill|skulle vilja)(?: bara| också)*"
    r" (?:veta|fråga|förstå)|skulle jag vilja veta)\b"
)
_LEAD = (
    r"(?:(?:and|also|so|then|if so|but|besides|additionally|still|hi|hello|ja|sekä|entä|entäs|mutta"
    r"|lisäksi|myös|samalla|sitten|jos niin|silti|hei|moi|och|samt|men|dessutom|också|samtidigt"
    r"|i så fall|sedan|ändå|hej)\b,? )*"
)
_ASKS = re.compile(rf"\W*{_LEAD}(?:{_QUESTION}|{_INDIRECT})", re.IGNORECASE)
_ASKS_SOMEWHERE = re.compile(rf"\b{_INDIRECT}", re.IGNORECASE)
# So begins a clause that is no question, too, unless a conjunction stands before it.
_CLAUSE = (
    r"(?!(?:which|who|whom|whose|where|when|mi(?!ten|ksi)\w+|vilk\w+|vem|var|när|det)\b"
    rf"|(?!kauanko|montako|paljonko){_WHETHER_FI})"
)
_NEXT = rf"(?={_LEAD}(?:{_QUESTION}|{_INDIRECT}))"
_JOINT = re.compile(
    rf"(?:,? (?:and|but|plus|ja|sekä|mutta|och|samt|men),? |: |(?P<mark>[,;] ){_CLAUSE}){_NEXT}",
    re.IGNORECASE,
)
# "To whom?", "and why": what is asked is said elsewhere.
_BARE = re.compile(rf"\W*{_LEAD}{_QUESTION}\W*", re.IGNORECASE)
# "And can I refuse it": what has just been named, not what a company may refuse.
_THEM_FI = r"(?:sen|sitä|ne|niitä|niistä|siitä|tämän|tätä)"
_THEM_SV = r"(?:det|dem|dom|den|detta|dessa)"
_LEANS = re.compile(
    r"(?:and |but |also |ja |mutta |och |men )*(?:"
    r"(?:can|could|may|how (?:can|do|could|would)) (?:i|we|you|one) (?:also |just )?"
    r"(?:refuse|decline|object|stop|prevent|forbid|block|avoid|reject|say no|opt out)"
    r"(?: (?:to|of))?(?: (?:it|them|that|this|those|these))?"
    r"|(?:voi|saa)(?:n|daan)?(?:ko|ks|kohan)(?: (?:minä|mä|mää|mie))? ?"
    rf"(?:{_THEM_FI} )?(?:kieltä[äy]\w*|estää|lopettaa|vastustaa|torjua)(?: {_THEM_FI})?"
    rf"|(?:miten|kuinka) (?:{_THEM_FI} )?(?:voi\w* )?(?:kieltä\w+|est\w+|lopet\w+)(?: {_THEM_FI})?"
    r"|(?:(?:kan|får|kunde) (?:jag|man|vi)|hur (?:kan|gör|ska) (?:jag|man)(?: för att)?)"
    r" (?:också |även |bara )?(?:vägra|neka|avstå|stoppa|förhindra|hindra|förbjuda|blockera"
    rf"|motsätta (?:mig|sig)|säga nej|tacka nej)(?: (?:till|från))?(?: {_THEM_SV})?"
    rf"|hur (?:stoppar|vägrar|hindrar|nekar) (?:jag|man) {_THEM_SV}"
    r")"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a message, and whether it asks something."""

    text: str
    asks: bool


def parts(text: str) -> list[Part]:
    """Return the parts of a message in order: sentences, cut where another question begins."""
    return [part for sentence in sentences(text)[:_MOST] for part in _parts(sentence)]


def _parts(sentence: str) -> Iterator[Part]:
    for part in _cut(sentence):
        asks = "?" in sentence or _ASKS.match(part) or _ASKS_SOMEWHERE.search(part)
        yield Part(text=part, asks=bool(asks) and _says_enough(part))


def _cut(sentence: str) -> Iterator[str]:
    """Yield a sentence cut at its joints, where what stands on either side says enough.

    A comma alone parts two questions, not a question from what leads up to it.
    """
    begun = 0
    for joint in islice(_JOINT.finditer(sentence), _MOST):
        before, after = sentence[begun : joint.start()], sentence[joint.end() :][:_NEAR]
        parts_questions = not joint["mark"] or _ASKS.match(before)
        if parts_questions and _says_enough(before) and _says_enough(after):
            yield before
            begun = joint.end()
    yield sentence[begun:]


def _says_enough(part: str) -> bool:
    said = normal_form(part)
    leans = _BARE.fullmatch(part) or _LEANS.fullmatch(said)
    return len(said.split()) >= _FEWEST_WORDS and not leans
