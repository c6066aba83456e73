"""One chart on a page: what it shows, the chart, its sentence and caveats, and every point as a line below."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cvdesk.catalogue.records import Filter, Letterhead
from cvdesk.catalogue.report_furniture import furniture
from cvdesk.catalogue.store_letterhead import letterhead
from cvdesk.catalogue.store_limits import limited_to
from cvdesk.charts.series import in_unit, judged, notes_in, range_of, step_of
from cvdesk.db import Queries
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, KeepTogether, Room, Text, Title
from cvdesk.pdf.chart import trend
from cvdesk.pdf.document import Furniture, as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.trends.records import Series
from cvdesk.wording import _
from cvdesk.wording.headings import chart_heading
from cvdesk.wording.numbers import day_of_year, month, span, whole
from cvdesk.wording.periods import period_long
from cvdesk.wording.ranges import two_ends

_HEIGHT = 232.0
_NOTHING = "–"


def chart_pdf(db: Queries, series: Series, chosen: Filter, today: date, paper: str = "a4") -> bytes:
    """The page of a series as a PDF; the series is the one the window shows, so its figures are the same."""
    return as_bytes(chart_story(series, about(db, chosen)), around(letterhead(db), series.title, today, paper))


def about(db: Queries, chosen: Filter) -> str:
    """The period and what the figures are limited to: 1 Dec 2025 to 21 Nov 2026 · Families."""
    return " · ".join([span(chosen.period.start, chosen.period.end), *limited_to(db, chosen)])


def around(head: Letterhead, title: str, today: date, paper: str) -> Furniture:
    """What stands around the pages of charts."""
    note = _("Shaded: what is ordinary, ups and downs without a cause. Ringed: outside it, or part of a run.")
    subject = _("How a figure went over time, and what is only the ordinary up and down")
    return furniture(head, title, today, paper, note=note, subject=subject)


def chart_story(series: Series, said: str) -> list[Flowable]:
    """The page: title, what it covers, chart, sentence, caveats, and the points, the newest first."""
    story: list[Flowable] = [
        Title(series.title, series.title, after=4),
        Text(_head(series, said), styles.NOTE, after=8),
    ]
    if any(point.value is not None for point in series.points):
        story.append(trend(series, _HEIGHT, counts=True))
    story.append(Text(series.sentence, styles.BODY, before=10))
    story += [Text(caveat, styles.NOTE, before=3) for caveat in series.caveats]
    if counted := _counted(series):
        story.append(Text(counted, styles.NOTE, before=3))
    if series.points:
        heading = Heading(_("Event by event") if step_of(series) == "day" else _("Period by period"), before=16)
        heading.keepWithNext = False  # the table may begin here and go on
        story += [Room(120), heading, points_table(series)]
    return story


def part_of_page(series: Series, height: float, known: Collection[str] = ()) -> Flowable:
    """A series among others: heading, chart, sentence and caveats, never torn apart. known: caveats said before."""
    step = "between" if series.chart == "between" else series.step
    last = series.points[-1].start if series.points else None
    said = chart_heading(series.title, series.unit, step, series.verdict, last)
    block: list[Flowable] = [Heading(said, _latest(series), before=14, outline=1), trend(series, height, counts=True)]
    block.append(Text(series.sentence, styles.SMALL, before=6))
    caveats = [one for one in series.caveats if one not in known]
    if caveats:
        block.append(Text(" ".join(caveats), styles.NOTE, before=2))
    return KeepTogether(block)


def latest_words(series: Series) -> str:
    """The latest value that is judged, else the latest one; empty without any."""
    whole_ones = [point for point in series.points if point.value is not None and not point.running]
    points = whole_ones or [point for point in series.points if point.value is not None]
    return in_unit(points[-1].value or 0.0, series.unit) if points else ""


def _latest(series: Series) -> str:
    return _("less is better") if series.less_is_better else ""


def _head(series: Series, said: str) -> str:
    return f"{said} · {_('less is better')}" if series.less_is_better else said


def _counted(series: Series) -> str:
    """How many stand behind the points: the line that says where the figures come from."""
    counts = [point.n for point in series.points if point.value is not None]
    if not counts or series.unit == "count" or series.chart == "between":
        return ""
    if min(counts) == max(counts):
        return _("Behind each point: {count} counted.").format(count=whole(counts[0]))
    return _("Behind each point: {least} to {most} counted.").format(least=whole(min(counts)), most=whole(max(counts)))


def points_table(series: Series) -> Table:
    """Every point as a line, the newest first; how sure it is where that is known."""
    likely = any(point.low is not None for point in series.points)
    when = 13 if step_of(series) in ("month", "quarter") else 21
    columns = [
        Col(_("When"), when), Col(_("Value"), 8, styles.RIGHT), *([Col(_("Likely"), 14)] if likely else []),
        Col(_("Counted"), 10, styles.RIGHT), Col(_("Ordinary range"), 16), Col(_("What it is"), 29),
        Col(_("What happened"), 30),
    ]  # fmt: skip
    rows = [_row(series, place, likely) for place in reversed(range(len(series.points)))]
    return Table(columns, rows, styles.COMPACT, padding=3.0)


def _range(low: float | None, high: float | None, unit: str) -> str:
    if low is None or high is None:
        return ""
    return two_ends(in_unit(low, unit), in_unit(high, unit))


def _row(series: Series, place: int, likely: bool) -> Row:
    point, unit = series.points[place], series.unit
    ordinary = range_of(series, place) or (None, None, None)
    when = month(point.start) if step_of(series) == "month" else period_long(point.start, step_of(series))
    noted = "; ".join(
        _("{day}: {text}").format(day=day_of_year(note.date), text=note.text) for note in notes_in(series, place)
    )
    cells = [
        when[:1].upper() + when[1:],
        _NOTHING if point.value is None else in_unit(point.value, unit),
        *([_range(point.low, point.high, unit)] if likely else []),
        "" if series.chart == "between" else whole(point.n),
        _range(ordinary[0], ordinary[2], unit),
        judged(series, place),
        noted,
    ]
    return Row(cells, strong=place in series.signals)
