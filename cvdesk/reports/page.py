"""Reports: choose a document, see its pages at once, save, print or send them; and those printed before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.jobs import Job
from cvdesk.kit.page import Page
from cvdesk.kit.theme import MEDIUM, SMALL
from cvdesk.kit.widgets import button, column
from cvdesk.reports import store_printed
from cvdesk.reports.kinds import KINDS, kind_of
from cvdesk.reports.page_choices import first_question, first_step
from cvdesk.reports.page_left import Left
from cvdesk.reports.page_limits import Limits
from cvdesk.reports.page_make import Finished, Maker
from cvdesk.reports.page_out import Output, Shown
from cvdesk.reports.page_shown import Pages, from_before, just_made, read_before
from cvdesk.reports.page_viewer import Viewer
from cvdesk.reports.records_choices import Chosen, Memory, as_text, from_text
from cvdesk.reports.records_kinds import Kind, Wanted
from cvdesk.reports.records_printed import Printed
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_NOT_TOLD = frozenset({"printed", "snoozes", "seen_signals"})  # tables no document tells of
_LOOK = "monthly"  # the one that tells of looks, which are decided with this page in view behind
_MEMORY = "reports"  # the draft that holds what was chosen
_SOON = 120  # ms: who walks down the list with the arrow keys does not start every document on the way
_SLOW = 300  # ms after which making a document is worth telling


class ReportsPage(Page):
    """The gallery at the left, the pages of the chosen document at the right."""

    key = "reports"
    icon = "file-text"
    figures = True
    left: Left
    viewer: Viewer
    _memory: Memory
    _soon: QTimer
    _finished: Finished | None = None

    @classmethod
    def title(cls) -> str:
        """The page's name."""
        return _("Reports")

    def show_record(self, record: object) -> None:
        """A kind of document by its key, or (kind, id of the record it is to be about); "look" for the monthly look."""
        if record == "look":
            self.left.look_button.click()
            return
        key, about = record if isinstance(record, tuple) else (record, None)
        if key not in {kind.key for kind in KINDS}:
            return
        key = str(key)
        if about is not None:
            self._memory = self._memory.with_kind(key, replace(self._memory.of(key), about=int(about)))
        if self.left.key != "make":
            self.left.turn_to("make")
        self._choose(key)

    def focus_first(self) -> None:
        """What is chosen in the list."""
        self.left.focus_first()

    def refresh(self) -> None:
        """Makes the document again and shows its pages; what is under way is of before and never shown."""
        self._finished = None
        self.maker.stop()
        if self.left.key == "make":
            self._ready(None)
            self._soon.start()

    def _tables_changed(self, tables: frozenset[str]) -> None:
        """Documents tell of nearly everything in the file; what is kept of them changes none."""
        if tables - (_NOT_TOLD if self._kind.key == _LOOK else _NOT_TOLD | {"looks"}):
            self._ask_again()

    def _build(self) -> None:
        self._memory = from_text(self.session.draft(_MEMORY))
        known = {kind.key for kind in KINDS}
        self._kind: Kind = kind_of(self._memory.kind if self._memory.kind in known else KINDS[0].key)
        self._shown: Shown | None = None
        self._job: Job | None = None
        self._pages_of = ""  # the kind whose pages stand there
        self.viewer = Viewer(self.session)
        self.preview = self.viewer.preview
        self.output = Output(self.session, self, self.viewer)
        self.maker = Maker(self.session, self)
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._slow = QTimer(self, interval=_SLOW, singleShot=True)
        self.mail_button = button(self.theme, _("E-mail…"), partial(self._out, self.output.mail), icon="mail")
        self.print_button = button(self.theme, _("Print…"), partial(self._out, self.output.print), icon="printer")
        self.save_button = button(self.theme, _("Save PDF…"), partial(self._out, self.output.save), "main")
        for made in (self.mail_button, self.print_button, self.save_button):
            self.add_action(made)
        self.left = Left(self.session, self._kind.key)
        self.limits = Limits(self.session, self._forget)
        self.box.addWidget(self.limits.above)
        right = column(None, SMALL)
        right.addWidget(self.limits)
        right.addWidget(self.viewer, 1)
        body = QHBoxLayout()
        body.setSpacing(MEDIUM)
        body.addWidget(self.left)
        body.addLayout(right, 1)
        self.box.addLayout(body, 1)
        self._ready(None)
        self._show_kind()

    def _connect(self) -> None:
        self._soon.timeout.connect(self._begin)
        self._slow.timeout.connect(self._say_slow)
        self.left.turned.connect(self._show_list)
        self.left.gallery.chosen.connect(self._choose)
        self.left.before.chosen.connect(self._open_before)
        self.limits.choices.changed.connect(self._chosen)
        self.maker.finished.connect(self._show_finished)
        self.maker.failed.connect(self._failed)
        self.maker.progressed.connect(lambda _pages: self._say_progress())
        self.session.changed.connect(self._printed_changed)
        keys: tuple[tuple[QKeySequence.StandardKey, Callable[[], None]], ...] = (
            (QKeySequence.StandardKey.Find, self.viewer.start_finding),
            (QKeySequence.StandardKey.Print, partial(self._out, self.output.print)),
            (QKeySequence.StandardKey.Save, partial(self._out, self.output.save)),
        )
        for key, do in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # Choosing

    def _choose(self, key: str) -> None:
        self._kind = kind_of(key)
        self.left.gallery.mark(key)
        self._show_kind()
        self._remember(self._memory.of(key))
        self.viewer.tell("")
        self.refresh()

    def _chosen(self, chosen: Chosen) -> None:
        self._remember(chosen)
        self.refresh()

    def _remember(self, chosen: Chosen) -> None:
        self._memory = self._memory.with_kind(self._kind.key, chosen)
        self.session.save_draft(_MEMORY, as_text(self._memory))

    def _show_kind(self) -> None:
        self.set_title(self.title(), self._kind.contents())
        self.limits.show_kind(self._kind, self._memory.of(self._kind.key))

    def wanted(self) -> Wanted:
        """The document as it is chosen."""
        kind, chosen = self._kind, self.limits.choices.chosen
        known = {section.key for section in kind.sections}
        return Wanted(
            kind.key, self.session.filter, self.session.today(), chosen.paper, chosen.names or not kind.named,
            chosen.about if kind.about else None, chosen.left_out & known, chosen.fillable and kind.fillable,
        )  # fmt: skip

    # Making

    def _begin(self) -> None:
        if self.left.key != "make":
            return
        if self.limits.choices.missing:
            self.maker.stop()
            self._ask_about()
            return
        self.maker.begin(self.wanted())
        self._slow.start()

    def _ask_about(self) -> None:
        """Asks what the document is about; in the first week there may be nothing to choose from."""
        self._pages_of = ""
        first = first_step(self._kind, self.session.file)
        if first is None:
            self.viewer.say(first_question(self._kind), (_("Choose…"), self.limits.choices.choose_about))
        else:
            self.viewer.say(first[0], (first[1], partial(self.session.open, "page", first[2])))

    def _say_slow(self) -> None:
        """Pages that are being made anew stay until the new ones are there; those of another kind go."""
        if not self.maker.busy:
            return
        stop = (_("Cancel"), self._stop)
        if self._pages_of == self._kind.key and self.viewer.shows_pages:
            self.viewer.tell(_("Making the pages …"), stop)
        else:
            self._pages_of = ""
            self.viewer.say(_("Making the pages …"), stop)
        self._say_progress()

    def _say_progress(self) -> None:
        pages = self.maker.pages
        if pages and not self._slow.isActive() and self.maker.busy:
            words = ngettext("Making the pages … {count} so far", "Making the pages … {count} so far", pages)
            self.viewer.progress(words.format(count=whole(pages)))

    def _stop(self) -> None:
        self.maker.stop()
        again = (_("Make the pages"), self.refresh)
        if self._pages_of == self._kind.key and self.viewer.shows_pages:
            self.viewer.tell(_("Stopped: these pages are from before."), again)
        else:
            self.viewer.say(_("Stopped before the pages were made."), again)

    def _show_finished(self, finished: Finished) -> None:
        self._slow.stop()
        self._finished = finished
        if self.left.key != "make":
            return
        keep_place = self._pages_of == finished.wanted.kind
        self._pages_of = finished.wanted.kind
        self.viewer.tell("")
        self.viewer.show_pdf(finished.made.pdf, finished.sizes, keep_place)
        name = self.limits.choices.about_name if finished.wanted.names else ""
        self._ready(just_made(self.session.file, finished, name))

    def _failed(self, error: Exception) -> None:
        self._slow.stop()
        self._pages_of = ""
        self.viewer.tell("")
        if isinstance(error, UserError):
            self.viewer.say(f"{error.what} {error.to_do}")
            return
        self.viewer.say(_("The pages could not be made."), (_("Try again"), self.refresh))
        crash.report(error)

    # Printed before

    def _show_list(self, key: str) -> None:
        self.limits.turn_to(key)
        self.viewer.tell("")
        self._pages_of = ""
        if self._job is not None:
            self._job.cancel()
        self._ready(None)
        if key == "before":
            self.maker.stop()
            self.set_title(self.title(), _("Documents as they were when they were saved, printed or sent"))
            self.left.before.refresh(self._show_before)
        elif self._finished is not None:
            self._show_kind()
            self._show_finished(self._finished)
        else:
            self._show_kind()
            self._soon.start()

    def _show_before(self) -> None:
        """The list has come: the chosen one is shown, or what will stand there one day."""
        if self.left.key != "before":
            return
        current = self.left.before.current
        self.limits.show_before(current)
        if current is not None:
            self._open_before(current)
            return
        self._ready(None)
        self.viewer.say(_("What you save, print or send is kept here, with the figures as they were that day."))

    def _open_before(self, printed: Printed) -> None:
        if self._job is not None:
            self._job.cancel()
        self._ready(None)
        self.limits.show_before(printed)

        def show(pages: Pages) -> None:
            self.viewer.show_pdf(*pages, keep_place=False)
            self._ready(from_before(self.session.file, printed, pages))

        self._job = self.session.ask(lambda file: read_before(file, printed.id), show, self._failed)

    def _forget(self) -> None:
        printed = self.left.before.current
        if printed is not None:
            self.session.run(
                _("Forget a printed document"), partial(store_printed.forget, printed_id=printed.id), say=_("Forgotten")
            )

    def _printed_changed(self, tables: frozenset[str]) -> None:
        if tables & {"printed", "*"} and self.left.key == "before":
            self.left.before.refresh(self._show_before)

    # Out of the window

    def _ready(self, shown: Shown | None) -> None:
        self._shown = shown
        for made in (self.mail_button, self.print_button, self.save_button):
            made.setEnabled(shown is not None)

    def _out(self, do: Callable[[Shown], None]) -> None:
        if self._shown is not None:
            do(self._shown)
