"""The preview: pages and sizes by keys, words found, selected and copied; however long, memory stays small."""

import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen import canvas

from cvdesk.kit.printing import page_sizes
from cvdesk.reports.page_viewer import Viewer
from tests.figures.shop import TODAY, new_shop
from tests.pages import make_session, settle


def a_pdf(pages, words="Bread and butter"):
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=(595, 842))
    for number in range(pages):
        paper.drawString(72, 700, f"{words} on page {number + 1}")
        paper.drawString(72, 300, "the end")
        paper.showPage()
    paper.save()
    return buffer.getvalue()


@pytest.fixture
def viewer(qtbot, qapp, tmp_path):
    with new_shop(tmp_path) as shop:
        session = make_session(qapp, shop, TODAY)
        made = Viewer(session)
        made.session = session
        qtbot.addWidget(made)
        made.resize(700, 600)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        yield made
        session.close()


def show(qtbot, viewer, pages, keep=False, words="Bread and butter"):
    pdf = a_pdf(pages, words)
    viewer.show_pdf(pdf, page_sizes(pdf), keep)
    quiet(qtbot, viewer)


def quiet(qtbot, viewer):
    """Waits until the page in view is drawn."""
    qtbot.waitUntil(lambda: viewer.preview.at in viewer.preview._drawn, timeout=15_000)
    settle(qtbot, viewer.session)
    qtbot.waitUntil(lambda: viewer.preview._job is None, timeout=15_000)


def test_a_long_document_keeps_only_pictures_near_the_view(qtbot, viewer):
    show(qtbot, viewer, 500)
    for page in (100, 250, 499):
        viewer.preview.go_to(page)
        quiet(qtbot, viewer)
        assert viewer.page_field.text() == str(page + 1)
    assert len(viewer.preview._drawn) < 20
    assert sum(not sheet.pixmap().isNull() for sheet in viewer.preview.sheets) < 20
    assert sum(sheet.words is not None for sheet in viewer.preview.sheets) < 20


def test_of_large_pages_fewer_are_kept(qtbot, viewer):
    show(qtbot, viewer, 12)
    viewer.preview.set_zoom(4.0)
    for page in range(12):
        viewer.preview.go_to(page)
        quiet(qtbot, viewer)
    pictures = [sheet.pixmap() for sheet in viewer.preview.sheets]
    assert not pictures[11].isNull()
    assert sum(picture.width() * picture.height() for picture in pictures) < 40_000_000


def test_a_page_is_jumped_to_by_its_number(qtbot, viewer):
    show(qtbot, viewer, 9)
    viewer.page_field.setFocus()
    viewer.page_field.selectAll()
    qtbot.keyClicks(viewer.page_field, "7")
    qtbot.keyClick(viewer.page_field, Qt.Key.Key_Return)
    assert viewer.preview.at == 6
    qtbot.keyClick(viewer.preview, Qt.Key.Key_End)
    assert (viewer.preview.at, viewer.on.isEnabled(), viewer.back.isEnabled()) == (8, False, True)
    qtbot.keyClick(viewer.preview, Qt.Key.Key_Home)
    assert viewer.preview.at == 0


def test_keys_change_the_size_and_the_place_stays(qtbot, viewer):
    show(qtbot, viewer, 9)
    viewer.preview.setFocus()
    viewer.preview.go_to(4)
    wide = viewer.preview.page(0).width()
    qtbot.keyClick(viewer.preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.preview.page(0).width() < wide
    assert viewer.preview.at == 4
    qtbot.keyClick(viewer.preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.preview.page(0).width() == pytest.approx(wide, abs=2)
    qtbot.keyClick(viewer.preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    viewer.size_choice._choose("width")  # Ctrl+0 goes to the tenth page of the window
    assert viewer.preview.page(0).width() == wide
    assert viewer.size_choice.value == "width"
    viewer.size_choice._choose("page")
    assert viewer.preview.page(0).height() <= viewer.preview.viewport().height()
    viewer.preview.set_zoom(40.0)
    assert viewer.preview.zoom == 4.0


def test_the_place_is_kept_when_the_document_is_made_anew(qtbot, viewer):
    show(qtbot, viewer, 9)
    viewer.preview.go_to(5)
    quiet(qtbot, viewer)
    before = viewer.preview.verticalScrollBar().value()
    show(qtbot, viewer, 8, keep=True)
    assert viewer.preview.verticalScrollBar().value() == pytest.approx(before, abs=2)
    show(qtbot, viewer, 2, keep=True)
    assert viewer.preview.at == 1
    show(qtbot, viewer, 9)
    assert viewer.preview.verticalScrollBar().value() == 0


def test_words_are_found_on_every_page_and_enter_goes_round(qtbot, viewer):
    show(qtbot, viewer, 3)
    viewer.start_finding()
    assert QApplication.focusWidget() is viewer.finder.field
    qtbot.keyClicks(viewer.finder.field, "BUTTER ON")
    qtbot.waitUntil(lambda: viewer.finder.count.text() == "1 of 3", timeout=15_000)
    assert viewer.preview.page(0).here
    qtbot.keyClick(viewer.finder.field, Qt.Key.Key_Return)
    assert (viewer.finder.count.text(), viewer.preview.at) == ("2 of 3", 1)
    qtbot.keyClick(viewer.finder.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(viewer.finder.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.finder.count.text() == "3 of 3"
    qtbot.keyClicks(viewer.finder.field, "zz")
    qtbot.waitUntil(lambda: viewer.finder.count.text() == "Not found", timeout=15_000)
    qtbot.keyClick(viewer.finder.field, Qt.Key.Key_Escape)
    assert not viewer.finder.isVisible()
    assert QApplication.focusWidget() is viewer.preview
    assert not any(sheet.found or sheet.here for sheet in viewer.preview.sheets)


def test_what_was_looked_for_is_marked_in_the_new_pages(qtbot, viewer):
    show(qtbot, viewer, 1)
    viewer.start_finding()
    qtbot.keyClicks(viewer.finder.field, "butter")
    qtbot.waitUntil(lambda: viewer.finder.count.text() == "1 of 1", timeout=15_000)
    show(qtbot, viewer, 2, keep=True)
    qtbot.waitUntil(lambda: viewer.finder.count.text() == "1 of 2", timeout=15_000)


def copied(qtbot, viewer):
    with qtbot.waitSignal(viewer.session.said):
        qtbot.keyClick(viewer.preview, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text()


def test_text_is_selected_with_the_mouse_and_copied(qtbot, viewer):
    show(qtbot, viewer, 2)
    sheet = viewer.preview.page(0)
    line = sheet.on_screen(sheet.words.bands(0, 5)[0])
    begin, end = (
        QPoint(round(line.left()), round(line.center().y())),
        QPoint(round(line.right()), round(line.center().y())),
    )
    qtbot.mousePress(sheet, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(sheet, end)
    viewer.selection._drag(0, end.toPointF())
    qtbot.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=end)
    assert sheet.selected
    assert copied(qtbot, viewer) == "Bread"


def test_all_of_a_page_or_of_all_pages_is_copied(qtbot, viewer):
    show(qtbot, viewer, 3)
    viewer.preview.setFocus()
    viewer.preview.go_to(1)
    quiet(qtbot, viewer)
    qtbot.keyClick(viewer.preview, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert copied(qtbot, viewer).splitlines() == ["Bread and butter on page 2", "the end"]
    with qtbot.waitSignal(viewer.session.said):
        viewer.selection.copy_all()
    text = QGuiApplication.clipboard().text()
    assert [f"on page {number}" in text for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_screen_reader_hears_the_words_of_a_page(qtbot, viewer):
    show(qtbot, viewer, 2)
    assert viewer.preview.page(0).accessibleName() == "Page 1 of 2"
    assert viewer.preview.page(0).accessibleDescription().splitlines()[0] == "Bread and butter on page 1"
