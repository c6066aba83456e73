"""The sample's competitors: one that customers know as well and staff have visited, one the owner only guesses at."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_sheets import FilledIn, drawn, whole, write_owners
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story, texts

_USED_BOTH = 44
_SHORT = 3  # of them on the short sheet
_VISITS = (("Marek", 75), ("Priya", 24))  # who went, how many days ago
_GUESSED = 40  # days ago
_LAST_YEAR = timedelta(days=340)


def make_rivals(rows: Rows, shop: Shop, story: Story, came_back: Sequence[FilledIn], rng: random.Random) -> None:
    """Writes the competitors and the score sheets about them. `came_back`: the sheets about us, by date."""
    known = {
        key: rows.add("competitors", {"name": name, "price_ratio": ratio})
        for key, (name, ratio) in texts("shop")["rivals"].items()
    }
    rated = texts("shop")["rated"]
    crumb: dict[str, Any] = {"competitor_id": known["crumb"]}
    _by_customers(rows, shop, _who_used_both(story, came_back), crumb, rng)
    for who, ago in _VISITS:
        seen = {key: whole(rated[key][0] + rng.gauss(0, 0.5), 1, 5) for key in rated if key in shop.core}
        write_owners(rows, shop, "short", _before(story, ago), who, seen, **crumb, way="mystery")
    guess = {key: float(levels[1]) for key, levels in rated.items()}
    write_owners(
        rows, shop, "full", _before(story, _GUESSED), "Ruth", guess, competitor_id=known["foodhall"], way="guess"
    )


def _before(story: Story, days: int) -> date:
    return max(story.start, story.today - timedelta(days=days))


def _who_used_both(story: Story, came_back: Sequence[FilledIn]) -> list[FilledIn]:
    """The sheets of those who buy at the other bakery as well: mostly of the last months, one or two without a name."""
    recent = [sheet for sheet in came_back if sheet.day > story.today - _LAST_YEAR and not sheet.person.organisation]
    short = [sheet for sheet in recent if sheet.form == "short" and not sheet.hidden][-_SHORT:]
    full = [sheet for sheet in recent if sheet.form == "full"]
    wanted = _USED_BOTH - len(short)
    late = [sheet for sheet in full if sheet.day >= story.opening][::2][: wanted - 4]
    early = [sheet for sheet in full if sheet.day < story.opening][-(wanted - len(late)) :]
    return sorted([*early, *short, *late], key=lambda sheet: sheet.day)


def _by_customers(
    rows: Rows, shop: Shop, sheets: Sequence[FilledIn], about: Mapping[str, object], rng: random.Random
) -> None:
    answers: list[dict[str, int]] = [{} for _sheet in sheets]
    for factor, lever in shop.levers.items():
        asked = [place for place, sheet in enumerate(sheets) if factor in sheet.answers]
        level = texts("shop")["rated"][factor][0]
        for place, value in zip(asked, drawn([sheets[at] for at in asked], factor, lever, level, rng), strict=True):
            answers[place][factor] = value
    for sheet, given in zip(sheets, answers, strict=True):
        person = None if sheet.hidden else sheet.person
        assessment = rows.add("assessments", {
            "form": sheet.form, "date": sheet.day.isoformat(), "way": "used_both", **about,
            "customer_id": None if person is None else person.id, "sheet_token": sheet.code if person is None else None,
            "segment_id": None if person is None else person.segment_id, "channel_id": shop.channels["survey"],
        })  # fmt: skip
        for factor, value in given.items():
            rows.add("answers", {
                "assessment_id": assessment, "question_version_id": shop.versions[factor], "value": float(value),
            })  # fmt: skip
