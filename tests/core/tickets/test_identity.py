"""One-time codes: short-lived, few tries, bound to their ticket, never kept in clear."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalog import Right
from bot.core.tickets.identity import (
    DEFAULT_POLICY,
    CodeRules,
    CodeVerdict,
    Evidence,
    Method,
    Proof,
    challenge,
    check,
    may_send,
    suffices,
)

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
RULES = CodeRules()
KEY = b"k" * 32
codes = st.from_regex(r"\d{8}", fullmatch=True)


def test_the_right_code_is_right_for_its_ticket_only() -> None:
    sent = challenge("12345678", "ticket-1", KEY, NOW)
    assert check(sent, "12345678", "ticket-1", KEY, RULES, NOW)[0] is CodeVerdict.RIGHT
    assert check(sent, "12345678", "ticket-2", KEY, RULES, NOW)[0] is CodeVerdict.WRONG
    assert check(sent, "12345678", "ticket-1", b"x" * 32, RULES, NOW)[0] is CodeVerdict.WRONG


@given(codes, codes)
def test_another_code_is_never_right(code: str, other: str) -> None:
    sent = challenge(code, "ticket-1", KEY, NOW)
    verdict, _ = check(sent, other, "ticket-1", KEY, RULES, NOW)
    assert (verdict is CodeVerdict.RIGHT) == (code == other)


@given(codes)
def test_the_code_is_not_in_what_is_kept(code: str) -> None:
    assert code not in repr(challenge(code, "ticket-1", KEY, NOW))


def test_a_code_lives_fifteen_minutes() -> None:
    sent = challenge("12345678", "t", KEY, NOW)
    last = NOW + timedelta(minutes=15)
    assert check(sent, "12345678", "t", KEY, RULES, last)[0] is CodeVerdict.RIGHT
    late = last + timedelta(seconds=1)
    assert check(sent, "12345678", "t", KEY, RULES, late)[0] is CodeVerdict.EXPIRED


def test_after_five_wrong_tries_even_the_right_code_is_refused() -> None:
    sent = challenge("12345678", "t", KEY, NOW)
    verdicts = []
    for _ in range(5):
        verdict, sent = check(sent, "00000000", "t", KEY, RULES, NOW)
        verdicts.append(verdict)
    assert verdicts == [CodeVerdict.WRONG] * 4 + [CodeVerdict.EXHAUSTED]
    assert check(sent, "12345678", "t", KEY, RULES, NOW)[0] is CodeVerdict.EXHAUSTED


def test_three_codes_an_hour() -> None:
    sent = [NOW - timedelta(minutes=m) for m in (50, 30, 10)]
    assert not may_send(sent, RULES, NOW)
    assert may_send(sent, RULES, NOW + timedelta(minutes=10))


def test_only_marketing_objection_is_content_with_control_of_an_address() -> None:
    lenient = [right for right in Right if Proof.CONTROL in DEFAULT_POLICY[right]]
    assert lenient == [Right.MARKETING_OBJECTION]


def test_a_code_to_an_address_on_file_suffices_for_every_right() -> None:
    evidence = Evidence(method=Method.EMAIL_CODE, at=NOW, by="customer", on_file=True)
    assert all(suffices([evidence], right, DEFAULT_POLICY) for right in Right)
