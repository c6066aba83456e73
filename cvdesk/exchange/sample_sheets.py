"""The sample's score sheets: customers' answers month by month, and the owner's own guess."""

from __future__ import annotations

import calendar
import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.exchange.sample_people import Person
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_surveys import Askable, Asking, Out, Surveys
from cvdesk.exchange.sample_words import Story, month_start, texts

MONTHS = 14
_FULL = 9  # full sheets a month, so that every factor has its five answers
_ROTATING = 3
_FEWEST = 7
# Who says what matters most in a month, and how they lean: more than five, and balanced, so that all months are weighed
# alike.
_LEANING = (-1, -1, 0, 0, 1, 1)
_SPARED = 2  # full sheets a month of people for whom nothing had to be put right
_CAKES = (1, 4, 8, 11)  # one sheet in each of these months: fewer than may be shown
_CAFES = (2, 6, 12)  # and here
_ASKED_PER_ANSWER = 2.3
_ANONYMOUS = 0.12
LOW = 2  # of 5
_WARNS_OFF = 6  # who would recommend us less than that stays away sooner
_RAMP = (0.8, 0.95, 1.0, 1.0, 1.0)


@dataclass(slots=True)
class FilledIn:
    """A score sheet that came back. `hidden`: without a name.

    `leans`: None, or it says as well what matters most, and what leans to: -1 to what it is, 1 to all around it.
    `factors`: those it asks, when it asks only some; `spared`: those that do not apply; `code`: once it is written.
    """

    person: Person
    day: date
    form: str
    hidden: bool
    leans: int | None
    survey: str = ""
    factors: Sequence[str] = ()
    spared: Collection[str] = ()
    answers: dict[str, int] = field(default_factory=dict)
    code: str = ""


def make_sheets(
    rows: Rows, shop: Shop, story: Story, people: Sequence[Person], surveys: Surveys, rng: random.Random
) -> tuple[list[FilledIn], dict[int, date]]:
    """Writes the sheets handed out, those that came back, and the owner's guess.

    Gives the sheets, and who said in the end that it was not worth it, or was not satisfied: the day by the
    customer's id.
    """
    let_down: dict[int, date] = {}
    askable = Askable(people, rng)
    came_back = []
    for place in range(MONTHS):
        sheets = month_of(shop, story, place, askable, surveys, rng)
        for sheet in sheets:
            lowest = write_sheet(rows, shop, story, sheet, surveys, rng)
            if lowest <= LOW and not sheet.hidden and not sheet.person.organisation:
                let_down[sheet.person.id] = sheet.day
        came_back += sheets
        silent(story, place, len(sheets), surveys, askable)
    _owner(rows, shop, story)
    return came_back, let_down


def days_of(story: Story, place: int) -> tuple[date, int]:
    """First day of the month at this place and how many days of it have passed by today."""
    first = month_start(story.today, MONTHS - 1 - place)
    length = calendar.monthrange(first.year, first.month)[1]
    return first, min(length, (story.today - first).days + 1)


def month_of(
    shop: Shop, story: Story, place: int, askable: Asking, surveys: Surveys, rng: random.Random, uneven: float = 0.0
) -> list[FilledIn]:
    """The sheets that came back in the month at this place, filled in. `uneven`: how far factors stray by chance."""
    first, passed = days_of(story, place)
    whole = calendar.monthrange(first.year, first.month)[1]
    count = max(_FEWEST, round(rng.randint(13, 16) * passed / whole))
    leaning = rng.sample(_LEANING, len(_LEANING))
    sheets = []
    for number in range(count):
        day = first + timedelta(days=rng.randrange(passed))
        person = askable.cafes.pop() if place in _CAFES and number == 0 else askable.next(day)
        form = "full" if number < _FULL else "short"
        if form == "short" and number < _FULL + _ROTATING and first >= story.opening:
            form = "rotating"
        hidden = not person.organisation and form != "rotating" and rng.random() < _ANONYMOUS
        sheets.append(FilledIn(
            person, day, form, hidden, leaning[number] if number < len(leaning) else None,
            _survey_for(person, form, place in _CAKES and number == count - 1, rng),
            surveys.draw() if form == "rotating" else (),
            ("putting_right",) if number < _SPARED else (),
        ))  # fmt: skip
    sheets.sort(key=lambda sheet: sheet.day)
    _fill(shop, story, place, sheets, rng, uneven)
    return sheets


def _survey_for(person: Person, form: str, cake: bool, rng: random.Random) -> str:
    if form != "short":
        return form
    if cake:
        return "cakes"
    return "round" if person.segment == "delivery" else rng.choice(("short", "sourdough"))


def level_of(story: Story, place: int, factor: str, first: date) -> float:
    """What customers give a factor on average in the month at this place."""
    before, after = texts("shop")["factors"][factor][:2]
    since = place - (MONTHS - len(_RAMP))
    share = _RAMP[since] if since >= 0 else 0.0
    level = float(before + (after - before) * share)
    if factor in ("price_level", "extra_charges") and first >= story.dearer and since < 0:
        level += 0.25
    return level


def _fill(shop: Shop, story: Story, place: int, sheets: list[FilledIn], rng: random.Random, uneven: float) -> None:
    first = days_of(story, place)[0]
    for lever in LEVERS:
        drift = max(-0.12, min(0.12, rng.gauss(0, 0.07)))  # ordinary noise from month to month
        for factor in (key for key, its in shop.levers.items() if its == lever):
            asked = [sheet for sheet in sheets if _asks(shop, sheet, factor)]
            level = level_of(story, place, factor, first) + drift + (rng.gauss(0, uneven) if uneven else 0)
            for sheet, value in zip(asked, drawn(asked, factor, lever, level, rng), strict=True):
                sheet.answers[factor] = value


def _asks(shop: Shop, sheet: FilledIn, factor: str) -> bool:
    if sheet.form == "rotating":
        return factor in sheet.factors
    return (sheet.form == "full" or factor in shop.core) and factor not in sheet.spared


def drawn(asked: Sequence[FilledIn], factor: str, lever: str, level: float, rng: random.Random) -> list[int]:
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


def write_sheet(rows: Rows, shop: Shop, story: Story, sheet: FilledIn, surveys: Surveys, rng: random.Random) -> float:
    """Writes a sheet with its answers; gives the lower of the two about worth and satisfaction.

    Less one for who would advise others against the shop.
    """
    asked = max(story.first_sheet, sheet.day - timedelta(days=rng.randint(0, 9)))
    person = None if sheet.hidden else sheet.person
    way = "paper" if sheet.hidden or sheet.form == "short" else "pdf" if rng.random() < 0.4 else "email"
    out = surveys.hand_out(sheet.survey or sheet.form, person, asked, way, sheet.day, sheet.factors)
    sheet.code = out.code
    overall = _overall(shop, sheet, rng)
    numbers = {key: float(sheet.answers[key]) for key in shop.levers if key in sheet.answers}
    numbers |= {key: number for key, number in overall.items() if number is not None}
    states = dict.fromkeys(sheet.spared, "not_apply")
    states |= {key: "not_asked" for key, number in overall.items() if number is None}
    write_answers(rows, shop, out, sheet.form, sheet.day, person, numbers, _in_words(shop, story, sheet, rng), states)
    lowest = min(overall["worth_it"] or 0.0, overall["satisfaction"] or 0.0)
    return lowest - 1 if (overall["recommend"] or 0.0) < _WARNS_OFF else lowest


def write_answers(
    rows: Rows,
    shop: Shop,
    out: Out,
    form: str,
    day: date,
    person: Person | None,
    numbers: Mapping[str, float],
    words: Mapping[str, str],
    states: Mapping[str, str],
) -> None:
    """Writes what came back on a sheet: numbers and words by question, and why others have none."""
    assessment = rows.add("assessments", {
        "form": form, "date": day.isoformat(), "customer_id": None if person is None else person.id,
        "sheet_token": out.code if person is None else None, "sheet_id": out.id, "source": out.survey,
        "channel_id": shop.channels["survey"], "offering_id": out.offering_id,
        "segment_id": None if person is None else person.segment_id, "asked": json.dumps(out.versions),
    })  # fmt: skip
    given: list[tuple[str, dict[str, object]]] = [(key, {"value": number}) for key, number in numbers.items()]
    given += [(key, {"text": text}) for key, text in words.items()]
    given += [(key, {"state": state}) for key, state in states.items()]
    for key, one in given:
        rows.add("answers", {"assessment_id": assessment, "question_version_id": shop.versions[key], **one})


def _overall(shop: Shop, sheet: FilledIn, rng: random.Random) -> dict[str, float | None]:
    net = _net(shop, sheet.answers)
    worth = whole(3.3 + 0.34 * net + rng.gauss(0, 0.6), 1, 5)
    trouble = fmean(value for key, value in sheet.answers.items() if shop.levers[key] == "drawbacks")
    had = rng.random() < max(0.08, min(0.85, (trouble - 1.7) / 3.2))
    effort = sheet.answers.get("effort", 6.4 - worth)
    return {
        "worth_it": worth,
        "satisfaction": whole(3.35 + 0.3 * net + rng.gauss(0, 0.6), 1, 5),
        "ease": whole(6.4 - effort + rng.gauss(0, 0.5), 1, 5),
        "recommend": whole(6.4 + 0.75 * net + rng.gauss(0, 1.2), 0, 10),
        "had_problem": float(had),
        "told_us": float(rng.random() < 0.55) if had else None,
    }


def whole(value: float, low: int, high: int) -> float:
    """The nearest whole answer on the scale."""
    return float(max(low, min(high, round(value))))


def _in_words(shop: Shop, story: Story, sheet: FilledIn, rng: random.Random) -> dict[str, str]:
    comments = texts("shop")["comments"]
    after = sheet.day >= story.opening
    said: dict[str, str] = {}
    if rng.random() < 0.5:
        said["comment_keep"] = rng.choice(comments["keep"] + (comments["keep_after"] * 2 if after else []))
    if rng.random() < 0.45:
        said["comment_change"] = rng.choice(comments["change_after" if after else "change_before"])
    if sheet.leans is not None:
        importance = {
            key: int(whole(levels[3] + rng.gauss(0, 0.8), 1, 5)) for key, levels in texts("shop")["factors"].items()
        }
        said["importance"] = json.dumps(importance)
        said["lever_points"] = json.dumps(_points(sheet.leans))
    return said


def _points(leans: int) -> dict[str, int]:
    """Ten points as one person shares them out; as shop.toml says, but for one point on either side."""
    worth, benefits, costs, drawbacks = texts("shop")["points"]["customers"]
    return dict(zip(LEVERS, (worth - leans, benefits + leans, costs - leans, drawbacks + leans), strict=True))


def silent(story: Story, place: int, answered: int, surveys: Surveys, askable: Asking) -> None:
    """Sheets that were handed out and never came back."""
    first, passed = days_of(story, place)
    for number in range(round(answered * (_ASKED_PER_ANSWER - 1))):
        asked = first + timedelta(days=number % passed)
        if number % 3:
            surveys.hand_out(("short", "sourdough", "round")[number % 5 % 3], None, asked, "paper")
        elif first >= story.opening and number % 2:
            surveys.hand_out("rotating", askable.next(asked), asked, "email", factors=surveys.draw())
        else:
            surveys.hand_out("full", askable.next(asked), asked, ("email", "email", "pdf")[number % 9 // 3])


def _owner(rows: Rows, shop: Shop, story: Story) -> None:
    """The owner's own guess, some months old and too kind to herself about waiting and delivery."""
    day = max(story.start, story.opening + timedelta(days=17))
    points = dict(zip(LEVERS, texts("shop")["points"]["owner"], strict=True))
    guess = {factor: levels[2] for factor, levels in texts("shop")["factors"].items()}
    write_owners(rows, shop, "full", min(day, story.today), "Ruth", guess, {"lever_points": json.dumps(points)})


def write_owners(
    rows: Rows,
    shop: Shop,
    form: str,
    day: date,
    who: str,
    ratings: Mapping[str, float],
    words: Mapping[str, str] | None = None,
    **about: object,
) -> None:
    """Writes a sheet the owner or somebody of the staff filled in. `about`: further columns, of a competitor."""
    assessment = rows.add("assessments", {
        "kind": "owner", "form": form, "date": day.isoformat(), "staff_id": shop.staff[who], **about,
    })  # fmt: skip
    given: list[tuple[str, dict[str, object]]] = [(key, {"value": float(value)}) for key, value in ratings.items()]
    given += [(key, {"text": text}) for key, text in (words or {}).items()]
    for key, one in given:
        rows.add("answers", {"assessment_id": assessment, "question_version_id": shop.versions[key], **one})
