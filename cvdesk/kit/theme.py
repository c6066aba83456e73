"""Every colour, size and icon of the window: tokens for light and dark, one style sheet, icons recoloured at run time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from cvdesk.paths import resources

# Spacing: nothing else is used.
TIGHT, SMALL, MEDIUM, LARGE, WIDE = 4, 8, 12, 16, 24
RADIUS = 8


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens of one appearance, as #rrggbb."""

    ground: str
    surface: str
    side: str
    line: str
    text: str
    quiet: str
    faint: str
    accent: str
    accent_ground: str
    on_accent: str
    hover: str
    worth: str
    benefits: str
    costs: str
    drawbacks: str
    good: str
    bad: str
    star: str
    track: str


LIGHT = Colours(
    ground="#F6F7F9", surface="#FFFFFF", side="#FCFCFD", line="#E3E6EA", text="#1B2430", quiet="#5D6B7C",
    faint="#626D7C", accent="#0F5E8C", accent_ground="#E6F1F8", on_accent="#FFFFFF", hover="#F1F4F7",
    worth="#0072B2", benefits="#007C57", costs="#976000", drawbacks="#C2410C",
    good="#00785A", bad="#C2410C", star="#976000", track="#EDF0F4",
)  # fmt: skip
DARK = Colours(
    ground="#14181D", surface="#1C2127", side="#181C22", line="#2C333B", text="#E8ECF1", quiet="#A3AFBD",
    faint="#8E9BA9", accent="#5DB3E6", accent_ground="#1D3444", on_accent="#0B1A24", hover="#232A32",
    worth="#56B4E9", benefits="#3CC79A", costs="#F0B63C", drawbacks="#F08A5D",
    good="#3CC79A", bad="#F08A5D", star="#F0B63C", track="#2A3038",
)  # fmt: skip

LEVER_ICONS = {"worth": "gem", "benefits": "sparkles", "costs": "coins", "drawbacks": "triangle-alert"}


class Theme(QObject):
    """The appearance in use. Pages ask it for colours, fonts and icons, and draw again when it has changed."""

    changed = Signal()

    def __init__(self, app: QApplication, appearance: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._folder = QTemporaryDir()
        self._base_font = _base_font(app)
        # Sizes of the design are for a 13 px text; a larger system font enlarges all of them alike.
        self.scale = max(1.0, QFontInfo(app.font()).pixelSize() / 15) if sys.platform != "linux" else 1.0
        self.appearance = ""
        self.colours = LIGHT
        self.use(appearance)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colours is DARK

    def use(self, appearance: str) -> None:
        """Takes an appearance: "light", "dark" or "system"."""
        self.appearance = appearance
        system_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.colours = DARK if appearance == "dark" or (appearance == "system" and system_dark) else LIGHT
        self._icons.clear()
        self._app.setStyle("Fusion")
        self._app.setPalette(_palette(self.colours))
        self._app.setFont(self.font(13))
        self._app.setStyleSheet(style_sheet(self.colours, self.px, self._drawn))
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.appearance == "system":
            self.use("system")

    def px(self, size: float) -> int:
        """A size of the design in the pixels of this screen's text size."""
        return round(size * self.scale)

    def font(self, size: int = 13, strong: bool = False) -> QFont:
        """The window's font at a size of the design."""
        font = QFont(self._base_font)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def colour(self, name: str) -> QColor:
        """A token as a QColor."""
        return QColor(getattr(self.colours, name))

    def _drawn(self, name: str, colour: str) -> str:
        """The path of an icon in a colour: the style sheet takes its pictures only from files."""
        path = Path(self._folder.filePath(f"{name}-{getattr(self.colours, colour).lstrip('#')}.svg"))
        if not path.exists():
            path.write_text(self._svg(name, colour), encoding="utf-8")
        return path.as_posix()

    def _svg(self, name: str, colour: str) -> str:
        svg = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        svg = svg.replace("currentColor", getattr(self.colours, colour))
        return svg.replace('stroke-width="2"', 'stroke-width="1.8"')

    def icon(self, name: str, colour: str = "quiet", size: int = 18) -> QIcon:
        """A line icon in the colour of a token."""
        key = (name, colour, size)
        if key not in self._icons:
            self._icons[key] = QIcon(self.pixmap(name, colour, size))
        return self._icons[key]

    def pixmap(self, name: str, colour: str = "quiet", size: int = 18) -> QPixmap:
        """The same as a picture, sharp on this screen."""
        from PySide6.QtSvg import QSvgRenderer

        ratio = self._app.devicePixelRatio()
        side = self.px(size)
        pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(self._svg(name, colour).encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        return pixmap


def _base_font(app: QApplication) -> QFont:
    """The system's own font where there is a good one; the bundled Noto Sans on Linux."""
    if sys.platform in ("win32", "darwin"):
        return QFont(app.font())
    for name in ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf"):
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
    font = QFont()
    font.setFamilies(
        ["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans SC", "Noto Sans KR", "Noto Emoji"]
    )
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def load_further_fonts() -> None:
    """The larger fonts of other scripts, once the window answers (where the system has none of its own)."""
    for name in ("NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansSC-Regular.ttf",
                 "NotoSansKR-Regular.ttf", "NotoEmoji-Regular.ttf"):  # fmt: skip
        path = resources() / "fonts" / name
        if path.exists():
            QFontDatabase.addApplicationFont(str(path))


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.hover,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.bad,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent_ground,
        QPalette.ColorRole.HighlightedText: colours.text,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.line,
        QPalette.ColorRole.Shadow: colours.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    return palette


_SHEET = """
QWidget {{ color: {text}; }}
QMainWindow, QDialog, #page, QScrollArea#page-scroll, QStackedWidget {{ background: {ground}; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
QScrollArea#preview {{ border: 2px solid transparent; border-radius: 6px; }}
QScrollArea#preview:focus {{ border: 2px solid {accent}; }}
#side {{ background: {side}; border: none; border-right: 1px solid {line}; }}
#card {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QLabel {{ background: transparent; }}
QLabel[tone="quiet"] {{ color: {quiet}; }} QLabel[tone="faint"] {{ color: {faint}; }}
QLabel[tone="accent"] {{ color: {accent}; }} QLabel[tone="good"] {{ color: {good}; }}
QLabel[tone="bad"] {{ color: {bad}; }} QLabel[tone="star"] {{ color: {star}; }}
QLabel[tone="worth"] {{ color: {worth}; }} QLabel[tone="benefits"] {{ color: {benefits}; }}
QLabel[tone="costs"] {{ color: {costs}; }} QLabel[tone="drawbacks"] {{ color: {drawbacks}; }}
QPushButton {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; padding: {p7}px {p12}px; }}
QPushButton, QToolButton {{ outline: none; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {accent_ground}; }}
QPushButton:disabled {{ color: {faint}; background: {ground}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: {p6}px {p11}px; }}
QPushButton[kind="main"] {{ background: {accent}; border: 1px solid {accent}; color: {on_accent}; font-weight: 600; }}
QPushButton[kind="main"]:hover {{ background: {accent}; border-color: {text}; }}
QPushButton[kind="main"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="main"]:disabled {{ background: {track}; border-color: {line}; color: {faint}; }}
QPushButton[kind="plain"] {{ background: transparent; border: 1px solid transparent; color: {accent}; text-align: left;
  padding: {p4}px {p6}px; }}
QPushButton[kind="plain"]:hover {{ background: {hover}; }}
QPushButton[kind="plain"]:focus {{ border: 2px solid {accent}; padding: {p3}px {p5}px; }}
QPushButton[kind="quiet"] {{ color: {faint}; text-align: left; }}
QPushButton[kind="nav"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px; color: {quiet};
  text-align: left; padding: {p5}px {p10}px; }}
QPushButton[kind="nav"]:hover {{ background: {hover}; }}
QPushButton[kind="nav"]:checked {{ background: {accent_ground}; color: {accent}; font-weight: 600; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {accent}; padding: {p4}px {p9}px; }}
QPushButton[kind="row"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
  padding: {p4}px {p6}px; }}
QPushButton[kind="row"]:hover {{ background: {hover}; }}
QPushButton[kind="row"]:focus {{ border: 2px solid {accent}; padding: {p3}px {p5}px; }}
QPushButton[kind="chip"] {{ border-radius: {p15}px; padding: {p6}px {p12}px; }}
QPushButton[kind="chip"]:focus {{ padding: {p5}px {p11}px; }}
QPushButton[kind="chip"][tone="accent"] {{ color: {accent}; }} QPushButton[kind="chip"][tone="quiet"] {{ color: {quiet}; }}
QPushButton[kind="chip"][tone="star"] {{ color: {star}; }} QPushButton[kind="chip"][tone="bad"] {{ color: {bad}; }}
QPushButton[kind="chip"][tone="worth"] {{ color: {worth}; }} QPushButton[kind="chip"][tone="benefits"] {{ color: {benefits}; }}
QPushButton[kind="chip"][tone="costs"] {{ color: {costs}; }} QPushButton[kind="chip"][tone="drawbacks"] {{ color: {drawbacks}; }}
QPushButton[kind="chip"][suggested="true"] {{ border-style: dashed; border-color: {faint}; }}
QPushButton[kind="chip"][suggested="true"]:focus {{ border-color: {accent}; }}
QPushButton::menu-indicator {{ width: 0; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: {p4}px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:focus {{ padding: {p3}px; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox {{ background: {surface};
  border: 1px solid {line}; border-radius: 6px; padding: {p5}px {p8}px; min-height: {p18}px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {{
  border: 2px solid {accent}; padding: {p4}px {p7}px; }}
QLineEdit[problem="true"], QComboBox[problem="true"], QDateEdit[problem="true"] {{ border: 2px solid {bad}; }}
QPlainTextEdit[kind="words"] {{ background: transparent; border-color: transparent; padding: {p4}px {p3}px; }}
QPlainTextEdit[kind="words"]:focus {{ border: 1px solid {accent}; }}
QLineEdit[kind="large"] {{ font-size: {f15}px; padding: {p10}px {p12}px; }}
QLineEdit[kind="large"]:focus {{ padding: {p9}px {p11}px; }}
QComboBox::drop-down {{ border: none; width: {p24}px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {p14}px; height: {p14}px; }}
QDateEdit::drop-down {{ border: none; width: {p24}px; }}
QDateEdit::down-arrow {{ image: url("{arrow}"); width: {p14}px; height: {p14}px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line}; padding: {p4}px; outline: none;
  selection-background-color: {accent_ground}; selection-color: {text}; }}
QListWidget {{ background: transparent; border: none; outline: none; selection-background-color: {accent_ground};
  selection-color: {text}; }}
QListWidget::item {{ padding: {p3}px {p6}px; border-radius: 4px; }}
QListWidget::item:selected {{ background: {accent_ground}; color: {text}; }}
QTableView {{ background: {surface}; border: none; outline: none; gridline-color: transparent;
  selection-background-color: {accent_ground}; selection-color: {text}; }}
QTableView::item {{ border: none; padding: 0 {p5}px; }}
QTableView::item:focus {{ border: none; }}
QHeaderView {{ background: {surface}; border: none; }}
QHeaderView::section {{ background: {surface}; color: {faint}; border: none; border-bottom: 1px solid {line};
  padding: {p6}px {p8}px; font-size: {f12}px; font-weight: 600; text-align: left; }}
QScrollBar:vertical {{ background: transparent; width: {p10}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: {p4}px; min-height: {p32}px; margin: 1px; }}
QScrollBar::handle:vertical:hover {{ background: {faint}; }}
QScrollBar:horizontal {{ background: transparent; height: {p10}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: {p4}px; min-width: {p32}px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none;
  width: 0; height: 0; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: {p4}px; }}
QMenu::item {{ padding: {p5}px {p24}px {p5}px {p12}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_ground}; color: {text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {p4}px; }}
QMenuBar {{ background: {side}; border-bottom: 1px solid {line}; }}
QMenuBar::item {{ padding: {p4}px {p8}px; background: transparent; }}
QMenuBar::item:selected {{ background: {accent_ground}; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {line}; padding: {p4}px; }}
QCheckBox, QRadioButton {{ spacing: {p8}px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}
QCheckBox::indicator, QListWidget::indicator, QTableView::indicator {{ width: {p16}px; height: {p16}px; border: 1px solid {faint}; border-radius: 4px; background: {surface}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked, QTableView::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {accent}; }}
QRadioButton::indicator {{ width: {p14}px; height: {p14}px; border: 1px solid {faint}; border-radius: {p8}px;
  background: {surface}; }}
QRadioButton::indicator:checked {{ width: {p8}px; height: {p8}px; border: {p4}px solid {accent}; }}
QProgressBar {{ background: {track}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QCalendarWidget QWidget {{ alternate-background-color: {hover}; }}
#toast {{ background: {text}; border-radius: 8px; }} #toast QLabel {{ color: {surface}; }}
#toast QPushButton {{ background: transparent; border: none; color: {surface}; font-weight: 600; text-decoration: underline; }}
#hairline {{ background: {line}; border: none; }}
#notice {{ background: {accent_ground}; border: none; border-radius: 6px; }}
"""


def style_sheet(colours: Colours, px: Callable[[float], int], drawn: Callable[[str, str], str]) -> str:
    """The one style sheet. `px` turns a size of the design into pixels, `drawn` an icon and a colour into a file."""
    values = {field.name: getattr(colours, field.name) for field in fields(colours)}
    sizes = {f"p{size}": px(size) for size in range(3, 33)}
    sizes |= {f"f{size}": px(size) for size in (12, 13, 15)}
    return _SHEET.format(**values, **sizes, arrow=drawn("chevron-down", "quiet"), tick=drawn("check", "on_accent"))
