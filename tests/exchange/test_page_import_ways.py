"""The ways into the import dialog, what is remembered, the imports so far, and work done while a list comes in."""

import gc
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from cvdesk.catalogue.records import Business
from cvdesk.exchange import page_import_bringing, run
from cvdesk.exchange.new import make_business
from cvdesk.exchange.page_import import ImportDialog
from cvdesk.kit import ask
from tests.pages import Answers, catch_errors, make_session, said, settle

TODAY = date(2026, 11, 21)
ROWS = "Date;Customer;Stars;Comment\n14/11/2026;Maria Alvarez;4;Rye again\n15/11/2026;Jo Park;5;Best buns\n"
CELLS = "Date\tCustomer\tStars\tComment\n14/11/2026\tMaria Alvarez\t4\tRye again\n31/11/2026\tJo Park\t5\tNo such day\n"


@pytest.fixture
def session(qapp, tmp_path, monkeypatch):
    shown = catch_errors(monkeypatch)
    made = make_session(qapp, make_business(tmp_path / "shop.cvdesk", Business("Shop")), TODAY)
    yield made
    made.close()
    assert shown == []


@pytest.fixture
def opened(qtbot, session, tmp_path):
    def open_dialog(content=None, name="list.csv"):
        path = None
        if content is not None:
            path = tmp_path / name
            path.write_text(content, encoding="utf-8")
        dialog = ImportDialog(session, path)
        qtbot.addWidget(dialog)
        dialog.show()
        ready(qtbot, dialog)
        return dialog

    return open_dialog


def ready(qtbot, dialog):
    settle(qtbot, dialog.session)
    QApplication.processEvents()


def bring_in(qtbot, dialog):
    dialog.import_now()
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.ending, timeout=15_000)
    settle(qtbot, dialog.session)


def pick(combo, value):
    combo.setCurrentIndex(next(place for place in range(combo.count()) if combo.itemData(place) == value))


def count(session, table):
    return session.file.value(f"SELECT count(*) FROM {table}")


def clipboard(text):
    QGuiApplication.clipboard().setText(text)


def test_cells_are_pasted_by_key_and_rows_that_stay_out_kept_beside_the_file(qtbot, session, opened, tmp_path):
    dialog = opened()
    assert dialog.stack.currentWidget() is dialog.start
    clipboard(CELLS)
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    ready(qtbot, dialog)
    assert dialog.form.main.text() == "Import 1 entry"
    place = tmp_path / "Pasted cells rejected.csv"
    assert f"it will be written to “{place}”" in dialog.form.notes.text()
    bring_in(qtbot, dialog)
    assert session.file.value("SELECT text FROM entries") == "Rye again"
    assert "No such day" in place.read_text(encoding="utf-8-sig")
    assert str(place) in said(dialog.ending)
    passing = dialog.path
    dialog.close()
    dialog._pasted = dialog.bringing._wanted = None
    assert not passing.exists()


def test_pasting_nothing_is_said_where_one_pastes(qtbot, opened):
    dialog = opened()
    clipboard("  ")
    qtbot.mouseClick(dialog.start.paste_button, Qt.MouseButton.LeftButton)
    assert "There are no cells to paste." in dialog.start.problem.text()
    assert dialog.stack.currentWidget() is dialog.start


def test_a_file_is_chosen_with_enter_and_another_dropped_on_the_dialog(qtbot, session, opened, tmp_path, monkeypatch):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(ROWS)
    second.write_text("Name,Email\nAna Ruiz,ana@example.com\n")
    monkeypatch.setattr(ask.prompts, "open_file", lambda *_asked: first)
    dialog = opened()
    chosen: list[object] = []
    dialog.file_chosen.connect(chosen.append)
    qtbot.keyClick(dialog.start.choose_button, Qt.Key.Key_Return)
    ready(qtbot, dialog)
    assert chosen == [first]
    assert dialog.seen.kind == "feedback"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(second))])
    copy, no_keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(50, 50), copy, data, Qt.MouseButton.LeftButton, no_keys))
    qtbot.waitUntil(lambda: dialog.path == second)
    ready(qtbot, dialog)
    assert dialog.seen.kind == "customers"
    assert dialog.form.main.text() == "Import 1 customer"


def test_the_next_list_like_it_comes_in_with_the_same_choices(qtbot, opened):
    dialog = opened(ROWS)
    qtbot.mouseClick(dialog.form.kinds["complaints"], Qt.MouseButton.LeftButton)
    ready(qtbot, dialog)
    pick(dialog.form.detected.choices["encoding"], "cp1252")
    ready(qtbot, dialog)
    pick(dialog.form.mapping.choices["theme"], (2,))
    ready(qtbot, dialog)
    bring_in(qtbot, dialog)
    again = opened(ROWS.replace("Rye again", "Rye once more"), "next month.csv")
    assert again.seen.kind == "complaints"
    assert again.seen.mapping["theme"] == (2,)
    assert again.form.mapping.choices["theme"].currentData() == (2,)
    assert "As last time" in said(again.form)
    assert "Letters: as last time" in said(again.form)
    assert again.form.reset_button.isVisible()
    qtbot.mouseClick(again.form.reset_button, Qt.MouseButton.LeftButton)
    ready(qtbot, again)
    assert again.seen.kind == "feedback"
    assert again.seen.mapping["rating"] == (2,)
    assert "As last time" not in said(again.form)
    assert not again.form.reset_button.isVisible()


def test_what_was_chosen_for_a_list_with_other_columns_is_not_taken_over(qtbot, opened):
    dialog = opened(ROWS)
    qtbot.mouseClick(dialog.form.kinds["complaints"], Qt.MouseButton.LeftButton)
    ready(qtbot, dialog)
    bring_in(qtbot, dialog)
    other = opened(ROWS.replace("Comment", "Remark"), "other.csv")
    assert other.seen.remembered is None
    assert other.seen.kind == "feedback"


def test_what_was_chosen_and_what_was_found_are_told_apart(qtbot, opened):
    dialog = opened(ROWS)
    scale = dialog.form.detected.choices["scale"]
    assert scale.itemText(0) == "1 to 5 – as found"
    assert scale.accessibleName() == "Ratings"
    pick(scale, "0-10")
    ready(qtbot, dialog)
    assert scale.accessibleName() == "Ratings: changed"
    assert dialog.seen.plan.scale.name == "0-10"
    assert dialog.form.reset_button.isVisible()


def test_rows_that_stay_out_are_shown_with_the_reason_before_anything_is_changed(qtbot, session, opened):
    dialog = opened(ROWS + "31/11/2026;Ana Ruiz;4;Lovely\n")
    switch = dialog.form.preview.switch
    assert switch.text() == "Show the 1 that stays out"
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    model = dialog.form.preview.table.model()
    shown = [model.data(model.index(0, place)) for place in range(model.columnCount())]
    assert shown[0] == "“31/11/2026” in date is not a date"
    assert "Ana Ruiz" in shown
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert dialog.form.preview.table.model().rowCount() == 3
    assert count(session, "entries") == 0


def test_leaving_half_way_changes_nothing(qtbot, session, opened):
    dialog = opened(ROWS)
    before = session.file.newest_operation()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    settle(qtbot, session)
    assert session.file.newest_operation() == before


def test_an_import_is_taken_back_from_the_list_of_imports(qtbot, session, opened):
    dialog = opened(ROWS)
    bring_in(qtbot, dialog)
    qtbot.mouseClick(dialog.ending.more, Qt.MouseButton.LeftButton)
    assert dialog.stack.currentWidget() is dialog.start
    model = dialog.start.table.model()
    assert [model.data(model.index(0, place)) for place in (1, 2, 3)] == [
        "list.csv", "Feedback", "2 new, 2 customers made",
    ]  # fmt: skip
    dialog.start.focus_past()
    qtbot.keyClick(dialog.start.table, Qt.Key.Key_Tab)
    assert dialog.start.take_back_button.hasFocus()
    qtbot.keyClick(dialog.start.take_back_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: count(session, "entries") == 0, timeout=15_000)
    settle(qtbot, session)
    assert "The import was taken back." in dialog.start.said.text()
    assert said(dialog.start).count("A list can be dropped here.") == 1
    session.undo()
    settle(qtbot, session)
    assert count(session, "entries") == 2
    assert dialog.start.table.model().rowCount() == 1


def held_back(monkeypatch, after=None):
    """Imports wait until they are let go; gives what lets them go."""
    real, go = run.run_import, Event()

    def waiting(*args, **more):
        go.wait(15)
        return real(*args, **more)

    monkeypatch.setattr(page_import_bringing, "run_import", waiting)
    return go


def log(session, text):
    entry = {"date": "2026-11-20", "position": 1 << 60, "kind": "comment", "text": text}
    session.run("Log", lambda op: op.insert("entries", {**entry, "position": op.id}), say="Logged")


def test_what_is_logged_while_a_list_comes_in_is_saved_at_once(qtbot, session, opened, monkeypatch):
    go = held_back(monkeypatch)
    dialog = opened(ROWS)
    dialog.import_now()
    qtbot.mouseClick(dialog.running.go_on, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    heard = []
    session.said.connect(lambda text, _undo: heard.append(text))
    log(session, "Logged meanwhile")
    qtbot.waitUntil(lambda: count(session, "entries") == 1)
    assert dialog.busy
    go.set()
    qtbot.waitUntil(lambda: count(session, "entries") == 3, timeout=15_000)
    settle(qtbot, session)
    assert dialog.ending.title.text() == "2 entries came in"
    assert heard == ["Logged", "2 entries came in"]


def test_an_import_does_not_stop_the_window_for_garbage(qtbot, opened, monkeypatch):
    gc.enable()  # as on the command line; in the window it is off anyway
    real, during = run.run_import, []

    def watched(*args, **more):
        during.append(gc.isenabled())
        return real(*args, **more)

    monkeypatch.setattr(page_import_bringing, "run_import", watched)
    bring_in(qtbot, opened(ROWS))
    assert during == [False]
    assert gc.isenabled()
    gc.disable()


def test_an_import_others_keep_getting_in_the_way_of_takes_its_turn(qtbot, session, opened, monkeypatch):
    """Somebody logs at every try; the import is then done in the queue of what is saved."""
    real, tries = run._once, []

    def disturbed(file, *args):
        tries.append(1)
        if len(tries) <= 3:
            file.run("Log", lambda op: op.insert("tags", {"key": f"t{len(tries)}", "name": f"T{len(tries)}"}))
            raise run._Meanwhile
        return real(file, *args)

    dialog = opened(ROWS)
    monkeypatch.setattr(run, "_once", disturbed)
    bring_in(qtbot, dialog)
    assert len(tries) == 4
    assert count(session, "entries") == 2


def test_closing_while_a_list_comes_in_leaves_nothing_of_it(qtbot, session, opened, monkeypatch):
    monkeypatch.setattr("cvdesk.exchange.run._STEP", 1)
    go = held_back(monkeypatch)
    dialog = opened(ROWS)
    dialog.import_now()
    dialog.hide()
    dialog.close()
    go.set()
    settle(qtbot, session)
    assert count(session, "entries") == count(session, "imports") == 0


def test_another_look_starts_where_the_choice_is_changed_again(qtbot, opened):
    dialog = opened(ROWS)
    order = dialog.form.detected.choices["date_order"]
    pick(order, "month-first")
    pick(order, None)
    pick(dialog.form.detected.choices["scale"], "1-10")
    ready(qtbot, dialog)
    assert dialog.seen.plan.scale.name == "1-10"
    assert dialog.seen.plan.date_order.name == "day-first"
    assert dialog.counted.read == 2
    assert dialog.form.counts.text() == "2 rows: 2 new, 0 rejected"


def test_everything_is_reached_by_keys(qtbot, session, opened, monkeypatch, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ROWS)
    monkeypatch.setattr(ask, "prompts", Answers(path))
    monkeypatch.setattr(ask.prompts, "open_file", lambda *_asked: path, raising=False)
    dialog = opened()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # choose
    ready(qtbot, dialog)
    assert dialog.form.main.hasFocus()
    qtbot.keyClick(dialog.form.main, Qt.Key.Key_Return)  # import
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.ending, timeout=15_000)
    settle(qtbot, session)
    assert count(session, "entries") == 2
    qtbot.keyClick(dialog.ending.close_button, Qt.Key.Key_Return)
    assert not dialog.isVisible()
