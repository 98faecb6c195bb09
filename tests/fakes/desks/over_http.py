"""A desk of another system, over the HTTP channel, in the verbs of the desk contract."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from bot.bootstrap import assistant, store_of, utc_now
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from tests.channels.desk_contract import Outcome
from tests.fakes.desks.on_record import QUESTION, STAFF, OnRecord
from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, TOKENS, Replica, until

_FIELDS = {"doer": "to"}


class HttpDesk(OnRecord):
    """Another system's desk: signed JSON to a process of ours, and back."""

    def __init__(self, folder: Path, known: Understanding, **sections: object) -> None:
        self._sections = sections
        self._stack = ExitStack()
        self._folder = folder
        self._known = known
        self._event = 0
        self._customers: dict[str, str] = {}
        self._forms: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        self._loopback = self._stack.enter_context(Loopback(SECRET))
        staff = [{**member, "http_token": TOKENS[str(member["name"])]} for member in STAFF]
        written = {"staff": staff, **self._sections}
        environment = {
            f"SELOSTE_{name.upper()}": json.dumps(value) for name, value in written.items()
        }
        replica = Replica(self._folder, self._loopback, **environment)
        self._replica = self._stack.enter_context(replica)
        settings = Settings.model_validate(
            {"service": {"data_dir": self._folder / "data"}, "staff": STAFF, **self._sections}
        )
        store = store_of(settings)
        self._stack.callback(store.close)
        self._app = assistant(settings, self._known, store, utc_now)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open_ticket(self, right: Right = Right.ERASURE) -> str:
        words = {Right.ERASURE: "Poistakaa tietoni", Right.ACCESS: "Haluan kopion tiedoistani"}
        person = self._customer()
        for text in (words[right], "kyllä", "Matti", f"{person}@example.com", "ohita", "kyllä"):
            told = self._says(person, text=text)
        return self._known_as(person, re.findall(r"T-\d{4}-\d{4}", told["text"])[0])

    def pass_question(self) -> str:
        person = self._customer()
        choices = self._says(person, text=QUESTION)["choices"]
        label = self.text("choice.pass")
        token = next(one["choice"] for one in choices if one["label"] == label)
        told = self._says(person, choice=token)
        return self._known_as(person, re.findall(r"Q-\d{4}-\d{4}", told["text"])[0])

    def _customer(self) -> str:
        self._event += 1
        return f"person{self._event}"

    def _known_as(self, person: str, number: str) -> str:
        self._customers[number] = person
        until(lambda: [d for d in self._at_desk() if number in str(d)])
        return number

    def _says(self, person: str, **what: str) -> dict[str, Any]:
        before = len(self._told(person))
        self._event += 1
        self._replica.post({"id": str(self._event), "person": person, **what})
        until(lambda: len(self._told(person)) > before)
        return self._told(person)[-1]

    def _told(self, person: str) -> list[dict[str, Any]]:
        return [d for d in self._loopback.taken if d.get("person") == person]

    def _at_desk(self) -> list[dict[str, Any]]:
        return [d for d in self._loopback.taken if d.get("desk")]

    def begin(self, who: str, number: str, action: str, **fields: str) -> Outcome:
        self._event += 1
        self._forms[who] = {
            "id": str(self._event),
            "staff": who,
            "ticket": number,
            "action": action,
            "version": self._version(number),
            **{_FIELDS.get(name, name): value for name, value in fields.items()},
        }
        if "task" in fields:
            self._forms[who]["task"] = int(fields["task"])
        answer = self._replica.post({**self._forms[who], "preview": True})
        if answer.status_code != 200:
            return Outcome(refusal=str(answer.json()["error"]))
        told = answer.json()
        assert told["received"] is False
        preview = told["preview"]["text"] if told["preview"] else ""
        return Outcome(preview=preview, refusal=told["denied"] or "")

    def open_for(self, who: str, **fields: str) -> str:
        self._event += 1
        form = {"id": str(self._event), "staff": who, "action": "open", **fields}
        previewed = self._replica.post({**form, "preview": True}).json()
        assert previewed["preview"]["text"], previewed
        return self.opened_by(lambda: self._replica.post(form))

    def attach(self, who: str, number: str, name: str, content: bytes) -> None:
        version = self._version(number)
        self._event += 1
        announced = self._replica.post(
            {
                "id": str(self._event),
                "staff": who,
                "ticket": number,
                "action": "attach",
                "file_name": name,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        assert self._replica.put(announced.json()["upload"], content).status_code == 200
        until(lambda: self._version(number) > version)

    def away(self, who: str, back: str) -> str:
        return self._answered(who, "away", back=back)

    def listed(self, who: str, *filters: str) -> str:
        return self._answered(who, "list", filters=filters)

    def find(self, who: str, words: str) -> str:
        return self._answered(who, "find", text=words)

    def _answered(self, who: str, action: str, **more: object) -> str:
        self._event += 1
        event = {"id": str(self._event), "staff": who, "action": action, **more}
        answer = self._replica.post(event)
        assert answer.status_code == 200, answer.text
        return answer.content.decode()

    def send(self, who: str) -> str:
        form = self._forms[who]
        version, at_desk = self._version(form["ticket"]), len(self._at_desk())
        answer = self._replica.post(form)
        if answer.status_code != 200:
            return str(answer.json()["error"])

        def denied() -> list[dict[str, Any]]:
            return [d for d in self._at_desk()[at_desk:] if d.get("staff") == who]

        until(lambda: denied() or self._version(form["ticket"]) > version)
        return "\n".join(d["text"] for d in denied())

    def cancel(self, who: str) -> None:
        del self._forms[who]

    def send_twice(self, who: str) -> None:
        self.send(who)
        self._replica.post(self._forms[who])
        self._settle()

    def talk(self, who: str, number: str, text: str) -> None:
        self._event += 1
        said = {"id": str(self._event), "staff": who, "ticket": number, "text": text}
        assert self._replica.post(said).status_code == 400

    def heard(self, number: str) -> list[str]:
        self._settle()
        return [d["text"] for d in self._told(self._customers[number])]

    def _settle(self) -> None:
        self._says(self._customer(), text="hei")  # handled after all that came before
