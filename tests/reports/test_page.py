"""Reports on screen: the preview is the file, saving and printing say what became of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from cvdesk.catalogue.records import Period
from cvdesk.errors import UserError
from cvdesk.kit import ask, printing
from cvdesk.kit.printing import PrintRun, check_ready, new_printer, page_image, page_sizes
from cvdesk.reports import page_preview
from cvdesk.reports.page import ReportsPage
from tests.figures.shop import TODAY, chance_shop
from tests.pages import Answers, catch_errors, make_session, settle


@pytest.fixture
def page(qtbot, qapp, tmp_path):
    with chance_shop(tmp_path, 5) as shop:
        session = make_session(qapp, shop, TODAY)
        made = ReportsPage(session)
        qtbot.addWidget(made)
        made.resize(1110, 800)
        made.show()
        qtbot.waitExposed(made)
        drawn(qtbot, made)
        yield made
        session.close()


def drawn(qtbot, page):
    """Waits for the first page of what was chosen last."""
    settle(qtbot, page.session)
    qtbot.waitUntil(lambda: page.save_button.isEnabled() and 0 in page.preview._drawn, timeout=15_000)
    settle(qtbot, page.session)


def pages_of(path):
    return len(page_sizes(path.read_bytes()))


class FakePrinters:
    """A printer that writes a PDF file, chosen without asking."""

    def __init__(self, path, first=0, last=0):
        self.path, self.first, self.last = path, first, last

    def choose(self, parent, pages, paper):
        printer = new_printer(paper)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.path))
        if self.first:
            printer.setFromTo(self.first, self.last)
        return printer


def test_the_preview_shows_every_page_and_draws_the_first_at_once(page):
    assert page.preview.pages >= 2
    assert not page.preview.page(0).pixmap().isNull()
    assert page.preview.page(0).accessibleName().startswith("Page 1 of")
    assert "Corner shop" in page.preview.page(0).accessibleDescription()


def test_pages_further_down_are_drawn_when_they_come_into_view(qtbot, page):
    last = page.preview.pages - 1
    bar = page.preview.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: last in page.preview._drawn)
    assert not page.preview.page(last).pixmap().isNull()


def test_pages_are_as_wide_as_there_is_room(qtbot, page):
    wide = page.preview.page(0).width()
    page.resize(800, 700)
    qtbot.waitUntil(lambda: page.preview.page(0).width() < wide)
    qtbot.waitUntil(lambda: page.preview._drawn.get(0) == page.preview.page(0).width() - 2)


def test_another_report_and_another_filter_are_shown_by_themselves(qtbot, page):
    qtbot.mouseClick(page.left.gallery.button("summary"), Qt.MouseButton.LeftButton)
    drawn(qtbot, page)
    assert page.preview.pages == 1
    before = page._finished.made.pdf
    page.session.set_filter(type(page.session.filter)(Period.last_months(3, TODAY)))
    drawn(qtbot, page)
    assert page._finished.made.pdf != before


def test_saving_writes_what_the_preview_shows_and_says_where(qtbot, page, tmp_path, monkeypatch):
    target = tmp_path / "report"
    answers = Answers(target)
    monkeypatch.setattr(ask, "prompts", answers)
    page.save_button.click()
    settle(qtbot, page.session)
    written = tmp_path / "report.pdf"
    assert page.viewer.notice_words.accessibleName() == f"Saved as {written}"
    assert written.read_bytes() == page._finished.made.pdf
    assert pages_of(written) == page.preview.pages
    assert answers.asked[0].endswith("Corner shop Value strategy 2026-06-17.pdf")


def test_the_keys_for_saving_save(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "report"))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.left.gallery.button("value-strategy"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page.session)
    assert (tmp_path / "report.pdf").exists()


def test_a_folder_that_cannot_be_written_is_explained(qtbot, page, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    monkeypatch.setattr(ask, "prompts", Answers(tmp_path / "missing" / "report.pdf"))
    page.save_button.click()
    settle(qtbot, page.session)
    assert len(shown) == 1
    assert "report.pdf" in shown[0]


def test_thinking_better_of_it_saves_nothing(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(ask, "prompts", Answers(None))
    page.save_button.click()
    settle(qtbot, page.session)
    assert list(tmp_path.glob("*.pdf")) == []


def test_printing_sends_every_page_at_its_full_size(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "printers", FakePrinters(tmp_path / "printed.pdf"))
    with qtbot.waitSignal(page.session.said, timeout=30_000) as told:
        page.print_button.click()
    assert told.args[0] == f"Saved as {tmp_path / 'printed.pdf'}"
    sizes = page_sizes((tmp_path / "printed.pdf").read_bytes())
    assert len(sizes) == page.preview.pages
    assert sizes[0] == pytest.approx(page._finished.sizes[0], abs=2)
    # The page fills the paper: its ink lies where it lies in the preview.
    ink = [ink_box(pdf) for pdf in ((tmp_path / "printed.pdf").read_bytes(), page._finished.made.pdf)]
    assert ink[0] == pytest.approx(ink[1], abs=4)


def ink_box(pdf):
    """Left, top, right and bottom of what is not white on the first page, in pixels at 72 dpi."""
    image = page_image(pdf, 0, 72).image()
    dark = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).lightness() < 200
    ]
    return (min(x for x, _y in dark), min(y for _x, y in dark), max(x for x, _y in dark), max(y for _x, y in dark))


def test_only_the_pages_chosen_are_printed(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "printers", FakePrinters(tmp_path / "printed.pdf", 2, 2))
    with qtbot.waitSignal(page.session.said, timeout=30_000):
        page.print_button.click()
    assert pages_of(tmp_path / "printed.pdf") == 1


def test_a_file_to_print_into_that_cannot_be_written_is_explained(qtbot, page, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    monkeypatch.setattr(printing, "printers", FakePrinters(tmp_path / "missing" / "printed.pdf"))
    page.print_button.click()
    settle(qtbot, page.session)
    assert len(shown) == 1


def test_a_stopped_printer_is_told_before_anything_is_sent():
    with pytest.raises(UserError, match="“Office” is stopped"):
        check_ready("Office", QPrinter.PrinterState.Error)
    check_ready("Office", QPrinter.PrinterState.Idle)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_print_run_without_a_place_to_write_raises(qapp, tmp_path):
    printer = FakePrinters(tmp_path / "missing" / "x.pdf").choose(None, 1, "a4")
    with pytest.raises(UserError):
        PrintRun(printer)


def test_a_page_that_cannot_be_drawn_does_not_keep_the_others_from_being_drawn(qtbot, page, monkeypatch):
    shown = catch_errors(monkeypatch)

    def first_fails(pdf, place, dpi, words=False):
        if place == 0:
            raise UserError("This page cannot be drawn.", "Make the report again.")
        return page_image(pdf, place, dpi, words=words)

    monkeypatch.setattr(page_preview, "page_image", first_fails)
    pdf, sizes = page._finished.made.pdf, page._finished.sizes
    page.preview.show_pdf(pdf, sizes)
    last = page.preview.pages - 1
    bar = page.preview.verticalScrollBar()
    qtbot.waitUntil(lambda: shown == ["This page cannot be drawn."])
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: last in page.preview._drawn)
    assert last > 0
    assert not page.preview.page(last).pixmap().isNull()
    assert shown == ["This page cannot be drawn."]  # it is not tried over and over
