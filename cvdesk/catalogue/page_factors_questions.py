"""The last questions of every longer form: the program's, and the owner's own in the owner's order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from cvdesk.catalogue import store_questions as store
from cvdesk.catalogue import store_wording
from cvdesk.catalogue.form_factors import QuestionForm
from cvdesk.catalogue.page_factors_side import SideView
from cvdesk.catalogue.records_factors import QuestionSetUp, as_read, kind_name, question_problems
from cvdesk.db import Operation
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import NOTE, button, label
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name


class QuestionsView(SideView):
    """The list with its panel. Delete: no longer asked; Ctrl+Up and Ctrl+Down: order of the owner's own."""

    def __init__(self, session: Session) -> None:
        columns = (
            Column(_("Question"), self._words, stretch=True, tone=partial(_tone, "")),
            Column(_("Answered"), lambda one: kind_name(one.kind), 124, partial(_tone, "quiet")),
            Column(_("Whose"), _where, 128, partial(_tone, "quiet")),
        )
        table = Table(session.theme, _("The last questions"), columns, lambda one: one.id)
        super().__init__(session, _("About this question"), table, {1: 820, 2: 700})
        self._all: list[QuestionSetUp] = []
        note = _("Your own questions stand before the two for comments. Ctrl+Up and Ctrl+Down move them.")
        self.foot.addWidget(label(session.theme, note, NOTE, tone="faint", wrap=True), 1)
        self.add_button = button(session.theme, _("Add a question…"), self.add_own, "main")
        self.add_button.setEnabled(not session.file.read_only)
        self.foot.addWidget(self.add_button)
        for keys, do in (
            ("Ctrl+Up", partial(self.move_selected, -1)), ("Ctrl+Down", partial(self.move_selected, 1)),
            ("Delete", self.toggle_asked),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        table.opened.connect(lambda _id: self.change())
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again; a form that is open stays."""
        self._all = store.questions_set_up(self.session.file)
        self.table.show_source(Listed(self._all))
        if self.side.form is None:
            self.show_selected()

    def selected(self) -> QuestionSetUp | None:
        """The selected question."""
        found: QuestionSetUp | None = self.table.rows.row(self.table.currentIndex().row())
        return found

    def show_selected(self) -> None:
        """Shows the selected question and what can be done with it."""
        one = self.selected()
        content = SideContent(self.theme, _("About this question"))
        if one is None:
            content.add(label(self.theme, _("Choose a question to see how it is asked."), tone="quiet", wrap=True))
            self.side.show_content(content)
            return
        if one.lever is not None:
            asked = _("One-minute form: the whole of {part}").format(part=lever_name(one.lever))
            content.add(label(self.theme, asked, NOTE, tone=one.lever, wrap=True))
        content.add(label(self.theme, kind_name(one.kind), NOTE, tone="quiet", wrap=True))
        if not self.session.file.read_only:
            self._add_links(content, one)
        self.add_question(content, one.wording, one.kind)
        content.box.addStretch(1)
        self.side.show_content(content, _("Your question") if one.own else _("The program's question"))

    def _add_links(self, content: SideContent, one: QuestionSetUp) -> None:
        content.add_link(_("Change the wording…"), "pencil", self.change)
        if one.reworded:
            content.add_link(_("Take the program's wording again"), "undo-2", self.reset)
        if one.own and one.active:
            content.add_link(_("Move up"), "chevron-up", partial(self.move_selected, -1))
            content.add_link(_("Move down"), "chevron-down", partial(self.move_selected, 1))
            content.add_link(_("Ask no longer"), "x", self.toggle_asked)
        elif one.own:
            content.add_link(_("Ask again"), "plus", self.toggle_asked)

    def _words(self, one: QuestionSetUp) -> str:
        return as_read(one.wording.customer, self.business)

    # What can be done

    def add_own(self) -> None:
        """Opens the form for a question of the owner's own."""
        form = QuestionForm(self.theme)
        self.open_form(_("Your question"), form, _("Add"), partial(self._save, form, None))

    def change(self) -> None:
        """Opens the form for the selected question."""
        one = self._may_change()
        if one is not None:
            form = QuestionForm(self.theme, one, store_wording.is_used(self.session.file, one.version_id))
            heading = _("Your question") if one.own else _("The program's question")
            self.open_form(heading, form, _("Save"), partial(self._save, form, one))

    def reset(self) -> None:
        """Asks the selected question in the program's words again."""
        one = self._may_change()
        if one is not None:
            wording = store_wording.bank_wordings()[one.key]
            step = _("The program's wording of a question")
            work = partial(store_wording.reword, version_id=one.version_id, wording=wording, same=False)
            self.session.run(step, work, say=step)

    def toggle_asked(self) -> None:
        """A question of the owner's own is no longer asked, or again."""
        one = self._may_change()
        if one is not None and one.own:
            step = _("Question no longer asked") if one.active else _("Question asked again")
            work = partial(store.set_asked, question_id=one.id, active=not one.active)
            self.session.run(step, work, say=step)

    def move_selected(self, by: int) -> None:
        """Moves a question of the owner's own among the others."""
        one = self._may_change()
        if one is not None and one.own and one.active:
            self.session.run(_("Order of questions"), partial(store.move_question, question_id=one.id, by=by))

    def _save(self, form: QuestionForm, before: QuestionSetUp | None) -> None:
        draft = form.record()
        problems = question_problems(draft, [one for one in self._all if before is None or one.id != before.id])
        form.show_problems(problems)
        if problems:
            return
        if before is None:
            said = _("The question is asked from now on.")
            self.write(form, _("Add a question"), partial(store.add_question, draft=draft), said)
            return

        def work(op: Operation) -> int:
            store.change_question(op, before, draft, form.keeps_series)
            return before.id

        self.write(form, _("Change a question"), work, _("Question changed"))

    def _may_change(self) -> QuestionSetUp | None:
        return None if self.session.file.read_only or self.side.form is not None else self.selected()


def _tone(tone: str, one: QuestionSetUp) -> str:
    return tone if one.active else "faint"


def _where(one: QuestionSetUp) -> str:
    if not one.active:
        return _("No longer asked")
    if one.lever is not None:
        return _("One-minute form")
    return _("Yours") if one.own else _("The program's")
