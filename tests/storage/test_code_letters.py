"""Letters with codes are counted by keyed hashes, for a week; nothing says where they went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.tickets.code_budget import DAY, REMEMBERED, SentCodes
from bot.core.tickets.identity import CodeRules
from bot.storage import tables
from bot.storage.crypto import Keys, new_key
from bot.storage.old_keys import carry
from bot.storage.retention import Periods
from bot.storage.store import Conflict, Store
from bot.storage.unit import Unit

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
VEERA, OTHER, WORD = "veera@example.com", "other@example.com", "BCDF-GHKL"


def note(
    unit: Unit,
    email: str,
    person: str = "m",
    word: str = "",
    number: str = "T-2026-0001",
    *,
    stranger: bool = True,
) -> None:
    unit.code_letters.note(person, email, word, number, NOW, stranger=stranger)


def sent(store: Store, email: str, person: str = "m", now: datetime = NOW) -> SentCodes:
    with store.transaction() as unit:
        return unit.code_letters.sent([person], email, CodeRules(), now)


def test_each_letter_counts_for_person_mailbox_domain_and_all(store: Store) -> None:
    with store.transaction() as unit:
        note(unit, "veera+1@example.com")
        note(unit, OTHER, "n")
        note(unit, "x@elsewhere.fi", "n")
        note(unit, VEERA, "v", stranger=False)
    found = sent(store, VEERA)
    assert (found.to_pair, found.to_address) == ((NOW,), (NOW,))
    assert len(found.to_domain) == 2
    assert len(found.in_all) == 3
    assert sent(store, VEERA, "v").to_pair == (NOW,)


def test_what_was_sent_a_day_ago_counts_for_the_pauses_only(store: Store) -> None:
    with store.transaction() as unit:
        note(unit, VEERA)
    later = sent(store, VEERA, now=NOW + DAY)
    assert later == SentCodes(to_pair=(NOW,))


def test_of_two_at_once_one_is_done_again(store: Store) -> None:
    """What the second one counted has changed under it."""
    if not store.parallel:
        return  # SQLite has one writer
    with store.transaction() as unit:
        note(unit, OTHER)

    def overtaken() -> None:
        with store.transaction() as second:
            assert not second.code_letters.sent(["n"], VEERA, CodeRules(), NOW).to_address
            with store.transaction() as first:
                note(first, VEERA)
            note(second, VEERA, "n")

    with pytest.raises(Conflict):
        overtaken()
    assert sent(store, VEERA).to_address == (NOW,)


def test_a_word_disowns_the_mailbox_that_its_letters_went_to(store: Store) -> None:
    with store.transaction() as unit:
        note(unit, VEERA, word=WORD)
        note(unit, OTHER)
        assert unit.code_letters.knows(WORD)
        assert not unit.code_letters.knows("BCDF-GHKM")
        assert not unit.code_letters.knows("")
        note(unit, VEERA, "veera", word=WORD, number="T-2026-0002")
        assert unit.code_letters.disown(["veera"], WORD, NOW) == ["T-2026-0001"]
        assert unit.code_letters.disown((), WORD, NOW) == []
        assert unit.code_letters.disown((), "BCDF-GHKM", NOW) == []
    assert sent(store, "Veera+2@example.com").disowned
    assert not sent(store, OTHER).disowned


def test_a_new_master_key_lets_no_limit_and_no_word_be_forgotten(store: Store) -> None:
    with store.transaction() as unit:
        note(unit, VEERA, word=WORD)
        note(unit, OTHER)
        unit.code_letters.disown((), WORD, NOW)
    before = sent(store, VEERA)
    old = store.keys
    with store.transaction() as unit:
        carry(unit.connection, new := Keys.derived_from(new_key()), [old])
    # Of the old key nothing is left but what the database keeps.
    store.use_keys(new)
    with store.transaction() as unit:
        assert unit.code_letters.sent(["m", "new"], VEERA, CodeRules(), NOW) == before
        assert before.disowned
        assert before.to_pair
        assert unit.code_letters.knows(WORD)


def test_nothing_is_kept_for_longer_than_it_counts(store: Store) -> None:
    with store.transaction() as unit:
        note(unit, VEERA, word=WORD)
        unit.code_letters.disown((), WORD, NOW)
        kept = Periods(dialogues=DAY, events=DAY, disowned=30 * DAY)
        assert unit.purge_expired(NOW + REMEMBERED, kept) == 0
        assert unit.code_letters.knows(WORD)
        assert unit.purge_expired(NOW + REMEMBERED + timedelta(seconds=1), kept) == 1
        assert not unit.code_letters.knows(WORD)
    assert sent(store, VEERA).disowned
    with store.transaction() as unit:
        assert unit.purge_expired(NOW + 31 * DAY, kept) == 1
    assert not sent(store, VEERA).disowned


def test_the_rows_tell_no_address_person_or_word(store: Store) -> None:
    with store.transaction() as unit:
        note(unit, VEERA, word=WORD)
        unit.code_letters.disown((), WORD, NOW)
        stored = repr(
            [
                unit.connection.execute(select(t)).all()
                for t in (tables.code_letters, tables.disowned_addresses)
            ]
        )
    assert not [part for part in ("veera", "example.com", WORD) if part in stored]


def test_wrong_codes_are_counted_by_the_hour(store: Store) -> None:
    with store.transaction() as unit:
        counted = [unit.code_letters.count_wrong(NOW) for _ in range(3)]
        later = unit.code_letters.count_wrong(NOW + timedelta(hours=1))
    assert (counted, later) == ([1, 2, 3], 1)
