"""What ships to run under takes nothing that the service does not need."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "seloste.service"
_MOST_EXPOSED = 20  # of 100, by systemd's own measure; a service without any of it has 96

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="there is no systemd here"
)


def directives() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        name, is_set, value = line.partition("=")
        if is_set and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("User", "seloste"),
        ("UMask", "0077"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("LimitCORE", "0"),
        ("LimitNOFILE", "4096"),
        ("StateDirectoryMode", "0700"),
        ("MemoryMax", "2G"),
        ("TasksMax", "128"),
        ("Restart", "always"),
    ],
)
def test_the_unit_gives_least_privilege(name: str, value: str) -> None:
    assert directives()[name] == [value]


@needs_systemd
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "seloste.service"  # the program is not installed where the unit has it
    unit.write_text(re.sub(r"(?m)^ExecStart=.*", "ExecStart=/bin/true", UNIT.read_text()))
    command = ["systemd-analyze", "verify", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "seloste.service" not in done.stdout + done.stderr


@needs_systemd
def test_systemd_finds_the_unit_hardly_exposed() -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={_MOST_EXPOSED}"]
    done = subprocess.run(
        [*command, str(UNIT)], capture_output=True, text=True, check=False, timeout=60
    )
    if "offline" in done.stderr:
        pytest.skip("this systemd judges installed units only")
    assert done.returncode == 0, done.stdout


def test_the_image_runs_as_a_user_that_is_not_root() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["10001:10001"]
    after = lines[lines.index("USER 10001:10001") :]
    assert not [line for line in after if line.startswith(("RUN", "COPY", "ADD"))]
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--" not in line]
    named = {name.rstrip("/") for names in copied for name in names}
    assert "." not in named, "a configuration or a database would be in the image"
    assert all((ROOT / name).exists() for name in named)


@pytest.mark.parametrize(
    "setting",
    [
        'user: "10001:10001"',
        "read_only: true",
        "cap_drop: [ALL]",
        '"no-new-privileges:true"',
        "pids_limit: 128",
        "mem_limit: 2g",
        "core: 0",
        "nofile: 4096",
        '"127.0.0.1:8080:8080"',
    ],
)
def test_the_container_gives_least_privilege(setting: str) -> None:
    assert setting in (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
