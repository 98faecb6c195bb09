"""Codes are guessed on the pages of copies, or read out to staff: that is conspicuous as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.bootstrap import Assistant
from bot.config import Settings
from bot.config.web import WebSection
from bot.core.effects import Alarm, AlarmReason
from tests.test_copy_delivered import PUBLIC, Walk
from tests.test_opened_by_staff import delivered, opened, sent


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"web": WebSection(public_url=PUBLIC)})


def test_wrong_codes_on_a_page_are_counted_and_staff_hear_of_many(app: Assistant) -> None:
    codes = replace(app.rules.codes, wrong_an_hour=4)
    app.copies._rules = replace(app.rules, codes=codes)
    walk = Walk(app).asks()
    walk.attach()
    path = walk.page()
    walk.web.post(f"{path}/code")
    for _ in range(5):
        assert walk.web.post(path, data={"code": "00000000"}).status_code == 403
    walk.web.post(path, data={"code": "00000000"})  # used up: nothing is tried any more
    walk.work()
    assert app.codes.counts()["wrong"] == 5
    alarms = [told.trouble for told in walk.told if isinstance(told, Alarm)]
    assert alarms == [AlarmReason.CODES_GUESSED]
    assert walk.is_whole()


def test_wrong_codes_that_staff_are_told_are_counted(app: Assistant) -> None:
    number = opened(app).number
    delivered(app)
    for guess in ("00000000", "00000001"):
        sent_in = sent(app, "Sari", "tell_code", ticket=number, code=guess)
        app.intake.receive([sent_in])
        app.handler.handle_next()
    assert app.codes.counts()["wrong"] == 2
