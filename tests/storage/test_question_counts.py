"""How often topics were asked about: added up, whoever counts at the same time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, event

from bot.core.catalog import Language
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.storage.store import Store
from bot.storage.unit import Unit

DAY = date(2026, 11, 6)
COOKIES = AskedTopic(topic="topic.cookies", result=QuestionResult.ANSWERED)
DPO = AskedTopic(topic="topic.dpo", result=QuestionResult.NOT_IN_NOTICE)


def count(store: Store, *asked: AskedTopic, day: date = DAY) -> None:
    with store.transaction() as unit:
        for one in asked:
            unit.question_counts.add(day, Language.FI, one)


def counted(store: Store, first: date = DAY, last: date = DAY) -> dict[AskedTopic, int]:
    with store.reading() as unit:
        return unit.question_counts.between(first, last).get(Language.FI, {})


def test_what_transactions_count_adds_up(store: Store) -> None:
    for _ in range(3):
        count(store, COOKIES, COOKIES, DPO)
    count(store, COOKIES, day=DAY + timedelta(days=1))
    assert counted(store) == {COOKIES: 6, DPO: 3}
    assert counted(store, last=DAY + timedelta(days=1)) == {COOKIES: 7, DPO: 3}


def test_who_counts_the_same_at_the_same_time_is_not_lost(store: Store) -> None:
    if not store.parallel:
        pytest.skip("one transaction writes at a time")
    with store.transaction() as one, store.transaction() as other:
        one.question_counts.add(DAY, Language.FI, COOKIES)
        other.question_counts.add(DAY, Language.FI, COOKIES)
    assert counted(store) == {COOKIES: 2}


def test_a_transaction_counts_with_one_statement_and_without_a_question_with_none(
    store: Store,
) -> None:
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, sql: str, *_rest: object) -> None:
        sent.append(sql)

    with store.transaction() as unit:
        event.listen(unit.connection, "before_cursor_execute", note)
        unit.question_counts.add(DAY, Language.FI, COOKIES)
        unit.question_counts.add(DAY, Language.SV, DPO)
        unit.question_counts.store()
        unit.question_counts.store()
    assert len(sent) == 1


def test_nothing_is_counted_of_what_failed(store: Store) -> None:
    def count_and_fail(unit: Unit) -> None:
        unit.question_counts.add(DAY, Language.FI, COOKIES)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.retrying(count_and_fail)
    assert counted(store) == {}


def test_counts_go_with_their_retention(store: Store) -> None:
    count(store, COOKIES)
    count(store, DPO, day=DAY - timedelta(days=1))
    with store.transaction() as unit:
        assert unit.question_counts.purge(DAY) == 1
    assert counted(store, first=DAY - timedelta(days=9)) == {COOKIES: 1}
