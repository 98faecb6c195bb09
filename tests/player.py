"""Plays a transcript against a running assistant, with its real storage and service."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.channels.desk import card
from bot.core.effects import ReportDenial, ShowInquiry, ShowTicket, ToStaff
from tests import transcripts
from tests.conftest import Clock
from tests.register import put_on_file
from tests.stages import DESK, Stage
from tests.transcripts import StaffLine


class Player(transcripts.Player):
    """One transcript being played against a running assistant."""

    def __init__(self, app: Assistant, clock: Clock, stage: Stage) -> None:
        super().__init__(app.actors, app.rules.timezone)
        self._app = app
        self._stage = stage
        self._clock = clock
        self._events = 0
        self._letters = 0

    def register(self, address: str) -> None:
        put_on_file(self._app.store, (address,))

    def move_clock_to(self, moment: datetime) -> None:
        self._clock.now = moment

    def move_clock_by(self, time: timedelta) -> None:
        self._clock.forward(time)

    def fall_due(self) -> None:
        self._app.schedule.enqueue_daily_tasks()
        while self._app.handler.handle_next():
            pass

    def write(self, who: str, text: str) -> None:
        self._stage.write(who, text)

    def press(self, who: str, label: str) -> None:
        self._stage.press(who, label)

    def again(self) -> None:
        self._stage.again()

    def staff_acts(self, line: StaffLine) -> None:
        with self._app.store.reading() as unit:
            found = unit.inquiries if line.on_inquiry else unit.tickets
            subject = found.numbered(line.number)
        assert subject is not None, f"there is no {line.number}"
        self._events += 1
        event = line.event(subject, self._app.actors[line.who], self._clock())
        take(self._app, self._app.intake.inbound(f"event-{self._events}", event, DESK))

    def deliver(self) -> None:
        self._stage.deliver(self.transcript.heard, self._tell)
        folder = self._app.settings.service.data_dir / "mail"
        for path in sorted(folder.glob("*.eml"))[self._letters :]:
            self._letters += 1
            letter = message_from_bytes(path.read_bytes(), policy=default)
            body = letter.get_body(("plain",))
            assert body is not None
            text = body.get_content().strip()
            self.transcript.mailed(letter["To"], letter["Subject"], text)

    def _tell(self, told: ToStaff) -> None:
        match told:
            case ReportDenial(denial=denial):
                self.transcript.desk(f"no, {denial}")
            case ShowInquiry(inquiry=id):
                found = self._app.queries.case(id)
                subject = found.subject if found else None
                for line in card.told(told, self._app.queries.wording, subject):
                    self.transcript.desk(line)
            case ShowTicket(number=number):
                with self._app.store.reading() as unit:
                    ticket = unit.tickets.numbered(number)
                assert ticket is not None
                self.transcript.ticket(ticket, self._app.rules.today(self._clock()))
