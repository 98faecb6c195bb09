"""How long each kind of data is kept once it has served its purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The retention periods; the defaults are those of the configuration.

    `ended` is for tickets, and for inquiries that nobody ever answered; `inquiries` for those that
    were. `disowned` is how long a mailbox gets no codes for strangers, once its reader said so;
    `counts` is for how often topics were asked about; `unanswered` for what was asked in vain, and
    nothing where that is not kept.
    """

    dialogues: timedelta = timedelta(days=1)
    events: timedelta = timedelta(days=7)
    ended: timedelta = timedelta(days=730)
    inquiries: timedelta = timedelta(days=30)
    disowned: timedelta = timedelta(days=180)
    counts: timedelta = timedelta(days=730)
    unanswered: timedelta = timedelta()
