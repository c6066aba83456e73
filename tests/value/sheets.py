"""What tests of score sheets share: a desk on its own in a window, and keys pressed wherever the keyboard is."""

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cvdesk.value import store
from cvdesk.value.form_question import QuestionCard
from cvdesk.value.form_scale import ScaleButton
from cvdesk.value.page_score import ScoreDesk
from tests.figures.shop import TODAY
from tests.pages import make_session, settle

SPECIAL = {
    "\n": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "\b": (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    "\r": (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    "←": (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
    "→": (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    "↑": (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
    "↓": (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    "\x1b": (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    "\t": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
}


class Desk:
    """A window with nothing but score sheets in it. `pressed` counts the keys."""

    def __init__(self, qtbot, qapp, file, size=(1110, 800)) -> None:
        self.qtbot, self.file = qtbot, file
        self.session = make_session(qapp, file, TODAY)
        self.window = QWidget()
        self.desk = ScoreDesk(self.session)
        self.desk.setParent(self.window)
        self.window.resize(*size)
        self.desk.resize(*size)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.pressed = 0

    @property
    def form(self):
        return self.desk.form

    def begin(self, kind="customer", form="short", competitor=None, way=""):
        self.desk.begin(kind, form, competitor, way)
        return self.form

    def keys(self, text: str) -> None:
        """Presses keys as fast as they come: nothing is waited for in between."""
        for key in text:
            target = QApplication.focusWidget() or self.window.focusWidget()
            assert target is not None
            if key in SPECIAL:
                code, modifier = SPECIAL[key]
                QTest.keyClick(target, code, modifier)
            else:
                QTest.keyClicks(target, key)
            self.pressed += 1

    def settle(self) -> None:
        settle(self.qtbot, self.session)

    def kept(self, sheet=None):
        """Question key -> number, words, or the state that says why there is none; as on disk."""
        self.settle()
        found = store.answers(self.file, sheet or self.desk.sheet.id)
        return {key: said(one) for key, one in found.items()}

    def shown(self):
        """The same, as the form shows it: every step is looked at."""
        found = {}
        for step in self.form.steps:
            self.form.show_step(step)
            for card in self.form.area.cards:
                found[card.question.key] = on_card(card)
        return found

    def asked(self):
        """The questions of the sheet by step."""
        return {step: [one.key for one in some] for step, some in self.form.state.steps.items()}

    def focused(self) -> str:
        """The question with the keyboard; "" where it is on none."""
        card = self.form.area.focused()
        return "" if card is None else card.question.key

    def close(self) -> None:
        self.settle()
        self.session.close()


def said(answer):
    if answer.state in ("skipped", "not_asked") and not answer.text:
        return None
    if answer.state == "not_apply":
        return "not_apply"
    return answer.value if answer.value is not None else answer.text


def on_card(card: QuestionCard):
    if card._words is not None:
        return card._words.toPlainText() or None
    given = next((made for made in card.findChildren(ScaleButton) if made.isChecked()), None)
    if given is None:
        return None
    texts = {"Yes": 1.0, "No": 0.0, "Does not apply": "not_apply", "Don't know": "not_apply"}
    return texts[given.text()] if given.text() in texts else float(given.text())


def add_rivals(file, *names):
    """Adds competitors; gives their ids."""
    return file.run("Competitors", lambda op: [op.insert("competitors", {"name": name}) for name in names]).result


def row(file, sheet):
    """A sheet as it is in the file."""
    found = file.row("SELECT * FROM assessments WHERE id = ?", (sheet,))
    return dict(found) | {"asked": json.loads(found["asked"])}
