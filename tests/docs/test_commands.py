"""Every command that a document shows exists with its options, and does what it is shown for."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup

from bot.cli.main import app, main
from tests.conftest import ROOT
from tests.docs.documents import DOCUMENTS, README, Command, document

Words = tuple[str, ...]

COMMANDS = [command for document in DOCUMENTS for command in document.commands()]
# What stands for a value of one's own: FILE, NO..., "https://…".
_PLACEHOLDER = re.compile(r"\[?[A-Z]{2,}(\.csv)?\]?(\.\.\.)?|\.\.\.|.*…")
# Serves until it is stopped; learns for minutes; asks platforms; prints no text; is given a file;
# wants an empty database; asks whose it is.
_NOT_HERE = (
    *(("run",), ("train",), ("check", "--online"), ("backup", "-")),
    *(("contacts", "import", "-"), ("demo-data", "--requests", "2000")),
    *(("person", "find"), ("person", "forget"), ("person", "forget", "--yes")),
)
# A request about marketing: it needs no code, and is a ticket at once.
_CONVERSATION = ["no more marketing", "yes", "matti@example.com", "skip", "yes", "/quit"]


def walked(node: TyperCommand | TyperGroup, at: Words = ()) -> Iterator[tuple[Words, set[str]]]:
    """Return each command below a node with its options; a group has none but --help."""
    context = typer.Context(node)
    named = {name for parameter in node.params for name in parameter.opts}
    yield at, named | set(node.get_help_option_names(context))
    if isinstance(node, TyperGroup):
        for name in node.list_commands(context):
            yield from walked(node_of(node.get_command(context, name)), (*at, name))


def node_of(command: object) -> TyperCommand | TyperGroup:
    assert isinstance(command, TyperCommand | TyperGroup)
    return command


OPTIONS = dict(walked(node_of(typer.main.get_command(app))))
# Those that do something: no others begin with the same words.
LEAVES = [words for words in OPTIONS if sum(other[: len(words)] == words for other in OPTIONS) == 1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: f"{c.document}: {c.line}")
def test_a_command_exists_with_its_options(command: Command) -> None:
    words = next((leaf for leaf in LEAVES if command.words[: len(leaf)] == leaf), ())
    named = {word.partition("=")[0] for word in command.words if word.startswith("--")}
    assert words or command.words[0].startswith("--"), "there is no such command"
    assert named <= OPTIONS[words]


def test_an_option_that_stands_alone_is_one_of_some_command() -> None:
    known = set().union(*OPTIONS.values())
    for each in DOCUMENTS:
        named = {code.split()[0] for code in each.code() if code.startswith("--")}
        assert named <= known, each.name


def test_every_command_stands_in_the_readme() -> None:
    shown = [command.words for command in README.commands()]
    missing = [leaf for leaf in LEAVES if leaf not in [words[: len(leaf)] for words in shown]]
    assert missing == []


def test_every_target_of_make_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for each in DOCUMENTS:
        for line in each.shell():
            if line.startswith("make "):
                assert f"\n{line.split()[1]}:" in makefile, f"{each.name}: {line}"


class Shell:
    """Runs commands of seloste in a folder, within this process."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsysbinary

    def run(self, words: Words, typed: list[str], **environment: str) -> str:
        """Return what went wrong; nothing when the exit code is 0."""
        with self._monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            written = "".join(f"{line}\n" for line in typed).encode()
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written)))
            patch.setattr(sys, "argv", ["seloste", *map(_of_this_year, words)])
            with pytest.raises(SystemExit) as ended:
                main()
        said = b"".join(self._capsys.readouterr()).decode(errors="replace")  # a backup is bytes
        return f"exit code {ended.value.code}: {said}" if ended.value.code else ""


def _of_this_year(word: str) -> str:
    """Return a word as it holds here: the ticket is of this year."""
    return re.sub(r"^T-\d{4}-", f"T-{datetime.now(UTC).year}-", word)


@pytest.fixture
def shell(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    loaded_once: object,
) -> Shell:
    """A folder as the documents suppose it: a ticket, contacts, questions, where to move to."""
    assert loaded_once
    monkeypatch.chdir(tmp_path)
    (contacts,) = document("operate.md").blocks("csv")
    (tmp_path / "contacts.csv").write_text(contacts, encoding="utf-8")
    (tmp_path / "database_url").write_text("sqlite:///moved.db", encoding="utf-8")
    data = Path("tests/data")
    (tmp_path / data).mkdir(parents=True)
    for labelled in ("questions-dev.jsonl", "replies-dev.jsonl"):
        some = (ROOT / data / labelled).read_text(encoding="utf-8").splitlines()[::20]
        (tmp_path / data / labelled).write_text("\n".join(some), encoding="utf-8")
    made = Shell(monkeypatch, capsysbinary)
    assert made.run(("chat",), _CONVERSATION) == ""
    return made


def test_what_can_be_run_here_runs(shell: Shell) -> None:
    failed: dict[str, str] = {}
    runnable = [
        command
        for command in dict.fromkeys(COMMANDS)
        if command.words not in _NOT_HERE and not any(map(_PLACEHOLDER.fullmatch, command.words))
    ]
    run: set[Words] = set()
    for command in runnable:
        if command.words not in run or command.environment:
            fault = shell.run(command.words, ["/quit"], **command.environment)
            failed |= {f"{command.document}: {command.line}": fault} if fault else {}
            run.add(command.words)
    assert failed == {}
    assert {words[0] for words in run} >= {
        "ask",
        "backup",
        "check",
        "migrate",
        "restore",
        "tickets",
    }
