"""The welcome: a new business file, open one, or try the sample business."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QWidget

from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE, Theme
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, Card, button, column, label, line
from cvdesk.wording import _


class Welcome(QMainWindow):
    """Says in one breath what the program is for, and offers the three ways to begin."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    file_wanted = Signal(object)

    def __init__(self, theme: Theme, recent: list[Path]) -> None:
        super().__init__()
        self.setWindowTitle(_("CV Desk"))
        self.resize(860, 600)
        self.setMinimumSize(640, 480)
        whole = QWidget()
        whole.setObjectName("page")
        outer = column(whole, LARGE, (WIDE * 2, WIDE * 2, WIDE * 2, WIDE))
        outer.addStretch(1)
        mark = QLabel()
        mark.setPixmap(theme.pixmap("scale", "accent", 40))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(mark)
        heading = label(
            theme, _("What do your customers get, and what does it cost them?"), TITLE, strong=True, wrap=True
        )
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(heading)
        sentence = label(
            theme,
            _("CV Desk keeps customers, feedback and complaints in one file on this computer, shows where you give "
              "more than you take, and prints the plan. Nothing leaves this machine."),
            TEXT, tone="quiet", wrap=True,
        )  # fmt: skip
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(sentence)
        outer.addSpacing(SMALL)
        outer.addLayout(self._ways(theme))
        if recent:
            outer.addWidget(self._recent(theme, recent))
        outer.addStretch(2)
        self.setCentralWidget(whole)

    def _ways(self, theme: Theme) -> QHBoxLayout:
        ways = line(MEDIUM)
        ways.addStretch(1)
        self.new_button = button(theme, _("New business file"), self.new_wanted.emit, "main", "file-plus")
        self.open_button = button(theme, _("Open a file"), self.open_wanted.emit, "", "folder-open")
        self.sample_button = button(theme, _("Try the sample business"), self.sample_wanted.emit, "", "sparkles")
        for way in (self.new_button, self.open_button, self.sample_button):
            way.setMinimumHeight(theme.px(36))
            ways.addWidget(way)
        ways.addStretch(1)
        return ways

    def _recent(self, theme: Theme, recent: list[Path]) -> Card:
        card = Card(theme, _("Opened lately"))
        card.box.setSpacing(2)
        for place, path in enumerate(recent):
            row = line(MEDIUM)
            opens = button(theme, path.stem, partial(self.file_wanted.emit, path), "plain", "file-text")
            row.addWidget(opens)
            if place == 0:
                opens.setFocus()  # Enter opens the file of last time
            row.addWidget(label(theme, str(path.parent), NOTE, tone="faint"))
            row.addStretch(1)
            card.box.addLayout(row)
        return card
