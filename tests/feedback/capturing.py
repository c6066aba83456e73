"""What tests of the capture line share: a line that has the keyboard, its chips by name, logging by Enter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from cvdesk.feedback.page_capture import CaptureBar
from cvdesk.feedback.store import LoggedIds
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import column
from tests.desk import name_of
from tests.pages import settle


class Place:
    """A line that is shown and has the keyboard."""

    def __init__(self, qtbot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.holder = QWidget()
        self.bar = CaptureBar(session)
        column(self.holder).addWidget(self.bar)
        qtbot.addWidget(self.holder)
        self.holder.resize(900, 300)
        self.holder.show()
        qtbot.waitExposed(self.holder)
        self.holder.activateWindow()
        self.bar.focus_line()
        settle(qtbot, session)

    def type(self, text: str) -> None:
        """Types into the line, key by key."""
        self.qtbot.keyClicks(self.bar.line, text)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the keyboard is."""
        self.qtbot.keyClick(self.holder.focusWidget(), key, modifiers)

    def ctrl_shift(self, key: Qt.Key) -> None:
        """Presses a key with Ctrl and Shift."""
        self.key(key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    def chips(self) -> dict[str, QPushButton]:
        """The chips that are shown, by what they are."""
        return {name_of(chip).partition(": ")[0]: chip for chip in self.bar.chips._made if not chip.isHidden()}

    def words(self) -> dict[str, str]:
        """What the chips say."""
        return {name: name_of(chip).partition(": ")[2] for name, chip in self.chips().items()}

    def options(self, chip: str) -> list[str]:
        """What can be chosen at a chip."""
        menu = self.chips()[chip].menu()
        menu.aboutToShow.emit()
        return [action.text() for action in menu.actions()]

    def choose(self, chip: str, text: str) -> None:
        """Chooses from a chip's list."""
        menu = self.chips()[chip].menu()
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == text).trigger()

    def log(self) -> LoggedIds:
        """Presses Enter and waits until it is on disk."""
        with self.qtbot.waitSignal(self.bar.logged) as logged:
            self.qtbot.keyClick(self.bar.line, Qt.Key.Key_Return)
        settle(self.qtbot, self.session)
        return logged.args[0]

    def count(self, table: str = "entries") -> int:
        """How many rows there are."""
        return self.session.file.value(f"SELECT count(*) FROM {table}")
