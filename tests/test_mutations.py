"""The list of broken promises fits the code, so that it can be tried at any time."""

from __future__ import annotations

import pytest

from tests.mutations.mutation import ROOT, Mutation
from tests.mutations.promises import MUTATIONS


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.promise)
def test_the_line_that_keeps_a_promise_stands_where_the_list_says(mutation: Mutation) -> None:
    assert mutation.fault() == ""
    assert mutation.old != mutation.new
    assert mutation.tests
    assert all((ROOT / test.split("::")[0]).exists() for test in mutation.tests if "/" in test)
