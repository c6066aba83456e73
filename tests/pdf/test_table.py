"""Tables: repeated headings, nothing lost, rows taller than a page, growth in proportion."""

from __future__ import annotations

from collections.abc import Sequence

from cvdesk.pdf import styles
from cvdesk.pdf.bars import Range
from cvdesk.pdf.blocks import Gap
from cvdesk.pdf.table import Col, Named, Row, Table
from cvdesk.pdf.text import width_of
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


def test_a_name_beside_a_long_cell_stays_within_its_row() -> None:
    long = "\n".join(f"line {number}" for number in range(5))
    columns = (Col("Name", 50), Col("Remark", 50))
    low, high = heights([Row((Named("Anna", "a note"), long)), Row(("under", "x"))], columns, "line 4", "under")
    assert low - high >= styles.SMALL.leading


def test_a_long_name_wraps_and_its_note_stands_below() -> None:
    columns = (Col("Name", 30), Col("Remark", 70))
    name = "Wilhelmine Friederike Anna-Katharina von und zu Hohenstein-Waldburg-Wolfegg the elder"
    rows = [Row((Named(name, "her note"), "x")), Row(("under", "x"))]
    last, note = heights(rows, columns, "elder", "her note")
    assert last > note
    note, under = heights(rows, columns, "her note", "under")
    assert note - under >= styles.TINY.leading
    assert name.replace(" ", "") in "".join(words(pdf([Table(columns, rows)])).split())


def heights(rows: list[Row], columns: Sequence[Col], first: str, second: str) -> tuple[float, float]:
    """How high two texts stand on the page."""
    found: dict[str, float] = {}

    def note(text: str, _cm: object, matrix: list[float], *_rest: object) -> None:
        for wanted in (first, second):
            if wanted in text:
                found[wanted] = matrix[5]

    reader(pdf([Table(columns, rows)])).pages[0].extract_text(visitor_text=note)
    return found[first], found[second]


def test_figures_are_all_as_wide_as_each_other() -> None:
    assert len({width_of(figure, styles.SMALL) for figure in "0123456789"}) == 1


def test_cells_show_no_more_lines_than_they_may() -> None:
    columns = (Col("Name", 30, most=2), Col("Remark", 70))
    text = words(pdf([Table(columns, [Row((Named("one\ntwo\nthree", ""), "x")), Row(("un\ndeux\ntrois", "x"))])]))
    assert "two…" in text
    assert "deux…" in text
    assert "three" not in text
    assert "trois" not in text


def test_what_is_cut_ends_with_its_ellipsis_on_the_last_line_shown() -> None:
    columns = (Col("Name", 20, most=2), Col("Remark", 80))
    (page,) = reader(pdf([Table(columns, [Row(("Association of friends and neighbours " * 4, "x"))])])).pages
    assert not any(line.strip() == "…" for line in page.extract_text().splitlines())
    assert "…" in page.extract_text()


def test_the_last_row_of_a_table_is_never_alone_on_a_page() -> None:
    rows = [Row((str(number), f"row {number} of eight")) for number in range(8)]
    for gap in range(480, 690, 7):
        pages = [page.extract_text() for page in reader(pdf([Gap(gap), Table(COLUMNS, rows)])).pages]
        last = next(page for page in pages if "row 7 of" in page)
        assert "row 6 of" in last


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    tall = Row(("1", "\n".join(f"row line {number}" for number in range(12))))
    for gap in range(500, 705, 17):
        pages = [page.extract_text() for page in reader(pdf([Gap(gap), Table(COLUMNS, [tall])])).pages]
        assert not any("What they said" in page and "row line 11" not in page for page in pages)


def test_a_tall_row_with_a_name_is_broken_and_loses_nothing() -> None:
    long = "\n".join(f"w{number}" for number in range(90))
    columns = (Col("Name", 40), Col("Remark", 60))
    text = words(pdf([Table(columns, [Row((Named("Anna", "a note"), long)), Row(("after", "x"))])]))
    assert {f"w{number}" for number in range(90)} <= set(text.split())
    assert text.count("a note") == 1
    assert "after" in text


def test_what_is_measured_grows_with_the_rows() -> None:
    measured = []

    class Counting(Table):
        def _height(self, place: int) -> float:
            measured.append(place)
            return super()._height(place)

        def _part(self, start: int, end: int, again: bool = True) -> Table:
            part = super()._part(start, end, again)
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
