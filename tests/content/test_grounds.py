"""An organisation's own grounds: read strictly, offered beside those that ship, where they fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.files import content_dir
from bot.content.grounds import MOST_GROUNDS
from bot.content.load import load
from bot.content.responses import Texts
from bot.core.catalog import Language, Right
from bot.core.tickets.templates import Kind
from bot.errors import ContentError
from tests.content.test_content import SETTINGS

GROUND = """
[trade_secret]
rights = ["access"]
name = { fi = "Liikesalaisuus", en = "Trade secret" }
refuse = { fi = "Pyyntö {{ number }}: liikesalaisuus.", en = "Request {{ number }}: a secret." }
partly = { fi = "Osa on salaista.", en = "A part is secret." }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "responses").mkdir()
    (tmp_path / "responses" / "notice").symlink_to(content_dir() / "responses" / "notice")
    return tmp_path


def read(folder: Path, written: str) -> Texts:
    (folder / "responses" / "grounds.toml").write_text(written, encoding="utf-8")
    return load(folder, SETTINGS, lambda _key: True).texts


def faults(folder: Path, written: str) -> str:
    with pytest.raises(ContentError) as raised:
        read(folder, written)
    return "\n".join(raised.value.faults)


def test_a_ground_has_its_rights_its_uses_and_its_languages(folder: Path) -> None:
    texts = read(folder, GROUND)
    [ground] = texts.grounds
    assert (ground.key, ground.rights) == ("trade_secret", frozenset({Right.ACCESS}))
    assert ground.kinds == {Kind.REFUSE, Kind.PARTLY}
    assert ground.languages == {Language.FI, Language.EN}
    told = texts.render("template.refuse.trade_secret", Language.EN, {"number": "T-1"})
    assert told == "Request T-1: a secret."
    assert texts.render("desk.template.trade_secret", Language.FI, {}) == "Liikesalaisuus"


def test_no_ground_of_ones_own_is_needed(folder: Path) -> None:
    assert load(folder, SETTINGS, lambda _key: True).texts.grounds == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ number }}: liike", "{{ nimi }}: liike", "unknown placeholders: ['nimi']; known are"),
        ("{{ number }}: liike", "{{ number: liike", "trade_secret.refuse.fi: template error"),
        ("{{ number }}: liike", "{{ number|day }}: liike", "refuse.fi: cannot be filled in: "),
        ("[trade_secret]", "[unfounded]", "is a ground that ships"),
        ("[trade_secret]", "[Trade-Secret]", "must be small letters"),
        ('["access"]', '["acess"]', "trade_secret.rights: must be a list of these: access, "),
        ('fi = "Osa on salaista.", ', "", "must all be in the same languages"),
        ('"Osa on salaista."', '" "', "trade_secret.partly.fi: must be a text that is not empty"),
        ("partly =", "in_part =", "trade_secret.in_part: unknown key"),
        ("name =", "fulfil =", "needs a name"),
        (
            '"Trade secret"',
            f'"{"x" * 76}"',
            "trade_secret.name.en: must have 75 characters at most",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(folder: Path, old: str, new: str, told: str) -> None:
    assert old in GROUND
    found = faults(folder, GROUND.replace(old, new))
    assert told in found
    assert found.startswith("responses/grounds.toml: ")


def test_there_are_no_more_than_fit_into_a_form(folder: Path) -> None:
    many = [
        GROUND.replace("trade_secret", f"secret_{number}") for number in range(MOST_GROUNDS + 1)
    ]
    assert len(read(folder, "".join(many[1:])).grounds) == MOST_GROUNDS
    assert "51 grounds: 50 at most" in faults(folder, "".join(many))
