"""What people do in the views that the app shows them: fill in, submit, close."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.slack import payloads, views
from tests.fakes.slack.files import uploaded
from tests.fakes.slack.model import Delivery, Json, Refusal, Trouble, User, View, elements
from tests.fakes.slack.pressing import Pressing

TROUBLE = "We had some trouble connecting. Try again?"
Filled = str | Sequence[str] | None


class Forms(Pressing):
    """People in front of modals and of the home tab."""

    def view(self, user: User | str) -> View | None:
        """Return the topmost view that a person has open."""
        with self.lock:
            stack = self.views.get(self.person(user).id)
            return copy.deepcopy(stack[-1]) if stack else None

    def home(self, user: User | str) -> View | None:
        """Return a person's home tab, if one was published."""
        with self.lock:
            return copy.deepcopy(self.homes.get(self.person(user).id))

    def fill(self, user: User | str, values: Mapping[str, Filled]) -> None:
        """Fill in fields of the open view, named by block_id, label or action_id."""
        with self.lock:
            view = self._top(user)
            for name, given in values.items():
                block, element = _field(view, name)
                kept = view.values.setdefault(block["block_id"], {})
                kept[element["action_id"]] = (
                    [self.files[name].json for name in given or ()]
                    if element["type"] == "file_input"
                    else payloads.value(element, given)
                )

    def uploads(self, user: User | str, name: str, content: bytes) -> list[str]:
        """Upload a file into the open view; return what its field is filled in with."""
        with self.lock:
            return [uploaded(self, self.person(user), name, content).id]

    def submit(self, user: User | str, seconds: float = 15) -> Json:
        """Submit the open view; return the app's answer, after doing what it says.

        Raises:
            Trouble: The app took too long, or answered what Slack does not understand.
        """
        with self.lock:
            person, view = self.person(user), self._top(user)
            assert view.body["submit"], f"{view.title} cannot be submitted"
            _check_filled(view)
            self.note(person.name, f"submits {view.title}: {_filled_in(view)}")
            delivery = self._interact(payloads.submission(self, person, view))
        answer = delivery.answer or {} if delivery.wait(seconds) else None
        with self.lock:
            try:
                if answer is None:
                    raise Trouble(TROUBLE)
                self._follow(view, answer)
            except (Refusal, Trouble) as wrong:
                self.note(person.name, f"is shown: {TROUBLE} ({wrong})")
                raise Trouble(f"{TROUBLE} ({wrong})") from wrong
        return answer

    def submit_again(
        self, user: User | str, view: View, team: str | None = None, **changes: Any
    ) -> Delivery:
        """Submit a view as a client of one's own could: a second time, or changed beforehand."""
        with self.lock:
            person = self.person(user)
            body = payloads.submission(self, person, view)
            body["view"] |= changes
            body["user"]["team_id"] = person.team if team is None else team
            self.note(person.name, f"submits {view.title} by other means")
            return self._interact(body)

    def close_view(self, user: User | str) -> Delivery | None:
        """Close the open view; the app is told if it wanted to be."""
        with self.lock:
            person, view = self.person(user), self._top(user)
            stack = self.views[person.id]
            cleared = bool(view.body["clear_on_close"])
            stack[:] = [] if cleared else stack[:-1]
            self.note(person.name, f"closes {view.title}")
            if not view.body["notify_on_close"]:
                return None
            return self._interact(payloads.closing(self, person, view, cleared))

    def _top(self, user: User | str) -> View:
        stack = self.views.get(self.person(user).id)
        assert stack, f"{self.person(user).name} has no view open\n{self.transcript()}"
        return stack[-1]

    def _follow(self, view: View, answer: Json) -> None:
        """Do with a submitted view what the app's answer says."""
        stack = self.views[view.user]
        match answer.get("response_action"):
            case None if not answer:
                stack[:] = [other for other in stack if other is not view]
            case "clear":
                stack.clear()
            case "errors":
                view.errors = _errors(view, answer.get("errors"))
                self.note("bot finds wrong", str(view.errors))
            case "update":
                views.check_view(answer.get("view"))
                views.update(view, answer["view"])
                self.note(f"bot updates the view {view.title}", view)
            case "push":
                views.check_view(answer.get("view"))
                views.show(self, views.new(self, view.user, answer["view"], view))
            case _:
                raise Trouble(f"not understood: {answer}")


def _field(view: View, name: str) -> tuple[Json, Json]:
    for block, element in elements(view.blocks):
        label = block.get("label", {}).get("text")
        if name in (block["block_id"], label, element["action_id"]):
            return block, element
    raise AssertionError(f"{view.title} has no field {name}")


def _check_filled(view: View) -> None:
    """Stop what Slack's own clients would not let pass."""
    for block, element, value in _inputs(view):
        label = block["label"]["text"]
        if not value:
            assert block.get("optional"), f"{label} must be filled in"
        elif element["type"] == "plain_text_input":
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            assert least <= len(value) <= most, f"{label} takes {least} to {most} characters"


def _inputs(view: View) -> list[tuple[Json, Json, Any]]:
    state = payloads.state(view.blocks, view.values)["values"]
    return [
        (block, element, state[block["block_id"]][element["action_id"]][_key(element)])
        for block, element in elements(view.blocks)
        if block["type"] == "input"
    ]


def _key(element: Json) -> str:
    return payloads.VALUE_KEY[element["type"]]


def _filled_in(view: View) -> str:
    return ", ".join(
        f"{block['label']['text']} = {_readable(value)}" for block, _, value in _inputs(view)
    )


def _readable(value: Any) -> str:
    if isinstance(value, list):
        return " + ".join(map(_readable, value))
    if isinstance(value, dict):
        return str(value["text"]["text"] if "text" in value else value["name"])
    return str(value or "-")


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Return errors that Slack can show: a text each, at a field that there is."""
    fields = {block["block_id"] for block, _, _ in _inputs(view)}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= fields:
        raise Trouble(f"errors at no field: {errors}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise Trouble(f"errors without words: {errors}")
    return errors
