"""A member of staff is thrown out of the group while their preview stands there to be sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.content.loaded import Understanding
from tests.fakes.telegram import Said
from tests.fakes.telegram.office import Office, People


@pytest.fixture
def office(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with People() as fake, Office(tmp_path_factory.mktemp("office"), known, fake) as at_work:
        yield at_work


@pytest.mark.parametrize("status", ["kicked", "left", "anonymous"])
def test_what_they_send_is_refused_though_nobody_told_this_replica(
    office: Office, status: str
) -> None:
    fake = office.fake
    ticket = office.asks(fake.customer())
    prompt = office.begins(fake.mika, ticket.number, "refuse")
    preview = office.words(fake.mika, prompt, "Emme voi toteuttaa tätä.")
    # No message of it comes here: with a webhook, another replica may have got it.
    fake.desk.statuses[fake.mika.id] = status
    told = office.press(fake.mika, preview, office.button("send"))
    why = "anonymous" if status == "anonymous" else "not_member"
    assert told == Said(office.text(f"desk.form.{why}"), alert=True)
    assert office.acts(ticket) == [("customer", "open")]
