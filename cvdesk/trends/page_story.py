"""What the owner writes down beside a chart: notes and phases, each written in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cvdesk.catalogue.records import Filter, Period
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.trends import store_kinds, store_notes, store_phases, store_radar
from cvdesk.trends.page_happened import NotesCard
from cvdesk.trends.page_note import NoteDialog
from cvdesk.trends.page_phase import PhaseDialog
from cvdesk.trends.radar import Signal
from cvdesk.trends.records import Series
from cvdesk.trends.store_notes import KeptNote
from cvdesk.trends.store_phases import Phase, may_begin
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.trends.page_series import SeriesView


_MONTHS = 36  # what a change is judged by (METHOD 3.5); the phase's own beginning is looked up by itself


class Story(QObject):
    """Does what the card of notes and phases asks for."""

    _job: Job | None = None

    def __init__(self, session: Session, view: SeriesView, card: NotesCard) -> None:
        super().__init__(view)
        self._session, self._view, self._card = session, view, card
        card.note_wanted.connect(self.ask_note)
        card.changing.connect(self._change_note)
        card.deleted.connect(self._delete_note)
        card.phase_wanted.connect(self.begin_phase)
        card.phase_changing.connect(self._change_phase)
        card.phase_deleted.connect(self._delete_phase)

    def ask_note(self) -> None:
        """Asks what happened, and when."""
        dialog = NoteDialog(self._session, self._session.today(), self._view)
        dialog.wanted.connect(self.add_note)
        dialog.open()

    def add_note(self, day: date, text: str) -> None:
        """Notes what happened on a day."""
        self._session.run(_("Note on a chart"), partial(store_notes.add, day=day, text=text), say=_("Noted"))

    def mark_seen(self, signal: Signal) -> None:
        """The owner has seen what the radar told: Home does not tell it again."""
        work = partial(store_radar.mark_seen, signal=signal)
        self._session.run(_("A change was seen"), work, say=_("Seen: Home does not tell it again"))

    def begin_phase(self) -> None:
        """Asks for what a new phase of the shown figure needs."""
        self._with_whole(self._propose)

    def _with_whole(self, then: Callable[[Series], None]) -> None:
        """Goes on with the series of the whole business: a phase holds for every filter, so none may decide on it."""
        shown, today = self._view.series, self._session.today()
        if shown is None:
            return
        chosen = Filter(Period.last_months(_MONTHS, today))
        if self._job is not None:
            self._job.cancel()
        self._job = self._session.ask(lambda file: store_kinds.make(file, shown.key, chosen, today), then)

    def _propose(self, series: Series) -> None:
        today = self._session.today()
        day = may_begin(series).starts or today
        dialog = PhaseDialog(self._session, series, day, self._view, reason=self._said_in(day))
        dialog.wanted.connect(partial(self._begin, dialog, series))
        dialog.noted.connect(self.add_note)
        dialog.open()

    def _said_in(self, day: date) -> str:
        """The words of the note in the month of a day, where there is only one: very likely it says what changed."""
        said = [one.text for one in self._card.lines if one.note and one.date.replace(day=1) == day.replace(day=1)]
        return said[0] if len(said) == 1 else ""

    def _begin(self, dialog: PhaseDialog, series: Series, day: date, reason: str) -> None:
        work = partial(
            store_phases.begin, series=series, starts=day, reason=reason, today=self._session.today(),
            known=True, wanted=True, lasting=True,  # the dialog lets nobody go on before all three are ticked
        )  # fmt: skip
        self._session.run(_("New phase"), work, dialog.saved, dialog.failed, say=_("A new phase has begun"))

    def _change_phase(self, phase: Phase) -> None:
        self._with_whole(partial(self._ask_change, phase))

    def _ask_change(self, phase: Phase, series: Series) -> None:
        dialog = PhaseDialog(self._session, series, phase.starts, self._view, phase)
        dialog.wanted.connect(partial(self._change, dialog, phase, series))
        dialog.open()

    def _change(self, dialog: PhaseDialog, phase: Phase, series: Series, day: date, reason: str) -> None:
        work = partial(
            store_phases.change, phase_id=phase.id, series=series, starts=day, reason=reason,
            today=self._session.today(),
        )  # fmt: skip
        self._session.run(_("Change a phase"), work, dialog.saved, dialog.failed, say=_("Phase changed"))

    def _delete_phase(self, phase: Phase) -> None:
        work = partial(store_phases.delete, phase_id=phase.id)
        self._session.run(_("Take a phase away"), work, say=_("Phase taken away"))

    def _change_note(self, note: KeptNote) -> None:
        assert note.id is not None
        dialog = NoteDialog(self._session, note.date, self._view, note)
        dialog.wanted.connect(
            lambda day, text: self._session.run(
                _("Change a note"), partial(store_notes.change, note_id=note.id, day=day, text=text), say=_("Noted")
            )
        )
        dialog.open()

    def _delete_note(self, note_id: object) -> None:
        work = partial(store_notes.delete, note_id=int(str(note_id)))
        self._session.run(_("Take a note away"), work, say=_("Note taken away"))
