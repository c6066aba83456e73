"""All themes in one list, also those out of use: from here each can be renamed, merged, split or retired."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import LARGE, SMALL, TITLE, Flow, button, column, label, line
from cvdesk.themes import page_manage, store_manage
from cvdesk.themes.records_manage import ThemeLine
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import whole


class AllThemes(Dialog):
    """The list, and buttons for the selected theme."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session.theme.px(820), parent)
        self.session = session
        theme = session.theme
        self.setWindowTitle(_("All themes"))
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("All themes"), TITLE, strong=True))
        self.table = Table(
            theme, _("All themes"),
            [Column(_("Theme"), lambda one: one.name, stretch=True, tone=_tone),
             Column(_("What customers value"), lambda one: f"{lever_name(one.lever)}: {one.factor}", 270, "quiet"),
             Column(_("Filed"), lambda one: whole(one.entries), 66, right=True),
             Column(_("Suggested"), lambda one: whole(one.suggested), 86, "quiet", right=True),
             Column(_("In use"), _state, 140, "quiet")],
            lambda one: one.id,
        )  # fmt: skip
        self.table.setMinimumHeight(theme.px(360))
        box.addWidget(self.table, 1)
        holder = QWidget()
        row = Flow(SMALL)
        holder.setLayout(row)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, do in (
            ("add", _("New theme…"), self._add), ("rename", _("Rename…"), partial(self._open, page_manage.rename)),
            ("words", _("Words…"), partial(self._open, page_manage.words)),
            ("merge", _("Merge…"), partial(self._open, page_manage.merge)),
            ("split", _("Split…"), partial(self._open, page_manage.split)),
            ("retire", _("Take out of use"), self._retire), ("back", _("Put back"), self._put_back),
        ):  # fmt: skip
            self.buttons[key] = button(theme, text, do)
            row.addWidget(self.buttons[key])
        box.addWidget(holder)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Close"), self.accept))
        box.addLayout(foot)
        self._one: ThemeLine | None = None
        self.table.selected.connect(self._select)
        self.table.opened.connect(lambda _id: self.buttons["rename"].click())
        session.changed.connect(self._changed)
        self._show(store_manage.lines(session.file))
        self.table.select_row(0)
        self.table.setFocus()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"*", "themes", "entry_themes", "complaint_themes", "factors"}:
            self.session.ask(store_manage.lines, self._show)

    def _show(self, lines: list[ThemeLine]) -> None:
        self.table.show_source(Listed(lines))
        self._select(self.table.rows.row(self.table.currentIndex().row()))

    def _select(self, one: ThemeLine | None) -> None:
        self._one = one
        writable = not self.session.file.read_only
        self.buttons["add"].setEnabled(writable)
        active = one is not None and one.active
        for key in ("rename", "words", "merge", "split"):
            self.buttons[key].setEnabled(active and writable)
        self.buttons["retire"].setVisible(one is None or active)
        self.buttons["retire"].setEnabled(active and writable)
        self.buttons["back"].setVisible(one is not None and not active)
        self.buttons["back"].setEnabled(writable)

    def _add(self) -> None:
        page_manage.add(self.session, self)

    def _open(self, what: object) -> None:
        if self._one is not None and callable(what):
            what(self.session, self, self._one.id)

    def _retire(self) -> None:
        if self._one is not None:
            work = partial(store_manage.retire, theme_id=self._one.id)
            said = _("“{theme}” is out of use; what is filed under it stays").format(theme=self._one.name)
            self.session.run(_("Take a theme out of use"), work, say=said)

    def _put_back(self) -> None:
        if self._one is not None:
            work = partial(store_manage.put_back, theme_id=self._one.id)
            said = _("“{theme}” is in use again").format(theme=self._one.name)
            self.session.run(_("Put a theme back"), work, say=said)


def _tone(one: ThemeLine) -> str:
    return "" if one.active else "faint"


def _state(one: ThemeLine) -> str:
    if one.active:
        return _("yes")
    return _("part of {theme}").format(theme=one.into) if one.into else _("no")
