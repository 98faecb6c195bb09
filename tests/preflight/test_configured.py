"""What the settings alone show to be wrong is said, each in a sentence that says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import Settings
from bot.preflight import Problem, Severity, settings_problems

BOT, APP = "xoxb-1-fake", "xapp-1-fake"
SIGNING = "8f742231b10e8888abcd99baac85a500"
TELEGRAM_TOKEN = "1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
AINO = {"name": "Aino", "roles": ["agent", "approver"], "slack": "UAINO", "telegram": 11}
MIKA = {"name": "Mika", "roles": ["approver"], "slack": "UMIKA", "telegram": 12}
SOUND: dict[str, Any] = {
    "telegram": {"token": TELEGRAM_TOKEN, "staff_chat_id": -1001234567890},
    "slack": {
        "bot_token": BOT,
        "app_token": APP,
        "staff_channel": "C0123456789",
        "own_teams": ["T0123456789"],
    },
    "mail": {"smtp_url": "smtp://mail.example.com", "address": "privacy@example.com"},
    "staff": [AINO, MIKA],
}


def problems(environment: dict[str, str] | None = None, **changed: Any) -> list[Problem]:
    """Return the problems of sound settings after a change; None leaves a section or key out."""
    values = dict(SOUND)
    for name, section in changed.items():
        merged = section if isinstance(section, list) else {**SOUND.get(name, {}), **section}
        values[name] = (
            merged
            if isinstance(merged, list)
            else {k: v for k, v in merged.items() if v is not None}
        )
    return list(settings_problems(Settings.model_validate(values), environment or {}))


def said(severity: Severity, **changed: Any) -> str:
    return "\n".join(str(one) for one in problems(**changed) if one.severity is severity)


def test_sound_settings_have_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"keys": {"master_key": "short"}}, "[keys] master_key: the master key in"),
        ({"keys": {"master_key": "ab" * 32}}, "openssl rand -base64 32"),
        ({"telegram": {"token": "abc"}}, "copy the whole token from @BotFather"),
        ({"telegram": {"token": f"{TELEGRAM_TOKEN} "}}, "[telegram] token: is not of the form"),
        ({"telegram": {"staff_chat_id": 1234}}, "the id of a group is negative"),
        (
            {"slack": {"bot_token": APP, "app_token": BOT}},
            "[slack] bot_token: does not begin with xoxb-; what stands there is the app_token: "
            "are they swapped?",
        ),
        ({"slack": {"bot_token": "hello"}}, "[slack] bot_token: does not begin with xoxb-"),
        ({"slack": {"signing_secret": BOT}}, "[slack] signing_secret: is a token"),
        ({"slack": {"signing_secret": "two words and more"}}, "is not the 32 digits and letters"),
        ({"slack": {"staff_channel": "#privacy"}}, "is no channel's id, such as C0123456789"),
        ({"slack": {"own_teams": ["acme"]}}, "[slack] own_teams: holds what is no workspace's id"),
        ({"database": {"url": "postgres://x"}}, "write postgresql+psycopg:// instead"),
        ({"database": {"url": "postgresql://db/x"}}, "write postgresql+psycopg:// instead"),
        ({"database": {"url": "mysql://db/x"}}, "begins with neither sqlite:/// nor"),
        ({"database": {"url": "hunter2"}}, "[database] url: is no URL such as"),
        ({"database": {"url": "sqlite://"}}, "nothing would outlive the process"),
        (
            {"service": {"contact_email": "privacy at acme"}},
            "[service] contact_email: is no e-mail",
        ),
        ({"service": {"contact_email": ""}}, "[service] contact_email: is no e-mail"),
        ({"service": {"languages": ["en", "en"]}}, "the same language stands there twice"),
        ({"mail": {"smtp_url": "mail.example.com"}}, "neither smtp:// nor smtps://"),
        ({"mail": {"smtp_url": None}}, "set smtp_url and address, or to_files = true for a trial"),
        ({"mail": {"address": "privacy"}}, "is no e-mail address"),
        ({"staff": []}, "nobody is named, so nobody could decide a request"),
        ({"staff": [{**AINO, "roles": ["agent"]}]}, "nobody is an approver"),
        ({"staff": [{**AINO, "slack": "aino"}, MIKA]}, "[[staff]] no. 1: slack is no member's id"),
        ({"staff": [AINO, {**MIKA, "telegram": -5}]}, "[[staff]] no. 2: telegram is no person's"),
        (
            {"telegram": {"staff_chat_id": None}, "slack": {"staff_channel": ""}},
            "no desk: nobody on the staff would see a request",
        ),
        (
            {"staff": [{**AINO, "slack": "", "telegram": None}]},
            "[slack] staff_channel: nobody under [[staff]] has slack",
        ),
    ],
)
def test_what_cannot_work_is_refused(changed: dict[str, Any], refusal: str) -> None:
    assert refusal in said(Severity.FAULT, **changed)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"mail": {"smtp_url": None, "to_files": True}},
            "codes and letters reach nobody, they stay in data/mail",
        ),
        ({"mail": {"to_files": True}}, "does nothing while there is a smtp_url"),
        (
            {"service": {"contact_email": "privacy@acme.example"}},
            "[content] dir: the notice that ships is another organisation's than contact_email",
        ),
        (
            {"staff": [{**AINO, "slack": ""}, {**MIKA, "slack": ""}]},
            "[slack] staff_channel: nobody under [[staff]] has slack",
        ),
        (
            {"staff": [AINO, {**MIKA, "slack": "", "telegram": None}]},
            "[[staff]] no. 2: could act nowhere; give them telegram or slack",
        ),
        ({"staff": [MIKA]}, "nobody is an agent"),
        (
            {"identity": {"access": ["control", "attested"]}},
            "[identity] access: with control, whoever types an address of their own is verified",
        ),
        ({"staff": [AINO]}, "there is only one who could do either"),
    ],
)
def test_what_may_be_meant_is_warned_of(changed: dict[str, Any], told: str) -> None:
    assert told in said(Severity.WARNING, **changed)
    assert said(Severity.FAULT, **changed) == ""


def test_one_person_for_both_eyes_is_fine_where_four_eyes_are_not_wanted() -> None:
    assert problems(staff=[AINO], desk={"four_eyes": []}) == []


def test_on_the_http_desk_staff_need_no_account() -> None:
    """They are named by the company's own system, which signs for them."""
    http = {"secret": "s" * 32, "staff_secret": "t" * 32, "deliver_url": "https://example.com/"}
    bare = [{key: one[key] for key in ("name", "roles")} for one in (AINO, MIKA)]
    found = problems(http=http, staff=bare, desk={"four_eyes": []})
    assert {one.severity for one in found} == {Severity.WARNING}
    assert {one.where for one in found} == {"[telegram] staff_chat_id", "[slack] staff_channel"}


def test_whoever_signs_for_all_is_one_pair_of_eyes_and_that_is_told() -> None:
    http = {"secret": "s" * 32, "staff_secret": "t" * 32, "deliver_url": "https://example.com/"}
    bare = [{key: one[key] for key in ("name", "roles")} for one in (AINO, MIKA)]
    bare[1]["http_token"] = "u" * 32
    found = [str(one) for one in problems(http=http, staff=bare) if "http_token" in str(one)]
    assert [one.partition(":")[0] for one in found] == ["[[staff]] no. 1"]
    accounts = problems(http=http, staff=[AINO, MIKA])
    assert "http_token" not in " ".join(map(str, accounts)), "they act in Telegram or in Slack"


def test_without_any_channel_only_run_refuses() -> None:
    """That is an installation to try out, with `seloste chat`."""
    (only,) = settings_problems(Settings(), {})
    assert only.severity is Severity.RUN_FAULT
    assert "nobody on the staff would see a request" in str(only)


def test_one_person_twice_is_told_also_where_there_is_no_desk_yet() -> None:
    staff = [
        {"name": "Mika", "roles": ["approver"], "telegram": 5},
        {"name": "mika", "roles": ["agent"], "telegram": 6},
    ]
    found = settings_problems(Settings.model_validate({"staff": staff}), {})
    assert any("no. 1 and 2 have the same name" in str(one) for one in found)


@pytest.mark.parametrize(
    ("url", "environment", "weighed"),
    [
        ("postgresql+psycopg://db.example.com/x", {}, Severity.FAULT),
        ("postgresql+psycopg:///x?host=db.example.com", {}, Severity.FAULT),
        ("postgresql+psycopg://db.example.com/x?sslmode=require", {}, Severity.WARNING),
        ("postgresql+psycopg://db.example.com/x?sslmode=disable", {}, Severity.WARNING),
        ("postgresql+psycopg://db.example.com/x?sslmode=verify-full", {}, None),
        ("postgresql+psycopg://db.example.com/x", {"PGSSLMODE": "verify-full"}, None),
        ("postgresql+psycopg://localhost/x", {}, None),
        ("postgresql+psycopg://127.0.0.1/x", {}, None),
        ("postgresql+psycopg:///x?host=/var/run/postgresql", {}, None),
        ("postgresql+psycopg:///x", {}, None),
    ],
)
def test_a_database_over_a_network_is_to_prove_who_it_is(
    url: str, environment: dict[str, str], weighed: Severity | None
) -> None:
    found = problems(environment, database={"url": url})
    assert [one.severity for one in found] == ([weighed] if weighed else [])
    assert all("sslmode=verify-full" in str(one) for one in found)


def test_a_problem_shows_no_secret_and_no_name() -> None:
    """It goes to the log of `seloste run`."""
    found = problems(
        keys={"master_key": "Kanarialintu"},
        telegram={"token": "Kanarialintu"},
        slack={
            "bot_token": "Kanarialintu",
            "app_token": "Kanarialintu",
            "signing_secret": "Kanari",
        },
        http={"secret": "Kanarialintu" * 3, "deliver_url": "https://example.com/"},
        database={"url": "Kanarialintu"},
        mail={"smtp_url": "smtp:Kanarialintu", "address": "Kanarialintu"},
        staff=[{"name": "Kanarialintu", "roles": ["agent"], "slack": "Kanari"}] * 2,
    )
    assert len(found) > 10
    assert "Kanari" not in " ".join(map(str, found))


def test_faults_come_first() -> None:
    found = problems(mail={"to_files": True}, staff=[AINO, AINO])
    assert found[0].severity is Severity.FAULT
    assert found[-1].severity is Severity.WARNING


@pytest.mark.parametrize(
    "changed",
    [
        {"service": {"contact_email": "Privacy@IDEAFIX.fi"}},
        {"service": {"contact_email": "privacy@acme.example"}, "content": {"dir": "/own"}},
    ],
)
def test_whose_notice_is_served_is_no_matter_where_it_is_ones_own(changed: dict[str, Any]) -> None:
    assert "the notice that ships" not in said(Severity.WARNING, **changed)
