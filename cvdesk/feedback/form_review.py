"""One pasted review, to be put right before it is logged."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate, QSignalBlocker, Signal

from cvdesk.catalogue.records import as_name, as_said
from cvdesk.feedback.records_reviews import Review
from cvdesk.kit.form import choice_field, date_field, text_field, words_field
from cvdesk.kit.side import SideForm
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import set_tone
from cvdesk.wording import _
from cvdesk.wording.numbers import stars


class ReviewForm(SideForm):
    """Every change is taken over at once."""

    changed = Signal(object)  # Review

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._review = Review()
        self.name = text_field(placeholder=_("nobody named"))
        none: list[tuple[object, str]] = [(None, "—")]
        self.rating = choice_field(none + [(float(star), stars(float(star))) for star in range(5, 0, -1)])
        self.day = date_field(QDate.currentDate())
        self.words = words_field(lines=7)
        self.answer = words_field(lines=3)
        for key, name, field in (
            ("name", _("Name"), self.name), ("rating", _("Rating"), self.rating), ("date", _("Date"), self.day),
            ("text", _("Words"), self.words), ("reply", _("Your reply"), self.answer),
        ):  # fmt: skip
            self.field(key, name, field)
        self.name.textEdited.connect(lambda name: self._take(name=as_name(name)))
        self.rating.currentIndexChanged.connect(lambda _place: self._rate())
        self.day.dateChanged.connect(lambda day: self._take(date=day.toPython(), approximate=False))
        self.words.textChanged.connect(lambda: self._take(text=as_said(self.words.toPlainText())))
        self.answer.textChanged.connect(lambda: self._take(reply=as_said(self.answer.toPlainText())))

    def load(self, review: Review, today: QDate) -> None:
        """Shows a review; what is shown already stays as it is, with the cursor in it."""
        blocked = [QSignalBlocker(one) for one in (self.name, self.rating, self.day, self.words, self.answer)]
        before, self._review = self._review, review
        if as_name(self.name.text()) != review.name:
            self.name.setText(review.name)
        for field, words, shown in ((self.words, review.text, before.text), (self.answer, review.reply, before.reply)):
            if words != shown or as_said(field.toPlainText()) != words:
                field.setPlainText(words)
        place = self.rating.findData(review.rating)
        if place < 0:  # between two stars: it stays itself
            self.rating.addItem(stars(review.rating), review.rating)
            place = self.rating.count() - 1
        self.rating.setCurrentIndex(place)
        self.day.setMaximumDate(today)
        day = review.date
        self.day.setDate(today if day is None else QDate(day.year, day.month, day.day))
        note = ""
        if day is None:
            note = _("The day is not said: today's is taken.")
        elif review.approximate:
            note = _("About right: the page says no exact day.")
        self._notes["date"].setText(note)
        set_tone(self._notes["date"], "faint")
        self._notes["date"].setVisible(bool(note))
        del blocked

    def _rate(self) -> None:
        rating = self.rating.currentData()
        raw = None if rating is None else f"{rating:g}"
        self._take(rating=rating, rating_raw=raw, rating_scale=None if raw is None else "1-5")

    def _take(self, **values: object) -> None:
        self._review = replace(self._review, **values)  # type: ignore[arg-type]
        self.changed.emit(self._review)
