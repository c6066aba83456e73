"""Who is asked: the names, how they were chosen, and who is left out and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, TEXT, Card, EmptyState, label
from cvdesk.surveys.form_preview import FormPreview
from cvdesk.surveys.records import Survey
from cvdesk.surveys.records_items import Item
from cvdesk.surveys.store_ask import NEEDS, Candidate, Candidates
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, whole

_REACHED, _ROOMY = 2, 520  # the column that goes in a narrow window, and from which width on it shows


class PeopleCard(Card):
    """The right half of handing out. Says `picked` when others are picked by hand."""

    picked = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__(theme, _("Who is asked"))
        self._theme = theme
        self._shown: Sequence[Candidate] = ()
        self._way = ""
        self.sentence = label(theme, "", TEXT, wrap=True)
        self.left_out = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.warning = label(theme, "", NOTE, tone="bad", wrap=True)
        columns = (
            Column(_("Customer"), lambda one: one.name, 170, stretch=True),
            Column(_("Last asked"), lambda one: _("never") if one.last is None else day_short(one.last, today()), 110,
                   "quiet"),
            Column(_("Reached at"), self._reached, 200, "quiet"),
        )  # fmt: skip
        self.table = Table(theme, _("Who is asked"), columns, lambda one: one.id, many=True)
        self.table.chosen.connect(lambda _count: self.picked.emit())
        self._empty = EmptyState(theme, "", icon="users")
        self.preview = FormPreview(theme)
        for widget in (self.sentence, self.warning, self.left_out):
            self.box.addWidget(widget)
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self._empty, 1)
        self.box.addWidget(self.preview, 1)

    def show_form(self, business: str, survey: Survey, asked: Sequence[Item]) -> None:
        """The form that whoever takes a sheet fills in."""
        self.preview.show_form(business, survey.name, survey.greeting, asked, survey.thanks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_REACHED, self.width() < self._theme.px(_ROOMY))

    def show_blank(self, count: int) -> None:
        """Sheets for whoever takes one: nobody is listed, the sheet shows instead."""
        self._shown = ()
        self.title.setText(_("As the customer sees it"))
        for widget in (self.sentence, self.left_out, self.warning, self.table, self._empty):
            widget.hide()
        said = ngettext(
            "{count} sheet for whoever takes one. Its code ties the answers to this survey and to nobody.",
            "{count} sheets for whoever takes one. Their codes tie the answers to this survey and to nobody.",
            count,
        )
        self.preview.time.setText(said.format(count=whole(count)))
        self.preview.show()

    def show_people(
        self, found: Candidates, shown: Sequence[Candidate], by_hand: bool, way: str, everybody: bool = False
    ) -> None:
        """Lists who is asked; where they are picked by hand, all who fit. `everybody`: there is no wider group."""
        self.title.setText(_("Who is asked"))
        self.preview.hide()
        before = {one.id for one in self.chosen()} if by_hand else set()
        self._shown, self._way = shown, way
        self.sentence.setText(_sentence(found, shown, by_hand))
        self.left_out.setText(_left_out(found, way))
        self.left_out.setVisible(bool(self.left_out.text()))
        self.warning.setText(
            _("Picked by hand, the figures may flatter you: one tends to ask the friendly ones. The survey says so.")
            if by_hand
            else ""
        )  # fmt: skip
        self.warning.setVisible(by_hand)
        blocked = QSignalBlocker(self.table)
        self.table.rows.show(Listed(shown))
        self._select(before)
        blocked.unblock()
        self.sentence.setVisible(bool(shown))
        self.table.setVisible(bool(shown))
        self._empty.sentence.setText(_nobody(found, everybody))
        self._empty.setVisible(not shown)

    def chosen(self) -> list[Candidate]:
        """Those selected in the table."""
        return [self._shown[place] for first, count in self.table.chosen_rows() for place in range(first, first + count)
                if place < len(self._shown)]  # fmt: skip

    def _select(self, ids: set[int]) -> None:
        mode = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for place, one in enumerate(self._shown):
            if one.id in ids:
                self.table.selectionModel().select(self.table.rows.index(place, 0), mode)

    def _reached(self, one: Candidate) -> str:
        return (one.phone if NEEDS.get(self._way) == "phone" else one.email) or "–"


def _sentence(found: Candidates, shown: Sequence[Candidate], by_hand: bool) -> str:
    fitting = len(found.fitting)
    if by_hand:
        return ngettext(
            "{count} customer fits. Select whom to ask: Ctrl or Shift for several.",
            "{count} customers fit. Select whom to ask: Ctrl or Shift for several.",
            fitting,
        ).format(count=whole(fitting))
    if len(shown) == fitting:
        return ngettext(
            "{count} customer fits and is asked.", "All {count} customers who fit are asked.", fitting
        ).format(count=whole(fitting))
    return _("{count} of the {fitting} who fit, drawn at random: as likely the unhappy as the happy.").format(
        count=whole(len(shown)), fitting=whole(fitting)
    )


def _nobody(found: Candidates, everybody: bool) -> str:
    if everybody or found.asked_lately or found.unreachable or found.barred:
        return _("Nobody fits. Choose a wider group, or wait until their rest is over.")
    return _(
        "Nobody fits. Active is who bought, wrote, answered or complained lately: choose “Everybody in the file” to "
        "ask the others as well."
    )


def _left_out(found: Candidates, way: str) -> str:
    parts = []
    if found.asked_lately:
        parts.append(_("{count} asked lately").format(count=whole(len(found.asked_lately))))
    if found.unreachable:
        said = (
            _("{count} without a phone number") if NEEDS.get(way) == "phone" else _("{count} without an e-mail address")
        )
        parts.append(said.format(count=whole(len(found.unreachable))))
    if found.barred:
        parts.append(_("{count} not to be contacted").format(count=whole(len(found.barred))))
    return _("Left out: {reasons}.").format(reasons=", ".join(parts)) if parts else ""


__all__ = ["PeopleCard"]
