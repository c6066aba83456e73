"""Letters to touch, for a comment at a counter that has no keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from cvdesk.kit.theme import TIGHT, Theme
from cvdesk.kit.widgets import CARD_TITLE, column, line
from cvdesk.surveys.page_counter_parts import BigButton
from cvdesk.wording import _

_HEIGHT, _TIGHT_HEIGHT = 52, 44
_DIGITS = "1234567890"
# As on the keyboards people know; other languages written in Latin letters get the first.
_ROWS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnmß"),
    "fr": ("azertyuiopé", "qsdfghjklmè", "wxcvbnàç"),
    "es": ("qwertyuiop", "asdfghjklñ", "zxcvbnmáé"),
}
_OTHER_LETTERS = frozenset({"ar", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "ur", "zh"})


def has_letters(language: str) -> bool:
    """Whether there are letters to touch for a language; else the system's own keyboard has to do."""
    return language.split("_")[0] not in _OTHER_LETTERS


class _Key(BigButton):
    """One key. It leaves the keyboard where it is: with the field."""

    edge = "line"

    def __init__(self, theme: Theme, text: str, on_click: Callable[[], object], name: str = "") -> None:
        super().__init__(theme, text, on_click, name=name, size=CARD_TITLE, height=_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoRepeat(False)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class TouchKeys(QWidget):
    """Rows of keys that type into a field; a capital begins each sentence by itself."""

    def __init__(self, theme: Theme, language: str) -> None:
        super().__init__()
        self._theme = theme
        self._field: QPlainTextEdit | None = None
        self._capital = True
        self._letters: dict[str, _Key] = {}
        self.setAccessibleName(_("Letters to touch"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = column(self, TIGHT)
        rows = _ROWS.get(language.split("_")[0], _ROWS["en"])
        self._digits: list[_Key] = []
        for place, letters in enumerate((_DIGITS, *rows)):
            row = line(TIGHT)
            if place == len(rows):
                row.addWidget(_Key(theme, "Aa", self._shift, _("Capital letter")), 2)
            for letter in letters:
                key = _Key(theme, letter, partial(self._type, letter))
                self._letters[letter] = key
                if letters == _DIGITS:
                    self._digits.append(key)
                row.addWidget(key, 2)
            if place == len(rows):
                row.addWidget(_Key(theme, "←", self._back, _("Delete the last letter")), 2)
            box.addLayout(row)
        last = line(TIGHT)
        for sign, share in ((",", 2), ("'", 2), (" ", 10), (".", 2), ("?", 2), ("!", 2)):
            name = _("Space") if sign == " " else sign
            last.addWidget(_Key(theme, name, partial(self._type, sign), name), share)
        box.addLayout(last)

    def type_into(self, field: QPlainTextEdit) -> None:
        """From now on the keys type here."""
        self._field = field
        self._show_capital(self._begins_sentence())

    def fit(self, tight: bool) -> None:
        """Lower keys, and none for digits, where there is little room."""
        for key in self.findChildren(_Key):
            key.set_size(CARD_TITLE, _TIGHT_HEIGHT if tight else _HEIGHT)
        for key in self._digits:
            key.setVisible(not tight)

    def _type(self, sign: str) -> None:
        if self._field is not None:
            self._field.insertPlainText(sign.upper() if self._capital and sign != "ß" else sign)
            self._field.ensureCursorVisible()
            self._show_capital(self._begins_sentence())

    def _back(self) -> None:
        if self._field is not None:
            self._field.textCursor().deletePreviousChar()
            self._show_capital(self._begins_sentence())

    def _shift(self) -> None:
        self._show_capital(not self._capital)

    def _begins_sentence(self) -> bool:
        before = self._field.toPlainText()[: self._field.textCursor().position()] if self._field is not None else ""
        return not before.strip() or (before.endswith(" ") and before.rstrip().endswith((".", "?", "!")))

    def _show_capital(self, capital: bool) -> None:
        self._capital = capital
        for letter, key in self._letters.items():
            key.set_words(letter.upper() if capital and letter != "ß" else letter)
