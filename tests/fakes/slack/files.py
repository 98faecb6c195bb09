"""Files: what the Web API says of them, and how they are handed out."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.slack import events
from tests.fakes.slack.methods import method
from tests.fakes.slack.model import Json, Refusal, StoredFile, User
from tests.fakes.slack.workspace import Workspace

PATH = "/files-pri/"
UPLOADS = "/upload/v1/"


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


@method(
    "files.getUploadURLExternal",
    scope="files:write",
    needs="filename length",
    takes="alt_txt snippet_type",
)
def get_upload_url(slack: Workspace, args: Json) -> Json:
    number = slack.number("F0")
    url = f"{slack.url}{UPLOADS}{number}"
    slack.uploading[number] = {"name": args["filename"], "length": int(args["length"]), "url": url}
    return {"upload_url": url, "file_id": number}


def taken(slack: Workspace, number: str, content: bytes) -> bool:
    """Take what is put at the address of an upload; it must be as long as was said."""
    upload = slack.uploading.get(number)
    if upload is None or len(content) != upload["length"]:
        return False
    upload["content"] = content
    return True


@method(
    "files.completeUploadExternal",
    scope="files:write",
    needs="files",
    takes="channel_id channels initial_comment thread_ts blocks",
)
def complete_upload(slack: Workspace, args: Json) -> Json:
    given: list[Any] = json.loads(args["files"])
    channel = slack.open_to_bot(args["channel_id"])
    uploads = [slack.uploading.pop(one["id"], {}) for one in given]
    if not all("content" in upload for upload in uploads):
        raise Refusal("file_not_found")
    stored = [
        StoredFile(
            id=one["id"],
            user=slack.bot.id,
            name=upload["name"],
            content=upload["content"],
            url=f"{slack.url}{PATH}{slack.team}-{one['id']}/download/{upload['name']}",
        )
        for one, upload in zip(given, uploads, strict=True)
    ]
    slack.files |= {one.id: one for one in stored}
    message = slack.worded(channel, "", [], args.get("thread_ts", ""))
    message.subtype, message.files = "file_share", [one.json for one in stored]
    slack.posted.append(message)
    slack.note(f"bot @ {channel.name} shares {', '.join(one.name for one in stored)}", message)
    slack.echo(events.message(slack, channel, message), channel)
    return {"files": [{"id": one.id, "title": one.name} for one in stored]}
