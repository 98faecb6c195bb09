"""What a short reply means; a name or a longer sentence is never taken for a yes."""

from __future__ import annotations

import pytest

from bot.core.conversation import replies
from bot.core.conversation.request_fields import DETAILS, EMAIL


@pytest.mark.parametrize("text", ["kyllä", "Joo!", "YES", "ok", "ja tack", "go ahead", "jepp."])
def test_a_plain_yes_is_a_yes(text: str) -> None:
    assert replies.yes_or_no(text) is True


@pytest.mark.parametrize("text", ["ei", "No.", "nej tack", "en halua", "peruuta", "stop"])
def test_a_plain_no_is_a_no(text: str) -> None:
    assert replies.yes_or_no(text) is False


@pytest.mark.parametrize("text", ["", "Jo Nesbø", "ei kai", "kyllä mutta", "noh", "Joona"])
def test_anything_longer_is_neither(text: str) -> None:
    assert replies.yes_or_no(text) is None


@pytest.mark.parametrize("text", ["yes please do it", "ja gör det", "kyllä, tee se"])
def test_a_sentence_agrees_when_it_begins_with_a_yes(text: str) -> None:
    assert replies.agrees(text)


@pytest.mark.parametrize(
    "text",
    ["yes but not the invoices", "kyllä, paitsi laskut", "ja men inte allt", "Janne Joona"],
)
def test_what_takes_something_back_does_not_agree(text: str) -> None:
    assert not replies.agrees(text)


@pytest.mark.parametrize("text", ["nimi on väärin", "there is a typo", "adressen är fel"])
def test_a_fault_in_the_summary_is_found(text: str) -> None:
    assert replies.finds_fault(text)


def test_what_finds_no_fault_finds_none() -> None:
    assert not replies.finds_fault("felicia")


@pytest.mark.parametrize(
    ("field", "text", "skipped"),
    [
        (DETAILS, "Ohita", True),
        (DETAILS, "hoppa över", True),
        (DETAILS, "skip the invoices", False),
        (DETAILS, "minulla ei ole sähköpostia", False),
        (EMAIL, "minulla ei ole sähköpostia", True),
        (EMAIL, "I don't have an e-mail", True),
        (EMAIL, "ingen e-post", True),
        (EMAIL, "a@example.com", False),
    ],
)
def test_an_optional_field_is_skipped_in_plain_words(field: str, text: str, skipped: bool) -> None:
    assert replies.skips(field, text) is skipped
