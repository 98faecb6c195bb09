"""The record of one ticket as a PDF."""

from __future__ import annotations

import base64
import io
import re
import sys
import zlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import store_of
from bot.channels.desk import case_pdf
from bot.channels.desk.case_record import Section
from bot.cli.main import main
from bot.config import read_settings
from bot.content.loaded import Understanding
from bot.core.tickets import identity, transitions
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method
from bot.core.tickets.new_ticket import open_ticket
from bot.core.tickets.ticket import Action
from bot.storage import tables
from tests.factories import LIISA, MIKA, NOW, RULES, SARI, a_ticket

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TEXT = re.compile(rb"\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{3})")


def said(pdf: bytes) -> str:
    """Return what a PDF in the fonts that every reader has says, without blanks."""
    words = b""
    for stream in _STREAM.findall(pdf):
        content = zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>")))
        words += b" ".join(_TEXT.findall(content)) + b" "
    octets = _OCTAL.sub(lambda found: bytes([int(found[1], 8)]), words)
    return squeezed(re.sub(r"\\(.)", r"\1", octets.decode("cp1252")))


def squeezed(text: str) -> str:
    """Return a text without blanks, which a PDF has where its lines are cut."""
    return "".join(text.split())


@pytest.fixture(autouse=True)
def plain_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(case_pdf, "DEJAVU", tmp_path)


def test_finnish_letters_show_and_others_are_not_lost() -> None:
    rows = [["Nimi", "Åsa Öövinen – ”äiti” Łukasz"], ["<b>", "a & b → c"]]
    made = case_pdf.pdf("T-1 · tietojen poistaminen", "Laadittu", [Section(title="Ä", rows=rows)])
    text = said(made)
    assert squeezed("Åsa Öövinen – ”äiti” [U+0141]ukasz") in text
    assert "a&b->c" in text
    assert "<b>" in text


def test_a_font_that_has_the_letter_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    if not (case_pdf.DEJAVU / "DejaVuSans.ttf").is_file():
        pytest.skip("the machine has no such font")
    made = case_pdf.pdf("T-1", "", [Section(title="Ł", rows=[["", "Łukasz 中"]])])
    assert b"DejaVuSans" in made
    regular, _, has = case_pdf._font()
    assert regular == "DejaVu"
    assert (has("Ł"), has("中")) == (True, False)


def test_a_long_record_goes_on_over_pages_and_a_long_word_is_broken() -> None:
    rows = [["Sana", "x" * 4000], *([str(n), "rivi\nrivi"] for n in range(200))]
    made = case_pdf.pdf("T-1", "", [Section(title="Historia", rows=rows)])
    assert len(re.findall(rb"/Type /Page\b", made)) > 3
    assert said(made).count("x") == 4000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_once: Understanding) -> Path:
    """A folder whose database has one ticket that was paused, verified and refused."""
    assert loaded_once
    monkeypatch.chdir(tmp_path)
    with (store := store_of(read_settings())).transaction() as unit:
        ticket = a_ticket()
        opened = open_ticket(
            id=ticket.id,
            number=ticket.number,
            right=ticket.right,
            language=ticket.language,
            person=LIISA,
            details="",
            now=NOW,
            rules=RULES,
        )
        unit.tickets.save(opened.ticket, unit.keys.person(LIISA), NOW.date())
        unit.audit.append(opened.record)
        shown = identity.attestation(Method.IN_PERSON, SARI.key, NOW)
        doubt = {"ground": Ground.IDENTITY_DOUBT, "text": "Kuka olette?"}
        ticket = opened.ticket
        for day, actor, command in (
            (1, MIKA, Command(action=Action.SUSPEND, **doubt)),  # type: ignore[arg-type]
            (2, SARI, Command(action=Action.ADD_TASK, to=MIKA.key, due=CALL_BY, text=CALL)),
            (2, SARI, Command(action=Action.ADD_TASK, to=SARI.key, due=LATER, text="Tarkista.")),
            (3, MIKA, Command(action=Action.END_TASK, task=1)),
            (4, SARI, Command(action=Action.VERIFY, evidence=shown)),
            (5, MIKA, Command(action=Action.REFUSE, text="Laki velvoittaa säilyttämään.")),
        ):
            at = NOW + timedelta(days=day)
            change = transitions.apply(ticket, command, actor, at, RULES)
            assert isinstance(change, transitions.Change), change
            ticket = change.ticket
            unit.tickets.save(ticket, unit.keys.person(LIISA), at.date())
            unit.audit.append(change.record)
    store.close()
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["seloste", *words])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


CALL_BY, LATER, CALL = date(2026, 11, 12), date(2026, 11, 20), "Soita Liisalle: 040 123 4567"
EXPORT = ("tickets", "export", "--case", "t-2026-0001", "--pdf", "case.pdf")


def test_a_case_is_written_with_all_that_there_is_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *EXPORT) == 0
    assert "T-2026-0001" in capfd.readouterr().out
    assert (folder / "case.pdf").stat().st_mode & 0o077 == 0
    text = said((folder / "case.pdf").read_bytes())
    for part in (
        "Liisa Maria Lehto",
        "liisa.lehto@example.com",
        "tavattu henkilökohtaisesti",
        "määräaika keskeytetty",
        "7.12.2026",  # the due day at first
        "9.12.2026",  # three days later, the clock having stood still
        "Kuka olette?",
        "Laki velvoittaa säilyttämään.",
        "Se on ehyt: 7 riviä",
    ):
        assert squeezed(part) in text, part


def test_tasks_stand_in_it_with_their_due_days_for_good_and_when_each_was_set_and_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, *EXPORT) == 0
    text = said((folder / "case.pdf").read_bytes())
    before, _, section = text.partition(squeezed("Tehtävät # Määräpäivä Vastuuhenkilö Mitä"))
    assert "Soita" not in before  # not on the card as well
    tasks, _, history = section.partition("Historia")
    for part in (
        f"1 12.11.2026 mika {CALL} tehty: mika, 9.11.2026",
        "2 20.11.2026 sari Tarkista. tekemättä",
    ):
        assert squeezed(part) in tasks, part
    assert "Soita" not in history
    for part in (
        "tehtävä: 1, tehtävän määräpäivä: 12.11.2026, tehtävän tekijä: mika",
        "tehtävä: 2, tehtävän määräpäivä: 20.11.2026, tehtävän tekijä: sari",
        "mika tehtävä kuitattu tehdyksi",
    ):
        assert squeezed(part) in history, part
    assert "U+" not in text


def test_nothing_in_it_is_said_by_a_name_from_the_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, *EXPORT) == 0
    text = said((folder / "case.pdf").read_bytes())
    assert not re.findall(r"[a-z]+_[a-z]+:|staff:|due:|ground:|method:|right:", text)


@pytest.mark.usefixtures("folder")
def test_a_chain_that_is_broken_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with (store := store_of(read_settings())).transaction() as unit:
        unit.connection.execute(
            tables.audit.update().where(tables.audit.c.seq == 2), {"actor": "x"}
        )
    store.close()
    assert run(monkeypatch, *EXPORT) == 0
    assert capfd.readouterr().out
    assert "EIoleehyt" in said((folder / "case.pdf").read_bytes())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words",
    [("--case", "T-1"), ("--pdf", "a.pdf"), (), ("register.csv", *EXPORT[2:])],
    ids=["no file", "no case", "nothing", "both"],
)
def test_either_the_register_or_a_case_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(monkeypatch, "tickets", "export", *words) == 2
    assert "--case" in capfd.readouterr().err


@pytest.mark.usefixtures("folder")
def test_there_is_no_record_of_what_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *EXPORT[:3], "T-2026-9999", *EXPORT[4:]) == 2
    assert "T-2026-9999" in capfd.readouterr().err


def test_each_page_says_how_many_there_are_and_no_heading_stands_alone_at_its_foot() -> None:
    for rows in range(30, 60):
        long = Section(title="Long", rows=[["a", "b"]] * rows)
        made = case_pdf.pdf("T-1 · x", "made", [long, Section(title="Last", rows=[["c", "d"]])])
        pages = [said(b"stream\n" + one + b"endstream") for one in _STREAM.findall(made)]
        for number, page in enumerate(pages, 1):
            assert page.startswith(f"T-1{number}/{len(pages)}")
            assert not page.endswith("Last")
