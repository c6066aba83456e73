"""What the sample's customers said at the counter, in one minute and without a name."""

from __future__ import annotations

import random
from datetime import date, timedelta
from statistics import fmean

from cvdesk.catalogue.records import GAINS, LEVERS
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_sheets import MONTHS, days_of, level_of, whole, write_answers
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_surveys import Surveys
from cvdesk.exchange.sample_words import Story, texts

_A_MONTH = (9, 13)
_COMMENTS = 0.35


def make_minutes(rows: Rows, shop: Shop, story: Story, surveys: Surveys, rng: random.Random) -> None:
    """Writes the answers given at the counter, from the opening of the evening collection on."""
    for place in range(MONTHS):
        first, passed = days_of(story, place)
        if first < story.opening:
            continue
        levels = {
            lever: fmean(level_of(story, place, key, first) for key, its in shop.levers.items() if its == lever)
            for lever in LEVERS
        }
        for day in sorted(rng.choices(range(passed), k=max(1, round(rng.randint(*_A_MONTH) * passed / 31)))):
            _minute(rows, shop, surveys, first + timedelta(days=day), levels, rng)


def _minute(rows: Rows, shop: Shop, surveys: Surveys, day: date, levels: dict[str, float], rng: random.Random) -> None:
    mood = rng.gauss(0, 0.4)
    given = {
        lever: whole(level + (mood if lever in GAINS else -mood) + rng.gauss(0, 0.7), 1, 5)
        for lever, level in levels.items()
    }
    net = sum((1 if lever in GAINS else -1) * (value - 3) for lever, value in given.items())
    numbers = {f"lever_{lever}": value for lever, value in given.items()}
    numbers["worth_it"] = whole(3.3 + 0.34 * net + rng.gauss(0, 0.6), 1, 5)
    words = {}
    if rng.random() < _COMMENTS:
        words["comment_change"] = rng.choice(texts("shop")["comments"]["change_after"])
    out = surveys.hand_out("minute", None, None, "counter", day)
    write_answers(rows, shop, out, "minute", day, None, numbers, words, {})
