"""The cards of Home; each figure opens what stands behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cvdesk.catalogue.records import LEVERS
from cvdesk.db.filter import Filter
from cvdesk.kit.chart import Spark, TrendChart
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LEVER_ICONS
from cvdesk.kit.widgets import (
    CARD_TITLE,
    FIGURE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Bar,
    Card,
    Elided,
    EmptyState,
    Interval,
    RowButton,
    button,
    column,
    label,
    line,
)
from cvdesk.shell.home_data import HomeData
from cvdesk.shell.home_needs import opening_row
from cvdesk.shell.store import Words, counts
from cvdesk.stats.intervals import Estimate, apart
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, number, percent, signed, stars, whole

MOST_THEMES = 5
NEEDED_ANSWERS = 5


def _difference(now: Estimate, before: Estimate, less_is_better: bool) -> tuple[str, str]:
    """The change in words and its tone; empty where one side is not shown, no direction where chance could give it."""
    said, better = words.score_change(before, now, apart(now, before), less_is_better)
    return said, "quiet" if said and better is None else "good" if better else "bad" if said else ""


def _opens(card: Card, session: Session, table: str, record: object, what: str) -> None:
    """Lets a card's figures be opened: a plain button in its title line."""
    made = button(session.theme, "", lambda: session.open(table, record), "plain", "chevron-right", name=what)
    made.setToolTip(what)
    made.setFixedSize(session.theme.px(26), session.theme.px(26))
    first = card.box.itemAt(0)
    head = first.layout() if first is not None else None
    if head is not None:
        head.addWidget(made)


def value_card(session: Session, data: HomeData) -> Card:
    """Customer value with its interval, the change, a small line of the months."""
    theme, value = session.theme, data.now.value
    card = Card(theme, _("Customer value"), note=words.answers(value.net.n))
    card.beside.hide()  # empty, it would still take room from the title
    card.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    card.box.setSpacing(TIGHT)
    row = line(SMALL)
    figure = label(theme, signed(value.net.value or 0.0), FIGURE, strong=True, tone="accent")
    row.addWidget(figure)
    row.addWidget(label(theme, words.interval(value.net, with_sign=False), TEXT, tone="quiet"))
    text, tone = _difference(value.net, data.before.value.net, less_is_better=False)
    row.addStretch(1)
    row.addWidget(label(theme, text, NOTE, tone=tone))
    card.box.addLayout(row)
    spark = Spark(theme)
    spark.show_values([point.value for point in data.series.points if point.value is not None])
    card.box.addWidget(spark)
    if value.get is not None and value.give is not None:
        text = _("get {get} of {get_of} · give {give} of {give_of}").format(
            get=number(value.get), give=number(value.give), get_of=_of(value.get_of), give_of=_of(value.give_of)
        )
        card.box.addWidget(label(theme, text, NOTE, tone="faint"))
    _opens(card, session, "page", "value", _("Open the scorecard"))
    return card


def _of(most: float) -> str:
    """The most that can be reached: a whole number where it is one."""
    return number(most, 0 if float(most).is_integer() else 1)


def lever_card(session: Session, data: HomeData, lever: str) -> Card:
    """One part of value: its score of 5, the change in words, the interval on its scale."""
    theme = session.theme
    now = data.now.value.levers[lever].score
    card = Card(theme)
    card.setAccessibleName(words.lever_name(lever))
    card.box.setSpacing(TIGHT)
    head = line(SMALL)
    picture = QLabel()
    picture.setPixmap(theme.pixmap(LEVER_ICONS[lever], lever, 18))
    head.addWidget(picture)
    head.addWidget(label(theme, words.lever_name(lever), CARD_TITLE, strong=True))
    head.addStretch(1)
    card.box.addLayout(head)
    row = line(SMALL)
    shown = number(now.value) if now.value is not None else "–"
    row.addWidget(label(theme, shown, FIGURE, strong=True))
    scale = label(theme, _("of 5"), NOTE, tone="faint")
    scale.setObjectName("scale")  # the first thing to go where there is little room
    row.addWidget(scale)
    text, tone = _difference(now, data.before.value.levers[lever].score, words.less_is_better(lever))
    row.addStretch(1)
    row.addWidget(label(theme, text, NOTE, tone=tone))
    card.box.addLayout(row)
    interval = Interval(theme, lever)
    interval.show_figure(now.value, now.low, now.high)
    interval.setToolTip(words.interval(now))
    card.box.addWidget(interval)
    card.box.addWidget(Elided(theme, words.lever_meaning(lever), NOTE, "faint"))
    _opens(card, session, "assessments", lever, _("Open {part} on the scorecard").format(part=words.lever_name(lever)))
    return card


def trend_card(session: Session, data: HomeData) -> Card:
    """Value by month with the ordinary range; each month opens what was said in it."""
    theme, series = session.theme, data.series
    card = Card(theme, _("Value trend"), series.sentence)
    if not any(point.value is not None for point in series.points):
        card.box.addWidget(EmptyState(theme, series.sentence))
        return card
    chart = TrendChart(theme)
    chart.show_series(series)

    def opened(place: int) -> None:
        from cvdesk.trends.store import behind

        table, record = behind(series.key, series.points[place].start, series.step, session.filter, session.today())
        session.open(table, record)

    chart.point_opened.connect(opened)
    card.box.addWidget(chart, 1)
    return card


def themes_card(session: Session, data: HomeData) -> Card:
    """What customers mention most, by share of customers; a line opens the entries."""
    theme, figures = session.theme, data.now
    card = Card(
        theme,
        _("What customers mention most"),
        note=_("of {count} customers, last 90 days").format(count=whole(figures.customers.active)),
    )
    card.box.setSpacing(2)
    shown = [item for item in figures.themes if item.share.value][:MOST_THEMES]
    if not shown:
        card.box.addWidget(
            EmptyState(theme, _("Shown once 10 customers have been heard and their feedback has themes."))
        )
    most = max((item.share.value or 0.0 for item in shown), default=1.0)
    rows = card.rows()
    for item in shown:
        share = item.share.value or 0.0
        said = _("{theme}: {share} of customers").format(theme=item.name, share=words.in_percent(item.share))
        record: Filter = replace(figures.filter, theme=item.id)
        inner = line(MEDIUM)
        inner.addWidget(Elided(theme, item.name, TEXT), 3)
        inner.addWidget(Bar(theme, share / max(most, 0.4), item.lever), 8)
        percentage = label(theme, percent(share), NOTE, tone="quiet")
        percentage.setMinimumWidth(theme.px(36))
        inner.addWidget(percentage)
        row = RowButton(said, partial(session.open, "entries", record), inner)
        row.setToolTip(words.percent_interval(item.share))
        rows.addWidget(row)
    card.box.addStretch(1)
    return card


def _said(session: Session, said: Words) -> RowButton:
    theme = session.theme
    who = said.customer or _("Anonymous")
    when = " · ".join(part for part in (day_short(said.date, session.today()), said.channel) if part)
    inner = column(None, 0)
    inner.addWidget(Elided(theme, _("“{words}”").format(words=said.text), TEXT))
    row = line(SMALL)
    if said.rating is not None:
        row.addWidget(label(theme, stars(said.rating), NOTE, tone="star"))
    row.addWidget(Elided(theme, f"{who} · {when}", NOTE, "faint"), 1)
    inner.addLayout(row)
    return RowButton(f"{said.text}. {who}, {when}", partial(session.open, "entries", said.id), inner)


def latest_card(session: Session, data: HomeData) -> Card:
    """The newest words of customers, verbatim."""
    theme = session.theme
    card = Card(theme, _("Latest feedback"))
    card.box.setSpacing(2)
    if not data.latest:
        card.box.addWidget(
            EmptyState(
                theme,
                _("What customers say stands here. Write down the next thing you hear."),
                icon="message-square-text",
            )
        )
    rows = card.rows()
    for said in data.latest[: 5 if data.early else 3]:
        rows.addWidget(_said(session, said))
    card.box.addStretch(1)
    return card


# Week one


def still_needed(data: HomeData) -> str:
    """What is still needed for a figure, in words."""
    have = data.now.value.net.n
    if have >= NEEDED_ANSWERS:
        return _("Some parts of value have fewer than 5 answers: score a few more customers")
    if have:
        return ngettext(
            "{have} customer has answered so far; value is shown from 5",
            "{have} customers have answered so far; value is shown from 5",
            have,
        ).format(have=have)
    return _("Value is shown once 5 customers have answered the score sheet")


def first_steps_card(session: Session, data: HomeData) -> Card | None:
    """What to do first; steps already taken are ticked."""
    theme = session.theme
    file = session.file
    customers = bool(file.value("SELECT EXISTS (SELECT 1 FROM customers)"))
    entries = bool(file.value("SELECT EXISTS (SELECT 1 FROM entries)"))
    guess = bool(file.value("SELECT EXISTS (SELECT 1 FROM assessments WHERE kind = 'owner' AND state = 'done')"))
    answers = data.now.value.net.n >= NEEDED_ANSWERS
    steps = (
        (
            customers,
            _("Bring in your customers"),
            _("A list from Excel, or from any other program"),
            ("command", "import"),
        ),
        (entries, _("Log what a customer said"), _("One line, as you would say it: Ctrl+N"), ("page", "feedback")),
        (
            guess,
            _("Guess how customers would score you"),
            _("Five minutes; later you see where you were right"),
            ("page", "value"),
        ),
        (answers, _("Ask five customers"), _("Their answers make the first figure"), ("page", "surveys")),
    )
    card = Card(theme, _("First steps"), note=f"{sum(step[0] for step in steps)} / {len(steps)}")
    card.box.setSpacing(2)
    rows = card.rows()
    for done, title, quiet, (table, record) in steps:
        icon, tone = ("circle-check", "good") if done else ("arrow-right", "accent")
        said = _("{step} (done)").format(step=title) if done else title
        rows.addWidget(opening_row(session, icon, tone, said, quiet, table, record))
    return card


def counts_card(session: Session) -> Card:
    """Plain counts: facts about the log."""
    theme = session.theme
    card = Card(theme, _("So far"))
    people, said, cases = counts(session.file)
    rows: tuple[tuple[str, str, str, object], ...] = (
        (whole(people), ngettext("customer", "customers", people), "page", "customers"),
        (whole(said), ngettext("entry of feedback", "entries of feedback", said), "page", "feedback"),
        (whole(cases), ngettext("complaint", "complaints", cases), "page", "complaints"),
    )
    lines = card.rows()
    for count, what, table, record in rows:
        inner = line(MEDIUM)
        figure = label(theme, count, CARD_TITLE, strong=True)
        figure.setMinimumWidth(theme.px(48))
        inner.addWidget(figure)
        inner.addWidget(label(theme, what, TEXT, tone="quiet"))
        inner.addStretch(1)
        lines.addWidget(RowButton(f"{count} {what}", partial(session.open, table, record), inner))
    return card


class TopCards(QWidget):
    """Value and the four levers: side by side, or value above the levers where there is little room."""

    def __init__(self, session: Session, data: HomeData) -> None:
        super().__init__()
        self._wide_from = session.theme.px(980)
        self._wide: bool | None = None
        self._value = value_card(session, data)
        self._levers = [lever_card(session, data, lever) for lever in LEVERS]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(MEDIUM)
        self._arrange(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(event.size().width() >= self._wide_from)
        super().resizeEvent(event)

    def _arrange(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        for card in (self._value, *self._levers):
            self._grid.removeWidget(card)
        self._grid.addWidget(self._value, 0, 0, 1, 1 if wide else 4)
        for place, card in enumerate(self._levers):
            row, column = (0, place + 1) if wide else (1, place)
            self._grid.addWidget(card, row, column)
            for scale in card.findChildren(QLabel, "scale"):
                scale.setVisible(wide)
        for place in range(5):
            self._grid.setColumnStretch(place, (6 if place == 0 else 5) if wide else (place < 4))
