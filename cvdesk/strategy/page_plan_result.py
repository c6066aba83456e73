"""What to expect: value before and after, the mix, how sure the choice is, what is left out and where it would turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cvdesk.catalogue.records import LEVERS
from cvdesk.kit.theme import LARGE, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import FIGURE, NOTE, TEXT, Card, Flow, column, label
from cvdesk.strategy import words_plan as words
from cvdesk.strategy.plan_rows import PlanRow
from cvdesk.strategy.records_plan import Planned, PlanOutcome
from cvdesk.strategy.words_plan_turns import turn_words
from cvdesk.wording import _, figures
from cvdesk.wording.numbers import percent

_MOST_TURNS = 2


class MixBar(QWidget):
    """The parts of value by their share of what a plan brings; the words stand below, in the same order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mix: Sequence[tuple[str, float]] = ()
        self.setFixedHeight(theme.px(14))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mix(self, mix: Sequence[tuple[str, float]]) -> None:
        """Draws these shares; what takes away is only said."""
        self._mix = [one for one in mix if one[1] > 0]
        self.setAccessibleName(_("Your mix: {parts}").format(parts=mix_words(mix)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        total, gap, left = sum(share for _lever, share in self._mix), 2.0, 0.0
        room = self.width() - gap * max(0, len(self._mix) - 1)
        for lever, share in self._mix:
            width = room * share / total
            painter.setBrush(self._theme.colour(lever))
            painter.drawRoundedRect(QRectF(left, 0, width, self.height()), 3, 3)
            left += width + gap
        painter.end()


def mix_words(mix: Sequence[tuple[str, float]]) -> str:
    """Drawbacks 68%, Worth 32%."""
    return ", ".join(
        _("{part} {share}").format(part=figures.lever_name(lever), share=percent(share)) for lever, share in mix
    )


class ResultCard(Card):
    """What becomes of value if a plan is done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("What to expect"))
        self._theme = theme
        self.box.setSpacing(SMALL)
        self.figure = label(theme, "", FIGURE, strong=True, tone="accent")
        self.range = self._text(TEXT, "quiet")
        self.early = self._text(NOTE, "bad")
        self.box.insertWidget(1, self.figure)
        self.bar = MixBar(theme)
        self.box.addWidget(self.bar)
        self._parts = Flow(SMALL)
        self.box.addLayout(self._parts)
        self.left = self._text(TEXT, "quiet")
        self.safety = self._text(TEXT)
        self.regret = self._text(TEXT, "quiet")
        self.find_out = self._text(TEXT)
        self.not_done = self._text(TEXT, "quiet")
        self.box.addStretch(1)
        self.further = QWidget()  # what may be read below both cards
        below = column(self.further, TIGHT, (LARGE, 0, LARGE, SMALL))
        self.turns = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.guesses = label(theme, "", NOTE, tone="faint", wrap=True)
        below.addWidget(self.turns)
        below.addWidget(self.guesses)

    def _text(self, size: int, tone: str = "") -> QLabel:
        made = label(self._theme, "", size, tone=tone, wrap=True)
        self.box.addWidget(made)
        return made

    def show_plan(
        self, planned: Planned, outcome: PlanOutcome, rows: Sequence[PlanRow], today: date, currency: str
    ) -> None:
        """Shows a plan; what the draws say is left out until it is known."""
        sure = planned.sure
        self.figure.setText(words.net_words(planned, outcome))
        found = words.range_words(planned, today)
        _say(self.range, found or _("Working out how sure that is…"))
        _say(self.early, words.early_words(planned.basis))
        shares = words.mix(outcome)
        self.bar.setVisible(bool(shares))
        self.bar.show_mix(shares)
        self._show_parts(shares)
        _say(self.left, words.left_as_they_are(outcome, LEVERS) if shares else _("Nothing is in the plan."))
        _say(self.safety, "" if sure is None else words.safety_words(rows))
        _say(self.regret, "" if sure is None or planned.own is not None else words.regret_words(sure))
        first = "" if sure is None or sure.find_out is None else sure.find_out[0]
        _say(self.find_out, _("What to find out first: {what}").format(what=first) if first else "")
        _say(self.not_done, words.not_done_words(rows))
        turns = " ".join(turn_words(turn, planned, currency) for turn in planned.turns[:_MOST_TURNS])
        _say(self.turns, "" if planned.own is not None else turns)
        told = [words.trust_words(planned.basis)]
        if sure is not None:
            told.insert(0, words.draws_words(sure))
        _say(self.guesses, " ".join(told))

    def _show_parts(self, shares: Sequence[tuple[str, float]]) -> None:
        self._parts.clear()
        for lever, share in shares:
            text = _("{part} {share}").format(part=figures.lever_name(lever), share=percent(share))
            self._parts.addWidget(label(self._theme, text, NOTE, strong=True, tone=lever))


def _say(where: QLabel, text: str) -> None:
    where.setText(text)
    where.setVisible(bool(text))
