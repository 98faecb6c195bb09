"""Secrets that look wrong: too short, mixed up, or something else altogether."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.config import Settings
from bot.config.section import revealed
from bot.errors import KeyFault
from bot.preflight.problem import Problem, fault
from bot.storage.key_file import read_master_key

SHORTEST = 16  # characters of a secret of one's own choice
_TELEGRAM_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_SLACK_TOKENS = {"bot_token": "xoxb-", "app_token": "xapp-"}
_OTHER_TOKENS = ("xox", "xapp-")


def secret_problems(settings: Settings) -> Iterator[Problem]:
    """Return what is wrong with the secrets; none of them is shown."""
    master_key = revealed(settings.keys.master_key)
    if master_key:
        try:
            read_master_key(master_key, "[keys] master_key")
        except KeyFault as error:
            yield fault("[keys] master_key", str(error))
    token = revealed(settings.telegram.token)
    if token and not _TELEGRAM_TOKEN.fullmatch(token):
        yield fault(
            "[telegram] token",
            "is not of the form 123456:ABC-DEF...; copy the whole token from @BotFather",
        )
    yield from _slack_problems(settings)
    yield from _token_problems(settings)


def _token_problems(settings: Settings) -> Iterator[Problem]:
    """A token that two know, or that is a secret of all, would be both pairs of eyes."""
    known = {
        revealed(settings.http.secret): "[http] secret",
        revealed(settings.http.staff_secret): "[http] staff_secret",
    }
    for number, member in enumerate(settings.staff, 1):
        token, place = revealed(member.http_token), f"[[staff]] no. {number}"
        if token and token in known:
            yield fault(
                place, f"http_token is that of {known[token]}; each needs one that nobody else has"
            )
        known.setdefault(token, place)


def _slack_problems(settings: Settings) -> Iterator[Problem]:
    section = settings.slack
    given = {
        "bot_token": revealed(section.bot_token),
        "app_token": revealed(section.app_token),
    }
    for name, prefix in _SLACK_TOKENS.items():
        token = given[name]
        if not token or token.startswith(prefix):
            continue
        belongs = [other for other, start in _SLACK_TOKENS.items() if token.startswith(start)]
        hint = f"; what stands there is the {belongs[0]}: are they swapped?" if belongs else ""
        yield fault(f"[slack] {name}", f"does not begin with {prefix}{hint}")
    signing_secret = revealed(section.signing_secret)
    if signing_secret.startswith(_OTHER_TOKENS):
        yield fault("[slack] signing_secret", "is a token; the secret is under App Credentials")
    elif signing_secret and (len(signing_secret) < SHORTEST or not signing_secret.isalnum()):
        yield fault(
            "[slack] signing_secret",
            "is not the 32 digits and letters that Slack shows under App Credentials",
        )
