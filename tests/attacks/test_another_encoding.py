"""A file or a screen in another encoding ends nothing with a traceback; no letter of JSON is lost.

Editors on Windows begin a file with a byte order mark, and a service started with LC_ALL=C may
have a screen in ASCII only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.evaluate import read_items
from bot.config import read_settings
from bot.content.files import Reading
from bot.errors import ConfigError
from bot.storage.key_file import keys_from_file
from tests.conftest import ROOT

MARK = b"\xef\xbb\xbf"


def seloste(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONIOENCODING": "ascii"},
    )


def test_a_screen_in_ascii_shows_what_it_can(tmp_path: Path, content: object) -> None:
    assert content  # the model is in the cache by now
    done = seloste("ask", "Mihin käytätte evästeitä?", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Tietosuojaselosteessa (versio 1, " in done.stdout


def test_json_on_a_screen_in_ascii_loses_no_letter(tmp_path: Path) -> None:
    line = MARK + json.dumps({"id": "ä", "text": "Mihin käytätte evästeitä?"}).encode()
    done = seloste("ask", "--json", "--stdin", cwd=tmp_path, stdin=line)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert found["id"] == "ä"
    assert "”" in found["reply"]


@pytest.mark.long
def test_a_conversation_on_a_screen_in_ascii_goes_on(tmp_path: Path) -> None:
    typed = "Mihin käytätte evästeitä?\n/quit\n".encode()
    done = seloste("chat", cwd=tmp_path, stdin=typed)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stdout + done.stderr


def test_a_configuration_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file, secret = tmp_path / "config.toml", tmp_path / "secret"
    secret.write_bytes(MARK + b"smtp://mail.example.com\n")
    file.write_bytes(
        MARK + f'[mail]\naddress = "a@example.com"\nsmtp_url_file = "{secret}"\n'.encode()
    )
    url = read_settings(file).mail.smtp_url
    assert url is not None
    assert url.get_secret_value() == "smtp://mail.example.com"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_configuration_in_another_encoding_is_refused_in_a_sentence(
    tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes('[service]\ncontact_phone = "ä"\n'.encode(encoding))
    with pytest.raises(ConfigError, match="is not in UTF-8; save it again in that encoding"):
        read_settings(file)


def test_content_questions_and_master_key_may_begin_with_the_mark(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(MARK + b'key = "value"\n')
    assert Reading(tmp_path).toml(file) == {"key": "value"}
    item: dict[str, object] = {"lang": "fi", "kind": "question", "text": "ä", "right": None}
    file.write_bytes(MARK + json.dumps({**item, "expect_any": [], "note": ""}).encode())
    assert [found.text for found in read_items([file])] == ["ä"]
    file.write_bytes(MARK + b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    file.chmod(0o600)
    assert keys_from_file(file, create=False) == (bytes(32),)
