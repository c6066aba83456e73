"""Tables: repeated headings, nothing lost, rows taller than a page, growth in proportion."""

from __future__ import annotations

from cvdesk.pdf import styles
from cvdesk.pdf.bars import Range
from cvdesk.pdf.table import Col, Named, Row, Table
from tests.pdf.reading import pdf, reader, words

COLUMNS = (Col("Number", 10, styles.RIGHT), Col("What they said", 90))


def test_every_row_comes_out_once_under_a_repeated_heading() -> None:
    rows = [Row((str(number), f"remark-{number} with words")) for number in range(400)]
    found = reader(pdf([Table(COLUMNS, rows)]))
    pages = [sheet.extract_text() for sheet in found.pages]
    assert len(pages) > 5
    assert all("What they said" in text for text in pages)
    everything = " ".join(pages).split()
    assert all(everything.count(f"remark-{number}") == 1 for number in range(400))


def test_a_row_taller_than_a_page_is_broken() -> None:
    long = " ".join(f"w{number}" for number in range(4000))
    text = words(pdf([Table(COLUMNS, [Row(("1", "before")), Row(("2", long)), Row(("3", "after"))])]))
    assert {f"w{number}" for number in range(4000)} <= set(text.split())
    assert "after" in text


def test_a_row_that_fits_is_not_broken() -> None:
    rows = [Row((str(number), "\n".join(f"r{number}l{line}" for line in range(20)))) for number in range(6)]
    for sheet in reader(pdf([Table(COLUMNS, rows)])).pages:
        text = sheet.extract_text().split()
        for number in range(6):
            assert sum(f"r{number}l{line}" in text for line in range(20)) in (0, 20)


def test_cells_of_every_kind() -> None:
    columns = (Col("Name", 40), Col("", 40), Col("Score", 20))
    rows = [Row((Named("Worth", "what it does"), Range(4.3, 4.1, 4.5, "worth", 3.0, True), "4.3"), strong=True),
            Row(("Quality", None, ""))]  # fmt: skip
    text = words(pdf([Table(columns, rows)]))
    assert "Worth" in text
    assert "what it does" in text
    assert "Quality" in text


def test_what_is_measured_grows_with_the_rows() -> None:
    measured = []

    class Counting(Table):
        def _height(self, place: int) -> float:
            measured.append(place)
            return super()._height(place)

        def _part(self, start: int, end: int) -> Table:
            part = super()._part(start, end)
            part.__class__ = Counting
            return part

    counts = []
    for size in (300, 600):
        measured.clear()
        pdf([Counting(COLUMNS, [Row((str(number), "x")) for number in range(size)])])
        counts.append(len(measured))
    assert counts[1] <= 2.1 * counts[0]


def test_a_table_without_rows() -> None:
    assert "Number" in words(pdf([Table(COLUMNS, [])]))
