"""The row of cards at the top of Value: the net figure, and the four parts it is made of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cvdesk.catalogue.records import LEVERS
from cvdesk.kit.theme import LEVER_ICONS, Theme
from cvdesk.kit.widgets import (
    CARD_TITLE,
    FIGURE,
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    Card,
    Elided,
    Interval,
    button,
    clear,
    label,
    line,
    tooltip,
)
from cvdesk.stats.intervals import Estimate
from cvdesk.value.page_fitting import Fitting
from cvdesk.value.page_words import verdict_short, verdict_tone
from cvdesk.value.records import LeverCard, Scorecard
from cvdesk.value.records_score_verdict import judgement
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, signed


class CardRow(QWidget):
    """Five cards side by side. Without customers' answers they show the owner's guess in grey, and say so.

    While only one-minute forms allow a figure, it is theirs, and says so.
    """

    opened = Signal(str)  # "net" or a lever: what is behind it is wanted

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SMALL)
        self._narrow = False
        self._titles: list[tuple[Elided, str, str]] = []
        self._pictures: list[QLabel] = []

    def set_narrow(self, narrow: bool) -> None:
        """In little room names are short and go without a picture."""
        self._narrow = narrow
        side = MEDIUM if narrow else LARGE
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            card = item.widget() if item is not None else None
            if isinstance(card, Card):
                card.box.setContentsMargins(side, MEDIUM, side, LARGE)
            self._row.setStretch(place, 20 if place else 25 if narrow else 21)
        for title, wide, short in self._titles:
            title.set_whole(short if narrow else wide)
        for picture in self._pictures:
            picture.setVisible(not narrow)

    def show_card(self, card: Scorecard) -> None:
        """Shows a scorecard."""
        clear(self._row)
        self._titles, self._pictures = [], []
        guessed = card.answered == 0 and card.guessed_on is not None
        made = net_card(self._theme, card, guessed)
        self._opens(made, "net", _("What is behind customer value"))
        self._row.addWidget(made)
        for lever in LEVERS:
            minute = card.minute.levers[lever] if card.minute is not None and card.from_minute else None
            made = lever_card(self._theme, card.lever(lever), guessed, minute)
            self._opens(made, lever, _("What is behind {part}").format(part=words.lever_name(lever)))
            self._row.addWidget(made)
        self.set_narrow(self._narrow)

    def _opens(self, card: Card, key: str, what: str) -> None:
        """A plain button in the card's title line."""
        made = button(self._theme, "", lambda: self.opened.emit(key), "plain", "chevron-right", name=what)
        made.setToolTip(tooltip(what))
        made.setFixedSize(self._theme.px(26), self._theme.px(22))
        first = card.box.itemAt(0)
        head = first.layout() if first is not None else None
        if head is None:
            return
        head.addWidget(made)
        for place in range(head.count()):
            item = head.itemAt(place)
            shown = item.widget() if item is not None else None
            if isinstance(shown, Elided):
                wide = shown.accessibleName()
                self._titles.append((shown, wide, _("Value") if key == "net" else wide))
            elif isinstance(shown, QLabel):
                self._pictures.append(shown)


def net_card(theme: Theme, card: Scorecard, guessed: bool) -> Card:
    """What customers get less what it takes out of them."""
    made = Card(theme)
    made.box.setSpacing(SMALL - 2)
    made.setAccessibleName(_("Customer value"))
    head = line(SMALL)
    head.addWidget(Elided(theme, _("Customer value"), CARD_TITLE, strong=True), 1)
    made.box.addLayout(head)
    shown = card.headline_net
    net, get, give = shown.value, card.get, card.give
    if guessed:
        net, get, give = card.guess.net, card.guess.get, card.guess.give
    elif card.minute is not None and card.from_minute:
        get, give = card.minute.get, card.minute.give
    tone = "quiet" if guessed else "accent"
    row = line(SMALL)
    row.addWidget(label(theme, "–" if net is None else signed(net), FIGURE, strong=True, tone=tone))
    counted = _("{n} one-minute forms").format(n=number(shown.n, 0)) if card.from_minute else words.answers(shown.n)
    row.addWidget(Elided(theme, "" if guessed or net is None else counted, NOTE, "faint"), 1)
    made.box.addLayout(row)
    if guessed:
        made.box.addWidget(label(theme, _("your guess"), TEXT, tone="quiet"))
    elif net is None:
        made.box.addWidget(label(theme, words.why_not(card.net), NOTE, tone="quiet", wrap=True))
    else:
        found = judgement(card)
        made.box.addWidget(Elided(theme, verdict_short(found), NOTE, verdict_tone(found)))
        below = _("{range} · {strength}").format(
            range=words.interval(shown, with_sign=True), strength=words.strength(shown.n)
        )
        made.box.addWidget(Elided(theme, below, NOTE, "quiet"))
    if get is not None and give is not None:
        made.box.addWidget(Elided(theme, _get_give(card, get, give), NOTE, "faint"))
    made.box.addStretch(1)
    return made


def lever_card(theme: Theme, card: LeverCard, guessed: bool, minute: Estimate | None = None) -> Card:
    """One part of value with its interval on the scale, how many answered and how sure that is.

    minute: the one-minute form's figure, where that is all there is.
    """
    made = Card(theme)
    made.box.setSpacing(SMALL - 2)
    made.setAccessibleName(words.lever_name(card.lever))
    head = line(SMALL)
    picture = QLabel()
    picture.setPixmap(theme.pixmap(LEVER_ICONS[card.lever], card.lever, 18))
    head.addWidget(picture)
    head.addWidget(Elided(theme, words.lever_name(card.lever), CARD_TITLE, strong=True), 1)
    made.box.addLayout(head)
    estimate = card.estimate if minute is None else minute
    value = card.owner if guessed else estimate.value
    row = line(SMALL)
    row.addWidget(
        label(theme, "–" if value is None else number(value), FIGURE, strong=True, tone="quiet" if guessed else "")
    )
    row.addWidget(Elided(theme, _("of 5"), NOTE, "faint"), 1)
    made.box.addLayout(row)
    drawn = Interval(theme, "faint" if guessed else card.lever)
    drawn.show_figure(value, None if guessed else estimate.low, None if guessed else estimate.high)
    made.box.addWidget(drawn)
    for texts in _below(card.lever, estimate, guessed, minute is not None):
        made.box.addWidget(Fitting(theme, texts))
    made.box.addStretch(1)
    return made


def _below(lever: str, estimate: Estimate, guessed: bool, minute: bool) -> list[tuple[str, ...]]:
    """The lines under a score, each with shorter words where it has some: interval and how sure, or why there is none;
    answers, and which way is better."""
    better = [_("less is better")] if words.less_is_better(lever) else []
    if guessed:
        return [(" · ".join([_("your guess"), *better]),)]
    if estimate.value is None:
        return [(words.why_not(estimate),), *((text,) for text in better)]
    counted = _("{n} one-minute forms").format(n=number(estimate.n, 0)) if minute else words.answers(estimate.n)
    sure = _("{range} · {strength}").format(range=words.interval(estimate), strength=words.strength(estimate.n))
    if minute:
        return [(sure,), (counted, _("{n} one-minute").format(n=number(estimate.n, 0))), *((text,) for text in better)]
    shorter = [", ".join([number(estimate.n, 0), *better])] if better else []
    return [(sure,), (" · ".join([counted, *better]), *shorter)]


def _get_give(card: Scorecard, get: float, give: float) -> str:
    """Get 8.0, give 6.2 of 10; each with its own most where levers weigh differently."""
    if card.get_of == card.give_of:
        return _("get {get}, give {give} of {most}").format(get=number(get), give=number(give), most=_most(card.get_of))
    return _("get {get} of {get_of}, give {give} of {give_of}").format(
        get=number(get), give=number(give), get_of=_most(card.get_of), give_of=_most(card.give_of)
    )


def _most(value: float) -> str:
    return number(value, 0 if abs(value - round(value)) < 0.05 else 1)
