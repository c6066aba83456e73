"""Beside the scorecard: what is behind one factor, and what customers said about it in their own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cvdesk.kit.quote import QuoteButton
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import (
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Card,
    button,
    clear,
    column,
    label,
    scrolled,
)
from cvdesk.stats.intervals import NEED_PEOPLE
from cvdesk.value.page_words import (
    bound_words,
    figure_words,
    importance_words,
    kind_name,
    minute_words,
    misses_words,
    missing_words,
    nets_words,
    trouble_words,
    verdict_reason,
)
from cvdesk.value.records import Evidence, FactorScore, LeverCard, Proof, Scorecard
from cvdesk.value.records_score import KindScore, SheetBehind
from cvdesk.value.records_score_verdict import judgement
from cvdesk.value.store_scorecard import MINUTE_QUESTIONS
from cvdesk.value.store_scorecard_more import More
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, number, stars

MOST_SHEETS = 200  # in the list behind a figure; the customers' own pages have them all


class EvidenceCard(Card):
    """What is behind one figure: how sure it is, where it comes from, and the proof for it."""

    opened = Signal(str, object)  # a table and the id of the record
    sheets_wanted = Signal(object)  # the questions whose score sheets are to be listed
    chosen = Signal(str)  # a factor to go to

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, " ")
        self._theme = theme
        content = QWidget()
        self._inside: QVBoxLayout = column(content, SMALL, (0, 0, SMALL, 0))  # clear of the scroll bar
        self.box.addWidget(scrolled(content), 1)
        self.setMinimumWidth(theme.px(240))

    def ask_to_choose(self) -> None:
        """Nothing is selected yet."""
        self._begin(_("What is behind it"))
        self._say(_("Choose a line to see what customers said about it."))
        self._inside.addStretch(1)

    def show_net(self, card: Scorecard, more: More | None) -> None:
        """Customer value as a whole: the verdict, how sure it is, what other weights and one-minute forms say."""
        self._begin(_("Customer value"))
        self._say(verdict_reason(judgement(card), card))
        if card.net.value is not None:
            self._say(figure_words(card.net, with_sign=True))
        if card.minute is not None:
            self._say(minute_words(card.minute.net, with_sign=True), "quiet")
        if more is not None:
            self._say(nets_words(more.nets), "quiet")
            if more.derived.misses:
                self._say(misses_words(more.derived.check))
        if card.minute is not None and card.minute.net.value is not None:
            self._offer_sheets(card.minute.people, tuple(MINUTE_QUESTIONS), _("Show the one-minute answers"))
        keys = [factor.key for lever in card.levers for factor in lever.factors]
        self._offer_sheets(card.people, keys)
        self._inside.addStretch(1)

    def show_lever(self, lever: LeverCard, card: Scorecard) -> None:
        """A part of value: what it means and how sure its score is."""
        self._begin(words.lever_name(lever.lever))
        self._say(words.lever_meaning(lever.lever), "quiet")
        self._figure(lever)
        bound = [factor.label for factor in lever.factors if factor.bound]
        if bound:
            self._say(
                _("What went wrong weighs more than score sheets say here: {factors}.").format(
                    factors=", ".join(bound)
                ),
                "quiet",
            )
        if card.minute is not None:
            self._say(minute_words(card.minute.levers[lever.lever]), "quiet")
        people = max((factor.estimate.n for factor in lever.factors), default=0)
        self._offer_sheets(people, [factor.key for factor in lever.factors])
        if card.minute is not None and card.minute.levers[lever.lever].value is not None:
            keys = [key for key, found in MINUTE_QUESTIONS.items() if found == lever.lever]
            self._offer_sheets(card.minute.levers[lever.lever].n, keys, _("Show the one-minute answers"))
        self._inside.addStretch(1)

    def show_kind(self, kind: KindScore, card: Scorecard) -> None:
        """A kind of benefit or cost, and what belongs to it."""
        self._begin(kind_name(kind.kind))
        if kind.estimate.value is not None:
            self._say(figure_words(kind.estimate))
        else:
            self._say(_("{why}.").format(why=words.why_not(kind.estimate).capitalize()), "quiet")
        if words.less_is_better(kind.lever):
            self._say(_("Less is better here."), "quiet")
        self._say(_("What belongs to it"), "faint")
        for key in kind.factors:
            score = card.factor(key)
            value = "–" if score.estimate.value is None else number(score.estimate.value)
            text = _("{factor}: {value}").format(factor=score.label, value=value)
            self._inside.addWidget(button(self._theme, text, partial(self.chosen.emit, key), "plain"))
        self._offer_sheets(kind.asked, kind.factors)
        self._inside.addStretch(1)

    def show_factor(
        self, score: FactorScore, found: Evidence, names: Mapping[int, str], today: date, more: More | None
    ) -> None:
        """A factor with the latest that was said about it."""
        self._begin(score.label)
        self._figure(score)
        self._say(trouble_words(score))
        if more is not None:
            self._say(importance_words(more.derived.importance.get(score.key), score.lever), "quiet")
        self._offer_sheets(score.estimate.n, [score.key])
        make = partial(self.opened.emit, "actions", ("make", ("factors", score.key)))
        self._inside.addWidget(button(self._theme, _("Make this an action"), make, "plain", "target"))
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

    def show_sheets(self, sheets: Sequence[SheetBehind], today: date, back: Callable[[], None]) -> None:
        """The score sheets behind the figure, newest first; each opens the customer it came from, else the sheet."""
        clear(self._inside)
        returning = button(self._theme, _("Back"), back, "plain", "chevron-left")
        self._inside.addWidget(returning)
        for sheet in sheets[:MOST_SHEETS]:
            self._inside.addWidget(self._sheet(sheet, today))
        if len(sheets) > MOST_SHEETS:
            older = len(sheets) - MOST_SHEETS
            self._say(ngettext("{n} older one.", "{n} older ones.", older).format(n=number(older, 0)), "quiet")
        self._inside.addStretch(1)
        returning.setFocus()

    def _begin(self, title: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        clear(self._inside)

    def _say(self, text: str, tone: str = "") -> None:
        if text:
            self._inside.addWidget(label(self._theme, text, TEXT, tone=tone, wrap=True))

    def _offer_sheets(self, people: int, questions: Sequence[str], text: str = "") -> None:
        """The list behind a figure; of fewer than five people none, so that nobody can be recognised."""
        if people < NEED_PEOPLE:
            if people:
                self._say(_("Fewer than five people: their sheets are not listed here."), "faint")
            return
        text = text or ngettext("Show the {n} answer", "Show the {n} answers", people).format(n=number(people, 0))
        self._inside.addWidget(
            button(self._theme, text, lambda: self.sheets_wanted.emit(questions), "plain", "clipboard-list")
        )

    def _figure(self, score: LeverCard | FactorScore) -> None:
        if score.estimate.value is None:
            self._say(missing_words(score), "quiet")
        else:
            if isinstance(score, FactorScore) and score.bound:
                self._say(bound_words(score))
            else:
                self._say(figure_words(score.estimate))
            if words.less_is_better(score.lever):
                self._say(_("Less is better here."), "quiet")
        if score.owner is not None:
            self._say(guess_sentence(score), "quiet")

    def _quote(self, proof: Proof, names: Mapping[int, str], today: date) -> QuoteButton:
        who = names.get(proof.customer_id or 0, _("Anonymous"))
        parts = [who, stars(proof.rating), day_short(proof.date, today)]
        if proof.severity:
            parts.append(words.severity_name(proof.severity))
        said = _("“{words}”").format(words=" ".join(proof.text.split())) if proof.text.strip() else _("No words")
        made = QuoteButton(self._theme, said, " · ".join(part for part in parts if part))
        made.clicked.connect(lambda: self.opened.emit(proof.table, proof.id))
        return made

    def _sheet(self, sheet: SheetBehind, today: date) -> QWidget:
        answer = "" if sheet.answer is None else _("Answered {value} of 5").format(value=number(sheet.answer, 0))
        worth = "" if sheet.worth_it is None else _("worth it: {value} of 5").format(value=number(sheet.worth_it, 0))
        above = sheet.customer or _("Anonymous")
        below = " · ".join(part for part in (answer, worth, day_short(sheet.date, today)) if part)
        made = QuoteButton(self._theme, above, below)
        if sheet.customer_id is None:
            made.clicked.connect(lambda: self.opened.emit("assessments", sheet.id))
        else:
            made.clicked.connect(lambda: self.opened.emit("customers", sheet.customer_id))
        return made


def guess_sentence(score: LeverCard | FactorScore) -> str:
    """The owner's guess against what customers said."""
    assert score.owner is not None
    guess = number(score.owner, 0 if isinstance(score, FactorScore) else 1)
    if score.gap is None:
        return _("Your guess: {guess}.").format(guess=guess)
    if isinstance(score, FactorScore) and score.bound and not score.verdict:
        return _("You guessed {guess}, close to what score sheets say.").format(guess=guess)
    size = number(abs(score.gap))
    if score.verdict == "blind_spot":
        return _("You guessed {guess}: a blind spot, customers see it {size} worse.").format(guess=guess, size=size)
    if score.verdict == "hidden_strength":
        return _("You guessed {guess}: a hidden strength, customers see it {size} better.").format(
            guess=guess, size=size
        )
    return _("You guessed {guess}, close to what customers say.").format(guess=guess)


__all__ = ["EvidenceCard", "QuoteButton", "guess_sentence"]
