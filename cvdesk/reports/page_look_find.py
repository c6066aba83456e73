"""Step two of a monthly look: up to three findings, ticked or in the owner's own words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from cvdesk.kit import crash
from cvdesk.kit.form import text_field
from cvdesk.kit.jobs import Job
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, EmptyState, Hairline, button, clear, label, line
from cvdesk.reports import store_look
from cvdesk.reports.page_look_parts import Step, Ticked, open_button
from cvdesk.reports.records_look import LONGEST_OWN, MOST_FINDINGS, Finding, Look
from cvdesk.reports.store_look_find import findings
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_WATCHES = frozenset({"entries", "entry_themes", "complaints", "answers", "assessments", "themes", "*"})


class FindStep(Step):
    """Sentences to tick with their figures, and a line for one of the owner's own."""

    key = "find"
    _job: Job | None = None
    _proposed: tuple[Finding, ...] | None = None
    _stale = False
    _look: Look | None = None

    def _build(self) -> None:
        self.note = label(self.theme, "", NOTE, tone="quiet", wrap=True)
        card, inside = self.on_card()
        self._rows = inside.layout()
        self.ticks: dict[str, QCheckBox] = {}
        self.box.addWidget(card, 1)
        card.box.addWidget(Hairline())
        own = line(SMALL)
        asked = label(self.theme, _("In your own words"), TEXT)
        self.own = text_field("", _("What you noticed yourself"))
        self.own.setAccessibleName(_("A finding in your own words"))
        self.own.setMaxLength(LONGEST_OWN)
        self.own.setEnabled(self.writable)
        asked.setBuddy(self.own)
        self.own.textEdited.connect(self._typed)
        self.own.editingFinished.connect(self._keep_own)
        self.keep = button(self.theme, _("Keep it"), self._keep_own)
        for one in (asked, self.own, self.keep):
            own.addWidget(one, 1 if one is self.own else 0)
        card.box.addLayout(own)
        card.box.addWidget(self.note)
        self.session.changed.connect(self._changed)

    def prepare(self, look: Look) -> None:
        """Looks through the figures beside the window, which may take seconds in a large file."""
        if self._job is None:
            month, today = look.month, self.session.today()
            self._job = self.session.look(lambda file: findings(file, month, today), self._found, self._failed)

    def enter(self) -> None:
        """What was filed meanwhile counts."""
        if self._stale and self._look is not None:
            self._stale = False
            self.prepare(self._look)

    def first(self) -> QWidget | None:
        """The first sentence, else the line for one's own."""
        found = next((one for one in self.ticks.values() if one.isEnabled()), None)
        return found if found is not None or self._proposed is None else self.own

    def show_look(self, look: Look) -> None:
        """The sentences with what is ticked; what was ticked stays though it is proposed no longer."""
        fresh = self._look is None
        self._look = look
        if fresh:
            self.own.setText(self.session.draft(store_look.own_draft(look.month)) or look.state.own)
        elif not self.own.hasFocus() and not self.session.draft(store_look.own_draft(look.month)):
            self.own.setText(look.state.own)
        held = next((key for key, tick in self.ticks.items() if tick.hasFocus()), "")
        self._fill(look)
        if held in self.ticks:
            self.ticks[held].setFocus()

    def _fill(self, look: Look) -> None:
        assert self._rows is not None
        clear(self._rows)
        self.ticks = {}
        proposed = self._proposed or ()
        known = {one.key for one in proposed}
        kept = tuple(one for one in look.state.findings if one.key not in known)
        chosen = {one.key for one in look.state.findings}
        for one in (*kept, *proposed):
            tick = QCheckBox()
            tick.setChecked(one.key in chosen)
            tick.setEnabled(self.writable and (one.key in chosen or look.state.room > 0))
            tick.clicked.connect(lambda on, one=one: self._tick(one, on))
            doing = open_button(self.theme, one.said, partial(self._go, one)) if one.table else None
            self._rows.addWidget(Ticked(self.theme, tick, one.said, one.figure, doing))
            self.ticks[one.key] = tick
        if self._proposed is None:
            self._rows.addWidget(label(self.theme, _("Looking through the figures …"), TEXT, tone="quiet"))
        elif not (kept or proposed):
            said = _(
                "There is too little written down yet to say what changed or weighs most. That is no fault: "
                "write one thing you noticed yourself, or go on."
            )
            self._rows.addWidget(EmptyState(self.theme, said, icon="sparkles"))
        if self._proposed is None or kept or proposed:
            self._rows.addStretch(1)  # type: ignore[attr-defined]
        self.own.setEnabled(self.writable and (bool(look.state.own) or look.state.room > 0))
        self.keep.setEnabled(self.own.isEnabled())
        count = len(look.state.said)
        if count >= MOST_FINDINGS:
            self.note.setText(_("Three are chosen. Take one out to choose another."))
        else:
            chosen_words = ngettext("{count} of three chosen.", "{count} of three chosen.", count)
            self.note.setText(chosen_words.format(count=whole(count)))

    def _found(self, found: tuple[Finding, ...]) -> None:
        self._job = None
        self._proposed = found
        if self._look is not None:
            self.show_look(self._look)
            QTimer.singleShot(0, self, self.arrived)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._found(())
        crash.report(error)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _WATCHES:
            self._stale = True

    def _tick(self, one: Finding, on: bool) -> None:
        if self._look is not None:
            work = partial(
                store_look.tick, month=self._look.month, today=self.session.today(), finding=one, on=on
            )  # fmt: skip
            self.session.run(_("Monthly look: findings"), work)

    def _typed(self, text: str) -> None:
        if self._look is not None:
            self.session.save_draft(store_look.own_draft(self._look.month), text)

    def _keep_own(self) -> None:
        look, words = self._look, " ".join(self.own.text().split())
        if look is None or not self.writable or words == look.state.own:
            return
        self.session.forget_draft(store_look.own_draft(look.month))
        work = partial(store_look.write_own, month=look.month, today=self.session.today(), words=words)
        self.session.run(_("Monthly look: findings"), work)

    def _go(self, one: Finding) -> None:
        number = one.record.isdecimal() and one.table not in ("series", "factors", "page")
        self.left.emit(one.table, int(one.record) if number else one.record)
