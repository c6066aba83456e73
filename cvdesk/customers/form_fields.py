"""Fields that know customers' data: a day that may be unknown, several contacts in one line, who is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QLocale, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from cvdesk.catalogue.records import as_name, match_key
from cvdesk.customers.records import is_email, is_phone
from cvdesk.customers.store import Match
from cvdesk.wording import _
from cvdesk.wording.numbers import day

_LABEL = re.compile(r"(.*\S)\s*\(([^()]*[^\W\d_][^()]*)\)")
_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")


def read_day(text: str) -> date | None:
    """A day as people write it, in the order of the locale: 1 Mar 2024, 01/03/2024, Mar 2024. None for no text.

    Raises ValueError where no day, or no year of four digits, can be read.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if not _YEAR.search(text):
        raise ValueError(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        from dateutil import parser

        day_first = not QLocale().dateFormat(QLocale.FormatType.ShortFormat).upper().startswith("M")
        first_of_year = parser.parse("2000-01-01")
        try:
            return parser.parse(text, dayfirst=day_first, default=first_of_year).date()
        except OverflowError as error:
            raise ValueError(text) from error


class DayLine(QLineEdit):
    """A day that may be left open; what was typed is written out when the field is left."""

    def __init__(self, value: date | None = None) -> None:
        super().__init__("" if value is None else day(value))
        self.setPlaceholderText(_("Not known"))
        self.editingFinished.connect(self._tidy)

    def day(self) -> date | None:
        """The day, None when left open; raises ValueError for what is no day."""
        return read_day(self.text())

    def _tidy(self) -> None:
        try:
            read = self.day()
        except ValueError:
            return
        if read is not None:
            self.setText(day(read))


def listed(text: str) -> tuple[str, ...]:
    """The items of a line, parted by commas or semicolons."""
    return tuple(item.strip() for item in re.split(r"[,;]", text) if item.strip())


def labelled(item: str) -> tuple[str, str]:
    """A contact and its label: "m@x.org (work)" is ("m@x.org", "work"); brackets of digits belong to the number."""
    found = _LABEL.fullmatch(item)
    return (found[1].strip(), found[2].strip()) if found else (item, "")


def with_label(value: str, label: str) -> str:
    """A contact as it is typed with its label."""
    plain = re.sub(r"[(),;]", " ", label).strip()
    return f"{value} ({plain})" if any(mark.isalpha() for mark in plain) else value


class CustomerLine(QLineEdit):
    """A line to name a customer in, with the customers that fit as one types. Says `named` when that changes."""

    named = Signal()

    def __init__(self, find: Callable[[str], Sequence[Match]], customer_id: int | None = None, name: str = "") -> None:
        super().__init__(name)
        self._find = find
        self._known: dict[str, list[int]] = {}
        if customer_id is not None:
            self._known[match_key(name)] = [customer_id]
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(lambda _text: self.named.emit())
        self.setCompleter(completer)
        self.textEdited.connect(self._look_for)

    def name(self) -> str:
        """What was typed."""
        return as_name(self.text())

    def customers(self) -> Sequence[int]:
        """Who is meant: one id; none for nobody or somebody new; several when the name does not tell them apart."""
        return self._known.get(match_key(self.name()), ())

    def _look_for(self, text: str) -> None:
        matches = self._find(text) if text.strip() else ()
        names = []
        for match in matches:
            twins = [other for other in matches if match_key(other.name) == match_key(match.name)]
            shown = f"{match.name} ({match.detail})" if len(twins) > 1 and match.detail else match.name
            names.append(shown)
            self._note(shown, match.id)
            self._note(match.name, match.id)
            if is_email(text) or is_phone(text):
                self._note(text, match.id)
        self._names.setStringList(names)
        self.named.emit()

    def _note(self, name: str, customer_id: int) -> None:
        ids = self._known.setdefault(match_key(name), [])
        if customer_id not in ids:
            ids.append(customer_id)
