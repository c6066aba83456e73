"""Bringing a list in: what it is, how it is read, what would come in; then beside the window, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.look import Look, count, first_look, look
from cvdesk.exchange.page_import_end import NotAList, Progress, Result, Running
from cvdesk.exchange.page_import_parts import Detected, Mapping, Preview
from cvdesk.exchange.plan import Options, Plan
from cvdesk.exchange.run import Cancelled, Outcome, run_import
from cvdesk.exchange.undo_import import TakenBack, undo_import
from cvdesk.kit import ask, crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, Card, Elided, button, column, label, line, scrolled, set_tone
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

POLL_MS = 100


def kinds_of_file() -> str:
    """What a person may choose to import, as the system's dialog takes it."""
    return f"{_('Lists')} (*.csv *.tsv *.txt);;{_('All files')} (*)"


class ImportDialog(QDialog):
    """One file on its way in. Nothing is changed before the person says so, and all of it can be taken back."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = session.theme
        self.path = path
        self.seen: Look | None = None
        self.counted: Outcome | None = None
        self._kind = ""
        self._job: Job | None = None
        self._looking = Progress()
        self._running: Progress | None = None
        self.setWindowTitle(_("Import a list"))
        self.setMinimumSize(720, 520)
        self.resize(self._fitting_size(parent))
        box = column(self, 0, (WIDE, LARGE, WIDE, LARGE))
        self.stack = QStackedWidget()
        box.addWidget(self.stack)
        self._form = self._make_form()
        self.running = Running(self.theme)
        self.ending = Result(self.theme)
        self.not_a_list = NotAList(self.theme)
        for face in (self._form, self.running, self.ending, self.not_a_list):
            self.stack.addWidget(face)
        self.running.cancel.clicked.connect(self._stop)
        self.ending.undo.clicked.connect(self.take_back)
        self.ending.close_button.clicked.connect(self.accept)
        self.not_a_list.leave.clicked.connect(self.reject)
        self.not_a_list.other.clicked.connect(self._choose_other)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.main.setFocus()
        self.look_again()

    # The form

    def _fitting_size(self, parent: QWidget | None) -> QSize:
        room = parent.size() if parent is not None else QSize(1080, 740)
        return QSize(min(1080, max(720, room.width() - 48)), min(740, max(520, room.height() - 40)))

    def _make_form(self) -> QWidget:
        form = QWidget()
        box = column(form, MEDIUM)
        head = column(None, 0)
        head.addWidget(label(self.theme, _("Import a list"), TITLE, strong=True))
        self.file_name = Elided(self.theme, self.path.name, TEXT, "quiet")
        head.addWidget(self.file_name)
        box.addLayout(head)
        box.addLayout(self._kinds())
        middle = line(MEDIUM)
        middle.addWidget(self._mapping_card(), 2)
        right = column(None, MEDIUM)
        right.addWidget(self._preview_card(), 1)
        right.addWidget(self._detected_card())
        middle.addLayout(right, 3)
        box.addLayout(middle, 1)
        box.addLayout(self._foot())
        return form

    def _kinds(self) -> QHBoxLayout:
        row = line(SMALL)
        row.addWidget(label(self.theme, _("What is it?"), TEXT, strong=True))
        self.kinds: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for kind, name in words.kinds():
            made = button(self.theme, name, partial(self._choose_kind, kind), "nav")
            made.setAutoDefault(True)
            made.setCheckable(True)
            group.addButton(made)
            row.addWidget(made)
            self.kinds[kind] = made
        row.addStretch(1)
        return row

    def _mapping_card(self) -> Card:
        card = Card(self.theme, _("Which column is what"))
        self.mapping = Mapping(self.theme)
        self.mapping.changed.connect(self.look_again)
        card.box.addWidget(scrolled(self.mapping), 1)
        self.unused = label(self.theme, "", NOTE, tone="quiet", wrap=True)
        card.box.addWidget(self.unused)
        return card

    def _preview_card(self) -> Card:
        card = Card(self.theme, _("First rows as they come in"))
        self.preview = Preview(self.theme)
        self.preview.entered.connect(self.import_now)
        card.box.addWidget(self.preview, 1)
        return card

    def _detected_card(self) -> Card:
        card = Card(self.theme, _("How the file is read"), _("As found; change what is wrong"))
        self.detected = Detected(self.theme)
        self.detected.changed.connect(self._choose_setting)
        card.box.addWidget(self.detected)
        return card

    def _foot(self) -> QHBoxLayout:
        foot = line(LARGE)
        said = column(None, 2)
        self.counts = label(self.theme, "", TEXT, strong=True, wrap=True)
        self.notes = label(self.theme, "", NOTE, tone="quiet", wrap=True)
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("How far the rows are counted"))
        for widget in (self.counts, self.notes, self.busy):
            said.addWidget(widget)
        foot.addLayout(said, 1)
        self.cancel = button(self.theme, _("Cancel"), self.reject)
        self.cancel.setAutoDefault(True)
        self.main = button(self.theme, _("Import"), self.import_now, "main")
        self.main.setAutoDefault(True)
        self.main.setDefault(True)
        foot.addWidget(self.cancel)
        foot.addWidget(self.main)
        return foot

    # Looking

    def look_again(self) -> None:
        """Looks the file through with what is chosen now; whoever was looking stops."""
        self._forget_looking()
        self.counted = None
        self._say(_("Looking the file through…"))
        self._ask(partial(_first, self._looking, self.path, self._kind, self._options(), self.session.today()))

    def _options(self) -> Options:
        return self.detected.options(self.mapping.overruled())

    def _ask(self, question: Callable[[BusinessFile], Look]) -> None:
        self.main.setEnabled(False)
        self._busy(0)
        self._job = self.session.ask(question, self._looked, self._unreadable)

    def _forget_looking(self) -> None:
        self._looking.stop = True
        self._looking = Progress()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _looked(self, seen: Look) -> None:
        self.seen = seen
        self.stack.setCurrentWidget(self._form)
        self.kinds[seen.kind].setChecked(True)
        self.mapping.show_look(seen)
        self.detected.show_look(seen)
        self.preview.show_look(seen)
        self.unused.setText(words.unused(seen))
        self._name_main(0)
        if seen.partial:
            self._say(_("These are the first rows. The rest of the file is being read…"))
            kind, options = self._kind or seen.kind, self._options()
            self._ask(partial(_whole, self._looking, self.path, kind, options, self.session.today()))
        elif seen.plan is None:
            self._busy(-1)
            self._say(words.missing(seen), problem=True)
        else:
            self._count(seen.plan)

    def _count(self, planned: Plan) -> None:
        self.main.setEnabled(True)
        self._name_main(planned.rows)
        self.file_name.set_whole(_("{name}, {rows}").format(name=self.path.name, rows=words.rows(planned.rows)))
        self._say(_("Counting what is new…"), planned.notes)
        self._timer.start()
        asked = partial(_counted, self._looking, planned, self.session.today())
        self._job = self.session.ask(asked, self._show_counts, self._count_failed)

    def _show_counts(self, outcome: Outcome) -> None:
        self.counted = outcome
        self._timer.stop()
        self._busy(-1)
        made = words.new_customers(outcome)
        self._say(words.counted(outcome), (*((made,) if made else ()), *outcome.notes))
        coming = outcome.added + outcome.updated
        self._name_main(coming)
        self.main.setEnabled(coming > 0)

    def _count_failed(self, error: Exception) -> None:
        self._timer.stop()
        self._busy(-1)
        if isinstance(error, UserError):
            self._refuse(error)
        elif not isinstance(error, Cancelled):
            crash.report(error)

    def _unreadable(self, error: Exception) -> None:
        self._busy(-1)
        if not isinstance(error, UserError):
            crash.report(error)
        elif self.seen is None:
            self.not_a_list.show_error(error)
            self.stack.setCurrentWidget(self.not_a_list)
            self.not_a_list.other.setFocus()
        else:
            self._refuse(error)

    def _refuse(self, error: UserError) -> None:
        """What is chosen does not work: says so beside it, and waits for another choice."""
        self._say(error.what, (error.to_do,), problem=True)
        self.main.setEnabled(False)

    def _say(self, what: str, more: Sequence[str] = (), problem: bool = False) -> None:
        self.counts.setText(what)
        set_tone(self.counts, "bad" if problem else "")
        self.notes.setText(" ".join(more))
        self.notes.setVisible(bool(more))

    def _busy(self, every: int) -> None:
        """0: nobody knows how long; -1: over."""
        self.busy.setVisible(every >= 0)
        self.busy.setRange(0, max(0, every))

    def _name_main(self, coming: int) -> None:
        kind = self.seen.kind if self.seen is not None else "feedback"
        text = _("Import {things}").format(things=words.things(kind, coming)) if coming else _("Import")
        self.main.setText(text)
        self.main.setAccessibleName(text)

    # What the person chooses

    def _choose_kind(self, kind: str) -> None:
        if kind != (self.seen.kind if self.seen is not None else ""):
            self._kind = kind
            self.mapping.forget()
            self.look_again()

    def _choose_setting(self, key: str) -> None:
        if key in ("encoding", "separator", "header"):
            self.mapping.forget()
        self.look_again()

    def _choose_other(self) -> None:
        path = ask.prompts.open_file(self, _("Import a list"), self.path.parent, kinds_of_file())
        if path is None:
            return
        self.path, self.seen, self._kind = path, None, ""
        self.file_name.set_whole(path.name)
        self.mapping.forget()
        self.detected.forget()
        self.stack.setCurrentWidget(self._form)
        self.look_again()

    # Bringing in

    def import_now(self) -> None:
        """Brings the list in as it is shown."""
        if self._running is not None or not self.main.isEnabled() or self.seen is None or self.seen.plan is None:
            return
        planned = self.seen.plan
        self._forget_looking()
        self._running = Progress()
        self.stack.setCurrentWidget(self.running)
        self.running.begin(self.path.name, planned.rows)
        self._timer.start()
        self.session.work(
            partial(_bring_in, self._running, planned, self.session.today()), self._imported, self._import_failed
        )

    def _stop(self) -> None:
        if self._running is not None and self.running.cancel.isEnabled():
            self._running.stop = True
            self.running.show_progress(self._running)

    def _poll(self) -> None:
        if self._running is not None:
            self.running.show_progress(self._running)
        elif self._looking.all:
            self._busy(self._looking.all)
            self.busy.setValue(self._looking.done)
            self.counts.setText(
                _("Counting what is new: {done} of {rows}").format(
                    done=whole(self._looking.done), rows=words.rows(self._looking.all)
                )
            )

    def _imported(self, outcome: Outcome) -> None:
        self._ended()
        self.ending.show_outcome(outcome)
        self.stack.setCurrentWidget(self.ending)
        self.ending.close_button.setFocus()

    def _import_failed(self, error: Exception) -> None:
        self._ended()
        self.stack.setCurrentWidget(self._form)
        if isinstance(error, UserError):
            self._refuse(error)
        elif isinstance(error, Cancelled):
            self._say(_("Stopped. Nothing was brought in."), () if self.counted is None else self.counted.notes)
            self.main.setFocus()
        else:
            crash.report(error)

    def _ended(self) -> None:
        self._timer.stop()
        self._running = None
        self._busy(-1)

    def take_back(self) -> None:
        """Takes back what came in."""
        outcome = self.ending.outcome
        if outcome is None or outcome.import_id is None:
            return
        self.ending.undo.setEnabled(False)
        self.session.work(partial(_take_back, outcome.import_id), self._taken_back, self._not_taken_back)

    def _taken_back(self, taken: TakenBack) -> None:
        self.ending.show_taken_back(taken)

    def _not_taken_back(self, error: Exception) -> None:
        self.ending.undo.setEnabled(True)
        if isinstance(error, UserError):
            self.ending.say.setText(str(error))
        else:
            crash.report(error)

    def reject(self) -> None:
        """Escape and Cancel: stops an import under way, otherwise leaves."""
        if self._running is not None:
            self._stop()
            return
        self._timer.stop()
        self._forget_looking()
        super().reject()


def _first(stop: Progress, path: Path, kind: str, options: Options, today: date, file: BusinessFile) -> Look:
    if stop.stop:
        raise Cancelled
    return first_look(path, kind, options, file, today)


def _whole(stop: Progress, path: Path, kind: str, options: Options, today: date, file: BusinessFile) -> Look:
    if stop.stop:
        raise Cancelled
    return look(path, kind, options, file, today)


def _counted(at: Progress, planned: Plan, today: date, file: BusinessFile) -> Outcome:
    return count(file, planned, today, at.at, at.stopped)


def _bring_in(at: Progress, planned: Plan, today: date, file: BusinessFile) -> Outcome:
    return run_import(file, planned, today, at.at, at.stopped)


def _take_back(import_id: int, file: BusinessFile) -> TakenBack:
    return undo_import(file, import_id)
