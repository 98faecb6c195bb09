"""Mail out. Without a mail server, letters go to files in a folder, which `chat` shows."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from uuid import uuid4


class MailFolder:
    """A local outbox: one .eml file a letter, readable by the owner only."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, to: str, subject: str, body: str) -> None:
        """Write one letter to one recipient."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self._sender
        letter["To"] = to
        letter["Subject"] = subject
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
        letter.set_content(body)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{len(self.letters()) + 1:04d}-{uuid4().hex[:8]}.eml"
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_bytes(letter.as_bytes())

    def letters(self) -> list[Path]:
        """Return the letters, oldest first."""
        return sorted(self._folder.glob("*.eml"))
