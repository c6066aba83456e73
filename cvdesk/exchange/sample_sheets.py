"""The sample's score sheets: customers' answers month by month, and the owner's own guess."""

from __future__ import annotations

import calendar
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.exchange.sample_people import Person
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story, month_start, texts

_MONTHS = 14
_FULL = 9  # full sheets a month, so that every factor has its five answers
_FEWEST = 7
_WEIGHING = 4
_ASKED_PER_ANSWER = 2.3
_ANONYMOUS = 0.12
_CAFE_SHEETS = 3  # fewer than may be shown: that segment stays hidden
LOW = 2  # of 5
_RAMP = (0.8, 0.95, 1.0, 1.0, 1.0)


@dataclass(slots=True)
class FilledIn:
    """A score sheet that came back. `hidden`: without a name; `weighs`: says as well what matters most."""

    person: Person
    day: date
    form: str
    hidden: bool
    weighs: bool
    answers: dict[str, int] = field(default_factory=dict)


def make_sheets(rows: Rows, shop: Shop, story: Story, people: Sequence[Person], rng: random.Random) -> dict[int, date]:
    """Writes the surveys, the sheets handed out, those that came back, and the owner's guess.

    Gives who said in the end that it was not worth it, or was not satisfied: the day by the customer's id.
    """
    let_down: dict[int, date] = {}
    surveys = make_surveys(rows, story)
    askable = _Askable(people, rng)
    code = 0
    for place in range(_MONTHS):
        sheets = _month(story, place, askable, rng)
        _fill(shop, story, place, sheets, rng)
        for sheet in sheets:
            code += 1
            if write_sheet(rows, shop, story, sheet, surveys[sheet.form], code, rng) <= LOW and not sheet.hidden:
                let_down[sheet.person.id] = sheet.day
        code = _silent(rows, story, place, len(sheets), surveys, askable, code)
    _owner(rows, shop, story)
    return let_down


def make_surveys(rows: Rows, story: Story) -> dict[str, int]:
    """Writes the two surveys; ids by form."""
    return {
        form: rows.add("surveys", {"name": name, "form": form, "started": story.start.isoformat()})
        for form, name in (("short", "Short sheet in the bag"), ("full", "Full sheet by email"))
    }


class _Askable:
    """Who is asked next: everybody in turn, so that nobody is asked too often."""

    def __init__(self, people: Sequence[Person], rng: random.Random) -> None:
        self._rng = rng
        self._people = [person for person in people if person.active and not person.organisation]
        self._turn: list[Person] = []
        self.cafes = [person for person in people if person.organisation][:_CAFE_SHEETS]

    def next(self) -> Person:
        """The next person in this round."""
        if not self._turn:
            self._turn = list(self._people)
            self._rng.shuffle(self._turn)
        return self._turn.pop()


def _days(story: Story, place: int) -> tuple[date, int]:
    """First day of the month and how many days of it have passed by today."""
    first = month_start(story.today, _MONTHS - 1 - place)
    length = calendar.monthrange(first.year, first.month)[1]
    return first, min(length, (story.today - first).days + 1)


def _month(story: Story, place: int, askable: _Askable, rng: random.Random) -> list[FilledIn]:
    first, passed = _days(story, place)
    whole = calendar.monthrange(first.year, first.month)[1]
    count = max(_FEWEST, round(rng.randint(13, 16) * passed / whole))
    sheets = []
    for number in range(count):
        day = first + timedelta(days=rng.randrange(passed))
        person = askable.cafes.pop() if place in (2, 6, 12) and number == 0 else askable.next()
        form = "full" if number < min(_FULL, count) else "short"
        hidden = not person.organisation and rng.random() < _ANONYMOUS
        # Fewer than five a month say what matters, so that months are not weighed now one way, now another.
        weighs = number < _WEIGHING and rng.random() < 0.8
        sheets.append(FilledIn(person, day, form, hidden, weighs))
    return sorted(sheets, key=lambda sheet: sheet.day)


def _level(story: Story, place: int, factor: str, first: date) -> float:
    before, after = texts("shop")["factors"][factor][:2]
    since = place - (_MONTHS - len(_RAMP))
    share = _RAMP[since] if since >= 0 else 0.0
    level = float(before + (after - before) * share)
    if factor in ("price_level", "extra_charges") and first >= story.dearer and since < 0:
        level += 0.25
    return level


def _fill(shop: Shop, story: Story, place: int, sheets: list[FilledIn], rng: random.Random) -> None:
    first = _days(story, place)[0]
    for lever in LEVERS:
        drift = max(-0.12, min(0.12, rng.gauss(0, 0.07)))  # ordinary noise from month to month
        for factor in (key for key, its in shop.levers.items() if its == lever):
            asked = [sheet for sheet in sheets if sheet.form == "full" or factor in shop.core]
            level = _level(story, place, factor, first) + drift
            for sheet, value in zip(asked, _drawn(asked, factor, lever, level, rng), strict=True):
                sheet.answers[factor] = value


def _drawn(asked: Sequence[FilledIn], factor: str, lever: str, level: float, rng: random.Random) -> list[int]:
    """Answers 1-5 of these people, spread as people are, with a mean as near to `level` as whole answers allow."""
    kind = 0.4 if lever in GAINS else -0.4
    wished = [level + kind * sheet.person.warmth + _own(sheet.person, factor) + rng.gauss(0, 0.65) for sheet in asked]
    values = [max(1, min(5, round(wish))) for wish in wished]
    target = round(level * len(values))
    while sum(values) != target:
        step = 1 if sum(values) < target else -1
        movable = [place for place, value in enumerate(values) if 1 <= value + step <= 5]
        nearest = max(movable, key=lambda place: step * (wished[place] - values[place]))
        values[nearest] += step
    return values


def _own(person: Person, factor: str) -> float:
    if factor == "delivery":
        return 0.7 if person.segment == "delivery" else -0.4
    return 0.4 if factor == "price_level" and person.weekly < 0.4 else 0.0


def _net(shop: Shop, answers: dict[str, int]) -> float:
    levers = {lever: fmean(value for key, value in answers.items() if shop.levers[key] == lever) for lever in LEVERS}
    return sum((1 if lever in GAINS else -1) * (score - 3) for lever, score in levers.items())


def write_sheet(
    rows: Rows, shop: Shop, story: Story, sheet: FilledIn, survey: int, code: int, rng: random.Random
) -> float:
    """Writes a sheet with its answers; gives the lower of the two about worth and satisfaction."""
    day = sheet.day.isoformat()
    asked = max(story.start, sheet.day - timedelta(days=rng.randint(0, 9)))
    person = None if sheet.hidden else sheet.person.id
    handed = rows.add("sheets", {
        "survey_id": survey, "code": f"HB-{code:04d}", "customer_id": person, "asked": asked.isoformat(),
        "way": "email" if sheet.form == "full" else "paper", "answered": day,
    })  # fmt: skip
    assessment = rows.add("assessments", {
        "form": sheet.form, "date": day, "customer_id": person, "sheet_token": None if person else f"HB-{code:04d}",
        "sheet_id": handed, "channel_id": shop.channels["survey"],
        "segment_id": sheet.person.segment_id if person else None,
    })  # fmt: skip
    for factor in shop.levers:
        value = sheet.answers.get(factor)
        if value is None:
            continue
        rows.add("answers", {
            "assessment_id": assessment, "question_version_id": shop.versions[factor], "value": float(value),
        })  # fmt: skip
    overall = _overall(shop, sheet, rng)
    for key, number in overall.items():
        state = "not_asked" if number is None else "answered"
        rows.add("answers", {
            "assessment_id": assessment, "question_version_id": shop.versions[key], "state": state, "value": number,
        })  # fmt: skip
    for key, text in _in_words(shop, story, sheet, rng).items():
        rows.add("answers", {
            "assessment_id": assessment, "question_version_id": shop.versions[key], "text": text,
        })  # fmt: skip
    return min(overall["worth_it"] or 0.0, overall["satisfaction"] or 0.0)


def _overall(shop: Shop, sheet: FilledIn, rng: random.Random) -> dict[str, float | None]:
    net = _net(shop, sheet.answers)
    worth = _whole(3.3 + 0.34 * net + rng.gauss(0, 0.6), 1, 5)
    trouble = fmean(value for key, value in sheet.answers.items() if shop.levers[key] == "drawbacks")
    had = rng.random() < max(0.08, min(0.85, (trouble - 1.7) / 3.2))
    return {
        "worth_it": worth,
        "satisfaction": _whole(3.35 + 0.3 * net + rng.gauss(0, 0.6), 1, 5),
        "ease": _whole(6.4 - sheet.answers["effort"] + rng.gauss(0, 0.5), 1, 5),
        "recommend": _whole(6.4 + 0.75 * net + rng.gauss(0, 1.2), 0, 10),
        "had_problem": float(had),
        "told_us": float(rng.random() < 0.55) if had else None,
    }


def _whole(value: float, low: int, high: int) -> float:
    return float(max(low, min(high, round(value))))


def _in_words(shop: Shop, story: Story, sheet: FilledIn, rng: random.Random) -> dict[str, str]:
    comments = texts("shop")["comments"]
    after = sheet.day >= story.opening
    said: dict[str, str] = {}
    if rng.random() < 0.5:
        said["comment_keep"] = rng.choice(comments["keep"] + (comments["keep_after"] * 2 if after else []))
    if rng.random() < 0.45:
        said["comment_change"] = rng.choice(comments["change_after" if after else "change_before"])
    if sheet.weighs:
        importance = {
            key: int(_whole(levels[3] + rng.gauss(0, 0.8), 1, 5)) for key, levels in texts("shop")["factors"].items()
        }
        said["importance"] = json.dumps(importance)
    return said


def _silent(
    rows: Rows, story: Story, place: int, answered: int, surveys: dict[str, int], askable: _Askable, code: int
) -> int:
    """Sheets that were handed out and never came back."""
    first, passed = _days(story, place)
    for number in range(round(answered * (_ASKED_PER_ANSWER - 1))):
        code += 1
        asked = first + timedelta(days=number % passed)
        rows.add("sheets", {
            "survey_id": surveys["short" if number % 3 else "full"], "code": f"HB-{code:04d}",
            "asked": asked.isoformat(), "customer_id": None if number % 3 else askable.next().id,
            "way": "paper" if number % 3 else "email",
        })  # fmt: skip
    return code


def _owner(rows: Rows, shop: Shop, story: Story) -> None:
    """The owner's own guess, some months old and too kind to herself about waiting and delivery."""
    day = max(story.start, story.opening + timedelta(days=17))
    assessment = rows.add("assessments", {
        "kind": "owner", "form": "full", "date": min(day, story.today).isoformat(), "staff_id": shop.staff["Ruth"],
    })  # fmt: skip
    for factor, levels in texts("shop")["factors"].items():
        rows.add("answers", {
            "assessment_id": assessment, "question_version_id": shop.versions[factor], "value": float(levels[2]),
        })  # fmt: skip
