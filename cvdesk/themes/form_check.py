"""The two cards of the monthly check: the comment asked about, and what came of the check so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.theme import Theme as Look
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    TEXT,
    TITLE,
    Bar,
    Card,
    Elided,
    Flow,
    Hairline,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
    tooltip,
)
from cvdesk.themes.form_words import Words
from cvdesk.themes.records_check import (
    agreement_words,
    meaning_words,
    month_day,
    month_words,
    result_words,
    right_words,
)
from cvdesk.themes.records_learn import Check, CheckResult
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, month, number, whole

_SHORT = 220  # letters up to which words are shown large


class CheckCard(Card):
    """One comment and what the program says of it. `asked`: "right", "wrong", "none", "later" or "undo"."""

    asked = Signal(str)

    def __init__(self, theme: Look, writable: bool) -> None:
        super().__init__(theme)
        self._theme = theme
        head = line(MEDIUM)
        self.day = Elided(theme, "", TEXT, "quiet")
        self.progress = label(theme, "", NOTE, tone="faint")
        head.addWidget(self.day, 1)
        head.addWidget(self.progress)
        self.box.addLayout(head)
        self._bar = column(None, 0)
        self.box.addLayout(self._bar)
        inside = QWidget()
        inner = column(inside, MEDIUM, (0, 0, SMALL, 0))
        self._place = column(None, 0)
        inner.addLayout(self._place)
        self._line = Hairline()
        inner.addWidget(self._line)
        self.asks = label(theme, "", NOTE, strong=True, tone="faint")
        self.said = label(theme, "", CARD_TITLE, strong=True, wrap=True)
        self.by = label(theme, "", NOTE, tone="quiet", wrap=True)
        for one in (self.asks, self.said, self.by):
            inner.addWidget(one)
        inner.addStretch(1)
        self.box.addWidget(scrolled(inside), 1)
        self.buttons: dict[str, QPushButton] = {}
        self._foot = QWidget()
        row = Flow(SMALL)
        self._foot.setLayout(row)
        for text, key, what, kind in (
            (_("Right"), _("Enter"), "right", "main"), (_("Wrong…"), "W", "wrong", ""),
            (_("About no theme"), "N", "none", ""), (_("Later"), "S", "later", ""),
        ):  # fmt: skip
            made = button(theme, f"{text}  {key}", partial(self.asked.emit, what), kind, name=text)
            made.setToolTip(tooltip(_("Key: {key}").format(key=key)))
            made.setEnabled(writable)
            self.buttons[what] = made
            row.addWidget(made)
        self.box.addWidget(self._foot)

    def show_check(self, one: Check | None, answered: int, count: int, today: date) -> None:
        """Shows what to answer, or that all is answered."""
        clear(self._bar)
        self._bar.addWidget(Bar(self._theme, answered / count if count else 0.0, "accent", 6))
        clear(self._place)
        self._foot.setVisible(one is not None)
        for part in (self.day, self.progress, self._line, self.asks, self.by):
            part.setVisible(one is not None)
        if one is None:
            done = _("All answered. The next check comes with the next month.")
            self.said.setText(done if count else _("Nothing to check this month."))
            self.setAccessibleName(self.said.text())
            return
        place = _("Comment {place} of {count}").format(place=whole(answered + 1), count=whole(count))
        self.progress.setText(place)
        self.day.set_whole(day_short(one.date, today))
        words = Words(self._theme, one.text, size=TITLE if len(one.text) <= _SHORT else CARD_TITLE)
        words.setAccessibleDescription("")
        self._place.addWidget(words)
        self.asks.setText(_("The program says it is mainly about"))
        self.said.setText(one.said)
        sources = {
            "rule": _("by one of your rules"), "words": _("by the word list"), "model": _("by what you taught it"),
        }  # fmt: skip
        self.by.setText(sources.get(one.by, ""))
        # The keyboard is on the button: what is asked is read out with it.
        asks = _("{place}: “{words}”. Is it about {theme}?").format(place=place, words=one.text, theme=one.said)
        self.setAccessibleName(asks)
        self.buttons["right"].setAccessibleDescription(asks)

    def focus_answer(self) -> None:
        """The keyboard goes to the answer that is given most often."""
        if not self._foot.isHidden():
            self.buttons["right"].setFocus()


class ResultCard(Card):
    """The result as a sentence, what it means, and month by month."""

    def __init__(self, theme: Look) -> None:
        super().__init__(theme, _("How often it is right"))
        self.result = label(theme, "", TITLE, strong=True, wrap=True)
        self.progress = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.agreement = label(theme, "", TEXT, wrap=True)
        self.meaning = label(theme, "", NOTE, tone="quiet", wrap=True)
        why = _(
            "Each month up to 20 comments that the program filed by itself are drawn at random. Say of each whether it "
            "was filed rightly, without hurry. You can stop at any time and go on later. If a second person answers "
            "as well, it shows how far two people agree: where you differ, no program can be right for both."
        )
        self.why = label(theme, why, NOTE, tone="quiet", wrap=True)
        self.history = Table(
            theme, _("Checks month by month"),
            [Column(_("Month"), lambda one: month(month_day(one.month)), 78, said=month_words),
             Column(_("Right"), right_words, stretch=True), Column(_("Agreed"), _agreement, 68, "quiet", right=True)],
            lambda one: hash(one.month),
        )  # fmt: skip
        for part in (self.result, self.progress, self.agreement, self.meaning, self.why):
            self.box.addWidget(part)
        self.box.addWidget(self.history, 100)
        self.box.addStretch(1)

    def show_result(self, result: CheckResult, before: Sequence[CheckResult], drawn: int, who: str) -> None:
        """Shows what came of the month's check so far, and of the checks there were."""
        self.result.setText(result_words(result))
        self.meaning.setText(meaning_words(result))
        self.agreement.setText(agreement_words(result))
        self.progress.setText(_progress(result, drawn, who) if result.n or who else "")
        for part in (self.progress, self.meaning, self.agreement):
            part.setVisible(bool(part.text()))
        self.history.show_source(Listed(before))
        self.history.setVisible(bool(before))
        self.history.setColumnHidden(2, all(one.kappa is None for one in before))


def _agreement(result: CheckResult) -> str:
    return "" if result.kappa is None else number(result.kappa, 2)


def _progress(result: CheckResult, drawn: int, who: str) -> str:
    done = ngettext("{n} of {count} answered", "{n} of {count} answered", drawn).format(
        n=whole(result.n), count=whole(drawn)
    )
    people = [name for name in result.people if name]
    parts = [done, _("by {people}").format(people=", ".join(people)) if people else ""]
    parts.append(_("{name} answers now").format(name=who) if who else "")
    return " · ".join(part for part in parts if part)
