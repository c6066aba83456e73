"""What is attached to an entry: added with a button, dropped or pasted; pictures small; opened only on a click."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cvdesk.catalogue import files
from cvdesk.catalogue.files import Attached, Attachment
from cvdesk.db import BusinessFile, Operation
from cvdesk.errors import UserError
from cvdesk.kit import ask
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import NOTE, TEXT, TIGHT, Elided, Flow, RowButton, button, column, label, line, tooltip
from cvdesk.paths import documents_folder
from cvdesk.wording import _
from cvdesk.wording.numbers import whole

_SMALL = 40  # design pixels
_MOST_MEMORY = 128  # MB a picture may take when it is drawn; a bomb would take gigabytes
_MOST_SIDE = 20_000  # pixels
KINDS = ("*.png", "*.jpg", "*.jpeg", "*.gif", "*.webp", "*.bmp", "*.tif", "*.tiff", "*.heic", "*.pdf", "*.eml")
# What the system's own program may be asked to show. Anything else (a program, a script) can only be saved.
_OPENED = frozenset({"application/pdf", "message/rfc822", "text/plain"})


class FilesBox(QWidget):
    """The attachments of one entry."""

    def __init__(self, session: Session, entry_id: int, attached: Sequence[Attached]) -> None:
        super().__init__()
        self.session, self._entry_id = session, entry_id
        theme = session.theme
        writable = not session.file.read_only
        self.setAcceptDrops(writable)
        box = column(self, TIGHT)
        for one in attached:
            box.addLayout(self._line(one))
        flow = Flow(TIGHT)
        holder = QWidget()
        holder.setLayout(flow)
        self.add = button(theme, _("Attach…"), self.choose, "plain", "upload", name=_("Attach a file"))
        self.add.setToolTip(tooltip(_("A picture, a PDF or a saved e-mail; or drop it here")))
        self.paste = button(theme, _("Paste a picture"), self.paste_picture, "plain", "copy")
        for made in (self.add, self.paste):
            flow.addWidget(made)
            made.setVisible(writable)
        box.addWidget(holder)

    def _line(self, one: Attached) -> QHBoxLayout:
        theme = self.session.theme
        inner = line(TIGHT)
        picture = QLabel()
        picture.setPixmap(theme.pixmap("file-text", "quiet", 18))
        inner.addWidget(picture)
        if one.is_picture:
            self.session.ask(partial(_small, one.id, theme.px(_SMALL)), partial(self._show_small, picture))
        inner.addWidget(Elided(theme, one.name, TEXT, "accent"), 1)
        inner.addWidget(label(theme, _size(one.size), NOTE, tone="faint"))
        can_open = one.is_picture or one.media_type in _OPENED
        does = partial(self.open_file, one) if can_open else partial(self.save_as, one)
        named = (_("Open {name}") if can_open else _("Save {name}")).format(name=one.name)
        row = line(0)
        row.addWidget(RowButton(named, does, inner), 1)
        for icon, do, name in (
            ("download", self.save_as, _("Save {name} somewhere")), ("x", self.remove, _("Remove {name}")),
        ):  # fmt: skip
            made = button(theme, "", partial(do, one), "plain", icon, name=name.format(name=one.name))
            made.setToolTip(tooltip(name.format(name=one.name)))
            made.setEnabled(icon == "download" or not self.session.file.read_only)
            row.addWidget(made)
        return row

    def _show_small(self, picture: QLabel, image: QImage | None) -> None:
        if image is not None and shiboken6.isValid(picture):
            picture.setPixmap(QPixmap.fromImage(image))

    # Adding

    def choose(self) -> None:
        """Asks for a file to attach."""
        kinds = _("Pictures, PDF, e-mails") + f" ({' '.join(KINDS)});;" + _("All files") + " (*)"
        path = ask.prompts.open_file(self.window(), _("Attach a file"), documents_folder(), kinds)
        if path is not None:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Attaches a file."""
        work = partial(files.attach, source=path, entry_id=self._entry_id)
        self.session.run(_("Attach a file"), work, say=_("Attached"))

    def paste_picture(self) -> None:
        """Attaches the picture, or the files, on the clipboard; says so where there is none."""
        clipboard = QGuiApplication.clipboard()
        paths = _local(clipboard.mimeData().urls())
        image = clipboard.image()
        if paths:
            for path in paths:
                self.attach(path)
        elif image.isNull():
            self.session.say(_("There is no picture on the clipboard."))
        else:
            data = QByteArray()
            buffer = QBuffer(data)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            work = partial(
                files.attach, source=bytes(data.data()), name=_("Pasted picture.png"), entry_id=self._entry_id
            )
            self.session.run(_("Attach a picture"), work, say=_("Attached"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in _local(event.mimeData().urls()):
            self.attach(path)
        event.acceptProposedAction()

    # What can be done with one

    def open_file(self, one: Attached) -> None:
        """Shows a passing copy with the system's program; what is changed there is not kept."""
        self.session.ask(lambda file: _passing_copy(one, file), self._opened)

    def _opened(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.session.say(_("No program was found that shows it. Save it, then open it yourself."))

    def save_as(self, one: Attached) -> None:
        """Saves a copy where the person says."""
        path = ask.prompts.save_file(self.window(), _("Save a copy"), documents_folder() / _plain(one.name), "")
        if path is not None:
            self.session.write_out(lambda file: _write(files.read(file, one.id), path), self._saved)

    def _saved(self, path: Path) -> None:
        self.session.say(_("Saved as {name}").format(name=path.name))

    def remove(self, one: Attached) -> None:
        """Takes an attachment off; Undo brings it back."""

        def work(op: Operation) -> None:
            files.detach(op, one.link_id)

        self.session.run(_("Remove an attachment"), work, say=_("Attachment removed"))


def _local(urls: Sequence[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and Path(url.toLocalFile()).is_file()]


def _size(size: int) -> str:
    if size < 1_000_000:
        return _("{count} KB").format(count=whole(max(1, round(size / 1000))))
    return _("{count} MB").format(count=whole(round(size / 1_000_000)))


def _plain(name: str) -> str:
    """A name that is a file's own and nothing else, whatever it came with."""
    kept = "".join(mark for mark in Path(name.replace("\\", "/")).name if mark.isprintable() and mark not in '<>:"|?*')
    return kept.strip(". ") or "file"


def _small(attachment_id: int, side: int, file: BusinessFile) -> QImage | None:
    """A picture made small, read without ever holding a huge one; None where it cannot be shown."""
    data = QByteArray(files.read(file, attachment_id).data)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST_MEMORY)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _MOST_SIDE:
        return None
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image


_FOLDERS: list[QTemporaryDir] = []  # they go, with what is in them, when the program ends


def _passing_copy(one: Attached, file: BusinessFile) -> Path:
    folder = QTemporaryDir()
    _FOLDERS.append(folder)
    ending = mimetypes.guess_extension(one.media_type) or ""
    name = _plain(one.name)
    # The ending says which program opens it: it is the one of what the file is, not of what it is called.
    path = Path(folder.filePath(name if Path(name).suffix.lower() in _endings(one.media_type) else f"{name}{ending}"))
    return _write(files.read(file, one.id), path)


def _endings(media_type: str) -> set[str]:
    return {*mimetypes.guess_all_extensions(media_type), *((".eml",) if media_type == "message/rfc822" else ())}


def _write(attachment: Attachment, path: Path) -> Path:
    try:
        path.write_bytes(attachment.data)
    except OSError as error:
        raise UserError(
            _("{name} cannot be written.").format(name=path.name), _("Choose another folder, or free some space.")
        ) from error
    return path
