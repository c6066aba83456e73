"""The import dialog with the kinds of files owners have, driven by its own widgets."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.exchange import look as looking
from cvdesk.exchange import page_import_bringing, run
from cvdesk.exchange.new import make_business
from cvdesk.exchange.page_import import ImportDialog
from cvdesk.exchange.plan import Options
from cvdesk.kit import ask
from tests.pages import catch_errors, make_session, said

TODAY = date(2026, 11, 21)
FEEDBACK = (
    '"title","author","date","content","overall_rating"\r\n'
    '"Calm","R Deu","2025-03-09","Two areas, and quiet.","3.0"\r\n'
    '"Dark","Ana Kar","2025-06-13","Small\r\nand dark.","9.0"\r\n'
    '"Fine","Jo Park","2025-10-05","Good soup.","5.0"\r\n'
    '"Good","Jo Park","2025-11-05","Good bread.","4.0"\r\n'
) + "".join(f'"Visit","Guest {n}","2025-12-{n % 28 + 1:02d}","Visit number {n}.","4.0"\r\n' for n in range(60))
CUSTOMERS = (
    '"first_name","last_name","company_name","city","phone1","email","web"\r'
    '"Aleshia","Tomk","Rosen Ltd","Kent","01835-703597","aleshia@example.com","x"\r'
    '"Evan","Zig","Cap Ltd","Hull","01937-864715","evan@example.com","y"\r'
)
COMPLAINTS = (
    "Date received,Product,Issue,Consumer complaint narrative,Company response to consumer,Submitted via,Complaint ID\n"
    "2023-08-25,Loan,Wrong sum,,Closed with explanation,Web,7523056\n"
    '2023-08-26,Card,Lost card,"I rang twice,\nnobody came.",In progress,Phone,7523057\n'
    "2023-07-17,\"Credit rep"
)  # fmt: skip


@pytest.fixture
def errors(monkeypatch):
    shown = catch_errors(monkeypatch)
    yield shown
    assert shown == []


@pytest.fixture
def session(qapp, tmp_path, errors):
    made = make_session(qapp, make_business(tmp_path / "shop.cvdesk", Business("Shop")), TODAY)
    yield made
    made.close()


@pytest.fixture
def opened(qtbot, session, tmp_path):
    """Makes a file, opens the dialog for it and waits until it says what it found."""

    def open_dialog(content, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        dialog = ImportDialog(session, path)
        qtbot.addWidget(dialog)
        dialog.show()
        ready(qtbot, dialog)
        return dialog

    return open_dialog


def ready(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.session.lookers.busy, timeout=15_000)
    QApplication.processEvents()


def imported(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.ending, timeout=15_000)


def count(session, table):
    return session.file.value(f"SELECT count(*) FROM {table}")


def pick(combo, value):
    place = next(place for place in range(combo.count()) if combo.itemData(place) == value)
    combo.setCurrentIndex(place)


def cells(dialog, column):
    model = dialog.form.preview.table.model()
    titles = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    return [model.data(model.index(row, titles.index(column))) for row in range(model.rowCount())]


def test_feedback_is_recognised_counted_and_imported_with_enter(qtbot, session, opened):
    dialog = opened(FEEDBACK)
    assert dialog.seen.kind == "feedback"
    assert dialog.form.kinds["feedback"].isChecked()
    assert cells(dialog, "Date")[:2] == ["9 Mar 2025", "13 Jun 2025"]
    assert cells(dialog, "What they said")[1] == "Small and dark."
    assert dialog.form.counts.text() == "64 rows: 64 new, 0 rejected"
    assert "1 rating does not fit the scale 1-5: it is kept as received and not counted." in dialog.form.notes.text()
    assert "63 customers who are not there yet are made." in dialog.form.notes.text()
    assert dialog.form.main.text() == "Import 64 entries"
    assert dialog.form.unused.text() == "Not used: title."
    assert count(session, "entries") == 0
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    imported(qtbot, dialog)
    assert count(session, "entries") == 64
    assert dialog.ending.title.text() == "64 entries came in"
    row = session.file.row("SELECT rating, rating_raw FROM entries WHERE text LIKE 'Small%'")
    assert (row["rating"], row["rating_raw"]) == (None, "9.0")


def test_a_list_of_customers_with_old_mac_line_ends(qtbot, session, opened):
    dialog = opened(CUSTOMERS, "uk.csv")
    assert dialog.seen.kind == "customers"
    assert cells(dialog, "Last name") == ["Tomk", "Zig"]
    assert dialog.form.detected.choices["scale"].isHidden()
    qtbot.mouseClick(dialog.form.main, Qt.MouseButton.LeftButton)
    imported(qtbot, dialog)
    assert [row[0] for row in session.file.rows("SELECT name FROM customers ORDER BY name")] == [
        "Aleshia Tomk",
        "Evan Zig",
    ]
    assert "Customers made" not in said(dialog)


def test_the_broken_last_row_of_complaints_is_kept_aside(qtbot, session, opened, tmp_path):
    dialog = opened(COMPLAINTS, "cases.csv")
    assert dialog.seen.kind == "complaints"
    assert dialog.form.counts.text() == "3 rows: 2 new, 1 rejected"
    assert dialog.form.preview.note.text() == "Row 3 stays out: the row has 2 cells, the header has 7."
    dialog.import_now()
    imported(qtbot, dialog)
    assert count(session, "complaints") == 2
    kept = tmp_path / "cases rejected.csv"
    assert kept.exists()
    assert "the file ends in the middle of this row" in kept.read_text(encoding="utf-8-sig")
    assert str(kept) in dialog.ending.where.text()
    assert dialog.ending.folder.isVisible()


def test_what_is_chosen_instead_counts(qtbot, session, opened):
    dialog = opened("Wann;Wer;Note;Was gesagt wurde\n05/06/2025;Zoë Groß;2;Gut\n".encode("cp1252"))
    assert dialog.seen.kind == "customers"
    assert not dialog.form.main.isEnabled()
    assert dialog.form.counts.text().startswith("Choose the column with the names")
    qtbot.mouseClick(dialog.form.kinds["feedback"], Qt.MouseButton.LeftButton)
    ready(qtbot, dialog)
    assert dialog.form.counts.text().startswith("Choose the column with the date")
    columns = {"date": 0, "customer": 1, "rating": 2, "text": 3}
    for field, place in columns.items():
        pick(dialog.form.mapping.choices[field], (place,))
        ready(qtbot, dialog)
    assert dialog.form.main.text() == "Import 1 entry"
    assert cells(dialog, "Customer") == ["Zoë Groß"]
    assert cells(dialog, "Date") == ["5 Jun 2025"]
    assert "can be read both ways" in dialog.form.notes.text()
    pick(dialog.form.detected.choices["date_order"], "month-first")
    pick(dialog.form.detected.choices["scale"], "5-1")
    ready(qtbot, dialog)
    assert cells(dialog, "Date") == ["6 May 2025"]
    assert cells(dialog, "Rating") == ["4"]
    dialog.import_now()
    imported(qtbot, dialog)
    row = session.file.row("SELECT date, rating, text FROM entries")
    assert tuple(row) == ("2025-05-06", 4.0, "Gut")


def test_encoding_and_separator_may_be_set_by_hand(qtbot, opened):
    dialog = opened("date;comment\n2025-06-05;Straße\n")
    assert dialog.form.detected.choices["encoding"].currentText() == "Unicode (UTF-8) – as found"
    pick(dialog.form.detected.choices["encoding"], "cp1252")
    ready(qtbot, dialog)
    assert cells(dialog, "What they said") == ["StraÃŸe"]
    pick(dialog.form.detected.choices["encoding"], "utf-16")
    ready(qtbot, dialog)
    assert "cannot be read as" in dialog.form.counts.text()
    assert not dialog.form.main.isEnabled()
    pick(dialog.form.detected.choices["encoding"], None)
    pick(dialog.form.detected.choices["separator"], ",")
    ready(qtbot, dialog)
    assert len(dialog.seen.columns) == 1
    pick(dialog.form.detected.choices["separator"], None)
    ready(qtbot, dialog)
    assert dialog.form.main.isEnabled()


def test_stopped_half_way_nothing_came_in(qtbot, session, opened, monkeypatch):
    dialog = opened(FEEDBACK)
    real = run.run_import

    def stopped_meanwhile(file, planned, today, progress, cancelled, remember, who):
        monkeypatch.setattr("cvdesk.exchange.run._STEP", 10)

        def at(done, every):
            progress(done, every)
            dialog.bringing.stop()

        return real(file, planned, today, at, cancelled, remember=remember, who=who)

    monkeypatch.setattr(page_import_bringing, "run_import", stopped_meanwhile)
    dialog.import_now()
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.form and not session.saving, timeout=15_000)
    assert dialog.form.counts.text() == "Stopped. Nothing was brought in."
    assert count(session, "entries") == count(session, "customers") == count(session, "imports") == 0


def test_escape_stops_an_import_and_then_leaves(qtbot, session, opened, monkeypatch):
    dialog = opened(FEEDBACK)
    monkeypatch.setattr("cvdesk.exchange.run._STEP", 10)
    real, pressed = run.run_import, Event()

    def once_escape_is_pressed(*args, **more):
        pressed.wait(15)
        return real(*args, **more)

    monkeypatch.setattr(page_import_bringing, "run_import", once_escape_is_pressed)
    dialog.import_now()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    pressed.set()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.form, timeout=15_000)
    assert count(session, "entries") == 0
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_import_is_taken_back_from_its_result(qtbot, session, opened):
    dialog = opened(FEEDBACK)
    dialog.import_now()
    imported(qtbot, dialog)
    qtbot.mouseClick(dialog.ending.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.ending.title.text() == "Taken back", timeout=15_000)
    assert count(session, "entries") == count(session, "customers") == 0
    assert dialog.ending.say.text() == "The import was taken back. Nothing of it is left."
    qtbot.mouseClick(dialog.ending.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sheet.xlsx", b"PK\x03\x04" + b"xl/workbook" * 10, "is damaged"),
        ("empty.csv", b"\n\n", "is empty"),
        ("picture.csv", b"\x89PNG\r\n" + bytes(range(256)) * 4, "is not a list"),
    ],
)
def test_a_file_that_is_no_list_is_refused_kindly(qtbot, session, opened, tmp_path, monkeypatch, name, content, words):
    dialog = opened(content, name)
    assert dialog.stack.currentWidget() is dialog.not_a_list
    assert words in dialog.not_a_list.what.text()
    assert dialog.not_a_list.to_do.text()
    good = tmp_path / "good.csv"
    good.write_text(FEEDBACK)
    monkeypatch.setattr(ask.prompts, "open_file", lambda *_asked: good)
    qtbot.mouseClick(dialog.not_a_list.other, Qt.MouseButton.LeftButton)
    ready(qtbot, dialog)
    assert dialog.form.main.text() == "Import 64 entries"
    assert count(session, "imports") == 0


def test_nothing_new_says_so_and_leaves_nothing_to_press(qtbot, session, opened):
    dialog = opened(FEEDBACK)
    dialog.import_now()
    imported(qtbot, dialog)
    again = opened(FEEDBACK)
    assert again.form.counts.text() == "64 rows: 0 new, 64 already there, 0 rejected"
    assert not again.form.main.isEnabled()


def test_a_large_file_shows_its_beginning_first(qtbot, session, tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "LARGE_FILE", 1_000)
    monkeypatch.setattr(looking, "_HEAD", 600)
    path = tmp_path / "large.csv"
    path.write_text(FEEDBACK, newline="")
    first = looking.first_look(path, "", Options(), session.file, TODAY)
    assert first.partial
    assert first.kind == "feedback"
    assert first.plan is not None
    assert first.plan.preview[0]["text"] == "Two areas, and quiet."
    assert 0 < first.plan.rows < 64
    dialog = ImportDialog(session, path)
    qtbot.addWidget(dialog)
    dialog.show()
    ready(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.counted is not None, timeout=15_000)
    assert dialog.form.main.text() == "Import 64 entries"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("Name", "Email", "Phone", "Town"), "customers"),
        (("Created", "Name", "Address", "Notes", "Company"), "customers"),
        (("Timestamp", "How was it? (1-5)", "Any comments?"), "feedback"),
        (("date", "author", "content", "overall_rating", "country"), "feedback"),
        (("Order number", "Customer", "Date", "Amount"), "purchases"),
        (("Date", "Author", "Amount", "Rating", "Comment"), "feedback"),
        (("case_id", "open_dt", "closed_dt", "case_status", "reason"), "complaints"),
        (("Respondent ID", "Collector ID", "1. How often do you come?", "2. Rye.", "2. Spelt."), "answers"),
        (("RespondentID", "Do you own a boat?", "Gender", "Age"), "answers"),
        (("#", "Do you own a boat?", "Submit Date (UTC)", "Network ID"), "answers"),
        (("Timestamp", "Where do you live?", "How often do you come?", "Rate us [Bread]", "Any comments?"), "answers"),
    ],
)
def test_what_a_list_is_shows_in_its_columns(header, kind):
    assert looking.guess_kind(header) == kind


def test_every_choice_has_a_name_and_tab_reaches_the_button(qtbot, opened):
    dialog = opened(FEEDBACK)
    for combo in (*dialog.form.mapping.choices.values(), *dialog.form.detected.choices.values()):
        assert combo.accessibleName()
        assert combo.focusPolicy() & Qt.FocusPolicy.TabFocus
    start = widget = dialog.form.main
    reached = set()
    while (widget := widget.nextInFocusChain()) is not start:
        reached.add(widget)
    assert {dialog.form.cancel, dialog.form.preview.table, *dialog.form.kinds.values()} <= reached
