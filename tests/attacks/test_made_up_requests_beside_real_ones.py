"""Whoever tries `seloste demo-data` where the service runs gets no made-up request into it.

The persons of those requests are nobody: what is decided about them reaches no account.
"""

from __future__ import annotations

import pytest

from bot.bootstrap import utc_now
from bot.cli.demo_year import Team, planned
from bot.cli.trial import mark_production
from bot.core import contacts
from bot.storage.store import Store
from tests.attacks.conftest import Run
from tests.factories import MIKA, SARI

_LARGEST_OF_TELEGRAM = 2**52


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_database_that_serves_customers_is_refused(store: Store, seloste: Run) -> None:
    mark_production(store)
    said = seloste("demo-data", "--requests", "3")
    assert said.code == 2
    assert "serves customers" in said.err


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_register_of_real_contacts_is_refused(store: Store, seloste: Run) -> None:
    with store.transaction() as unit:
        unit.contacts.register([[contacts.email("liisa@example.com")]])
    said = seloste("demo-data", "--requests", "3")
    assert said.code == 2
    assert "not empty" in said.err


def test_nobody_has_an_account_of_theirs() -> None:
    cases, asked = planned(100, utc_now(), Team(agent=SARI, approver=MIKA), 1)
    persons = [*(one.person for one in cases), *(one.person for one in asked)]
    assert all(int(person.account) > _LARGEST_OF_TELEGRAM for person in persons)
    assert all(person.email.endswith("@example.com") for person in persons)
