"""Lists in, everything out, copies: the file commands of the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget

from cvdesk.db import BusinessFile
from cvdesk.errors import UserError
from cvdesk.kit import ask, crash
from cvdesk.kit.session import Session
from cvdesk.wording import _

_LISTS, _COPIES = "import/folder", "export/folder"


def ask_and_import(session: Session, window: QWidget) -> None:
    """Asks which list, and opens the dialog that brings it in."""
    from cvdesk.exchange.page_import import kinds_of_file

    if _refused(session, window):
        return
    settings = _settings(window)
    path = ask.prompts.open_file(window, _("Import a list"), _folder(settings, _LISTS), kinds_of_file())
    if path is not None:
        settings.setValue(_LISTS, str(path.parent))
        import_file(session, window, path)


def import_file(session: Session, window: QWidget, path: Path) -> None:
    """Opens the dialog that brings a list in."""
    from cvdesk.exchange.page_import import ImportDialog

    if not _refused(session, window):
        dialog = ImportDialog(session, path, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def ask_and_export(session: Session, window: QWidget) -> None:
    """Asks for a folder and writes everything into a new one inside it."""
    settings = _settings(window)
    chosen = ask.prompts.choose_folder(window, _("Where to put the export"), _folder(settings, _COPIES))
    if chosen is None:
        return
    settings.setValue(_COPIES, str(chosen))
    target = _free(chosen / f"{session.file.path.stem} export {session.today().isoformat()}")
    session.say(_("Writing everything to “{folder}”…").format(folder=target))
    session.write_out(
        partial(_export, target),
        lambda _result: session.say(_("Everything is in “{folder}”.").format(folder=target)),
        partial(_failed, window),
    )


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


def _export(target: Path, file: BusinessFile) -> None:
    from cvdesk.exchange.export import export_csv

    export_csv(file, target)


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


def _free(folder: Path) -> Path:
    """This folder, numbered where it is taken."""
    number, found = 2, folder
    while found.exists():
        found = folder.with_name(f"{folder.name} ({number})")
        number += 1
    return found


def _settings(window: QWidget) -> QSettings:
    settings = getattr(window, "settings", None)
    return settings if isinstance(settings, QSettings) else QSettings("CV Desk", "CV Desk")


def _folder(settings: QSettings, key: str) -> Path:
    kept = Path(str(settings.value(key, "")) or Path.home())
    return kept if kept.is_dir() else Path.home()
