"""The counter: welcome, one question at a time, thanks, and anew. Every answer is on disk before the next question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.records import Question
from cvdesk.errors import UserError
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import column
from cvdesk.surveys import store_counter
from cvdesk.surveys.page_counter_parts import Closed, Thanks, Welcome
from cvdesk.surveys.page_counter_question import QuestionScreen
from cvdesk.surveys.records import Survey
from cvdesk.surveys.records_counter import Visitor, path
from cvdesk.value.records import AnswerValue
from cvdesk.value.records_wording import asked_wording
from cvdesk.wording import _, ngettext

GUARD = 250  # ms in which a new question takes no touch: the second half of a double tap is no answer to it
THANKS = 6_000  # ms the thanks stay
WARNING = 15  # seconds before it begins anew in which it says so
AGAIN_AFTER = 30_000  # ms until it tries once more after the disk was full
_TOUCHES = (
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.KeyPress, QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)  # fmt: skip


class CounterView(QWidget):
    """All of the counter but the window around it. `ready` names the screen once it takes touches."""

    ready = Signal(str)  # "welcome", "question", "thanks" or "closed"
    owner_wanted = Signal()

    def __init__(self, session: Session, survey_id: int | None) -> None:
        super().__init__()
        self._session = session
        self._visitor: Visitor | None = None
        self._questions: list[Question] = []
        self._place = 0
        self._busy = False
        self._survey = _survey(session, survey_id)
        self._idle_seconds = store_counter.idle_seconds(session.file)
        self._left = 0
        self._guard = self._timer(GUARD, lambda: self.ready.emit(self.showing))
        self._idle = self._timer((self._idle_seconds - WARNING) * 1000, self._warn)
        self._tick = self._timer(1000, self._count_down, once=False)
        self._gone = self._timer(THANKS, self.show_welcome)
        self._again = self._timer(AGAIN_AFTER, self._settle)
        self._build()
        self._settle()

    @property
    def showing(self) -> str:
        """Which screen is shown, by its name in `ready`."""
        return self._names[self._stack.currentIndex()]

    def show_welcome(self) -> None:
        """Ready for the next one."""
        self._stop()
        self._visitor = None
        self._show(self.welcome, self._greeting())

    def begin(self) -> None:
        """Somebody begins."""
        held = self.showing != "welcome" or self._busy or self._guard.isActive()
        if self._survey is not None and not held:
            self._place = 0
            self._visitor = store_counter.begin(self._session.file, self._survey, self._session.today())
            self._questions = store_counter.questions(self._session.file, self._visitor)
            self._ask()

    def rest(self) -> None:
        """Nobody is at the counter any more: the answers so far are kept where they are enough to count."""
        self._stop()
        if self._visitor is not None and not self._busy:
            self._end(self._with_words(self._visitor), self._rested)

    def hold(self) -> None:
        """Takes no answers until it has tried again; what was answered stays where it is."""
        self._stop()
        self._busy = False
        words = _("The staff will see to it.") if self._survey is not None else _("No survey is set up for it.")
        self.closed.why.setText(words)
        self._show(self.closed, words)
        if self._survey is not None and not self._session.file.read_only:
            self._again.start()

    def stay(self) -> None:
        """Somebody is there: the time without a touch begins anew."""
        if self._visitor is not None and not self._busy:
            self._tick.stop()
            self.asking.notice("")
            self._idle.start()

    # Building

    def _timer(self, after: int, do: Callable[[], object], once: bool = True) -> QTimer:
        made = QTimer(self, interval=after, singleShot=once)
        made.timeout.connect(do)
        return made

    def _build(self) -> None:
        theme, survey = self._session.theme, self._survey
        business = catalogue.business(self._session.file)
        thanks = survey.thanks.strip() if survey is not None else ""
        about = _("No name is asked. Only {business} reads your answers.").format(business=business.name)
        self.welcome = Welcome(theme, business.name, self._greeting(), about)
        self.asking = QuestionScreen(theme, survey.language if survey is not None else business.language)
        self.thanks = Thanks(theme, thanks or _("Thank you. It helps us do better."))
        self.closed = Closed(theme)
        self._stack = QStackedWidget()
        self._names = ("welcome", "question", "thanks", "closed")
        for screen in (self.welcome, self.asking, self.thanks, self.closed):
            self._stack.addWidget(screen)
        column(self, 0).addWidget(self._stack)
        self.welcome.touched.connect(self.begin)
        self.welcome.owner_wanted.connect(self.owner_wanted)
        self.closed.owner_wanted.connect(self.owner_wanted)
        self.asking.answered.connect(self._take)
        self.asking.typed.connect(self._keep_words)
        self.asking.back_wanted.connect(self._back)
        self.thanks.touched.connect(self._go_on)

    def _greeting(self) -> str:
        if self._survey is None:
            return ""
        first = store_counter.begin(self._session.file, self._survey, self._session.today())
        count = len(path(store_counter.questions(self._session.file, first), {}))
        return self._survey.greeting.strip() or ngettext(
            "How was it for you? {count} question.", "How was it for you? {count} short questions.", count
        ).format(count=count)

    # What is asked

    def _ask(self) -> None:
        assert self._visitor is not None
        led = path(self._questions, self._visitor.answers)
        question = led[self._place]
        given = self._visitor.answers.get(question.version_id)
        wording = asked_wording(question, False, self._business(), self._offer())
        self.asking.resize(self._stack.size())  # hidden so far: it is laid out for the room it will have
        self.asking.ask(question, wording, given, self._place + 1, len(led))
        self._busy = False
        self.stay()
        self._show(self.asking, f"{self.asking.progress.text()}. {wording}")

    def _take(self, answer: AnswerValue, by_key: bool) -> None:
        if self._visitor is None:
            return
        led = path(self._questions, self._visitor.answers)
        version = led[self._place].version_id
        if self._busy or (self._guard.isActive() and not by_key):
            self.asking.show_answer(self._visitor.answers.get(version))
            return
        self._busy = True
        self._idle.stop()
        self._visitor = self._visitor.with_answer(version, answer)
        self._place += 1
        if self._place >= len(path(self._questions, self._visitor.answers)):
            self._end(replace(self._visitor, whole=True), self._done)
        else:  # the next question is there once this answer is on disk
            self._write(partial(store_counter.keep, self._visitor), lambda _kept: self._ask())

    def _keep_words(self, answer: AnswerValue) -> None:
        if self._visitor is not None and not self._busy:
            self.stay()
            self._visitor = self._with_words(self._visitor)
            self._write(partial(store_counter.keep, self._visitor), lambda _kept: None)

    def _with_words(self, visitor: Visitor) -> Visitor:
        """With the words somebody has typed and not yet said to be done with."""
        words = self.asking.words()
        if self.showing != "question" or self._busy or not self.asking.asks_for_words or words.state != "answered":
            return visitor
        led = path(self._questions, visitor.answers)
        return visitor.with_answer(led[self._place].version_id, words)

    def _back(self, by_key: bool) -> None:
        held = self._busy or (self._guard.isActive() and not by_key)
        if self._visitor is not None and not held and self._place:
            self._visitor = self._with_words(self._visitor)
            self._place -= 1
            self._ask()

    # How it ends

    def _end(self, visitor: Visitor, done: Callable[[Any], None]) -> None:
        self._visitor, self._busy = visitor, True
        self._write(partial(store_counter.end, visitor), done)

    def _done(self, sheet: int | None) -> None:
        self._visitor, self._busy = None, False
        self.thanks.say_saved(sheet is not None)
        self._show(self.thanks, self.thanks.said.text())
        self._gone.start()

    def _rested(self, _sheet: int | None) -> None:
        self._busy = False
        self.show_welcome()

    def _go_on(self) -> None:
        if not self._guard.isActive():
            self.show_welcome()

    def _settle(self) -> None:
        """Before anything else: who stood there when the program ended, or the disk was full."""
        if self._survey is None or self._session.file.read_only:
            self.hold()
        elif self._visitor is not None:
            self._end(self._visitor, self._rested)
        else:
            self._busy = True
            self._write(store_counter.settle, self._rested)

    def _write(self, work: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        self._session.work(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.hold()
        if not isinstance(error, UserError):  # for the log; the window shows nothing of it here
            crash.report(error)

    def _warn(self) -> None:
        self._left = WARNING
        self._say_left()
        self._tick.start()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.rest()
        else:
            self._say_left()

    def _say_left(self) -> None:
        text = ngettext(
            "Still there? This begins anew in {count} second. Touch the screen to go on.",
            "Still there? This begins anew in {count} seconds. Touch the screen to go on.",
            self._left,
        ).format(count=self._left)
        self.asking.notice(text)
        if self._left == WARNING:
            self._announce(text)

    # The window

    def _show(self, screen: QWidget, said: str) -> None:
        self._stack.setCurrentWidget(screen)
        self.asking.take_focus() if screen is self.asking else screen.setFocus()
        self._announce(said)
        self._guard.start()

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _stop(self) -> None:
        for timer in (self._idle, self._tick, self._gone, self._again):
            timer.stop()
        self.asking.notice("")

    def _business(self) -> str:
        return catalogue.business(self._session.file).name

    def _offer(self) -> str:
        wanted = self._survey.offering_id if self._survey is not None else None
        offerings = catalogue.named(self._session.file, "offerings") if wanted is not None else []
        return next((one.name for one in offerings if one.id == wanted), "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.stay()
        return False


def _survey(session: Session, survey_id: int | None) -> Survey | None:
    known = {one.id: one for one in store_counter.offered(session.file)}
    return known.get(survey_id)
