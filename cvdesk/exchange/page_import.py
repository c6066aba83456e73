"""Bringing a list in: where it is, how it is read, what would come in; then beside the window, with a way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.errors import UserError
from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.cells_pasted import PastedCells
from cvdesk.exchange.look import Look
from cvdesk.exchange.page_import_bringing import Bringing, Wanted, place_of_rejected
from cvdesk.exchange.page_import_end import NotAList, Result, Running
from cvdesk.exchange.page_import_form import ImportForm
from cvdesk.exchange.page_import_frame import ListDialog
from cvdesk.exchange.page_import_looking import Looking
from cvdesk.exchange.page_import_start import Start
from cvdesk.exchange.plan import Plan
from cvdesk.exchange.remember import to_keep
from cvdesk.exchange.run import Outcome
from cvdesk.kit import ask, crash
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, WIDE
from cvdesk.kit.widgets import column
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

POLL_MS = 100
_READ_ANEW = frozenset({"encoding", "separator", "sheet", "header_rows"})


def kinds_of_file() -> str:
    """What a person may choose to import, as the system's dialog takes it."""
    suffixes = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.vcf *.json *.jsonl *.gz"
    return f"{_('Lists')} ({suffixes});;{_('All files')} (*)"


class ImportDialog(ListDialog):
    """One list on its way in. Nothing is changed before the person says so, and all of it can be taken back.

    The window beside it stays usable. Without a path it asks where the list is and shows the imports so far.
    """

    file_chosen = Signal(object)  # its path

    def __init__(
        self, session: Session, path: Path | None = None, parent: QWidget | None = None, folder: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = session.theme
        self.path = path
        self.seen: Look | None = None
        self.counted: Outcome | None = None
        self._folder = folder or Path.home()
        self._pasted: PastedCells | None = None
        self._kind = ""
        self._looks = ""
        self._fresh = True
        self.looking = Looking(session, self)
        self.bringing = Bringing(session, self)
        self.setWindowTitle(_("Import a list"))
        self._build()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        if path is None:
            self.show_start()
        else:
            self.use_file(path)

    def _build(self) -> None:
        box = column(self, 0, (WIDE, LARGE, WIDE, LARGE))
        self.stack = QStackedWidget()
        box.addWidget(self.stack)
        self.start = Start(self.session)
        self.form = ImportForm(self.theme)
        self.running = Running(self.theme)
        self.ending = Result(self.session)
        self.not_a_list = NotAList(self.theme)
        for face in (self.start, self.form, self.running, self.ending, self.not_a_list):
            self.stack.addWidget(face)

    def _connect(self) -> None:
        self.start.choose.connect(self.choose_file)
        self.start.paste.connect(self.paste)
        self.start.leave.connect(self.reject)
        self.form.kind_chosen.connect(self._choose_kind)
        self.form.setting_chosen.connect(self._choose_setting)
        self.form.mapping_changed.connect(self.look_again)
        self.form.reset.connect(self.reset)
        self.form.entered.connect(self.import_now)
        self.form.other.clicked.connect(self.show_start)
        self.form.cancel.clicked.connect(self.reject)
        self.running.go_on.clicked.connect(self.hide)
        self.running.cancel.clicked.connect(self._stop)
        self.ending.more.clicked.connect(self.show_start)
        self.ending.close_button.clicked.connect(self.accept)
        self.not_a_list.leave.clicked.connect(self.reject)
        self.not_a_list.other.clicked.connect(self.choose_file)
        self.looking.looked.connect(self._looked)
        self.looking.counted.connect(self._show_counts)
        self.looking.failed.connect(self._unreadable)
        self.bringing.ended.connect(self._imported)
        self.bringing.failed.connect(self._import_failed)

    @property
    def busy(self) -> bool:
        """Whether a list is coming in, be the dialog in view or put away."""
        return self.bringing.under_way

    # Where the list is

    def show_start(self) -> None:
        """Asks where the list is."""
        self.looking.stop()
        self._timer.stop()
        self.start.say_problem(None)
        self.start.refresh()
        self.stack.setCurrentWidget(self.start)
        self.start.choose_button.setDefault(True)
        self.start.choose_button.setFocus()

    def choose_file(self) -> None:
        """Asks for a file."""
        folder = self.path.parent if self.path is not None and self._pasted is None else self._folder
        path = ask.prompts.open_file(self, _("Import a list"), folder, kinds_of_file())
        if path is not None:
            self.file_chosen.emit(path)
            self.use_file(path)

    def use_file(self, path: Path, pasted: PastedCells | None = None) -> None:
        """Looks at another file; what was chosen for the one before is forgotten. Nothing while one is coming in."""
        if self.bringing.under_way:
            return
        self.path, self._pasted, self.seen, self.counted = path, pasted, None, None
        self._kind, self._looks, self._fresh = "", "", True
        self.form.forget()
        self.form.file_name.set_whole(path.name)
        self.stack.setCurrentWidget(self.form)
        self.form.main.setDefault(True)
        self.setFocus()  # the main button gets the keyboard once there is something to import
        self._wait()
        self.looking.fresh(path)

    def paste(self) -> None:
        """Takes what was copied: cells, or a file."""
        data = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls()] if data.hasUrls() else []
        try:
            if len(files) == 1 and files[0].is_file():
                self.use_file(files[0])
            else:
                self.use_text(data.text())
        except UserError as error:
            self.show_start()
            self.start.say_problem(error)

    def take_file(self, path: Path) -> None:
        """A file dropped on the dialog."""
        self.use_file(path)

    def use_text(self, text: str) -> None:
        """Looks at cells that were copied. UserError where there are none."""
        pasted = PastedCells(text)
        self.use_file(pasted.path, pasted)

    # Looking

    def look_again(self) -> None:
        """Looks the list through with what is chosen now; whoever was looking stops."""
        assert self.path is not None
        self.counted = None
        self._wait()
        options = self.form.detected.options(self.form.mapping.overruled())
        self.looking.again(self.path, self._kind, options)

    def reset(self) -> None:
        """Everything as the program finds it."""
        assert self.path is not None
        self._kind, self.counted, self._fresh = "", None, True
        self.form.forget()
        self._wait()
        self.looking.fresh(self.path, recalling=False)

    def _wait(self) -> None:
        self._timer.stop()
        self.form.main.setEnabled(False)
        self.form.show_busy(0)
        self.form.say(_("Looking the file through…"))

    def _looked(self, seen: Look) -> None:
        first = self.seen is None
        self.seen = seen
        self._looks = self._looks or seen.looks
        if seen.remembered is not None:
            self._kind = seen.kind
            self.form.take(seen)
        self.stack.setCurrentWidget(self.form)
        self.form.show_look(seen)
        self.form.name_main(seen.kind, 0)
        if first and not self.form.main.hasFocus():
            self.form.kinds[seen.kind].setFocus()
        if seen.partial:
            self.form.say(_("These are the first rows. The rest of the file is being read…"))
            assert self.path is not None
            self.looking.again(self.path, self._kind or seen.kind, seen.options)
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
        name = planned.table.path.name
        self.form.file_name.set_whole(_("{name}, {rows}").format(name=name, rows=words.rows(planned.rows)))
        self.form.say(_("Counting what is new…"), planned.notes)
        self._timer.start()
        self.looking.count(planned)

    def _show_counts(self, outcome: Outcome) -> None:
        assert self.path is not None
        self.counted = outcome
        self._timer.stop()
        self.form.show_busy(-1)
        place = place_of_rejected(self.path, self._pasted is not None, self.session.file)
        self.form.show_counts(outcome, str(place))

    def _unreadable(self, error: Exception) -> None:
        self._timer.stop()
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
        if key in _READ_ANEW:
            self.form.mapping.forget()
        self.look_again()

    # Bringing in

    def import_now(self) -> None:
        """Brings the list in as it is shown."""
        if self.bringing.under_way or not self.form.main.isEnabled() or self.seen is None or self.seen.plan is None:
            return
        planned = self.seen.plan
        chosen = self.form.detected.options(self.form.mapping.overruled())
        self.looking.stop()
        self.stack.setCurrentWidget(self.running)
        self.running.begin(planned.table.path.name, planned.rows)
        self._timer.start()
        self.bringing.start(Wanted(planned, to_keep(self._looks, chosen), self._pasted))

    def _stop(self) -> None:
        if self.bringing.progress is not None and self.running.cancel.isEnabled():
            self.bringing.stop()
            self.running.show_progress(self.bringing.progress)

    def _poll(self) -> None:
        at = self.looking.progress
        if self.bringing.progress is not None:
            self.running.show_progress(self.bringing.progress)
        elif at.all:
            self.form.show_busy(at.all)
            self.form.busy.setValue(at.done)
            text = _("Counting what is new: {done} of {rows}")
            self.form.counts.setText(text.format(done=whole(at.done), rows=words.rows(at.all)))

    def _imported(self, outcome: Outcome | None) -> None:
        self._ended()
        if outcome is None:
            self.stack.setCurrentWidget(self.form)
            self.form.say(_("Stopped. Nothing was brought in."), () if self.counted is None else self.counted.notes)
            self.form.main.setFocus()
            return
        self.ending.show_outcome(outcome)
        self.stack.setCurrentWidget(self.ending)
        self.ending.close_button.setFocus()
        if not self.isVisible():
            self.session.say(self.ending.title.text())

    def _import_failed(self, error: Exception) -> None:
        self._ended()
        self.stack.setCurrentWidget(self.form)
        if isinstance(error, UserError):
            self._refuse(error)
        else:
            crash.report(error)

    def _ended(self) -> None:
        """Comes back where it was put away, without taking the keyboard from what is being typed."""
        self._timer.stop()
        self.form.show_busy(-1)
        parent = self.parentWidget()
        if not self.isVisible() and parent is not None and parent.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.show()
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)

    # Leaving

    def reject(self) -> None:
        """Escape and Cancel: stops an import under way, otherwise leaves."""
        if self.bringing.under_way:
            self._stop()
            return
        self._timer.stop()
        self.looking.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.bringing.stop()  # also where it was put away: the window is closing
        super().closeEvent(event)
