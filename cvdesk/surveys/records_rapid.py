"""Paper sheets typed with number keys: what a key means at a question, and a pile as it is kept on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cvdesk.surveys.records_items import Item
from cvdesk.value.records import AnswerValue

NOT_MINE = AnswerValue("not_apply", None)
_TENS = ("scale0_10", "points")  # kinds on which 10 is typed as 1, then 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One sheet being typed. `sheet_id` None: a copy without a code. `given`: field of an item -> answer.

    `replace`: instead of the answers it came back with before.
    """

    survey_id: int
    sheet_id: int | None
    code: str
    given: Mapping[str, AnswerValue] = field(default_factory=dict)
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Pile:
    """What is typed in one sitting: the day it was answered, how many sheets are done, the one in hand."""

    day: date
    done: int = 0
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a key did: the answer, and whether it is complete (a 1 may yet become a 10)."""

    answer: AnswerValue
    complete: bool = True


def press(item: Item, key: str, after_one: bool = False) -> Pressed | None:
    """The answer a key gives to an item; None where the key means nothing here.

    `after_one`: a 1 was typed just before at this very item, which a 0 makes a 10.
    """
    key = key.lower()
    if item.kind == "text" or len(key) != 1:
        return None
    if key == "d" and item.kind != "points":
        return Pressed(NOT_MINE)
    if item.kind == "yes_no":
        answers = {"1": 1.0, "y": 1.0, "2": 0.0, "n": 0.0}
        return _number(answers[key]) if key in answers else Pressed(NOT_MINE) if key == "0" else None
    if not key.isascii() or not key.isdigit():
        return None
    if item.kind in _TENS:
        if after_one and key == "0":
            return _number(10.0)
        return _number(float(key), complete=key != "1")
    if key == "0":
        return Pressed(NOT_MINE)
    return _number(float(key)) if int(key) in item.scale else None


def _number(value: float, complete: bool = True) -> Pressed:
    return Pressed(AnswerValue("answered", value), complete)


def as_text(pile: Pile) -> str:
    """A pile as kept on disk."""
    one = pile.entry
    return json.dumps({
        "day": pile.day.isoformat(), "done": pile.done, "entry": one and {
            "survey": one.survey_id, "sheet": one.sheet_id, "code": one.code, "replace": one.replace,
            "given": {name: [answer.state, answer.value, answer.text] for name, answer in one.given.items()},
        },
    }, ensure_ascii=False)  # fmt: skip


def from_text(text: str) -> Pile:
    """A pile as `as_text` wrote it."""
    kept = json.loads(text)
    one, entry = kept["entry"], None
    if one is not None:
        given = {name: AnswerValue(*answer) for name, answer in one["given"].items()}
        entry = Entry(one["survey"], one["sheet"], one["code"], given, one["replace"])
    return Pile(date.fromisoformat(kept["day"]), kept["done"], entry)
