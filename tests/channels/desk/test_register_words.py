"""The register in words: each column has a name, and each value that it can hold has words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from bot.channels.desk.register_words import heading, value
from bot.channels.desk.wording import Wording
from bot.core.catalog import Language, Right
from bot.core.tickets.identity import Method
from bot.core.tickets.register import COLUMNS, OF_PERSONS
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.source import Source
from bot.core.tickets.templates import Template
from bot.core.tickets.ticket import Extent, State

EVERY: Mapping[str, Iterable[str]] = {
    "right": Right,
    "state": State,
    "extent": Extent,
    "came": [*Source, "telegram", "slack", "http", "terminal"],
    "language": Language,
    "extended": ["yes", "no"],
    "on_time": ["yes", "no"],
    "identity": Method,
    "on_behalf": Relation,
    "authority": [*AuthorityProof, " ".join(AuthorityProof)],
    "ground": Template,
}


@pytest.mark.parametrize("language", Language)
def test_each_column_has_a_name_of_its_own(wording: Wording, language: Language) -> None:
    there = replace(wording, language=language)
    names = [heading(column, there) for column in (*COLUMNS, *OF_PERSONS)]
    assert len({*names}) == len(names)


@pytest.mark.parametrize("column", EVERY)
def test_each_value_is_said_in_words_and_none_stays_none(wording: Wording, column: str) -> None:
    for said in map(str, EVERY[column]):
        assert value(column, said, wording) != said
    assert value(column, "", wording) == ""


@pytest.mark.parametrize("column", [c for c in (*COLUMNS, *OF_PERSONS) if c not in EVERY])
def test_numbers_days_and_what_people_wrote_stay_as_they_are(wording: Wording, column: str) -> None:
    assert value(column, "telegram yes", wording) == "telegram yes"
