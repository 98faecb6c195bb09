"""Files: what the Web API says of them, and how they are handed out."""

from __future__ import annotations

from tests.fakes.slack.methods import method
from tests.fakes.slack.model import Json, Refusal, StoredFile, User
from tests.fakes.slack.workspace import Workspace

PATH = "/files-pri/"


def uploaded(slack: Workspace, user: User, name: str, content: bytes) -> StoredFile:
    """Keep a file that somebody uploads."""
    number = slack.number("F0")
    url = f"{slack.url}{PATH}{slack.team}-{number}/download/{name.replace('/', '_')}"
    made = slack.files[number] = StoredFile(
        id=number, user=user.id, name=name, content=content, url=url
    )
    return made


@method("files.info", scope="files:read", needs="file", takes="cursor limit count page")
def files_info(slack: Workspace, args: Json) -> Json:
    stored = slack.files.get(args["file"])
    if stored is None:
        raise Refusal("file_not_found")
    return {"file": stored.json}


def handed_out(slack: Workspace, path: str, token: str) -> bytes | None:
    """Return what is in a file; None where the token does not suffice: Slack has no error then."""
    number = path.removeprefix(PATH).partition("/")[0].rpartition("-")[2]
    known = token == slack.bot_token and not slack.revoked and "files:read" in slack.scopes
    stored = slack.files.get(number)
    return stored.content if known and stored else None
