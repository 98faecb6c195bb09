"""Proof of identity: what suffices for which right, and one-time codes that are hard to guess."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.catalog import Right
from bot.core.contacts import Contact, email, phone
from bot.core.tickets.identity import (
    ATTESTED,
    DEFAULT_POLICY,
    Challenge,
    CodeRules,
    CodeVerdict,
    Evidence,
    Method,
    Policy,
    Proof,
    challenge,
    check,
    is_alive,
    suffices,
)

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
RULES = CodeRules()
KEY = b"k" * 32
CODE, ANOTHER = "12345678", "12345679"
STRICT = sorted(set(Right) - {Right.MARKETING_OBJECTION})
codes = st.integers(0, 99_999_999).map("{:08}".format)


def tried(sent: Challenge, code: str, at: datetime = NOW) -> CodeVerdict:
    return check(sent, code, "t", KEY, RULES, at)[0]


def test_the_code_of_an_earlier_letter_is_told_apart_and_costs_no_try() -> None:
    first = challenge(CODE, "t", KEY, NOW)
    newest = challenge(ANOTHER, "t", KEY, NOW, challenge("11111111", "t", KEY, NOW, first))
    assert check(newest, CODE, "t", KEY, RULES, NOW) == (CodeVerdict.SUPERSEDED, newest)
    assert check(newest, "11111111", "t", KEY, RULES, NOW)[0] is CodeVerdict.SUPERSEDED
    assert tried(newest, "22222222") is CodeVerdict.WRONG
    assert tried(newest, ANOTHER) is CodeVerdict.RIGHT


def test_of_a_code_that_has_expired_no_newer_one_is_promised() -> None:
    newest = challenge(ANOTHER, "t", KEY, NOW, challenge(CODE, "t", KEY, NOW))
    assert tried(newest, CODE, NOW + timedelta(hours=1)) is CodeVerdict.EXPIRED


def test_few_earlier_codes_are_remembered() -> None:
    newest = challenge(CODE, "t", KEY, NOW)
    for number in range(20):
        newest = challenge(f"{number:08}", "t", KEY, NOW, newest)
    assert len(newest.earlier) == 9


ADDRESS, OTHER, NUMBER = email("a@example.com"), email("b@example.com"), phone("+358401234567")


def shown(
    method: Method,
    *,
    on_file: bool = False,
    contact: Contact | None = ADDRESS,
    same_person: tuple[Contact, ...] = (),
) -> Evidence:
    of = None if method in ATTESTED else contact
    return Evidence(
        method=method, at=NOW, by="customer", on_file=on_file, contact=of, same_person=same_person
    )


def enough(
    *pieces: Evidence,
    right: Right = Right.ERASURE,
    claimed: tuple[Contact, ...] = (ADDRESS,),
    policy: Policy = DEFAULT_POLICY,
) -> Evidence | None:
    return suffices(pieces, claimed, right, policy)


@pytest.mark.parametrize("method", Method)
def test_control_alone_suffices_for_no_right_but_marketing(method: Method) -> None:
    piece = shown(method)
    vouched = method in (Method.CALL_BACK, Method.IN_PERSON, Method.KNOWN_CUSTOMER)
    for right in STRICT:
        assert enough(piece, right=right) is (piece if vouched else None), right


@pytest.mark.parametrize("method", [Method.EMAIL_CODE, Method.PHONE, Method.WORKSPACE])
def test_an_address_or_number_on_file_suffices_for_every_right(method: Method) -> None:
    piece = shown(method, on_file=True)
    for right in Right:
        assert enough(piece, right=right) is piece, right


def test_control_of_any_address_suffices_to_end_marketing() -> None:
    piece = shown(Method.EMAIL_CODE)
    assert enough(piece, right=Right.MARKETING_OBJECTION) is piece


def test_only_marketing_objection_is_content_with_control_of_an_address() -> None:
    lenient = [right for right in Right if Proof.CONTROL in DEFAULT_POLICY[right]]
    assert lenient == [Right.MARKETING_OBJECTION]


@pytest.mark.parametrize("method", [Method.CALL_BACK, Method.IN_PERSON, Method.KNOWN_CUSTOMER])
def test_an_attestation_proves_that_staff_vouch_and_nothing_of_an_address(method: Method) -> None:
    assert shown(method, on_file=True).proofs == {Proof.ATTESTED}


def test_the_first_evidence_that_meets_the_policy_is_the_one_that_verifies() -> None:
    weak, good, later = (
        shown(Method.EMAIL_CODE),
        shown(Method.PHONE, on_file=True),
        shown(Method.CALL_BACK),
    )
    assert enough(weak, good, later) is good
    assert enough() is None


def test_the_policy_of_the_organisation_decides() -> None:
    policy = {right: frozenset({Proof.ATTESTED}) for right in Right}
    assert enough(shown(Method.EMAIL_CODE, on_file=True), policy=policy) is None


BY_CODE = shown(Method.EMAIL_CODE)
BY_PHONE = shown(Method.PHONE, on_file=True, contact=NUMBER)
ANY = Right.MARKETING_OBJECTION, Right.ERASURE


@pytest.mark.parametrize("right", ANY)
def test_what_is_shown_of_a_contact_that_nobody_claimed_proves_nothing(right: Right) -> None:
    assert enough(BY_PHONE, right=right) is None
    stranger = shown(Method.EMAIL_CODE, on_file=True, contact=OTHER)
    assert enough(stranger, right=right) is None


@pytest.mark.parametrize("right", ANY)
def test_a_claimed_contact_that_is_left_in_doubt_is_a_doubt_of_all(right: Right) -> None:
    assert enough(BY_PHONE, right=right, claimed=(ADDRESS, NUMBER)) is None
    both = enough(BY_PHONE, BY_CODE, claimed=(ADDRESS, NUMBER))
    assert both is BY_PHONE, "the address is the person's, the number is on file"


@pytest.mark.parametrize("right", ANY)
def test_what_is_on_file_as_the_same_persons_is_not_in_doubt(right: Right) -> None:
    linked = replace(BY_PHONE, same_person=(ADDRESS,))
    assert enough(linked, right=right, claimed=(ADDRESS, NUMBER)) is linked
    assert enough(linked, right=right, claimed=(OTHER, NUMBER)) is None


def test_staff_who_vouch_vouch_for_the_person() -> None:
    piece = shown(Method.CALL_BACK)
    assert enough(piece, claimed=(ADDRESS, NUMBER)) is piece


@pytest.mark.parametrize("right", ANY)
def test_evidence_that_does_not_say_what_it_proves_proves_nothing(right: Right) -> None:
    older = shown(Method.PHONE, on_file=True, contact=None)
    assert not older.is_bound
    assert enough(older, right=right) is None
    assert enough(older, right=right, claimed=()) is None


def test_the_audit_keeps_of_a_contact_its_kind_only() -> None:
    assert BY_PHONE.facts == {"method": "phone", "contact": "phone", "on_file": "yes"}
    assert BY_CODE.facts == {"method": "email_code", "contact": "email", "on_file": "no"}
    assert shown(Method.CALL_BACK).facts == {"method": "call_back"}


def test_the_right_code_is_right_for_its_ticket_and_key_only() -> None:
    sent = challenge(CODE, "t", KEY, NOW)
    assert tried(sent, CODE) is CodeVerdict.RIGHT
    assert check(sent, CODE, "another", KEY, RULES, NOW)[0] is CodeVerdict.WRONG
    assert check(sent, CODE, "t", b"x" * 32, RULES, NOW)[0] is CodeVerdict.WRONG


@settings(max_examples=25, database=None)
@given(codes, codes)
def test_another_code_is_never_right(code: str, other: str) -> None:
    sent = challenge(code, "t", KEY, NOW)
    assert (tried(sent, other) is CodeVerdict.RIGHT) == (code == other)


@pytest.mark.parametrize("near", ["", "1234567", "123456780", "12345679", "87654321", " 12345678"])
def test_a_code_that_is_nearly_right_is_wrong(near: str) -> None:
    assert tried(challenge(CODE, "t", KEY, NOW), near) is CodeVerdict.WRONG


def test_the_code_is_not_in_what_is_kept() -> None:
    kept = challenge(CODE, "t", KEY, NOW)
    assert CODE not in repr(kept)
    assert len(bytes.fromhex(kept.digest)) == 32


def test_digests_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare_digest(given: str, kept: str) -> bool:
        compared.append((given, kept))
        return given == kept

    sent = challenge(CODE, "t", KEY, NOW)
    monkeypatch.setattr(hmac, "compare_digest", compare_digest)
    tried(sent, CODE)
    tried(sent, ANOTHER)
    assert [kept for _, kept in compared] == [sent.digest] * 2


def test_a_code_lives_fifteen_minutes() -> None:
    sent = challenge(CODE, "t", KEY, NOW)
    last = NOW + timedelta(minutes=15)
    assert tried(sent, CODE, last) is CodeVerdict.RIGHT
    assert tried(sent, CODE, last + timedelta(seconds=1)) is CodeVerdict.EXPIRED
    assert is_alive(sent, RULES, last)
    assert not is_alive(sent, RULES, last + timedelta(seconds=1))


def test_after_five_wrong_tries_even_the_right_code_is_refused() -> None:
    sent = challenge(CODE, "t", KEY, NOW)
    verdicts = []
    for _ in range(5):
        verdict, sent = check(sent, ANOTHER, "t", KEY, RULES, NOW)
        verdicts.append(verdict)
    assert verdicts == [CodeVerdict.WRONG] * 4 + [CodeVerdict.EXHAUSTED]
    assert not is_alive(sent, RULES, NOW)
    assert tried(sent, CODE) is CodeVerdict.EXHAUSTED


def test_the_fifth_try_may_still_be_the_right_one() -> None:
    sent = Challenge(digest=challenge(CODE, "t", KEY, NOW).digest, sent_at=NOW, tries=4)
    assert tried(sent, CODE) is CodeVerdict.RIGHT


def test_a_code_that_is_both_old_and_used_up_is_called_old() -> None:
    sent = Challenge(digest="", sent_at=NOW - timedelta(hours=1), tries=5)
    assert tried(sent, CODE) is CodeVerdict.EXPIRED


def test_a_code_that_is_past_its_life_counts_no_more_tries() -> None:
    sent = Challenge(digest="", sent_at=NOW - timedelta(hours=1), tries=2)
    assert check(sent, CODE, "t", KEY, RULES, NOW)[1] == sent


def test_the_limits_are_those_that_are_promised() -> None:
    assert CodeRules() == CodeRules(lifetime=timedelta(minutes=15), tries=5, per_hour=3)


def test_a_contact_on_file_that_is_not_claimed_counts_for_nothing() -> None:
    claimed, other = email("matti@example.com"), phone("+358401234567")
    shown = [
        Evidence(method=Method.EMAIL_CODE, at=NOW, by="customer", contact=claimed),
        Evidence(method=Method.PHONE, at=NOW, by="customer", contact=other, on_file=True),
    ]
    assert suffices(shown, [claimed], Right.ACCESS, DEFAULT_POLICY) is None


def test_evidence_of_no_contact_leaves_others_in_doubt() -> None:
    address, number = email("matti@example.com"), phone("+358401234567")
    shown = [
        Evidence(method=Method.PHONE, at=NOW, by="customer", contact=number, on_file=True),
        Evidence(method=Method.PHONE, at=NOW, by="customer", same_person=(address,)),
    ]
    claimed = [address, number]
    assert suffices(shown, claimed, Right.ACCESS, DEFAULT_POLICY) is None
