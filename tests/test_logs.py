"""Whatever a test writes about people is seen, by whichever way it was written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.logs import personal

WRITES = """
import logging, os, sys, threading, warnings
import pytest, structlog

LEAK = "kanaria@example.com"

def fail():
    try:
        raise ValueError(LEAK)
    except ValueError:
        logging.getLogger("a.library").exception("failed")

@pytest.mark.parametrize("write", [
    lambda: structlog.get_logger().info("said", text=LEAK),
    lambda: logging.getLogger("a.library").warning("said %s", LEAK),
    fail,
    lambda: warnings.warn(LEAK),
    lambda: print(LEAK),
    lambda: print(LEAK, file=sys.stderr),
    lambda: os.write(2, LEAK.encode()),
])
def test_leaks(write):
    write()

@pytest.fixture(scope="module")
def office():
    structlog.get_logger().info("opened", by=LEAK)

def test_leaks_in_its_set_up(office):
    pass

def test_writes_nothing_personal():
    structlog.get_logger().error("an event could not be handled", position=7)
    logging.getLogger("a.library").warning("T-2026-0001")
"""


def test_personal_data_in_any_output_fails_the_test(tmp_path: Path) -> None:
    (tmp_path / "test_writes.py").write_text(WRITES)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.leaks",
            "-p",
            "no:randomly",
            "-rE",
            "--tb=no",
            "test_writes.py",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )
    failed = re.findall(r"^ERROR test_writes.py::(\w+)", done.stdout, re.MULTILINE)
    assert failed == 7 * ["test_leaks"] + ["test_leaks_in_its_set_up"], done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "Kanarialintu", "Matti", "matti.meikalainen@example.com", "12345678", "+358 40 123 4567",
        "040 123 4567", "131052-308T", "xoxb-1-fake", "1234567:" + "a" * 30,
    ],
)  # fmt: skip
def test_personal_data_is_known(text: str) -> None:
    assert personal(f'{{"event": "said", "text": "{text}"}}') == [text]


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "running", "listen": "127.0.0.1:8080", "at": "2026-11-06T08:00:00.1234Z"}',
        "T-2026-0001 Q-2026-0002 m•••@example.com 3c9f0d12345678ab position 123456",
        "postgresql+psycopg://127.0.0.1:5432/seloste",
    ],
)
def test_ordinary_lines_hold_nothing_personal(line: str) -> None:
    assert personal(line) == []
