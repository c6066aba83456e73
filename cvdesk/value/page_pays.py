"""Does value pay? Who came back after saying it was worth it, against who did not: two bars and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Filter
from cvdesk.db import Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, Theme
from cvdesk.kit.view import View
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    TEXT,
    Card,
    Choice,
    EmptyState,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.stats.intervals import Estimate
from cvdesk.value import records_pays as words
from cvdesk.value.records_pays import DAYS, USUAL_DAYS, Pays, Side
from cvdesk.value.store_pays import pays
from cvdesk.wording import _
from cvdesk.wording.numbers import span


@dataclass(frozen=True, slots=True)
class _Read:
    found: Pays
    currency: str


def _read(db: Queries, chosen: Filter, today: date, days: int) -> _Read:
    return _Read(pays(db, chosen, today, days), catalogue.business(db).currency)


class PaysView(View):
    """Who bought again after saying whether it was worth it."""

    key = "pays"
    watches = frozenset({"assessments", "answers", "purchases", "settings"})
    _job: Job | None = None
    _chosen: Filter | None = None
    _days = USUAL_DAYS

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Does value pay?")

    def show_for(self, chosen: Filter) -> None:
        """Asks who came back."""
        if self._job is not None:
            self._job.cancel()
        self._chosen, today, days = chosen, self.session.today(), self._days
        self._job = self.session.ask(lambda file: _read(file, chosen, today, days), self._shown)

    def focus_first(self) -> None:
        """How long after the answer a purchase counts; or what to do first."""
        (self.bring_in if self._empty.isVisibleTo(self) else self.within).setFocus()

    def _build(self) -> None:
        theme = self.theme
        inside = QWidget()
        box = column(inside)
        self._body = Card(theme)
        head = line(MEDIUM)
        head.addWidget(label(theme, _("Bought again"), CARD_TITLE, strong=True))
        head.addStretch(1)
        options = [(days, _("Within {time} of the answer").format(time=words.time_words(days))) for days in DAYS]
        self.within = Choice(theme, _("How long after the answer a purchase counts"), options, self._days)
        self.within.chosen.connect(self._take_days)
        head.addWidget(self.within)
        self._body.box.addLayout(head)
        self.sentence = label(theme, "", TEXT, wrap=True)
        self._body.box.addWidget(self.sentence)
        self._bars = QGridLayout()
        self._bars.setHorizontalSpacing(LARGE)
        self._bars.setVerticalSpacing(MEDIUM)
        self._bars.setColumnStretch(1, 1)
        self._body.box.addLayout(self._bars)
        self.left_out = label(theme, "", NOTE, tone="quiet", wrap=True)
        self._body.box.addWidget(self.left_out)
        box.addWidget(self._body)
        self._spent = Card(theme, _("What they spent"))
        self.spent = label(theme, "", TEXT, wrap=True)
        self._spent.box.addWidget(self.spent)
        self.spent_detail = label(theme, "", NOTE, tone="quiet", wrap=True)
        self._spent.box.addWidget(self.spent_detail)
        box.addWidget(self._spent)
        self._limits = label(theme, words.limits(), NOTE, tone="faint", wrap=True)
        box.addWidget(self._limits)
        self._empty = Card(theme)
        self.bring_in = button(theme, _("Import…"), lambda: self.session.open("command", "import"), "main")
        self._empty_state = EmptyState(theme, "", self.bring_in, "coins")
        self._empty.box.addWidget(self._empty_state, 1)
        self._empty.hide()
        box.addWidget(self._empty, 1)
        box.addStretch(1)
        self._inside = inside
        inside.hide()  # nothing empty is shown while the figures are on their way
        self.box.addWidget(scrolled(inside), 1)

    def _take_days(self, days: object) -> None:
        assert isinstance(days, int)
        self._days = days
        if self._chosen is not None:
            self.show_for(self._chosen)

    def _shown(self, read: _Read) -> None:
        found = read.found
        empty = found.verdict in ("none", "no_purchases")
        self._inside.show()
        for widget in (self._body, self._spent, self._limits):
            widget.setVisible(not empty)
        self._empty.setVisible(empty)
        self._empty_state.sentence.setText(words.sentence(found))
        self.sentence.setText(words.sentence(found))
        clear(self._bars)
        for row, (name, side, tone) in enumerate((
            (_("Said it was worth it"), found.worth_it, "good"), (_("Did not say so"), found.not_worth_it, "faint"),
        )):  # fmt: skip
            self._add_bar(row, name, side, tone)
        self.left_out.setText(words.left_out(found))
        self.left_out.setVisible(bool(self.left_out.text()))
        self.spent.setText(words.spend_sentence(found, read.currency))
        self.spent_detail.setText(words.spend_detail(found, read.currency))
        self.spent_detail.setVisible(bool(self.spent_detail.text()))
        assert self._chosen is not None
        period = self._chosen.period
        when = span(period.start, min(period.end, self.session.today()))
        self.titled.emit(words.title(found), _("Answers of {period}").format(period=when))

    def _add_bar(self, row: int, name: str, side: Side, tone: str) -> None:
        theme = self.theme
        self._bars.addWidget(label(theme, name, TEXT), row, 0)
        bar = ShareBar(theme, side.again, tone)
        who = words.who_words(side)
        bar.setAccessibleName(f"{name}: {', '.join(filter(None, (words.share_words(side), who)))}")
        self._bars.addWidget(bar, row, 1)
        told = column(None, 0)
        told.addWidget(label(theme, words.share_words(side), TEXT, strong=side.again.value is not None))
        if who:
            told.addWidget(label(theme, who, NOTE, tone="quiet"))
        self._bars.addLayout(told, row, 2)


class ShareBar(QWidget):
    """A share as a bar with its interval drawn over the end, as far as it is likely to reach."""

    def __init__(self, theme: Theme, share: Estimate, tone: str) -> None:
        super().__init__()
        self._theme, self._share, self._tone = theme, share, tone
        self.setFixedHeight(theme.px(26))
        self.setMinimumWidth(theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, share = self._theme, self._share
        thick, middle, width = theme.px(14), self.height() / 2, float(self.width())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(0, middle - thick / 2, width, thick), 3, 3)
        if share.value is not None and share.low is not None and share.high is not None:
            painter.setBrush(theme.colour(self._tone))
            painter.drawRoundedRect(QRectF(0, middle - thick / 2, width * share.value, thick), 3, 3)
            self._whisker(painter, width * share.low, width * share.high, middle)
        painter.end()

    def _whisker(self, painter: QPainter, low: float, high: float, middle: float) -> None:
        reach, edge = self._theme.px(SMALL), 1.0
        low, high = max(edge, low), min(self.width() - edge, high)
        # A light line under the dark one keeps it apart from the bar it crosses.
        for tone, width in (("surface", 4.0), ("text", 1.6)):
            painter.setPen(QPen(self._theme.colour(tone), width))
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for end in (low, high):
                painter.drawLine(QPointF(end, middle - reach), QPointF(end, middle + reach))


__all__ = ["PaysView", "ShareBar"]
