"""Letters without a mail server: one file each, for its owner only."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from bot.channels.mail import MailFolder


def test_a_letter_is_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "mail", "privacy@example.com")
    folder.send("matti@example.com", "Vahvistuskoodi", "Koodisi on 12345678. Hyvää päivää!")
    (path,) = folder.letters()
    assert path.stat().st_mode & 0o777 == 0o600
    letter = message_from_bytes(path.read_bytes(), policy=default)
    assert (letter["To"], letter["From"]) == ("matti@example.com", "privacy@example.com")
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_body()
    assert body is not None
    assert body.get_content().strip() == "Koodisi on 12345678. Hyvää päivää!"


def test_letters_stay_in_order(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path, "privacy@example.com")
    for subject in "abc":
        folder.send("matti@example.com", subject, "x")
    subjects = [message_from_bytes(p.read_bytes())["Subject"] for p in folder.letters()]
    assert subjects == ["a", "b", "c"]


@pytest.mark.parametrize("bad", ["a@b.fi\nBcc: x@y.fi", "a@b.fi\r\nSubject: z"])
def test_no_header_can_be_slipped_in(tmp_path: Path, bad: str) -> None:
    folder = MailFolder(tmp_path, "privacy@example.com")
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
        folder.send(bad, "x", "y")
    assert folder.letters() == []
