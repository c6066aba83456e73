"""One entry as a form: everything about it that can be put right later; what stood before stays in the history."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate

from cvdesk.catalogue.records import KINDS, Named
from cvdesk.feedback.records import Entry, kind_name
from cvdesk.kit.form import Form, choice_field, date_field, words_field
from cvdesk.kit.theme import Theme
from cvdesk.wording import _
from cvdesk.wording.numbers import stars


class EntryForm(Form):
    """Fields of an entry; `themes`, `channels`, `offerings` are what can be chosen."""

    def __init__(self, theme: Theme, themes: list[Named], channels: list[Named], offerings: list[Named]) -> None:
        super().__init__(theme)
        self._entry: Entry | None = None
        none: list[tuple[object, str]] = [(None, _("None"))]
        self.words = words_field()
        self.day = date_field(QDate.currentDate())
        self.rating = choice_field(none + [(float(star), stars(float(star))) for star in range(5, 0, -1)])
        self.kind = choice_field([(kind, kind_name(kind)) for kind in KINDS])
        self.channel = choice_field(none + [(one.id, one.name) for one in channels])
        self.offering = choice_field(none + [(one.id, one.name) for one in offerings])
        self.about = choice_field(none + [(one.id, one.name) for one in themes])
        for key, name, widget in (
            ("text", _("Words"), self.words), ("date", _("Date"), self.day), ("rating", _("Rating"), self.rating),
            ("kind", _("Kind"), self.kind), ("channel", _("Channel"), self.channel),
            ("offering", _("Product"), self.offering), ("themes", _("Theme"), self.about),
        ):  # fmt: skip
            self.field(key, name, widget)

    def load(self, entry: Entry) -> None:
        """Shows an entry."""
        self._entry = entry
        self.words.setPlainText(entry.text)
        self.day.setDate(QDate(entry.date.year, entry.date.month, entry.date.day))
        for field, value in (
            (self.rating, entry.rating), (self.kind, entry.kind), (self.channel, entry.channel_id),
            (self.offering, entry.offering_id), (self.about, entry.themes[0] if entry.themes else None),
        ):  # fmt: skip
            place = field.findData(value)
            if place < 0 and field is self.rating and value is not None:  # a rating between two stars stays itself
                field.addItem(stars(float(value)), value)
                place = field.count() - 1
            field.setCurrentIndex(max(place, 0))

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
            date=self.day.date().toPython(),  # type: ignore[arg-type]
            kind=self.kind.currentData(),
            channel_id=self.channel.currentData(),
            offering_id=self.offering.currentData(),
            themes=(() if chosen is None else (chosen,)) + rest,
            suggested_themes=tuple(one for one in before.suggested_themes if one != chosen),
        )
        if rating != before.rating:
            raw = None if rating is None else f"{rating:g}"
            changed = replace(changed, rating=rating, rating_raw=raw, rating_scale=None if raw is None else "1-5")
        return changed
