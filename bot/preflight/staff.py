"""Staff who can act nowhere, desks where nobody can act, one person under two names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from bot.channels import http, slack, telegram
from bot.config import Settings, StaffMember
from bot.core.tickets.ticket import Role
from bot.preflight.problem import Problem, fault, warning

_SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
_SLACK_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")
_SLACK_MEMBER = re.compile(r"[UW][A-Z0-9]{2,}")
# The setting that makes a desk, and the key by which staff act there.
_DESKS = {
    telegram.GROUP: ("[telegram] staff_chat_id", "telegram"),
    slack.CHANNEL: ("[slack] staff_channel", "slack"),
}


def entry_problems(settings: Settings) -> Iterator[Problem]:
    """Return what is wrong with the entries of the staff, wherever they are to act."""
    yield from _ids(settings)
    yield from _same_person_twice(settings.staff)


def staff_problems(settings: Settings, desks: Sequence[str]) -> Iterator[Problem]:
    """Return what keeps the staff from acting at the desks."""
    if not settings.staff:
        yield fault(
            "[[staff]]",
            "nobody is named, so nobody could decide a request; name an agent and an approver",
        )
        return
    yield from _where_they_act(settings.staff, desks)
    yield from _roles(settings, [one for one in settings.staff if _desks_of(one, desks)])
    if settings.desk.four_eyes:
        yield from _without_token(settings.staff, desks)


def _ids(settings: Settings) -> Iterator[Problem]:
    chat, section = settings.telegram.staff_chat_id, settings.slack
    if chat is not None and chat >= 0:
        yield fault("[telegram] staff_chat_id", "is no group: the id of a group is negative")
    if section.staff_channel and not _SLACK_CHANNEL.fullmatch(section.staff_channel):
        yield fault(
            "[slack] staff_channel", "is no channel's id, such as C0123456789; not its name"
        )
    if not all(map(_SLACK_TEAM.fullmatch, section.own_teams)):
        yield fault("[slack] own_teams", "holds what is no workspace's id, such as T0123456789")
    for number, member in enumerate(settings.staff, 1):
        if member.slack and not _SLACK_MEMBER.fullmatch(member.slack):
            yield fault(f"[[staff]] no. {number}", "slack is no member's id, such as U0123456789")
        if member.telegram is not None and member.telegram <= 0:
            yield fault(f"[[staff]] no. {number}", "telegram is no person's id: that is positive")


def _same_person_twice(staff: Sequence[StaffMember]) -> Iterator[Problem]:
    """Two entries of one person would pass four eyes; two persons of one name share their roles."""
    for key in ("name", "slack", "telegram"):
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, member in enumerate(staff, 1):
            given = normalize("NFKC", str(getattr(member, key) or ""))
            value = " ".join(given.split()).casefold()
            if value:
                numbers[value].append(number)
        for same in numbers.values():
            if len(same) > 1:
                listed = " and ".join(map(str, same))
                yield fault(
                    "[[staff]]",
                    f"no. {listed} have the same {key}; one person is one entry, with all roles",
                )


def _where_they_act(staff: Sequence[StaffMember], desks: Sequence[str]) -> Iterator[Problem]:
    for number, member in enumerate(staff, 1):
        if not _desks_of(member, desks):
            yield warning(
                f"[[staff]] no. {number}",
                f"could act nowhere; give them {_keys(desks)}, or remove the entry",
            )
    peopled = {desk for member in staff for desk in _desks_of(member, desks)}
    for desk in desks:
        if desk not in peopled:
            setting, key = _DESKS[desk]
            weigh = warning if peopled else fault
            yield weigh(
                setting, f"nobody under [[staff]] has {key}, so nobody could act on what is shown"
            )


def _without_token(staff: Sequence[StaffMember], desks: Sequence[str]) -> Iterator[Problem]:
    """One signature of all staff does not tell two of them apart."""
    for number, member in enumerate(staff, 1):
        if _desks_of(member, desks) == [http.CHANNEL] and not member.http_token:
            yield warning(
                f"[[staff]] no. {number}",
                "has no http_token, so cannot act on requests that need four eyes ([desk] "
                "four_eyes); give each a token of their own",
            )


def _roles(settings: Settings, acting: Sequence[StaffMember]) -> Iterator[Problem]:
    agents = {member.name for member in acting if Role.AGENT in member.roles}
    approvers = {member.name for member in acting if Role.APPROVER in member.roles}
    if acting and not approvers:
        yield fault("[[staff]]", "nobody is an approver, so no request could ever be decided")
    elif acting and not agents:
        yield warning(
            "[[staff]]", "nobody is an agent, so nobody could vouch for a person's identity"
        )
    elif len(agents | approvers) == 1 and settings.desk.four_eyes:
        yield warning(
            "[desk] four_eyes",
            "who vouches for a person may not confirm, and there is only one who could do either; "
            "name a second member of staff",
        )


def _desks_of(member: StaffMember, desks: Sequence[str]) -> list[str]:
    account = {
        http.CHANNEL: member.name,
        telegram.GROUP: member.telegram,
        slack.CHANNEL: member.slack,
    }
    return [desk for desk in desks if account[desk]]


def _keys(desks: Sequence[str]) -> str:
    return " or ".join(_DESKS[desk][1] for desk in desks if desk in _DESKS)
