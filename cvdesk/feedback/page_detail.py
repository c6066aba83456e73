"""The card beside the list: one entry, verbatim, what it is about, what is to be done, what else this customer said."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from cvdesk.complaints import store as complaints
from cvdesk.complaints import store_link
from cvdesk.complaints.store_link import Loose
from cvdesk.db import Operation
from cvdesk.feedback import store
from cvdesk.feedback.page_about import AboutThemes
from cvdesk.feedback.page_answer import AnswerBox
from cvdesk.feedback.page_drops import attachable
from cvdesk.feedback.page_edit import EditDialog
from cvdesk.feedback.page_files import FilesBox
from cvdesk.feedback.page_safety import SafetyBox
from cvdesk.feedback.searching import Search, matches
from cvdesk.feedback.store_detail import Detail, detail
from cvdesk.feedback.store_list import EntryRow
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    SMALL,
    TEXT,
    Card,
    Elided,
    EmptyState,
    Flow,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.themes.form_words import Words
from cvdesk.wording import _
from cvdesk.wording.figures import kind_name
from cvdesk.wording.numbers import day_short, stars


class EntryCard(Card):
    """Shows one entry; every button is one undoable step."""

    left = Signal()  # what had the keyboard is gone or done with: it goes back to the list

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self.session = session
        self.search = Search()
        self.setAccessibleName(_("The feedback in full"))
        self._shown: tuple[Detail, Search] | None = None
        self._id: int | None = None
        self._words: Words | None = None
        self.about: AboutThemes | None = None
        self.answer: AnswerBox | None = None
        self.safety: SafetyBox | None = None
        self.files: FilesBox | None = None
        self.setAcceptDrops(not session.file.read_only)
        inside = QWidget()
        self._inside = column(inside, SMALL, (0, 0, SMALL, 0))
        self._area = scrolled(inside)
        self.box.addWidget(self._area, 1)
        self._actions = column(None, SMALL)
        self.box.addLayout(self._actions)
        self._nothing(_("Choose an entry to see it in full."))

    def show_entry(self, row: EntryRow | None) -> None:
        """Shows an entry, or a sentence where none is selected. What is shown already stays as it is."""
        held = self._holds_keyboard()
        self._show_entry(row)
        if held and not self._holds_keyboard():
            self.left.emit()

    def _holds_keyboard(self) -> bool:
        there = QApplication.focusWidget()
        return there is not None and self.isAncestorOf(there)

    def _show_entry(self, row: EntryRow | None) -> None:
        if row is None:
            self._nothing(_("Choose an entry to see it in full."))
            return
        try:
            found = detail(self.session.file, row.id)
        except LookupError:
            self._nothing(_("It was deleted meanwhile."))
            return
        if (found, self.search) == self._shown:
            return
        same = row.id == self._id
        written = self._cursor if same else None
        typed = self.safety.typed() if same and self.safety is not None else []
        if not same and self.safety is not None:
            self.safety.save_typed()
        place = self._area.verticalScrollBar().value() if same else 0
        self._empty()
        self._id, self._shown = row.id, (found, self.search)
        self._add_head(found)
        self._add_about(found)
        self._add_care(found)
        self._add_answer(found)
        self._add_complaint(found)
        self._heading(_("Attachments"))
        self.files = FilesBox(self.session, row.id, found.attached)
        self._inside.addWidget(self.files)
        self._add_earlier(found)
        self._inside.addStretch(1)
        self._add_actions(row.id)
        for field in self.findChildren(QLineEdit):
            field.setAcceptDrops(False)  # a file dropped there is for the card, too
        self._area.verticalScrollBar().setValue(place)
        if self.safety is not None:
            self.safety.go_on(typed)
        if written is not None and self.answer is not None:
            cursor = self.answer.field.textCursor()
            cursor.setPosition(min(written, len(self.answer.field.toPlainText())))
            self.answer.field.setTextCursor(cursor)
            self.answer.field.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.files is not None and attachable(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.files is not None:
            event.acceptProposedAction()
            for path in attachable(event.mimeData()):
                self.files.attach(path)

    @property
    def _cursor(self) -> int | None:
        """Where the cursor stands in the answer, where the keyboard is there."""
        field = None if self.answer is None else self.answer.field
        return field.textCursor().position() if field is not None and field.hasFocus() else None

    def settle_first(self, state: str) -> None:
        """Confirms or rejects the first suggested theme."""
        if self.about is not None:
            self.about.settle_first(state)

    def focus_answer(self) -> None:
        """Takes the keyboard to the answer."""
        if self.answer is not None:
            self.answer.show()
            self._write.hide()
            self.answer.field.setFocus()
            self._area.ensureWidgetVisible(self.answer)

    def focus_words(self) -> None:
        """Takes the keyboard to the words, to mark some."""
        if self._words is not None:
            self._words.setFocus()

    def _nothing(self, sentence: str) -> None:
        self._empty()
        self._inside.addWidget(EmptyState(self.session.theme, sentence))

    def _empty(self) -> None:
        if self.answer is not None:
            self.answer.keep_draft()
        self._id = self._shown = self._words = self.about = self.answer = self.safety = None
        self.files = None
        clear(self._inside)
        clear(self._actions)

    def _heading(self, text: str) -> None:
        self._inside.addSpacing(SMALL)
        self._inside.addWidget(label(self.session.theme, text.upper(), NOTE, tone="faint"))

    def _add_head(self, found: Detail) -> None:
        theme, entry = self.session.theme, found.entry
        if entry.customer_id is None:
            self._inside.addWidget(label(theme, _("Anonymous"), CARD_TITLE, strong=True))
        else:
            head = line(SMALL)
            head.addWidget(label(theme, found.customer, CARD_TITLE, strong=True, wrap=True), 1)
            open_customer = partial(self.session.open, "customers", entry.customer_id)
            head.addWidget(button(theme, _("Open"), open_customer, "plain", name=_("Open the customer")))
            self._inside.addLayout(head)
        if entry.text:
            self._words = Words(theme, entry.text, found.marks, matches(entry.text, self.search))
            self._inside.addWidget(self._words)
        said = line(SMALL)
        if entry.rating is not None:
            said.addWidget(label(theme, stars(entry.rating), NOTE, tone="star"))
        elif entry.rating_raw:
            said.addWidget(label(theme, _("Rated “{words}”").format(words=entry.rating_raw), NOTE, tone="quiet"))
        parts = [day_short(entry.date, self.session.today()), kind_name(entry.kind), found.channel, found.offering]
        said.addWidget(Elided(theme, " · ".join(part for part in parts if part), NOTE, "faint"), 1)
        self._inside.addLayout(said)
        if found.logged:
            self._inside.addWidget(label(theme, _("Logged by {name}").format(name=found.logged), NOTE, tone="faint"))

    def _add_about(self, found: Detail) -> None:
        self._heading(_("About"))
        self.about = AboutThemes(self.session, found)
        self._inside.addWidget(self.about)
        if self._words is not None:
            self._words.marked.connect(self.about.mark)

    def _add_care(self, found: Detail) -> None:
        """The safety mark with its questions, and what was promised."""
        theme, entry, today = self.session.theme, found.entry, self.session.today()
        writable = not self.session.file.read_only
        if entry.safety:
            self._heading(_("Safety"))
            self.safety = SafetyBox(self.session, entry)
            self._inside.addWidget(self.safety)
        if entry.promise:
            self._heading(_("Promise"))
            self._inside.addWidget(label(theme, entry.promise, TEXT, wrap=True))
            by = "" if entry.promised_by is None else _("by {day}").format(day=day_short(entry.promised_by, today))
            kept = "" if entry.promise_kept is None else _("kept {day}").format(
                day=day_short(entry.promise_kept, today)
            )  # fmt: skip
            late = not kept and entry.promised_by is not None and entry.promised_by < today
            said = " · ".join(part for part in (by, found.promiser, kept) if part)
            if said:
                self._inside.addWidget(label(theme, said, NOTE, tone="bad" if late else "quiet"))
            text = _("Kept") if not kept else _("Not kept after all")
            keep = partial(store.keep_promise, entry_id=entry.id or 0, day=None if kept else today)
            made = button(theme, text, partial(self.session.run, text, keep, say=_("Saved")))
            made.setEnabled(writable)
            self._inside.addWidget(made)

    def _add_answer(self, found: Detail) -> None:
        entry = found.entry
        self._heading(_("Answer"))
        self.answer = AnswerBox(self.session, found)
        self.answer.sent.connect(self.left)
        self._inside.addWidget(self.answer)
        begun = entry.needs_answer or entry.answered is not None or bool(self.answer.field.toPlainText())
        self._write = button(self.session.theme, _("Write an answer…"), self.focus_answer, "plain", "reply")
        self._inside.addWidget(self._write)
        self.answer.setVisible(begun)
        self._write.setVisible(not begun and not self.session.file.read_only)

    def _add_complaint(self, found: Detail) -> None:
        theme = self.session.theme
        self._heading(_("Complaint"))
        if found.complaint_id is not None:
            text = _("Complaint {number}").format(number=found.complaint_number)
            flow = Flow()
            holder = QWidget()
            holder.setLayout(flow)
            opens = partial(self.session.open, "complaints", found.complaint_id)
            flow.addWidget(button(theme, text, opens, "plain", "circle-alert", name=_("Open the complaint")))
            untie = button(theme, _("Untie"), partial(self._unlink, found.complaint_id), "plain")
            untie.setAccessibleName(_("Untie the complaint from this feedback"))
            untie.setEnabled(not self.session.file.read_only)
            flow.addWidget(untie)
            make = partial(self.session.open, "actions", ("make", ("entries", found.entry.id)))
            action = button(theme, _("Make this an action"), make, "plain")
            action.setEnabled(not self.session.file.read_only)
            flow.addWidget(action)
            self._inside.addWidget(holder)
            return
        flow = Flow()
        holder = QWidget()
        holder.setLayout(flow)
        flow.addWidget(button(theme, _("Make it a complaint"), partial(self._complain, found.entry.id or 0)))
        if found.loose:
            link = button(theme, _("Link to one…"))
            menu = QMenu(link)
            for case in found.loose:
                menu.addAction(_case_words(case).replace("&", "&&")).triggered.connect(
                    partial(self._link, case, found.entry.id or 0)
                )
            link.setMenu(menu)
            flow.addWidget(link)
        make = partial(self.session.open, "actions", ("make", ("entries", found.entry.id)))
        flow.addWidget(button(theme, _("Make this an action"), make, "plain"))
        holder.setEnabled(not self.session.file.read_only)
        self._inside.addWidget(holder)

    def _add_earlier(self, found: Detail) -> None:
        if not found.earlier:
            return
        theme, today = self.session.theme, self.session.today()
        self._heading(_("Also said"))
        for other in found.earlier:
            inner = line(SMALL)
            inner.addWidget(label(theme, day_short(other.date, today), NOTE, tone="faint"))
            words = other.text or stars(other.rating)
            inner.addWidget(Elided(theme, words, TEXT), 1)
            name = f"{day_short(other.date, today)}: {words}"
            self._inside.addWidget(RowButton(name, partial(self.session.open, "entries", other.id), inner))

    def _add_actions(self, entry_id: int) -> None:
        theme = self.session.theme
        row = line(SMALL)
        for text, do, writes in (
            (_("Edit"), partial(self.edit, entry_id), True), (_("Delete"), partial(self.delete, entry_id), True),
            (_("History…"), partial(self.session.open, "history", ("entries", entry_id)), False),
        ):  # fmt: skip
            made = button(theme, text, do)
            made.setEnabled(not (writes and self.session.file.read_only))
            row.addWidget(made, 1)
        self._actions.addLayout(row)

    def _complain(self, entry_id: int) -> None:
        def work(op: Operation) -> None:
            store.must_be_there(op, entry_id)
            complaints.from_entry(op, entry_id)

        said = _("It is a complaint now, with a number and a deadline")
        self.session.run(_("Make it a complaint"), work, say=said)

    def _link(self, case: Loose, entry_id: int, _checked: bool = False) -> None:
        work = partial(store_link.link, complaint_id=case.id, entry_id=entry_id)
        self.session.run(_("Link to a complaint"), work, say=_("Linked"))

    def _unlink(self, complaint_id: int) -> None:
        work = partial(store_link.unlink, complaint_id=complaint_id)
        self.session.run(_("Untie from a complaint"), work, say=_("Untied; both stay"))

    def delete(self, entry_id: int) -> None:
        """Deletes at once; Undo brings it back."""
        work = partial(store.delete, entry_id=entry_id)
        self.session.run(_("Delete feedback"), work, failed=_not_deleted, say=_("Feedback deleted"))

    def edit(self, entry_id: int) -> None:
        """Opens the form, where the file can be changed."""
        if self.session.file.read_only:
            return
        try:
            EditDialog(self.session, entry_id, self.window()).open()
        except LookupError:
            self.session.say(_("It was deleted meanwhile."))


def _not_deleted(error: Exception) -> None:
    """What is gone already needs no deleting: the key was pressed twice."""
    if not isinstance(error, LookupError):
        crash.report(error)


def _case_words(case: Loose) -> str:
    words = " ".join(case.text.split())
    short = words if len(words) <= 40 else words[:40].rstrip() + "…"
    return _("Complaint {number}: {words}").format(number=case.number, words=short)


__all__ = ["EditDialog", "EntryCard"]
