"""Where data, settings and resources are: source tree, installed package, frozen program."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resources() -> Path:
    """The folder of fonts, icons, questions and translations; raises FileNotFoundError where it is missing."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    candidates = [Path(frozen) / "resources"] if frozen else []
    candidates += [package / "resources", package.parent / "resources"]
    for folder in candidates:
        if (folder / "questions").is_dir():
            return folder
    raise FileNotFoundError(f"resources not found beside {package}")


def _base(variable: str, fallback: str) -> Path:
    given = os.environ.get(variable)
    return Path(given) if given else Path.home() / fallback


def settings_folder() -> Path:
    """Where the window keeps its own settings (size, last file), never data of the business."""
    if sys.platform == "win32":
        return _base("APPDATA", "AppData/Roaming") / "CV Desk"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/CV Desk"
    return _base("XDG_CONFIG_HOME", ".config") / "cvdesk"


def data_folder() -> Path:
    """What outlives a business file brought back from a backup: the journals of used vouchers."""
    if sys.platform == "win32":
        return _base("APPDATA", "AppData/Roaming") / "CV Desk"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/CV Desk"
    return _base("XDG_DATA_HOME", ".local/share") / "cvdesk"


def log_folder() -> Path:
    """Where reports of bugs are written."""
    if sys.platform == "win32":
        return _base("LOCALAPPDATA", "AppData/Local") / "CV Desk" / "logs"
    if sys.platform == "darwin":
        return Path.home() / "Library/Logs/CV Desk"
    return _base("XDG_STATE_HOME", ".local/state") / "cvdesk"


def documents_folder() -> Path:
    """Where a new business file is proposed: the person's documents, or the home folder."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()
