"""Which tables are rewritten, so that what was deleted is gone from their files."""

from bot.storage import scrub, tables


def test_each_table_that_holds_sealed_data_is_rewritten_keys_first() -> None:
    plain = {"meta", "audit", "cards", "contacts", "rate_limits", "ticket_files", "marks"}

    first, *others = scrub.sealed_tables()

    assert first == "ticket_keys"
    assert {"tickets", "suppressions", "unanswered_questions", "old_keys"} <= set(others)
    assert not plain & {first, *others}
    assert {first, *others} <= set(tables.metadata.tables)
