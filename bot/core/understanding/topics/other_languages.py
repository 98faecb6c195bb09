"""Tells an unsupported language from sloppy Finnish, Swedish or English."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.core.catalog import Language
from bot.core.understanding.words.text import normal_form

# What such a message wants: nobody here knows, so the catalogue has no phrases for it.
OTHER_LANGUAGE = "smalltalk.other_language"

_LONGEST = 600  # characters: the language of a letter shows in its beginning
_FEWEST_WORDS = 4  # of fewer, names and borrowed words look like any language
# An identifier that has read newspapers takes slang and dialects for other languages. So it is only
# asked about a message with words that stand in no phrase, and has to be this sure.
_KNOWN_WORDS = 0.85
_SURE = 0.9
_OURS = frozenset(Language)
# Addresses, numbers and codes are in no language.
_NO_WORD = re.compile(r"\S*[@/\d]\S*|\S+\.\w{2,}\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Two words with capitals that stand together within a sentence are mostly somebody's name.
_NAME = re.compile(r"(?<=\w )(?:[^\W\d_a-zåäö][\w'’-]+)(?: [^\W\d_a-zåäö][\w'’-]+)+")
# Of these courtesies an identifier knows nothing, and the phrases have words that look like them.
_COURTESIES = frozenset(
    normal_form(greeting)
    for greeting in """
        bonjour;bonsoir;salut;hola;buenos días;buenos dias;buenas tardes;buenas noches;buenas
        guten tag;guten morgen;guten abend;grüß gott;grüezi;servus;ciao;buongiorno;buonasera;salve
        olá;bom dia;boa tarde;boa noite;dzień dobry;dzien dobry;dobry wieczór;cześć;czesc
        dobrý den;dobry den;ahoj;dobrý deň;labas;laba diena;labas rytas;labdien;sveiki;zdravo
        dobar dan;dober dan;privet;zdravstvuyte;zdravstvujte;dobryj den;dobryi den;jó napot
        jó napot kívánok;szia;bună ziua;buna ziua;bună;goedendag;goedemorgen;goedemiddag
        goedenavond;merhaba;selam;günaydın;iyi günler;salam alaikum;salam aleikum;assalamu alaikum
        as-salamu alaykum;salaam;namaste;xin chào;xin chao;konnichiwa;ni hao;annyeong haseyo
        mirëdita;tungjatjeta;tere;tere päevast;tere hommikust;tere õhtust;góðan dag
        góðan daginn
        danke;danke schön;danke schoen;vielen dank;merci;merci beaucoup;grazie;grazie mille;gracias
        muchas gracias;obrigado;obrigada;muito obrigado;muito obrigada;dziękuję;dziekuje;dzięki
        dzieki;děkuji;dekuji;díky;ďakujem;dakujem;aitäh;aitah;tänan;suur tänu;paldies;ačiū;aciu
        spasibo;spasiba;dyakuyu;diakuiu;hvala;köszönöm;koszonom;mulțumesc;multumesc;dank u;dank je
        bedankt;teşekkürler;tesekkurler;teşekkür ederim;sağol;shukran;shukriya;dhanyavad;cảm ơn
        cam on;arigato;arigatou;xie xie;faleminderit;takk;tusen takk;mange takk;takk fyrir
        efcharisto;efharisto;mahadsanid;auf wiedersehen;au revoir;adiós;adios;tschüss;do widzenia
        arrivederci;head aega
    """.replace("\n", ";").split(";")
    if greeting.strip()
)
_LATIN = re.compile(r"[A-Za-zªºÀ-ɏḀ-ỿ]")


class LanguageIdentifier(Protocol):
    """What knows many languages by their letters."""

    def rank(self, text: str) -> Sequence[tuple[str, float]]:
        """Return ISO 639 codes of languages and how likely each is (0 to 1)."""


def in_another(
    text: str, knows: Callable[[str], bool], identifier: LanguageIdentifier | None
) -> bool:
    """Tell whether a text is in none of the languages of the product.

    `knows` tells of a word, in normal form, whether it stands in the phrases.
    """
    if normal_form(text) in _COURTESIES:
        return True
    words = _WORD.findall(_NO_WORD.sub(" ", text[:_LONGEST]))
    letters = "".join(words)
    if len(_LATIN.findall(letters)) * 2 < len(letters):
        return True
    if len(words) < _FEWEST_WORDS or identifier is None:
        return False
    written = " ".join(words)
    if _is_known(written, knows) or _is_known(_NAME.sub(" ", written), knows):
        return False
    ranked = identifier.rank(written)
    return sum(share for code, share in ranked if code not in _OURS) >= _SURE


def _is_known(written: str, knows: Callable[[str], bool]) -> bool:
    said = normal_form(written).split()
    return sum(map(knows, said)) >= _KNOWN_WORDS * len(said)
