"""The contents of a report at the foot of its first page: two columns, low, each line a link."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable
from cvdesk.pdf.contents import Contents, fill_contents
from cvdesk.pdf.structure import tagged
from cvdesk.pdf.text import draw, draw_line, one_line

LEAST = 6  # titles: a shorter report is looked through as fast as a list
_ROW, _GAP, _NUMBER = 12.2, 24.0, 22.0


def contents(story: Sequence[Flowable]) -> SlimContents | None:
    """The contents of a story that begins on the next page; None where it is short."""
    probe = Contents()
    fill_contents([probe, *story])
    count = sum(level == 0 for _text, level in probe.entries)
    return SlimContents(count) if count >= LEAST else None


class SlimContents(Contents):
    """So many titles in two columns; the headings below them are in the outline only."""

    def __init__(self, count: int, before: float = 14) -> None:
        super().__init__(before)
        self.count = count

    @property
    def _rows(self) -> int:
        return -(-self.count // 2)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Half as many lines as there are titles, and a hairline above them."""
        self.width, self.height = width, self._rows * _ROW + 6
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """It stays whole."""
        return []

    def draw(self) -> None:
        """Down the first column, then down the second."""
        canvas = self.canv
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.7)
        canvas.line(0, self.height, self.width, self.height)
        wide = (self.width - _GAP) / 2
        titles = [place for place, (_text, level) in enumerate(self.entries) if level == 0][-self.count :]
        with tagged(canvas, "TOC", whole=self.whole):
            for at, place in enumerate(titles):
                column, row = divmod(at, self._rows)
                y = self.height - 6 - (row + 1) * _ROW
                with tagged(canvas, "TOCI"), tagged(canvas, "Reference"), tagged(canvas, "Link"):
                    self._title(place, column * (wide + _GAP), y, wide)

    def _title(self, place: int, x: float, y: float, wide: float) -> None:
        canvas, style = self.canv, styles.NOTE
        text = self.entries[place][0]
        line = one_line(text, style, wide - _NUMBER)
        draw_line(canvas, line, style, x, y + 3)
        link = self._link(text, y)

        def paint() -> None:
            mark = self._mark(canvas.marks, place)
            if mark is not None:
                link["Dest"] = canvas._bookmarkReference(mark.key)
                draw(canvas, str(mark.page), style.to(styles.RIGHT), x + wide, y + 3)

        canvas.late(paint)
