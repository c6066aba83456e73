"""The name tile: who is logging. No accounts, no passwords; remembered on this computer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSettings, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation
from cvdesk.errors import UserError
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.form import Form, text_field
from cvdesk.kit.session import Session, Staff
from cvdesk.kit.theme import LARGE, SMALL, WIDE, Theme
from cvdesk.kit.widgets import NOTE, TEXT, TITLE, Elided, RowButton, button, column, label, line, restyle, set_tone
from cvdesk.wording import _

SETTING = "window/staff"
_MARK = 26  # design pixels


class NameTile(RowButton):
    """Initials and name of who is logging; pressed, it offers the others and a way to add somebody."""

    def __init__(self, session: Session, settings: QSettings) -> None:
        self.session, self.settings = session, settings
        theme = session.theme
        row = line(SMALL)
        self.mark = _Mark(theme)
        self.name = Elided(theme, "", TEXT)
        row.addWidget(self.mark)
        row.addWidget(self.name, 1)
        super().__init__(_("Who is logging"), self._offer, row)
        self._take_remembered()
        session.staff_changed.connect(self._show)
        self._show()

    def menu_now(self) -> QMenu:
        """Whom to choose from, and what can be done with the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self.session.staff
        for person in catalogue.staff(self.session.file):
            self._choice(menu, person[1], person, person == now)
        self._choice(menu, _("Nobody in particular"), None, now is None)
        if not self.session.file.read_only:
            menu.addSeparator()
            menu.addAction(_("Add a name…")).triggered.connect(self._ask_new)
            if now is not None:
                shown = now[1].replace("&", "&&")
                rename = menu.addAction(_("Change the name {name}…").format(name=shown))
                rename.triggered.connect(partial(self._ask_other_name, now))
                retire = menu.addAction(_("Take {name} off the list").format(name=shown))
                retire.triggered.connect(partial(self._retire, now))
        return menu

    def choose(self, who: Staff | None) -> None:
        """This is who logs from now on, also after the next start."""
        self.settings.setValue(SETTING, "" if who is None else str(who[0]))
        self.session.set_staff(who)

    def _choice(self, menu: QMenu, text: str, who: Staff | None, chosen: bool) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda: self.choose(who))

    def _offer(self) -> None:
        menu = self.menu_now()
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _take_remembered(self) -> None:
        known = str(self.settings.value(SETTING, "") or "")
        for person in catalogue.staff(self.session.file):
            if str(person[0]) == known:
                self.session.set_staff(person)

    def _show(self) -> None:
        who = self.session.staff
        shown = who[1] if who is not None else _("Who is logging?")
        self.name.set_whole(shown)
        self.mark.show_initials("" if who is None else initials(who[1]))
        self.setAccessibleName(
            _("Who is logging: {name}").format(name=who[1]) if who is not None else _("Who is logging: nobody chosen")
        )

    # The list

    def _ask_new(self) -> None:
        title, hint = _("Add a name"), _("for example Ruth")
        dialog = NameDialog(self.session, title, "", hint, _("Add"), self.window())
        dialog.taken.connect(lambda name: self._save(dialog, _("Add {name}").format(name=name), name, None))
        dialog.open()

    def _ask_other_name(self, who: Staff) -> None:
        dialog = NameDialog(self.session, _("Change a name"), who[1], "", _("Change"), self.window())
        what = _("Change the name {name}").format(name=who[1])
        dialog.taken.connect(lambda name: self._save(dialog, what, name, who))
        dialog.open()

    def _save(self, dialog: NameDialog, what: str, name: str, who: Staff | None) -> None:
        work = partial(_save, name=name, staff_id=None if who is None else who[0])
        self.session.run(what, work, partial(self._saved, dialog), dialog.failed)

    def _saved(self, dialog: NameDialog, who: Staff) -> None:
        self.choose(who)
        dialog.accept()

    def _retire(self, who: Staff) -> None:
        said = _("{name} is off the list. What they logged keeps their name.").format(name=who[1])
        work = partial(catalogue.retire_staff, staff_id=who[0])
        self.session.run(_("Take {name} off the list").format(name=who[1]), work, say=said)


class NameDialog(Dialog):
    """Asks for one name; the dialog stays until it is saved."""

    taken = Signal(str)

    def __init__(self, session: Session, title: str, name: str, hint: str, yes: str, parent: QWidget) -> None:
        super().__init__(session.theme.px(400), parent)
        theme = session.theme
        self.setWindowTitle(title)
        box = column(self, LARGE, (WIDE, WIDE, WIDE, WIDE))
        box.addWidget(label(theme, title, TITLE, strong=True))
        note = _("The name stands beside what is logged. There are no passwords; anyone can choose it.")
        box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        self.form = Form(theme)
        self.field = text_field(name, hint)
        self.form.field("name", _("Name"), self.field)
        self.form.submitted.connect(self.take)
        self.form.left.connect(self.reject)
        box.addWidget(self.form)
        self.problem = Problem(theme, self.field)
        box.addWidget(self.problem)
        row = line(SMALL)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.reject))
        row.addWidget(button(theme, yes, self.take, "main"))
        box.addLayout(row)
        self.field.selectAll()
        self.field.setFocus()

    def take(self) -> None:
        """Hands the name over."""
        self.taken.emit(self.field.text())

    def failed(self, error: Exception) -> None:
        """Says beside the field what is wrong with it."""
        if not isinstance(error, UserError):
            raise error
        self.problem.say(str(error))
        self.fit()


class Problem(QLabel):
    """What is wrong with the one field of a small dialog, below it."""

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(NOTE))
        self.setWordWrap(True)
        set_tone(self, "bad")
        self.hide()

    def say(self, text: str) -> None:
        """Says it, and gives the field the keyboard."""
        self.setText(text)
        self.setVisible(bool(text))
        self._field.setAccessibleDescription(text)
        self._field.setProperty("problem", bool(text))
        restyle(self._field)
        self._field.setFocus()


class _Mark(QWidget):
    """Initials in a circle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        side = theme.px(_MARK)
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_initials(self, text: str) -> None:
        """One or two letters; none for nobody."""
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("line" if self._text else "faint"))
        painter.setBrush(self._theme.colour("accent_ground" if self._text else "surface"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if self._text:
            painter.setPen(self._theme.colour("accent"))
            painter.setFont(self._theme.font(NOTE, strong=True))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        else:
            inset = self._theme.px(5)
            side = self.width() - 2 * inset
            painter.drawPixmap(inset, inset, side, side, self._theme.pixmap("user", "faint", _MARK - 10))
        painter.end()


def initials(name: str) -> str:
    """The first letters of the first and the last word: "Ruth Hill" is RH."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper()


def _save(op: Operation, name: str, staff_id: int | None) -> Staff:
    return catalogue.add_staff(op, name) if staff_id is None else catalogue.rename_staff(op, staff_id, name)
