"""The suppression list at rest: found by keyed hashes, readable until the person was erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.catalog import Right
from bot.core.contacts import email, phone
from bot.core.tickets.ticket import State, Ticket
from bot.storage import rotation
from bot.storage.crypto import Keys, new_key
from bot.storage.store import Store
from bot.storage.suppressions import Suppressed
from tests.storage.conftest import NOW, Filled, quiet

LIISA = email("liisa@example.com")


def listed(store: Store) -> list[Suppressed]:
    with store.reading() as unit:
        return unit.suppressions.listed()


def test_a_contact_is_on_the_list_once_however_often_its_ticket_changes(filled: Filled) -> None:
    with filled.store.transaction() as unit:
        assert unit.keep_suppressions(filled.objection(), NOW + timedelta(days=1)) == ()
    [one] = listed(filled.store)
    assert (one.kind, one.value, one.since) == (LIISA.kind, LIISA.value, NOW)


def test_the_mailing_system_hears_of_a_contact_when_its_last_objection_has_ended(
    filled: Filled,
) -> None:
    second = replace(filled.objection(), id="another", number="T-2026-0009")
    with filled.store.transaction() as unit:
        assert unit.keep_suppressions(second, NOW) == ()  # it knows already
        ended = replace(filled.objection(), state=State.WITHDRAWN)
        assert unit.keep_suppressions(ended, NOW) == ()
        [told] = unit.keep_suppressions(replace(second, state=State.WITHDRAWN), NOW)
    assert (told.contact, told.ended) == (LIISA, True)
    assert listed(filled.store) == []


def erasure_of(filled: Filled) -> Ticket:
    proved = filled.objection()
    return replace(proved, right=Right.ERASURE, state=State.FULFILLED, verified=proved.evidence[0])


def test_of_an_erased_person_only_the_keyed_hash_is_kept_and_the_objection_holds(
    filled: Filled,
) -> None:
    [before] = listed(filled.store)
    with filled.store.transaction() as unit:
        assert len(unit.forget_suppressed(erasure_of(filled))) == 1
        assert unit.forget_suppressed(erasure_of(filled)) == []
    assert listed(filled.store) == [replace(before, value="")]
    with filled.store.reading() as unit:
        assert unit.suppressions.held([LIISA, email("x@example.com"), phone("+3585")]) == {LIISA}


def test_the_list_is_sealed_and_found_with_a_new_master_key(filled: Filled) -> None:
    store, old = filled.store, filled.store.keys
    store.keys = Keys.derived_from(new_key()).with_older([old])
    rotation.reseal(store, quiet)
    [one] = listed(store)
    assert one.hash == store.keys.suppressed_as(LIISA)[0] != old.suppressed_as(LIISA)[0]
    with store.reading() as unit:
        assert unit.suppressions.damaged() == 0
        assert unit.suppressions.held([LIISA]) == {LIISA}


def test_who_was_erased_is_found_when_the_old_master_key_is_long_gone(filled: Filled) -> None:
    store, old = filled.store, filled.store.keys
    with store.transaction() as unit:
        unit.forget_suppressed(erasure_of(filled))
    new = Keys.derived_from(new_key())
    store.keys = new.with_older([old])
    rotation.reseal(store, quiet)
    store.keys = new.with_older([Keys.carried_from(old.carried())])
    with store.reading() as unit:
        assert unit.suppressions.held([LIISA]) == {LIISA}
