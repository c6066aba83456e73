"""The form of the letterhead: how the business is reached, its logo by choosing or dropping a file, its colour."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from cvdesk.catalogue.records import Business, Logo
from cvdesk.errors import UserError
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.form import text_field, words_field
from cvdesk.kit.theme import SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, button, column, label, line, set_tone, tooltip
from cvdesk.wording import _

TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
COLOURS = ("#0F5E8C", "#1F6F43", "#6B2D6B", "#A63D2F", "#8A5A00", "#334155")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FIELDS = ("name", "address", "phone", "email", "website", "colour")


def read_logo(path: Path) -> Logo:
    """A picture from a file, checked. UserError where it cannot be printed or read."""
    from cvdesk.pdf.logo import MOST_BYTES, check_logo

    kind = TYPES.get(path.suffix.lower(), "")
    try:
        with path.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("“{name}” could not be read.").format(name=path.name), _("See whether it is still there, then try again.")
        ) from error
    check_logo(data, kind)
    return Logo(data, kind, path.name)


def colour_words(colour: str) -> tuple[str, str]:
    """What is said below the colour, and the shade paper uses; two empty texts for none or one that is not whole."""
    from cvdesk.pdf.look import ENOUGH, contrast, readable

    if not _COLOUR.fullmatch(colour):
        return "", ""
    if contrast(colour, "#FFFFFF") >= ENOUGH:
        return _("It can be read well on white paper."), colour.upper()
    return _("On white paper this colour is hard to read. Paper uses this darker shade of it:"), readable(colour)


class LogoPlace(QFrame):
    """The logo, or a place to drop one. `chosen` carries a path, `wanted` asks for one, `gone` takes it away."""

    chosen = Signal(object)
    wanted = Signal()
    gone = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAcceptDrops(True)
        box = column(self, TIGHT)
        self.said = label(theme, "", TEXT, tone="quiet", wrap=True)
        box.addWidget(self.said)
        row = line(SMALL)
        self.choose = button(theme, _("Choose a file…"), self.wanted.emit, icon="folder-open")
        self.away = button(theme, _("Take it away"), self.gone.emit, "plain")
        row.addWidget(self.choose)
        row.addWidget(self.away)
        row.addStretch(1)
        box.addLayout(row)
        self.wrong = label(theme, "", NOTE, tone="bad", wrap=True)
        self.wrong.hide()
        box.addWidget(self.wrong)

    def show_logo(self, logo: Logo | None) -> None:
        """Says which picture it is; the head beside shows it."""
        if logo is None:
            self.said.setText(_("None yet. Drop a PNG, JPEG or SVG file here, or choose one."))
        else:
            self.said.setText(logo.name or _("A picture without a name"))
        self.away.setVisible(logo is not None)
        self.say_wrong("")

    def say_wrong(self, text: str) -> None:
        """Says why a file cannot be taken."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.chosen.emit(paths[0])


class Colours(QWidget):
    """A few good colours, a line for one's own, and what paper makes of it."""

    def __init__(self, theme: Theme, field: QLineEdit) -> None:
        super().__init__()
        self._theme, self.field = theme, field
        box = column(self, TIGHT)
        row = line(TIGHT)
        self.swatches: dict[str, QPushButton] = {}
        for colour, name in zip(COLOURS, _names(), strict=True):
            made = button(theme, "", name=name)
            made.setCheckable(True)
            made.setProperty("kind", "nav")
            made.setIcon(_swatch(theme, colour))
            made.setIconSize(QSize(theme.px(22), theme.px(22)))
            made.setToolTip(tooltip(name))
            made.clicked.connect(lambda _on=False, colour=colour: field.setText(colour))
            self.swatches[colour] = made
            row.addWidget(made)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(field)
        field.setMaxLength(7)
        said: QHBoxLayout = line(SMALL)
        self.said = label(theme, "", NOTE, tone="quiet", wrap=True)
        self.shade = label(theme)
        said.addWidget(self.said, 1)
        said.addWidget(self.shade)
        box.addLayout(said)
        field.textChanged.connect(self.refresh)

    def refresh(self) -> None:
        """Says what paper makes of the colour."""
        colour = self.field.text().strip()
        words, shade = colour_words(colour)
        self.said.setText(words or _("Empty: documents use the program's own blue."))
        darker = bool(shade) and shade.upper() != colour.upper()
        set_tone(self.said, "" if darker else "quiet")
        self.shade.setVisible(bool(shade))
        if shade:
            self.shade.setPixmap(_swatch(self._theme, shade).pixmap(self._theme.px(22), self._theme.px(22)))
            self.shade.setAccessibleName(_("The shade paper uses: {colour}").format(colour=shade))
        for known, made in self.swatches.items():
            made.setChecked(known.upper() == colour.upper())


def _names() -> tuple[str, ...]:
    return (_("Sea blue"), _("Forest green"), _("Plum"), _("Brick red"), _("Honey brown"), _("Slate"))


def _swatch(theme: Theme, colour: str) -> QIcon:
    made = QPixmap(theme.px(22), theme.px(22))
    made.fill(QColor(colour))
    return QIcon(made)


class LetterheadForm(DraftForm):
    """`record(business)` gives the business as the fields say it, currency and language as they were.

    `looks` holds logo and colour, to stand below the picture they change: so all of it is in view at once.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.looks = QWidget()
        self._looks = column(self.looks, TIGHT)
        self.name = text_field()
        self.address = words_field(lines=3)
        self.phone = text_field()
        self.email = text_field()
        self.website = text_field()
        self.colour = text_field("", _("Your own, such as #7A1F3D"))
        self.colours = Colours(theme, self.colour)
        self.field("name", _("Name"), self.name)
        self.field("address", _("Address"), self.address)
        self.field("phone", _("Phone"), self.phone)
        self.field("email", _("E-mail"), self.email)
        self.field("website", _("Website"), self.website)
        self.logo = LogoPlace(theme)
        asked = label(theme, _("Logo"))
        asked.setBuddy(self.logo.choose)
        self._looks.addWidget(asked)
        self._looks.addWidget(self.logo)
        self._looks.addSpacing(SMALL)
        self.field("colour", _("Colour"), self.colour)
        said = self._notes["colour"]
        self.rows.takeRow(said)
        self._looks.addWidget(said)
        self.colour.returnPressed.connect(self.submitted)

    def place(self, asked: QLabel, widget: QWidget) -> None:
        """The colours stand around their field; the address keeps its lines where there is little room."""
        if widget is self.colour:
            self._looks.addWidget(asked)
            self._looks.addWidget(self.colours)
            return
        held = widget
        if widget is self.address:
            held = QWidget()
            held.setFixedHeight(self.address.maximumHeight())
            column(held).addWidget(self.address)
        super().place(asked, held)

    def load(self, business: Business) -> None:
        """Fills the fields in."""
        for key in _FIELDS:
            widget = self._fields[key]
            text = str(getattr(business, key))
            widget.setPlainText(text) if key == "address" else widget.setText(text)  # type: ignore[attr-defined]
        self.colours.refresh()

    def record(self, business: Business) -> Business:
        """What the fields say."""
        said = {key: text.strip() for key, text in self.texts().items()}
        said["address"] = "\n".join(line.strip() for line in said["address"].splitlines() if line.strip())
        said["colour"] = said["colour"].upper()
        return replace(business, **said)

    def problems(self, business: Business) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if not business.name:
            found["name"] = _("Say what the business is called.")
        if business.email and not re.fullmatch(r"[^\s@]+@[^\s@]+", business.email):
            found["email"] = _("An e-mail address has one @ in it, such as hello@example.com.")
        if business.colour and not _COLOUR.fullmatch(business.colour):
            found["colour"] = _("A colour is written as # and six figures or letters from A to F, such as #7A1F3D.")
        return found


__all__ = ["COLOURS", "TYPES", "LetterheadForm", "colour_words", "read_logo"]
