"""Asks which theme some words always mean, and says beforehand what else that would file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue.form_find import Finder, Found, among
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, NOTE, SMALL, TITLE, button, column, label, line
from cvdesk.themes import store_rules
from cvdesk.themes.records import Theme
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import whole


def ask_rule(
    session: Session, parent: QWidget, words: str, themes: Sequence[Theme], first: int | None = None
) -> RuleDialog:
    """Opens the dialog; `first`: the theme it begins with."""
    dialog = RuleDialog(session, parent, words, themes, first)
    dialog.open()
    return dialog


def count_matches(
    session: Session, theme_id: int, words: str, done: Callable[[int], None], failed: Callable[[Exception], None]
) -> Job:
    """Counts beside the window what a rule would touch; it stops where it is once the job is cancelled."""
    job: Job | None = None

    def stopped() -> bool:
        return job is not None and job.cancelled()

    question = partial(store_rules.rule_matches, theme_id=theme_id, words=words, stopped=stopped)
    job = session.ask(question, done, failed)
    return job


class RuleDialog(Dialog):
    """The words, the theme they mean, and how many other comments that touches."""

    def __init__(
        self, session: Session, parent: QWidget, words: str, themes: Sequence[Theme], first: int | None
    ) -> None:
        super().__init__(session.theme.px(460), parent)
        self.session = session
        self._words = " ".join(words.split())
        self._themes = {one.id: one for one in themes}
        self._chosen: int | None = None
        self._job: Job | None = None
        theme = session.theme
        title = _("Always file words")
        self.setWindowTitle(title)
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        asked = _("Which theme do the words “{words}” always mean?").format(words=self._words)
        box.addWidget(label(theme, asked, wrap=True))
        order = sorted(themes, key=lambda one: (one.id != first, one.name.casefold()))
        found = [Found(one.id, one.name, lever_name(one.lever), one.lever) for one in order]
        self.finder = Finder(theme, _("Theme"), among(found))
        box.addWidget(self.finder)
        self.touches = label(theme, "", NOTE, tone="quiet", wrap=True)
        box.addWidget(self.touches)
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Cancel"), self.reject))
        self.save = button(theme, _("Always file it"), self._save, "main")
        foot.addWidget(self.save)
        box.addLayout(foot)
        self.finder.chosen.connect(lambda _value: self._save())
        self.finder.left.connect(self.reject)
        self.finder.list.currentRowChanged.connect(lambda _row: self._ask())
        self.finder.field.setFocus()
        self._ask()

    def _theme(self) -> int | None:
        item = self.finder.list.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def _ask(self) -> None:
        """Counts beside the window what the rule would touch."""
        if self._job is not None:
            self._job.cancel()
        chosen = self._chosen = self._theme()
        self.save.setEnabled(chosen is not None)
        if chosen is None:
            self.touches.setText("")
            return
        self._job = count_matches(self.session, chosen, self._words, self._counted, self._refused)

    def _counted(self, count: int) -> None:
        self._job = None
        if count == 0:
            self.touches.setText(_("No comment that waits has these words; those to come will."))
            return
        said = ngettext(
            "It suggests the theme for {count} comment that waits, and for those to come.",
            "It suggests the theme for {count} comments that wait, and for those to come.",
            count,
        )
        self.touches.setText(said.format(count=whole(count)))

    def _refused(self, error: Exception) -> None:
        self.touches.setText(str(error))
        self.save.setEnabled(False)

    def _save(self) -> None:
        if self._chosen is None or not self.save.isEnabled():
            return
        name = self._themes[self._chosen].name
        work = partial(store_rules.apply_rule, theme_id=self._chosen, words=self._words)
        said = _("“{words}” now means {theme}").format(words=self._words, theme=name)
        self.session.run(_("Always file words"), work, say=said)
        self.accept()
