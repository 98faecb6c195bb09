"""Dependencies point inward: core knows nobody, the rooms around it do not know each other."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parent.parent / "bot"
TESTS = BOT.parent / "tests"
TRAINING = BOT.parent / "training"
ARCHITECTURE = BOT.parent / "docs" / "architecture.md"
# What each room, and each file at the top, may import of the others.
MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "errors": set(),
    "config": {"core", "errors"},
    "content": {"core", "errors"},
    "storage": {"core", "errors"},
    "delivery": {"core", "errors"},
    "channels": {"core", "errors"},
    "service": {"core", "errors", "content", "storage", "channels"},
    "bootstrap": {
        *("core", "errors", "config", "content", "storage", "delivery", "channels", "service"),
        "replica",
    },
    "replica": {
        *("core", "errors", "storage", "delivery", "channels", "service"),
    },
    "preflight": {
        *("core", "errors", "config", "content", "storage", "channels", "bootstrap"),
    },
    "cli": {
        *("core", "errors", "config", "content", "storage", "channels", "service", "bootstrap"),
        *("replica", "preflight", "__version__"),
    },
    "__init__": set(),
    "__main__": {"cli"},
}
# The same for the rooms of understanding; `asked` says where a reply stands, and knows nobody.
UNDERSTANDING = BOT / "core" / "understanding"
MAY_IMPORT_OF_UNDERSTANDING: dict[str, set[str]] = {
    "asked": set(),
    "words": set(),
    "models": {"asked", "words"},
    "recognisers": {"words"},
    "topics": {"words", "models", "recognisers"},
    "replies": {"asked", "words", "models", "recognisers"},
}
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 40
# Longer for now, and never longer than this.
LONG_FUNCTIONS = {
    "storage/migrations/versions/0001_the_first_tables.py:upgrade": 94,  # the tables, in order
}
# What the core may use besides itself and the standard library.
PURE_LIBRARIES = {
    "email_validator",
    "holidays",
    "numpy",
    "phonenumbers",
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
# Rooms without `Any` in the signatures of public functions. In storage a database row is one, and
# what the readers of settings and content are given may be anything.
TYPED_BORDERS = [
    "bootstrap",
    "channels",
    "cli",
    "core",
    "delivery",
    "preflight",
    "replica",
    "service",
]
# Modules of the core that hold values only: tests/core/test_values.py tests those of all modules.
DATA_ONLY = {
    "knowledge.py",
    "messages.py",
    "tickets/source.py",
    "understanding/asked.py",
    "understanding/words/cue_words.py",
    "understanding/replies/taken_back.py",
    "understanding/topics/follow_up_aspects.py",
    "understanding/words/matter_words.py",
    "understanding/recognisers/relation_words.py",
    "understanding/topics/thresholds.py",
    "understanding/words/yes_words.py",
}
# Tests of all modules together.
OF_ALL = {"values.py"}


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
    own = {path.relative_to(core).as_posix() for path in modules("core")}
    tested = {
        path.relative_to(tests).with_name(path.name.removeprefix("test_")).as_posix()
        for path in tests.rglob("test_*.py")
    }
    without_code = {name for name in own if name.endswith("__init__.py")}
    assert own - tested - without_code == DATA_ONLY
    assert tested - own == OF_ALL, "tests of no module"


@pytest.mark.parametrize("name", sorted(DATA_ONLY))
def test_what_is_data_only_does_nothing(name: str) -> None:
    """A protocol may say what it wants of others; nothing here has a body."""
    tree = ast.parse((BOT / "core" / name).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert all(len(node.body) == 1 and ast.get_docstring(node) for node in functions)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_dependencies_point_inward(room: str) -> None:
    for path in modules(room) or [BOT / f"{room}.py"]:
        for name in imports(path):
            if name.startswith("bot."):
                known = name.split(".")[1]
                assert known in MAY_IMPORT[room] | {room}, f"{path.name} imports {name}"


@pytest.mark.parametrize("room", sorted(MAY_IMPORT_OF_UNDERSTANDING))
def test_what_a_reply_means_and_what_a_message_wants_do_not_know_each_other(room: str) -> None:
    within = "bot.core.understanding."
    for path in modules(f"core/understanding/{room}") or [UNDERSTANDING / f"{room}.py"]:
        for name in imports(path):
            if name.startswith(within):
                known = name.removeprefix(within).split(".")[0]
                assert known in MAY_IMPORT_OF_UNDERSTANDING[room] | {room}, f"{path.name}: {name}"


def test_every_room_of_understanding_is_guarded() -> None:
    found = {path.stem for path in UNDERSTANDING.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert found - {"__pycache__", "__init__"} == set(MAY_IMPORT_OF_UNDERSTANDING)


def test_the_document_says_what_each_room_may_import() -> None:
    rows = re.findall(r"^\| `bot/(\w+)/`[^|]*\|.*\| ([^|]+) \|$", ARCHITECTURE.read_text(), re.M)
    told = {
        room: set(re.findall(r"\w+", may.replace("bot/", "").replace("desk", "channels")))
        for room, may in rows
    }
    rooms = {name for name in MAY_IMPORT if (BOT / name).is_dir()} | {"config"}
    for room in rooms - {"core", "config"}:
        said = told[room]
        may = rooms - said - {room} if {"all", "but"} <= said else said
        assert may == (MAY_IMPORT[room] & rooms) - {room}, room


def test_every_room_and_every_file_at_the_top_is_guarded() -> None:
    found = {path.stem for path in BOT.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert found - {"__pycache__", "_content"} == set(MAY_IMPORT)
    assert len(list(BOT.glob("*.py"))) <= 8


def sizes() -> Iterator[tuple[str, int, dict[str, int]]]:
    """Return each file with its lines, and the lines of its functions."""
    for path in (*BOT.rglob("*.py"), *TRAINING.rglob("*.py")):
        root = BOT if path.is_relative_to(BOT) else TRAINING.parent
        text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        functions = {
            f"{name}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        yield name, text.count("\n"), functions


def test_a_file_has_at_most_300_lines() -> None:
    long = {name: lines for name, lines, _ in sizes() if lines > MOST_LINES}
    assert long == {}


def test_a_function_has_at_most_40_lines() -> None:
    long = {
        name: lines
        for _, _, functions in sizes()
        for name, lines in functions.items()
        if lines > MOST_LINES_OF_A_FUNCTION
    }
    assert long.keys() == LONG_FUNCTIONS.keys()
    assert all(lines <= LONG_FUNCTIONS[name] for name, lines in long.items())


def signatures(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """Yield the types that the public functions of a file take and return."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_"):
            continue
        given = [*node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        types = [one.annotation for one in given if one] + [node.returns]
        yield from ((f"{path.name}:{node.name}", one) for one in types if one)


@pytest.mark.parametrize("room", TYPED_BORDERS)
def test_no_border_takes_or_returns_anything_whatever(room: str) -> None:
    untyped = {
        name
        for path in modules(room)
        for name, one in signatures(path)
        for part in ast.walk(one)
        if isinstance(part, ast.Name) and part.id == "Any"
    }
    assert untyped == set()


def test_every_python_file_is_below_bot_tests_or_training() -> None:
    root = BOT.parent
    found = {path.relative_to(root).parts[0] for path in root.rglob("*.py")}
    assert found - {".venv", "build"} == {"bot", "tests", "training"}


def test_nothing_waits_with_a_limit_that_can_lose_a_cancellation() -> None:
    """Before Python 3.12 `asyncio.wait_for` can swallow the stop that comes just then."""
    using = [
        path
        for path in BOT.rglob("*.py")
        if "asyncio.wait_for(" in path.read_text(encoding="utf-8")
    ]
    assert using == []


def test_what_makes_the_encoder_is_no_part_of_the_program() -> None:
    program = {name for path in BOT.rglob("*.py") for name in imports(path)}
    assert not [name for name in program if name.split(".")[0] == "training"]
    maker = {name for path in TRAINING.rglob("*.py") for name in imports(path)}
    used = {name.split(".")[1] for name in maker if name.startswith("bot.")}
    assert used <= {"core", "content"}
