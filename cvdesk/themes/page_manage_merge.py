"""Merging two themes: which one stays, what moves, and what it is about where the two differ."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from cvdesk.catalogue.form_find import Finder, Found, among
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, NOTE, SMALL, TIGHT, TITLE, button, column, label, line
from cvdesk.themes import store_manage
from cvdesk.themes.records_manage import ThemeLine
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import whole


class MergeDialog(Dialog):
    """Which theme it goes into; where the two are about different things, which of these counts from now on."""

    def __init__(self, session: Session, parent: QWidget, theme_id: int, into: int | None = None) -> None:
        super().__init__(session.theme.px(480), parent)
        self.session = session
        theme = session.theme
        lines = {one.id: one for one in store_manage.lines(session.file)}
        self._own = lines[theme_id]
        self._others = {one.id: one for one in lines.values() if one.active and one.id != theme_id}
        title = _("Merge “{theme}” with another theme").format(theme=self._own.name)
        self.setWindowTitle(_("Merge themes"))
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True, wrap=True))
        order = sorted(self._others.values(), key=lambda one: (one.id != into, one.name.casefold()))
        found = [Found(one.id, one.name, f"{lever_name(one.lever)}: {one.factor}", one.lever) for one in order]
        self.finder = Finder(theme, _("Goes into"), among(found))
        box.addWidget(self.finder)
        self.effect = label(theme, "", tone="quiet", wrap=True)
        box.addWidget(self.effect)
        self._differ = QWidget()
        rows = column(self._differ, TIGHT)
        warning = _("The two are about different things. What is filed under both counts as evidence for one of them:")
        rows.addWidget(label(theme, warning, wrap=True))
        self.stays, self.moves = QRadioButton(), QRadioButton()
        for made in (self.stays, self.moves):
            rows.addWidget(made)
        self.stays.setChecked(True)
        box.addWidget(self._differ)
        note = _("Lists that still use the name are filed under the other theme. Undo takes all of it back.")
        box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.save = button(theme, _("Merge"), self._save, "main")
        foot.addWidget(self.save)
        box.addLayout(foot)
        self.finder.chosen.connect(lambda _value: self.save.setFocus())
        self.finder.left.connect(self.reject)
        self.finder.list.currentRowChanged.connect(lambda _row: self._show())
        self.finder.field.setFocus()
        self._show()

    def _into(self) -> ThemeLine | None:
        item = self.finder.list.currentItem()
        return None if item is None else self._others[int(item.data(Qt.ItemDataRole.UserRole))]

    def _show(self) -> None:
        into = self._into()
        self.save.setEnabled(into is not None)
        differ = into is not None and into.factor_id != self._own.factor_id
        self._differ.setVisible(differ)
        if into is None:
            self.effect.setText("")
            return
        entries = self._own.entries + self._own.suggested
        parts = [
            ngettext("{count} comment", "{count} comments", entries).format(count=whole(entries)),
            ngettext("{count} complaint", "{count} complaints", self._own.complaints).format(
                count=whole(self._own.complaints)
            ),
        ]
        said = _("{what} and {more} go to “{theme}”, with the words that suggest them.")
        self.effect.setText(said.format(what=parts[0], more=parts[1], theme=into.name))
        for made, one in ((self.stays, into), (self.moves, self._own)):
            about = f"{lever_name(one.lever)}: {one.factor}"
            made.setText(about.replace("&", "&&"))
            made.setAccessibleName(about)

    def _save(self) -> None:
        into = self._into()
        if into is None:
            return
        own = self._own
        factor = own.factor_id if self._differ.isVisibleTo(self) and self.moves.isChecked() else None
        work = partial(store_manage.merge, theme_id=own.id, into_id=into.id, factor_id=factor)
        said = _("“{theme}” is part of “{into}” now").format(theme=own.name, into=into.name)
        self.session.run(_("Merge themes"), work, done=partial(_follow, self.session, own.id, into.id), say=said)
        self.accept()


def _follow(session: Session, theme: int, into: int, _merged: object) -> None:
    """A filter for a theme that is gone means the one it went into."""
    if session.filter.theme == theme:
        session.set_filter(replace(session.filter, theme=into))
