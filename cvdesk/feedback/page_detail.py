"""The card beside the list: one entry, verbatim, what it is about, what is to be done, what else this customer said."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.complaints import store as complaints
from cvdesk.db import Operation
from cvdesk.feedback import store
from cvdesk.feedback.form import EntryForm
from cvdesk.feedback.records import problems
from cvdesk.feedback.store_list import EntryList, EntryQuery, EntryRow
from cvdesk.kit import crash
from cvdesk.kit.dialog import Dialog
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    CARD_TITLE,
    LARGE,
    NOTE,
    SMALL,
    TEXT,
    TITLE,
    Card,
    Elided,
    EmptyState,
    Flow,
    RowButton,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.themes import store as themes
from cvdesk.themes.records import Theme
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import day_short, stars

EARLIER = 6


class EntryCard(Card):
    """Shows one entry; every button is one undoable step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self.session = session
        self.setAccessibleName(_("The feedback in full"))
        self._row: EntryRow | None = None
        inside = QWidget()
        self._inside = column(inside, SMALL)
        self.box.addWidget(scrolled(inside), 1)
        self._actions = column(None, SMALL)
        self.box.addLayout(self._actions)
        self.show_entry(None)

    def show_entry(self, row: EntryRow | None) -> None:
        """Shows an entry, or a sentence where none is selected."""
        self._row = row
        clear(self._inside)
        clear(self._actions)
        theme = self.session.theme
        if row is None:
            self._inside.addWidget(EmptyState(theme, _("Choose an entry to see it in full.")))
            return
        self._add_head(row)
        self._add_themes(row)
        self._add_follow_up(row)
        self._add_earlier(row)
        self._inside.addStretch(1)
        self._add_actions(row)

    def _heading(self, text: str) -> None:
        self._inside.addSpacing(SMALL)
        self._inside.addWidget(label(self.session.theme, text.upper(), NOTE, tone="faint"))

    def _add_head(self, row: EntryRow) -> None:
        theme, today = self.session.theme, self.session.today()
        if row.customer_id is None:
            self._inside.addWidget(label(theme, _("Anonymous"), CARD_TITLE, strong=True))
        else:
            name = label(theme, row.customer, CARD_TITLE, strong=True, wrap=True)
            self._inside.addWidget(name)
            open_customer = partial(self.session.open, "customers", row.customer_id)
            self._inside.addWidget(button(theme, _("Open the customer"), open_customer, "plain", "user"))
        if row.text:
            self._inside.addWidget(label(theme, _("“{words}”").format(words=row.text), TEXT, wrap=True))
        said = line(SMALL)
        if row.rating is not None:
            said.addWidget(label(theme, stars(row.rating), NOTE, tone="star"))
        parts = [day_short(row.date, today), row.channel, row.offering]
        said.addWidget(label(theme, " · ".join(part for part in parts if part), NOTE, tone="faint"))
        said.addStretch(1)
        self._inside.addLayout(said)

    def _add_themes(self, row: EntryRow) -> None:
        theme = self.session.theme
        entry = store.get(self.session.file, row.id)
        known: dict[int, Theme] = {one.id: one for one in themes.themes(self.session.file)}
        if not (entry.themes or entry.suggested_themes):
            return
        self._heading(_("Theme"))
        holder = QWidget()
        flow = Flow()
        holder.setLayout(flow)
        for theme_id in entry.themes:
            if theme_id in known:
                one = known[theme_id]
                text = f"{one.name} → {lever_name(one.lever)}"
                flow.addWidget(label(theme, text, TEXT, tone=one.lever))
        for theme_id in entry.suggested_themes:
            if theme_id in known:
                one = known[theme_id]
                made = button(theme, _("{theme}?").format(theme=one.name), partial(self._confirm, row.id, one), "chip")
                made.setAccessibleName(_("Yes, this is about {theme}").format(theme=one.name))
                made.setProperty("tone", one.lever)
                made.setProperty("suggested", "true")
                flow.addWidget(made)
        self._inside.addWidget(holder)

    def _add_follow_up(self, row: EntryRow) -> None:
        theme = self.session.theme
        waits = row.needs_answer and row.answered is None
        if not (waits or row.complaint_id or row.answered or row.safety):
            return
        self._heading(_("Follow-up"))
        if row.safety:
            self._inside.addWidget(label(theme, _("Safety: who else bought the same?"), TEXT, tone="bad", wrap=True))
        if waits:
            self._inside.addWidget(label(theme, _("Nobody has answered yet"), TEXT, tone="bad"))
        elif row.answered:
            said = _("Answered {day}").format(day=day_short(row.answered, self.session.today()))
            self._inside.addWidget(label(theme, said, TEXT, tone="quiet"))
        if row.complaint_id is not None:
            open_case = partial(self.session.open, "complaints", row.complaint_id)
            self._inside.addWidget(button(theme, _("Open the complaint"), open_case, "plain", "circle-alert"))

    def _add_earlier(self, row: EntryRow) -> None:
        if row.customer_id is None:
            return
        theme, today = self.session.theme, self.session.today()
        others = EntryList(self.session.file, EntryQuery(customer=row.customer_id)).fetch(0, EARLIER + 1)
        others = [other for other in others if other.id != row.id][:EARLIER]
        if not others:
            return
        self._heading(_("Also said"))
        for other in others:
            inner = line(SMALL)
            inner.addWidget(label(theme, day_short(other.date, today), NOTE, tone="faint"))
            words = other.text or stars(other.rating)
            inner.addWidget(Elided(theme, words, TEXT), 1)
            name = f"{day_short(other.date, today)}: {words}"
            self._inside.addWidget(RowButton(name, partial(self.session.open, "entries", other.id), inner))

    def _add_actions(self, row: EntryRow) -> None:
        theme = self.session.theme
        for pair in (
            ((_("Make it a complaint"), self._complain, row.complaint_id is None),
             (_("Answered"), self._answer, row.answered is None)),
            ((_("Edit"), self.edit, True), (_("Delete"), self.delete, True)),
        ):  # fmt: skip
            both = line(SMALL)
            for text, do, offered in pair:
                if offered:
                    made = button(theme, text, partial(do, row.id))
                    made.setEnabled(not self.session.file.read_only)
                    both.addWidget(made, 1)
            self._actions.addLayout(both)

    def _confirm(self, entry_id: int, theme: Theme) -> None:
        def work(op: Operation) -> None:
            themes.tag_entry(op, entry_id, theme.id, "confirmed", "owner")

        self.session.run(_("Confirm a theme"), work, say=_("Theme confirmed"))

    def _complain(self, entry_id: int) -> None:
        self.session.run(
            _("Make it a complaint"),
            partial(complaints.from_entry, entry_id=entry_id),
            say=_("It is a complaint now, with a number and a deadline"),
        )

    def _answer(self, entry_id: int) -> None:
        work = partial(store.mark_answered, entry_id=entry_id, day=self.session.today())
        self.session.run(_("Mark as answered"), work, say=_("Marked as answered"))

    def delete(self, entry_id: int) -> None:
        """Deletes at once; Undo brings it back."""
        self.session.run(_("Delete feedback"), partial(store.delete, entry_id=entry_id), say=_("Feedback deleted"))

    def edit(self, entry_id: int) -> None:
        """Opens the form, where the file can be changed."""
        if not self.session.file.read_only:
            EditDialog(self.session, entry_id, self.window()).open()


class EditDialog(Dialog):
    """The form of one entry in a dialog."""

    def __init__(self, session: Session, entry_id: int, parent: QWidget) -> None:
        super().__init__(session.theme.px(540), parent)
        self.session = session
        theme, file = session.theme, session.file
        self.setWindowTitle(_("Edit feedback"))
        box = column(self, LARGE, (LARGE, LARGE, LARGE, LARGE))
        box.addWidget(label(theme, _("Edit feedback"), TITLE, strong=True))
        lists = [catalogue.named(file, table) for table in ("themes", "channels", "offerings")]
        self.form = EntryForm(theme, *lists)
        self.form.load(store.get(file, entry_id))
        box.addWidget(self.form)
        row = line(SMALL)
        row.addStretch(1)
        row.addWidget(button(theme, _("Cancel"), self.reject))
        self.save_button = button(theme, _("Save"), self.save, "main")
        row.addWidget(self.save_button)
        box.addLayout(row)
        self.form.submitted.connect(self.save)
        self.form.left.connect(self.reject)

    def save(self) -> None:
        """Saves, or says beside the fields what is wrong. The form goes only when it is on disk."""
        entry = self.form.record()
        wrong = problems(entry, self.session.today())
        self.form.show_problems(wrong)
        self.fit()
        if not wrong and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            work = partial(store.save, entry=entry)
            self.session.run(_("Edit feedback"), work, self._saved, self._not_saved, _("Saved"))

    def _saved(self, _result: object) -> None:
        self.accept()

    def _not_saved(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        crash.report(error)
