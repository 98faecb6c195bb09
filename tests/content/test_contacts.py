"""A list of persons as a company writes it: what is read, and what is refused in a sentence."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bot.content.contacts import read_contacts
from bot.core.contacts import ContactKind
from bot.errors import UsageError
from tests.core.register import a_person

TABLE = "email,phone\nÄiti@Example.com,040 123 4567\nliisa@example.com,\n,+46 8 123 456 78\n"
PERSONS = (
    a_person("Äiti@example.com", "+358401234567"),
    a_person("liisa@example.com"),
    a_person("+46812345678"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "contacts.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_row_is_a_person_however_the_table_was_saved(
    file: Path, separator: str, encoding: str, newline: str
) -> None:
    written = TABLE.replace(",", separator).replace("\n", newline)
    file.write_bytes(written.encode(encoding))
    listed = read_contacts(file)
    assert listed.persons == PERSONS
    assert listed.kinds == set(ContactKind)


def test_standard_input_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode("utf-16"))))
    assert read_contacts(Path("-")).persons == PERSONS


def test_excels_own_line_about_the_separator_is_no_row(file: Path) -> None:
    file.write_text(f"sep=|\r\n{TABLE.replace(',', '|')}", encoding="utf-8")
    assert read_contacts(file).persons == PERSONS


def test_a_number_without_a_country_code_is_of_the_country_that_is_set(file: Path) -> None:
    file.write_text("phone\n020 7946 0958\n+46 8 123 456 78\n", encoding="utf-8")
    assert read_contacts(file, country="GB").persons == (
        a_person("+442079460958"),
        a_person("+46812345678"),
    )


def test_lines_that_are_not_valid_are_left_out_only_when_that_is_wanted(file: Path) -> None:
    lines = ["email,phone", "matti@example.com,12", *["nobody"] * 30, "liisa@example.com,"]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        read_contacts(file)
    assert "line 2: phone; line 3: email" in str(refused.value)
    assert "and 11 more. To leave these lines out, add --skip-bad" in str(refused.value)
    listed = read_contacts(file, skip_bad=True)
    assert listed.persons == (a_person("liisa@example.com"),)
    assert len(listed.skipped) == 31


def test_other_columns_and_the_case_of_names_do_not_matter(file: Path) -> None:
    file.write_text("Name; Email ;City\nMatti;matti@example.com;Oulu\n", encoding="utf-8")
    listed = read_contacts(file)
    assert listed.persons == (a_person("matti@example.com"),)
    assert listed.kinds == {ContactKind.EMAIL}


def test_a_table_of_names_only_holds_nobody(file: Path) -> None:
    file.write_text("email;phone\n;\n\n", encoding="utf-8")
    assert read_contacts(file).persons == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"", "the first line must name the columns"),
        (b"name\nMatti\n", "the first line must name the columns"),
        (TABLE.encode("utf-16-le"), 'save it as "CSV UTF-8"'),
        (b"email\n\x81@example.com\n", 'save it as "CSV UTF-8"'),
        (b"PK\x03\x04\x00\x00xl/workbook.xml", 'save it as "CSV UTF-8"'),
        (b"email\nsecret\nmatti@example.com\n" + b"secret,\n" * 2, "line 2: email; line 4: email"),
        (b"phone\n112\n", "line 2: phone"),
        (b"phone\n3,58E+11\n", "line 2: phone"),
        (b"phone\nask Liisa\n", "line 2: phone"),
        (b'email\n"' + b"x" * 200_000, 'save it as "CSV UTF-8"'),
    ],
)
def test_what_cannot_be_read_is_named_and_never_quoted(
    file: Path, written: bytes, told: str
) -> None:
    file.write_bytes(written)
    with pytest.raises(UsageError) as refused:
        read_contacts(file)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(UsageError, match=r"contacts\.csv cannot be read: No such file"):
        read_contacts(file)
