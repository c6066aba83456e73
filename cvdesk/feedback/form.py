"""One entry as a form: everything about it that can be put right later; what stood before stays in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHBoxLayout, QWidget

from cvdesk.catalogue.records import KINDS, Named, as_said
from cvdesk.feedback.form_safety import SafetyQuestions
from cvdesk.feedback.records import Entry
from cvdesk.kit.form import Form, choice_field, date_field, text_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import SMALL, button
from cvdesk.wording import _
from cvdesk.wording.figures import kind_name
from cvdesk.wording.numbers import stars

_NONE: tuple[object, str] = (None, "—")


class DayField(QWidget):
    """A day that may be missing: a tick says whether there is one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        self.given = QCheckBox()
        self.given.setAccessibleName(name)
        self.day: QDateEdit = date_field(QDate.currentDate())
        self.day.setAccessibleName(name)
        self.day.setEnabled(False)
        self.given.toggled.connect(self.day.setEnabled)
        row.addWidget(self.given)
        row.addWidget(self.day, 1)
        self.setFocusProxy(self.given)

    def load(self, value: date | None) -> None:
        """Shows a day; None: there is none."""
        self.given.setChecked(value is not None)
        if value is not None:
            self.day.setDate(QDate(value.year, value.month, value.day))

    def value(self) -> date | None:
        """The day; None where there is none."""
        return self.day.date().toPython() if self.given.isChecked() else None  # type: ignore[return-value]


class Tall(QWidget):
    """Keeps the height of a field that would give it up where the form is taller than the window."""

    def __init__(self, inner: QWidget, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner)
        inner.setAccessibleName(name)
        self.setFixedHeight(inner.maximumHeight())
        self.setFocusProxy(inner)


class EntryForm(Form):
    """Fields of an entry; `themes`, `channels`, `offerings`, `staff` are what can be chosen."""

    customer_asked = Signal()

    def __init__(
        self, theme: Theme, themes: list[Named], channels: list[Named], offerings: list[Named],
        staff: Sequence[tuple[int, str]] = (),
    ) -> None:  # fmt: skip
        super().__init__(theme)
        self._entry: Entry | None = None
        self._customer: int | None = None
        self.words = words_field()
        self.customer = button(theme, "", self.customer_asked.emit)
        self.day = date_field(QDate.currentDate())
        self.rating = choice_field([_NONE, *((float(star), stars(float(star))) for star in range(5, 0, -1))])
        self.kind = choice_field([(kind, kind_name(kind)) for kind in KINDS])
        self.channel = choice_field([_NONE, *((one.id, one.name) for one in channels)])
        self.offering = choice_field([_NONE, *((one.id, one.name) for one in offerings)])
        self.about = choice_field([_NONE, *((one.id, one.name) for one in themes)])
        self.waits = QCheckBox(_("Somebody should answer"))
        self.answered = DayField(_("Answered on"))
        self.answer = words_field(lines=3)
        self.promise = text_field()
        self.promised_by = DayField(_("By"))
        self.promiser = choice_field([_NONE, *staff])
        self.promise_kept = DayField(_("Kept on"))
        self.safety = QCheckBox(_("Somebody could come to harm"))
        self.questions = SafetyQuestions(theme)
        self.safety_closed = DayField(_("Dealt with on"))
        self.safety.toggled.connect(self._show_safety)
        words, answer = Tall(self.words, _("Words")), Tall(self.answer, _("What you answered"))
        for key, name, widget in (
            ("text", _("Words"), words), ("customer", _("Customer"), self.customer), ("date", _("Date"), self.day),
            ("rating", _("Rating"), self.rating), ("kind", _("Kind"), self.kind),
            ("channel", _("Channel"), self.channel), ("offering", _("Product"), self.offering),
            ("themes", _("Theme"), self.about), ("needs_answer", _("Answer"), self.waits),
            ("answer", _("What you answered"), answer), ("answered", _("Answered on"), self.answered),
            ("promise", _("Promise"), self.promise), ("promised_by", _("By"), self.promised_by),
            ("promise_staff_id", _("Who keeps it"), self.promiser), ("promise_kept", _("Kept on"), self.promise_kept),
            ("safety", _("Safety"), self.safety), ("safety_questions", "", self.questions),
            ("safety_closed", _("Dealt with on"), self.safety_closed),
        ):  # fmt: skip
            self.field(key, name, widget)
        self.questions.setAccessibleName(_("Questions about safety"))

    def load(self, entry: Entry, customer: str = "") -> None:
        """Shows an entry of the customer with this name."""
        self._entry = entry
        self.set_customer(entry.customer_id, customer)
        self.words.setPlainText(entry.text)
        self.day.setDate(QDate(entry.date.year, entry.date.month, entry.date.day))
        for field, value in (
            (self.rating, entry.rating), (self.kind, entry.kind), (self.channel, entry.channel_id),
            (self.offering, entry.offering_id), (self.about, entry.themes[0] if entry.themes else None),
            (self.promiser, entry.promise_staff_id),
        ):  # fmt: skip
            self._choose(field, value)
        self.waits.setChecked(entry.needs_answer)
        self.answered.load(entry.answered)
        self.answer.setPlainText(entry.answer)
        self.promise.setText(entry.promise)
        self.promised_by.load(entry.promised_by)
        self.promise_kept.load(entry.promise_kept)
        self.safety.setChecked(entry.safety)
        self.questions.load({
            "safety_batch": entry.safety_batch, "safety_others": entry.safety_others, "safety_told": entry.safety_told,
        })  # fmt: skip
        self.safety_closed.load(entry.safety_closed)
        self._show_safety(entry.safety)

    def set_customer(self, customer_id: int | None, name: str) -> None:
        """Says whose feedback it is."""
        self._customer = customer_id
        self.customer.setText((name or _("Anonymous")).replace("&", "&&"))
        self.customer.setAccessibleName(_("Customer: {name}").format(name=name or _("Anonymous")))

    def record(self) -> Entry:
        """The entry as the fields say it. Raises LookupError before an entry was loaded."""
        if self._entry is None:
            raise LookupError("no entry was loaded")
        before = self._entry
        rating = self.rating.currentData()
        chosen = self.about.currentData()
        rest = tuple(one for one in before.themes[1:] if one != chosen)
        changed = replace(
            before,
            text=self.words.toPlainText(),
            customer_id=self._customer,
            date=self.day.date().toPython(),  # type: ignore[arg-type]
            kind=self.kind.currentData(),
            channel_id=self.channel.currentData(),
            offering_id=self.offering.currentData(),
            themes=(() if chosen is None else (chosen,)) + rest,
            suggested_themes=tuple(one for one in before.suggested_themes if one != chosen),
            needs_answer=self.waits.isChecked(),
            answered=self.answered.value(),
            answer=self.answer.toPlainText(),
            promise=as_said(self.promise.text()),
            promised_by=self.promised_by.value(),
            promise_staff_id=self.promiser.currentData(),
            promise_kept=self.promise_kept.value(),
            safety=self.safety.isChecked(),
            safety_closed=self.safety_closed.value(),
        )
        safety = self.questions.answers()
        changed = replace(
            changed, safety_batch=safety["safety_batch"], safety_others=safety["safety_others"],
            safety_told=safety["safety_told"],
        )  # fmt: skip
        if rating != before.rating:
            raw = None if rating is None else f"{rating:g}"
            changed = replace(changed, rating=rating, rating_raw=raw, rating_scale=None if raw is None else "1-5")
        return changed

    def _choose(self, field: QComboBox, value: object) -> None:
        place = field.findData(value)
        if place < 0 and field is self.rating and isinstance(value, float):  # between two stars it stays itself
            field.addItem(stars(value), value)
            place = field.count() - 1
        elif place < 0 and value is not None:  # no longer offered, but it stays as long as nobody changes it
            field.addItem(_("No longer used"), value)
            place = field.count() - 1
        field.setCurrentIndex(max(place, 0))

    def _show_safety(self, shown: bool) -> None:
        for field in (self.questions, self.safety_closed):
            self.rows.setRowVisible(field, shown)
