"""Whatever Unicode does: addresses that are mailed differently are different everywhere else."""

from __future__ import annotations

from hypothesis import assume, example, given, settings

from bot.channels.mail.letter import address
from bot.core import contacts
from bot.core.conversation.request_fields import EMAIL, clean
from bot.storage.crypto import Keys
from tests.core.test_contacts import addresses

KEYS = Keys.derived_from(bytes(range(32)))


def recipient(typed: str) -> str:
    """Return where a letter to an address really goes."""
    try:
        return address(typed).addr_spec
    except ValueError:
        return ""


@settings(max_examples=150)
@given(addresses, addresses)
@example("info@strasse.de", "info@straße.de")
@example("weiss@example.com", "weiß@example.com")
@example("soren@example.com", "ſoren@example.com")
@example("Äiti@example.com", "äiti@example.com")
def test_addresses_that_are_mailed_differently_never_share_a_key(one: str, other: str) -> None:
    assume(clean(EMAIL, one) and clean(EMAIL, other))
    kept = [clean(EMAIL, one), clean(EMAIL, other)]
    mailed = [recipient(form) for form in kept]
    # Nothing but what surrounds an address in a sentence is taken off on the way.
    assert recipient(one) in (mailed[0], "")
    assert all(mailed)
    assume(mailed[0] != mailed[1])
    assert KEYS.mailbox(kept[0]) != KEYS.mailbox(kept[1])
    on_file = [KEYS.on_file(contacts.email(form)) for form in kept]
    assert on_file[0] != on_file[1]
    people = [KEYS.person_on_file([contacts.email(form)]) for form in kept]
    assert people[0] != people[1]
