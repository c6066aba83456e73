"""Files dropped on the Feedback page: which of them belong to an entry, and which are left to the window's import."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from cvdesk.feedback.page_files import KINDS

_ENDINGS = frozenset(kind.removeprefix("*") for kind in KINDS)


def local_files(data: QMimeData) -> list[Path]:
    """The files on this computer among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def attachable(data: QMimeData) -> list[Path]:
    """The pictures, PDFs and saved e-mails among them: no list that could be imported."""
    return [path for path in local_files(data) if path.suffix.lower() in _ENDINGS]


def is_email(path: Path) -> bool:
    """Whether a file is a saved e-mail, by its ending."""
    return path.suffix.lower() == ".eml"
