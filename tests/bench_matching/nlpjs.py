"""The peer nlp.js, where node is there and somebody installed it: it is no dependency here.

npm install --prefix FOLDER node-nlp
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.catalog import Catalog

_PROGRAM = Path(__file__).with_name("nlpjs.cjs")
_UNKNOWN = "out_of_scope.chatter"  # it says "None" of what it does not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What nlp.js made of questions, each in so many seconds, and how long it learnt."""

    trained: float
    intents: Sequence[str]
    seconds: Sequence[float]


def is_there(folder: Path | None) -> bool:
    """Tell whether node is there, and nlp.js in a folder."""
    installed = folder is not None and (folder / "node_modules" / "node-nlp").is_dir()
    return installed and shutil.which("node") is not None


def answered(
    folder: Path, catalog: Catalog, questions: Sequence[tuple[str, str]], limit: float
) -> Answered | None:
    """Have nlp.js learn and answer, each question in the language that is told it.

    None where it is not done within the limit, in seconds.
    """
    phrases = [
        {"language": str(phrase.language), "text": phrase.text, "intent": phrase.intent}
        for phrase in catalog.phrases
    ]
    asked = [{"language": language, "text": text} for language, text in questions]
    try:
        done = subprocess.run(
            ["node", str(_PROGRAM), str(folder.resolve())],
            input=json.dumps({"phrases": phrases, "questions": asked}).encode(),
            capture_output=True,
            timeout=limit,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return None
    told = json.loads(done.stdout.splitlines()[-1])
    intents = [name if catalog.find(name) else _UNKNOWN for name, _ in told["found"]]
    return Answered(
        trained=told["trained"], intents=intents, seconds=[took for _, took in told["found"]]
    )
