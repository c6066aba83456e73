"""Lists in, everything out, copies: the file commands of the window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash
from cvdesk.kit.session import Session
from cvdesk.wording import _

if TYPE_CHECKING:
    from cvdesk.exchange.page_export import Shown
    from cvdesk.exchange.page_import import ImportDialog

_LISTS, _COPIES, _KIND = "import/folder", "export/folder", "export/kind"


def ask_and_import(session: Session, window: QWidget) -> None:
    """Opens the dialog that brings lists in: where the list is, and the imports so far with their way back."""
    if not _refused(session, window):
        _import_dialog(session, window)


def show_imports(session: Session, window: QWidget) -> None:
    """The same, with the keyboard on the imports so far."""
    if not _refused(session, window):
        dialog = _import_dialog(session, window)
        if not dialog.busy:
            dialog.show_start()
            dialog.start.focus_past()


def import_file(session: Session, window: QWidget, path: Path) -> None:
    """Opens the dialog with a list in it."""
    if not _refused(session, window):
        _import_dialog(session, window).use_file(path)


def paste_cells(session: Session, window: QWidget) -> None:
    """Looks at cells copied in a spreadsheet, or at a file that was copied; says so where there is neither."""
    from cvdesk.exchange.cells_pasted import are_cells

    data = QGuiApplication.clipboard().mimeData()
    copied = dropped([url.toLocalFile() for url in data.urls()]) if data.hasUrls() else None
    if copied is None and not are_cells(data.text()):
        session.say(_("There are no cells to paste. Copy the rows in your spreadsheet first."))
    elif not _refused(session, window):
        dialog = _import_dialog(session, window)
        if not dialog.busy:
            dialog.paste()


def _import_dialog(session: Session, window: QWidget) -> ImportDialog:
    """The one dialog there is at a time, brought to the front. The window beside it stays usable."""
    from cvdesk.exchange.page_import import ImportDialog

    settings = _settings(window)
    there = next((each for each in window.findChildren(ImportDialog) if each.isVisible() or each.busy), None)
    dialog = there or ImportDialog(session, None, window, _folder(settings, _LISTS))
    if there is None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.file_chosen.connect(lambda path: settings.setValue(_LISTS, str(path.parent)))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


def ask_and_export(session: Session, window: QWidget) -> None:
    """Everything into a new folder: asks as what, and where."""
    _export_dialog(session, window, None)


def export_list(session: Session, window: QWidget, asked: Mapping[str, Any]) -> None:
    """What a list shows into a file: asks as what, and where.

    `asked`: `table` (customers, entries, complaints), `title`, and `ids` in their order or a `source` of its own, as
    tables read it; `rows`, where it is known how many.
    """
    from cvdesk.exchange.page_export import shown_by

    _export_dialog(session, window, shown_by(asked))


def _export_dialog(session: Session, window: QWidget, shown: Shown | None) -> None:
    from cvdesk.exchange.page_export import ExportDialog

    settings = _settings(window)
    dialog = ExportDialog(session, shown, window, _folder(settings, _COPIES), str(settings.value(_KIND, "xlsx")))

    def keep(folder: Path, kind: str) -> None:
        settings.setValue(_COPIES, str(folder))
        settings.setValue(_KIND, kind)

    dialog.exported.connect(keep)
    dialog.open()


def ask_and_back_up(session: Session, window: QWidget) -> None:
    """Asks where, and writes a copy that is checked before it counts."""
    from cvdesk.safety.backup import default_name

    settings = _settings(window)
    name = default_name(session.file.path, session.today()).name
    kinds = f"{_('Business files')} (*.cvdesk)"
    target = ask.prompts.save_file(window, _("Back up"), _folder(settings, _COPIES) / name, kinds)
    if target is None:
        return
    target = target if target.suffix == ".cvdesk" else target.with_name(f"{target.name}.cvdesk")
    settings.setValue(_COPIES, str(target.parent))
    session.say(_("Writing the copy and checking it…"))
    session.write_out(
        partial(_back_up, target),
        lambda _result: session.say(_("The copy is whole: “{path}”.").format(path=target)),
        partial(_failed, window),
    )


def dropped(urls: list[str]) -> Path | None:
    """The one file on this computer among what is dragged onto the window; None for anything else."""
    paths = [Path(url) for url in urls if url]
    return paths[0] if len(paths) == 1 and paths[0].is_file() else None


def _back_up(target: Path, file: BusinessFile) -> None:
    file.backup_to(target)


def _failed(window: QWidget, error: Exception) -> None:
    if isinstance(error, UserError):
        ask.prompts.tell(window, error.what, error.to_do)
    else:
        crash.report(error)


def _refused(session: Session, window: QWidget) -> bool:
    if session.file.read_only:
        ask.prompts.tell(
            window,
            _("This file is open for reading only."),
            _("Close it where else it is open, then open it again here."),
        )
    return session.file.read_only


def _settings(window: QWidget) -> QSettings:
    settings = getattr(window, "settings", None)
    return settings if isinstance(settings, QSettings) else QSettings("CV Desk", "CV Desk")


def _folder(settings: QSettings, key: str) -> Path:
    kept = Path(str(settings.value(key, "")) or Path.home())
    return kept if kept.is_dir() else Path.home()
