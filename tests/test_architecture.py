"""Dependencies point inward: core knows nobody, the rooms around it do not know each other."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parent.parent / "bot"
TESTS = BOT.parent / "tests"
ROOMS = ("content", "storage", "delivery", "channels")
# What the core may use besides itself and the standard library.
PURE_LIBRARIES = {
    "email_validator",
    "numpy",
    "rapidfuzz",
    "stdnum",
}
# Modules of the standard library by which I/O, clock or chance could enter.
IMPURE = {
    "asyncio",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "subprocess",
    "time",
}
# Modules of the core that hold values only: tests/core/test_values.py tests those of all modules.
DATA_ONLY = {"knowledge.py", "messages.py"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(room: str) -> list[Path]:
    return sorted((BOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", modules("core"), ids=lambda path: path.stem)
def test_the_core_imports_only_itself_and_pure_libraries(path: Path) -> None:
    for name in imports(path):
        top = name.split(".")[0]
        if top == "bot":
            assert name == "bot.core" or name.startswith("bot.core."), name
        else:
            assert top in PURE_LIBRARIES or top in sys.stdlib_module_names, name
            assert top not in IMPURE, name


@pytest.mark.parametrize("path", modules("core"), ids=lambda path: path.stem)
def test_the_core_asks_no_clock(path: Path) -> None:
    asked = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not asked & {"datetime.now", "datetime.utcnow", "date.today"}


def test_each_module_of_the_core_has_a_test_in_the_mirror_place() -> None:
    core, tests = BOT / "core", TESTS / "core"
    own = {path.relative_to(core) for path in modules("core") if path.name != "__init__.py"}
    tested = {
        path.relative_to(tests).with_name(path.name.removeprefix("test_"))
        for path in tests.rglob("test_*.py")
    }
    untested = {path.as_posix() for path in own - tested if path.parent.name != "conversation"}
    assert untested == DATA_ONLY
    assert tested - own == {Path("values.py"), Path("conversation/transcripts.py")}


@pytest.mark.parametrize("name", sorted(DATA_ONLY))
def test_what_is_data_only_does_nothing(name: str) -> None:
    """A protocol may say what it wants of others; nothing here has a body."""
    tree = ast.parse((BOT / "core" / name).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert all(len(node.body) == 1 and ast.get_docstring(node) for node in functions)


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_do_not_know_each_other(room: str) -> None:
    for path in modules(room):
        for name in imports(path):
            if name.startswith("bot."):
                known = name.split(".")[1]
                assert known in ("core", "errors", room), f"{path.name} imports {name}"


def test_every_python_file_is_below_bot_or_tests() -> None:
    root = BOT.parent
    found = {path.relative_to(root).parts[0] for path in root.rglob("*.py")}
    assert found - {".venv", "build"} == {"bot", "tests"}
