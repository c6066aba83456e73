"""All trends on paper: what really changed, a chart for each figure that matters, the quiet ones as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cvdesk.catalogue.records import Filter, Letterhead
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.db import Queries
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Flowable, Heading, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.trends import store
from cvdesk.trends.records import Series
from cvdesk.trends.report_chart import about, around, latest_words, part_of_page
from cvdesk.wording import _, ngettext

_HEIGHTS = {"a4": 148.0, "letter": 132.0}  # so that three figures stand on a page
_ENOUGH = 3  # a line of fewer points shows nothing a sentence does not
_CHANGED = ("real", "unusual")


@dataclass(frozen=True, slots=True)
class TrendsReport:
    """Every series that has points, in the order in which they are offered, read as of one moment."""

    letterhead: Letterhead
    about: str
    today: date
    series: tuple[Series, ...]


def gather(db: Queries, chosen: Filter, today: date) -> TrendsReport:
    """Everything the report of trends says."""
    with db.snapshot():
        found = store.every(db, chosen, today).values()
        return TrendsReport(
            letterhead(db), about(db, chosen), today,
            tuple(series for series in found if any(point.value is not None for point in series.points)),
        )  # fmt: skip


def as_pdf(data: TrendsReport, paper: str = "a4") -> bytes:
    """The report as bytes; the same data gives the same bytes."""
    return as_bytes(story(data, paper), around(data.letterhead, _("Trends"), data.today, paper))


def story(data: TrendsReport, paper: str = "a4") -> list[Flowable]:
    """The finding, what changed in sentences, the charts, and the figures that did not change in lines."""
    drawn = [series for series in data.series if _is_drawn(series)]
    quiet = [series for series in data.series if series not in drawn and not _says_nothing_new(series)]
    found: list[Flowable] = [Title(_finding(data), _("Trends"), after=5), Text(data.about, styles.NOTE, after=6)]
    if not data.series:
        found.append(Band(_("Nothing to show yet: a figure shows here as soon as a month has enough answers.")))
        return found
    found += _changes(data)
    found += [part_of_page(series, _HEIGHTS[paper]) for series in drawn]
    return [*found, *_quiet(quiet)]


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
    changed = sum(_name(series) in _CHANGED for series in data.series)
    if not data.series:
        return _("No trends yet")
    if not changed:
        return _("Nothing really changed: all of it is the ordinary up and down")
    return ngettext(
        "{count} figure changed; the others only go up and down as usual",
        "{count} figures changed; the others only go up and down as usual",
        changed,
    ).format(count=changed)


def _changes(data: TrendsReport) -> list[Flowable]:
    """What changed, a line each, before any chart."""
    changed = [series for series in data.series if _name(series) in _CHANGED]
    if not changed:
        return []
    rows = [Row([series.title, latest_words(series), series.sentence]) for series in changed]
    return [Heading(_("What changed"), before=10), _table(rows)]


def _quiet(series: list[Series]) -> list[Flowable]:
    if not series:
        return []
    rows = [Row([one.title, latest_words(one), one.sentence]) for one in series]
    return [
        Heading(_("Everything else"), _("figures without a clear change"), outline=0),
        _table(rows),
    ]


def _table(rows: list[Row]) -> Table:
    columns = [Col(_("Figure"), 28), Col(_("Latest"), 9, styles.RIGHT), Col(_("What it shows"), 63)]
    return Table(columns, rows, styles.COMPACT, padding=3.0)
