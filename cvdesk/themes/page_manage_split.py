"""Splitting a theme: by words or by ticking, with what goes and what stays in view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, NOTE, SMALL, TEXT, TITLE, button, column, label, line
from cvdesk.themes import store_manage, store_split
from cvdesk.themes.page_manage import asked_field, factor_choice
from cvdesk.themes.records_manage import Said
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_SHOWN = 500  # more nobody ticks by hand; words find among all of them


class SplitDialog(Dialog):
    """Words choose what contains them; each comment can be ticked or not besides."""

    def __init__(self, session: Session, parent: QWidget, theme_id: int) -> None:
        super().__init__(session.theme.px(560), parent)
        self.session = session
        self._own = store_manage.line_of(session.file, theme_id)
        self._said: list[Said] = []
        self._found: set[tuple[int, bool]] = set()  # what contains the words
        self._by_hand: dict[tuple[int, bool], bool] = {}
        theme = session.theme
        self.setWindowTitle(_("Split the theme"))
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Split “{theme}”").format(theme=self._own.name), TITLE, strong=True, wrap=True))
        self.name, self.words = QLineEdit(), QLineEdit()
        self.name.setMaxLength(120)
        box.addLayout(asked_field(session, _("Name of the new theme"), self.name))
        self.factor = factor_choice(session, self._own.factor_id)
        box.addLayout(asked_field(session, _("What customers value it belongs to"), self.factor))
        box.addLayout(asked_field(session, _("What contains these words goes there"), self.words))
        self.list = QListWidget()
        self.list.setAccessibleName(_("What is filed under the theme; ticked: goes to the new one"))
        self.list.setMinimumHeight(theme.px(190))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box.addWidget(self.list, 1)
        self.effect = label(theme, _("Reading…"), NOTE, tone="quiet", wrap=True)
        box.addWidget(self.effect)
        self.problem = label(theme, "", TEXT, tone="bad", wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.save = button(theme, _("Split"), self._save, "main")
        foot.addWidget(self.save)
        box.addLayout(foot)
        self.words.textChanged.connect(lambda _text: self._find())
        self.list.itemChanged.connect(self._ticked)
        self.name.setFocus()
        session.ask(partial(store_split.said_of, theme_id=theme_id), self._show)

    def _show(self, said: list[Said]) -> None:
        self._said = said
        self._find()

    def _find(self) -> None:
        """Lists what contains the words on top, ticked, the rest below it."""
        found = store_split.containing(self._said, self.words.text())
        self._found = {(one.id, one.complaint) for one in found}
        self._by_hand.clear()
        order = sorted(self._said, key=lambda one: (one.id, one.complaint) not in self._found)
        self.list.blockSignals(True)
        self.list.clear()
        for one in order[:_SHOWN]:
            text = " ".join(one.text.split())
            item = QListWidgetItem(_("Complaint: {words}").format(words=text) if one.complaint else text)
            item.setData(Qt.ItemDataRole.UserRole, (one.id, one.complaint))
            ticked = (one.id, one.complaint) in self._found
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._count()

    def _ticked(self, item: QListWidgetItem) -> None:
        one, complaint = item.data(Qt.ItemDataRole.UserRole)
        self._by_hand[(int(one), bool(complaint))] = item.checkState() == Qt.CheckState.Checked
        self._count()

    def _chosen(self) -> list[Said]:
        return [
            one for one in self._said
            if self._by_hand.get((one.id, one.complaint), (one.id, one.complaint) in self._found)
        ]  # fmt: skip

    def _count(self) -> None:
        goes = len(self._chosen())
        stays = len(self._said) - goes
        said = ngettext("{count} goes to the new theme", "{count} go to the new theme", goes).format(count=whole(goes))
        rest = ngettext("{count} stays", "{count} stay", stays).format(count=whole(stays))
        self.effect.setText(f"{said}, {rest}.")
        self.save.setEnabled(goes > 0)

    def _save(self) -> None:
        self.save.setEnabled(False)
        work = partial(
            store_split.split, theme_id=self._own.id, name=self.name.text(), factor_id=int(self.factor.currentData()),
            chosen=self._chosen(), words=self.words.text().strip(),
        )  # fmt: skip
        self.session.run(
            _("Split a theme"), work, done=lambda _new: self.accept(), failed=self._failed, say=_("Theme split")
        )

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, UserError):
            crash.report(error)
            return
        self.problem.setText(str(error))
        self.problem.show()
        self.name.setFocus()
