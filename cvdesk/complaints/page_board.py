"""The board: a column for each stage, the same cases as the list; moving a card takes the step."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QScrollArea, QWidget

from cvdesk.complaints import store
from cvdesk.complaints.page_board_cards import StageColumn
from cvdesk.complaints.records import STAGES, Complaint, may_follow, stage_name
from cvdesk.complaints.records_words import next_step, step_button
from cvdesk.complaints.store_list import ComplaintList, ComplaintQuery, ComplaintRow, WordIndex
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, column, label, line
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

# A column with cards is never narrower; one without leaves its room to the others, down to its heading.
_NARROWEST = 140


class Board(QScrollArea):
    """Says `opened` with a complaint's id, `picked` as cards are walked over, `step_wanted` when one is to be moved."""

    opened = Signal(object)
    picked = Signal(object)
    step_wanted = Signal(object, str)
    delete_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._theme = session, session.theme
        self._columns: list[StageColumn] = []
        self._counts: list[QLabel] = []
        self._places: list[QWidget] = []
        self._sources: dict[str, ComplaintList] = {}
        self._at: tuple[int, int] = (0, 0)  # column and row the keyboard was on
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Board of complaints by step"))
        content = QWidget()
        content.setObjectName("scrolled")
        box = line(SMALL)
        content.setLayout(box)
        for stage in STAGES:
            box.addWidget(self._stage(stage), 1)
        self.setWidget(content)

    def columns(self) -> list[StageColumn]:
        """The columns, in the order of the stages."""
        return self._columns

    def show_cases(self, query: ComplaintQuery, words: WordIndex) -> None:
        """Reads all columns again. A stage that the query asks for leaves the other columns empty."""
        file, today = self._session.file, self._session.today()
        for shown, count in zip(self._columns, self._counts, strict=True):
            place = shown.currentIndex().row()
            source = ComplaintList(file, replace(query, stage=shown.stage), today, words)
            elsewhere = query.stage not in (None, shown.stage)
            self._sources[shown.stage] = source
            shown.cards.show(_Nothing() if elsewhere else source)
            count.setText(whole(shown.cards.rowCount()))
            if place >= 0:
                shown.pick(place, select=False)
        for shown, around in zip(self._columns, self._places, strict=True):
            around.setMinimumWidth(self._theme.px(_NARROWEST) if shown.cards.rowCount() else 0)

    def focus(self) -> None:
        """Gives the keyboard to the card it was on, or to the first there is."""
        place, row = self._at
        if not self._columns[place].cards.rowCount():
            place = next((number for number, one in enumerate(self._columns) if one.cards.rowCount()), 0)
        self._columns[place].setFocus()
        self._columns[place].pick(row)

    def pick(self, complaint_id: int) -> bool:
        """Puts the keyboard on the card of a complaint; False where the board does not show it."""
        try:
            stage = store.get(self._session.file, complaint_id).stage
        except LookupError:
            return False
        place = STAGES.index(stage)
        source = self._sources.get(stage)
        try:
            number = source.row_of(complaint_id) if source is not None else -1
        except LookupError:
            return False
        self._at = (place, number)
        self._columns[place].pick(number)
        self._select_only(self._columns[place])
        return True

    def ask_where(self, row: ComplaintRow, at: QPoint) -> None:
        """Offers the steps this case may take."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        complaint = self._complaint(row.id)
        if complaint is None:
            return
        menu.addAction(_("Open #{number}").format(number=row.number)).triggered.connect(
            lambda: self.opened.emit(row.id)
        )
        menu.addSeparator()
        for step in may_follow(complaint):
            action = menu.addAction(step_button(step))
            action.setEnabled(not self._session.file.read_only)
            action.triggered.connect(lambda _checked=False, step=step: self.step_wanted.emit(row.id, step))
        self.menu = menu
        menu.popup(at)

    def move_to(self, complaint_id: int, stage: str) -> None:
        """Takes the step that leads a case into a column; says so where there is none."""
        complaint = self._complaint(complaint_id)
        if complaint is None or complaint.stage == stage or self._session.file.read_only:
            return
        steps = may_follow(complaint)
        back = STAGES.index(stage) < STAGES.index(complaint.stage)
        if stage in steps and not back:
            self.step_wanted.emit(complaint_id, stage)
        elif back and "reopened" in steps and stage in ("acknowledged", "assessed"):
            self.step_wanted.emit(complaint_id, "reopened")
        else:
            self._session.say(
                _("#{number} cannot go from “{before}” to “{stage}”. What can come next: {steps}.").format(
                    number=complaint.number,
                    before=stage_name(complaint.stage),
                    stage=stage_name(stage),
                    steps=", ".join(stage_name(step) for step in steps),
                )
            )

    def _stage(self, stage: str) -> QWidget:
        theme = self._theme
        place = QWidget()
        box = column(place, TIGHT)
        head = line(TIGHT)
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(label(theme, stage_name(stage), TEXT, strong=True), 1)
        count = label(theme, "", NOTE, tone="faint")
        head.addWidget(count)
        box.addLayout(head)
        shown = StageColumn(theme, stage, self._session.today)
        shown.opened.connect(self.opened)
        shown.picked.connect(lambda row: self._picked(shown, row))
        shown.walked.connect(lambda way: self._walk(shown, way))
        shown.menu_wanted.connect(self.ask_where)
        shown.moved_on.connect(self._next)
        shown.delete_wanted.connect(self.delete_wanted)
        shown.dropped.connect(lambda complaint: self.move_to(complaint, stage))
        box.addWidget(shown, 1)
        self._columns.append(shown)
        self._counts.append(count)
        self._places.append(place)
        return place

    def _picked(self, shown: StageColumn, row: ComplaintRow | None) -> None:
        if row is not None and shown.hasFocus():
            self._at = (self._columns.index(shown), shown.currentIndex().row())
            self._select_only(shown)
            self.ensureWidgetVisible(shown, 0, 0)
            self.picked.emit(row.id)

    def _select_only(self, shown: StageColumn) -> None:
        """One complaint is selected, whichever column it is in."""
        for other in self._columns:
            if other is not shown:
                other.clearSelection()

    def _walk(self, shown: StageColumn, way: int) -> None:
        """To the nearest column that way which has a card, at about the same height."""
        row = shown.currentIndex().row()
        place = self._columns.index(shown) + way
        while 0 <= place < len(self._columns):
            if self._columns[place].cards.rowCount():
                self._columns[place].pick(row)
                self._columns[place].setFocus()
                return
            place += way

    def _next(self, row: ComplaintRow) -> None:
        complaint = self._complaint(row.id)
        if complaint is not None and not self._session.file.read_only:
            self.step_wanted.emit(row.id, next_step(complaint))

    def _complaint(self, complaint_id: int) -> Complaint | None:
        try:
            return store.get(self._session.file, complaint_id)
        except LookupError:
            self._session.say(_("It was deleted meanwhile."))
            return None


class _Nothing:
    """No cases."""

    def count(self) -> int:
        """None."""
        return 0

    def fetch(self, first: int, limit: int) -> list[ComplaintRow]:
        """None."""
        return []


__all__ = ["Board"]
