"""The web front-end of customers acts as staff, or as two members of staff at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.config.sections import StaffMember
from bot.config.web import HttpSection
from bot.content.loaded import Understanding
from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, STAFF_SECRET, TOKENS, Replica, until

pytestmark = pytest.mark.long

_WORDS = ("Poistakaa tietoni", "kyllä", "Matti Meikäläinen", "matti@example.com", "ohita", "kyllä")
_URL = "https://example.com/"


class House:
    """A replica with a ticket on erasure, which needs four eyes."""

    def __init__(self, replica: Replica, loopback: Loopback) -> None:
        self.replica = replica
        self._loopback = loopback
        self._events = 0
        for text in _WORDS:
            assert self.post(SECRET, person="matti", text=text) == 200
        until(lambda: self.cards)
        self.number = self.cards[-1]["number"]

    @property
    def cards(self) -> list[Mapping[str, Any]]:
        return [d["ticket"] for d in self._loopback.taken if d.get("kind") == "ticket"]

    def post(self, secret: str, **event: str) -> int:
        self._events += 1
        return self.replica.post_signed(secret, {"id": str(self._events), **event}).status_code

    def acts(self, secret: str, staff: str, action: str, **more: str) -> int:
        return self.post(secret, staff=staff, ticket=self.number, action=action, **more)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[House]:
    assert known  # the model is trained before the process starts
    folder = tmp_path_factory.mktemp("house")
    with Loopback(SECRET) as loopback, Replica(folder, loopback) as replica:
        yield House(replica, loopback)


def test_what_signs_for_customers_cannot_act_as_staff(house: House) -> None:
    token = TOKENS["Aino"]
    assert house.acts(SECRET, "Aino", "verify", method="call_back", token=token) == 403


def test_what_signs_for_staff_cannot_write_as_a_customer(house: House) -> None:
    assert house.post(STAFF_SECRET, person="matti", text="peru pyyntöni") == 403


@pytest.mark.parametrize("token", ["", TOKENS["Mika"], "Kanarialintu"])
def test_nobody_is_a_member_of_staff_without_their_token(house: House, token: str) -> None:
    assert house.acts(STAFF_SECRET, "Aino", "verify", method="call_back", token=token) == 403


def test_two_tokens_are_two_members_of_staff(house: House) -> None:
    def acts(staff: str, action: str, state: str, **more: str) -> None:
        assert house.acts(STAFF_SECRET, staff, action, token=TOKENS[staff], **more) == 200
        until(lambda: house.cards[-1]["state"] == state)

    acts("Aino", "verify", "awaiting_confirmation", method="call_back")
    acts("Mika", "confirm", "confirmed")


@pytest.mark.parametrize(("four_eyes", "answer"), [('["erasure"]', 403), ("[]", 200)])
def test_a_right_with_four_eyes_needs_tokens_and_another_does_not(
    tmp_path_factory: pytest.TempPathFactory, known: Understanding, four_eyes: str, answer: int
) -> None:
    assert known
    settings = {
        "SELOSTE_STAFF": '[{"name": "Aino", "roles": ["agent", "approver"]}]',
        "SELOSTE_DESK__FOUR_EYES": four_eyes,
    }
    folder = tmp_path_factory.mktemp("without")
    with Loopback(SECRET) as loopback, Replica(folder, loopback, **settings) as replica:
        house = House(replica, loopback)
        assert house.acts(STAFF_SECRET, "Aino", "verify", method="call_back") == answer


def test_staff_have_no_desk_over_http_unless_it_has_a_secret_of_its_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("no-desk")
    with Loopback(SECRET) as loopback:
        replica = Replica(folder, loopback, SELOSTE_HTTP__STAFF_SECRET="")
        replica.launch()
        replica.process.wait(30)
        assert replica.process.returncode == 2
        assert "[http] secret, staff_secret" in replica.log.read_text()


@pytest.mark.parametrize("length", [1, 31])
def test_a_secret_that_can_be_guessed_is_refused_with_what_to_do(length: int) -> None:
    short, long = "a" * length, "b" * 32
    with pytest.raises(ValueError, match=r"secret is too short .* at least 32 .*\(openssl rand"):
        HttpSection.model_validate({"secret": short, "deliver_url": _URL})
    with pytest.raises(ValueError, match="staff_secret is too short"):
        HttpSection.model_validate({"secret": long, "staff_secret": short, "deliver_url": _URL})
    with pytest.raises(ValueError, match="http_token is too short"):
        StaffMember.model_validate({"name": "Aino", "roles": ["agent"], "http_token": short})


def test_one_secret_for_both_is_refused() -> None:
    same = {"secret": "b" * 32, "staff_secret": "b" * 32, "deliver_url": _URL}
    with pytest.raises(ValueError, match="must not be the same"):
        HttpSection.model_validate(same)
