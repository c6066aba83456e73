"""What matters against how well we do: the grid, and its four corners as lists."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.session import Session
from cvdesk.kit.theme import MEDIUM, TIGHT
from cvdesk.kit.widgets import NOTE, TEXT, Card, EmptyState, button, clear, column, label, line, scrolled
from cvdesk.value.page_map import SpotChart
from cvdesk.value.records_picture import grid_picture, quadrant_name
from cvdesk.value.records_rivals import GridData
from cvdesk.wording import _


class GridPanel(QWidget):
    """The grid with cross-hairs at the business's own means; one sentence and a button while it cannot be drawn."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._theme, self._session = session.theme, session
        box = column(self)
        self._drawn = QWidget()
        row = line(MEDIUM)
        self._drawn.setLayout(row)
        card = Card(session.theme, _("What matters, and how well you do"), note=_("lines: likely range"))
        self.chart = SpotChart(session.theme)
        self.chart.opened.connect(lambda key: session.open("assessments", key))
        card.box.addWidget(self.chart, 1)
        self.sentence = label(session.theme, "", NOTE, tone="quiet", wrap=True)
        card.box.addWidget(self.sentence)
        row.addWidget(card, 3)
        lists = Card(session.theme, _("In words"))
        inner = QWidget()
        self._lists = column(inner, MEDIUM)
        lists.box.addWidget(scrolled(inner), 1)
        row.addWidget(lists, 2)
        box.addWidget(self._drawn, 1)
        self._empty = Card(session.theme)
        self.score = button(session.theme, _("Score the value"), lambda: session.open("assessments", "score"))
        self._state = EmptyState(session.theme, "", self.score, "scale")
        self._empty.box.addWidget(self._state, 1)
        box.addWidget(self._empty, 1)

    def show_grid(self, data: GridData) -> None:
        """Shows the grid, or what is missing for it."""
        self._drawn.setVisible(bool(data.spots))
        self._empty.setVisible(not data.spots)
        if not data.spots:
            self.score.setVisible(not data.weighed)
            self._state.sentence.setText(
                _("This takes at least 5 customers' answers to the questions about what they value.")
                if data.weighed
                else _("Nobody has said yet what matters to customers. Say so while you score the value yourself.")
            )
            return
        self.chart.show_picture(grid_picture(data))
        self.sentence.setText(
            _("Costs and Drawbacks are turned here: further right is always better. A hollow spot is near the line.")
        )
        clear(self._lists)
        for quadrant in ("fix first", "keep it up", "low priority", "possible overkill"):
            names = [
                _("{factor} (near the line)").format(factor=spot.label) if spot.near else spot.label
                for spot in sorted(data.spots, key=lambda spot: -spot.importance)
                if spot.quadrant == quadrant
            ]
            if names:
                told = column(None, TIGHT)
                tone = "bad" if quadrant == "fix first" else "good" if quadrant == "keep it up" else ""
                told.addWidget(label(self._theme, quadrant_name(quadrant), TEXT, strong=True, tone=tone))
                told.addWidget(label(self._theme, ", ".join(names), TEXT, tone="quiet", wrap=True))
                self._lists.addLayout(told)
        self._lists.addStretch(1)
