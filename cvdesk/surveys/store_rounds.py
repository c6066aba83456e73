"""How each round of asking chose its customers, and who was reminded: kept with the survey, in the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation, Queries

ALL, RANDOM, BY_HAND, BLANK = "all", "random", "hand", "blank"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of asking: `choice` says how those asked were chosen, `fitting` of how many."""

    day: date
    way: str
    choice: str
    count: int
    fitting: int = 0


@dataclass(frozen=True, slots=True)
class Rounds:
    """All rounds of a survey, oldest first, and who was reminded on which day."""

    rounds: tuple[Round, ...] = ()
    reminded: Mapping[int, date] = field(default_factory=dict)

    @property
    def by_hand(self) -> bool:
        """Whether anybody was picked by hand, so that the figures may flatter."""
        return any(one.choice == BY_HAND for one in self.rounds)


def rounds(db: Queries, survey_id: int) -> Rounds:
    """How the customers of a survey were chosen."""
    kept: dict[str, Any] = catalogue.setting(db, _key(survey_id), {})
    made = tuple(
        Round(date.fromisoformat(one["day"]), one["way"], one["choice"], one["count"], one["fitting"])
        for one in kept.get("rounds", [])
    )
    return Rounds(made, {int(who): date.fromisoformat(day) for who, day in kept.get("reminded", {}).items()})


def note_round(op: Operation, survey_id: int, made: Round) -> None:
    """Adds a round to those of a survey."""
    kept = dict(catalogue.setting(op, _key(survey_id), {}))
    one = {"day": made.day.isoformat(), "way": made.way, "choice": made.choice, "count": made.count,
           "fitting": made.fitting}  # fmt: skip
    kept["rounds"] = [*kept.get("rounds", []), one]
    catalogue.save_setting(op, _key(survey_id), kept)


def note_reminded(op: Operation, survey_id: int, customers: Sequence[int], day: date) -> None:
    """These customers were reminded."""
    kept = dict(catalogue.setting(op, _key(survey_id), {}))
    kept["reminded"] = dict(kept.get("reminded", {})) | {str(one): day.isoformat() for one in customers}
    catalogue.save_setting(op, _key(survey_id), kept)


def forget(op: Operation, survey_id: int) -> None:
    """A survey goes, and what was noted about its rounds with it."""
    known = op.value("SELECT id FROM settings WHERE key = ?", (_key(survey_id),))
    if known is not None:
        op.delete("settings", known)


def _key(survey_id: int) -> str:
    return f"survey {survey_id}"
