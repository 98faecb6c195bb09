"""What was asked in vain is kept sealed, of nobody, within a limit, and not for ever."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from bot.core.catalog import Language
from bot.core.question_counts import QuestionResult
from bot.core.unanswered import Unanswered
from bot.storage import tables
from bot.storage.store import Store
from bot.storage.unanswered_questions import MOST_OF_A_DAY

DAY = date(2026, 11, 6)
TABLE = tables.unanswered_questions


def a_question(text: str = "kuka … vastaa") -> Unanswered:
    return Unanswered(
        text=text, language=Language.FI, topic="topic.dpo", result=QuestionResult.OFFERED
    )


def keep(store: Store, *questions: Unanswered, day: date = DAY) -> list[bool]:
    with store.transaction() as unit:
        return [unit.unanswered_questions.keep(day, one) for one in questions]


def waiting(store: Store) -> list[tuple[date, str]]:
    with store.reading() as unit:
        return [(one.day, one.question.text) for one in unit.unanswered_questions.waiting()]


def test_what_is_kept_waits_in_the_order_of_its_days(store: Store) -> None:
    keep(store, a_question("toinen"), day=DAY + timedelta(days=1))
    keep(store, a_question("eka"))
    assert waiting(store) == [(DAY, "eka"), (DAY + timedelta(days=1), "toinen")]
    with store.reading() as unit:
        assert unit.unanswered_questions.waiting()[0].question == a_question("eka")


def test_a_row_holds_a_day_and_what_only_its_own_key_opens(store: Store) -> None:
    keep(store, a_question())
    with store.reading() as unit:
        (row,) = unit.connection.execute(select(TABLE)).mappings()
    assert set(row) == {"id", "day", "sealed"}
    assert b"vastaa" not in row["sealed"]
    place = f"unanswered_questions/{row['id']}"
    assert "vastaa" in store.keys.unseal(row["sealed"], place, "questions")
    assert store.keys.questions != store.keys.wrapping


def test_no_more_than_so_many_are_kept_of_a_day(store: Store) -> None:
    assert all(keep(store, *[a_question()] * MOST_OF_A_DAY))
    assert keep(store, a_question()) == [False]
    assert keep(store, a_question(), day=DAY + timedelta(days=1)) == [True]
    assert len(waiting(store)) == MOST_OF_A_DAY + 1


def test_one_that_was_reviewed_is_gone(store: Store) -> None:
    keep(store, a_question())
    with store.transaction() as unit:
        (one,) = unit.unanswered_questions.waiting()
        assert unit.unanswered_questions.drop(one.id)
        assert not unit.unanswered_questions.drop(one.id)
    assert waiting(store) == []


def test_they_go_with_their_retention(store: Store) -> None:
    keep(store, a_question("eka"))
    keep(store, a_question("toinen"), day=DAY + timedelta(days=1))
    with store.transaction() as unit:
        assert unit.unanswered_questions.purge(DAY) == 1
    assert [text for _, text in waiting(store)] == ["toinen"]


def test_one_that_is_damaged_is_counted_and_left_out(store: Store) -> None:
    keep(store, a_question("eka"))
    with store.transaction() as unit:
        assert unit.unanswered_questions.damaged() == 0
        unit.connection.execute(update(TABLE).values(sealed=b"x"))
        assert unit.unanswered_questions.damaged() == 1
        assert unit.unanswered_questions.waiting() == []
