"""What ships to run under takes nothing that the service does not need."""

from __future__ import annotations

import lzma
import re
import shutil
import subprocess
from pathlib import Path

import py3langid
import pytest
from py3langid.langid import MODEL_FILE

from bot.bootstrap import machine
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


def test_unit_and_container_have_the_same_memory_and_never_swap() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    (most,) = directives()["MemoryMax"]
    assert directives()["MemorySwapMax"] == ["0"]
    assert "MemoryHigh" not in directives()
    limits = re.findall(r"(mem_limit|memswap_limit): (\d+)g", compose)
    assert limits == [("mem_limit", most[:-1]), ("memswap_limit", most[:-1])]


def test_the_unit_lets_it_read_what_tells_a_stop_from_a_clock_that_jumped() -> None:
    assert machine._BOOT.is_relative_to("/proc/sys")
    assert directives().get("ProcSubset", ["all"]) == ["all"]


def test_a_command_works_on_what_the_service_works_on() -> None:
    written = (DEPLOY / "seloste").read_text(encoding="utf-8").replace("\\\n", "")
    (command,) = [line.split() for line in written.splitlines() if line.startswith("exec ")]
    unit = directives()
    program, *_, config = unit["ExecStart"][0].split()
    assert command[1:5] == ["runuser", "--user", unit["User"][0], "--"]
    assert command[-2:] == [program, '"$@"']
    assert set(command[6:-2]) == {f"SELOSTE_CONFIG={config}", *unit["Environment"]}
    assert f"umask {unit['UMask'][0][1:]}\n" in written


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
    assert "." not in copied(), "a configuration or a database would be in the image"
    assert all((ROOT / name).exists() for name in copied())


def copied() -> set[str]:
    """Return what the container file takes from the repository."""
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    named = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--" not in line]
    return {name.rstrip("/") for names in named for name in names}


def test_nothing_else_is_handed_to_what_builds_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == copied()


def test_commands_in_the_container_read_the_configuration_of_the_service() -> None:
    written = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    mounted = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert "SELOSTE_CONFIG=/etc/seloste/config.toml" in written
    assert "./config.toml:/etc/seloste/config.toml:ro" in mounted


def test_temporary_files_of_the_container_have_room_for_the_model_of_languages() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    (room,) = re.findall(r"/tmp:size=(\d+)m,", compose)
    packed = Path(py3langid.__file__).parent / MODEL_FILE
    assert int(room) * 2**20 > 2 * len(lzma.decompress(packed.read_bytes()))
