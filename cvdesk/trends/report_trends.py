"""The trend book: what really changed, a chart for each figure that matters, quiet ones as lists, the method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.filters import assessments_clause, complaints_clause, entries_clause, up_to
from cvdesk.catalogue.records import Filter, Letterhead
from cvdesk.catalogue.store_before import before_words, noted_before
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Queries
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, KeepTogether, Room, Text, Title
from cvdesk.pdf.contents import Contents
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.led import Led
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.trends import store
from cvdesk.trends.records import Note, Series
from cvdesk.trends.report_chart import about, around, latest_words, part_of_page
from cvdesk.trends.store_value import OVERALL_KEYS
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day, whole

_HEIGHTS = {"a4": 142.0, "letter": 126.0}  # so that three figures stand on a page
_ENOUGH = 3  # a line of fewer points shows nothing a sentence does not
_OFTEN = 5  # charts with the same thing to keep in mind
_CONTENTS_FROM = 10  # charts: about six pages
_CHANGED = ("real", "unusual")
_UNJUDGED = ("", "early", "coarse")
_COUNTED = ("count", "rate")
_CLAUSES = {"entries": entries_clause, "complaints": complaints_clause, "assessments": assessments_clause}
_ANY = "SELECT EXISTS (SELECT 1 FROM {table} WHERE {chosen})"
_FEEDBACK, _COMPLAINTS = ("entries", "rating", "csat", "answering"), ("complaints", "days", "acknowledging")
GROUPS: Mapping[str, Callable[[], str]] = {
    "value": lambda: _("What customers get, and what it costs them"),
    "feedback": lambda: _("What customers say"),
    "complaints": lambda: _("Complaints"),
    "surveys": lambda: _("What surveys say, all in all"),
    "themes": lambda: _("What customers speak of"),
}


@dataclass(frozen=True, slots=True)
class TrendsReport:
    """Every series that has points, in the order in which they are offered, read as of one moment.

    `noted`: whether anything was, in the period; `before`: how many entries are older, where no series is left.
    """

    letterhead: Letterhead
    about: str
    today: date
    series: tuple[Series, ...]
    noted: bool = True
    before: int = 0


def gather(db: Queries, chosen: Filter, today: date) -> TrendsReport:
    """Everything the trend book says."""
    with db.snapshot():
        series = with_something(list(store.every(db, chosen, today).values()))
        noted = bool(series) or _is_noted(db, chosen, today)
        before = 0 if series else noted_before(db, chosen)
        return TrendsReport(letterhead(db), about(db, chosen), today, series, noted, before)


def with_something(found: Sequence[Series]) -> tuple[Series, ...]:
    """Those that have points. A count of nothing but zeros is none, nor is a rate where nothing else was noted.

    With feedback beside it, a time without a complaint or a word of a theme does say something.
    """
    there = [series for series in found if any(point.value is not None for point in series.points)]
    if all(_is_only_zeros(series) for series in there):
        return ()
    return tuple(series for series in there if series.unit != "count" or not _is_only_zeros(series))


def _is_only_zeros(series: Series) -> bool:
    """Whether it counts something that never happened; a mean or a share of answers of 0 comes from answers."""
    if series.chart == "between":  # a point for each complaint, then the days that go by without one
        return all(point.running for point in series.points)
    counts = series.unit in _COUNTED or group_of(series.key) == "themes"
    return counts and not any(point.value for point in series.points)


def _is_noted(db: Queries, chosen: Filter, today: date) -> bool:
    """Whether the period holds feedback, complaints or score sheets, be they too few for a figure."""
    limited = up_to(chosen, today)
    clauses = ((table, made(limited)) for table, made in _CLAUSES.items())
    return any(db.value(_ANY.format(table=table, chosen=one.sql), one.parameters) for table, one in clauses)


def as_pdf(data: TrendsReport, paper: str = "a4", left_out: Collection[str] = ()) -> bytes:
    """The book as bytes; the same data gives the same bytes."""
    return as_bytes(story(data, paper, left_out), around(data.letterhead, _("Trends"), data.today, paper))


def story(data: TrendsReport, paper: str = "a4", left_out: Collection[str] = ()) -> list[Flowable]:
    """The finding and what changed, the contents; then group by group charts and quiet figures, notes and method."""
    found: list[Flowable] = [Title(_finding(data), _("What changed"), after=5), Text(data.about, styles.NOTE, after=6)]
    if not data.series:
        yet = _("Nothing to show yet: a figure shows here as soon as a month has enough answers.")
        found.append(Band((not data.noted and before_words(data.before)) or yet))
        return found
    often = _often(data)
    found += _changes(data, often)
    groups = {key: [one for one in data.series if group_of(one.key) == key] for key in GROUPS if key not in left_out}
    if sum(_is_drawn(one) for group in groups.values() for one in group) >= _CONTENTS_FROM:
        found += [KeepTogether([Heading(_("Contents"), before=20), Contents()])]
    for key, series in groups.items():
        found += _group(GROUPS[key](), series, _HEIGHTS[paper], often)
    if "what-happened" not in left_out:
        found += _happened(data)
    return found if "method" in left_out else [*found, *_method()]


def group_of(key: str) -> str:
    """The group of GROUPS a series belongs to."""
    if key.startswith("theme"):
        return "themes"
    if key in OVERALL_KEYS or key == "response_rate":
        return "surveys"
    return "feedback" if key in _FEEDBACK else "complaints" if key in _COMPLAINTS else "value"


def _name(series: Series) -> str:
    return series.verdict.name if series.verdict is not None else ""


def _is_drawn(series: Series) -> bool:
    """Value, all in all, feedback and complaints always; factors and themes only where something changed."""
    if sum(point.value is not None for point in series.points) < _ENOUGH:
        return False
    return ":" not in series.key or _name(series) in _CHANGED


def _says_nothing_new(series: Series) -> bool:
    """What went wrong with a theme, without any sign of change: the theme itself is in the list."""
    return series.key.startswith("theme_bad:") and _name(series) != "possible"


def _finding(data: TrendsReport) -> str:
    names = [_name(series) for series in data.series]
    changed, odd, possible = (names.count(name) for name in ("real", "unusual", "possible"))
    if not data.series:
        return _("No trends yet") if data.noted else _("Nothing was noted in this period")
    if all(name in _UNJUDGED for name in names):
        return _("Too early to say what changed")
    if changed:
        return ngettext(
            "{count} figure changed; the others show no clear change",
            "{count} figures changed; the others show no clear change",
            changed,
        ).format(count=whole(changed))
    if odd:
        return ngettext(
            "No clear change, but {count} figure was unusual for a time",
            "No clear change, but {count} figures were unusual for a time",
            odd,
        ).format(count=whole(odd))
    if possible:
        return ngettext(
            "No clear change; {count} figure is worth watching", "No clear change; {count} figures are worth watching",
            possible,
        ).format(count=whole(possible))  # fmt: skip
    if any(name in _UNJUDGED for name in names):
        return _("No sign of change in what can be judged so far")
    return _("Nothing really changed: all of it is the ordinary up and down")


def _often(data: TrendsReport) -> tuple[str, ...]:
    """What to keep in mind with so many of the changes that it is said once, before the charts, not with each."""
    said = Counter(
        caveat for series in data.series if _is_drawn(series) and _name(series) in _CHANGED for caveat in series.caveats
    )
    return tuple(caveat for caveat, count in said.items() if count >= _OFTEN)


def _changes(data: TrendsReport, often: Sequence[str]) -> list[Flowable]:
    """What changed, a line each, before any chart."""
    changed = [series for series in data.series if _name(series) in _CHANGED]
    if not changed:
        return []
    rows = [Row([series.title, latest_words(series), series.sentence]) for series in changed]
    mind = [Band(" ".join(often), before=12)] if often else []
    return [Led([Heading(_("Real changes and unusual points"), before=10), _table(rows)]), *mind]


def _group(title: str, series: Sequence[Series], height: float, often: Collection[str]) -> list[Flowable]:
    """A group's title on a page with room for its first chart; charts, then the quiet figures as lines."""
    drawn = [one for one in series if _is_drawn(one)]
    quiet = [one for one in series if one not in drawn and not _says_nothing_new(one)]
    if not drawn and not quiet:
        return []
    head = Title(title, title)
    head.spaceBefore = 24
    found: list[Flowable] = [Room(height + 130 if drawn else 150), head]
    found += [part_of_page(one, height, often) for one in drawn]
    if quiet:
        rows = [Row([one.title, latest_words(one), one.sentence]) for one in quiet]
        name = _("Everything else") if drawn else _("Without a clear change")
        found.append(
            Led([Heading(name, _("figures without a clear change") if drawn else "", before=14), _table(rows)])
        )
    return found


def _table(rows: list[Row]) -> Table:
    columns = [Col(_("Figure"), 28), Col(_("Latest"), 9, styles.RIGHT), Col(_("What it shows"), 63)]
    return Table(columns, rows, styles.COMPACT, padding=3.0)


def _happened(data: TrendsReport) -> list[Flowable]:
    """What was noted in the time shown, the newest first: the same that stands above the charts."""
    notes = {(note.date, note.text, note.sort): note for series in data.series for note in series.notes}
    if not notes:
        return []
    rows = [
        Row([day(note.date), _sort(note), note.text])
        for _key, note in sorted(notes.items(), key=lambda item: item[0], reverse=True)
    ]
    columns = [Col(_("When"), 16), Col(_("What it was"), 20), Col(_("What happened"), 64)]
    table = Table(columns, rows, styles.COMPACT, padding=3.0)
    return [Led([Heading(_("What happened in this time"), before=24, outline=0), table])]


def _sort(note: Note) -> str:
    return {
        "note": _("noted"), "action": _("an action began"), "phase": _("a new phase began"),
        "wording": _("a question was changed"),
    }.get(note.sort, "")  # fmt: skip


def _method() -> list[Flowable]:
    said = [
        _("The shaded range is where a figure goes without any cause: its own ups and downs from month to month. It "
          "stays fixed until you begin a new phase."),
        _("A real change needs both: a rule of the chart (a point outside the range, eight in a row on one side, three "
          "of four near an edge) and an order of the points that chance would give in at most 5 of 100 shuffles."),
        _("An unusual point is outside the range with nothing else to it: look for what happened then. A possible "
          "change is one of the two without the other: keep watching."),
        _("Fewer than 8 points are too early to judge. Months that are not over are never judged."),
        _("Where many figures are looked at, chance alone makes some of them look changed: about 3 of 100 without any "
          "change are called real."),
        _("Answers come from those who answered, and what came after something did not always come of it."),
    ]  # fmt: skip
    texts = [Text(one, styles.SMALL, after=4) for one in said]
    return [KeepTogether([Heading(_("How changes are told from chance"), before=24, outline=0), *texts])]
