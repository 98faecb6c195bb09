"""What is signed is taken, by either format, and nothing else is."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from bot.channels.http import signature
from bot.channels.http.signature import is_signed, signed

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
BODY = '{"id": "1", "text": "hyvää päivää"}'.encode()
PLAIN, ENCODED = "a secret of both sides", "whsec_" + b64encode(b"x" * 24).decode()
STANDARD = (signature.ID, signature.TIME, signature.SIGNATURES)
OLDER = (signature.TIMESTAMP, signature.SIGNATURE)


def some(names: tuple[str, ...], secret: str = PLAIN) -> dict[str, str]:
    headers = signed(secret, "msg-1", BODY, NOW)
    return {name: headers[name] for name in names}


@pytest.mark.parametrize("secret", [PLAIN, ENCODED])
@pytest.mark.parametrize("names", [STANDARD, OLDER])
def test_either_signature_is_enough(names: tuple[str, ...], secret: str) -> None:
    assert is_signed(secret, BODY, some(names, secret), NOW)


@pytest.mark.parametrize(("secret", "theirs"), [(PLAIN, PLAIN.encode()), (ENCODED, ENCODED)])
def test_the_library_of_the_format_takes_ours_and_we_take_its(
    secret: str, theirs: str | bytes
) -> None:
    library, now = Webhook(theirs), datetime.now(UTC)
    library.verify(BODY, signed(secret, "msg-1", BODY, now))
    headers = {
        signature.ID: "msg-2",
        signature.TIME: str(int(now.timestamp())),
        signature.SIGNATURES: library.sign("msg-2", now, BODY.decode()),
    }
    assert is_signed(secret, BODY, headers, now)
    headers[signature.SIGNATURES] = f"v1a,else {headers[signature.SIGNATURES]}"
    assert is_signed(secret, BODY, headers, now)


@pytest.mark.parametrize("names", [STANDARD, OLDER])
def test_another_body_secret_or_time_is_refused(names: tuple[str, ...]) -> None:
    headers = some(names)
    assert not is_signed(PLAIN, BODY + b" ", headers, NOW)
    assert not is_signed("another", BODY, headers, NOW)
    for late in (timedelta(minutes=6), timedelta(minutes=-6)):
        assert not is_signed(PLAIN, BODY, headers, NOW + late)


@pytest.mark.parametrize("name", [*STANDARD, *OLDER])
@pytest.mark.parametrize(
    "value", ["", "v1", "v1,", ",", " ", "v1,\udcff", "1e9", "\u0661", "9" * 20]
)
def test_a_malformed_header_is_refused_calmly(name: str, value: str) -> None:
    names = STANDARD if name in STANDARD else OLDER
    assert not is_signed(PLAIN, BODY, some(names) | {name: value}, NOW)


def test_without_headers_nothing_is_taken() -> None:
    assert not is_signed(PLAIN, BODY, {}, NOW)
