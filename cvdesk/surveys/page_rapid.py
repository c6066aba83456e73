"""Paper forms typed with number keys only: the code, one key an answer, one key to save, and the next sheet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QStackedWidget, QWidget

from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.dialog import take_room
from cvdesk.kit.form import date_field, text_field
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, TITLE, Card, Elided, button, clear, column, label, line
from cvdesk.surveys import store, store_rapid
from cvdesk.surveys.page_rapid_sheet import RapidSheet
from cvdesk.surveys.records_rapid import Pile, as_text, from_text
from cvdesk.surveys.store_rapid import Opened
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day as day_name
from cvdesk.wording.numbers import whole

SAVE_AFTER = 400  # ms without a key until the sheet in hand is kept
CODE, CAME, SHEET = range(3)  # what the dialog asks for


class RapidEntry(QDialog):
    """Types one paper sheet after the other. Escape leaves; the sheet in hand is there again next time."""

    def __init__(self, session: Session, survey_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session, self._survey_id = session, survey_id
        self._draft = store_rapid.draft_key(survey_id)
        kept = session.draft(self._draft)
        self.pile = from_text(kept) if kept else Pile(session.today())
        self.opened: Opened | None = None
        self.sheet: RapidSheet | None = None
        self._last: tuple[Opened, int] | None = None
        self._saving = False
        self.setWindowTitle(_("Answers on paper"))
        take_room(self, session.theme.px(820), session.theme.px(700))
        self._build()
        self._timer = QTimer(self, interval=SAVE_AFTER, singleShot=True)
        self._timer.timeout.connect(self._keep)
        session.changed.connect(self._show_count)
        self._resume()

    # Building

    def _build(self) -> None:
        theme = self.session.theme
        box = column(self, MEDIUM, (LARGE, LARGE, LARGE, LARGE))
        # As large as it was made: without this Qt asks for the height of the texts at their narrowest.
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(theme.px(560), theme.px(420))
        head = line(MEDIUM)
        head.addWidget(label(theme, _("Answers on paper"), TITLE, strong=True))
        self.name = Elided(theme, store.get(self.session.file, self._survey_id).name, TEXT, "quiet")
        head.addWidget(self.name, 1)
        asked = label(theme, _("Answered on"), TEXT)
        today = self.session.today()
        self.day = date_field(QDate(self.pile.day.year, self.pile.day.month, self.pile.day.day))
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(_("Day on which the sheets of this pile were answered"))
        self.day.dateChanged.connect(self._set_day)
        asked.setBuddy(self.day)
        head.addWidget(asked)
        head.addWidget(self.day)
        box.addLayout(head)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._code_page())
        self._stack.addWidget(self._came_page())
        self._stack.addWidget(self._sheet_page())
        box.addWidget(self._stack, 1)
        self.problem = label(theme, "", TEXT, tone="bad", wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        box.addLayout(self._foot())

    def _code_page(self) -> QWidget:
        theme, card = self.session.theme, Card(self.session.theme)
        card.setAccessibleName(_("Which sheet"))
        card.box.addStretch(1)
        asked = label(theme, _("Code of the next sheet"), CARD_TITLE, strong=True)
        card.box.addWidget(asked)
        self.code = text_field("", _("Type or scan it"))
        self.code.setProperty("kind", "large")
        self.code.setAccessibleName(_("Code of the next sheet"))
        self.code.returnPressed.connect(self.open_code)
        asked.setBuddy(self.code)
        card.box.addWidget(self.code)
        about = _(
            "It stands at the top of each sheet. Then one key an answer: 1 to 5 as crossed, D or 0 where it does not "
            "apply, Enter for a blank, minus to go back; 10 is 1 and then 0."
        )
        card.box.addWidget(label(theme, about, TEXT, tone="quiet", wrap=True))
        row = line(SMALL)
        self.no_code = button(theme, _("Sheet without a code"), self.open_without_code)
        row.addWidget(self.no_code)
        row.addStretch(1)
        card.box.addLayout(row)
        card.box.addStretch(2)
        return card

    def _came_page(self) -> QWidget:
        theme, card = self.session.theme, Card(self.session.theme)
        card.setAccessibleName(_("This sheet came back before"))
        card.box.addStretch(1)
        self.came = label(theme, "", CARD_TITLE, strong=True, wrap=True)
        card.box.addWidget(self.came)
        row = line(SMALL)
        self.keep_button = button(theme, _("1  Keep what is there"), self._ask_code, "main")
        self.replace_button = button(theme, _("2  Type it anew, in place of it"), self._replace)
        for key, made in (("1", self.keep_button), ("2", self.replace_button)):
            shortcut = QShortcut(QKeySequence(key), card)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(made.click)
            row.addWidget(made)
        row.addStretch(1)
        card.box.addLayout(row)
        card.box.addStretch(2)
        return card

    def _sheet_page(self) -> QWidget:
        theme, card = self.session.theme, Card(self.session.theme)
        card.setAccessibleName(_("The sheet"))
        head = line(MEDIUM)
        self.heading = label(theme, "", CARD_TITLE, strong=True)
        head.addWidget(self.heading)
        head.addStretch(1)
        card.box.addLayout(head)
        self._room = column(None, 0)
        card.box.addLayout(self._room, 1)
        row = line(SMALL)
        row.addWidget(button(theme, _("Leave this sheet out"), self._ask_code, "plain"))
        keys = _("1 to 5, D or 0 does not apply, Enter is a blank, minus goes back")
        self.keys = label(theme, keys, NOTE, tone="faint", wrap=True)
        row.addWidget(self.keys, 1)
        self.save_button: QPushButton = button(theme, _("Save, next sheet"), self.save, "main")
        row.addWidget(self.save_button)
        card.box.addLayout(row)
        for key in ("Up", "Backspace", "-"):
            back = QShortcut(QKeySequence(key), self.save_button)
            back.setContext(Qt.ShortcutContext.WidgetShortcut)
            back.activated.connect(self._back_into_sheet)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            at_once = QShortcut(QKeySequence(key), card)
            at_once.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            at_once.activated.connect(self.save)
        return card

    def _foot(self) -> QHBoxLayout:
        theme, row = self.session.theme, line(SMALL)
        self.count = Elided(theme, "", NOTE, "faint")
        row.addWidget(self.count, 1)
        self.undo_button = button(theme, _("Undo"), self.undo, "plain", name=_("Take the last sheet back"))
        row.addWidget(self.undo_button)
        row.addWidget(button(theme, _("Close"), self.close))
        return row

    # What the person does

    def open_code(self) -> None:
        """Takes up the sheet whose code was typed or scanned."""
        typed = self.code.text()
        if not typed.strip():
            return
        try:
            opened = store_rapid.by_code(self.session.file, typed)
        except UserError as error:
            self._say(str(error))
            self.code.selectAll()
            return
        if opened.came is not None:
            self.opened = opened
            self.came.setText(_("Sheet {code} came back on {day} already.").format(
                code=opened.entry.code, day=day_name(opened.came)
            ))  # fmt: skip
            self._show(CAME)
            self.keep_button.setFocus()
            self._announce(self.came.text())
        else:
            self._begin(opened)

    def open_without_code(self) -> None:
        """Takes up a copy that leads to no sheet."""
        self._begin(store_rapid.without_code(self.session.file, self._survey_id))

    def save(self) -> None:
        """The answers become a finished score sheet; then the next sheet's code is asked for."""
        if self.opened is None or self.sheet is None or self._saving:
            return
        self._saving = True
        self._timer.stop()
        opened = replace(self.opened, entry=replace(self.opened.entry, given=self.sheet.given()))
        self.session.forget_draft(self._draft)
        self.session.run(
            _("Answers on paper"),
            partial(
                store_rapid.take_in, entry=opened.entry, asked=opened.items, day=self.pile.day, draft=self._draft
            ),
            partial(self._saved, opened),
            self._not_saved,
        )  # fmt: skip

    def undo(self) -> None:
        """Takes the last sheet back and shows it again as it was typed."""
        if self._can_undo():
            who = self.session.who
            self.session.work(lambda file: file.undo(who), self._undone)

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep()
        super().hideEvent(event)

    def _replace(self) -> None:
        if self.opened is not None:
            self._begin(replace(self.opened, entry=replace(self.opened.entry, replace=True)))

    def _set_day(self, day: QDate) -> None:
        self.pile = replace(self.pile, day=day.toPython())  # type: ignore[arg-type]
        self._keep()

    # What comes of it

    def _resume(self) -> None:
        entry = self.pile.entry
        opened = store_rapid.again(self.session.file, entry) if entry is not None else None
        if opened is None:
            self._ask_code()
        else:
            self._begin(opened)

    def _begin(self, opened: Opened) -> None:
        self.opened = opened
        entry = opened.entry
        clear(self._room)
        self.sheet = RapidSheet(self.session.theme, opened.items, entry.given)
        self.sheet.changed.connect(self._timer.start)
        self.sheet.finished.connect(self.save_button.setFocus)
        self._room.addWidget(self.sheet)
        self.name.set_whole(opened.survey)
        self.heading.setText(
            _("Sheet {code}").format(code=entry.code) if entry.code else _("Sheet without a code")
        )  # fmt: skip
        self._show(SHEET)
        self.sheet.focus_first()
        self._keep()

    def _ask_code(self) -> None:
        self.opened = self.sheet = None
        clear(self._room)
        self.code.clear()
        self._show(CODE)
        self.code.setFocus()
        self._keep()

    def _saved(self, opened: Opened, operation: int) -> None:
        self._saving = False
        self._last = (opened, operation)
        self.pile = replace(self.pile, done=self.pile.done + 1)
        self._ask_code()
        self._announce(self.count.accessibleName())

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self._keep()
        if isinstance(error, UserError):
            self._say(str(error))
        else:
            crash.report(error)

    def _undone(self, _outcome: object) -> None:
        if self._last is not None:
            opened, _operation = self._last
            self._last = None
            self.pile = replace(self.pile, done=max(0, self.pile.done - 1))
            self._begin(opened)

    def _back_into_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.focus_last()

    def _keep(self) -> None:
        """The day, the count and the sheet in hand, so that a crash costs nothing; nothing where nothing is in hand."""
        self._timer.stop()
        entry = None
        if self.opened is not None and self.sheet is not None:
            entry = replace(self.opened.entry, given=self.sheet.given())
        self.pile = replace(self.pile, entry=entry)
        idle = entry is None and not self.isVisible()
        if not self._saving:
            self.session.save_draft(self._draft, "" if idle else as_text(self.pile))

    # What is shown

    def _show(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self._say("")
        self._show_count()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            self._announce(text)

    def _show_count(self, _tables: object = None) -> None:
        done = self.pile.done
        text = ngettext("{count} sheet this sitting", "{count} sheets this sitting", done).format(count=whole(done))
        if self._last is not None:
            opened = self._last[0]
            given = sum(one.state == "answered" for one in opened.entry.given.values())
            asked = len(opened.items)
            which = opened.entry.code or _("without a code")
            text = _("{sheets}; the last one: {code}, {given} of {asked} answered").format(
                sheets=text, code=which, given=whole(given), asked=whole(asked)
            )
        self.count.set_whole(text if done else "")
        self.undo_button.setVisible(self._can_undo())

    def _can_undo(self) -> bool:
        """Undo takes back the last step of all: only while that is the last sheet, and none is in hand."""
        at_code = self._stack.currentIndex() == CODE
        return at_code and self._last is not None and self.session.file.newest_operation() == self._last[1]

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
