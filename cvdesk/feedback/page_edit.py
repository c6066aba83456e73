"""The form of one entry in a dialog."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.form_find import FindDialog, Found
from cvdesk.customers import store as customers
from cvdesk.feedback import store
from cvdesk.feedback.form import EntryForm
from cvdesk.feedback.records import problems
from cvdesk.feedback.store_views import people
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import LARGE, SMALL, TITLE, button, column, label, line, scrolled
from cvdesk.wording import _

_WIDTH, _TALLEST = 560, 640


class EditDialog(Dialog):
    """Everything about an entry, to be put right. The form goes only when it is on disk."""

    def __init__(self, session: Session, entry_id: int, parent: QWidget) -> None:
        super().__init__(session.theme.px(_WIDTH), parent)
        self.session = session
        theme, file = session.theme, session.file
        self.setWindowTitle(_("Edit feedback"))
        box = column(self, LARGE, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Edit feedback"), TITLE, strong=True))
        themes, channels, offerings = (catalogue.named(file, table) for table in ("themes", "channels", "offerings"))
        entry = store.get(file, entry_id)
        self.form = EntryForm(theme, themes, channels, offerings, catalogue.staff(file))
        self.form.load(entry, "" if entry.customer_id is None else customers.get(file, entry.customer_id).name)
        area = scrolled(self.form)
        area.setFixedHeight(min(self.form.sizeHint().height() + SMALL, theme.px(_TALLEST), parent.height() - 140))
        box.addWidget(area)
        row = line(SMALL)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.reject))
        self.save_button = button(theme, _("Save"), self.save, "main")
        row.addWidget(self.save_button)
        box.addLayout(row)
        self.form.submitted.connect(self.save)
        self.form.left.connect(self.reject)
        self.form.customer_asked.connect(self._ask_customer)

    def _ask_customer(self) -> None:
        def look(text: str) -> list[Found]:
            nobody = [] if text.strip() else [Found((None, ""), _("Anonymous"))]
            return [*nobody, *(Found((key, name), name) for key, name in people(self.session.file, text))]

        dialog = FindDialog(self.session.theme, self, _("Whose feedback is it?"), _("Find a customer"), look)
        dialog.chosen.connect(lambda found: self.form.set_customer(*found))
        dialog.open()

    def save(self) -> None:
        """Saves, or says beside the fields what is wrong."""
        entry = self.form.record()
        wrong = problems(entry, self.session.today())
        self.form.show_problems(wrong)
        self.fit()
        if not wrong and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            work = partial(store.save, entry=entry)
            self.session.run(_("Edit feedback"), work, self._saved, self._not_saved, _("Saved"))

    def _saved(self, _result: object) -> None:
        self.accept()

    def _not_saved(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        crash.report(error)
