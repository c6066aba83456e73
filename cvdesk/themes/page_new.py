"""Themes, new ones: what unfiled comments seem to speak of; the owner names it, adds it to a theme, or drops it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLabel, QStackedWidget, QWidget

from cvdesk.catalogue.form_find import FindDialog, Found, among
from cvdesk.catalogue.records import Filter
from cvdesk.db import Operation, Queries
from cvdesk.kit.jobs import Job
from cvdesk.kit.view import View
from cvdesk.kit.widgets import (
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    TIGHT,
    Card,
    EmptyState,
    Flow,
    button,
    clear,
    column,
    label,
    on_card,
    scrolled,
)
from cvdesk.themes import store_filing
from cvdesk.themes.page_manage import NameDialog
from cvdesk.themes.records_learn import Proposal, Proposals
from cvdesk.themes.store import themes
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import whole

_QUOTED = 220


def _count(db: Queries, chosen: Filter) -> int:
    from cvdesk.themes import store_sort

    return store_sort.unsorted(db, chosen)


def _ask(db: Queries, chosen: Filter) -> Proposals:
    from cvdesk.themes import store_proposals

    return store_proposals.proposals(db, chosen)


def _accept(op: Operation, proposal: Proposal, name: str, factor: int, words: tuple[str, ...]) -> int:
    from cvdesk.themes import store_proposals

    return store_proposals.accept(op, proposal, name, factor, words)


def _drop(op: Operation, proposal: Proposal) -> None:
    from cvdesk.themes import store_proposals

    store_proposals.drop(op, proposal)


class NewView(View):
    """A card for each proposal. Finding them takes seconds: meanwhile it says what is being read."""

    key = "new"
    watches = frozenset({"entries", "entry_themes", "themes", "settings"})
    _job: Job | None = None
    _counting: Job | None = None

    @classmethod
    def title(cls) -> str:
        """The tab's name."""
        return _("New themes")

    def show_for(self, chosen: Filter) -> None:
        """Looks for new themes beside the window."""
        for job in (self._job, self._counting):
            if job is not None:
                job.cancel()
        self._counting = self.session.ask(partial(_count, chosen=chosen), self._reading)
        self._job = self.session.look(partial(_ask, chosen=chosen), self._show)

    def focus_first(self) -> None:
        """The first thing that can be done."""
        if self._first is not None:
            self._first.setFocus()

    def _build(self) -> None:
        self._first: QWidget | None = None
        self._stack = QStackedWidget()
        self.box.addWidget(self._stack, 1)
        self.waits = EmptyState(self.theme, _("Looking for what unfiled comments share…"), icon="tags")
        self._stack.addWidget(on_card(self.theme, self.waits))
        body = QWidget()
        self._cards = column(body, MEDIUM)
        self._stack.addWidget(scrolled(body))

    def _reading(self, count: int) -> None:
        self._counting = None
        if self._job is not None and self._first is None:
            said = ngettext("Reading {count} comment…", "Reading {count} comments…", count)
            self.waits.sentence.setText(said.format(count=whole(count)))

    def _show(self, found: Proposals) -> None:
        self._job = None
        held = self._first is not None and self.isAncestorOf(self.window().focusWidget() or self)
        clear(self._cards)
        looked = ngettext("{count} comment looked through", "{count} comments looked through", found.looked_at)
        self.titled.emit(_("Themes"), looked.format(count=whole(found.looked_at)) if found.found else "")
        self._first = None
        if not found.found:
            self.waits.sentence.setText(found.why)
            self._stack.setCurrentIndex(0)
            return
        read = _("Comments that nothing is suggested for were looked through; these share words that stand out.")
        self._cards.addWidget(label(self.theme, read, TEXT, tone="quiet", wrap=True))
        for one in found.found:
            self._cards.addWidget(self._card(one, found.looked_at))
        self._cards.addStretch(1)
        self._stack.setCurrentIndex(1)
        if held:
            self.focus_first()

    def _card(self, proposal: Proposal, looked_at: int) -> Card:
        count = ngettext("{count} of {all} comments", "{count} of {all} comments", len(proposal.entries))
        note = count.format(count=whole(len(proposal.entries)), all=whole(looked_at))
        card = Card(self.theme, " · ".join(proposal.words), note=note)
        quotes = column(None, TIGHT)
        for text in proposal.texts:
            quotes.addWidget(self._quote(text))
        card.box.addLayout(quotes)
        holder = QWidget()
        row = Flow(SMALL)
        holder.setLayout(row)
        shown = ", ".join(proposal.words)
        for text, kind, do in (
            (_("Make it a theme…"), "", self._name), (_("Add to a theme…"), "", self._choose),
            (_("Drop it"), "", self._drop),
        ):  # fmt: skip
            made = button(self.theme, text, partial(do, proposal), kind, name=f"{text} {shown}")
            made.setEnabled(not self.session.file.read_only)
            row.addWidget(made)
            self._first = self._first or made
        card.box.addWidget(holder)
        return card

    def _quote(self, text: str) -> QLabel:
        short = " ".join(text.split())
        short = short if len(short) <= _QUOTED else short[:_QUOTED].rstrip() + "…"
        return label(self.theme, _("“{words}”").format(words=short), TEXT, wrap=True)

    # What can be done

    def _name(self, proposal: Proposal) -> None:
        """Names it, says what customers value it belongs to, and which of its words always mean it."""
        dialog = NameDialog(self.session, self, _("A new theme"), _("Make it a theme"), "", with_factor=True)
        asked = label(self.theme, _("Words that always mean it, also in comments to come"), NOTE, tone="quiet")
        dialog.more.addWidget(asked)
        ticks = [QCheckBox(word) for word in proposal.words]
        for tick in ticks:
            dialog.more.addWidget(tick)

        def save() -> None:
            words = tuple(word for word, tick in zip(proposal.words, ticks, strict=True) if tick.isChecked())
            work = partial(_accept, proposal=proposal, name=dialog.name.text(), factor=dialog.factor_id(), words=words)
            said = ngettext(
                "Theme made; {count} comment is suggested for it",
                "Theme made; {count} comments are suggested for it",
                len(proposal.entries),
            )
            dialog.run(_("Make a theme"), work, said.format(count=whole(len(proposal.entries))))

        dialog.pressed.connect(save)
        dialog.open()

    def _choose(self, proposal: Proposal) -> None:
        options = [Found(one.id, one.name, lever_name(one.lever), one.lever) for one in themes(self.session.file)]
        dialog = FindDialog(self.theme, self, _("Which theme is it part of?"), _("Theme"), among(options))
        dialog.chosen.connect(partial(self._add, proposal))
        dialog.open()

    def _add(self, proposal: Proposal, theme: Any) -> None:
        work = partial(store_filing.suggest_many, ids=proposal.entries, theme_id=int(theme))
        said = ngettext(
            "{count} comment is suggested for the theme",
            "{count} comments are suggested for the theme",
            len(proposal.entries),
        )
        self.session.run(_("Add to a theme"), work, say=said.format(count=whole(len(proposal.entries))))

    def _drop(self, proposal: Proposal) -> None:
        self.session.run(
            _("Drop a proposal"), partial(_drop, proposal=proposal), say=_("Dropped; it is not proposed again")
        )
