"""Notes on paper: what stays is set once, then one note after another, each on disk with Enter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import as_name
from cvdesk.errors import UserError
from cvdesk.feedback import store_batch as store
from cvdesk.feedback.batch import Batch, Sticky, as_draft, from_draft
from cvdesk.feedback.form_photo import PhotoField
from cvdesk.feedback.page_batch_note import NoteLine
from cvdesk.feedback.store_batch import BATCH, LINE, BatchLine, Note
from cvdesk.kit.dialog import take_room
from cvdesk.kit.form import choice_field, date_field, text_field
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import (
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    TITLE,
    Card,
    EmptyState,
    button,
    column,
    label,
    line,
)  # fmt: skip
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, stars, whole

DRAFT_AFTER_MS = 400
CUSTOMER, COMPLAINT, PICTURE = 2, 4, 5  # columns


def open_batch(session: Session, parent: QWidget) -> BatchDialog:
    """Shows the batch that was begun, or a new one; the one on the screen where it is open already."""
    known = parent.findChild(BatchDialog)
    dialog = known or BatchDialog(session, parent)
    dialog.show()
    dialog.activateWindow()
    return dialog


class BatchDialog(QDialog):
    """Stays beside the window. Escape leaves and keeps the batch; Done ends it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        theme = session.theme
        self.setWindowTitle(_("Notes on paper"))
        self.setAcceptDrops(True)
        take_room(self, theme.px(940), theme.px(680))
        self._batch = from_draft(session.draft(BATCH)) or Batch(Sticky(session.today()))
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Notes on paper"), TITLE, strong=True))
        about = _("What is set here stays from note to note; a note may say otherwise. Enter logs it.")
        box.addWidget(label(theme, about, TEXT, tone="quiet"))
        box.addWidget(self._sticky_card())
        self.note = NoteLine(session, self._batch.sticky)
        box.addWidget(self.note)
        box.addWidget(self._list_card(), 1)
        box.addLayout(self._foot())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self._save_drafts)
        self._connect()
        # Behind the note in the line wait those that could not be saved.
        self._returned: list[tuple[str, dict[str, Any]]] = [
            (typed, {}) for typed in session.draft(LINE).split("\n") if typed
        ]
        self._bring_back()
        if self._batch.photo:
            self.photo.take_file(Path(self._batch.photo))
        self.refresh()
        self.note.line.setFocus()

    def refresh(self) -> None:
        """Shows what was entered so far."""
        rows = store.lines(self.session.file, self._batch.entries)
        self.table.show_source(Listed(rows))
        count = len(rows)
        self.card.note.setVisible(count > 0)
        self.card.note.setText(ngettext("{count} note", "{count} notes", count).format(count=whole(count)))
        self.table.setVisible(count > 0)
        self.empty.setVisible(not count)
        self._selected(self.table.rows.row(self.table.currentIndex().row()))

    def log(self, note: Note) -> None:
        """Logs a note; the line is free at once and comes back if it could not be saved."""
        typed, changes = self.note.kept()
        self.note.set_text("")
        self.session.forget_draft(LINE)
        work = partial(
            store.log, note=note, source=self._batch.sticky.source, photo=self.photo.photo,
            staff_id=self.session.staff_id, just_made=self.note.just_made,
        )  # fmt: skip
        self.session.run(_("Log a note"), work, self._logged, partial(self._not_logged, typed, changes))

    def open_selected(self) -> None:
        """Shows the selected entry on its page; the batch waits."""
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, BatchLine):
            self.close()
            self.session.open("entries", row.id)

    def remove_selected(self) -> None:
        """Deletes the selected entry again."""
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, BatchLine) and not self.session.file.read_only:
            self.session.run(_("Remove a note"), partial(store.remove, entry_id=row.id), say=_("Note removed"))

    def done_with_it(self) -> None:
        """Ends the batch. A note that is half typed stays for the next one."""
        self._batch = Batch(Sticky(self.session.today()))
        self.session.save_draft(BATCH, "")
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the notes keep it."""
        for place, wide in ((CUSTOMER, 620), (COMPLAINT, 800), (PICTURE, 720)):
            self.table.setColumnHidden(place, event.size().width() < self.session.theme.px(wide))
        super().resizeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._save_drafts()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if PhotoField.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = PhotoField.dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.photo.take_file(path)

    # Building

    def _sticky_card(self) -> Card:
        file, sticky = self.session.file, self._batch.sticky
        none: list[tuple[object, str]] = [(None, "—")]

        def names(table: str) -> list[tuple[object, str]]:
            return none + [(one.id, one.name) for one in catalogue.named(file, table)]

        self.date = date_field(QDate(sticky.date.year, sticky.date.month, sticky.date.day))
        today = self.session.today()
        self.date.setMaximumDate(QDate(today.year, today.month, today.day))
        self.channel = choice_field(names("channels"), sticky.channel_id)
        self.source = text_field(sticky.source, _("suggestion box"))
        self.product = choice_field(names("offerings"), sticky.offering_id)
        self.about = choice_field(names("themes"), sticky.theme_id)
        card = Card(self.session.theme)
        card.setAccessibleName(_("What stays from note to note"))
        row = line(MEDIUM)
        for name, field, share in (
            (_("Date"), self.date, 3), (_("Channel"), self.channel, 3), (_("Where from"), self.source, 4),
            (_("Product"), self.product, 4), (_("Theme"), self.about, 4),
        ):  # fmt: skip
            row.addLayout(self._labelled(name, field), share)
        card.box.addLayout(row)
        self.photo = PhotoField(self.session.theme)
        card.box.addWidget(self.photo)
        return card

    def _labelled(self, name: str, field: QWidget) -> QVBoxLayout:
        made: QLabel = label(self.session.theme, name, NOTE, tone="quiet")
        made.setBuddy(field)
        field.setAccessibleName(name)
        field.setMinimumWidth(self.session.theme.px(124))
        # All as tall as the tallest: a field for a day is a little taller than the others.
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        field.setMaximumHeight(self.session.theme.px(34))
        box = column(None, TIGHT)
        box.addWidget(made)
        box.addWidget(field)
        return box

    def _list_card(self) -> Card:
        theme, today = self.session.theme, self.session.today
        self.card = Card(theme, _("Entered in this batch"))
        columns = (
            Column(_("Date"), lambda row: day_short(row.date, today()), 96, "quiet"),
            Column(_("Note"), lambda row: row.text, stretch=True),
            Column(_("Customer"), lambda row: row.customer or "—", 150),
            Column(_("Rating"), lambda row: stars(row.rating), 96, "star"),
            Column(_("Complaint"), lambda row: _("Complaint") if row.complaint else "", 96, "bad"),
            Column(_("Picture"), lambda row: _("Picture") if row.photo else "", 80, "quiet"),
        )
        self.table = Table(theme, _("Entered in this batch"), columns, lambda row: row.id)
        self.card.box.addWidget(self.table, 1)
        self.empty = EmptyState(theme, _("Nothing yet. Write the first note above."), None, "clipboard-list")
        self.card.box.addWidget(self.empty, 1)
        return self.card

    def _foot(self) -> QHBoxLayout:
        theme = self.session.theme
        row = line(SMALL)
        self.open_button = button(theme, _("Open"), self.open_selected, icon="external-link")
        self.remove_button = button(theme, _("Remove"), self.remove_selected, icon="trash-2")
        row.addWidget(self.open_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        row.addWidget(label(theme, _("Escape leaves; the batch waits for you."), NOTE, tone="faint"))
        self.done_button = button(theme, _("Done"), self.done_with_it)
        row.addWidget(self.done_button)
        return row

    def _connect(self) -> None:
        for field in (self.channel, self.product, self.about):
            field.currentIndexChanged.connect(self._stay)
        self.date.dateChanged.connect(self._stay)
        self.source.textEdited.connect(self._stay)
        self.photo.changed.connect(self._stay)
        self.photo.refused.connect(self.note.say)
        self.note.entered.connect(self.log)
        self.note.typed.connect(lambda _text: self._timer.start())
        self.note.picture_pasted.connect(self.photo.take_image)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _id: self.open_selected())
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_selected)
        for key, step in (
            (QKeySequence.StandardKey.Undo, self.session.undo), (QKeySequence.StandardKey.Redo, self.session.redo),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self).activated.connect(step)
        self.session.changed.connect(self._tables_changed)

    # What changes

    def _stay(self, _changed: object = None) -> None:
        sticky = Sticky(
            self.date.date().toPython(),  # type: ignore[arg-type]
            self.channel.currentData(), self.product.currentData(), self.about.currentData(),
            as_name(self.source.text()),
        )  # fmt: skip
        photo = self.photo.photo
        path = str(photo.content) if photo is not None and isinstance(photo.content, Path) else ""
        self._batch = replace(self._batch, sticky=sticky, photo=path)
        self.note.stay(sticky)
        self._timer.start()

    def _logged(self, entry_id: int) -> None:
        self._batch = replace(self._batch, entries=(*self._batch.entries, entry_id))
        self._bring_back()
        self._save_drafts()

    def _not_logged(self, typed: str, changes: dict[str, Any], error: Exception) -> None:
        self._returned.append((typed, changes))
        self._bring_back()
        self._save_drafts()
        if not isinstance(error, UserError):
            raise error
        self.note.say(str(error))

    def _bring_back(self) -> None:
        """Once the line is free, the next note that could not be saved stands in it again."""
        if self._returned and not self.note.line.text():
            self.note.set_text(*self._returned.pop(0))

    def _save_drafts(self) -> None:
        self._timer.stop()
        waiting = [self.note.line.text(), *(typed for typed, _changes in self._returned)]
        self.session.save_draft(LINE, "\n".join(typed for typed in waiting if typed))
        begun = bool(self._batch.entries or self.note.line.text() or self._batch.photo)
        self.session.save_draft(BATCH, as_draft(self._batch) if begun else "")

    def _selected(self, row: object) -> None:
        chosen = isinstance(row, BatchLine)
        self.open_button.setVisible(chosen)
        self.remove_button.setVisible(chosen and not self.session.file.read_only)

    def _tables_changed(self, tables: frozenset[str]) -> None:
        if tables & {"*", "entries", "customers", "complaints", "attachment_links"}:
            self.refresh()
