"""Themes, to file: what nobody has confirmed yet, one comment after the other, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cvdesk.catalogue.form_find import FindDialog
from cvdesk.catalogue.records import Filter
from cvdesk.kit.jobs import Job
from cvdesk.kit.table import Column, Table
from cvdesk.kit.view import View
from cvdesk.kit.widgets import MEDIUM, SMALL, Card, EmptyState, line, on_card
from cvdesk.themes import store_filing
from cvdesk.themes.form_filing import BulkFiling, ReadingCard
from cvdesk.themes.page_file_head import FilingHead
from cvdesk.themes.page_file_keys import letter_of, what_of
from cvdesk.themes.page_file_many import Selected, confirm_all, file_all
from cvdesk.themes.page_file_read import Asked, ask, choices, choices_or_new, count_words, in_place
from cvdesk.themes.page_file_rule import ask_rule
from cvdesk.themes.page_manage import add as add_theme
from cvdesk.themes.records import Theme
from cvdesk.themes.records_filing import Draft
from cvdesk.themes.records_filing_words import filed_words
from cvdesk.themes.store_filing import Answer, Queue, Waiting
from cvdesk.wording import _
from cvdesk.wording.numbers import day_short

_ROOMY = 900


class FileView(View):
    """The queue at the left, the comment to file at the right; the list keeps the keyboard all the time."""

    key = "file"
    watches = frozenset({"entries", "entry_themes", "themes", "theme_rules", "customers"})
    _job: Job | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("To file")

    # Building

    def _build(self) -> None:
        self._queue: Queue | None = None
        self._themes: dict[int, Theme] = {}
        self._usual: tuple[int, ...] = ()
        self._entry: Waiting | None = None
        self._draft = Draft()
        self._filed: list[int] = []  # positions of what was filed here and is on disk, the last one last
        self._sent: int | None = None  # the position of what was filed last and may be on its way to the disk
        self._worked = False  # whether anything was filed here
        self._wanted: int | None = None  # the position to go to once the queue was read again
        self.head = FilingHead(self.session)
        self.box.addWidget(self.head)
        self._stack = QStackedWidget()
        self.box.addWidget(self._stack, 1)
        self._stack.addWidget(QWidget())  # nothing, until it was asked
        self._stack.addWidget(self._body())
        self._done = EmptyState(self.theme, "", icon="check")
        self._stack.addWidget(on_card(self.theme, self._done))

    def _body(self) -> QWidget:
        body = QWidget()
        sides = line(MEDIUM)
        body.setLayout(sides)
        writable = not self.session.file.read_only
        today = self.session.today
        self.table = Table(
            self.theme, _("Comments to file"),
            [Column(_("Date"), lambda one: day_short(one.date, today()), 94, "quiet"),
             Column(_("What they said"), lambda one: one.text, stretch=True),
             Column(_("Suggested"), self._suggestion, 130, "quiet")],
            lambda one: one.id, many=True,
        )  # fmt: skip
        self.table.installEventFilter(self)
        self.table.selected.connect(self._select)
        self.table.chosen.connect(self._chosen)
        listed = Card(self.theme)
        listed.box.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        listed.box.addWidget(self.table)
        sides.addWidget(listed, 4)
        self.card = ReadingCard(self.theme, writable)
        self.card.asked.connect(self._do)
        self.card.marked.connect(self._always)
        self.bulk = BulkFiling(self.theme, writable)
        self.bulk.asked.connect(self._do_many)
        self._side = QStackedWidget()
        self._side.addWidget(self.card)
        self._side.addWidget(self.bulk)
        sides.addWidget(self._side, 5)
        return body

    def _suggestion(self, entry: Waiting) -> str:
        names = [self._themes[theme].name for theme, _by in entry.suggested if theme in self._themes]
        return ", ".join(names)

    # Showing

    def show_for(self, chosen: Filter) -> None:
        """Asks for what waits; the comment that is being filed stays."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.session.ask(partial(ask, chosen=chosen), partial(self._show, chosen=chosen))

    def focus_first(self) -> None:
        """The keyboard goes to the list, where all keys work."""
        if self._stack.currentIndex() == 2:
            self.head.again.setFocus()
        else:
            self.table.setFocus()

    def _show(self, found: Asked, chosen: Filter) -> None:
        self._job = self._sent = None
        self.head.show_for(chosen)  # now: what it asks takes seconds, and the comments come first
        self._themes = {one.id: one for one in found.themes}
        self._draft = self._draft.among(self._themes)
        self._usual = in_place(self._usual, found.usual)
        self.card.show_usual([self._themes[one] for one in self._usual if one in self._themes])
        self.head.show_ruled(found.ruled)
        before, self._queue = self._queue, found.queue
        count = found.queue.count()
        self.titled.emit(_("Themes"), count_words(count))
        if not count:
            self._entry = None
            self._done.sentence.setText(self._nothing_words())
            held = self.window().focusWidget() is self.table
            self._stack.setCurrentIndex(2)
            if held:
                self.head.again.setFocus()
            return
        place = self._place_in(found.queue, before)
        self.table.rows.show(found.queue)
        self._stack.setCurrentIndex(1)
        self.card.show_left(count)
        self.table.select_row(place)

    def _nothing_words(self) -> str:
        if self._worked:
            return _("All filed. Well done.")
        return _("Nothing waits to be filed in this period.")

    def _place_in(self, queue: Queue, before: Queue | None) -> int:
        """Where to go on: what was taken back, else the comment that shows, else what came after it."""
        if self._filed and queue.row_of(self._filed[-1]) is not None:
            self._wanted = self._filed.pop()
            self._draft = Draft()
        for position in (self._wanted, self._entry.position if self._entry else None):
            place = None if position is None else queue.row_of(position)
            if place is not None:
                self._wanted = None
                return place
        self._wanted = None
        at = max(self.table.currentIndex().row(), 0) if before is not None else 0
        return min(at, queue.count() - 1)

    def _select(self, entry: Waiting | None) -> None:
        if entry is None:
            return
        same = self._entry is not None and self._entry.id == entry.id and self._draft.touched
        self._entry = entry
        if not same:
            own = tuple(theme for theme, _by in entry.suggested if theme in self._themes)
            self._draft = Draft(own, (), tuple(pair for pair in entry.moods if pair[0] in own))
        self._show_entry()

    def _show_entry(self) -> None:
        if self._entry is not None:
            self.card.show_entry(self._entry, self._draft, self._themes, self.session.today())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the words need the room; what is suggested stands in the card.
        self.table.setColumnHidden(2, self.width() < self.theme.px(_ROOMY))

    def _chosen(self, count: int) -> None:
        self.bulk.show_count(count)
        self._side.setCurrentIndex(1 if count > 1 else 0)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.table or not isinstance(event, QKeyEvent):
            return False
        mine = what_of(event) != "" or letter_of(event) != ""
        if event.type() == QEvent.Type.ShortcutOverride and mine:
            event.accept()  # a letter is meant for this list, not for the window's menu
            return True
        return event.type() == QEvent.Type.KeyPress and mine and self._key_pressed(event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():  # a key that is held down must not file what nobody has read
            return True
        what = what_of(event)
        if sum(count for _first, count in self.table.chosen_rows()) > 1:
            if what == "yes":
                self._do_many("confirm")
            return True
        if what.isdigit():
            place = int(what) - 1
            if place < len(self._usual):
                self._do("toggle", self._usual[place])
        elif what:
            self._do(what)
        else:
            self._find(letter_of(event))
        return True

    # Filing one

    def _do(self, what: str, theme: object = None) -> None:
        if self._entry is None or (self.session.file.read_only and what != "skip"):
            return
        if what == "yes":
            self._file_draft()
        elif what == "none":
            self._file(Answer(()), _("Filed: about none of the themes"))
        elif what == "skip":
            self._go_on()
        elif what == "find":
            self._find("")
        elif what == "undo":
            self._take_back()
        else:
            self._change(what, theme)
        if what != "find":
            self.table.setFocus()

    def _change(self, what: str, theme: object) -> None:
        """Changes what the comment will be filed under; without a theme, its main one is meant."""
        chosen = theme if isinstance(theme, int) else next(iter(self._draft.themes), None)
        if chosen is None:
            return
        draft = self._draft
        steps: dict[str, Callable[[int], Draft]] = {
            "toggle": draft.toggled, "main": draft.led_by, "without": draft.without, "only": draft.only,
            "good": partial(draft.said, mood="good"), "bad": partial(draft.said, mood="bad"),
        }  # fmt: skip
        self._draft = draft.turned() if what == "turn" else steps[what](chosen)
        self._show_entry()

    def _file_draft(self) -> None:
        about = self._draft.themes
        if not about:
            self.session.say(_("Choose a theme first, or press N where it is about none."))
            return
        said = filed_words([self._themes[one].name for one in about])
        self._file(Answer(about, tuple(pair for pair in self._draft.moods if pair[0] in about)), said)

    def _file(self, answer: Answer, say: str) -> None:
        entry = self._entry
        if entry is None or entry.position == self._sent:  # the last one stays in view until it is on disk
            return
        self._sent = entry.position
        work = partial(store_filing.file_entry, entry_id=entry.id, answer=answer)
        self.session.run(_("File feedback"), work, done=partial(self._on_disk, entry.position), say=say)
        self._go_on()

    def _on_disk(self, position: int, _result: object) -> None:
        self._filed.append(position)
        self._worked = True

    def _go_on(self) -> None:
        """Shows the next comment at once; the list follows when it was read again."""
        row = self.table.currentIndex().row()
        if row + 1 < self.table.rows.rowCount():
            self._draft = Draft()
            self.table.select_row(row + 1)

    def _take_back(self) -> None:
        if self._filed:
            self.session.undo_only(_("File feedback"))
        else:
            self.session.say(_("Nothing was filed here yet that could be taken back."))

    # Other themes, and words that always mean one

    def _find(self, begun: str) -> None:
        if self.session.file.read_only:
            return
        dialog = FindDialog(self.theme, self, _("What is it about?"), _("Theme"), choices_or_new(self._themes.values()))
        dialog.chosen.connect(self._found)
        dialog.open()
        dialog.finder.field.setText(begun)  # once it is open: focus would mark the letter, and the next one replace it
        dialog.finder.refresh()

    def _found(self, value: object) -> None:
        if isinstance(value, int):
            if value not in self._draft.picked:
                self._change("toggle", value)
            self.table.setFocus()
        else:
            add_theme(self.session, self, str(value), self._added)

    def _added(self, theme: int) -> None:
        """A theme was made for this comment; the list of themes is on its way here."""
        self._draft = self._draft.toggled(theme)
        self.table.setFocus()

    def _always(self, words: str) -> None:
        first = next(iter(self._draft.themes), None)
        ask_rule(self.session, self, words, list(self._themes.values()), first)

    # Filing many

    def _do_many(self, what: str) -> None:
        spans = self.table.chosen_rows()
        if what == "clear":
            self.table.select_row(self.table.currentIndex().row())
            self.table.setFocus()
        elif self._queue is not None and spans:
            if what == "theme":
                title = _("What are they about?")
                dialog = FindDialog(self.theme, self, title, _("Theme"), choices(self._themes.values()))
                dialog.chosen.connect(partial(self._file_all, Selected(self._queue, tuple(spans))))
                dialog.open()
            elif what == "confirm":
                chosen = Selected(self._queue, tuple(spans))
                self._settled(chosen)
                confirm_all(self.session, chosen)
            else:
                self._file_all(Selected(self._queue, tuple(spans)), None)

    def _file_all(self, chosen: Selected, theme: object) -> None:
        self._settled(chosen)
        file_all(self.session, chosen, theme if isinstance(theme, int) else None)

    def _settled(self, chosen: Selected) -> None:
        """The list goes on behind what is selected."""
        self._worked = True
        self._wanted = chosen.after()
