"""Keys and first steps; what the program is."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

import cvdesk
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, TITLE, button, column, label, line
from cvdesk.wording import _


def steps() -> tuple[str, ...]:
    """What to do first, in order."""
    return (
        _("Bring in the list of customers you have: File, Import a list."),
        _("Log what customers say as they say it: Ctrl+N, one line, Enter."),
        _("Turn what went wrong into a complaint, so that it gets a number and a deadline."),
        _("Score the value: first your own guess, then customers' answers. A figure is shown from 5 answers."),
        _("Print the value strategy report: Reports."),
    )


def keys() -> tuple[tuple[str, str], ...]:
    """Keys and what they do."""
    return (
        ("Ctrl+N", _("Log feedback from any page")),
        ("Ctrl+1 … Ctrl+7", _("Go to a page")),
        ("Ctrl+Z, Ctrl+Shift+Z", _("Take back, do again; works after closing, too")),
        ("1 … 5", _("Answer a question of a score sheet; 0 for don't know")),
        ("Enter", _("Open what is selected")),
        ("Ctrl+I", _("Import a list")),
        ("Ctrl+O", _("Open another file")),
        ("F1", _("This help")),
    )


def example() -> str:
    """A line as it may be typed."""
    return _("maria alvarez: bread arrived late again, 2 stars, phone, yesterday #late-delivery")


class _Dialog(Dialog):
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


class HelpDialog(_Dialog):
    """First steps, the capture line, keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Keys and first steps"), 580, parent)
        self.box.addWidget(label(theme, _("First steps"), CARD_TITLE, strong=True))
        for number, step in enumerate(steps(), start=1):
            self.box.addWidget(label(theme, f"{number}.  {step}", TEXT, wrap=True))
        self.box.addWidget(label(theme, _("One line is enough"), CARD_TITLE, strong=True))
        self.box.addWidget(label(theme, example(), TEXT, tone="accent", wrap=True))
        self.box.addWidget(
            label(
                theme,
                _(
                    "Customer, words, stars, channel, day and #theme may come in any order. Add “complaint” after a "
                    "comma to give it a number and a deadline."
                ),
                NOTE,
                tone="faint",
                wrap=True,
            )
        )
        self.box.addWidget(label(theme, _("Keys"), CARD_TITLE, strong=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        for place, (key, words) in enumerate(keys()):
            grid.addWidget(label(theme, key, TEXT, strong=True), place, 0)
            grid.addWidget(label(theme, words, TEXT, tone="quiet", wrap=True), place, 1)
        grid.setColumnStretch(1, 1)
        self.box.addLayout(grid)
        self.finish()


class AboutDialog(_Dialog):
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
