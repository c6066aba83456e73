"""The trade: which of what customers value the short form asks about, with the reason for each, before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.catalogue import store_trades as store
from cvdesk.catalogue.records import LEVERS
from cvdesk.catalogue.store_factors import factors_set_up
from cvdesk.catalogue.store_trades import Change, Trade
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.widgets import CARD_TITLE, NOTE, Card, Elided, Hairline, button, clear, column, label, line, scrolled
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_LIST = 300


class TradesView(QWidget):
    """The trades at the left; at the right what the short form of the selected one asks, and what that changes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.theme = session, session.theme
        columns = (Column(_("Trade"), lambda one: one.name, stretch=True),)
        self.table = Table(session.theme, _("Trades"), columns, lambda one: store.trades().index(one))
        self.table.show_source(Listed(store.trades()))
        self.table.selected.connect(lambda _record: self.show_selected())
        self.table.opened.connect(lambda _id: self.take())
        left = Card(session.theme)
        left.setFixedWidth(session.theme.px(_LIST))
        left.box.addWidget(self.table, 1)
        self._right = Card(session.theme)
        self._right.box.addLayout(self._head())
        self._content = QWidget()
        self._lines = column(self._content, SMALL)
        self._right.box.addWidget(scrolled(self._content), 1)
        foot = line(MEDIUM)
        self.note = label(session.theme, "", NOTE, tone="faint", wrap=True)
        self.take_button = button(session.theme, _("Take this short form"), self.take, "main")
        foot.addWidget(self.note, 1)
        foot.addWidget(self.take_button)
        self._right.box.addLayout(foot)
        row = line(MEDIUM)
        row.addWidget(left)
        row.addWidget(self._right, 1)
        self.setLayout(row)
        chosen = store.trade_chosen(session.file)
        keys = [one.key for one in store.trades()]
        self.table.select_row(keys.index(chosen) if chosen in keys else 0)

    def refresh(self) -> None:
        """Shows the selected trade against what is asked now."""
        self.show_selected()

    def may_leave(self) -> bool:
        """Nothing is ever half typed here."""
        return True

    def focus_first(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()

    def selected(self) -> Trade:
        """The selected trade."""
        found: Trade = self.table.rows.row(self.table.currentIndex().row()) or store.trades()[0]
        return found

    def show_selected(self) -> None:
        """Lists what the short form of the trade asks, part by part, and says what would change."""
        trade = self.selected()
        changes = store.changes(self.session.file, trade.key)
        self.heading.set_whole(trade.name)
        self.examples.set_whole(_("For example {examples}").format(examples=trade.examples))
        clear(self._lines)
        factors = {one.key: one for one in factors_set_up(self.session.file)}
        new = {change.factor.key for change in changes if change.core}
        for lever in LEVERS:
            self._lines.addWidget(label(self.theme, lever_name(lever), NOTE, strong=True, tone=lever))
            for key, reason in trade.core.items():
                if factors[key].lever == lever:
                    self._add(factors[key].label, reason, key in new)
        gone = [change.factor.label for change in changes if not change.core]
        if gone:
            self._lines.addWidget(Hairline())
            text = _("No longer on the short form: {names}. The full form goes on asking about everything.")
            self._lines.addWidget(label(self.theme, text.format(names=", ".join(gone)), tone="quiet", wrap=True))
        self._lines.addStretch(1)
        self._say(changes)

    def take(self) -> None:
        """Sets the short form as the selected trade has it."""
        if not self.take_button.isEnabled():
            return
        trade = self.selected()
        step = _("Short form for {trade}").format(trade=trade.name)
        self.session.run(step, partial(store.choose_trade, key=trade.key), say=step)

    def _head(self) -> QVBoxLayout:
        head = column(None, 0)
        self.heading = Elided(self.theme, "", CARD_TITLE, strong=True)
        self.examples = Elided(self.theme, "", NOTE, "faint")
        head.addWidget(self.heading)
        head.addWidget(self.examples)
        return head

    def _add(self, name: str, reason: str, new: bool) -> None:
        words = column(None, 0)
        top = line(SMALL)
        top.addWidget(label(self.theme, name, strong=new))
        if new:
            top.addWidget(label(self.theme, _("new"), NOTE, tone="accent"))
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(label(self.theme, reason, NOTE, tone="quiet", wrap=True))
        self._lines.addLayout(words)

    def _say(self, changes: Sequence[Change]) -> None:
        read_only = self.session.file.read_only
        chosen = store.trade_chosen(self.session.file) == self.selected().key
        self.take_button.setEnabled(not read_only and (bool(changes) or not chosen))
        new = sum(change.core for change in changes)
        text = _("The short form asks about these already.")
        if changes:
            text = _("New on the short form: {new}. No longer on it: {gone}, listed at the end.").format(
                new=new, gone=len(changes) - new
            )
        self.note.setText(text)
