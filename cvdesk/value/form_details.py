"""For whom a score sheet is: the form to fill in, the day, and for a customer's answers who, what and how they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QFormLayout, QSizePolicy

from cvdesk.catalogue.records import Named, match_key
from cvdesk.kit.form import Form, choice_field, date_field, text_field
from cvdesk.kit.theme import TIGHT, Theme
from cvdesk.kit.widgets import button
from cvdesk.value.records_forms import Details
from cvdesk.wording import _

# Finds customers by what was typed so far: (id, name, what tells two of one name apart).
Find = Callable[[str], Sequence[tuple[int, str, str]]]


class DetailsForm(Form):
    """Says `changed` with the new details; `customer_wanted` with a name that no customer has yet."""

    changed = Signal(object)
    customer_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        details: Details,
        sizes: Mapping[str, int],
        offerings: Sequence[Named],
        channels: Sequence[Named],
        find: Find,
    ) -> None:
        """`sizes`: how many questions each form has that can be chosen; empty where the form stays as it is."""
        super().__init__(theme)
        self._details, self._find = details, find
        self._found: dict[str, int] = {}
        self._several: set[str] = set()  # names of more than one customer
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.rows.setVerticalSpacing(TIGHT)
        about_us = details.competitor_id is None
        # Who answered about a competitor after her answers about us is known from those.
        named = details.kind == "customer" and (about_us or details.token is None)
        if named:
            self._customer_field()
        if offerings and about_us:
            anything: list[tuple[object, str]] = [(None, _("All products"))]
            self._choice("offering_id", _("Product"), anything + [(one.id, one.name) for one in offerings])
        if named and channels:
            unknown: list[tuple[object, str]] = [(None, _("Not said"))]
            self._choice("channel_id", _("How they answered"), unknown + [(one.id, one.name) for one in channels])
        if named or details.way == "mystery":
            day = date_field(QDate(details.date.year, details.date.month, details.date.day))
            day.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            day.dateChanged.connect(lambda day: self._take(date=date(day.year(), day.month(), day.day())))
            self.field("date", _("Date"), day)
        if sizes:
            self._choice("form", _("Form (questions)"), [(form, form_name(form, size)) for form, size in sizes.items()])

    @property
    def details(self) -> Details:
        """The details as they stand in the fields."""
        return self._details

    @property
    def wants_customer(self) -> bool:
        """Whether a name was typed that no customer has: it can be added."""
        return self._details.kind == "customer" and hasattr(self, "make") and self.make.isVisibleTo(self)

    def take_over(self, details: Details) -> None:
        """Keeps what was decided elsewhere, without telling anyone; the fields stand as they are."""
        self._details = details

    def customer_made(self, customer_id: int, name: str) -> None:
        """The customer who was wanted is there now."""
        self.customer.setText(name)
        self._found[match_key(name)] = customer_id
        self._leave_customer()

    def _customer_field(self) -> None:
        self.customer = text_field(self._details.name, _("Empty: anonymous"))
        if self._details.customer_id is not None:
            self._found[match_key(self._details.name)] = self._details.customer_id
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.customer.setCompleter(completer)
        self.customer.textEdited.connect(self._look_for)
        self.customer.installEventFilter(self)
        self.customer.returnPressed.connect(self._leave_customer)
        completer.activated.connect(lambda _text: self._leave_customer())
        self.field("customer", _("Customer"), self.customer)
        self.make = button(self.theme, "", lambda: self.customer_wanted.emit(self.customer.text().strip()), "plain")
        self.make.hide()
        self.rows.addRow(self.make)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not editingFinished: a line whose list of names is still open does not say that it was left.
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._leave_customer()
        return False

    def _look_for(self, text: str) -> None:
        found = self._find(text) if text.strip() else ()
        alike = Counter(match_key(name) for _id, name, _detail in found)
        names: list[str] = []
        for customer_id, name, detail in found:
            shown = name
            if alike[match_key(name)] > 1:
                self._several.add(match_key(name))
                self._found.pop(match_key(name), None)
                shown = f"{name} ({detail or len(names) + 1})"
                if shown in names:
                    shown = f"{name} ({detail}, {len(names) + 1})"
            self._found[match_key(shown)] = customer_id
            names.append(shown)
        self._names.setStringList(names)

    def _leave_customer(self) -> None:
        name = self.customer.text().strip()
        known = self._found.get(match_key(name)) if name else None
        unknown = bool(name) and known is None
        self.show_problems({})
        self.make.setVisible(unknown)
        if unknown:
            several = match_key(name) in self._several
            self._notes["customer"].setText(
                _("Several customers are called that: choose one from the list.")
                if several
                else _("No customer of this name.")
            )
            self._notes["customer"].show()
            self.make.setText(_("Add as a new customer"))
            self.make.setAccessibleName(_("Add {name} as a new customer").format(name=name))
        self._take(customer_id=known, name=name)

    def _choice(self, key: str, name: str, options: Sequence[tuple[object, str]]) -> None:
        made = choice_field(list(options), getattr(self._details, key))
        made.setMinimumContentsLength(8)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setSizeAdjustPolicy(made.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.currentIndexChanged.connect(lambda _place: self._take(**{key: made.currentData()}))
        self.field(key, name, made)

    def _take(self, **changes: object) -> None:
        now = replace(self._details, **changes)  # type: ignore[arg-type]
        if now != self._details:
            self._details = now
            self.changed.emit(now)


def form_name(form: str, size: int) -> str:
    """A form with how many questions it asks about value."""
    return {
        "minute": _("One minute ({count})"),
        "short": _("Short ({count})"),
        "rotating": _("Rotating ({count})"),
        "full": _("Full ({count})"),
    }[form].format(count=size)


__all__ = ["Details", "DetailsForm", "Find", "form_name"]
