"""Keys and first steps; what the program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

import cvdesk
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, TIGHT, WIDE, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, TITLE, button, column, label, line, scrolled
from cvdesk.wording import _

_HEIGHT = 560


def steps() -> tuple[str, ...]:
    """What to do first, in order."""
    return (
        _("Bring in the lists you have: File, Import a list. Any import can be taken back."),
        _("Log what customers say as they say it: Ctrl+N, one line, Enter."),
        _("Turn what went wrong into a complaint, so that it gets a number and a deadline."),
        _("Say what your trade is: Edit, What customers value. Then score the value, your own guess first."),
        _("Ask your customers: Surveys, on paper, by e-mail or at the counter. A figure is shown from 5 answers."),
        _("Say what you could do about a problem: three answers make an action. Strategy finds the best mix."),
        _("Once a month take the monthly look: Reports. There you print all you need, under your logo and colour."),
    )


def keys() -> tuple[tuple[str, str], ...]:
    """Keys and what they do."""
    return (
        ("Ctrl+N", _("Log feedback from any page")),
        ("Tab, →", _("In the line: take what is offered; ↓ goes to the chips, Space opens one")),
        ("Ctrl+Shift+C, S, P", _("In the line: a complaint, a safety mark, a promise")),
        ("Alt+1 … 9", _("Count what keeps happening")),
        ("Ctrl+G", _("Check a voucher somebody hands over")),
        ("Ctrl+B", _("Notes on paper, one after the other")),
        ("Ctrl+K", _("Search everything")),
        ("Ctrl+1 … 9, 0, R", _("Go to a page; 0 is Care, R is Reports")),
        ("Ctrl+F", _("Search in a list, or in a document")),
        ("Ctrl+S, Ctrl+P", _("Reports: save the document, print it")),
        ("Enter", _("Open what is selected")),
        ("Ctrl+A, Shift+↓", _("Select several in a list, to change them together")),
        ("Y, N", _("In the list of feedback: the suggested theme is right, or is not")),
        ("M, A", _("In the list of feedback: mark words as a theme, write an answer")),
        ("← ↑ ↓ →, M", _("On the board of complaints: walk, move a case")),
        ("1 … 5, D", _("Answer a question of a score sheet, or it does not apply; Backspace goes back")),
        ("Ctrl+Tab", _("The next tab of a page")),
        ("Ctrl+Z, Ctrl+Shift+Z", _("Take back, do again; works after closing, too")),
        ("Ctrl+I, Ctrl+Shift+V", _("Import a list, or cells copied in a spreadsheet")),
        ("Ctrl+O", _("Open another file")),
        ("F1", _("This help")),
    )


def more_about_the_line() -> tuple[str, ...]:
    """What else a line may say."""
    return (
        _(
            "Customer, words, stars, channel, day and #theme may come in any order. Add “complaint” after a comma to "
            "give it a number and a deadline."
        ),
        _("“!safety” asks which batch, who else and who was told, and stays on top of Home until it is dealt with."),
        _("“!promise ring Thursday” keeps a promise in sight until it is kept."),
        _('In a search: bread late · "sold out" · -queue · of: maria'),
    )


def example() -> str:
    """A line as it may be typed."""
    return _("maria alvarez: bread arrived late again, 2 stars, phone, yesterday #late-delivery")


class HelpPage(Dialog):
    """A page of help with one button."""

    def __init__(self, theme: Theme, title: str, width: int, parent: QWidget | None) -> None:
        super().__init__(theme.px(width), parent)
        self.setWindowTitle(title)
        self.theme = theme
        self.box = column(self, MEDIUM, (WIDE, WIDE, WIDE, LARGE))
        self.box.addWidget(label(theme, title, TITLE, strong=True))

    def finish(self) -> None:
        """Adds the one button."""
        row = line(SMALL)
        row.addStretch(1)
        close = button(self.theme, _("Close"), self.close, "main")
        row.addWidget(close)
        self.box.addLayout(row)
        close.setFocus()


class TopicsHelp(HelpPage):
    """Topics one below the other: (title, paragraphs)."""

    def __init__(
        self, theme: Theme, title: str, topics: Sequence[tuple[str, Sequence[str]]], parent: QWidget | None
    ) -> None:
        super().__init__(theme, title, 760, parent)
        content = QWidget()
        inside = column(content, TIGHT, (0, 0, LARGE, 0))
        for name, paragraphs in topics:
            inside.addWidget(label(theme, name, CARD_TITLE, strong=True))
            for words in paragraphs:
                inside.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True))
            inside.addSpacing(MEDIUM)
        inside.addStretch(1)
        area = scrolled(content)
        area.setMinimumHeight(theme.px(_HEIGHT))
        area.setAccessibleName(title)
        self.box.addWidget(area, 1)
        self.finish()


class HelpDialog(HelpPage):
    """First steps and the capture line at the left, keys at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Keys and first steps"), 940, parent)
        sides = line(2 * WIDE)
        sides.addLayout(self._first_steps(), 4)
        sides.addLayout(self._keys(), 6)
        self.box.addLayout(sides)
        self.finish()

    def _first_steps(self) -> QVBoxLayout:
        theme, box = self.theme, column(None, SMALL)
        box.addWidget(label(theme, _("First steps"), CARD_TITLE, strong=True))
        for number, step in enumerate(steps(), start=1):
            box.addWidget(label(theme, f"{number}.  {step}", TEXT, wrap=True))
        box.addSpacing(MEDIUM)
        box.addWidget(label(theme, _("One line is enough"), CARD_TITLE, strong=True))
        box.addWidget(label(theme, example(), TEXT, tone="accent", wrap=True))
        for words in more_about_the_line():
            box.addWidget(label(theme, words, NOTE, tone="quiet", wrap=True))
        box.addStretch(1)
        return box

    def _keys(self) -> QVBoxLayout:
        theme, box = self.theme, column(None, SMALL)
        box.addWidget(label(theme, _("Keys"), CARD_TITLE, strong=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        grid.setVerticalSpacing(TIGHT)
        for place, (key, words) in enumerate(keys()):
            grid.addWidget(label(theme, key, TEXT, strong=True), place, 0)
            grid.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True), place, 1)
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        box.addStretch(1)
        return box


class AboutDialog(HelpPage):
    """Name, version, licence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("CV Desk"), 440, parent)
        version = _("Version {version}").format(version=cvdesk.__version__)
        for text in (
            version,
            _("Customers, feedback, complaints and what they mean, in one file on this computer. Nothing leaves it."),
            _("Free software under the MIT licence. Fonts: Noto (SIL Open Font License). Icons: Lucide (ISC)."),
        ):
            self.box.addWidget(label(theme, text, TEXT, tone="quiet", wrap=True))
        self.finish()
