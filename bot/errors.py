"""The exception tree. An expected outcome is a return value; an exception is a broken promise.

SelosteError
 ├── ContentError        intents/ or responses/ cannot be used; names every fault
 ├── ConfigError         the configuration cannot be used; names every fault
 ├── KeyFault            the master key is missing, unreadable or another one
 ├── StorageError        the database cannot be used
 ├── DeliveryError       something could not be handed over to its destination
 │    ├── TryLater       it may go later
 │    │    └── ShutOut   the platform no longer lets the assistant in
 │    └── Refused        it never will
 │         └── Gone      nothing can be said there: blocked, closed, no longer there
 └── UsageError          what was asked for on the command line cannot be done

Texts are for people and say what to do; they hold no personal data.
"""

from __future__ import annotations

from collections.abc import Sequence


class SelosteError(Exception):
    """Any fault that a person can be told about in plain words."""


class _Faults(SelosteError):
    """Several faults at once, a line each."""

    def __init__(self, heading: str, faults: Sequence[str]) -> None:
        super().__init__("\n".join([heading, *(f"  - {fault}" for fault in faults)]))
        self.faults = tuple(faults)


class ContentError(_Faults):
    """The content cannot be used."""


class ConfigError(_Faults):
    """The configuration cannot be used."""


class KeyFault(SelosteError):
    """The master key is missing, unreadable, or not the one that sealed the data."""


class StorageError(SelosteError):
    """The database cannot be used."""


class UsageError(SelosteError):
    """The request cannot be carried out as given."""


class DeliveryError(SelosteError):
    """Something could not be handed over; the text goes to the log."""


class TryLater(DeliveryError):
    """It was not handed over now, but may be later, also by a repair on our side."""

    def __init__(self, text: str, after: float | None = None) -> None:
        super().__init__(text)
        self.after = after  # seconds that the destination asked for; None: by back-off


class ShutOut(TryLater):
    """The platform no longer lets the assistant in: its token was revoked, or the app removed."""


class Refused(DeliveryError):
    """It will never be taken as it is; sending it again is no use."""


class Gone(Refused):
    """Nothing can be said there: the person blocked the assistant, or the place is no more."""


def loggable(error: Exception) -> str:
    """Return what may be logged of an exception.

    Our own texts hold no personal data; that of any other may quote what people wrote.
    """
    return str(error) if isinstance(error, SelosteError) else type(error).__name__
