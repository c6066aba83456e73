"""Questions that recur and the owner's answers: on paper, as a page for the web, and as replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cvdesk.care import store_faq as store
from cvdesk.care.form_community import FaqForm
from cvdesk.care.page_community_room import Room
from cvdesk.care.records_community import Faq, Recurring
from cvdesk.catalogue import store as catalogue
from cvdesk.db import BusinessFile, Operation, Queries
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column
from cvdesk.kit.widgets import CARD_TITLE, NOTE, TEXT, EmptyState, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole


class Questions(Room):
    """The owner's questions in their order, then what several customers asked."""

    roomy = {2: 900}

    @classmethod
    def title(cls) -> str:
        """The room's name."""
        return _("Questions and answers")

    def columns(self) -> Sequence[Column]:
        """Whether it is on the page, the question, how often."""
        return (
            Column(_("On the page"), _standing, 118, _tone),
            Column(_("Question"), question_words, 260, stretch=True),
            Column(_("How often"), _often, 200, "quiet"),
        )

    def empty(self) -> EmptyState:
        """No questions yet."""
        self.first = button(self.theme, _("Write the first question"), self.new, "main")
        self.first.setEnabled(self.writable)
        sentence = _("What three customers or more ask within a year is proposed here, for you to answer once.")
        return EmptyState(self.theme, sentence, self.first, "circle-help")

    def question(self) -> Callable[[BusinessFile], Sequence[Any]]:
        """Answers, then what recurs."""
        today = self.session.today()
        return lambda file: (*store.faqs(file, today), *store.recurring(file, today))

    def key_of(self, row: Any) -> int:
        """The question's id; of what recurs that of the first comment."""
        return (row.id or 0) if isinstance(row, Faq) else row.entries[0]

    def keys(self) -> None:
        """Alt+Up and Alt+Down move a question, Space puts it on the page or leaves it off, Delete deletes it."""
        self._theme_wanted: int | None = None
        self.new_button = self.tool(_("New question"), self.new, icon="plus")
        self.print = self.tool(_("Print"), self.print_page, icon="printer", writes=False)
        self.save_web = self.tool(_("Save for the web…"), self.save_html, writes=False)
        self.save_paper = self.tool(_("Save as PDF…"), self.save_pdf, "main", writes=False)
        for keys, do in (
            ("Alt+Up", partial(self.step, -1)), ("Alt+Down", partial(self.step, 1)), ("Space", self.toggle),
            ("Delete", self.delete),
        ):  # fmt: skip
            self.key(keys, do)

    def select_theme(self, theme_id: int) -> None:
        """Shows what is asked about a theme, once it is read; the form for a new question where nothing is."""
        self._theme_wanted = theme_id
        self.ask()

    def _found(self, rows: Sequence[Any]) -> None:
        super()._found(rows)
        wanted, self._theme_wanted = self._theme_wanted, None
        if wanted is None:
            return
        found = next((row for row in rows if row.theme_id == wanted), None)
        if found is not None:
            self.select(self.key_of(found))
        else:
            self.edit(Faq("", "", wanted))

    def content(self, row: Any) -> SideContent:
        """A question with its answer, or how customers put it."""
        made = SideContent(self.theme, question_words(row))
        made.add(label(self.theme, question_words(row), CARD_TITLE, strong=True, wrap=True))
        if isinstance(row, Recurring):
            self._recurring(made, row)
        else:
            self._faq(made, row)
        made.box.addStretch(1)
        return made

    def _recurring(self, made: SideContent, row: Recurring) -> None:
        theme = self.theme
        said = ngettext("Asked by {count} customer within 12 months", "Asked by {count} customers within 12 months",
                        row.customers)  # fmt: skip
        made.add(label(theme, said.format(count=whole(row.customers)), TEXT, tone="quiet", wrap=True))
        self.buttons(made, button(theme, _("Write the answer…"), partial(self.answer, row), "main"))
        made.add_heading(_("How they put it"))
        for wording, entry in zip(row.wordings, row.entries, strict=False):
            made.add_link(wording, "message-square-text", partial(self.session.open, "entries", entry))

    def _faq(self, made: SideContent, row: Faq) -> None:
        theme = self.theme
        answer = row.answer if row.answer.strip() else _("No answer yet: it stays off the page.")
        made.add(label(theme, answer, TEXT, tone="" if row.answer.strip() else "quiet", wrap=True))
        if row.answered:
            said = ngettext("You answered {count} person this year", "You answered {count} people this year",
                            row.answered)  # fmt: skip
            made.add(label(theme, said.format(count=whole(row.answered)), NOTE, tone="quiet", wrap=True))
        if row.held_back:
            said = _("Stays off the page: {why}").format(why=row.held_back)
            made.add(label(theme, said, TEXT, tone="bad", wrap=True))
        up, down = (button(theme, "", partial(self.step, by), icon=icon, name=name) for by, icon, name in (
            (-1, "chevron-up", _("Move up, Alt+Up")), (1, "chevron-down", _("Move down, Alt+Down")),
        ))  # fmt: skip
        reply = button(theme, _("Use as a reply"), partial(self.use_as_reply, row), icon="reply")
        self.buttons(
            made, button(theme, _("Edit…"), partial(self.edit, row), icon="pencil"), reply,
            button(theme, _("Leave it off") if row.shown else _("Put it on"), self.toggle), up, down,
            self.more(row.question, (_("Delete"), self.delete)),
        )  # fmt: skip
        reply.setEnabled(self.writable and bool(row.answer.strip()))

    # What can be done

    def new(self) -> None:
        """The form for another question."""
        self.edit(Faq(""))

    def answer(self, row: Recurring) -> None:
        """The form for a question that recurs."""
        self.edit(Faq(row.question, "", row.theme_id))

    def edit(self, faq: Faq) -> None:
        """The form for a question, new or known."""
        form = FaqForm(self.theme, faq, catalogue.named(self.session.file, "themes"))

        def save() -> tuple[str, Callable[[Operation], Any]] | None:
            record = form.record()
            missing = {} if record.question else {"question": _("Write the question.")}
            form.show_problems(missing)
            return None if missing else (_("The question is kept"), partial(store.save_faq, faq=record))

        self.open_form(self.title(), form, save)

    def step(self, by: int) -> None:
        """Moves the selected question up or down."""
        row = self.chosen()
        if isinstance(row, Faq):
            self.run(_("Move a question"), partial(store.move_faq, faq_id=row.id or 0, by=by))

    def toggle(self) -> None:
        """Puts the selected question on the page, or leaves it off."""
        row = self.chosen()
        if isinstance(row, Faq):
            words = _("Leave a question off the page") if row.shown else _("Put a question on the page")
            self.run(words, partial(store.show_faq, faq_id=row.id or 0, shown=not row.shown))
        elif row is not None:
            self.answer(row)

    def delete(self) -> None:
        """Deletes the selected question; can be taken back."""
        row = self.chosen()
        if isinstance(row, Faq):
            said = _("The question is deleted")
            self.run(said, partial(store.delete_faq, faq_id=row.id or 0), said)

    def use_as_reply(self, row: Faq) -> None:
        """Puts the answer among the snippets, at hand when a customer is answered."""
        said = _("Among your snippets, at hand when you answer")
        self.run(_("Use an answer as a reply"), partial(store.use_as_reply, faq_id=row.id or 0), said)

    def save_html(self) -> None:
        """One page for the web that holds all it needs."""
        from cvdesk.care import faq_html

        today = self.session.today()

        def write(file: Queries, path: Path) -> None:
            faq_html.save(store.sheet(file, today), path)

        self.save_as(_("Save for the web"), self.title(), ".html", _("Web pages (*.html)"), write)

    def save_pdf(self) -> None:
        """The same on paper."""
        from cvdesk.care.report_faq import save_faq_pdf

        today, paper = self.session.today(), self.paper()

        def write(file: Queries, path: Path) -> None:
            save_faq_pdf(store.sheet(file, today), path, paper)

        self.save_as(_("Save as PDF"), self.title(), ".pdf", _("PDF files (*.pdf)"), write)

    def print_page(self) -> None:
        """The same, printed."""
        from cvdesk.care.report_faq import faq_pdf

        today, paper = self.session.today(), self.paper()
        self.print_out(lambda file: faq_pdf(store.sheet(file, today), paper), paper)


def question_words(row: Any) -> str:
    """The question; where it was put in many ways, what it is about."""
    if isinstance(row, Recurring) and not row.question:
        return _("Questions about “{theme}”").format(theme=row.theme)
    return str(row.question)


def _often(row: Any) -> str:
    if isinstance(row, Recurring):
        return ngettext("asked by {count} customer", "asked by {count} customers", row.customers).format(
            count=whole(row.customers)
        )
    if not row.answered:
        return ""
    return ngettext("answered {count} person this year", "answered {count} people this year", row.answered).format(
        count=whole(row.answered)
    )


def _standing(row: Any) -> str:
    if isinstance(row, Recurring):
        return _("To answer")
    if not row.answer.strip():
        return _("No answer yet")
    if row.held_back:
        return _("Held back")
    return _("On it") if row.shown else _("Left off")


def _tone(row: Any) -> str:
    if isinstance(row, Recurring):
        return "accent"
    if row.held_back or not row.answer.strip():
        return "bad"
    return "good" if row.shown else "faint"


__all__ = ["Questions", "question_words"]
