"""The command line as its users meet it: exit codes, no traceback, and real processes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.main import app, main
from bot.content.loaded import Understanding
from tests.conftest import ROOT
from tests.logs import CANARIES
from tests.yardstick import slowness

OUTCOMES = {
    "answer",
    "request",
    "clarify",
    "not_in_notice",
    "out_of_scope",
    "smalltalk",
    "human",
    "status",
    "cancel",
}


def process(
    *arguments: str, cwd: Path, stdin: str = "", code: int = 0, **env: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **env},
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + err, err
    assert done.returncode == code, (out, err)
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


class Seloste(Protocol):
    """Runs a command in a folder; any exception but an exit fails the test."""

    def __call__(
        self, *arguments: str, stdin: str = "", code: int = 0
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def seloste(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    loaded_once: Understanding,
) -> Seloste:
    """The same command line within this process."""
    assert loaded_once
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str, stdin: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["seloste", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        done = capsys.readouterr()
        found = ended.value.code or 0
        assert found == code, done
        return subprocess.CompletedProcess(arguments, code, done.out, done.err)

    return run


def test_ask_prints_the_notices_own_words(tmp_path: Path, content: object) -> None:
    assert content  # the model is in the cache by now
    answer = process("ask", "Mihin käytätte evästeitä?", cwd=tmp_path).stdout
    assert "Tietosuojaselosteessa (versio 1, " in answer
    assert "”" in answer
    assert list(tmp_path.iterdir()) == [], "asking stores nothing"


def test_ask_answers_in_the_languages_of_the_configuration(
    tmp_path: Path, seloste: Seloste
) -> None:
    (tmp_path / "config.toml").write_text('[service]\nlanguages = ["en"]\n')
    lines = [{"text": "Mihin käytätte evästeitä?"}, {"body": "Poistakaa tietoni."}]
    sent = "\n".join(map(json.dumps, lines))
    printed = seloste("ask", "--json", "--stdin", stdin=sent).stdout
    assert [json.loads(line)["language"] for line in printed.splitlines()] == ["en", "en"]
    refused = seloste("ask", "--lang", "fi", "Mihin?", code=2).stderr
    assert "'fi' is none of the languages: en" in " ".join(refused.split())


def test_asking_does_not_repeat_what_was_asked(seloste: Seloste) -> None:
    done = seloste("ask", "--json", " ".join(("Poistakaa", *CANARIES)))
    assert [canary for canary in CANARIES if canary in done.stdout + done.stderr] == []


def test_ask_json_keeps_its_contract(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "text": "How long do you keep my data?"},
        {"id": "2", "text": "Poistakaa tietoni", "lang": "fi"},
        {"id": "3", "subject": "Begäran", "body": "Jag vill ha en kopia av mina uppgifter."},
        {"id": "4", "text": "\ud800{{x}}\u200b"},
    ]
    sent = "\n".join(json.dumps(line) for line in lines)
    printed = process("ask", "--json", "--stdin", cwd=tmp_path, stdin=sent).stdout
    found = [json.loads(line) for line in printed.splitlines()]
    assert [item["id"] for item in found] == ["1", "2", "3", "4"]
    for item in found:
        assert set(item) == {
            "id", "language", "outcome", "intent", "right", "rights", "confidence",
            "passages", "options", "also", "reply",
        }  # fmt: skip
        assert item["outcome"] in OUTCOMES
        assert item["language"] in ("fi", "en", "sv")
        assert 0 <= item["confidence"] <= 1
        for passage in item["passages"]:
            assert set(passage) == {"id", "heading", "quote", "shown"}
            assert passage["shown"] in item["reply"]
    assert found[0]["outcome"] == "answer"
    assert found[1]["outcome"] == "request"
    assert (found[1]["right"], found[1]["rights"]) == ("erasure", ["erasure"])
    assert (found[2]["language"], found[2]["right"]) == ("sv", "access")


def test_a_line_with_a_stage_is_read_as_a_reply_too(seloste: Seloste) -> None:
    lines = [
        {"id": "1", "text": "I don't want it deleted", "stage": "offer", "right": "erasure"},
        {"id": "2", "text": "submit", "stage": "summary", "right": "erasure"},
        {"id": "3", "body": "Laura Niemi, and why do you need that?", "stage": "name"},
    ]
    sent = "\n".join(json.dumps(line) for line in lines)
    printed = seloste("ask", "--json", "--stdin", stdin=sent).stdout
    found = [json.loads(line) for line in printed.splitlines()]
    assert [item["means"] for item in found] == ["refuse", "agree", "value"]
    assert [(item["field"], item["value"], item["second"]) for item in found] == [
        ("", "", None), ("", "", None), ("", "Laura Niemi", "question")
    ]  # fmt: skip
    wrong = '{"text": "no", "stage": "nowhere"}'
    assert "line 1" in seloste("ask", "--json", "--stdin", stdin=wrong, code=2).stderr


def test_a_line_may_name_the_topic_on_which_it_asks_on(seloste: Seloste) -> None:
    lines = [
        {"id": "1", "text": "how long?", "after": "question.cookies"},
        {"id": "2", "text": "how long?", "after": "question.data-categories"},
        {"id": "3", "body": "entä evästeet?", "after": "question.retention"},
    ]
    sent = "\n".join(json.dumps(line) for line in lines)
    printed = seloste("ask", "--json", "--stdin", stdin=sent).stdout
    found = [json.loads(line) for line in printed.splitlines()]
    *long, cookies = found
    unsaid = "not_in_notice.cookie-details"
    assert [item["intent"] for item in long] == [unsaid, "question.retention"]
    # What the notice says of them is quoted, and how long they stay is one tap away.
    assert {passage["id"] for passage in cookies["passages"]} == {"cookies", "cookies-refuse"}
    assert unsaid in {item["intent"] for item in cookies["also"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is the legal basis for marketing?", "Perhaps this part of the privacy notice"),
        ("keep sending me offers", "does not seem to be about privacy"),
        ("hide our stuff", "Which of these do you mean?"),
        ("delete my account but keep the invoices, and send me a copy", "want your data erased"),
    ],
)
def test_it_states_no_more_than_a_conversation_does(seloste: Seloste, text: str, said: str) -> None:
    assert said in seloste("ask", text).stdout
    assert said in seloste("ask", f"> an earlier message\n{text}").stdout


def test_replies_are_scored_by_stage(seloste: Seloste, tmp_path: Path) -> None:
    line = {"lang": "en", "stage": "offer", "text": "yes please", "means": "agree"}
    (tmp_path / "replies.jsonl").write_text(json.dumps(line), encoding="utf-8")
    told = seloste("evaluate", "--stages", str(tmp_path / "replies.jsonl")).stdout
    assert "Right, %" in told
    assert "taken for a yes, and is none" in told


def test_the_whole_development_set_is_answered_in_order(seloste: Seloste) -> None:
    dev = (ROOT / "tests/data/questions-dev.jsonl").read_text(encoding="utf-8")
    sent = [json.loads(line) for line in dev.splitlines()]
    printed = seloste("ask", "--json", "--stdin", stdin=dev).stdout
    assert [json.loads(line)["id"] for line in printed.splitlines()] == [i["id"] for i in sent]


@pytest.mark.parametrize("line", ["no json", "[1]", '{"id": 1}', "null", '"x"'])
def test_a_bad_line_is_named(seloste: Seloste, line: str) -> None:
    done = seloste("ask", "--json", "--stdin", stdin=line, code=2)
    assert "line 1" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "hei", "--stdin"),
        ("ask", "hei", "--lang", "de"),
        ("deadline", "yesterday"),
        ("deadline", "9999-12-31"),
        ("deadline", "2026-02-30"),
        ("evaluate", "nowhere.jsonl"),
        ("contacts", "import", "nowhere.csv"),
        ("tickets", "show", "T-2026-9999"),
        ("ask", "hei", "--config", "nowhere.toml"),
        ("nonsense",),
    ],
)
def test_a_mistake_is_told_in_a_sentence(seloste: Seloste, arguments: tuple[str, ...]) -> None:
    done = seloste(*arguments, code=2)
    assert done.stdout == ""
    assert len(done.stderr) > 20


def test_any_text_is_answered_and_none_interpreted(seloste: Seloste) -> None:
    texts = ["", "{{ 7*7 }}", "<b>&amp;</b>", "日本語", "a" * 100_000]
    lines = "\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts))
    printed = seloste("ask", "--json", "--stdin", stdin=lines).stdout
    replies = [json.loads(line)["reply"] for line in printed.splitlines()]
    assert len(replies) == len(texts)
    assert all(replies)
    assert "49" not in "".join(replies)
    assert "49" not in seloste("ask", "{{ 7*7 }}").stdout


def test_deadline_says_when_and_why(seloste: Seloste) -> None:
    printed = seloste("deadline", "2026-11-06", "--json").stdout
    assert json.loads(printed) == {
        "received": "2026-11-06",
        "nominal_end": "2026-12-06",
        "due": "2026-12-07",
        "extended_due": "2027-02-08",
        "moved_because": ["2026-12-06 Independence Day"],
    }
    assert "2026-12-07" in seloste("deadline", "2026-11-06").stdout


def quickest(*arguments: str, cwd: Path) -> float:
    """Return the least processor seconds of three runs, as on a quiet machine."""
    spent = []
    for _ in range(3):
        slow, before = slowness(), os.times()
        process(*arguments, cwd=cwd, COVERAGE_PROCESS_CONFIG="")  # measuring takes time itself
        after = os.times()
        spent.append((sum(after[2:4]) - sum(before[2:4])) / slow)
    return min(spent)


def test_help_comes_at_once(tmp_path: Path) -> None:
    assert quickest("--help", cwd=tmp_path) < 0.6  # about 0.25 s where nothing else runs


@pytest.mark.long
@pytest.mark.timed
def test_an_answer_comes_within_a_second_on_a_warm_cache(tmp_path: Path, content: object) -> None:
    assert content
    # About half of that, by the yardstick; a shared core makes processor time longer too.
    assert quickest("ask", "Mihin käytätte evästeitä?", cwd=tmp_path) < 1.0


def test_check_finds_the_content_whole(seloste: Seloste) -> None:
    assert "no faults, no warnings" in seloste("check").stdout


def test_the_register_keeps_hashes_and_names_bad_lines(tmp_path: Path, seloste: Seloste) -> None:
    (tmp_path / "c.csv").write_text("email,phone\na@b.fi,040 123 4567\nc@d.fi,\n")
    done = seloste("contacts", "import", "c.csv")
    assert "3 contacts of 2 persons read, 3 new" in done.stdout
    (tmp_path / "bad.csv").write_text("email\nnot-an-address\n")
    done = seloste("contacts", "import", "bad.csv", code=2)
    assert "line 2: email" in done.stderr
    assert "not-an-address" not in done.stderr
    (tmp_path / "odd.csv").write_text("name\nMatti\n")
    assert "name the columns" in seloste("contacts", "import", "odd.csv", code=2).stderr


class Chat:
    """`seloste chat` in a process, typed to line by line."""

    def __init__(self, cwd: Path) -> None:
        self._cwd = cwd
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "bot", "chat"],
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        )

    def type(self, *lines: str) -> None:
        assert self._process.stdin is not None
        for line in lines:
            self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def code(self) -> str:
        """Wait for the letter with the code."""
        for _ in range(400):
            letters = sorted(self._cwd.glob("data/mail/*.eml"))
            if letters and (found := re.search(r"\b\d{8}\b", letters[-1].read_text())):
                return found[0]
            time.sleep(0.05)
        raise AssertionError("no letter came")

    def end(self) -> str:
        out, _ = self._process.communicate(timeout=30)
        assert self._process.returncode == 0
        return out.decode()


def test_the_whole_way_in_the_terminal(tmp_path: Path, seloste: Seloste) -> None:
    chat = Chat(tmp_path)
    chat.type("kuinka kauan säilytätte tietojani?", "poistakaa kaikki tietoni", "kyllä")
    chat.type("Matti Meikäläinen", "matti.meikalainen@example.com", "1", "1")
    chat.type(chat.code(), "/mail", "/staff Mika", "list", "show T-2026-0001")
    chat.type("refuse T-2026-0001", "Ei voida toteuttaa.", "n", "nonsense", "suspend T-2026-0001")
    chat.type("confirm T-2026-0001", "confirm T-2026-0001", "show T-2026-9999")
    chat.type("fulfil T-2026-0001", "", "k", "list all", "/customer", "/status")
    chat.type("kuka on tietosuojavastaavanne?", "2", "/staff Aino", "reply Q-2026-0009")
    chat.type("reply Q-2026-0001", "Vaihteen kautta.", "k", "/quit")
    screen = chat.end()
    assert "Traceback" not in screen
    assert "event_id" not in screen, "the log is no part of the conversation"
    for seen in (
        "Tietosuojaselosteessa (versio 1, ",
        "Sen numero on T-2026-0001",
        "koodi on oikein",
        "Vahvistuskoodi tietosuojapyyntöön T-2026-0001",
        "osoite rekisterissä",
        "asiakas lukee näin",
        "Valitse jokin näistä: clarification",
        "on hyväksytty, ja se toteutetaan",
        "Tätä ei voi tehdä pyynnön nykyisessä tilassa. Kortista näkyy",
        "Pyyntöä T-2026-9999 ei ole.",
        "on toteutettu",
        "Q-2026-0001: kuka on tietosuojavastaavanne?",
        "Pyyntöä Q-2026-0009 ei ole.",
        "Vastaus kysymykseesi Q-2026-0001.",
    ):
        assert seen in screen, seen
    listed = seloste("tickets", "list", "--all").stdout
    assert "T-2026-0001" in listed
    assert "toteutettu" in listed
    shown = seloste("tickets", "show", "t-2026-0001").stdout
    assert "Historia" in shown
    assert "10 rows" in seloste("audit", "verify").stdout


def test_a_broken_audit_chain_is_told_with_exit_code_1(tmp_path: Path, seloste: Seloste) -> None:
    import sqlite3

    chat = Chat(tmp_path)
    chat.type("lopettakaa mainonta", "kyllä", "m@example.com", "ohita", "kyllä", "/quit")
    chat.end()
    assert "3 rows" in seloste("audit", "verify").stdout
    connection = sqlite3.connect(tmp_path / "data" / "seloste.db", isolation_level=None)
    connection.execute("UPDATE audit SET actor = 'nobody'")
    connection.close()
    assert "broken: row 1" in seloste("audit", "verify", code=1).stdout


def test_a_lost_key_is_told_plainly(tmp_path: Path, seloste: Seloste) -> None:
    (tmp_path / "c.csv").write_text("email\nmatti@example.com\n", encoding="utf-8")
    seloste("contacts", "import", "c.csv")
    (tmp_path / "data" / "master.key").unlink()
    done = seloste("tickets", "list", code=2)
    assert "restore it from your backup" in done.stderr


@pytest.mark.parametrize("address", ["ftp://x", "http://bot.example.com", "bot.example.com"])
def test_a_manifest_for_anything_but_https_is_refused(seloste: Seloste, address: str) -> None:
    refused = seloste("manifest", "--http", address, code=2)
    assert "https:// only" in refused.stderr
    assert refused.stdout == ""


def test_check_shows_what_it_found_and_refuses_what_cannot_work(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[database]\nurl = "postgresql+psycopg://u:Kanarialintu@db.example.com/seloste?sslmode=require"\n'
        '[http]\nsecret = "Kanarialintu, Kanarialintu, Kanarialintu"\n'
        'staff_secret = "Kanarialintu and another Kanarialintu"\ndeliver_url = "https://example.com/in"\n'
        '[mail]\nsmtp_url = "smtp://u:Kanarialintu@mail.example.com"\naddress = "a@example.com"\n'
        '[[staff]]\nname = "Aino"\nroles = ["agent", "approver"]\n'
        '[[staff]]\nname = "aino"\nroles = ["approver"]\n',
        encoding="utf-8",
    )
    (tmp_path / "config.toml").chmod(0o600)
    found = process("check", cwd=tmp_path, code=2, SELOSTE_ALLOW_ROOT="1", COLUMNS="200")
    for shown in (
        str(tmp_path / "config.toml"),
        "postgresql+psycopg://u:***@db.example.com/seloste?sslmode=require",
        "HTTP",
        "1. Aino: agent, approver",
        "fi, en, sv",
        "mail.example.com, from a@example.com",
        "sslmode=verify-full",
        "The installation: 1 fault, ",
    ):
        assert shown in found.stdout, found.stdout
    assert "no. 1 and 2 have the same name" in found.stderr
    assert "Kanarialintu" not in found.stdout + found.stderr


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["ask", "-h"], ["--version"]])
def test_what_others_name_so_shows_help_and_version(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["seloste", *asked])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    told = "seloste 0." if asked == ["--version"] else "Usage: "
    assert told in capsys.readouterr().out


def test_help_shows_the_names_of_the_configuration_whole() -> None:
    """Square brackets in a help text are markup: [[staff]] would be shown as []."""

    def commands(group: object, *words: str) -> Iterator[tuple[str, ...]]:
        yield words
        for name, one in getattr(group, "commands", {}).items():
            yield from commands(one, *words, name)

    shown = {
        words: CliRunner().invoke(app, [*words, "--help"]).output
        for words in commands(typer.main.get_command(app))
    }
    assert len(shown) > 30
    assert not [words for words, said in shown.items() if "[]" in said or "Usage" not in said]
