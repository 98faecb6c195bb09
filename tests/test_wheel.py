"""The wheel is whole: installed in an empty environment, it answers a question."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*command: str | Path, cwd: Path) -> str:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    env["XDG_CACHE_HOME"] = str(cwd / "cache")
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
def test_the_wheel_installed_in_an_empty_environment_answers(
    tmp_path: Path, content: object
) -> None:
    assert content
    run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", tmp_path, ROOT, cwd=tmp_path,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("seloste-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "bot/_content/intents/catalog.toml" in names
    assert "bot/_content/responses/notice/fi.md" in names
    assert "bot/_content/responses/notice/topics.toml" in names
    assert "bot/_content/intents/trained.npz" in names
    assert not any(name.startswith(("tests/", "intents/", "responses/")) for name in names)
    # Dependencies come from this environment's own site-packages; seloste itself does not.
    run(sys.executable, "-m", "venv", tmp_path / "venv", "--without-pip", cwd=tmp_path)
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(f"{here}\n")
    python = tmp_path / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    where = run(python, "-c", "import bot; print(bot.__file__)", cwd=tmp_path)
    assert str(site) in where
    # It starts at once: nothing is learnt, so nothing is put into the cache.
    answer = run(python, "-m", "bot", "ask", "How long do you keep my data?", cwd=tmp_path)
    assert "The privacy notice (version 1, " in answer
    assert not (tmp_path / "cache" / "seloste").exists()
