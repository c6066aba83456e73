"""The sample's score sheets from before the rest of the story: customers were asked first, so that a change shows."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from datetime import date, timedelta

from cvdesk.exchange.sample_people import Person
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_sheets import month_of, silent, write_sheet
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_surveys import Surveys
from cvdesk.exchange.sample_words import Story
from cvdesk.surveys.records import REST_DAYS

_BEFORE = 10  # days a sheet may have gone out before it came back
_UNEVEN = 0.12  # of a factor, from month to month: only some nine people answer for some of them


def make_earlier(
    rows: Rows, shop: Shop, story: Story, people: Sequence[Person], surveys: Surveys, rng: random.Random
) -> None:
    """Writes the sheets of the months from the first one handed out to the story's start.

    Made last: who is asked must not be asked again too soon by those that came later.
    """
    asking = _Earlier(people, surveys, rng)
    first = story.first_sheet
    months = (story.start.year - first.year) * 12 + story.start.month - first.month
    for place in range(-months, 0):
        sheets = month_of(shop, story, place, asking, surveys, rng, _UNEVEN)
        for sheet in sheets:
            write_sheet(rows, shop, story, sheet, surveys, rng)
        silent(story, place, len(sheets), surveys, asking)


class _Earlier:
    """Who was asked: everybody in turn who was a customer then and is not asked again within the rest time."""

    def __init__(self, people: Sequence[Person], surveys: Surveys, rng: random.Random) -> None:
        asked = [person for person in people if not person.organisation]
        rng.shuffle(asked)
        self._turn = deque(asked)
        self._days = {person: list(surveys.days.get(person.id, ())) for person in asked}
        self.cafes: list[Person] = []

    def next(self, day: date) -> Person:
        """The next in turn who may be asked on that day."""
        person = next(person for person in self._turn if self._may(person, day))
        self._turn.remove(person)
        self._turn.append(person)
        self._days[person].append(day)
        return person

    def _may(self, person: Person, day: date) -> bool:
        rest = timedelta(days=REST_DAYS + _BEFORE)
        return person.since < day - timedelta(days=_BEFORE) and all(
            abs(day - other) >= rest for other in self._days[person]
        )
