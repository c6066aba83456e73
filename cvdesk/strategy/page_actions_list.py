"""The list of actions: chips for their steps, words to find them by, and the table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit.form import text_field
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import SMALL, TEXT, TIGHT, Card, Flow, button, label, line
from cvdesk.strategy import words_actions as words
from cvdesk.strategy.records import Action
from cvdesk.strategy.records_board import CHIPS, MUST, OPEN, Board, counts, listed
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

NAME, STEP, COST, PART, DUE, WHO = range(6)
# Columns that go where there is little room, and from which width of the table on they show (design pixels).
_ROOMY = {WHO: 820, PART: 660, DUE: 560, STEP: 470, COST: 400}
_SIDES = 12  # what the style sheet leaves beside the words of a chip, with its border


class ActionList(Card):
    """Says `limited` when another chip or other words limit the list, `make` and `ideas_wanted` for its buttons."""

    limited = Signal()
    make = Signal()
    ideas_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._board: Board | None = None
        self._rows: list[Action] = []
        self.chip = OPEN
        self.box.setContentsMargins(10, 8, 10, 10)
        self.setAccessibleName(_("Actions"))
        self._add_chips()
        self._add_bar()
        self._add_table()

    def show_actions(self, board: Board, chosen: int | None) -> list[Action]:
        """Shows the actions that fit, the chosen one selected; gives them in their order."""
        self._board = board
        held = counts(board.actions)
        for key, made in self.chips.items():
            text = _("{name} {count}").format(name=_chip_name(key), count=whole(held[key]))
            made.setText(text)
            made.setAccessibleName(text)
            made.setChecked(key == self.chip)
            # Wide enough for its words in bold, as they are while it is chosen: Qt asks only for the plain ones.
            bold = QFontMetrics(self._theme.font(TEXT, strong=True)).horizontalAdvance(text)
            made.setMinimumWidth(bold + 2 * self._theme.px(_SIDES))
        self._rows = listed(board, self.chip, self.search.text())
        self.table.show_source(Listed(self._rows), chosen)
        self.table.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self.none.setText(_("No action fits.") if self.search.text().strip() else _("Nothing stands here."))
        return self._rows

    def fit(self, room: int) -> None:
        """Leaves out columns there is no room for, and those that would be empty; `room` is what the table has."""
        today = self._session.today()
        bare = {
            DUE: not any(words.due_words(one, today) for one in self._rows),
            WHO: not any(self._who(one) for one in self._rows),
        }
        for place, wide in _ROOMY.items():
            self.table.setColumnHidden(place, room < self._theme.px(wide) or bare.get(place, False))

    def _add_chips(self) -> None:
        chips = QWidget()
        chips.setAccessibleName(_("Which actions"))
        row = Flow(TIGHT)
        chips.setLayout(row)
        self.chips: dict[str, QPushButton] = {}
        for key in CHIPS:
            made = button(self._theme, _chip_name(key), partial(self._choose, key), "nav")
            made.setCheckable(True)
            self.chips[key] = made
            row.addWidget(made)
        self.box.addWidget(chips)

    def _add_bar(self) -> None:
        theme, can_write = self._theme, not self._session.file.read_only
        bar = line(SMALL)
        self.search = text_field("", _("Words or problem"))
        self.search.setAccessibleName(_("Find actions"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(110))
        self.search.textChanged.connect(lambda _text: self.limited.emit())
        self.ideas = button(theme, _("Idea bank…"), self.ideas_wanted.emit, icon="sparkles")
        self.add = button(theme, _("New action"), self.make.emit, "main")
        bar.addWidget(self.search, 1)
        for made in (self.ideas, self.add):
            made.setEnabled(can_write)
            bar.addWidget(made)
        self.box.addLayout(bar)

    def _add_table(self) -> None:
        theme, today = self._theme, self._session.today
        self.table = Table(
            theme, _("Actions"),
            (
                Column(_("Action"), _named, 200, stretch=True),
                Column(_("Step"), lambda one: words.status_name(one.status), 84, "quiet"),
                Column(_("Costs"), self._cost, 176),
                Column(_("Part"), lambda one: self._part(one)[1], 92, lambda one: self._part(one)[0]),
                Column(_("By"), lambda one: words.due_words(one, today()), 150,
                       lambda one: "bad" if words.is_late(one, today()) else "quiet"),
                Column(_("Who"), self._who, 90, "quiet"),
            ),
            lambda one: one.id or 0,
        )  # fmt: skip
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.none = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.hide()
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self.none, 1)

    def _cost(self, one: Action) -> str:
        return "" if self._board is None else words.costs_short(one, self._board.about.currency)

    def _part(self, one: Action) -> tuple[str, str]:
        return ("", "") if self._board is None else words.part(self._board.about, one)

    def _who(self, one: Action) -> str:
        staff = () if self._board is None else self._board.about.staff
        return next((name for known, name in staff if known == one.staff_id), "")

    def _choose(self, key: str) -> None:
        self.chip = key
        self.limited.emit()


def _chip_name(key: str) -> str:
    return {
        OPEN: _("All open"), MUST: _("Must fix"), "idea": _("Ideas"), "planned": _("Planned"),
        "started": _("Started"), "done": _("Done"), "dropped": _("Dropped"),
    }[key]  # fmt: skip


def _named(one: Action) -> str:
    return _("Must fix: {name}").format(name=one.name) if one.must_fix and one.open else one.name


__all__ = ["ActionList"]
