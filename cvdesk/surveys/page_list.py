"""The list of surveys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import Card
from cvdesk.surveys.records_forms import form_name
from cvdesk.surveys.store_lists import SurveyRow, survey_rows
from cvdesk.wording import _
from cvdesk.wording.figures import percent_interval
from cvdesk.wording.numbers import day_short, percent, whole

_NAME, _FORM, _SINCE, _ASKED, _BACK, _LAST = range(6)
_ROOMY = {_FORM: 560, _LAST: 640, _SINCE: 480}  # from which width of the table on a column shows (design pixels)
_ROWS = 8  # rows in view; more scroll


class SurveyBoard(Card):
    """The table of surveys; `listed` is what it shows. Says `delete_wanted` when Delete is pressed."""

    delete_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self.listed: list[SurveyRow] = []
        self.setAccessibleName(_("Surveys"))
        self.box.setContentsMargins(10, 8, 10, 10)
        columns = (
            Column(_("Survey"), lambda row: row.name, 180, lambda row: "quiet" if row.ended else "", stretch=True),
            Column(_("Form"), lambda row: form_name(row.form), 90, "quiet"),
            Column(_("Running since"), self._since, 104, "quiet"),
            Column(_("Asked"), lambda row: whole(row.asked) if row.asked else "–", 64, right=True),
            Column(_("Came back"), came_back, 156),
            Column(_("Last answer"), self._last, 94, "quiet"),
        )
        self.table = Table(session.theme, _("Surveys"), columns, lambda row: row.id)
        self.box.addWidget(self.table)
        delete = QShortcut(QKeySequence("Delete"), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete_wanted)
        self.show_list()

    def show_list(self) -> None:
        """Reads the list again."""
        self.listed = survey_rows(self._session.file)
        self.table.rows.show(Listed(self.listed))
        shown = min(max(len(self.listed), 2), _ROWS)
        header = max(self.table.horizontalHeader().sizeHint().height(), self._theme.px(30))
        self.table.setFixedHeight(header + shown * self.table.verticalHeader().defaultSectionSize() + self._theme.px(4))

    def place_of(self, survey_id: int | None) -> int | None:
        """The row of a survey; None for one that is gone."""
        return next((place for place, row in enumerate(self.listed) if row.id == survey_id), None)

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for; `width` is what the board has."""
        room = width - self._theme.px(90)  # the margins of page and card
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide))

    def _since(self, row: SurveyRow) -> str:
        if row.ended is not None:
            return _("ended {day}").format(day=day_short(row.ended, self._session.today()))
        return "–" if row.started is None else day_short(row.started, self._session.today())

    def _last(self, row: SurveyRow) -> str:
        return "–" if row.last is None else day_short(row.last, self._session.today())


def came_back(row: SurveyRow) -> str:
    """How many came back, with their share and its interval where enough were asked."""
    if row.asked and not row.answered and not row.unasked:
        return _("none yet")
    if row.share.value is not None:
        return _("{count}: {share} ({range})").format(
            count=whole(row.answered), share=percent(row.share.value), range=percent_interval(row.share)
        )
    if row.unasked:
        return _("{count} at the counter").format(count=whole(row.unasked))
    return whole(row.answered) if row.asked else "–"


__all__ = ["SurveyBoard", "came_back"]
