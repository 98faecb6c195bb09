"""What this machine lacks is said before a start; nothing is left behind by the look."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import store_of
from bot.config import Settings, read_settings
from bot.errors import ConfigError
from bot.preflight import Problem, Severity
from bot.preflight.machine import machine_problems
from bot.preflight.overview import overview


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def settings_at(folder: Path, **sections: Any) -> Settings:
    service = {"data_dir": folder / "data", **sections.pop("service", {})}
    free = {"listen": "127.0.0.1:0", "health_listen": "127.0.0.1:0"}
    web = {**free, **sections.pop("web", {})}
    return Settings.model_validate({**sections, "web": web, "service": service})


def found(settings: Settings, file: Path | None = None, **how: bool) -> list[Problem]:
    return list(machine_problems(settings, file, allow_root=how.get("allow_root", True)))


def test_a_sound_machine_has_no_problem_and_nothing_is_left_behind(tmp_path: Path) -> None:
    assert found(settings_at(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        (only,) = found(settings_at(tmp_path, web={"listen": listen}))
    assert only.severity is Severity.RUN_FAULT
    assert f"nothing can listen on {listen}: Address already in use" in str(only)


def test_an_address_of_another_machine_is_named(tmp_path: Path) -> None:
    (only,) = found(settings_at(tmp_path, web={"listen": "192.0.2.1:8080"}))
    assert "nothing can listen on 192.0.2.1:8080" in str(only)


@pytest.mark.parametrize("place", ["/proc/x", "/proc/x/y"])
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (only,) = found(settings_at(tmp_path, service={"data_dir": place}))
    assert only.severity is Severity.FAULT
    assert f"[service] data_dir: {place} cannot be written" in str(only)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be somebody who may do nothing here; who is not root is that already."""
    own = os.geteuid()
    "".encode("idna")  # Python may lie where this user reads nothing, and remembers what it lacked
    if own == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(own)


def test_what_lies_below_a_folder_that_is_closed_to_the_service_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "config.toml").touch()
    closed.chmod(0o000)
    settings = settings_at(closed)
    try:
        with ordinary_user():
            told = [str(one) for one in found(settings)]
            shown = dict(overview(settings, None))
            with pytest.raises(ConfigError, match="cannot be read: Permission denied"):
                read_settings(closed / "config.toml")
    finally:
        closed.chmod(0o700)
    assert f"[service] data_dir: {closed / 'data'} cannot be written: Permission denied" in told
    assert shown["data folder"] == str(closed / "data")


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    told = [str(one) for one in found(settings_at(tmp_path)) if one.severity is Severity.FAULT]
    assert told == [f"[service] data_dir: {tmp_path / 'data'} is a file; name a folder"]


def test_a_cache_that_cannot_be_written_is_warned_of_where_something_has_to_be_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/x")
    assert found(settings_at(tmp_path)) == [], "what ships was learnt"
    own = settings_at(tmp_path, content={"dir": tmp_path / "own"})
    (only,) = found(own)
    assert only.severity is Severity.WARNING
    assert "every start trains the models" in str(only)
    assert "run `seloste train`, or set XDG_CACHE_HOME" in str(only)
    (tmp_path / "own" / "intents").mkdir(parents=True)
    (tmp_path / "own" / "intents" / "trained.npz").touch()
    assert found(own) == []


def test_root_is_refused_unless_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (only,) = found(settings_at(tmp_path), allow_root=False)
    assert only.severity is Severity.RUN_FAULT
    assert "--allow-root" in str(only)
    assert found(settings_at(tmp_path), allow_root=True) == []
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert found(settings_at(tmp_path), allow_root=False) == []


def test_what_the_program_makes_is_nobody_elses_to_read(tmp_path: Path) -> None:
    """Due dates, rights and states are not sealed, so the file itself is closed to others."""
    settings = settings_at(tmp_path)
    before = os.umask(0o000)
    try:
        store_of(settings).close()
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert found(settings) == []


@pytest.mark.parametrize("name", ["", "seloste.db", "seloste.db-wal"])
def test_an_open_data_folder_or_database_is_warned_of(tmp_path: Path, name: str) -> None:
    settings = settings_at(tmp_path)
    store_of(settings).close()
    path = tmp_path / "data" / name
    path.touch()
    path.chmod(path.stat().st_mode | 0o040)
    (only,) = found(settings)
    assert only.severity is Severity.WARNING
    assert f"chmod {'600' if name else '700'} {path}" in str(only)


@pytest.mark.parametrize(
    ("text", "mode", "warned"),
    [
        ('[telegram]\ntoken = "1:a"\n', 0o644, True),
        ('[telegram]\ntoken = "1:a"\n', 0o640, False),
        ('[database]\nurl = "postgresql+psycopg://u:p@h/d"\n', 0o604, True),
        ('[service]\ncontact_email = "a@example.com"\n', 0o644, False),
        ('[service]\ncontact_email = "a@example.com"\n', 0o666, True),
    ],
)
def test_a_configuration_that_others_can_read_is_warned_of_when_it_holds_a_secret(
    tmp_path: Path, text: str, mode: int, warned: bool
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    file.chmod(mode)
    assert [one.where for one in found(settings_at(tmp_path), file)] == [str(file)] * warned


@pytest.mark.parametrize(("mode", "warned"), [(0o604, True), (0o620, True), (0o640, False)])
def test_a_file_of_a_secret_that_others_can_read_is_warned_of(
    tmp_path: Path, mode: int, warned: bool
) -> None:
    file = tmp_path / "secret"
    file.write_text("s" * 32)
    file.chmod(mode)
    http = {"secret_file": file, "deliver_url": "https://example.com/"}
    assert [one.where for one in found(settings_at(tmp_path, http=http))] == [str(file)] * warned


def test_a_master_key_that_cannot_be_used_is_a_fault(tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    store_of(settings).close()
    key = tmp_path / "data" / "master.key"
    key.chmod(0o640)
    (only,) = found(settings)
    assert only.severity is Severity.FAULT
    assert f"chmod 600 {key}" in str(only)
    key.chmod(0o600)
    key.write_text("short")
    assert "is not 32 bytes in base64" in str(found(settings)[0])
    key.unlink()
    assert "restore it from your backup" in str(found(settings)[0])
