"""Pages by our kit beside the same pages by bare reportlab, in one run: a long table, and a report of twelve pages.

python -m tests.bench.bench_pages. Goals: 10,000 rows <= 1.5 x a bare canvas that draws the same cells in the same font;
20,000 rows <= 2.1 x 10,000; twelve pages <= 1.3 x the same pages by reportlab's own paragraphs, tables and shapes.

What the floors draw: the table's floor is told how every line breaks and where every column stands, so it measures
nothing: one drawString per line of each cell (NotoSans by reportlab's TTFont), a hairline under each row, the heading
again on every page. The report's floor sets the same sentences as Paragraphs, the same cells as a platypus Table of
Paragraphs (plain strings would not wrap), and the same bars as reportlab.graphics shapes, in the same font and sizes.
Neither floor shapes text, mirrors brackets, falls back to other fonts or tags what it draws.

Measured with nothing kept from an earlier document, on a busy machine: 10,000 rows 2.1 x (goal missed: nearly every
cell here has a new word), 20,000 / 10,000 rows 2.0.
"""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any

from cvdesk.paths import resources
from cvdesk.pdf import styles
from cvdesk.pdf.bars import ShareBar, shares
from cvdesk.pdf.blocks import Flowable, Heading, NewPage, Text, Title
from cvdesk.pdf.document import MARGIN, Furniture, as_bytes
from cvdesk.pdf.table import Col, Row, Table
from cvdesk.pdf.text import lines
from tests.pdf.reading import FURNITURE, reader

TIMES = 3
_WORDS = (
    "The loaf was cold and late, and nobody at the counter said why; we waited for twenty minutes.",
    "Parking is hard to find on Saturdays.", "Wrong change, put right at once.", "The order was not there.",
    "Twice now the cake had another name on it, and the second time it was a child's birthday.",
)  # fmt: skip
_COLUMNS = (
    Col("Number", 12), Col("Day", 16), Col("Customer", 24), Col("What happened", 62), Col("Claim", 14, styles.RIGHT),
)  # fmt: skip


def cells(place: int) -> tuple[str, ...]:
    """A row of a register: no two are the same."""
    return (
        f"C-{place:05d}",
        f"{1 + place % 28} Nov 20{10 + place % 16}",
        f"Customer {place * 7919 % 100_003}",
        f"{_WORDS[place % len(_WORDS)]} ({place})",
        f"£{place % 977}.{place % 100:02d}",
    )


def timed(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of the processor, the median of several runs in turns, so that others at work disturb all alike."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()  # fonts are read once in a process, by both
    for _run in range(TIMES):
        for name, work in works.items():
            gc.collect()
            started = time.process_time()
            work()
            found[name].append((time.process_time() - started) * 1000)
    return {name: median(times) for name, times in found.items()}


def our_table(rows: int) -> bytes:
    """The register by our kit."""
    return as_bytes([Table(_COLUMNS, [Row(cells(place)) for place in range(rows)])], FURNITURE)


@cache
def broken(rows: int) -> list[list[list[str]]]:
    """The cells as the lines they break into, worked out once and not timed."""
    places = Table(_COLUMNS, [])._spread(595.276 - 2 * MARGIN)
    return [
        [
            [
                "".join(glyph.text for run in line.runs for glyph in run.glyphs)
                for line in lines(cell, styles.SMALL, wide)
            ]
            for cell, (_x, wide) in zip(cells(place), places, strict=True)
        ]
        for place in range(rows)
    ]


@cache
def register_fonts() -> None:
    """Our faces, by reportlab's own reader of TrueType."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Regular", "SemiBold", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Noto-{name}", str(resources() / "fonts" / f"NotoSans-{name}.ttf")))


def bare_table(rows: int) -> bytes:
    """The same cells by the canvas alone."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595.276, 841.89), invariant=1, pageCompression=1)
    places = Table(_COLUMNS, [])._spread(595.276 - 2 * MARGIN)
    bottom, y = 62.0, 0.0
    for row in broken(rows):
        high = max(len(cell) for cell in row) * styles.SMALL.leading + 8
        if y - high < bottom:
            if y:
                canvas.showPage()
            y = _bare_heading(canvas, places)
        for cell, column, (x, wide) in zip(row, _COLUMNS, places, strict=True):
            baseline = y - 4 - 9.2
            for line in cell:
                if column.align == styles.RIGHT:
                    canvas.drawRightString(MARGIN + x + wide, baseline, line)
                else:
                    canvas.drawString(MARGIN + x, baseline, line)
                baseline -= styles.SMALL.leading
        y -= high
        canvas.line(MARGIN, y, 595.276 - MARGIN, y)
    canvas.save()
    return buffer.getvalue()


def _bare_heading(canvas: Any, places: list[tuple[float, float]]) -> float:
    canvas.setFont("Noto-Regular", 7.3)
    y = 841.89 - 74
    for column, (x, _wide) in zip(_COLUMNS, places, strict=True):
        canvas.drawString(MARGIN + x, y - 8, column.title)
    y -= 17
    canvas.line(MARGIN, y, 595.276 - MARGIN, y)
    canvas.setFont("Noto-Regular", styles.SMALL.size)
    return y


_SENTENCES = tuple(
    f"In month {place} the customers said that what they get is worth more than what they give, by {place % 7} points "
    f"of ten (from {40 + place} answers); it is clear that delivery holds them back, and a hint that price does so too."
    for place in range(200)
)
_SMALL_COLUMNS = (Col("Factor", 30), Col("Score", 10, styles.RIGHT), Col("What it means", 60))
_PAGES = 12


def _page_rows(page: int) -> list[tuple[str, str, str]]:
    return [
        (f"Factor {page}-{place}", f"{1 + (page * 7 + place) % 40 / 10:.1f}", _WORDS[(page + place) % len(_WORDS)])
        for place in range(8)
    ]


def _page_bars(page: int) -> list[tuple[str, float]]:
    return [(f"Theme {page}-{place}", 0.62 - 0.07 * place) for place in range(5)]


def our_report() -> bytes:
    """Twelve pages by our kit: title, text, bars with intervals, a table."""
    story: list[Flowable] = []
    for page in range(_PAGES):
        story += [NewPage()] if page else []
        story += [Title(f"Finding {page}: customers get more than they give", f"Finding {page}")]
        story += [Text(_SENTENCES[page * 5 + place], after=5) for place in range(5)]
        story.append(Heading("Where it stands", before=10))
        story.append(shares([
            ShareBar(name, "57 customers", value, value - 0.06, value + 0.06, f"{value:.0%}", "costs")
            for name, value in _page_bars(page)
        ]))  # fmt: skip
        story.append(Heading("Factor by factor", before=10))
        story.append(Table(_SMALL_COLUMNS, [Row(row) for row in _page_rows(page)]))
    return as_bytes(story, Furniture(*FURNITURE_PARTS))


FURNITURE_PARTS = (
    FURNITURE.business, FURNITURE.title, FURNITURE.corner, FURNITURE.note, FURNITURE.subject, FURNITURE.language,
    FURNITURE.made,
)  # fmt: skip


def bare_report() -> bytes:
    """The same by reportlab's paragraphs, tables and shapes."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    register_fonts()
    body = ParagraphStyle("body", fontName="Noto-Regular", fontSize=9.9, leading=15, spaceAfter=5)
    title = ParagraphStyle("title", fontName="Noto-Bold", fontSize=20.5, leading=26, spaceAfter=8)
    heading = ParagraphStyle("heading", fontName="Noto-SemiBold", fontSize=11.6, leading=16, spaceBefore=10)
    small = ParagraphStyle("small", fontName="Noto-Regular", fontSize=8.6, leading=12.2)
    story: list[Any] = []
    for page in range(_PAGES):
        story += [PageBreak()] if page else []
        story.append(Paragraph(f"Finding {page}: customers get more than they give", title))
        story += [Paragraph(_SENTENCES[page * 5 + place], body) for place in range(5)]
        story.append(Paragraph("Where it stands", heading))
        story.append(_bare_bars(_page_bars(page)))
        story.append(Paragraph("Factor by factor", heading))
        story.append(_bare_cells(page, small))
    buffer = io.BytesIO()

    def furnish(canvas: Any, _document: Any) -> None:
        canvas.setFont("Noto-Regular", 8.6)
        canvas.drawString(MARGIN, 796, "Harbour Bakery")
        canvas.drawRightString(595.276 - MARGIN, 796, "A report · November 2026")
        canvas.line(MARGIN, 785, 595.276 - MARGIN, 785)
        canvas.drawString(MARGIN, 36, "A note.")
        canvas.drawRightString(595.276 - MARGIN, 36, f"{canvas.getPageNumber()} of {_PAGES}")

    document = SimpleDocTemplate(
        buffer, pagesize=(595.276, 841.89), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=74, bottomMargin=62,
        invariant=1, pageCompression=1,
    )  # fmt: skip
    document.build(story, onFirstPage=furnish, onLaterPages=furnish)
    return buffer.getvalue()


def _bare_bars(bars: list[tuple[str, float]]) -> Any:
    from reportlab.graphics.shapes import Drawing, Line, Rect, String
    from reportlab.lib.colors import HexColor

    drawing = Drawing(487, 25 * len(bars))
    for place, (name, value) in enumerate(bars):
        y = 25 * len(bars) - (place + 0.5) * 25
        drawing.add(String(0, y + 1.2, name, fontName="Noto-SemiBold", fontSize=8.6))
        drawing.add(String(0, y - 7.8, "57 customers", fontName="Noto-Regular", fontSize=7.3))
        drawing.add(Rect(80, y - 5, 300 * value, 10, rx=1.5, ry=1.5, fillColor=HexColor("#9A6200"), strokeColor=None))
        for end, ink in ((value - 0.06, "#FFFFFF"), (value + 0.06, "#1B2430")):
            drawing.add(Line(80 + 300 * value, y, 80 + 300 * end, y, strokeColor=HexColor(ink)))
            drawing.add(Line(80 + 300 * end, y - 3, 80 + 300 * end, y + 3, strokeColor=HexColor(ink)))
        label = String(487, y - 3, f"{value:.0%}", fontName="Noto-Regular", fontSize=8.6, textAnchor="end")
        drawing.add(label)
    return drawing


def _bare_cells(page: int, small: Any) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph
    from reportlab.platypus import Table as PlatypusTable

    rows = [[column.title for column in _SMALL_COLUMNS]]
    rows += [[Paragraph(cell, small) for cell in row] for row in _page_rows(page)]
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor("#E3E6EA")), ("FONT", (0, 0), (-1, 0), "Noto-Regular", 7.3),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]  # fmt: skip
    return PlatypusTable(rows, colWidths=[140, 50, 297], repeatRows=1, style=style)


def main() -> None:
    """Prints the figures."""
    broken(10_000)
    found = timed({
        "bare": lambda: bare_table(10_000), "ours": lambda: our_table(10_000), "twice": lambda: our_table(20_000),
    })  # fmt: skip
    pages = len(reader(our_table(10_000)).pages), len(reader(bare_table(10_000)).pages)
    print(f"10,000 rows: ours {found['ours']:.0f} ms on {pages[0]} pages, bare {found['bare']:.0f} ms on {pages[1]}")
    print(f"  ours / bare {found['ours'] / found['bare']:.2f} (goal 1.5)")
    print(f"20,000 / 10,000 rows: {found['twice'] / found['ours']:.2f} (goal 2.1)")
    found = timed({"bare": bare_report, "ours": our_report})
    pages = len(reader(our_report()).pages), len(reader(bare_report()).pages)
    print(f"report: ours {found['ours']:.0f} ms on {pages[0]} pages, bare {found['bare']:.0f} ms on {pages[1]}")
    print(f"  ours / bare {found['ours'] / found['bare']:.2f} (goal 1.3)")


if __name__ == "__main__":
    main()
