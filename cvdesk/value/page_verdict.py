"""The third view of the scorecard: where high value is delivered, and where the business falls short."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    CARD_TITLE,
    LARGE,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Elided,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.value.page_fitting import Fitting
from cvdesk.value.page_words import limit_words, verdict_reason, verdict_short, verdict_tone
from cvdesk.value.records import FactorScore, Scorecard
from cvdesk.value.records_score_verdict import Standing, effect, judgement, standing
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, percent, signed


class VerdictColumns(QWidget):
    """The verdict with its reason, two columns of factors, and those of which neither can be said."""

    chosen = Signal(str)  # a factor's key

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        content = QWidget()
        self._inside: QVBoxLayout = column(content, SMALL, (0, 0, SMALL, 0))  # clear of the scroll bar
        box = column(self, 0)
        box.addWidget(scrolled(content))

    def show_card(self, card: Scorecard) -> None:
        """Shows what a scorecard comes to."""
        clear(self._inside)
        theme, found, stands = self._theme, judgement(card), standing(card)
        self._inside.addWidget(label(theme, verdict_short(found), CARD_TITLE, strong=True, tone=verdict_tone(found)))
        self._inside.addWidget(label(theme, verdict_reason(found, card), TEXT, tone="quiet", wrap=True))
        if stands.deliver or stands.short or stands.unsure:
            self._inside.addSpacing(TIGHT)
            self._inside.addLayout(self._columns(stands))
        for title, factors in ((_("Could be either"), stands.unsure), (_("Too few answers"), stands.unknown)):
            if factors:
                self._inside.addSpacing(TIGHT)
                text = _("{title} ({n})").format(title=title, n=number(len(factors), 0))
                self._inside.addWidget(label(theme, text, NOTE, strong=True, tone="faint"))
                self._inside.addLayout(self._names(factors))
        self._inside.addStretch(1)

    def _columns(self, stands: Standing) -> QHBoxLayout:
        columns = line(LARGE)
        for title, tone, nobody, factors in (
            (_("We deliver"), "good", _("Nothing clearly better than the middle yet."), stands.deliver),
            (_("We fall short"), "bad", _("Nothing clearly worse than the middle."), stands.short),
        ):
            columns.addLayout(self._column(title, tone, nobody, factors), 1)
        return columns

    def _column(self, title: str, tone: str, nobody: str, factors: Sequence[FactorScore]) -> QVBoxLayout:
        made = column(None, TIGHT // 2)
        text = _("{title} ({n})").format(title=title, n=number(len(factors), 0))
        made.addWidget(label(self._theme, text, TEXT, strong=True, tone=tone))
        if not factors:
            made.addWidget(label(self._theme, nobody, TEXT, tone="quiet", wrap=True))
        for factor in factors:
            made.addWidget(self._row(factor))
        made.addStretch(1)
        return made

    def _row(self, factor: FactorScore) -> RowButton:
        content = column(None, 0)
        above = line(SMALL)
        above.addWidget(Elided(self._theme, factor.label, TEXT), 1)
        adds = signed(effect(factor), 2) if factor.points else ""  # most are below a tenth
        above.addWidget(label(self._theme, adds, TEXT, strong=True))
        content.addLayout(above)
        if factor.bound and factor.incidents is not None:
            value = _("{limit} of 5").format(limit=limit_words(factor.lever, factor.incidents.limit))
        else:
            value = _("{value} of 5, {range}").format(
                value=number(factor.estimate.value or 0.0), range=words.interval(factor.estimate)
            )
        weight = _("{share} of {part}").format(share=percent(factor.weight), part=words.lever_name(factor.lever))
        parts = [value, words.answers(factor.estimate.n), *([weight] if factor.weight else [])]
        shorter = [" · ".join(parts[:most]) for most in range(len(parts), 0, -1)]
        content.addWidget(Fitting(self._theme, shorter, tone="faint"))
        name = _("{factor}, {score}, adds {points} to value").format(
            factor=factor.label, score=" · ".join(parts), points=adds or "–"
        )
        return RowButton(name, partial(self.chosen.emit, factor.key), content)

    def _names(self, factors: Sequence[FactorScore]) -> QVBoxLayout:
        made = column(None, 0)
        for factor in factors:
            if factor.estimate.value is not None:
                text = _("{factor}: {value} of 5, {range}").format(
                    factor=factor.label, value=number(factor.estimate.value), range=words.interval(factor.estimate)
                )
            else:
                so_far = ngettext("{n} answer", "{n} answers", factor.estimate.n).format(n=factor.estimate.n)
                text = _("{factor}: {answers}").format(factor=factor.label, answers=so_far)
            made.addWidget(button(self._theme, text, partial(self.chosen.emit, factor.key), "plain"))
        return made
