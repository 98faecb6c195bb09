"""The desk's words and the organisation's knowledge, for pure tests."""

from __future__ import annotations

import pytest

from bot.channels.desk.wording import Wording
from bot.content.loaded import Understanding
from bot.core.catalog import Language
from bot.core.knowledge import Knowledge
from tests.factories import NAMES, NOW, RULES


@pytest.fixture(scope="session")
def knowledge(known: Understanding) -> Knowledge:
    content = known.content
    return Knowledge(
        catalog=content.catalog,
        notice=content.notice,
        matcher=known.matcher,
        reader=known.reader,
        rules=RULES,
    )


@pytest.fixture(scope="session")
def wording(known: Understanding) -> Wording:
    return Wording(
        render=known.content.texts.render,
        language=Language.FI,
        rules=RULES,
        names=NAMES,
        clock=lambda: NOW,
    )
