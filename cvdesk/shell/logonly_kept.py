"""Which file is shown in the log-only view; remembered on this computer, so that a restart does not leave it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

_SETTING = "window/log_only"


def log_only_file(settings: QSettings) -> Path | None:
    """The file that was in this view when the program ended; None where there is none or it has gone."""
    name = str(settings.value(_SETTING, "") or "")
    return Path(name) if name and Path(name).exists() else None


def is_log_only(settings: QSettings, path: Path) -> bool:
    """Whether a file is to be shown in this view."""
    known = log_only_file(settings)
    return known is not None and path.exists() and known.samefile(path)


def keep_log_only(settings: QSettings, path: Path | None) -> None:
    """From now on a file is shown in this view, also after the next start; None: no file is."""
    settings.setValue(_SETTING, "" if path is None else str(path.resolve()))
    settings.sync()  # a crash must not open what was out of sight
