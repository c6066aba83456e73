"""The points of a series as a list: for spreadsheets, in full precision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from cvdesk.charts.series import SeriesLike, judged, notes_in, range_of, step_of
from cvdesk.wording import _
from cvdesk.wording.cells import harmless
from cvdesk.wording.periods import period_end


def series_csv(series: SeriesLike) -> str:
    """Every point with all that is known of it: days as 2026-07-01, numbers with a point, shares from 0 to 1."""
    return _written(series, ",", "\r\n")


def series_tsv(series: SeriesLike) -> str:
    """The same between tabs, for a spreadsheet to paste."""
    return _written(series, "\t", "\n")


def _written(series: SeriesLike, between: str, end: str) -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=between, lineterminator=end)
    writer.writerow(
        [_("From"), _("To"), _("Value"), _("Low"), _("High"), _("Counted"), _("Ordinary from"), _("Centre"),
         _("Ordinary to"), _("Judged"), _("Year before"), _("Notes")]
    )  # fmt: skip
    writer.writerows(_rows(series))
    return made.getvalue()


def _rows(series: SeriesLike) -> Iterator[list[str]]:
    step = step_of(series)
    for place, point in enumerate(series.points):
        ordinary = range_of(series, place) or (None, None, None)
        before = series.year_before[place] if place < len(series.year_before) else None
        noted = "; ".join(" ".join(note.text.split()) for note in notes_in(series, place))
        yield [
            point.start.isoformat(), period_end(point.start, step).isoformat(), _exact(point.value), _exact(point.low),
            _exact(point.high), str(point.n), *(_exact(end) for end in ordinary), judged(series, place),
            _exact(before), harmless(noted),
        ]  # fmt: skip


def _exact(value: float | None) -> str:
    return "" if value is None else repr(float(value)).removesuffix(".0")
