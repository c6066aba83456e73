"""The picture that goes with what is typed: chosen, dropped or pasted, shown small."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from cvdesk.catalogue import files
from cvdesk.errors import UserError
from cvdesk.feedback.store_batch import Photo
from cvdesk.kit import ask
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, button, label, line
from cvdesk.paths import documents_folder
from cvdesk.wording import _

_HEIGHT, _WIDEST, _NAME_WIDTH = 32, 64, 320  # design pixels


class PhotoField(QWidget):
    """Holds one picture or none."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.photo: Photo | None = None
        row = line(SMALL)
        self.setLayout(row)
        self.add_button = button(theme, _("Add a picture…"), self.choose, icon="upload")
        self.small = QLabel()
        self.small.setAccessibleName(_("Picture"))
        self.name = label(theme, "", NOTE, tone="quiet")
        self.remove_button = button(theme, _("Take it off"), self.clear, "plain", name=_("Take the picture off"))
        row.addWidget(self.add_button)
        row.addWidget(self.small)
        row.addWidget(self.name)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        self._show()

    def choose(self) -> None:
        """Asks for a picture."""
        kinds = _("Pictures") + f" ({' '.join(files.PICTURES)})"
        path = ask.prompts.open_file(self, _("Picture of the notes"), documents_folder(), kinds)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Takes a picture file; says so where it cannot be kept."""
        try:
            files.check(path)
        except UserError as error:
            self.refused.emit(str(error))
            return
        self.take(Photo(path.name, path))

    def take_image(self, image: QImage) -> None:
        """Takes a picture that was pasted."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        self.take(Photo(_("Pasted picture.png"), bytes(data.data())))

    def take(self, photo: Photo | None) -> None:
        """Holds this picture from now on."""
        self.photo = photo
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Holds none."""
        self.take(None)
        self.add_button.setFocus()

    @staticmethod
    def dropped(data: QMimeData) -> Path | None:
        """The picture among files that are dropped."""
        endings = {kind.lstrip("*") for kind in files.PICTURES}
        paths = (Path(url.toLocalFile()) for url in data.urls())
        return next((path for path in paths if path.suffix.lower() in endings), None)

    def _show(self) -> None:
        photo = self.photo
        self.add_button.setVisible(photo is None)
        for widget in (self.small, self.name, self.remove_button):
            widget.setVisible(photo is not None)
        if photo is None:
            return
        room = self._theme.px(_NAME_WIDTH)
        self.name.setText(self.name.fontMetrics().elidedText(photo.name, Qt.TextElideMode.ElideMiddle, room))
        self.name.setAccessibleName(photo.name)
        picture = self._drawn(photo)
        self.small.setPixmap(picture)
        self.small.setVisible(not picture.isNull())

    def _drawn(self, photo: Photo) -> QPixmap:
        """The picture small; nothing where Qt cannot draw its kind."""
        ratio = self.devicePixelRatioF()
        room = QSize(round(self._theme.px(_WIDEST) * ratio), round(self._theme.px(_HEIGHT) * ratio))
        buffer = QBuffer()
        if isinstance(photo.content, bytes):
            buffer.setData(photo.content)
            reader = QImageReader(buffer)
        else:
            reader = QImageReader(str(photo.content))
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid():
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        picture = QPixmap.fromImage(reader.read())
        picture.setDevicePixelRatio(ratio)
        return picture
