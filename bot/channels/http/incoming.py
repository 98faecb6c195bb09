"""What is posted to the HTTP channel, read strictly."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.core.understanding.words.text import LONGEST
from bot.errors import UsageError

_PRINTABLE = r"^[^\x00-\x1f\x7f]+$"


class Incoming(BaseModel):
    """What may come in. `id` is the sender's own: the same one twice counts once."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(min_length=1, max_length=150, pattern=_PRINTABLE)
    person: str = Field(default="", max_length=200)
    text: str | None = None
    choice: str | None = None
    staff: str = ""
    ticket: str = ""
    action: str = ""
    version: int | None = None
    method: str = ""
    ground: str = ""
    extent: str = ""
    authority: str = ""
    relation: str = ""
    code: str = ""
    way: str = ""
    recipient: str = Field(default="", max_length=60)
    outcome: str = ""
    to: str = ""
    due: str = ""
    task: int = 0
    template: str = ""
    right: str = ""
    source: str = ""
    received: str = ""
    language: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    filters: tuple[str, ...] = ()
    page: int = Field(default=1, ge=1)
    back: str = ""
    file_name: str = Field(default="", max_length=500)
    size: int = 0
    sha256: str = Field(default="", max_length=64)
    preview: bool = False
    token: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _one_thing(self) -> Incoming:
        if self.staff and self.person:
            raise ValueError("an event is a person's or a member of staff's, not both")
        if not self.staff and not self.person:
            raise ValueError("person or staff is missing")
        if self.preview and not self.staff:
            raise ValueError("what staff do can be previewed, nothing else")
        if self.person and (self.text is None) == (self.choice is None):
            raise ValueError("a person's event has a text or a choice")
        if self.staff and len(self.text or "") > LONGEST:
            raise ValueError(f"text: staff's words may have {LONGEST} characters")
        return self


def read(body: bytes) -> Incoming:
    """Return what a body holds. Raises UsageError that says what is wrong with it."""
    try:
        return Incoming.model_validate_json(body)
    except ValidationError as error:
        raise UsageError("; ".join(map(_fault, error.errors()))) from None


def _fault(fault: ErrorDetails) -> str:
    """Return one fault, not the value that was given: it may be a message."""
    where = ".".join(map(str, fault["loc"]))
    told = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {told}" if where else told
