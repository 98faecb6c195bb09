"""Staff forms in Slack modals: opened by a press, filled in, previewed, sent."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from uuid import NAMESPACE_URL, uuid5

import structlog

from bot.channels.assistant import Keep
from bot.channels.desk import attaching, card, flow
from bot.channels.desk.flow import Ask, Obstacle, Preview, Refused, Situation, Step
from bot.channels.desk.form import DETAILS, Blank, Form
from bot.channels.desk.port import Case, Desk
from bot.channels.desk.press import pressed
from bot.channels.slack import CHANNEL, markup
from bot.channels.slack.background import BackgroundTasks
from bot.channels.slack.client import Client
from bot.channels.slack.desk_views import Views
from bot.channels.slack.markup import Json
from bot.channels.slack.members import Access
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Actor, Denial
from bot.errors import DeliveryError, SelosteError

_LOG = structlog.get_logger()
_ANSWER_WITHIN = 2.5  # of the three seconds in which Slack wants its answer
_LOOKS, _BETWEEN_LOOKS = 50, 0.1


class DeskInput:
    """Handles what staff press and fill in; who they are is checked again at every step.

    `keep` returns once an event is on disk; Slack is answered only then.
    """

    def __init__(
        self, client: Client, desk: Desk, access: Access, keep: Keep, background: BackgroundTasks
    ) -> None:
        self._client = client
        self._desk = desk
        self._access = access
        self._keep = keep
        self._background = background
        self._views = Views(desk)
        self._untouched: set[str] = set()  # forms just opened, by their views' ids

    async def pressed(self, body: Json) -> None:
        """Open the form of a button; within three seconds, so before the database.

        Raises DeliveryError.
        """
        user, team = _presser(body)
        actor = self._access.listed(user, team)
        form = self._begun(body)
        if actor is None or form is None:
            told = self._views.refusing(Obstacle.UNKNOWN if actor else Obstacle.NOT_STAFF)
            await self._client.open_view(body["trigger_id"], told)
            return
        form = replace(form, actor=actor.key)
        at_once = form.blanks() and Blank.TASK not in form.blanks()
        first = self._views.asking(form) if at_once else self._views.waiting(form)
        view = await self._client.open_view(body["trigger_id"], first)
        self._untouched.add(view)
        self._background.start(self._after_opening(form, user, team, view))

    def _begun(self, body: Json) -> Form | None:
        """Return the form of a button on a card of this desk, or in the home tab."""
        place = body.get("container", {}).get("channel_id", self._access.channel)
        value = str(body["actions"][0].get("value", ""))
        return pressed(self._desk.buttons_key, value) if place == self._access.channel else None

    async def _after_opening(self, form: Form, user: str, team: str, view: str) -> None:
        """Once the form is open, check that it can go on, and show what it will say."""
        try:
            shown = await self._shown_first(form, user, team)
        except SelosteError as error:
            _log_late(error)
            shown = self._views.told(form, self._why(Obstacle.LATER))
        quicker = view not in self._untouched  # and is answered where they submitted it
        self._untouched.discard(view)
        if shown is not None and not quicker:
            await self._client.update_view(view, shown)

    async def _shown_first(self, form: Form, user: str, team: str) -> Json | None:
        """Return the view that replaces a form just opened; None when it may stay."""
        actor = await self._access.actor(user, team)
        if isinstance(actor, Obstacle):
            return self._views.told(form, self._why(actor))
        case = await asyncio.to_thread(self._desk.case, form.subject, CHANNEL)
        if case is None:
            return self._views.told(form, self._why(Denial.UNKNOWN))
        if form.action == DETAILS:
            note = self._desk.note_access
            await asyncio.to_thread(note, Observed.DETAILS_SHOWN, actor, CHANNEL, case.subject)
            return self._views.details(case, await self._address(case))
        step = flow.begin(form, self._situation(case, actor))
        await self._note_denial(step, case, actor)
        return self._view(form, step, case)

    async def _address(self, case: Case) -> str:
        """Return where the card is, on which one acts; empty where that is not known now."""
        channel, _, ts = case.card.place.partition(":") if case.card else ("", "", "")
        if channel != self._access.channel:
            return ""
        try:
            return await self._client.permalink(channel, ts)
        except DeliveryError as error:
            _LOG.warning("slack: a card has no address", error=str(error))
            return ""

    async def _note_denial(self, step: object, case: Case, actor: Actor) -> None:
        if isinstance(step, Refused) and isinstance(step.why, Denial):
            note = partial(self._desk.note_access, facts={"denial": step.why})
            await asyncio.to_thread(note, Observed.DENIED, actor, CHANNEL, case.subject)

    def _view(self, form: Form, step: Step, case: Case) -> Json | None:
        """Return the view of a step; None when it is the form that is open already."""
        match step:
            case Ask(blank=Blank.TASK):  # which there are, only the ticket tells
                return self._views.asking(form, case.subject)
            case Ask():
                return None
            case Preview():
                return self._views.preview(step, case)
            case Refused(why=why):
                return self._views.told(form, self._why(why, case))

    async def submitted(self, body: Json) -> Json:
        """Take a filled-in form; return what Slack is to do: errors, or the preview."""
        form = self._views.form(body["view"])
        self._untouched.discard(str(body["view"]["id"]))
        if form is None or not form.blanks():
            return _update(self._views.refusing(Obstacle.UNKNOWN))
        if Blank.FILE in form.blanks():
            return self._fetching(form, body)
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                return await self._filled(form, body)
        except (SelosteError, TimeoutError) as error:
            _log_late(error)
            return _errors(form, self._why(Obstacle.LATER))

    async def _filled(self, form: Form, body: Json) -> Json:
        """Return the preview of a form, or why there is none. Raises DeliveryError."""
        actor = await self._access.actor(*_presser(body))
        if isinstance(actor, Obstacle):
            return _errors(form, self._why(actor))
        case = await asyncio.to_thread(self._desk.case, form.subject)
        if case is None:
            return _errors(form, self._why(Denial.UNKNOWN))
        step = flow.fill(form, markup.values(body["view"]), self._situation(case, actor))
        await self._note_denial(step, case, actor)
        if isinstance(step, Preview) and not self._views.has_room(step.form):
            step = Refused(Obstacle.TOO_LONG)
        if isinstance(step, Preview):
            return _update(self._views.preview(step, case))
        told = self._why(step.why, case)
        if step.why is Obstacle.UNKNOWN:
            return _update(self._views.told(form, told))
        return _errors(form, told, step.why)

    def _fetching(self, form: Form, body: Json) -> Json:
        """Have the file of a form fetched, which takes longer than Slack waits; show that."""
        waiting = f"file:{body['view']['id']}"
        file = markup.file_given(body["view"], Blank.FILE)
        self._background.start(self._after_fetching(form, file, *_presser(body), waiting))
        return _update(self._views.waiting(form, waiting))

    async def _after_fetching(
        self, form: Form, file: str, user: str, team: str, waiting: str
    ) -> None:
        """Keep a file, and show what will be attached, or why it is not."""
        try:
            shown = await self._with_file(form, file, user, team)
        except SelosteError as error:
            _log_late(error)
            shown = self._views.told(form, self._why(Obstacle.LATER))
        # The view has its id once Slack has shown it; who closed it, wants nothing of it any more.
        for _ in range(_LOOKS):
            if await self._client.update_modal(waiting, shown):
                return
            await asyncio.sleep(_BETWEEN_LOOKS)

    async def _with_file(self, form: Form, file: str, user: str, team: str) -> Json:
        """Return the view that shows what will be attached. Raises SelosteError."""
        actor = await self._access.actor(user, team)
        if isinstance(actor, Obstacle):
            return self._views.told(form, self._why(actor))
        case = await asyncio.to_thread(self._desk.case, form.subject)
        if case is None:
            return self._views.told(form, self._why(Denial.UNKNOWN))
        at, about = self._situation(case, actor), await self._client.file_info(file)
        refused = attaching.awaited(form, int(about.get("size") or 0), at)
        step = refused or await self._given(form, about, at)
        await self._note_denial(step, case, actor)
        return self._view(form, step, case) or self._views.refusing(Obstacle.UNKNOWN)

    async def _given(self, form: Form, about: Json, at: Situation) -> Step:
        """Fetch a file and keep it for its form; given twice for a ticket, it is kept once."""
        url, size = str(about.get("url_private_download") or ""), int(about.get("size") or 0)
        content = await self._client.download(url, size)
        kept = str(uuid5(NAMESPACE_URL, f"{CHANNEL}:{about['id']}:{at.subject.id}"))
        name = str(about.get("name") or "")
        return await asyncio.to_thread(attaching.given, form, kept, name, content, at, self._desk)

    async def sent(self, body: Json) -> Json:
        """Take a previewed form that was sent; return what Slack is to do."""
        form = self._views.form(body["view"])
        if form is None or form.blank() is not None:
            return _update(self._views.refusing(Obstacle.UNKNOWN))
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                refusal = await self._kept(form, body)
        except (SelosteError, TimeoutError) as error:
            _log_late(error)
            later = self._views.told(form, self._why(Obstacle.LATER))
            return {"response_action": "push", "view": later}  # what was written stays below it
        if refusal:
            return _update(self._views.told(form, refusal))
        return {"response_action": "clear"}

    async def _kept(self, form: Form, body: Json) -> str:
        """Store the event of a form; return why not, if it cannot be. Raises DeliveryError."""
        actor = await self._access.actor(*_presser(body), anew=True)
        if isinstance(actor, Obstacle):
            return self._why(actor)
        case = await asyncio.to_thread(self._desk.case, form.subject)
        if case is None:
            return self._why(Denial.UNKNOWN)
        event = flow.send(form, self._situation(case, actor))
        if isinstance(event, Refused):
            await self._note_denial(event, case, actor)
            return self._why(event.why, case)
        # The form's id is the event's: sent twice, it counts once.
        root = body["view"].get("root_view_id") or body["view"]["id"]
        await self._keep(self._desk.inbound(f"view:{root}", event, CHANNEL))
        return ""

    def _situation(self, case: Case, actor: Actor) -> Situation:
        return Situation(case.subject, actor, self._desk.now(), self._desk.known)

    def _why(self, why: Denial | Obstacle, case: Case | None = None) -> str:
        return card.refusal(why, self._desk.wording, case.history if case else ())


def _presser(body: Json) -> tuple[str, str]:
    return str(body["user"]["id"]), str(body["user"].get("team_id") or "")


def _log_late(error: Exception) -> None:
    told = str(error) if isinstance(error, SelosteError) else "no answer in time"
    _LOG.warning("slack: a form was not taken", error=told)


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}


def _errors(form: Form, text: str, why: Denial | Obstacle = Obstacle.LATER) -> Json:
    """Return an answer that shows what is wrong below its field, or else below the last one.

    The form stays open with all that was filled in.
    """
    field = Blank.GROUND if why is Denial.GROUND_MISSING else form.blanks()[-1]
    return {"response_action": "errors", "errors": {str(field): text}}
