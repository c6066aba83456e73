"""The tab "Did it work?": what was changed, and what came after it (METHOD 3.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cvdesk.catalogue.records import Filter
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.view import View
from cvdesk.kit.widgets import (
    CARD_TITLE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Card,
    Choice,
    EmptyState,
    Flow,
    button,
    clear,
    column,
    label,
    scrolled,
)  # fmt: skip
from cvdesk.trends import store_effect, store_notes
from cvdesk.trends.page_effect_figure import FigurePopup
from cvdesk.trends.page_effect_list import ChangeList
from cvdesk.trends.page_effect_picture import Picture
from cvdesk.trends.page_effect_read import Found, Key, key_of, read
from cvdesk.trends.page_effect_table import StepTable
from cvdesk.trends.page_note import NoteDialog
from cvdesk.trends.records_effect import MOST_SETTLING, Ask, EffectResult
from cvdesk.trends.store_notes import KeptNote
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day as day_words
from cvdesk.wording.numbers import whole

NARROW = 900


def settling_words(months: int) -> str:
    """How long a change is given before it is looked at."""
    if not months:
        return _("No time to settle")
    return ngettext("{count} month to settle", "{count} months to settle", months).format(count=whole(months))


class EffectView(View):
    """At the left what was changed, at the right what the figures show of it."""

    key = "effect"
    watches = frozenset({"actions", "answers", "assessments", "chart_notes", "complaint_events", "complaint_themes",
                         "complaints", "customers", "effects", "entries", "entry_themes", "factors", "invitations",
                         "phases", "question_versions", "sheets", "themes"})  # fmt: skip
    _job: Job | None = None
    _chosen: Filter | None = None
    _key: Key | None = None  # what is asked about; None: the newest
    _series = ""  # the figure asked for; empty: as it was asked last
    _found: Found | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("Did it work?")

    @property
    def result(self) -> EffectResult | None:
        """What is shown."""
        return None if self._found is None else self._found.result

    def show_for(self, chosen: Filter) -> None:
        """Asks what was changed, and what the figures show of it."""
        self._chosen = chosen
        if self._job is not None:
            self._job.cancel()
        key, series, today = self._key, self._series, self.session.today()
        self._job = self.session.ask(lambda file: read(file, key, series, chosen, today), self._shown, self._failed)

    def show_note(self, note: KeptNote, series: str) -> None:
        """Asks what came of a note, or of an action that was started, in a series by its key."""
        self._key, self._series = key_of(note), series
        self.show_for(self._chosen or self.session.filter)

    def focus_first(self) -> None:
        """The list of what was changed; or the button that stands in its place."""
        (self.note if self._empty.isVisibleTo(self) else self.list).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(NARROW)
        self._side.setFixedWidth(self.theme.px(196 if narrow else 252))
        self._periods.beside.setVisible(not narrow)

    # Its parts

    def _build(self) -> None:
        theme = self.theme
        self._body = QWidget()
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(MEDIUM)
        self._side = Card(theme, _("What you changed"))
        self._side.box.setContentsMargins(SMALL, MEDIUM, SMALL, SMALL)
        self._side.title.setContentsMargins(SMALL, 0, 0, 0)
        self._side.setFixedWidth(theme.px(252))
        self.list = ChangeList(theme)
        self.list.chosen.connect(self._choose)
        self._side.box.addWidget(self.list, 1)
        self.add = button(theme, _("Note…"), self._ask_note, icon="plus", name=_("Note what you changed, and when"))
        self._side.box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._side)
        inside = QWidget()
        right = column(inside)
        right.addWidget(self._make_answer(), 3)
        below = QHBoxLayout()
        below.setSpacing(MEDIUM)
        below.addWidget(self._make_table(), 3)
        below.addWidget(self._make_else(), 2)
        right.addLayout(below, 2)
        body.addWidget(scrolled(inside), 1)
        self._body.hide()  # nothing empty is shown while the answer is on its way
        self.box.addWidget(self._body, 1)
        self._empty = Card(theme)
        self.note = button(theme, _("What did you change, and when?"), self._ask_note, "main")
        words = _("Note what you changed, then come back in four months: it takes that long to see whether it worked.")
        self._empty.box.addWidget(EmptyState(theme, words, self.note, "chart-line"), 1)
        self._empty.hide()
        self.box.addWidget(self._empty, 1)

    def _make_answer(self) -> Card:
        theme = self.theme
        card = Card(theme)
        card.box.setSpacing(SMALL)
        head = Flow(SMALL)
        self.figure = button(theme, "", self._drop_down)
        self.figure.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.figure.setIcon(theme.icon("chevron-down", "quiet", 14))
        head.addWidget(self.figure)
        self.direction = label(theme, _("less is better"), NOTE, tone="faint")
        self.direction.setMinimumHeight(self.figure.sizeHint().height())
        self.direction.setContentsMargins(0, 0, SMALL, 0)
        head.addWidget(self.direction)
        times = [(months, settling_words(months)) for months in range(MOST_SETTLING + 1)]
        self.settle = Choice(theme, _("Time to settle"), times)
        self.settle.chosen.connect(self._settle)
        head.addWidget(self.settle)
        self.untouched = Choice(theme, _("What was left alone, to compare with"))
        self.untouched.chosen.connect(self._compare)
        head.addWidget(self.untouched)
        card.box.addLayout(head)
        self.sentence = label(theme, "", CARD_TITLE, strong=True, wrap=True)
        self.more = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.caveats = label(theme, "", NOTE, tone="faint", wrap=True)
        self.picture = Picture(theme)
        card.box.addWidget(self.sentence)
        card.box.addWidget(self.more)
        card.box.addWidget(self.picture, 1)
        card.box.addWidget(self.caveats)
        return card

    def _make_table(self) -> Card:
        self._periods = Card(self.theme, _("Period by period"), _("untick bad ones that made you act"))
        self._periods.box.setSpacing(SMALL)
        self.table = StepTable(self.theme)
        self.table.left_out.connect(self._leave_out)
        self._periods.box.addWidget(self.table, 1)
        self.propose = button(self.theme, _("As proposed"), partial(self._leave_out, None), "plain")
        self._periods.box.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)
        return self._periods

    def _make_else(self) -> Card:
        card = Card(self.theme, _("What else happened"))
        card.setMinimumWidth(self.theme.px(220))
        content = QWidget()
        self._else = column(content, TIGHT)
        card.box.addWidget(scrolled(content), 1)
        return card

    # Showing

    def _shown(self, found: Found) -> None:
        self._found = found
        self._empty.setVisible(found.subject is None)
        self._body.setVisible(found.subject is not None)
        if found.subject is None or found.result is None:
            return
        result = found.result
        self._key = key_of(found.subject)
        self.list.show_subjects(found.subjects, self._key)
        title = next(
            (kind.title for group in found.groups for kind in group.kinds if kind.key == result.ask.series), ""
        )
        self.figure.setText((title or result.title).replace("&", "&&"))
        self.figure.setAccessibleName(_("Figure: {title}").format(title=title or result.title))
        self.settle.offer([(months, settling_words(months)) for months in range(MOST_SETTLING + 1)], result.ask.settle)
        others: list[tuple[object, str]] = [("", _("Compared with nothing else"))]
        others += [(kind.key, _("Compared with {figure}").format(figure=kind.title)) for kind in found.untouched]
        self.untouched.offer(others, result.ask.untouched)
        self.untouched.setVisible(len(others) > 1)
        self.direction.setVisible(result.less_is_better)
        self._say(result)
        self.titled.emit(_("Trends"), _("What came after what you changed, over all months there are"))
        self.picture.show_result(result)
        self.picture.setVisible(result.said != "empty")
        self.table.show_result(result)
        proposed = tuple(step.start for step in result.steps if step.proposed)
        self.propose.setVisible(result.ask.left_out is not None and result.ask.left_out != proposed)
        self._show_else(result)

    def _say(self, result: EffectResult) -> None:
        self.sentence.setText(result.sentence)
        self.more.setText(" ".join(result.more))
        self.more.setVisible(bool(result.more))
        self.caveats.setText(" ".join(result.caveats))
        self.caveats.setVisible(bool(result.caveats))

    def _show_else(self, result: EffectResult) -> None:
        clear(self._else)
        if not result.else_changed:
            words = _("Nothing else is noted in that time.")
            self._else.addWidget(label(self.theme, words, TEXT, tone="quiet", wrap=True))
        for note in result.else_changed:
            row = column(None, 0)
            row.addWidget(label(self.theme, note.text, TEXT, wrap=True))
            row.addWidget(label(self.theme, day_words(note.date), NOTE, tone="faint"))
            self._else.addLayout(row)
        self._else.addStretch(1)

    def _failed(self, error: Exception) -> None:
        """A figure that is gone is asked about no more; anything else is an error like any."""
        if isinstance(error, UserError) and self._series and self._chosen is not None:
            self._series = ""
            self.show_for(self._chosen)
            return
        crash.report(error)

    # Asking

    def _ask_again(self) -> None:
        if self._chosen is not None:
            self.show_for(self._chosen)

    def _choose(self, key: object) -> None:
        assert isinstance(key, tuple)
        self._key, self._series = key, ""
        self._ask_again()

    def _look_at(self, series: str) -> None:
        """Another figure, as the arrow keys walk along the list; kept only once it is taken."""
        self._series = series
        self._ask_again()

    def _take_figure(self) -> None:
        subject = None if self._found is None else self._found.subject
        if subject is not None and self._series:
            ask_for = partial(store_effect.choose, note=subject, series=self._series)
            self.session.run(_("Figure that shows whether it worked"), ask_for)

    def _settle(self, months: object) -> None:
        assert isinstance(months, int)
        self._change(settle=months)

    def _compare(self, series: object) -> None:
        self._change(untouched=str(series))

    def _leave_out(self, days: object) -> None:
        assert days is None or isinstance(days, tuple)
        self._change(left_out=days)

    def _change(self, **new: object) -> None:
        """Keeps what was chosen; what it makes of the answer is asked for when it is on disk."""
        result = self.result
        if result is None:
            return
        ask: Ask = replace(result.ask, **new)  # type: ignore[arg-type]
        self.session.run(_("How a change is looked at"), partial(store_effect.save, ask=ask))

    def _ask_note(self) -> None:
        dialog = NoteDialog(self.session, self.session.today(), self)
        dialog.wanted.connect(self._add_note)
        dialog.open()

    def _add_note(self, day: date, text: str) -> None:
        self.session.run(
            _("Note on a chart"), partial(store_notes.add, day=day, text=text), self._noted, say=_("Noted")
        )

    def _noted(self, note_id: object) -> None:
        self._key, self._series = (int(str(note_id)), None), ""

    def _drop_down(self) -> None:
        """The figures, under the name of the one that shows."""
        if self._found is not None and self.result is not None:
            popup = FigurePopup(self.theme, self, self._found.groups, self.result.ask.series)
            popup.looked_at.connect(self._look_at)
            popup.taken.connect(self._take_figure)
            popup.drop(self.figure)
