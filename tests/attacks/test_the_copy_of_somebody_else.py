"""Staff deliver the copy of somebody else's data by mistake: they take it back at once."""

from __future__ import annotations

import pytest

from bot.bootstrap import Assistant
from bot.config import Settings
from bot.config.web import WebSection
from tests.test_copy_delivered import COPY, PUBLIC, Walk


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"web": WebSection(public_url=PUBLIC)})


def test_its_link_and_its_code_open_nothing_any_more(app: Assistant) -> None:
    walk = Walk(app).asks()
    walk.attach("others.json", b"[]")
    wrong = walk.page()
    walk.web.post(f"{wrong}/code")
    code = walk.code()
    walk.staff("Sari", "detach")
    assert walk.stored() == 0
    assert walk.web.get(wrong).status_code == 404
    assert walk.web.post(wrong, data={"code": code}).status_code == 404
    walk.read.clear()
    assert walk.attach() == 200
    right = walk.page()
    assert walk.web.post(wrong, data={"code": code}).status_code == 404
    assert walk.web.post(right, data={"code": code}).status_code == 403
    walk.web.post(f"{right}/code")
    assert walk.web.post(right, data={"code": walk.code()}).content == COPY
    assert walk.is_whole()
