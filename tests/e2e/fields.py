"""Every field of the window that takes words: fills it, saves, and says what the file then holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from cvdesk.complaints import store as complaints
from cvdesk.complaints.page import ComplaintsPage
from cvdesk.complaints.records import Complaint
from cvdesk.customers import store as customers
from cvdesk.customers.page import CustomersPage
from cvdesk.customers.records import Customer
from cvdesk.feedback import store
from cvdesk.feedback.form_safety import SafetyQuestions
from cvdesk.feedback.page_answer import AnswerBox
from cvdesk.feedback.page_batch import BatchDialog
from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.feedback.page_edit import EditDialog
from cvdesk.feedback.page_reviews import ReviewsDialog
from cvdesk.feedback.page_snippets import SnippetsDialog
from cvdesk.feedback.page_tally import TallyBar
from cvdesk.feedback.records import Entry
from cvdesk.feedback.store_detail import detail
from cvdesk.kit.session import Session
from cvdesk.trends.page import TrendsPage
from cvdesk.trends.page_note import NoteDialog
from tests.desk import TODAY
from tests.pages import settle

CTRL = Qt.KeyboardModifier.ControlModifier
Field = QLineEdit | QPlainTextEdit
Put = Callable[[Field, str], None]


def paste(field: Field, text: str) -> None:
    """Puts a text in from the clipboard, in place of what is there."""
    QGuiApplication.clipboard().setText(text)
    field.setFocus()
    field.selectAll()
    field.paste()


def typed(field: Field, text: str) -> None:
    """Types a text, one key event for each character, in place of what is there."""
    field.setFocus()
    field.selectAll()
    if not text:
        field.clear()
    for mark in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, mark))


def keyboard_has(text: str) -> bool:
    """Whether a keyboard could type it: no control or format marks, no ends of lines."""
    return all(mark.isprintable() or mark in "\u3000\u00a0" for mark in text)


def leave(widget: QWidget) -> None:
    """Closes what may have gone by itself when it had done its work."""
    if isValid(widget):
        widget.close()
        widget.deleteLater()


class Fields:
    """The pages and dialogs around one session, made when they are needed."""

    def __init__(self, qtbot, session: Session, path: Path, put: Put) -> None:
        self.qtbot, self.session, self.put = qtbot, session, put
        self._there = sqlite3.connect(path)
        self._pages: dict[type, QWidget] = {}
        self._count = 0

    def close(self) -> None:
        """Lets go of the pages and of the file."""
        for page in self._pages.values():
            page.close()
        self._there.close()

    def file_says(self, sql: str) -> dict[str, str]:
        """The first row found, as any program that reads SQLite sees it."""
        self.settle()
        found = self._there.execute(sql)
        names, rows = [column[0] for column in found.description], found.fetchall()
        return dict(zip(names, rows[0], strict=True)) if rows else {}

    def settle(self) -> None:
        """Waits until nothing is under way."""
        settle(self.qtbot, self.session)

    def page(self, kind: type) -> QWidget:
        """A page, made on first use and kept."""
        if kind not in self._pages:
            made = self._pages[kind] = kind(self.session)
            made.resize(1200, 900)
        for other in self._pages.values():
            other.setVisible(isinstance(other, kind))
        self._pages[kind].activateWindow()
        self.settle()
        return self._pages[kind]

    def run(self, work):
        """Does something to the file beforehand."""
        return self.session.file.run("Before", work).result

    def customer(self, text: str) -> dict[str, str]:
        """All fields of a customer's card that take words."""
        page = self.page(CustomersPage)
        page.new_customer()
        form = page.work.form
        filled = (
            form.name, form.preferred, form.organisation, form.address, form.city, form.country, form.notes,
            form.tags, form.nicknames,
        )  # fmt: skip
        for field in filled:
            self.put(field, text)
        group = form.segment.lineEdit()
        self.put(group, text)
        self.save(form)
        return self.file_says("""SELECT name, preferred_name, organisation, address, city, country, notes,
            (SELECT name FROM segments WHERE id = segment_id) AS segment,
            (SELECT name FROM tags JOIN customer_tags ON tag_id = tags.id WHERE customer_id = customers.id) AS tag,
            (SELECT value FROM aliases WHERE customer_id = customers.id) AS nickname
            FROM customers ORDER BY id DESC LIMIT 1""")

    def save(self, form: QWidget) -> None:
        """What Ctrl+Enter does, and until it is on disk."""
        form.submitted.emit()
        self.settle()

    def customer_extras(self, text: str) -> dict[str, str]:
        """What is noted on a customer's card: a contact, a purchase, a view of the list."""
        page = self.page(CustomersPage)
        known = self.run(lambda op: customers.save(op, Customer("Ann")))
        customer = customers.get(self.session.file, known)
        touch = page.work.touch(customer)
        self.put(touch.note, text)
        self.save(touch)
        buy = page.work.purchase(customer)
        self.put(buy.note, text)
        self.put(buy.offering.lineEdit(), text)
        self.save(buy)
        page.work.name_view(page.board.bar.query, None)
        view = page.work.small_form
        self.put(view.name, text)
        self.save(view)
        found = self.file_says(f"""SELECT (SELECT note FROM touches WHERE customer_id = {known}) AS contact_note,
            (SELECT note FROM purchases WHERE customer_id = {known}) AS purchase_note,
            (SELECT name FROM offerings JOIN purchases ON offering_id = offerings.id WHERE customer_id = {known})
                AS offering,
            (SELECT name FROM saved_filters ORDER BY updated_at DESC, id DESC LIMIT 1) AS view_of_customers""")
        if found["view_of_customers"] is not None:
            self.run(lambda op: [op.delete("saved_filters", row[0]) for row in op.rows("SELECT id FROM saved_filters")])
        return found

    def complaint(self, text: str) -> dict[str, str]:
        """A complaint, its steps, and a view of the list."""
        page = self.page(ComplaintsPage)
        page.new_complaint()
        self.put(page.form.text, text)
        self.put(page.form.customer, text)
        page.form.customer.completer().popup().hide()
        self.save(page.form)
        found = self.file_says("""SELECT text, (SELECT name FROM customers WHERE id = customer_id) AS customer
            FROM complaints ORDER BY complaints.id DESC LIMIT 1""")
        case = self.run(lambda op: complaints.save(op, Complaint(date=TODAY, text="Cold soup")))
        for stage, fields in (("assessed", ("cause", "note")), ("resolved", ("done", "note")), ("note", ("note",))):
            page.show_record(case)
            self.settle()
            page.ask_step(stage)
            form = page.step_form
            for name in fields:
                self.put(getattr(form, name), text)
            self.save(form)
        page.work.name_view(page.list.query, "")
        form = page.work.small_form
        self.put(form.name, text)
        self.save(form)
        return found | self.file_says(f"""SELECT cause, resolution,
            (SELECT note FROM complaint_events WHERE complaint_id = {case} AND stage = 'resolved') AS step_note,
            (SELECT note FROM complaint_events WHERE complaint_id = {case} AND stage = 'note') AS case_note
            FROM complaints WHERE id = {case}""")

    def changed_complaint(self, text: str) -> dict[str, str]:
        """The form of a complaint that has been through its steps."""
        page = self.page(ComplaintsPage)
        before = Complaint(TODAY, text="Soup", cause="x", resolution="y", stage="resolved", resolved=TODAY)
        case = self.run(lambda op: complaints.save(op, before))
        form = page.work.edit(complaints.get(self.session.file, case))
        for field in (form.text, form._cause, form._done):
            self.put(field, text)
        self.save(form)
        return self.file_says(f"""SELECT text AS changed_text, cause AS changed_cause, resolution AS changed_resolution
            FROM complaints WHERE id = {case}""")

    def entry(self, text: str) -> dict[str, str]:
        """The form of an entry."""
        known = self.run(lambda op: store.save(op, Entry(date=TODAY, text="x", rating=3.0, safety=True)))
        holder = self.page(QHolder)
        dialog = EditDialog(self.session, known, holder)
        dialog.show()
        form = dialog.form
        for field in (form.words, form.answer, form.promise, *form.questions.fields.values()):
            self.put(field, text)
        dialog.save()
        found = self.file_says(f"""SELECT text AS words, answer, promise, safety_batch, safety_others, safety_told
            FROM entries WHERE id = {known}""")
        leave(dialog)
        return found

    def entry_extras(self, text: str) -> dict[str, str]:
        """The answer beside an entry, the questions of a safety mark on its card, and a snippet."""
        known = self.run(lambda op: store.save(op, Entry(date=TODAY, text="x", needs_answer=True, safety=True)))
        holder = self.page(QHolder)
        box = AnswerBox(self.session, detail(self.session.file, known))
        box.setParent(holder)
        box.show()
        self.put(box.field, text)
        self.qtbot.keyClick(box.field, Qt.Key.Key_Return, CTRL)
        box._save()
        self.settle()
        leave(box)
        questions = SafetyQuestions(self.session.theme)
        for field in questions.fields.values():
            self.put(field, text)
        said = questions.answers()
        self.run(lambda op: store.save_safety(op, known, said))
        dialog = SnippetsDialog(self.session, "new", holder)
        dialog.show()
        self.put(dialog.name, text)
        self.put(dialog.text, text)
        dialog.save.click()
        found = self.file_says(f"""SELECT answer AS answer_beside, safety_batch AS batch_beside,
            (SELECT name FROM snippets) AS snippet_name, (SELECT text FROM snippets) AS snippet_text
            FROM entries WHERE id = {known}""")
        self.run(lambda op: [op.delete("snippets", row[0]) for row in op.rows("SELECT id FROM snippets")])
        leave(dialog)
        return found

    def line(self, text: str) -> dict[str, str]:
        """The line at the top, as it is, and with a customer named before."""
        holder = self.page(QHolder)
        found: dict[str, str] = {}
        self.run(lambda op: None if op.value("SELECT 1 FROM customers WHERE name = 'Ann Berg'") else
                 customers.save(op, Customer("Ann Berg")))  # fmt: skip
        for name, before in (("line", ""), ("line_with_customer", "ann berg: ")):
            bar = CaptureBar(self.session)
            bar.setParent(holder)
            bar.show()
            self.settle()
            self.put(bar.line, before + text)
            self.qtbot.keyClick(bar.line, Qt.Key.Key_Return)
            found |= self.file_says(f"SELECT id AS {name}_id, text AS {name} FROM entries ORDER BY id DESC LIMIT 1")
            leave(bar)
            self.session.save_draft("capture-line", "")
        return found

    def batch(self, text: str) -> dict[str, str]:
        """Notes on paper: a note and where it is from."""
        holder = self.page(QHolder)
        dialog = BatchDialog(self.session, holder)
        dialog.show()
        self.settle()
        self.put(dialog.source, text)
        dialog.source.editingFinished.emit()
        self.put(dialog.note.line, text)
        self.qtbot.keyClick(dialog.note.line, Qt.Key.Key_Return)
        found = self.file_says(
            "SELECT id AS batch_id, text AS batch_note, source FROM entries ORDER BY id DESC LIMIT 1"
        )
        dialog.done_with_it()
        leave(dialog)
        return found

    def review(self, text: str) -> dict[str, str]:
        """A review of a pasted block, put right in its form."""
        holder = self.page(QHolder)
        dialog = ReviewsDialog(self.session, holder)
        dialog.show()
        self._count += 1
        dialog.block.setPlainText(f"Anna K.\n5 stars\n1 March 2026\nLovely bread and {self._count} kind people\n")
        dialog.split()
        self.settle()
        self.put(dialog.form.name, text)
        self.put(dialog.form.words, text)
        self.put(dialog.form.answer, text)
        dialog.make_customers.setChecked(True)
        dialog.log()
        found = self.file_says("""SELECT id AS review_id, text AS review, answer AS review_answer,
            (SELECT name FROM customers WHERE id = customer_id) AS review_name
            FROM entries ORDER BY id DESC LIMIT 1""")
        leave(dialog)
        return found

    def names(self, text: str) -> dict[str, str]:
        """A thing to count and a note on a chart."""
        holder = self.page(QHolder)
        bar = TallyBar(self.session)
        bar.setParent(holder)
        bar.show()
        self.settle()
        bar.add_button.click()
        self.put(bar.name, text)
        self.qtbot.keyClick(bar.name, Qt.Key.Key_Return)
        found = self.file_says("SELECT name AS tally FROM tallies")
        leave(bar)
        self.run(lambda op: [op.delete("tallies", row[0]) for row in op.rows("SELECT id FROM tallies")])
        page = self.page(TrendsPage)
        page.series_view.notes.add.click()
        words = page.findChild(NoteDialog).form.words
        self.put(words, text)
        self.qtbot.keyClick(words, Qt.Key.Key_Return)
        return found | self.file_says("SELECT text AS chart_note FROM chart_notes ORDER BY id DESC LIMIT 1")

    def every(self, text: str) -> dict[str, str]:
        """All of it; afterwards nobody and nothing is called so, or the line at the top would recognise it."""
        found: dict[str, str] = {}
        for part in (
            self.line, self.batch, self.customer, self.customer_extras, self.complaint, self.changed_complaint,
            self.entry, self.entry_extras, self.review, self.names,
        ):  # fmt: skip
            found |= part(text)
        self.run(forget_names)
        return {name: value for name, value in found.items() if not name.endswith("id")}


def forget_names(op) -> None:
    """Takes everybody, and all that has a name, out of the file again."""
    for table in ("purchases", "entries", "complaints", "customers", "offerings", "segments", "tags"):
        for row in op.rows(f"SELECT id FROM {table}"):
            op.delete(table, row[0])


class QHolder(QWidget):
    """What small things stand in, where the whole page does not matter."""

    def __init__(self, session: Session) -> None:
        super().__init__()
