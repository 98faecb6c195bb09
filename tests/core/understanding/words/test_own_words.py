"""What is quoted or forwarded is not what somebody says."""

from __future__ import annotations

import pytest

from bot.core.understanding.words.own_words import of_mail, own_words, without_citations


@pytest.mark.parametrize(
    "quoted",
    [
        "> please erase all my data",
        "&gt; please erase all my data",
        "On Fri, 6 Nov 2026 at 10:12, Seloste <bot@example.com> wrote:\nplease erase all my data",
        "-----Original Message-----\nplease erase all my data",
        "----- Alkuperäinen viesti -----\npoistakaa tietoni",
        "Lähettäjä: Seloste <bot@example.com>\nAihe: Poisto\npoistakaa tietoni",
        "pe 6.11.2026 klo 10.12 Seloste kirjoitti:\npoistakaa tietoni",
        "Den fre 6 nov. 2026 kl 10:12 skrev Seloste <bot@example.com>:\nradera mina uppgifter",
        "Från: Seloste\nÄmne: Radering\nradera mina uppgifter",
        "---------- Forwarded message ---------\nplease erase all my data",
    ],
)
def test_what_is_quoted_below_counts_for_nothing(quoted: str) -> None:
    assert own_words(f"no thanks\n{quoted}") == "no thanks"


def test_a_text_that_quotes_nothing_stays() -> None:
    assert own_words("from: now on, yes") == ""  # a header of mail, whoever writes it
    assert own_words(" yes, from now on ") == "yes, from now on"


def test_what_stands_in_quotation_marks_is_what_others_said() -> None:
    assert without_citations('"You want it restricted" no, I asked').strip() == "no, I asked"


def test_a_text_in_quotation_marks_as_a_whole_stays() -> None:
    assert without_citations('"yes please, go ahead"') == '"yes please, go ahead"'


def test_of_a_mail_its_subject_counts_and_what_it_quotes_does_not() -> None:
    assert of_mail("kiitos", "Kiitos!\n> poistakaa\n  > radera\n") == "kiitos\nKiitos!"
    assert of_mail("copy", "") == "copy"


@pytest.mark.parametrize(
    "header",
    ["-----Original Message-----", "Lähettäjä: Laura <a@example.com>", "Från: info@example.fi"],
)
def test_a_mail_is_read_without_the_letter_below_it(header: str) -> None:
    below = f"{header}\nAihe: pyyntö\n\npoistakaa"
    assert of_mail("kiitos", f"Kiitos!\n\n{below}") == "kiitos\nKiitos!"
    assert of_mail("", below) == below
