"""A chart taken out of the window: the list is exact and harmless, pictures have their sentence, files are whole."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.charts.series import cut
from cvdesk.charts.table import series_tsv
from cvdesk.kit import ask, printing
from cvdesk.kit.chart_out import ChartOut, Taken, fill, series_csv
from cvdesk.kit.chart_picture import Picture
from cvdesk.kit.theme import Theme
from cvdesk.pdf.blocks import NewPage, Text
from cvdesk.trends.records import Note
from tests.charts.made import awkward, between, net, shares, weeks
from tests.pages import Answers, settle
from tests.pdf.reading import pdf


def rows(series):
    return list(csv.DictReader(io.StringIO(series_csv(series))))


def test_the_list_has_every_point_exactly():
    found = rows(shares())
    assert [row["From"] for row in found] == [point.start.isoformat() for point in shares().points]
    assert [float(row["Value"]) if row["Value"] else None for row in found] == [one.value for one in shares().points]
    assert [int(row["Counted"]) for row in found] == [point.n for point in shares().points]
    assert float(found[16]["Ordinary to"]) == shares().limits[1].at(16)[1]
    assert found[16]["To"] == "2026-04-30"
    assert found[16]["Judged"] == "above the ordinary range"
    assert found[-1]["Judged"] == "not over yet"
    assert rows(net())[9]["Notes"] == "Evening collection opened"
    assert rows(net())[9]["Year before"] == "1.3"
    assert rows(net())[0]["Year before"] == ""
    assert rows(weeks(3))[0]["To"] == "2026-11-08"
    assert rows(between())[3]["To"] == rows(between())[3]["From"]


def test_a_note_is_never_run_by_a_spreadsheet_and_never_breaks_a_row():
    bad = replace(net(), notes=(Note(date(2026, 7, 3), '=HYPERLINK("http://x","y")\nnext, line'),))
    assert rows(bad)[9]["Notes"] == '\'=HYPERLINK("http://x","y") next, line'
    assert len(series_tsv(bad).splitlines()) == 15


@pytest.mark.parametrize("name", sorted(awkward()))
def test_pictures_have_title_and_sentence_and_are_drawn(theme, name):
    series = awkward()[name]
    picture = Picture(theme, series, series.lever or "accent", "Corner shop, 2026")
    image = QImage.fromData(picture.png())
    assert image.width() == 1920
    assert image.text("Description") == series.sentence
    assert image.pixelColor(2, 2).name() == "#ffffff"
    drawing = picture.svg()
    assert QSvgRenderer(drawing).isValid()
    said = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawing.decode()))
    assert series.title in said
    assert series.sentence.replace(" ", "") in said.replace(" ", "")
    assert picture.words().startswith(f"{series.title}\nCorner shop, 2026\n{series.sentence}")


def test_the_picture_of_a_dark_window_is_on_white(qapp):
    dark = Picture(Theme(qapp, "dark"), net(), "accent")
    light = Picture(Theme(qapp, "light"), net(), "accent")
    assert dark.png() == light.png()


def test_a_long_sentence_is_wrapped_inside_the_picture(theme):
    long = replace(net(), sentence="A real change since July, and more words than fit. " * 8)
    plain, high = Picture(theme, net(), "accent"), Picture(theme, long, "accent")
    assert high.height > plain.height + 30
    image = QImage.fromData(high.png())
    edge = [image.pixelColor(1920 - 10, y).name() for y in range(image.height())]
    assert set(edge) == {"#ffffff"}


@pytest.fixture
def out(qtbot, session):
    parent = QWidget()
    qtbot.addWidget(parent)
    seen = cut(net(), 4, 13)
    return ChartOut(session, parent, Taken(net(), seen, "accent", "2026", lambda _file: b"%PDF-1.7 page", "a4"))


def test_copying_gives_picture_sentence_and_numbers(session, out):
    spoken: list[str] = []
    session.said.connect(lambda text, _undo: spoken.append(text))
    out.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert net().sentence in data.text()
    assert "2026-07-01\t2026-07-31\t2.4" in data.text()
    assert spoken == ["The chart is copied, with its sentence and its numbers"]


@pytest.mark.parametrize(
    ("what", "kind", "begins"),
    [
        ("save_png", "png", b"\x89PNG"), ("save_svg", "svg", b"<?xml"), ("save_csv", "csv", b"\xef\xbb\xbfFrom,To"),
        ("save_pdf", "pdf", b"%PDF"),
    ],
)  # fmt: skip
def test_what_is_saved_is_whole_and_has_its_ending(qtbot, session, out, tmp_path, monkeypatch, what, kind, begins):
    answers = Answers(tmp_path / "chart")
    monkeypatch.setattr(ask, "prompts", answers)
    getattr(out, what)()
    settle(qtbot, session)
    assert (tmp_path / f"chart.{kind}").read_bytes().startswith(begins)
    assert answers.asked[0].endswith(f"Customer value {session.today().isoformat()}.{kind}")
    assert not list(tmp_path.glob("*.part"))


def test_nothing_is_written_when_nothing_was_chosen(qtbot, session, out, tmp_path, monkeypatch):
    monkeypatch.setattr(ask, "prompts", Answers(None))
    for save in (out.save_png, out.save_svg, out.save_csv, out.save_pdf):
        save()
    settle(qtbot, session)
    assert not list(tmp_path.glob("*.p*"))


def test_a_folder_that_is_not_there_is_explained(qtbot, session, out, tmp_path, monkeypatch, shown):
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "none" / "chart.csv"))
    out.save_csv()
    settle(qtbot, session)
    assert shown == ["chart.csv could not be saved."]


def test_a_business_file_is_never_written_over(qtbot, session, out, tmp_path, monkeypatch, shown):
    precious = tmp_path / "other.csv"
    precious.write_bytes(b"SQLite format 3\x00 and more")
    monkeypatch.setattr(ask, "prompts", Answers(precious))
    out.save_csv()
    settle(qtbot, session)
    assert precious.read_bytes().startswith(b"SQLite format 3")
    assert len(shown) == 1


def test_the_menu_offers_all_of_it(qtbot, out):
    menu = QMenu()
    qtbot.addWidget(menu)
    fill(menu, out)
    assert [line.text() for line in menu.actions() if line.text()] == [
        "Copy", "Save as picture (PNG)…", "Save as drawing (SVG)…", "Save the numbers (CSV)…", "Save as PDF…", "Print…",
    ]  # fmt: skip


def test_printing_asks_for_the_printer_with_the_pages_there_are(qtbot, session, monkeypatch):
    asked: list[tuple[int, str]] = []

    class Printers:
        """A person who thinks better of it."""

        def choose(self, _parent, pages, paper):
            asked.append((pages, paper))

    monkeypatch.setattr(printing, "printers", Printers())
    parent = QWidget()
    qtbot.addWidget(parent)
    page = pdf([Text("one"), NewPage(), Text("two")])
    ChartOut(session, parent, Taken(net(), net(), "accent", "", lambda _file: page, "letter")).print_page()
    settle(qtbot, session)
    assert asked == [(2, "letter")]
