"""Whom to ask, how many and by which way: the choices of handing out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from cvdesk.catalogue.records import Named
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, Choice, Flow, column, label, line
from cvdesk.surveys.form import Options
from cvdesk.surveys.store_ask import Audience
from cvdesk.wording import _, ngettext

_MOST_BLANK, _MOST_ASKED = 500, 5000
_BOUGHT = (7, 30, 90, 365)
_EVERYBODY = "everybody"
_BY_MAIL = ("pdf", "email")
_RESTS = (30, 60, 90, 180, 365)


class CountLine(QLineEdit):
    """A whole number from 1 up; Up and Down change it by one. Says `changed_to`."""

    changed_to = Signal(int)

    def __init__(self, theme: Theme, name: str, value: int, most: int) -> None:
        super().__init__(str(value))
        self._most = most
        self.setAccessibleName(name)
        self.setFixedWidth(theme.px(76))
        self.setValidator(QIntValidator(0, most, self))
        self.textChanged.connect(lambda _text: self.changed_to.emit(self.value()))

    def value(self) -> int:
        """The number typed, never more than can be; 0 where nothing is typed."""
        text = self.text().strip()
        return min(int(text), self._most) if text.isdecimal() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if event.key() == Qt.Key.Key_Up else -1
            self.setText(str(min(max(self.value() + by, 1), self._most)))
        else:
            super().keyPressEvent(event)


class AskForm(QWidget):
    """Says `changed` when somebody else, or some other way, is chosen; `rest_chosen` with another rest time."""

    changed = Signal()
    rest_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        segments: Sequence[Named],
        tags: Sequence[Named],
        offerings: Sequence[Named],
        rest: int,
        anonymous: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._anonymous = theme, anonymous
        box = column(self, SMALL, (0, 0, SMALL, SMALL))
        box.addWidget(label(theme, _("How"), TEXT, strong=True))
        self.way = Options(theme, _ways(), "paper")
        box.addWidget(self.way)
        self.still_linked = label(theme, _still_linked(), NOTE, tone="bad", wrap=True)
        box.addWidget(self.still_linked)
        self._blank = QWidget()
        self._fill_blank()
        box.addWidget(self._blank)
        self._people = QWidget()
        self._fill_people(segments, tags, offerings, rest)
        box.addWidget(self._people)
        box.addStretch(1)
        self.way.chosen.connect(self._way_chosen)
        self._way_chosen()

    @property
    def blank(self) -> bool:
        """Whether sheets are printed for whoever takes one."""
        return self.way.value == "paper"

    def audience(self) -> Audience:
        """Who may be asked."""
        return Audience(
            _number(self.bought.value), _number(self.segment.value), _number(self.tag.value),
            _number(self.offering.value), self.bought.value == _EVERYBODY,
        )  # fmt: skip

    def choose_offering(self, offering: int | None) -> None:
        """Begins with those who bought this product."""
        self.offering.offer(self._offerings, offering)

    def most(self) -> int | None:
        """How many at most; None: all who fit."""
        return self.count.value() if self.how_many.value == "some" else None

    def _fill_blank(self) -> None:
        box = column(self._blank, TIGHT)
        row = line(SMALL)
        self.sheets = CountLine(self._theme, _("How many sheets"), 20, _MOST_BLANK)
        asked = label(self._theme, _("How many sheets"))
        asked.setBuddy(self.sheets)
        row.addWidget(asked)
        row.addWidget(self.sheets)
        row.addStretch(1)
        box.addLayout(row)
        said = _("Give one to every customer, or to every third. Whoever chooses the friendly ones learns nothing new.")
        box.addWidget(label(self._theme, said, NOTE, tone="faint", wrap=True))
        self.sheets.changed_to.connect(lambda _value: self.changed.emit())

    def _fill_people(
        self, segments: Sequence[Named], tags: Sequence[Named], offerings: Sequence[Named], rest: int
    ) -> None:
        theme = self._theme
        box = column(self._people, SMALL)
        box.addWidget(label(theme, _("Who"), TEXT, strong=True))
        flow = Flow(SMALL)
        self.bought = Choice(theme, _("Who"), _bought(), None)
        self.segment = Choice(theme, _("Group"), _named(_("Any group"), segments), None)
        self.tag = Choice(theme, _("Tag"), _named(_("Any tag"), tags), None)
        self._offerings = _named(_("Any product"), offerings)
        self.offering = Choice(theme, _("Product"), self._offerings, None)
        for choice, wanted in ((self.bought, True), (self.segment, segments), (self.tag, tags),
                               (self.offering, offerings)):  # fmt: skip
            choice.setVisible(bool(wanted))
            choice.chosen.connect(lambda _value: self.changed.emit())
            if wanted:
                flow.addWidget(choice)
        place = QWidget()
        place.setLayout(flow)
        box.addWidget(place)
        box.addWidget(label(theme, _("How many"), TEXT, strong=True))
        row = line(SMALL)
        self._how_many_row = QWidget()
        self._how_many_row.setLayout(row)
        self.how_many = Choice(theme, _("How many"), [("all", _("All who fit")), ("some", _("At random:"))], "all")
        self.count = CountLine(theme, _("How many at random"), 20, _MOST_ASKED)
        self.count.setVisible(False)
        row.addWidget(self.how_many)
        row.addWidget(self.count)
        row.addStretch(1)
        box.addWidget(self._how_many_row)
        self.by_hand = QCheckBox(_("Pick them by hand"))
        box.addWidget(self.by_hand)
        rests: list[tuple[object, str]] = [(days, _rest_words(days)) for days in sorted({*_RESTS, rest})]
        self.rest = Choice(theme, _("Rest between two surveys"), rests, rest)
        beside = line(SMALL)
        beside.addWidget(self.rest)
        beside.addStretch(1)
        box.addWidget(label(theme, _("Nobody is asked too often"), TEXT, strong=True))
        box.addLayout(beside)
        said = _("Who carries the tag “Do not contact” is never asked.")
        box.addWidget(label(theme, said, NOTE, tone="faint", wrap=True))
        self.how_many.chosen.connect(self._how_many_chosen)
        self.count.changed_to.connect(lambda _value: self.changed.emit())
        self.by_hand.toggled.connect(self._by_hand_toggled)
        self.rest.chosen.connect(self.rest_chosen)

    def _how_many_chosen(self, value: object) -> None:
        self.count.setVisible(value == "some")
        self.changed.emit()

    def _by_hand_toggled(self, on: bool) -> None:
        self._how_many_row.setVisible(not on)
        self.changed.emit()

    def _way_chosen(self) -> None:
        self._blank.setVisible(self.blank)
        self._people.setVisible(not self.blank)
        self.still_linked.setVisible(self._anonymous and self.way.value in _BY_MAIL)
        self.changed.emit()


def _still_linked() -> str:
    return _(
        "This survey is without names, and the file keeps none. The folder of drafts and your mailbox still link each "
        "name to its answers. On paper or at the counter nothing does."
    )


def _ways() -> list[tuple[str, str, str]]:
    return [
        ("paper", _("On paper"), _("Sheets with a code each, for whoever takes one.")),
        ("pdf", _("PDF by e-mail"), _("An e-mail draft for each customer, with a form to fill in and send back.")),
        ("email", _("E-mail text"), _("An e-mail draft for each customer; they answer below the questions.")),
        ("phone", _("By phone"), _("A list to ring. You put in what they say.")),
    ]


def _bought() -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = [(None, _("Every active customer"))]
    for days in _BOUGHT:
        found.append((days, ngettext("Bought in the last {count} day", "Bought in the last {count} days", days)
                      .format(count=days)))  # fmt: skip
    found.append((_EVERYBODY, _("Everybody in the file")))
    return found


def _named(nothing: str, some: Sequence[Named]) -> list[tuple[object, str]]:
    return [(None, nothing), *((one.id, one.name) for one in some)]


def _rest_words(days: int) -> str:
    return ngettext("Not asked for {count} day", "Not asked for {count} days", days).format(count=days)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


__all__ = ["AskForm"]
