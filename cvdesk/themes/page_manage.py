"""Dialogs to manage themes, opened from wherever a theme shows: a new one, another name, merging, splitting, words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, SMALL, TEXT, TIGHT, TITLE, button, column, label, line
from cvdesk.themes import store_manage
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

Added = Callable[[int], None]


def rename(session: Session, parent: QWidget, theme_id: int) -> NameDialog:
    """Asks for another name for a theme."""
    one = store_manage.line_of(session.file, theme_id)
    dialog = NameDialog(session, parent, _("Rename the theme"), _("Rename"), one.name)
    said = _("Theme renamed")

    def work(op: Operation, name: str) -> None:
        store_manage.rename(op, theme_id, name)

    def save() -> None:
        dialog.run(_("Rename a theme"), partial(work, name=dialog.name.text()), said)

    def merge_instead(other: int) -> None:
        merge(session, parent, theme_id, other)

    dialog.pressed.connect(save)
    dialog.merge_wanted.connect(merge_instead)
    dialog.but = theme_id
    dialog.open()
    return dialog


def add(session: Session, parent: QWidget, name: str = "", done: Added | None = None) -> NameDialog:
    """Asks for a new theme's name and what customers value it belongs to. `done` gets its id."""
    dialog = NameDialog(session, parent, _("A new theme"), _("Add the theme"), name, with_factor=True)

    def save() -> None:
        work = partial(store_manage.add, name=dialog.name.text(), factor_id=dialog.factor_id())
        dialog.run(_("Add a theme"), work, _("Theme added"), done)

    dialog.pressed.connect(save)
    dialog.open()
    return dialog


def merge(session: Session, parent: QWidget, theme_id: int, into: int | None = None) -> Dialog:
    """Asks which theme a theme goes into. `into`: the one to begin with."""
    from cvdesk.themes.page_manage_merge import MergeDialog

    dialog = MergeDialog(session, parent, theme_id, into)
    dialog.open()
    return dialog


def split(session: Session, parent: QWidget, theme_id: int) -> Dialog:
    """Asks what of a theme becomes a theme of its own."""
    from cvdesk.themes.page_manage_split import SplitDialog

    dialog = SplitDialog(session, parent, theme_id)
    dialog.open()
    return dialog


def words(session: Session, parent: QWidget, theme_id: int) -> Dialog:
    """Shows the words that suggest a theme; rules of the owner's can be added and taken away."""
    from cvdesk.themes.page_manage_words import WordsDialog

    dialog = WordsDialog(session, parent, theme_id)
    dialog.open()
    return dialog


def manage(session: Session, parent: QWidget) -> Dialog:
    """Shows all themes, also those out of use."""
    from cvdesk.themes.page_manage_all import AllThemes

    dialog = AllThemes(session, parent)
    dialog.open()
    return dialog


def factor_choice(session: Session, chosen: int | None = None) -> QComboBox:
    """The things customers value to choose from, by the part of value they belong to; each carries its id."""
    made = QComboBox()
    for factor, name, lever in store_manage.factors(session.file):
        made.addItem(f"{lever_name(lever)}: {name}", factor)
    place = made.findData(chosen)
    made.setCurrentIndex(max(place, 0))
    return made


class NameDialog(Dialog):
    """A name, and for a new theme what customers value it belongs to. `pressed`: the person wants it saved."""

    pressed = Signal()
    merge_wanted = Signal(object)

    def __init__(
        self, session: Session, parent: QWidget, title: str, save: str, name: str, with_factor: bool = False
    ) -> None:
        super().__init__(session.theme.px(420), parent)
        self.session = session
        self.but: int | None = None
        theme = session.theme
        self.setWindowTitle(title)
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        self.name = QLineEdit(name)
        self.name.setMaxLength(120)
        box.addLayout(asked_field(session, _("Its name"), self.name))
        self.factor: QComboBox | None = None
        if with_factor:
            self.factor = factor_choice(session)
            box.addLayout(asked_field(session, _("What customers value it belongs to"), self.factor))
        self.more = column(None, TIGHT)  # what else a dialog asks
        box.addLayout(self.more)
        self.problem = label(theme, "", TEXT, tone="bad", wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        foot = line(SMALL)
        self.merge = button(theme, _("Merge the two…"), self._merge)
        self.merge.hide()
        foot.addWidget(self.merge)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.save = button(theme, save, self.pressed.emit, "main")
        foot.addWidget(self.save)
        box.addLayout(foot)
        self.name.returnPressed.connect(self.pressed)
        self.name.textChanged.connect(self._changed)
        self.name.selectAll()
        self.name.setFocus()

    def factor_id(self) -> int:
        """What was chosen that customers value."""
        return int(self.factor.currentData()) if self.factor is not None else 0

    def run(self, text: str, work: Callable[[Operation], Any], say: str, done: Added | None = None) -> None:
        """Saves; what is wrong with the name is said here, and what was typed stays."""
        self.save.setEnabled(False)

        def saved(result: Any) -> None:
            if done is not None:
                done(result)
            self.accept()

        self.session.run(text, work, done=saved, failed=self._failed, say=say)

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, UserError):
            crash.report(error)
            return
        self.problem.setText(str(error))
        self.problem.show()
        taken = store_manage.same_name(self.session.file, self.name.text(), self.but)
        self.merge.setVisible(taken is not None and self.but is not None)
        self.name.setFocus()

    def _changed(self) -> None:
        self.problem.hide()
        self.merge.hide()

    def _merge(self) -> None:
        other = store_manage.same_name(self.session.file, self.name.text(), self.but)
        self.accept()
        if other is not None:
            self.merge_wanted.emit(other)


def asked_field(session: Session, text: str, field: QWidget) -> Any:
    """A field with its label above it."""
    rows = column(None, TIGHT)
    asked: QLabel = label(session.theme, text, tone="quiet")
    asked.setBuddy(field)
    field.setAccessibleName(text)
    rows.addWidget(asked)
    rows.addWidget(field)
    return rows
