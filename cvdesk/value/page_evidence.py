"""Beside the scorecard: what is behind one factor, and what customers said about it in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Card,
    Elided,
    clear,
    column,
    label,
    scrolled,
)
from cvdesk.value.records import Evidence, FactorScore, LeverCard, Proof
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, number, stars


class QuoteButton(QPushButton):
    """What somebody said, word for word, with who and when under it; opens the entry or complaint."""

    def __init__(self, theme: Theme, text: str, below: str) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{text} {below}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        box = column(self, 0, (TIGHT + 2, TIGHT, TIGHT + 2, TIGHT))
        self._said = label(theme, text, TEXT, wrap=True)
        self._said.setMaximumHeight(self._said.fontMetrics().lineSpacing() * 3 + 2)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._said)
        box.addWidget(Elided(theme, below, NOTE, "faint"))
        for inner in self.findChildren(QWidget):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = self.layout()
        return inner.heightForWidth(width) if inner is not None else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()


class EvidenceCard(Card):
    """One line of the scorecard explained, and the proof for it."""

    opened = Signal(str, object)  # a table and the id of the record

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, " ")
        self._theme = theme
        content = QWidget()
        self._inside: QVBoxLayout = column(content, SMALL)
        self.box.addWidget(scrolled(content), 1)
        self.setMinimumWidth(theme.px(240))

    def ask_to_choose(self) -> None:
        """Nothing is selected yet."""
        self._begin(_("What is behind it"))
        self._say(_("Choose a line to see what customers said about it."))
        self._inside.addStretch(1)

    def show_lever(self, lever: LeverCard) -> None:
        """A part of value: what it means and how sure its score is."""
        self._begin(words.lever_name(lever.lever))
        self._say(words.lever_meaning(lever.lever), "quiet")
        self._figure(lever)
        self._inside.addStretch(1)

    def show_factor(self, score: FactorScore, found: Evidence, names: Mapping[int, str], today: date) -> None:
        """A factor with the latest that was said about it."""
        self._begin(score.label)
        self._figure(score)
        total = found.entries + found.complaints
        if not total:
            self._say(_("Nobody has mentioned this in the period."), "quiet")
        for title, count, proofs in (
            (_("Complaints"), found.complaints, found.latest_complaints),
            (_("What customers said"), found.entries, found.latest_entries),
        ):
            if proofs:
                self._inside.addSpacing(TIGHT)
                self._inside.addWidget(label(self._theme, f"{title} ({number(count, 0)})", NOTE, tone="faint"))
                for proof in proofs:
                    self._inside.addWidget(self._quote(proof, names, today))
        self._inside.addStretch(1)

    def _begin(self, title: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        clear(self._inside)

    def _say(self, text: str, tone: str = "") -> None:
        self._inside.addWidget(label(self._theme, text, TEXT, tone=tone, wrap=True))

    def _figure(self, score: LeverCard | FactorScore) -> None:
        estimate, lever = score.estimate, score.lever
        if estimate.value is None:
            self._say(missing_words(score), "quiet")
        else:
            text = _("{value} of 5 ({range}), {answers}, {strength}.").format(
                value=number(estimate.value),
                range=words.interval(estimate),
                answers=words.answers(estimate.n),
                strength=words.strength(estimate.n),
            )
            self._say(text)
            if words.less_is_better(lever):
                self._say(_("Less is better here."), "quiet")
        if score.owner is not None:
            self._say(guess_sentence(score), "quiet")

    def _quote(self, proof: Proof, names: Mapping[int, str], today: date) -> QPushButton:
        who = names.get(proof.customer_id or 0, _("Anonymous"))
        parts = [who, stars(proof.rating), day_short(proof.date, today)]
        if proof.severity:
            parts.append(words.severity_name(proof.severity))
        said = _("“{words}”").format(words=" ".join(proof.text.split())) if proof.text.strip() else _("No words")
        made = QuoteButton(self._theme, said, " · ".join(part for part in parts if part))
        made.clicked.connect(lambda: self.opened.emit(proof.table, proof.id))
        return made


def missing_words(score: LeverCard | FactorScore) -> str:
    """What is missing until a figure may be shown."""
    estimate = score.estimate
    if isinstance(score, FactorScore) and 0 < estimate.n < (estimate.need or words.NEED_FACTOR):
        need = estimate.need or words.NEED_FACTOR
        return ngettext(
            "{n} answer so far, shown from {need}.", "{n} answers so far, shown from {need}.", estimate.n
        ).format(n=estimate.n, need=need)
    if isinstance(score, FactorScore):
        return _("Nobody has answered this yet. The score shows from {need} answers.").format(need=words.NEED_FACTOR)
    return _("{why}.").format(why=words.why_not(estimate)).capitalize()


def guess_sentence(score: LeverCard | FactorScore) -> str:
    """The owner's guess against what customers said."""
    assert score.owner is not None
    guess = number(score.owner, 0 if isinstance(score, FactorScore) else 1)
    if score.gap is None:
        return _("Your guess: {guess}.").format(guess=guess)
    size = number(abs(score.gap))
    if score.verdict == "blind_spot":
        return _("You guessed {guess}: a blind spot, customers see it {size} worse.").format(guess=guess, size=size)
    if score.verdict == "hidden_strength":
        return _("You guessed {guess}: a hidden strength, customers see it {size} better.").format(
            guess=guess, size=size
        )
    return _("You guessed {guess}, close to what customers say.").format(guess=guess)


__all__ = ["EvidenceCard", "QuoteButton", "guess_sentence", "missing_words"]
