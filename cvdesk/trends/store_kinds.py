"""Which series there are, how each is made, in which steps it makes sense, and what lies behind one of its marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from cvdesk.catalogue.filters import assessments_clause, complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import LEVERS, Filter, Period
from cvdesk.db import Queries
from cvdesk.errors import UserError
from cvdesk.themes.store_trouble import COUNTED, NEGATIVE
from cvdesk.trends import store_answering, store_log, store_themes, store_value
from cvdesk.trends.months import first_of, last_of, steps_between
from cvdesk.trends.records import Series
from cvdesk.trends.store_themes import THEME, THEME_BAD
from cvdesk.trends.store_value import FACTOR, OVERALL_KEYS, VALUE_KEYS
from cvdesk.value.store_answers import OURS
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

Make = Callable[[Queries, Filter, date, str], Series]

_LOG: Mapping[str, tuple[Make, Callable[[str], str], str]] = {
    "entries": (store_log.entries_series, store_log.title, "entries"),
    "rating": (store_log.rating_series, store_log.title, "entries"),
    "csat": (store_log.csat_series, store_log.title, "entries"),
    "answering": (store_answering.answering_series, store_answering.title, "entries"),
    "complaints": (store_log.complaints_series, store_log.title, "complaints"),
    "days": (store_log.days_series, store_log.title, "complaints"),
    "acknowledging": (store_answering.acknowledging_series, store_answering.title, "complaints"),
    "response_rate": (store_answering.response_rate_series, store_answering.title, "sheets"),
}
_FEEDBACK = ("entries", "rating", "csat", "answering")
_COMPLAINTS = ("complaints", "days", "acknowledging")
_WEEKLY_FROM = 10.0  # answers a week, for weeks to make sense (METHOD 3.1)
_WEEKS_LOOKED_AT = 52
_MANY_SHEETS = 20_000  # some 40 MB of answers

_FACTORS = """
SELECT key, label, lever FROM factors WHERE active = 1 AND EXISTS (
  SELECT 1 FROM questions JOIN question_versions AS version ON version.question_id = questions.id
  CROSS JOIN answers ON answers.question_version_id = version.id AND answers.state = 'answered'
  CROSS JOIN assessments ON assessments.id = answers.assessment_id AND assessments.kind = 'customer'
  WHERE questions.factor_id = factors.id)
ORDER BY place, id
"""
_THEMES = f"""
SELECT themes.key, themes.name,
  EXISTS (SELECT 1 FROM entry_themes WHERE theme_id = themes.id AND state = 'confirmed') AS mentioned,
  EXISTS (SELECT 1 FROM complaint_themes CROSS JOIN complaints ON complaints.id = complaint_id
    WHERE theme_id = themes.id AND {COUNTED})
  OR EXISTS (SELECT 1 FROM entry_themes CROSS JOIN entries ON entries.id = entry_id
    WHERE theme_id = themes.id AND state = 'confirmed' AND {NEGATIVE}) AS bad
FROM themes JOIN factors ON factors.id = themes.factor_id
WHERE themes.active = 1 ORDER BY factors.place, themes.id
"""
_FIRST = """
SELECT min(first) FROM (SELECT min(date) AS first FROM entries UNION ALL SELECT min(date) FROM complaints)
"""
_HOW_MANY = {
    "entries": "SELECT count(*) FROM entries WHERE {chosen}",
    "complaints": "SELECT count(*) FROM complaints WHERE {chosen}",
    "assessments": f"SELECT count(*) FROM assessments WHERE {OURS} AND {{chosen}}",
    "sheets": "SELECT count(*) FROM sheets WHERE asked BETWEEN ? AND ?",
}


@dataclass(frozen=True, slots=True)
class SeriesKind:
    """A series that can be looked at: its key, which stays when names change, and its name."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """Series that belong together, under a title."""

    title: str
    kinds: tuple[SeriesKind, ...]


def catalogue(db: Queries) -> tuple[SeriesGroup, ...]:
    """All series of the business, in the order in which they are offered; factors and themes only where anybody said
    anything about them.
    """
    factors = [(row["lever"], SeriesKind(FACTOR + row["key"], row["label"])) for row in db.rows(_FACTORS)]
    themes = db.rows(_THEMES)
    mentioned = [SeriesKind(THEME + row["key"], row["name"]) for row in themes if row["mentioned"]]
    bad = [
        SeriesKind(THEME_BAD + row["key"], store_themes.title(row["name"], bad=True)) for row in themes if row["bad"]
    ]
    groups = [
        SeriesGroup(_("Value"), tuple(SeriesKind(key, store_value.title(key)) for key in VALUE_KEYS)),
        SeriesGroup(_("All in all"), tuple(SeriesKind(key, store_value.title(key)) for key in OVERALL_KEYS)),
        SeriesGroup(_("Feedback"), _named(_FEEDBACK)),
        SeriesGroup(_("Complaints"), _named(_COMPLAINTS)),
        *(
            SeriesGroup(
                _("{part}, one by one").format(part=lever_name(lever)),
                tuple(kind for its, kind in factors if its == lever),
            )
            for lever in LEVERS
        ),
        SeriesGroup(_("What customers speak of"), tuple(mentioned)),
        SeriesGroup(_("What goes wrong"), tuple(bad)),
        SeriesGroup(_("Surveys"), _named(("response_rate",))),
    ]
    return tuple(group for group in groups if group.kinds)


def keys(db: Queries) -> list[str]:
    """The keys of all series of the business."""
    return [kind.key for group in catalogue(db) for kind in group.kinds]


class Shared:
    """What many series of one filter, day and step rest on, read once when the first of them needs it."""

    def __init__(self, db: Queries, chosen: Filter, today: date, step: str = "month") -> None:
        self._db, self._chosen, self._today, self._step = db, chosen, today, step

    def is_of(self, chosen: Filter, today: date, step: str) -> bool:
        """Whether it is what series of that filter, day and step rest on."""
        return (chosen, today, step) == (self._chosen, self._today, self._step)

    @property
    def heavy(self) -> bool:
        """Whether so many score sheets were read that they are better read again than kept."""
        return "sheets" in self.__dict__ and sum(map(len, self.sheets.filled.values())) > _MANY_SHEETS

    @cached_property
    def sheets(self) -> store_value.Sheets:
        """All score sheets of every step."""
        return store_value.sheets_of(self._db, self._chosen, self._today, self._step)

    @cached_property
    def active(self) -> dict[date, int]:
        """How many customers are active at the end of every step from the first record on."""
        first = self._db.value(_FIRST)
        end = min(self._chosen.period.end, self._today)
        starts = [] if first is None else steps_between(date.fromisoformat(first), end, self._step)
        return store_log.active_of_steps(self._db, self._chosen, self._today, starts, self._step)


def make(
    db: Queries, key: str, chosen: Filter, today: date, step: str = "month", shared: Shared | None = None
) -> Series:
    """A series by its key, in weeks, months or quarters. UserError for one whose theme or factor is gone.

    shared: of the same filter, day and step, where many series are made one after the other.
    """
    if key == "complaints":
        return store_log.complaints_series(db, chosen, today, step, None if shared is None else shared.active)
    if key in _LOG:
        return _LOG[key][0](db, chosen, today, step)
    if (theme := store_themes.theme_of(db, key)) is not None:
        return store_themes.theme_series(db, chosen, today, theme, step, None if shared is None else shared.active)
    sheets = None if shared is None else shared.sheets
    if key in VALUE_KEYS:
        return store_value.value_and_levers(db, chosen, today, (key,), step, sheets)[key]
    if key in OVERALL_KEYS:
        return store_value.overall_series(db, chosen, today, key, step, sheets)
    if (factor := store_value.factor_of(db, key)) is not None:
        return store_value.factor_series(db, chosen, today, factor, step, sheets)
    raise _gone()


def steps(db: Queries, key: str, chosen: Filter, today: date) -> tuple[str, ...]:
    """The steps that make sense for a series: months and quarters always, weeks from ten answers a week on."""
    end = min(chosen.period.end, today)
    start = max(chosen.period.start, end - timedelta(weeks=_WEEKS_LOOKED_AT) + timedelta(days=1))
    if start > end:
        return ("month", "quarter")
    period = Period(start, end)
    count = _how_many(db, key, replace(chosen, period=period), today)
    weekly = count >= _WEEKLY_FROM * max(1.0, period.days / 7)
    return ("week", "month", "quarter") if weekly else ("month", "quarter")


def behind(key: str, start: date, step: str, chosen: Filter, today: date) -> tuple[str, object]:
    """Where what a step is made of is shown: a table and the filter narrowed to it until today, or a page.

    For themes see `behind_of`, which knows their ids. UserError for a key that is none.
    """
    end = start if step == "day" else last_of(first_of(start, step), step)
    first = start if step == "day" else first_of(start, step)
    narrowed = replace(chosen, period=Period(first, max(first, min(end, today))))
    if key in VALUE_KEYS or key in OVERALL_KEYS or key.startswith(FACTOR):
        return "assessments", narrowed
    if key.startswith((THEME, THEME_BAD)):
        return "entries", narrowed
    if key not in _LOG:
        raise _gone()
    table = _LOG[key][2]
    return ("page", "surveys") if table == "sheets" else (table, narrowed)


def behind_of(db: Queries, series: Series, place: int, chosen: Filter, today: date) -> tuple[str, object]:
    """Where what a mark of a series is made of is shown. UserError for a theme that is gone."""
    step = "day" if series.chart == "between" else series.step
    theme = store_themes.theme_of(db, series.key) if series.key.startswith((THEME, THEME_BAD)) else None
    if theme is not None:
        chosen = replace(chosen, theme=theme.id)
    elif series.key.startswith((THEME, THEME_BAD)):
        raise _gone()
    return behind(series.key, series.points[place].start, step, chosen, today)


def _named(found: tuple[str, ...]) -> tuple[SeriesKind, ...]:
    return tuple(SeriesKind(key, _LOG[key][1](key)) for key in found)


def _how_many(db: Queries, key: str, chosen: Filter, today: date) -> int:
    """How many rows of what a series counts lie in the filter."""
    table = _LOG[key][2] if key in _LOG else "assessments"
    if key.startswith((THEME, THEME_BAD)):
        if (theme := store_themes.theme_of(db, key)) is None:
            raise _gone()
        table, chosen = "entries", replace(chosen, theme=theme.id)
    limited = up_to(chosen, today)
    if table == "sheets":
        period = limited.period
        return int(db.value(_HOW_MANY[table], (period.start.isoformat(), period.end.isoformat())))
    clauses = {"entries": entries_clause, "complaints": complaints_clause, "assessments": assessments_clause}
    clause = clauses[table](limited)
    return int(db.value(_HOW_MANY[table].format(chosen=clause.sql), clause.parameters))


def _gone() -> UserError:
    return UserError(
        _("This figure is no longer there: its theme, or what customers value, is not in use any more."),
        _("Choose another figure, or put the theme back."),
    )
