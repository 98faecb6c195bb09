"""What is in another language is known by its script, or by an identifier where words are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.core.understanding.topics.other_languages import in_another


@dataclass
class Identifier:
    """Finds one language likely, and the rest Finnish."""

    code: str
    share: float
    asked: list[str] = field(default_factory=list)

    def rank(self, text: str) -> Sequence[tuple[str, float]]:
        self.asked.append(text)
        return [(self.code, self.share), ("fi", 1 - self.share)]


def german(share: float = 1.0) -> Identifier:
    return Identifier("de", share)


def nothing(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    "text", ["Привет", "你好", "من فضلكم احذفوا بياناتي", "γεια σας", "ok, удалите мои данные"]
)
def test_another_script_is_another_language_however_short(text: str) -> None:
    assert in_another(text, nothing, None)


@pytest.mark.parametrize("text", ["", "🙂🙂", "12345678", "Лев on nimeni, poistakaa se"])
def test_what_is_mostly_latin_or_no_letters_is_in_no_other_script(text: str) -> None:
    assert not in_another(text, nothing, None)


@pytest.mark.parametrize(("share", "found"), [(0.91, True), (0.89, False)])
def test_the_identifier_has_to_be_sure(share: float, found: bool) -> None:
    assert in_another("Bitte löschen Sie das", nothing, german(share)) is found


def test_the_name_of_somebody_says_nothing_of_the_language() -> None:
    known = frozenset("ta bort ur ert register".split())
    assert not in_another("Ta bort Jane Roe ur ert register", known.__contains__, german())
    assert in_another("Ta bort Jane Roe ur ert register", nothing, german())


def test_several_languages_that_are_alike_count_together() -> None:
    class Unsure:
        def rank(self, _text: str) -> Sequence[tuple[str, float]]:
            return [("hr", 0.4), ("sr", 0.35), ("bs", 0.2), ("sv", 0.05)]

    assert in_another("Molim vas obrišite podatke", nothing, Unsure())


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_languages_of_the_product_are_no_others(code: str) -> None:
    assert not in_another("Moi kaikki te siellä", nothing, Identifier(code, 1.0))


@pytest.mark.parametrize(
    "text", ["Bitte löschen Sie", "Bitte b.huber@example.com 4711-A löschen www.example.com"]
)
def test_of_fewer_than_four_words_nobody_is_asked(text: str) -> None:
    identifier = german()
    assert not in_another(text, nothing, identifier)
    assert identifier.asked == []


def test_addresses_and_numbers_are_no_words_of_any_language() -> None:
    identifier = german()
    assert in_another("Bitte b.huber@example.com löschen Sie das 4711!", nothing, identifier)
    assert identifier.asked == ["Bitte löschen Sie das"]


def test_of_words_that_stand_in_the_phrases_nobody_is_asked() -> None:
    identifier = german()
    known = {"tack", "det", "var", "bra"}.__contains__
    assert not in_another("Tack, det var bra", known, identifier)
    assert identifier.asked == []
    assert in_another("Takk, det var bare bra", known, identifier)


def test_of_a_long_letter_the_beginning_is_looked_at() -> None:
    identifier = german()
    assert in_another("Sehr geehrte Damen und Herren " * 500, nothing, identifier)
    assert len(identifier.asked[0]) <= 600


@pytest.mark.parametrize(
    "text",
    [
        *("Bonjour!", "guten Tag", "hola", "dzień dobry", "Merhaba"),
        *("danke", "Merci!", "obrigado", "dziękuję", "aitäh", "tusen takk", "au revoir"),
    ],
)
def test_a_courtesy_in_another_language_is_one_without_an_identifier(text: str) -> None:
    assert in_another(text, nothing, None)


@pytest.mark.parametrize("text", ["hei", "god dag", "hallo", "moin", "Hola Virtanen", "tack"])
def test_ours_and_names_are_none(text: str) -> None:
    assert not in_another(text, nothing, None)
