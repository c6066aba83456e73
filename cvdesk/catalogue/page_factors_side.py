"""What two views of the set-up share: a table with a panel beside it that shows a question or a form for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.form_factors import WordingForm
from cvdesk.catalogue.records_factors import ANCHORS, Wording, as_read
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent, SidePanel
from cvdesk.kit.table import Table
from cvdesk.kit.theme import MEDIUM
from cvdesk.kit.widgets import NOTE, Card, label, line
from cvdesk.wording import _

_PANEL, _SLIM_PANEL = 340, 300
_SLIM = 840  # width in design pixels below which the panel is slim


class SideView(QWidget):
    """A list and its panel. While a form is open the list waits."""

    def __init__(self, session: Session, name: str, table: Table, roomy: Mapping[int, int]) -> None:
        """`roomy`: from which width of this view on (design pixels) a column shows; what it says stands beside it."""
        super().__init__()
        self._roomy = roomy
        self.session, self.theme, self.table = session, session.theme, table
        self.business = catalogue.business(session.file).name
        self.side = SidePanel(session.theme, name)
        self.side.setFixedWidth(session.theme.px(_PANEL))
        self.card = Card(session.theme)
        self.card.box.addWidget(table, 1)
        self.foot = line(MEDIUM)
        self.card.box.addLayout(self.foot)
        row = line(MEDIUM)
        row.addWidget(self.card, 1)
        row.addWidget(self.side)
        self.setLayout(row)
        table.selected.connect(lambda _record: self.show_selected())
        self.side.left.connect(self._left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px, width = self.theme.px, self.width()
        self.side.setFixedWidth(px(_SLIM_PANEL if width < px(_SLIM) else _PANEL))
        for place, wide in self._roomy.items():
            self.table.setColumnHidden(place, width < px(wide))

    def refresh(self) -> None:
        """Shows everything anew."""
        raise LookupError(type(self).__name__)

    def show_selected(self) -> None:
        """Shows the selected record in the panel."""
        raise LookupError(type(self).__name__)

    def may_leave(self) -> bool:
        """Whether what is half typed may go; the list is back then."""
        if not self.side.may_leave():
            return False
        if self.side.form is not None:
            self._end_form()
        return True

    def focus_first(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.select_row(0)

    def open_form(self, heading: str, form: WordingForm, save: str, on_save: Callable[[], None]) -> None:
        """Puts a form into the panel; the list and what stands below it wait."""
        self.card.setEnabled(False)
        self.side.show_form(heading, form, save, on_save)

    def write(self, form: WordingForm, step: str, work: Callable[[Operation], object], say: str) -> None:
        """Saves what a form says; a refusal is said and the form stays."""
        self.side.set_busy(True)
        self.session.run(step, work, self._saved, lambda error: self._refused(form, error), say)

    def _saved(self, made: object) -> None:
        self._end_form()
        self.refresh()
        if isinstance(made, int):
            self.select(made)

    def select(self, record_id: int) -> None:
        """Selects a record of the list."""
        for number in range(self.table.rows.rowCount()):
            if self.table.rows.id_at(number) == record_id:
                self.table.select_row(number)

    def _refused(self, form: WordingForm, error: Exception) -> None:
        if isinstance(error, UserError) and self.side.form is form:
            self.side.set_busy(False)
            form.show_problems({"customer": str(error)})
        else:
            self.side.save_failed(form, error)

    def _left(self) -> None:
        if self.side.may_leave():
            self._end_form()

    def _end_form(self) -> None:
        self.card.setEnabled(True)
        self.side.form = None
        self.show_selected()
        self.table.setFocus()

    def add_question(self, content: SideContent, wording: Wording, kind: str) -> None:
        """Shows how a question is asked: of customers, with the words beside the answers, and of the owner."""
        content.add_heading(_("The question to customers"))
        content.add(label(self.theme, as_read(wording.customer, self.business), wrap=True))
        for place in ANCHORS[kind]:
            if wording.anchors.get(place):
                words = _("{number} means: {words}").format(number=place, words=wording.anchors[place])
                content.add(label(self.theme, words, NOTE, tone="quiet", wrap=True))
        if wording.owner:
            content.add_heading(_("The question to you"))
            content.add(label(self.theme, as_read(wording.owner, self.business), NOTE, tone="quiet", wrap=True))
