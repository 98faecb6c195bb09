"""The documents as the tests read them: fenced blocks, code in the text, commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

_FENCED = re.compile(r"^ *```(?P<language>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
_ENVIRONMENT = re.compile(r"[A-Z_]+=\S*")


@dataclass(frozen=True)
class Command:
    """A command line of seloste in a document: where it stands, its words, its environment."""

    document: str
    line: str
    words: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Document:
    """One document."""

    path: Path

    @property
    def name(self) -> str:
        """Its path, seen from the root of the repository."""
        return str(self.path.relative_to(ROOT))

    @property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text(encoding="utf-8")

    def blocks(self, language: str) -> list[str]:
        """Return the fenced blocks of a language."""
        found = _FENCED.finditer(self.text)
        return [block["text"] for block in found if block["language"] == language]

    def code(self) -> list[str]:
        """Return what stands as code in the text, outside the fenced blocks."""
        return [" ".join(code.split()) for code in _CODE.findall(_FENCED.sub("", self.text))]

    def shell(self) -> Iterator[str]:
        """Return the lines of the shell blocks, then the commands in the text."""
        for block in self.blocks("sh"):
            yield from filter(None, map(str.strip, block.splitlines()))
        yield from (code for code in self.code() if code.startswith(("make ", "seloste ")))

    def commands(self) -> Iterator[Command]:
        """Return the commands of seloste, those of the shell blocks first."""
        for line in self.shell():
            words = shlex.split(re.split(" [|<>] ", line)[0], comments=True)
            environment: dict[str, str] = {}
            while words and _ENVIRONMENT.fullmatch(words[0]):
                name, _, value = words.pop(0).partition("=")
                environment[name] = value
            if words and words[0] == "seloste":
                yield Command(self.name, line, tuple(words[1:]), environment)


README = Document(ROOT / "README.md")
DOCUMENTS = [
    README,
    *(Document(ROOT / name) for name in ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *(Document(path) for path in sorted((ROOT / "docs").glob("*.md"))),
]


def document(name: str) -> Document:
    """Return the document of that name in docs/."""
    return Document(ROOT / "docs" / name)
