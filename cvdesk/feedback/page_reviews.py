"""Reviews from the web: a pasted block, split into reviews that can be put right, then logged as one step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QStackedWidget, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.errors import UserError
from cvdesk.feedback import store_reviews as store
from cvdesk.feedback.form_review import ReviewForm
from cvdesk.feedback.page_reviews_rows import DAY, STATE, Row, columns, look_through, state
from cvdesk.feedback.records_reviews import Pasted, Review, cut, join
from cvdesk.feedback.store_reviews import DRAFT, Logged, Plan
from cvdesk.kit.dialog import take_room
from cvdesk.kit.form import Words, choice_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.table import Listed, Table
from cvdesk.kit.widgets import (
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TITLE,
    Card,
    button,
    column,
    label,
    line,
    scrolled,
    set_tone,
    tooltip,
)  # fmt: skip
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

DRAFT_AFTER_MS = 400
_FORM_WIDTH = 300
# In a narrower dialog the words have the room of the days, which the form shows.
_ROOM_FOR_DAYS = 880


def open_reviews(session: Session, parent: QWidget) -> ReviewsDialog:
    """Shows where reviews are pasted; the one on the screen where it is open already."""
    dialog = parent.findChild(ReviewsDialog) or ReviewsDialog(session, parent)
    dialog.show()
    dialog.activateWindow()
    return dialog


class ReviewsDialog(QDialog):
    """First the block, then the preview. Escape leaves; the block is kept."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        theme = session.theme
        self.rows: list[Row] = []
        self._asking: Job | None = None
        self.setWindowTitle(_("Reviews from the web"))
        take_room(self, theme.px(1000), theme.px(700))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Reviews from the web"), TITLE, strong=True))
        self.about = label(theme, "", TEXT, tone="quiet", wrap=True)
        box.addWidget(self.about)
        self._steps = QStackedWidget()
        self._steps.addWidget(self._paste_step())
        self._steps.addWidget(self._preview_step())
        box.addWidget(self._steps, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self._save_draft)
        self.block.setPlainText(session.draft(DRAFT))
        self.block.textChanged.connect(self._timer.start)
        self.show_block()

    # The block

    def _paste_step(self) -> QWidget:
        theme = self.session.theme
        step = QWidget()
        box = column(step, MEDIUM)
        self.block = Words()
        self.block.setTabChangesFocus(True)
        self.block.setAccessibleName(_("Copied reviews"))
        self.block.setPlaceholderText(_("Mark the reviews on the page they stand on, copy them, and paste them here."))
        box.addWidget(self.block, 1)
        row = line(SMALL)
        row.addStretch(1)
        self.split_button = button(theme, _("Split into reviews"), self.split, "main")
        row.addWidget(self.split_button)
        box.addLayout(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), step).activated.connect(self.split)
        self.block.textChanged.connect(self._block_changed)
        return step

    def _block_changed(self) -> None:
        self.split_button.setEnabled(bool(self.block.toPlainText().strip()) and not self.session.file.read_only)

    def show_block(self) -> None:
        """Back to what was pasted."""
        if self._asking is not None:
            self._asking.cancel()
        self._block_changed()
        self.about.setText(
            _("Names, stars and days are found by how the page is laid out. You see every review before it is logged.")
        )
        self._steps.setCurrentIndex(0)
        self.block.setFocus()

    def split(self) -> None:
        """Splits the block and shows what was found; a long one takes a moment, beside the window."""
        block = self.block.toPlainText()
        if not block.strip() or self.session.file.read_only:
            return
        self.split_button.setEnabled(False)
        self._asking = self.session.look(
            partial(look_through, block=block, today=self.session.today()), self._show_found
        )

    def _show_found(self, found: tuple[Pasted, frozenset[str]]) -> None:
        pasted, there = found
        self.rows = [Row(place, one, there=one.key in there) for place, one in enumerate(pasted.reviews)]
        self._show_left_over(pasted)
        self.about.setText(_("Put right what was read wrongly. Nothing is logged before you say so."))
        self._steps.setCurrentIndex(1)
        self._show_rows(0)
        self.table.setFocus()

    # The preview

    def _preview_step(self) -> QWidget:
        theme = self.session.theme
        step = QWidget()
        box = column(step, MEDIUM)
        both = line(MEDIUM)
        both.addWidget(self._list_card(), 1)
        both.addWidget(self._form_card())
        box.addLayout(both, 1)
        self.left_over = label(theme, "", NOTE, tone="quiet", wrap=True)
        box.addWidget(self.left_over)
        box.addLayout(self._foot())
        return step

    def _list_card(self) -> Card:
        theme = self.session.theme
        card = Card(theme)
        card.setAccessibleName(_("Reviews found"))

        self.table = Table(theme, _("Reviews found"), columns(self.session.today), lambda row: row.number)
        card.box.addWidget(self.table, 1)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _number: self.form.focus_first())
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.leave_out)
        row = line(SMALL)
        self.out_button = button(theme, "", self.leave_out)
        self.join_button = button(theme, _("Join with the next"), self.join_next)
        self.cut_button = button(theme, _("Cut at the cursor"), self.cut_here)
        self.cut_button.setToolTip(tooltip(_("Makes two reviews of this one, where the cursor stands in its words")))
        for made in (self.out_button, self.join_button, self.cut_button):
            row.addWidget(made)
        row.addStretch(1)
        card.box.addLayout(row)
        return card

    def _form_card(self) -> Card:
        theme = self.session.theme
        card = Card(theme)
        card.setAccessibleName(_("The selected review"))
        card.setFixedWidth(theme.px(_FORM_WIDTH))
        self.form = ReviewForm(theme)
        self.form.changed.connect(self._edited)
        self.form.left.connect(self.table.setFocus)
        card.box.addWidget(scrolled(self.form))
        return card

    def _foot(self) -> QHBoxLayout:
        theme, file = self.session.theme, self.session.file
        row = line(SMALL)
        row.addWidget(button(theme, _("Back"), self.show_block, icon="arrow-left"))
        named = label(theme, _("Channel"), NOTE, tone="quiet")
        none: list[tuple[object, str]] = [(None, "—")]
        channels = catalogue.named(file, "channels")
        web = next((one.id for one in channels if one.key == "review"), None)
        self.channel = choice_field(none + [(one.id, one.name) for one in channels], web)
        self.channel.setAccessibleName(_("Channel"))
        named.setBuddy(self.channel)
        row.addWidget(named)
        row.addWidget(self.channel)
        self.make_customers = QCheckBox(_("New names become customers"))
        self.make_customers.setChecked(True)
        row.addWidget(self.make_customers)
        row.addStretch(1)
        self.count = label(theme, "", NOTE, tone="quiet")
        row.addWidget(self.count)
        self.log_button = button(theme, "", self.log, "main")
        row.addWidget(self.log_button)
        return row

    # What can be done with a review

    def leave_out(self) -> None:
        """Leaves the selected review out, or takes it in again."""
        row = self._row()
        if row is not None:
            self._put(replace(row, out=not row.out))

    def join_next(self) -> None:
        """Makes one review of the selected one and the next."""
        row = self._row()
        if row is not None and row.number + 1 < len(self.rows):
            joined = join(row.review, self.rows[row.number + 1].review)
            self._replace(row.number, 2, joined)

    def cut_here(self) -> None:
        """Makes two reviews of the selected one, cut where the cursor stands in its words."""
        row = self._row()
        if row is None:
            return
        typed, place = self.form.words.toPlainText(), self.form.words.textCursor().position()
        before = place - (len(typed) - len(typed.lstrip()))
        if 0 < before < len(row.review.text):
            self._replace(row.number, 1, *cut(row.review, before))

    def log(self) -> None:
        """Logs those that are not left out."""
        chosen = [row.review for row in self.rows if row.logged]
        plan = Plan(
            self.session.today(), self.channel.currentData(), _("Pasted reviews"), self.make_customers.isChecked(),
            self.session.staff_id,
        )  # fmt: skip
        self.log_button.setEnabled(False)
        self.session.run(
            _("Log web reviews"), partial(store.log, reviews=chosen, plan=plan), self._logged, self._failed
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(DAY, self.width() < self.session.theme.px(_ROOM_FOR_DAYS))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._asking is not None:
            self._asking.cancel()
        self._save_draft()

    def _row(self) -> Row | None:
        found = self.table.rows.row(self.table.currentIndex().row())
        return found if isinstance(found, Row) else None

    def _edited(self, review: Review) -> None:
        row = self._row()
        if row is not None:
            self._put(replace(row, review=review))

    def _put(self, row: Row) -> None:
        self.rows[row.number] = row
        self._show_rows(row.number)

    def _replace(self, first: int, count: int, *reviews: Review) -> None:
        there = store.known(self.session.file, reviews)
        self.rows[first : first + count] = [Row(0, one, there=one.key in there) for one in reviews]
        self.rows = [replace(row, number=place) for place, row in enumerate(self.rows)]
        self._show_rows(first)

    def _show_rows(self, selected: int) -> None:
        self.table.setColumnHidden(STATE, not any(state(row) for row in self.rows))
        self.table.show_source(Listed(self.rows), keep=selected)
        if self.rows and self._row() is None:
            self.table.select_row(min(selected, len(self.rows) - 1))
        self._selected(self._row())
        new = sum(row.logged for row in self.rows)
        there = sum(row.there for row in self.rows)
        self.count.setText(_("{count} already there").format(count=whole(there)) if there else "")
        words = ngettext("Log {count} review", "Log {count} reviews", new).format(count=whole(new))
        self.log_button.setText(words)
        self.log_button.setAccessibleName(words)
        self.log_button.setEnabled(new > 0)

    def _selected(self, row: object) -> None:
        shown = isinstance(row, Row)
        self.form.setEnabled(isinstance(row, Row) and not row.there)
        for made in (self.out_button, self.join_button, self.cut_button):
            made.setEnabled(shown)
        if isinstance(row, Row):
            today = self.session.today()
            self.form.load(row.review, QDate(today.year, today.month, today.day))
            self.out_button.setText(_("Take in again") if row.out else _("Leave out"))
            self.out_button.setEnabled(not row.there and row.says)
            self.join_button.setEnabled(row.number + 1 < len(self.rows))
            self.cut_button.setEnabled(len(row.review.text) > 1)

    def _show_left_over(self, pasted: Pasted) -> None:
        lines = pasted.left_over
        said = ngettext("{count} line belongs to no review: {lines}", "{count} lines belong to no review: {lines}",
                        len(lines))  # fmt: skip
        shown = " · ".join(lines)
        self.left_over.setText(said.format(count=len(lines), lines=shown[:300]) if lines else "")
        self.left_over.setToolTip(tooltip("\n".join(lines)) if len(shown) > 300 else "")
        self.left_over.setVisible(bool(lines))

    def _logged(self, done: Logged) -> None:
        said = ngettext("{count} review logged", "{count} reviews logged", done.added).format(count=whole(done.added))
        there = sum(row.there for row in self.rows) + done.already
        if there:
            were = ngettext("{count} was already there", "{count} were already there", there)
            said = f"{said}, {were.format(count=whole(there))}"
        self._timer.stop()
        self.session.forget_draft(DRAFT)
        self.block.clear()
        self._timer.stop()
        self.close()
        self.session.said.emit(said, True)

    def _failed(self, error: Exception) -> None:
        self.log_button.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.count.setText(str(error))
        set_tone(self.count, "bad")

    def _save_draft(self) -> None:
        self._timer.stop()
        self.session.save_draft(DRAFT, self.block.toPlainText())
