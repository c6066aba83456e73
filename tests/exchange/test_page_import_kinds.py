"""The import dialog with workbooks, several header rows, purchases, answers, contacts and data files."""

import json
from datetime import date

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.exchange.new import make_business
from cvdesk.exchange.page_import import ImportDialog
from tests.pages import catch_errors, make_session, settle

TODAY = date(2026, 11, 21)
SHEETS: dict[str, list[list[object]]] = {
    "Notes": [["Prices of last year"]],
    "Answers": [
        ["Timestamp", "Name", "Quality", "Price for what you get", "What should we keep?"],
        ["2026-11-03", "Ana Ruiz", 5, 3, "The rye"],
        ["2026-11-04", "Jo Park", 4, 4, ""],
    ],
    "Sales": [
        ["Receipt", "Date", "Customer", "Amount", "Item"],
        ["17", "2026-11-03", "Ana Ruiz", 12.5, "Rye"],
        ["18", "2026-11-04", "Jo Park", 3.2, "Buns"],
        ["19", "2026-11-05", "Jo Park", -3.2, "Buns"],
    ],
}


@pytest.fixture
def session(qapp, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    made = make_session(qapp, make_business(tmp_path / "shop.cvdesk", Business("Shop")), TODAY)
    yield made
    made.close()
    assert shown == []


@pytest.fixture
def opened(qtbot, session):
    def open_dialog(path):
        dialog = ImportDialog(session, path)
        qtbot.addWidget(dialog)
        dialog.show()
        ready(qtbot, dialog)
        return dialog

    return open_dialog


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "shop book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, rows in SHEETS.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, list(row))
    book.close()
    return path


def ready(qtbot, dialog):
    settle(qtbot, dialog.session)
    QApplication.processEvents()


def bring_in(qtbot, dialog):
    dialog.import_now()
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.ending, timeout=15_000)
    settle(qtbot, dialog.session)


def pick(combo, value):
    combo.setCurrentIndex(next(place for place in range(combo.count()) if combo.itemData(place) == value))


def shown(dialog):
    """Names of the choices about how the file is read that are in view."""
    return [key for key, choice in dialog.form.detected.choices.items() if choice.isVisible()]


def test_another_sheet_of_a_workbook_is_another_list(qtbot, session, opened, workbook):
    dialog = opened(workbook)
    sheet = dialog.form.detected.choices["sheet"]
    assert sheet.itemText(0) == "Sales – as found"
    assert shown(dialog) == ["sheet", "header_rows", "date_order", "decimal"]
    assert dialog.seen.kind == "purchases"
    assert dialog.form.main.text() == "Import 3 purchases"
    pick(sheet, "Answers")
    ready(qtbot, dialog)
    assert dialog.seen.kind == "answers"
    assert dialog.form.main.text() == "Import 2 score sheets"
    assert "Quality" in dialog.form.mapping.choices["quality"].accessibleName()
    bring_in(qtbot, dialog)
    assert dialog.ending.title.text() == "2 score sheets came in"
    assert session.file.value("SELECT count(*) FROM assessments") == 2
    again = opened(workbook)
    assert again.seen.table.sheet == "Answers"
    assert again.form.detected.choices["sheet"].accessibleName() == "Sheet: as last time"


def test_purchases_come_in_with_what_was_paid_back(qtbot, session, opened, workbook):
    dialog = opened(workbook)
    bring_in(qtbot, dialog)
    rows = session.file.rows("SELECT amount_minor FROM purchases ORDER BY date")
    assert [row[0] for row in rows] == [1250, 320, -320]


def test_in_how_many_rows_the_columns_are_named_is_found_and_may_be_changed(qtbot, opened, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Date,Comment\n2025-06-05,Good bread\n2025-06-06,Good buns\n")
    dialog = opened(path)
    rows = dialog.form.detected.choices["header_rows"]
    assert rows.itemText(0) == "In 1 row – as found"
    pick(rows, -1)
    ready(qtbot, dialog)
    assert dialog.seen.table.has_header is False
    assert not dialog.form.main.isEnabled()
    assert dialog.form.preview.nothing.isVisible()
    pick(rows, None)
    ready(qtbot, dialog)
    assert dialog.form.main.text() == "Import 2 entries"


def test_contacts_and_data_files_offer_no_choices_they_do_not_have(qtbot, session, opened, tmp_path):
    cards = tmp_path / "friends.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nEMAIL:ana@example.com\nEND:VCARD\n")
    dialog = opened(cards)
    assert dialog.seen.kind == "customers"
    assert shown(dialog) == []
    bring_in(qtbot, dialog)
    assert session.file.value("SELECT name FROM customers") == "Ana Ruiz"
    data = tmp_path / "said.json"
    data.write_text(json.dumps([{"date": "2025-06-05", "customer": "Ana Ruiz", "rating": 4, "text": "Good"}]))
    dialog = opened(data)
    assert dialog.seen.kind == "feedback"
    assert "encoding" not in shown(dialog)
    qtbot.keyClick(dialog.form.main, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.ending, timeout=15_000)
    settle(qtbot, session)
    assert session.file.value("SELECT rating FROM entries") == 4


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["very good", "good", "poor", "very poor"], "Words, “very good” is best"),
        (["3.5", "4.5", "0.5", "5"], "Half stars: 0.5 to 5"),
        (["7", "9", "10", "0"], "0 to 10"),
    ],
)
def test_the_scale_of_ratings_is_said_in_words(opened, tmp_path, cells, found):
    path = tmp_path / "list.csv"
    path.write_text("Date,Rating\n" + "".join(f"2025-06-{day:02d},{cell}\n" for day, cell in enumerate(cells, 1)))
    dialog = opened(path)
    assert dialog.form.detected.choices["scale"].short_text() == found


def test_a_survey_of_others_without_dates_comes_in_with_its_questions(qtbot, session, opened, tmp_path):
    path = tmp_path / "boats.csv"
    path.write_text("Respondent ID,Do you own a boat?\n1,Yes\n2,No\n3,Yes\n", encoding="utf-8")
    dialog = opened(path)
    dialog.form.kinds["answers"].click()
    ready(qtbot, dialog)
    for key in ("day", "own_questions"):
        choice = dialog.form.detected.choices[key]
        choice.setCurrentIndex(1)
        ready(qtbot, dialog)
    bring_in(qtbot, dialog)
    rows = session.file.rows("SELECT date, value FROM answers JOIN assessments ON assessments.id = assessment_id")
    saved = date.fromtimestamp(path.stat().st_mtime).isoformat()
    assert sorted(map(tuple, rows)) == [(saved, 0.0), (saved, 1.0), (saved, 1.0)]
