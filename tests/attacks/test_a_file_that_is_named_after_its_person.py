"""A file bears the name or the identity code of its person: both stay out of where others read."""

from __future__ import annotations

import base64
import re
from binascii import Error

import pytest

from bot.bootstrap import Assistant
from bot.channels.http.upload import UploadAddress
from bot.core.catalog import Right
from tests.test_copy_delivered import Walk
from tests.test_opened_by_staff import asked

CODE = "131052-308T"
NAME = f"Liisa Lehto {CODE}.json"


@pytest.fixture
def walk(app: Assistant) -> Walk:
    return Walk(app).asks(Right.ACCESS)


def test_where_a_file_is_put_says_nothing_to_a_proxy(walk: Walk) -> None:
    what = {"file_name": NAME, "size": 1, "sha256": "0" * 64, "ticket": walk.ticket.number}
    put = asked(walk.app, "Sari", "attach", **what)
    assert isinstance(put, UploadAddress)
    for read in (put.path, *map(opened, re.split(r"[/.]", put.path))):
        assert not re.search(r"Lehto|131052|Sari|T-2026", read)


def opened(part: str) -> str:
    try:
        return base64.urlsafe_b64decode(f"{part}==").decode(errors="replace")
    except Error:
        return ""


def test_an_identity_code_in_its_name_is_masked(walk: Walk) -> None:
    assert walk.attach(NAME) == 200
    [file] = walk.ticket.files
    assert CODE not in file.name
    assert (file.name[:11], file.name[-5:]) == ("Liisa Lehto", ".json")
