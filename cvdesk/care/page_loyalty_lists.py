"""The two lists of loyalty: rewards that are due, and vouchers with what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from cvdesk.care.records_loyalty import Reached, step_words
from cvdesk.care.records_vouchers import CANCELLED, EXPIRED, OPEN, USED, Voucher
from cvdesk.care.store_vouchers import Totals
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import CARD_TITLE, NOTE, SMALL, TEXT, Card, Choice, EmptyState, button, label, line
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, money, whole

_MOST, _FEWEST = 6, 2  # rewards in view; more scroll
_NARROW = 560  # where a list is narrower some columns go, design pixels
_ROOM = 490  # what else stands above and below them, design pixels


class DueBoard(Card):
    """Who reached a step and has no voucher for it yet. Says `wanted` with those to make vouchers for."""

    wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        theme = session.theme
        super().__init__(theme, _("Rewards due"), " ")
        self._session, self._currency = session, ""
        self._all: Sequence[Reached] = ()
        self._height = 0
        columns = (
            Column(_("Customer"), lambda row: row.customer, 150, self._tone, stretch=True),
            Column(_("Reached"), self._what, 130, self._tone),
            Column(_("On"), lambda row: day_short(row.day, session.today()), 94, "quiet"),
            Column(_("Gets"), self._gets, 176, self._tone),
        )
        self.table = Table(theme, _("Rewards due"), columns, lambda row: id(row), many=True)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _count: self._name_button())
        self.box.addWidget(self.table)
        self._none = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.box.addWidget(self._none)
        row = line(SMALL)
        self.held = label(theme, "", NOTE, tone="quiet", wrap=True)
        row.addWidget(self.held, 1)
        self.make = button(theme, "", self._make)
        row.addWidget(self.make)
        self.box.addLayout(row)

    def show_due(self, due: Sequence[Reached], currency: str, has_rules: bool) -> None:
        """Shows them, those who are held back last."""
        self._currency = currency
        self._all = tuple(sorted(due, key=lambda one: one.held))
        self.table.rows.show(Listed(self._all))
        rows = len(self._all)
        self.table.setVisible(rows > 0)
        self.fit(self._height)
        words = _("Nobody has reached a new step.") if has_rules else _("Make a reward first, on the right.")
        self._none.setText(words)
        self._none.setVisible(not rows)
        held = sum(1 for one in self._all if one.held)
        said = ngettext(
            "{count} is held back while a serious complaint is open.",
            "{count} are held back while a serious complaint is open.",
            held,
        )
        self.held.setText(said.format(count=whole(held)) if held else "")
        count = len(self._all) - held
        steps = ngettext("{count} to thank", "{count} to thank", count).format(count=whole(count))
        self.beside.set_whole(steps if count else "")
        self._name_button()

    def fit(self, height: int, width: int = 0) -> None:
        """Leaves the vouchers below room; what the view has for both lists, in pixels; width 0: as before."""
        self._height = height
        if width:
            self.table.setColumnHidden(2, width < self._session.theme.px(_NARROW))
        row = self.table.verticalHeader().defaultSectionSize()
        rows = max(_FEWEST, min(_MOST, (height - self._session.theme.px(_ROOM)) // row))
        header = max(self.table.horizontalHeader().sizeHint().height(), self._session.theme.px(30))
        self.table.setFixedHeight(header + min(rows, max(len(self._all), 1)) * row + self._session.theme.px(4))

    def _chosen(self) -> list[Reached]:
        rows = [
            self._all[place] for first, count in self.table.chosen_rows() for place in range(first, first + count)
            if place < len(self._all)
        ]  # fmt: skip
        return [one for one in rows or self._all if not one.held]

    def _name_button(self) -> None:
        count = len(self._chosen())
        words = ngettext("Make {count} voucher", "Make {count} vouchers", count).format(count=whole(count))
        self.make.setText(words)
        self.make.setAccessibleName(words)
        self.make.setVisible(bool(self._all))
        self.make.setEnabled(count > 0 and not self._session.file.read_only)

    def _make(self) -> None:
        self.wanted.emit(self._chosen())

    def _open(self, _id: object) -> None:
        row = self.table.rows.row(self.table.currentIndex().row())
        if isinstance(row, Reached):
            self._session.open("customers", row.customer_id)

    def _what(self, row: Reached) -> str:
        return step_words(row.rule.by, row.step, self._currency)

    def _gets(self, row: Reached) -> str:
        return _("Held back: serious complaint") if row.held else row.rule.gives

    def _tone(self, row: Reached) -> str:
        return "faint" if row.held else ""


class VoucherBoard(Card):
    """The vouchers in one state; those selected can be printed, saved as PDF or cancelled. Says `state_chosen`."""

    state_chosen = Signal(object)

    def __init__(
        self, session: Session, save: Callable[[list[int]], None], on_paper: Callable[[list[int]], None],
        cancel: Callable[[list[int]], None],
    ) -> None:  # fmt: skip
        theme = session.theme
        super().__init__(theme)
        self._session = session
        self._currency = ""
        self._narrow = False
        self.setAccessibleName(_("Vouchers"))
        head = line(SMALL)
        head.addWidget(label(theme, _("Vouchers"), CARD_TITLE, strong=True))
        self.sums = label(theme, "", TEXT, tone="quiet", wrap=True)
        head.addWidget(self.sums, 1)
        states = [(OPEN, _("Open")), (USED, _("Used")), (EXPIRED, _("Out of date")), (CANCELLED, _("Cancelled")),
                  ("", _("All"))]  # fmt: skip
        self.state = Choice(theme, _("Which vouchers"), states, OPEN)
        self.state.chosen.connect(self.state_chosen)
        head.addWidget(self.state)
        self.box.addLayout(head)
        columns = (
            Column(_("Code"), lambda row: row.code, 136),
            Column(_("Gives"), lambda row: row.gives, 150, stretch=True),
            Column(_("For"), lambda row: row.customer or _("anybody"), 130, self._for_tone),
            Column(_("Worth"), self._worth, 76, right=True),
            Column(_("How it stands"), self._stands, 150, self._stands_tone),
        )
        self.table = Table(theme, _("Vouchers"), columns, lambda row: row.id, many=True)
        self.table.chosen.connect(lambda _count: self._allow())
        self.table.setMinimumHeight(theme.px(70))
        self.box.addWidget(self.table, 1)
        self._none = EmptyState(theme, "", icon="gift")
        self.box.addWidget(self._none, 1)
        row = line(SMALL)
        self.pages = Choice(
            theme, _("Vouchers on a page"), [(False, _("Several a page")), (True, _("One a page"))], False
        )
        row.addWidget(self.pages)
        row.addStretch(1)
        self.cancel = button(theme, _("Cancel voucher"), lambda: cancel(self.ids(True)))
        self.save = button(theme, _("Save as PDF"), lambda: save(self.ids(False)), icon="download")
        self.paper = button(theme, _("Print"), lambda: on_paper(self.ids(False)), icon="printer")
        for made in (self.cancel, self.save, self.paper):
            row.addWidget(made)
        self.box.addLayout(row)
        self._allow()

    def show_vouchers(self, found: Sequence[Voucher], totals: Totals, currency: str) -> None:
        """Shows them, the newest first; the selection stays on its row."""
        self._currency = currency
        self.table.show_source(Listed(found))
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        self._none.sentence.setText(
            _("No voucher is open. Make one, or let a reward make them.") if self.state.value == OPEN else _("None.")
        )
        words = ngettext("{count} open", "{count} open", totals.open).format(count=whole(totals.open))
        if totals.open_minor:
            words = _("{count} open, worth {amount}").format(
                count=whole(totals.open), amount=money(totals.open_minor, currency)
            )
        used = ngettext("{count} used", "{count} used", totals.used).format(count=whole(totals.used))
        self.sums.setText(f"{words} · {used}")
        self._allow()

    def fit(self, width: int) -> None:
        """Leaves out columns there is no room for; what the list has, in pixels."""
        self._narrow = width < self._session.theme.px(_NARROW)
        for place in (2, 3):  # for whom, worth
            self.table.setColumnHidden(place, self._narrow)
        self._allow()

    def select(self, ids: Sequence[int]) -> None:
        """Selects the first so many rows: the ones just made stand on top."""
        self.table.clearSelection()
        if ids and self.table.rows.rowCount():
            self.table.select_row(0)
            model = self.table.selectionModel()
            for place in range(1, min(len(ids), self.table.rows.rowCount())):
                model.select(self.table.rows.index(place, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)

    def ids(self, chosen_only: bool) -> list[int]:
        """The open vouchers among those selected; all that are shown where nothing is."""
        spans = self.table.chosen_rows()
        if not spans and not chosen_only:
            spans = [(0, self.table.rows.rowCount())]
        rows = [self.table.rows.row(place) for first, count in spans for place in range(first, first + count)]
        today = self._session.today()
        return [row.id for row in rows if isinstance(row, Voucher) and row.state(today) == OPEN]

    def _allow(self) -> None:
        some = bool(self.ids(False))
        for one in (self.save, self.paper, self.cancel):
            one.setVisible(self.table.rows.rowCount() > 0)
        self.pages.setVisible(some and not self._narrow)
        self.save.setEnabled(some)
        self.paper.setEnabled(some)
        self.cancel.setEnabled(bool(self.ids(True)) and not self._session.file.read_only)

    def _worth(self, row: Voucher) -> str:
        return "–" if row.worth_minor is None else money(row.worth_minor, self._currency)

    def _stands(self, row: Voucher) -> str:
        today = self._session.today()
        state = row.state(today)
        if state == USED and row.redeemed is not None:
            return _("used {day}").format(day=day_short(row.redeemed, today))
        if state == CANCELLED and row.cancelled is not None:
            return _("cancelled {day}").format(day=day_short(row.cancelled, today))
        if row.valid_until is None:
            return _("no end")
        words = _("until {day}") if state == OPEN else _("ended {day}")
        return words.format(day=day_short(row.valid_until, today))

    def _stands_tone(self, row: Voucher) -> str:
        return "" if row.state(self._session.today()) == OPEN else "quiet"

    def _for_tone(self, row: Voucher) -> str:
        return "" if row.customer else "faint"


__all__ = ["DueBoard", "VoucherBoard"]
