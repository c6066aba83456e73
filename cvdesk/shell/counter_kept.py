"""Which file stands at the counter with which survey; kept on this computer, so that no restart leads out of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

_FILE, _SURVEY = "window/counter", "window/counter_survey"


def counter_file(settings: QSettings) -> Path | None:
    """The file that stood at the counter when the program ended; None where there is none or it has gone."""
    name = str(settings.value(_FILE, "") or "")
    return Path(name) if name and Path(name).exists() else None


def is_counter(settings: QSettings, path: Path) -> bool:
    """Whether a file is to be shown in counter mode."""
    known = counter_file(settings)
    return known is not None and path.exists() and known.samefile(path)


def counter_survey(settings: QSettings) -> int | None:
    """The survey that is asked there."""
    kept = str(settings.value(_SURVEY, "") or "")
    return int(kept) if kept.isdigit() else None


def keep_counter(settings: QSettings, path: Path | None, survey_id: int | None = None) -> None:
    """From now on a file stands at the counter, also after the next start; None: no file does."""
    settings.setValue(_FILE, "" if path is None else str(path.resolve()))
    settings.setValue(_SURVEY, "" if survey_id is None else str(survey_id))
    settings.sync()  # a crash must not open what was out of sight
