"""Taking data out in the window: what a list shows as one file, or everything as a folder, and as what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QProgressBar, QPushButton, QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.exchange import page_export_words as words
from cvdesk.exchange.export import Exported, export
from cvdesk.exchange.export_list import Stopped, Written, ids_of, kinds, write_list
from cvdesk.exchange.page_import_end import Progress
from cvdesk.kit import ask, crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.jobs import still_there
from cvdesk.kit.session import Session
from cvdesk.kit.theme import LARGE, MEDIUM, SMALL, WIDE
from cvdesk.kit.widgets import TEXT, TITLE, Elided, button, column, label, line, set_tone
from cvdesk.wording import _

_WIDTH = 560
_USUAL = "xlsx"
Ids = Callable[[BusinessFile], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows. `title`: in words; `rows`: how many; `ids`: the ids of the rows in their order."""

    table: str
    title: str
    rows: int
    ids: Ids


def shown_by(asked: Mapping[str, Any]) -> Shown:
    """What a page asks for: `table` (customers, entries, complaints), `title`, and `source` or `ids`; `rows` if known.

    `source` is a list as tables read it, made for this export alone: it is read beside the window.
    """
    if "ids" in asked:
        ids = tuple(asked["ids"])
        return Shown(asked["table"], asked["title"], len(ids), lambda _file: ids)
    source = asked["source"]
    rows = asked["rows"] if "rows" in asked else source.count()
    return Shown(asked["table"], asked["title"], rows, lambda _file: ids_of(source))


class ExportDialog(Dialog):
    """Asks as what and where to, writes it beside the window, and says where it lies."""

    exported = Signal(object, str)  # the folder it lies in, and as what

    def __init__(
        self,
        session: Session,
        shown: Shown | None,
        parent: QWidget | None = None,
        folder: Path | None = None,
        kind: str = _USUAL,
    ) -> None:
        """`shown`: what a list shows; None for everything."""
        super().__init__(session.theme.px(_WIDTH), parent)
        self.session = session
        self.theme = session.theme
        self._shown = shown
        self._folder = folder or Path.home()
        self._written: Path | None = None
        self._progress: Progress | None = None
        self.setWindowTitle(_("Export"))
        self._build(shown)
        offered = tuple(self.kinds)
        self._choose(kind if kind in offered else offered[0])
        self.main.setFocus()

    def _build(self, shown: Shown | None) -> None:
        box = column(self, MEDIUM, (WIDE, LARGE, WIDE, LARGE))
        head = column(None, 0)
        title = _("Export everything") if shown is None else _("Export what the list shows")
        head.addWidget(label(self.theme, title, TITLE, strong=True))
        what = _("All records of this business, in a new folder.")
        if shown is not None:
            what = words.contents(shown.table, shown.rows, shown.title)
        self.what = Elided(self.theme, what, TEXT, "quiet")
        head.addWidget(self.what)
        box.addLayout(head)
        box.addLayout(self._kinds(("csv", "xlsx", "json", "vcf") if shown is None else kinds(shown.table)))
        self.about = label(self.theme, "", TEXT, tone="quiet", wrap=True)
        box.addWidget(self.about)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("The export is being written"))
        self.bar.hide()
        box.addWidget(self.bar)
        self.said = label(self.theme, "", TEXT, wrap=True)
        self.said.hide()
        box.addWidget(self.said)
        box.addSpacing(SMALL)
        box.addLayout(self._foot())

    def _kinds(self, offered: tuple[str, ...]) -> QHBoxLayout:
        row = line(SMALL)
        row.addWidget(label(self.theme, _("As what?"), TEXT, strong=True))
        self.kinds: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        bold = QFontMetrics(self.theme.font(TEXT, strong=True))  # the chosen one is bold
        for kind in words.in_order(offered):
            made = button(self.theme, words.kind_title(kind), partial(self._choose, kind), "nav")
            made.setCheckable(True)
            made.setMinimumWidth(bold.horizontalAdvance(made.text()) + self.theme.px(WIDE))
            self._group.addButton(made)
            row.addWidget(made)
            self.kinds[kind] = made
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        foot = line(SMALL)
        self.open_folder = button(self.theme, _("Open the folder"), self._open_folder, icon="folder-open")
        self.open_folder.hide()
        self.leave = button(self.theme, _("Cancel"), self.reject)
        self.main = button(self.theme, _("Export…"), self.write, "main")
        for made in (self.open_folder, self.leave, self.main):
            made.setAutoDefault(True)
        self.main.setDefault(True)
        foot.addWidget(self.open_folder)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.main)
        return foot

    @property
    def kind(self) -> str:
        """As what it goes out: the ending of the file."""
        return next(kind for kind, made in self.kinds.items() if made.isChecked())

    def _choose(self, kind: str) -> None:
        self.kinds[kind].setChecked(True)
        self.about.setText(words.about(kind, whole=self._shown is None))

    def write(self) -> None:
        """Asks where to, and writes."""
        if self._progress is not None:
            return
        target = self._target()
        if target is None:
            return
        self._progress = at = Progress()
        self._say("")
        self.open_folder.hide()
        self.bar.show()
        self.main.setEnabled(False)
        self.leave.setText(_("Stop"))
        self.leave.setFocus()
        shown, kind, session, heard = self._shown, self.kind, self.session, self._done

        def done(result: Written | Exported | None) -> None:
            if still_there(heard):
                heard(target, result)
            elif result is not None:
                session.say(words.written(result))

        work = partial(_everything, at, target, kind) if shown is None else partial(_list, at, target, shown)
        session.write_out(work, done, self._failed)

    def _target(self) -> Path | None:
        kind, day = self.kind, self.session.today().isoformat()
        if self._shown is None:
            chosen = ask.prompts.choose_folder(self, _("Where to put the export"), self._folder)
            name = _("{business} export {day}").format(business=self.session.file.path.stem, day=day)
            return None if chosen is None else _free(chosen / name)
        proposal = self._folder / f"{words.file_name(self._shown.title)} {day}.{kind}"
        kinds_of_file = f"{words.kind_title(kind)} (*.{kind})"
        path = ask.prompts.save_file(self, _("Export"), proposal, kinds_of_file)
        if path is None or path.suffix.lower().removeprefix(".") in self.kinds:
            return path
        return path.with_name(f"{path.name}.{kind}")

    def _done(self, target: Path, result: Written | Exported | None) -> None:
        self._ended()
        if result is None:
            self._say(_("Stopped. Nothing was written."))
            return
        self._written = target
        self._folder = target.parent
        self._say(words.written(result))
        self.open_folder.show()
        self.leave.setFocus()
        self.exported.emit(target.parent, self.kind)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, UserError):
            self._say(str(error), "bad")
        else:
            crash.report(error)

    def _ended(self) -> None:
        self._progress = None
        self.bar.hide()
        self.main.setEnabled(True)
        self.leave.setText(_("Close"))

    def _say(self, text: str, tone: str = "") -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_tone(self.said, tone)

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

    def reject(self) -> None:
        """Escape, Cancel and Stop: stops what is being written, otherwise leaves."""
        if self._progress is not None:
            self._progress.stop = True
            self._say(_("Stopping; nothing will be left of it."))
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._progress is None:
            super().closeEvent(event)
        else:  # what was asked for is still made; its end is said at the bottom of the window
            self.hide()
            event.accept()


def _everything(at: Progress, target: Path, kind: str, file: BusinessFile) -> Exported | None:
    try:
        return export(file, target, "vcard" if kind == "vcf" else kind, lambda _rows: None, at.stopped)
    except Stopped:
        return None


def _list(at: Progress, target: Path, shown: Shown, file: BusinessFile) -> Written | None:
    try:
        return write_list(file, shown.table, target, shown.ids(file), lambda _rows: None, at.stopped)
    except Stopped:
        return None


def _free(folder: Path) -> Path:
    """This folder, numbered where it is taken."""
    number, found = 2, folder
    while found.exists():
        found = folder.with_name(f"{folder.name} ({number})")
        number += 1
    return found
