"""An empty or half-written export takes the place of the whole contact register."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.contacts import examples, import_contacts, register_warnings
from bot.config import Settings
from bot.content.contacts import ContactList
from bot.core.contacts import Contact, ContactKind
from bot.errors import UsageError
from bot.storage.store import Store
from tests.core.register import a_person, contact
from tests.factories import NOW
from tests.register import put_on_file

BOTH, EMAILS = frozenset(ContactKind), frozenset({ContactKind.EMAIL})
ALL = [(f"{name}@example.com", f"+35840123456{n}") for n, name in enumerate("abcd")]
KNOWN = [contact(text) for person in ALL for text in person]


@pytest.fixture
def full(store: Store) -> Store:
    put_on_file(store, *ALL)
    return store


def left(store: Store) -> list[Contact]:
    with store.reading() as unit:
        found = unit.contacts.look_up(KNOWN)
    return [one for one in KNOWN if one in found]


def test_who_stands_in_a_line_that_is_left_out_is_not_forgotten_unasked(full: Store) -> None:
    listed = ContactList(tuple(a_person(*person) for person in ALL[:3]), BOTH, ("line 5: email",))
    with pytest.raises(UsageError, match="the 1 lines left out would be forgotten"):
        import_contacts(full, listed, NOW, replace=True, agreed=False)
    assert left(full) == KNOWN


def test_how_the_first_numbers_were_read_is_shown_masked() -> None:
    listed = ContactList(tuple(a_person(*person) for person in ALL), BOTH)
    assert list(examples(listed)) == ["numbers were read as: +358•••60, +358•••61, +358•••62"]


@pytest.mark.parametrize(
    ("persons", "kinds", "why"),
    [
        ([], BOTH, "there is nobody in the file"),
        ([(email,) for email, _ in ALL], EMAILS, "the file has no column phone"),
        (ALL[:1], BOTH, "6 of 8 entries on file would be forgotten"),
    ],
)
def test_a_file_that_looks_incomplete_replaces_nothing_unasked(
    full: Store, persons: list[tuple[str, ...]], kinds: frozenset[ContactKind], why: str
) -> None:
    listed = ContactList(tuple(a_person(*texts) for texts in persons), kinds)
    with pytest.raises(UsageError, match=why) as refused:
        import_contacts(full, listed, NOW, replace=True, agreed=False)
    assert "--yes" in str(refused.value)
    assert left(full) == KNOWN
    import_contacts(full, listed, NOW, replace=False, agreed=False)
    assert left(full) == KNOWN, "without --replace nothing is ever forgotten"


def test_with_a_yes_only_the_columns_of_the_file_are_replaced(full: Store) -> None:
    listed = ContactList((a_person("a@example.com"),), EMAILS)
    told = import_contacts(full, listed, NOW, replace=True, agreed=True)
    assert "3 forgotten" in told
    emails = [one for one in left(full) if one.kind is ContactKind.EMAIL]
    assert emails == [contact("a@example.com")]
    assert len(left(full)) == 1 + len(ALL), "every number is still on file"


def test_a_whole_list_replaces_the_register_without_a_question(full: Store) -> None:
    listed = ContactList(tuple(a_person(*texts) for texts in ALL[:3]), BOTH)
    told = import_contacts(full, listed, NOW, replace=True, agreed=False)
    assert told.startswith("6 contacts of 3 persons read, 0 new, 2 forgotten")
    assert left(full) == KNOWN[:6]


def test_an_empty_register_is_warned_of(store: Store, settings: Settings) -> None:
    (warning,) = register_warnings(settings)
    assert "seloste contacts import" in warning
    put_on_file(store, *ALL)
    assert list(register_warnings(settings)) == []


def test_where_there_is_no_database_yet_nothing_is_warned_of(tmp_path: Path) -> None:
    settings = Settings.model_validate({"service": {"data_dir": tmp_path / "nothing"}})
    assert list(register_warnings(settings)) == []
    assert not list(tmp_path.iterdir()), "asking makes none"
