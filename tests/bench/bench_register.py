"""A complaint register beside the same pages drawn on a bare canvas, in one run: python -m tests.bench.bench_register.

Goals: 10,000 complaints <= 1.5 x the floor, 20,000 <= 2.1 x 10,000. The floor is told what stands where: every line
of text our register draws, by drawString in the same font, size and colour at the same place, and every hairline of the
table. It breaks no lines, shapes and tags nothing. Every word our program keeps from one document to the next is
forgotten before each of its runs, as in a program that was just started.

Measured on two busy cores: 10,000 complaints (896 pages) 1.36 x the floor (7.9 s beside 5.8 s), 20,000 1.83 x 10,000.
"""

from __future__ import annotations

import gc
import io
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import groupby
from statistics import median
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cvdesk.catalogue.records import Business, Filter, Letterhead, Period
from cvdesk.paths import resources
from cvdesk.pdf import canvas, fonts, hyphens, table, text, units
from cvdesk.pdf.document import PAPERS
from cvdesk.reports.records import ComplaintLine, Register
from cvdesk.reports.report_register import register_pdf

TODAY = date(2026, 11, 21)
FIRST = date(2018, 1, 1)
TIMES = 3
_THEMES = ("Late delivery", "Sourdough quality", "Price rise", "Queue")

Piece = tuple[Any, ...]  # a text: font file, size, colour, x, y, words; or a line: from x, y to x, y


def register(count: int) -> Register:
    """So many complaints in ordinary words: as often as the sample business uses them."""
    chance = random.Random(count)
    sample = (path.read_text(encoding="utf-8") for path in sorted((resources() / "sample").glob("*.toml")))
    words = Counter(word for told in sample for word in re.findall(r"[A-Za-z'é£]+[,.]?", told))
    said = chance.choices(list(words), list(words.values()), k=60_000)
    names = [word.strip(",.").title() for word in chance.sample(list(words), 1000)]
    return Register(
        Letterhead(Business("Harbour Bakery")), Filter(Period(FIRST, TODAY)), (), TODAY,
        tuple(_complaint(chance, said, names, number, count) for number in range(count, 0, -1)),
    )  # fmt: skip


def _complaint(chance: random.Random, said: list[str], names: list[str], number: int, count: int) -> ComplaintLine:
    start, length = chance.randrange(len(said) - 60), min(60, max(4, int(chance.lognormvariate(2.7, 0.6))))
    day = FIRST + (TODAY - FIRST) * number // count
    ended = day + timedelta(days=chance.randint(0, 20)) if chance.random() > 0.05 else None
    return ComplaintLine(
        number, day, f"{chance.choice(names)} {chance.choice(names)}", " ".join(said[start : start + length]),
        chance.choice(("minor", "moderate", "serious")), "closed" if ended else "acknowledged", None,
        (chance.choice(_THEMES),), day + timedelta(days=10), ended, ended is None,
        chance.randint(500, 20_000) if chance.random() < 0.3 else None, ended is None,
    )  # fmt: skip


@contextmanager
def _recorded(pages: list[list[Piece]]) -> Iterator[None]:
    """What documents made inside draw is noted page by page."""
    draw_line, show_page, draw_table = text.draw_line, canvas.PlainCanvas.showPage, table.Table.draw

    def noted_line(into: Any, line: text.Line, style: Any, x: float, y: float) -> None:
        left, base = into.absolutePosition(x, y)
        pairs = zip(line.runs, line.places, strict=True)
        for path, together in groupby(pairs, key=lambda pair: pair[0].face.path):
            runs = list(together)
            words = "".join(glyph.text for run, _place in runs for glyph in run.glyphs)
            start = left + runs[0][1] * style.size / 1000
            pages[-1].append((path, style.size, style.colour, start, base, words))
        draw_line(into, line, style, x, y)

    def noted_page(into: Any) -> None:
        show_page(into)
        pages.append([])

    def noted_table(into: table.Table) -> None:
        talls = [into._height(place) for place in range(into.start, into.end)]
        left, y = into.canv.absolutePosition(0, into.height - into._heading)
        for tall in talls:
            y -= tall
            pages[-1].append((left, y, left + into.width, y))
        draw_table(into)

    text.draw_line, canvas.PlainCanvas.showPage, table.Table.draw = noted_line, noted_page, noted_table  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        text.draw_line, canvas.PlainCanvas.showPage, table.Table.draw = draw_line, show_page, draw_table  # type: ignore[method-assign,assignment]


def drawn(pages: list[list[Piece]]) -> bytes:
    """The same pages on a bare canvas."""
    out = io.BytesIO()
    bare = Canvas(out, pagesize=PAPERS["a4"], invariant=1, pageCompression=1)
    for page in pages:
        letters = ink = None
        for piece in page:
            if len(piece) == 4:
                bare.line(*piece)
                continue
            path, size, colour, x, y, words = piece
            if path.stem not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(path.stem, str(path)))
            if (path, size) != letters:
                bare.setFont(path.stem, size)
                letters = (path, size)
            if colour != ink:
                bare.setFillColor(HexColor(colour))
                ink = colour
            bare.drawString(x, y, words)
        bare.showPage()
    bare.save()
    return out.getvalue()


def forget() -> None:
    """Nothing of an earlier document is kept, but the fonts themselves."""
    for module in (text, units, fonts, hyphens):
        for name, kept in vars(module).items():
            if hasattr(kept, "cache_clear") and name not in ("_face", "_system_faces"):
                kept.cache_clear()
    for weight in (fonts.REGULAR, fonts.SEMIBOLD, fonts.BOLD):
        for kept in vars(fonts.main_face(weight)).values():
            if isinstance(kept, dict):
                kept.clear()


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def main(arguments: list[str]) -> int:
    """Prints seconds of the processor and their ratios; the number of complaints may be given."""
    count = int(arguments[0]) if arguments else 10_000
    one, two = register(count), register(2 * count)
    pages: list[list[Piece]] = [[]]
    with _recorded(pages):
        register_pdf(one)
    pages = [page for page in pages if page]
    drawn(pages)  # fonts are read once, by both
    found: dict[str, list[float]] = {"bare": [], "one": [], "two": []}
    for _run in range(TIMES):
        found["bare"].append(_timed(lambda: drawn(pages)))
        forget()
        found["one"].append(_timed(lambda: register_pdf(one)))
        forget()
        found["two"].append(_timed(lambda: register_pdf(two)))
    bare, ours, twice = (median(found[name]) for name in ("bare", "one", "two"))
    print(f"{count:,} complaints, {len(pages)} pages: bare {bare:.2f} s, ours {ours:.2f} s, {ours / bare:.2f} x")
    print(f"{2 * count:,} complaints: {twice:.2f} s, {twice / ours:.2f} x half of them")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
