"""The baseline of `steps`: the same two talks as a handler that somebody would write by hand in an afternoon.

A dict of questions, `str.format`, its state as JSON. It can do these talks and nothing else: no back, no typed answers,
no warning signs in text, no talk inside another, no second language.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """The `(label, value)` of each button, how many stand in a row; `done`: what takes the place of `~none`."""

    buttons: tuple[tuple[str, str], ...]
    columns: int
    done: str = ""


NEXT: Mapping[str, Callable[[Data], str]] = {
    "consent.ask": lambda data: "daily_checkin.mood" if data["consent.ask"] == "agree" else "daily_checkin.not_kept",
    "daily_checkin.mood": lambda data: (
        "daily_checkin.screen" if data["daily_checkin.mood"] == "calm" else "daily_checkin.strength"
    ),
    "daily_checkin.strength": lambda _: "daily_checkin.screen",
    "daily_checkin.screen": lambda data: (
        "onset.lasting" if data["daily_checkin.screen"] == "none" else "sign_questions.urgent"
    ),
    "follow_up_offer.ask": lambda data: f"checkin_noted.{data['daily_checkin.mood']}",
    **{
        f"checkin_noted.{mood}": lambda data: (
            "daily_checkin.often"
            if data[f"checkin_noted.{data['daily_checkin.mood']}"] == "more"
            else "daily_checkin.mood"
        )
        for mood in ("calm", "better", "same", "worse")
    },
    "daily_checkin.often": lambda _: "daily_checkin.sleep",
    "daily_checkin.sleep": lambda _: "daily_checkin.added",
    "sign_questions.urgent": lambda data: "care.emergency" if data["sign_questions.urgent"] else "sign_questions.soon",
    "sign_questions.soon": lambda data: (
        "doctor.ask_later" if data["sign_questions.soon"] and "daily_checkin.mood" not in data else "onset.lasting"
    ),
    "onset.lasting": lambda data: (
        "doctor.ask_later"
        if data.get("sign_questions.soon") or data["onset.lasting"] in ("two_weeks", "months")
        else "follow_up_offer.ask"
        if "daily_checkin.mood" in data
        else "care.self_care"
    ),
    "doctor.ask_later": lambda data: "doctor.follow_up" if data["doctor.ask_later"] == "yes" else "doctor.no_follow_up",
}
IN_WORDS = {
    "calm": "calm", "better": "better", "same": "the same", "worse": "worse",
    "few": "a few times", "many": "many times", "most": "most of the time",
    "good": "slept well", "fair": "slept so-so", "poor": "slept badly",
}  # fmt: skip
BEGINS = {"checkin": "consent.ask", "signs": "sign_questions.urgent"}
SEVERAL = ("sign_questions.urgent", "sign_questions.soon")


def noted(data: Data) -> str:
    """Return what was told today, in words."""
    told = [IN_WORDS[data["daily_checkin.mood"]]] if "daily_checkin.mood" in data else []
    if "daily_checkin.strength" in data:
        told.append(f"strength {data['daily_checkin.strength']}")
    told += (IN_WORDS[data[key]] for key in ("daily_checkin.often", "daily_checkin.sleep") if key in data)
    return f"Today: {', '.join(told)}"


class ByHand:
    """Answers a command or a press. `texts`: by key, with `{emergency}` where the number stands."""

    def __init__(self, questions: Mapping[str, Question], texts: Mapping[str, str]) -> None:
        self._questions, self._texts = questions, texts

    def take(self, stored: str | None, seed: str, what: str, emergency: str) -> tuple[str | None, list[Body]]:
        """Take `/command` or a button's data; return the new state and what goes out."""
        if what.startswith("/"):
            return self._go({"data": {}}, BEGINS[what[1:]], seed, emergency, [])
        state: dict[str, Any] = json.loads(stored or "{}")
        nonce, _, value = what.partition(":")
        if nonce != state.get("nonce"):
            return stored, [{"toast": "That button is from earlier. It changes nothing now."}]
        at = state["at"]
        out: list[Body] = [{"toast": None}]
        chosen = value
        if at in SEVERAL:
            picked: list[str] = state["data"].get(at, [])
            if not value.startswith("~"):
                picked = [one for one in picked if one != value] if value in picked else [*picked, value]
                state["data"][at] = picked
                out.append({"edit": nonce, "rows": self._rows(at, nonce, picked)})
                return json.dumps(state), out
            state["data"][at] = picked
            chosen = ", ".join(label for label, one in self._questions[at].buttons if one in (picked or [value]))
        else:
            state["data"][at] = value
            chosen = next(label for label, one in self._questions[at].buttons if one == value)
        out.append({"edit": nonce, "text": self._text(at, emergency, state["data"]) + f"\n\n<b>{chosen}</b>"})
        if at == "follow_up_offer.ask":
            said = "agreed" if value == "yes" else "declined"
            out.append({"text": self._text(f"follow_up_offer.{said}", emergency, state["data"])})
        if at == "consent.ask" and value == "agree":
            out.append({"text": self._text("consent.agreed", emergency, state["data"])})
        return self._go(state, NEXT[at](state["data"]), seed, emergency, out)

    def _go(
        self, state: dict[str, Any], to: str, seed: str, emergency: str, out: list[Body]
    ) -> tuple[str | None, list[Body]]:
        if to == "doctor.ask_later":
            out.append({"text": self._text("care.doctor", emergency, state["data"])})
            out += ({"text": self._texts[f"doctor.{sign}"]} for sign in state["data"]["sign_questions.soon"][:1])
        if to not in self._questions:
            return None, [*out, {"text": self._text(to, emergency, state["data"])}]
        nonce = f"{seed}1"
        out.append({"text": self._text(to, emergency, state["data"]), "rows": self._rows(to, nonce, [])})
        return json.dumps({**state, "at": to, "nonce": nonce}), out

    def _text(self, key: str, emergency: str, data: Data) -> str:
        return self._texts[key].format(emergency=emergency, noted=noted(data))

    def _rows(self, key: str, nonce: str, picked: list[str]) -> list[list[dict[str, str]]]:
        rows: list[list[dict[str, str]]] = []
        question = self._questions[key]
        for number, (label, value) in enumerate(question.buttons):
            if picked and value == "~none":
                rows.append([{"text": question.done, "callback_data": f"{nonce}:~done"}])
                continue
            button = {"text": f"✓ {label}" if value in picked else label, "callback_data": f"{nonce}:{value}"}
            if number % question.columns == 0 or value.startswith("~"):
                rows.append([])
            rows[-1].append(button)
        return rows
