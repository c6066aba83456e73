"""Bringing a list in: what it is, how it is read, what would come in; then beside the window, with a way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.look import Look, count, first_look, look
from cvdesk.exchange.page_import_end import NotAList, Progress, Result, Running
from cvdesk.exchange.page_import_form import ImportForm
from cvdesk.exchange.plan import Options, Plan
from cvdesk.exchange.run import Cancelled, Outcome, run_import
from cvdesk.exchange.undo_import import TakenBack, undo_import
from cvdesk.kit import ask, crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, WIDE
from cvdesk.kit.widgets import column
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
        self._fresh = True
        self._job: Job | None = None
        self._looking = Progress()
        self._running: Progress | None = None
        self.setWindowTitle(_("Import a list"))
        self.setMinimumSize(720, 520)
        self.resize(self._fitting_size(parent))
        box = column(self, 0, (WIDE, LARGE, WIDE, LARGE))
        self.stack = QStackedWidget()
        box.addWidget(self.stack)
        self.form = ImportForm(self.theme, path.name)
        self.running = Running(self.theme)
        self.ending = Result(self.theme)
        self.not_a_list = NotAList(self.theme)
        for face in (self.form, self.running, self.ending, self.not_a_list):
            self.stack.addWidget(face)
        self.form.kind_chosen.connect(self._choose_kind)
        self.form.setting_chosen.connect(self._choose_setting)
        self.form.mapping_changed.connect(self.look_again)
        self.form.entered.connect(self.import_now)
        self.form.cancel.clicked.connect(self.reject)
        self.running.cancel.clicked.connect(self._stop)
        self.ending.undo.clicked.connect(self.take_back)
        self.ending.close_button.clicked.connect(self.accept)
        self.not_a_list.leave.clicked.connect(self.reject)
        self.not_a_list.other.clicked.connect(self._choose_other)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.setFocus()  # the main button gets the keyboard once there is something to import
        self.look_again()

    def _fitting_size(self, parent: QWidget | None) -> QSize:
        room = parent.size() if parent is not None else QSize(1080, 740)
        return QSize(min(1080, max(720, room.width() - 48)), min(740, max(520, room.height() - 40)))

    # Looking

    def look_again(self) -> None:
        """Looks the file through with what is chosen now; whoever was looking stops."""
        self._forget_looking()
        self.counted = None
        self.form.say(_("Looking the file through…"))
        self._ask(partial(_first, self._looking, self.path, self._kind, self._options(), self.session.today()))

    def _options(self) -> Options:
        return self.form.detected.options(self.form.mapping.overruled())

    def _ask(self, question: Callable[[BusinessFile], Look]) -> None:
        self.form.main.setEnabled(False)
        self.form.show_busy(0)
        self._job = self.session.ask(question, self._looked, self._unreadable)

    def _forget_looking(self) -> None:
        self._looking.stop = True
        self._looking = Progress()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _looked(self, seen: Look) -> None:
        self.seen = seen
        self.stack.setCurrentWidget(self.form)
        self.form.show_look(seen)
        self.form.name_main(seen.kind, 0)
        if seen.partial:
            self.form.say(_("These are the first rows. The rest of the file is being read…"))
            kind, options = self._kind or seen.kind, self._options()
            self._ask(partial(_whole, self._looking, self.path, kind, options, self.session.today()))
        elif seen.plan is None:
            self.form.show_busy(-1)
            self.form.say(words.missing(seen), problem=True)
        else:
            self._count(seen.plan)

    def _count(self, planned: Plan) -> None:
        self.form.main.setEnabled(True)
        if self._fresh:  # Enter is enough where everything was found as it is
            self._fresh = False
            self.form.main.setFocus()
        self.form.name_main(planned.kind, planned.rows)
        self.form.file_name.set_whole(_("{name}, {rows}").format(name=self.path.name, rows=words.rows(planned.rows)))
        self.form.say(_("Counting what is new…"), planned.notes)
        self._timer.start()
        asked = partial(_counted, self._looking, planned, self.session.today())
        self._job = self.session.ask(asked, self._show_counts, self._count_failed)

    def _show_counts(self, outcome: Outcome) -> None:
        self.counted = outcome
        self._timer.stop()
        self.form.show_busy(-1)
        made = words.new_customers(outcome)
        self.form.say(words.counted(outcome), (*((made,) if made else ()), *outcome.notes))
        coming = outcome.added + outcome.updated
        self.form.name_main(outcome.kind, coming)
        self.form.main.setEnabled(coming > 0)

    def _count_failed(self, error: Exception) -> None:
        self._timer.stop()
        self.form.show_busy(-1)
        if isinstance(error, UserError):
            self._refuse(error)
        elif not isinstance(error, Cancelled):
            crash.report(error)

    def _unreadable(self, error: Exception) -> None:
        self.form.show_busy(-1)
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
        self.form.say(error.what, (error.to_do,), problem=True)
        self.form.main.setEnabled(False)

    # What the person chooses

    def _choose_kind(self, kind: str) -> None:
        if kind != (self.seen.kind if self.seen is not None else ""):
            self._kind = kind
            self.form.mapping.forget()
            self.look_again()

    def _choose_setting(self, key: str) -> None:
        if key in ("encoding", "separator", "header"):
            self.form.mapping.forget()
        self.look_again()

    def _choose_other(self) -> None:
        path = ask.prompts.open_file(self, _("Import a list"), self.path.parent, kinds_of_file())
        if path is None:
            return
        self.path, self.seen, self._kind, self._fresh = path, None, "", True
        self.form.file_name.set_whole(path.name)
        self.form.mapping.forget()
        self.form.detected.forget()
        self.stack.setCurrentWidget(self.form)
        self.look_again()

    # Bringing in

    def import_now(self) -> None:
        """Brings the list in as it is shown."""
        if self._running is not None or not self.form.main.isEnabled() or self.seen is None or self.seen.plan is None:
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
            self.form.show_busy(self._looking.all)
            self.form.busy.setValue(self._looking.done)
            self.form.counts.setText(
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
        self.stack.setCurrentWidget(self.form)
        if isinstance(error, UserError):
            self._refuse(error)
        elif isinstance(error, Cancelled):
            self.form.say(_("Stopped. Nothing was brought in."), () if self.counted is None else self.counted.notes)
            self.form.main.setFocus()
        else:
            crash.report(error)

    def _ended(self) -> None:
        self._timer.stop()
        self._running = None
        self.form.show_busy(-1)

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
