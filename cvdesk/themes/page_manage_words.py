"""The words that suggest a theme: the owner's rules, to add and take away, and those of the word list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from cvdesk.kit.dialog import Dialog
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import CARD_TITLE, LARGE, NOTE, SMALL, TITLE, Flow, button, column, label, line, tooltip
from cvdesk.themes import store_manage, store_rules
from cvdesk.themes.page_file_rule import count_matches
from cvdesk.themes.page_manage import asked_field
from cvdesk.themes.store import themes
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class WordsDialog(Dialog):
    """Each rule as a chip that can be taken away; a field for another one, which says what it would touch."""

    def __init__(self, session: Session, parent: QWidget, theme_id: int) -> None:
        super().__init__(session.theme.px(520), parent)
        self.session, self._id = session, theme_id
        self._job: Job | None = None
        theme = session.theme
        own = store_manage.line_of(session.file, theme_id)
        self._name = own.name
        self.setWindowTitle(_("Words of the theme"))
        box = column(self, SMALL, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Words for “{theme}”").format(theme=own.name), TITLE, strong=True, wrap=True))
        box.addWidget(label(theme, _("Your rules"), CARD_TITLE, strong=True))
        self.none = label(theme, _("None yet. Words you add here always suggest this theme."), tone="quiet", wrap=True)
        box.addWidget(self.none)
        holder = QWidget()
        self._rules = Flow(SMALL)
        holder.setLayout(self._rules)
        box.addWidget(holder)
        self.field = QLineEdit()
        self.field.setMaxLength(60)
        box.addLayout(asked_field(session, _("Always file comments with these words here"), self.field))
        self.touches = label(theme, "", NOTE, tone="quiet", wrap=True)
        box.addWidget(self.touches)
        box.addWidget(label(theme, _("From the word list"), CARD_TITLE, strong=True))
        keywords = next((one.keywords for one in themes(session.file) if one.id == theme_id), ())
        listed = ", ".join(keywords) or _("None: only your rules suggest this theme.")
        box.addWidget(label(theme, listed, tone="quiet", wrap=True))
        foot = line(SMALL)
        foot.addStretch(1)
        foot.addWidget(button(theme, _("Close"), self.accept))
        self.add = button(theme, _("Add"), self._add, "main")
        foot.addWidget(self.add)
        box.addLayout(foot)
        writable = not session.file.read_only
        self.field.setEnabled(writable)
        self.add.setEnabled(False)
        self.field.returnPressed.connect(self._add)
        self.field.textChanged.connect(lambda _text: self._ask())
        session.changed.connect(self._changed)
        self._show(own.rules)
        self.field.setFocus()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"*", "theme_rules"}:
            self._show(store_rules.rules(self.session.file, self._id))

    def _show(self, rules: tuple[str, ...]) -> None:
        self._rules.clear()
        self.none.setVisible(not rules)
        for word in rules:
            made = button(self.session.theme, word, partial(self._remove, word), "chip", "x")
            made.setAccessibleName(_("{words}: take this rule away").format(words=word))
            made.setToolTip(tooltip(_("Take this rule away")))
            made.setEnabled(not self.session.file.read_only)
            self._rules.addWidget(made)

    def _ask(self) -> None:
        """Counts beside the window what the rule would touch."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        words = self.field.text().strip()
        self.add.setEnabled(bool(words) and not self.session.file.read_only)
        self.touches.setText("")
        if words:
            self._job = count_matches(self.session, self._id, words, self._counted, self._refused)

    def _counted(self, count: int) -> None:
        self._job = None
        said = ngettext(
            "{count} comment that waits has these words.", "{count} comments that wait have these words.", count
        )
        self.touches.setText(said.format(count=whole(count)))

    def _refused(self, error: Exception) -> None:
        self.touches.setText(str(error))
        self.add.setEnabled(False)

    def _add(self) -> None:
        words = self.field.text().strip()
        if not words or not self.add.isEnabled():
            return
        work = partial(store_rules.apply_rule, theme_id=self._id, words=words)
        said = _("“{words}” now means {theme}").format(words=words, theme=self._name)
        self.session.run(_("Always file words"), work, say=said)
        self.field.clear()

    def _remove(self, words: str) -> None:
        work = partial(store_rules.remove_rule, theme_id=self._id, words=words)
        said = _("“{words}” no longer means {theme}").format(words=words, theme=self._name)
        self.session.run(_("Take a rule away"), work, say=said)
        self.field.setFocus()
