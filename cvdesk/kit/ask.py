"""The one seam for prompts: tests put a fake in place of `prompts` and answer for the person."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6 import QtWidgets  # dialogs by way of the module: Qt makes them known only when first used, 30 ms
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cvdesk.wording import _


def with_ending(path: Path, ending: str, kinds: str) -> Path:
    """The path with this ending, unless it has one of those that `kinds` names: "PDF files (*.pdf)"."""
    known = {found.lower() for found in re.findall(r"\*(\.\w+)", kinds)}
    return path if not ending or path.suffix.lower() in {*known, ending.lower()} else Path(f"{path}{ending}")


class Prompts:
    """Questions that stop the window until they are answered, as the system's own dialogs."""

    def open_file(self, parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
        """Which file to read; None when the person thought better of it. `kinds` as "Lists (*.csv *.tsv)"."""
        name, _kind = QtWidgets.QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
        return Path(name) if name else None

    def open_files(self, parent: QWidget | None, title: str, folder: Path, kinds: str) -> list[Path]:
        """Which files to read, any number of them; none when the person thought better of it."""
        names, _kind = QtWidgets.QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
        return [Path(name) for name in names]

    def save_file(self, parent: QWidget | None, title: str, proposal: Path, kinds: str) -> Path | None:
        """Where to write, always with an ending `kinds` knows; nothing is replaced unasked."""
        name, _kind = QtWidgets.QFileDialog.getSaveFileName(parent, title, str(proposal), kinds)
        if not name:
            return None
        path = with_ending(Path(name), proposal.suffix, kinds)
        if path == Path(name) or not path.exists():  # as it was typed the system has asked
            return path
        question = _("“{name}” is already there.").format(name=path.name)
        if self.confirm(parent, question, _("Saving puts the new one in its place."), _("Replace it")):
            return path
        return self.save_file(parent, title, path, kinds)

    def confirm(self, parent: QWidget | None, question: str, explanation: str, yes: str) -> bool:
        """Whether to go on with something; `yes` names the button that does it."""
        box = _box(parent, question, explanation)
        accept = box.addButton(yes, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is accept

    def choose_folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None:
        """Which folder to write into; None when the person thought better of it."""
        name = QtWidgets.QFileDialog.getExistingDirectory(parent, title, str(folder))
        return Path(name) if name else None

    def tell(self, parent: QWidget | None, what: str, to_do: str, details: str = "") -> None:
        """Says what happened and what to do about it."""
        box = _box(parent, what, to_do)
        if details:
            box.setDetailedText(details)
        box.addButton(_("Close"), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        box.exec()


def _box(parent: QWidget | None, text: str, more: str) -> QtWidgets.QMessageBox:
    box = QtWidgets.QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("CV Desk"))
    box.setText(text)
    box.setInformativeText(more)
    return box


prompts = Prompts()
