"""The sample's surveys: what they ask, the sheets that went out, and who was asked when."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cvdesk.catalogue.records import LEVERS
from cvdesk.exchange.sample_people import Person
from cvdesk.exchange.sample_rows import Rows
from cvdesk.exchange.sample_shop import Shop
from cvdesk.exchange.sample_words import Story, texts
from cvdesk.surveys.records import ROTATING
from cvdesk.surveys.records_codes import new_code

_GROUPS = 4  # everybody is asked once before anybody is asked again, each in the same quarter of a round
_CAFE_SHEETS = 3  # fewer than may be shown: that segment stays hidden


@dataclass(frozen=True, slots=True)
class Out:
    """A sheet that went out. `asks`: the factors on it where it does not ask all of its form, with their versions."""

    id: int
    code: str
    survey: str
    offering_id: int | None
    versions: tuple[int, ...]


class Surveys:
    """Writes the surveys when it is made, then sheet by sheet; who was asked is written when all are out.

    `days`: on which days a customer was asked, by id.
    """

    def __init__(self, rows: Rows, shop: Shop, story: Story, rng: random.Random) -> None:
        self._rows, self._shop, self._rng = rows, shop, rng
        self._codes: set[str] = set()
        self._asked: dict[tuple[int, int], tuple[date, str]] = {}
        self.days: dict[int, list[date]] = {}
        self._ids: dict[str, int] = {}
        self._told: dict[str, tuple[str, str, int | None]] = {}
        for key, (name, form, offering, anonymous, late) in texts("shop")["surveys"].items():
            sold = shop.offerings.get(offering)
            self._told[key] = (name, form, sold)
            self._ids[key] = rows.add("surveys", {
                "name": name, "form": form, "started": (story.opening if late else story.first_sheet).isoformat(),
                "questions": json.dumps(shop.forms[form]), "offering_id": sold, "anonymous": int(anonymous),
                **texts("shop")["letters"],
            })  # fmt: skip

    def hand_out(
        self, key: str, person: Person | None, asked: date | None, way: str, answered: date | None = None,
        factors: Sequence[str] = (),
    ) -> Out:  # fmt: skip
        """Writes a sheet of a survey; `person` None: it leads to nobody. `factors`: those on it, if not all."""
        code = new_code(self._rng.randrange)
        while code in self._codes:
            code = new_code(self._rng.randrange)
        self._codes.add(code)
        name, form, offering = self._told[key]
        versions = self._versions(form, factors)
        day = None if asked is None else asked.isoformat()
        sheet = self._rows.add("sheets", {
            "survey_id": self._ids[key], "code": code, "customer_id": None if person is None else person.id,
            "asked": day, "way": way, "answered": None if answered is None else answered.isoformat(),
            "questions": json.dumps(versions),
        })  # fmt: skip
        if person is not None and asked is not None:
            place = (self._ids[key], person.id)
            self._asked[place] = max(self._asked.get(place, (asked, way)), (asked, way))
            self.days.setdefault(person.id, []).append(asked)
        return Out(sheet, code, name, offering, versions)

    def _versions(self, form: str, factors: Sequence[str]) -> tuple[int, ...]:
        if not factors:
            return ()
        left_out = {self._shop.versions[key] for key in self._shop.levers if key not in factors}
        return tuple(version for version in self._shop.forms[form] if version not in left_out)

    def draw(self) -> tuple[str, ...]:
        """The factors of one sheet of the rotating form."""
        own = {lever: [key for key, its in self._shop.levers.items() if its == lever] for lever in LEVERS}
        return tuple(key for lever in LEVERS for key in self._rng.sample(own[lever], ROTATING))

    def finish(self) -> None:
        """Writes who was asked, and when last."""
        for (survey, customer), (day, way) in self._asked.items():
            self._rows.add("invitations", {
                "survey_id": survey, "customer_id": customer, "asked": day.isoformat(), "way": way,
            })  # fmt: skip


class Asking(Protocol):
    """Chooses who is asked, so that nobody is asked too often."""

    cafes: list[Person]

    def next(self, day: date) -> Person:
        """Whom to ask on or shortly before that day."""


class Askable:
    """Who is asked next: everybody in turn."""

    def __init__(self, people: Sequence[Person], rng: random.Random) -> None:
        self._rng = rng
        asked = [person for person in people if person.active and not person.organisation]
        rng.shuffle(asked)
        self._groups = [asked[start::_GROUPS] for start in range(_GROUPS)]
        self._turn: list[Person] = []
        self.cafes = [person for person in people if person.organisation][:_CAFE_SHEETS]

    def next(self, day: date) -> Person:
        """The next person in this round, on whatever day."""
        if not self._turn:
            for group in self._groups:
                self._rng.shuffle(group)
                self._turn += group
            self._turn.reverse()
        return self._turn.pop()
