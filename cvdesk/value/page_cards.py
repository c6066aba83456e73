"""The row of cards at the top of Value: the net figure, and the four parts it is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cvdesk.catalogue.records import LEVERS
from cvdesk.kit.theme import LEVER_ICONS, Theme
from cvdesk.kit.widgets import CARD_TITLE, FIGURE, NOTE, SMALL, TEXT, Card, Elided, Interval, clear, label, line
from cvdesk.stats.intervals import Estimate
from cvdesk.value.records import LeverCard, Scorecard
from cvdesk.wording import _
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import number, signed


class CardRow(QWidget):
    """Five cards side by side. Without customers' answers they show the owner's guess in grey, and say so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SMALL)

    def show_card(self, card: Scorecard) -> None:
        """Shows a scorecard."""
        clear(self._row)
        guessed = card.people == 0 and card.guessed_on is not None
        self._row.addWidget(net_card(self._theme, card, guessed), 21)
        for lever in LEVERS:
            self._row.addWidget(lever_card(self._theme, card.lever(lever), guessed), 20)


def net_card(theme: Theme, card: Scorecard, guessed: bool) -> Card:
    """What customers get less what it takes out of them."""
    made = Card(theme)
    made.box.setSpacing(SMALL - 2)
    made.setAccessibleName(_("Customer value"))
    made.box.addWidget(Elided(theme, _("Customer value"), CARD_TITLE, strong=True))
    net, get, give = (
        (card.guess.net, card.guess.get, card.guess.give) if guessed else (card.net.value, card.get, card.give)
    )
    tone = "quiet" if guessed else "accent"
    made.box.addWidget(label(theme, "–" if net is None else signed(net), FIGURE, strong=True, tone=tone))
    if guessed:
        made.box.addWidget(label(theme, _("your guess"), TEXT, tone="quiet"))
    elif net is None:
        made.box.addWidget(label(theme, words.why_not(card.net), NOTE, tone="quiet", wrap=True))
    else:
        for text in (words.interval(card.net, with_sign=True), words.answers(card.net.n)):
            made.box.addWidget(Elided(theme, text, NOTE, "quiet"))
    if get is not None and give is not None:
        made.box.addWidget(Elided(theme, _of("get", get, card.get_of), NOTE, "faint"))
        made.box.addWidget(Elided(theme, _of("give", give, card.give_of), NOTE, "faint"))
    made.box.addStretch(1)
    return made


def lever_card(theme: Theme, card: LeverCard, guessed: bool) -> Card:
    """One part of value with its interval on the scale, how many answered and how sure that is."""
    made = Card(theme)
    made.box.setSpacing(SMALL - 2)
    made.setAccessibleName(words.lever_name(card.lever))
    head = line(SMALL)
    picture = QLabel()
    picture.setPixmap(theme.pixmap(LEVER_ICONS[card.lever], card.lever, 18))
    head.addWidget(picture)
    head.addWidget(Elided(theme, words.lever_name(card.lever), CARD_TITLE, strong=True), 1)
    made.box.addLayout(head)
    estimate = card.estimate
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
    for text in _below(estimate, guessed):
        made.box.addWidget(Elided(theme, text, NOTE, "quiet"))
    if words.less_is_better(card.lever):
        made.box.addWidget(Elided(theme, _("less is better"), NOTE, "faint"))
    made.box.addStretch(1)
    return made


def _below(estimate: Estimate, guessed: bool) -> list[str]:
    """The lines under a score: interval and strength, answers; or why there is no score."""
    if guessed:
        return [_("your guess")]
    if estimate.value is None:
        return [words.why_not(estimate)]
    return [
        _("{range} · {strength}").format(range=words.interval(estimate), strength=words.strength(estimate.n)),
        words.answers(estimate.n),
    ]


def _of(what: str, value: float, most: float) -> str:
    names = {"value": number(value), "most": number(most, 0 if abs(most - round(most)) < 0.05 else 1)}
    return (_("get {value} of {most}") if what == "get" else _("give {value} of {most}")).format(**names)
