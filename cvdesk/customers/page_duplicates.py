"""Possible duplicates, a pair at a time: both side by side, what agrees marked, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store_duplicates, store_merge
from cvdesk.customers.records_match import Likeness
from cvdesk.customers.records_pair import (
    ALIKE,
    BOTH,
    SAME,
    SHARED,
    PairLine,
    Side,
    doubt_in_words,
    pair_lines,
    why_in_words,
)
from cvdesk.customers.store_card import card
from cvdesk.customers.store_duplicates import Proposal
from cvdesk.db import Queries
from cvdesk.kit import crash
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import (
    CARD_TITLE,
    LARGE,
    MEDIUM,
    NOTE,
    SMALL,
    TEXT,
    Card,
    EmptyState,
    Hairline,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
)
from cvdesk.wording import _


class DuplicatesView(Card):
    """Says `left` when the person goes back to the list, `merged` with the id of the one that was kept."""

    left = Signal()
    merged = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session, self._theme = session, session.theme
        self._proposals: list[Proposal] = []
        self._place = 0
        self._busy = self._looking = False
        self._choices: dict[str, QButtonGroup] = {}
        self._first: QWidget = self  # the button that takes the keyboard
        self.setAccessibleName(_("Possible duplicates"))
        self._content = QWidget()
        self._box = column(self._content, MEDIUM)
        self.box.addWidget(scrolled(self._content), 1)
        self._foot = line(SMALL)
        self.box.addLayout(self._foot)

    @property
    def shown(self) -> Proposal | None:
        """The pair in view."""
        return self._proposals[self._place] if self._place < len(self._proposals) else None

    def show_pairs(self, proposals: Sequence[Proposal], looking: bool = False) -> None:
        """Shows these pairs, staying with the one in view where it is still among them. `looking`: more may come."""
        before, self._looking = self.shown, looking
        self._proposals = list(proposals)
        pairs = [proposal.pair for proposal in proposals]
        self._place = pairs.index(before.pair) if before is not None and before.pair in pairs else 0
        self._show()

    def focus(self) -> None:
        """Gives the keyboard to the first button."""
        self._first.setFocus()

    def _show(self) -> None:
        held = self.window().focusWidget()
        held_here = held is not None and self.isAncestorOf(held)
        self._busy = False
        clear(self._box)
        clear(self._foot)
        self._choices = {}
        proposal = self.shown
        if proposal is None:
            self._show_none()
        else:
            try:
                self._show_pair(proposal)
            except LookupError:  # one of the two was deleted meanwhile
                del self._proposals[self._place]
                self._show()
                return
        if held_here:
            self.focus()

    def _show_none(self) -> None:
        back = button(self._theme, _("Back to the list"), self.left.emit, "main")
        if self._looking:
            sentence, icon = _("Looking for customers who are here twice…"), "search"
        else:
            sentence, icon = _("Nobody seems to be here twice."), "circle-check"
        self._box.addWidget(EmptyState(self._theme, sentence, back, icon), 1)
        self._first = back

    def _show_pair(self, proposal: Proposal) -> None:
        file, theme = self._session.file, self._theme
        one, other = side_of(file, proposal.one), side_of(file, proposal.other)
        conflicts = store_merge.conflicts(file, proposal.one, proposal.other)
        lines = pair_lines(one, other, proposal.why, conflicts, catalogue.business(file).country)
        head = line(MEDIUM)
        title = _("{one} and {other}").format(one=one.customer.name, other=other.customer.name)
        head.addWidget(label(theme, title, CARD_TITLE, strong=True, wrap=True), 1)
        if len(self._proposals) > 1:
            count = _("{place} of {all}").format(place=self._place + 1, all=len(self._proposals))
            head.addWidget(label(theme, count, NOTE, tone="faint"))
        self._box.addLayout(head)
        for text, tone in ((why_in_words(proposal.why), "quiet"), (doubt_in_words(proposal.why), "bad")):
            if text:
                self._box.addWidget(label(theme, text, TEXT, tone=tone, wrap=True))
        self._box.addLayout(self._table(lines))
        note = _("Merging keeps everything of both, in one step that can be taken back, and taken apart later.")
        if any(item.asked for item in lines):
            note = _("Choose which stays where they differ.") + " " + note
        self._box.addWidget(label(theme, note, NOTE, tone="faint", wrap=True))
        self._box.addStretch(1)
        self._buttons(proposal, one, other)

    def _table(self, lines: Sequence[PairLine]) -> QGridLayout:
        theme, grid = self._theme, QGridLayout()
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 3)
        grid.setColumnMinimumWidth(0, theme.px(104))
        for row, item in enumerate(lines):
            place = 2 * row
            grid.addWidget(label(theme, item.name, NOTE, tone="quiet"), place, 0)
            for at, text in ((1, item.one), (3, item.other)):
                grid.addWidget(self._choice(item, at, text) if item.asked else _value(self, text), place, at)
            grid.addWidget(self._mark(item), place, 2, Qt.AlignmentFlag.AlignCenter)
            if row < len(lines) - 1:
                grid.addWidget(Hairline(), place + 1, 0, 1, 4)
        return grid

    def _choice(self, item: PairLine, at: int, text: str) -> QRadioButton:
        """One of two values of which one stays."""
        made = QRadioButton(text.replace("&", "&&") or "–")
        made.setAccessibleName(_("{field}: {value}").format(field=item.name, value=text))
        group = self._choices.setdefault(item.field, QButtonGroup(self))
        group.addButton(made, at)
        made.setChecked(at == 1)
        return made

    def _mark(self, item: PairLine) -> QLabel:
        text, tone = {
            SAME: (_("the same"), "good"), ALIKE: (_("alike"), "good"), SHARED: (_("one shared"), "good"),
            BOTH: (_("both stay"), "faint"),
        }.get(item.agrees, ("", ""))  # fmt: skip
        if not text and item.asked:
            text, tone = _("which?"), "accent"
        return label(self._theme, text, NOTE, tone=tone)

    def _buttons(self, proposal: Proposal, one: Side, other: Side) -> None:
        theme, writable = self._theme, not self._session.file.read_only
        self.merge = button(theme, _("Merge"), partial(self._merge, proposal, one, other), "main")
        self.apart = button(theme, _("Not the same"), partial(self._keep_apart, proposal))
        self.later = button(theme, _("Later"), self._later)
        back = button(theme, _("Back to the list"), self.left.emit, "plain")
        for made in (self.merge, self.apart):
            made.setEnabled(writable)
        for made in (self.merge, self.apart, self.later):
            self._foot.addWidget(made)
        self._foot.addStretch(1)
        self._foot.addWidget(back)
        self._first = self.merge if writable else self.later

    # What can be done

    def _later(self) -> None:
        """On to the next pair; this one comes again."""
        if self._place + 1 < len(self._proposals):
            self._place += 1
            self._show()
        else:
            self.left.emit()

    def _merge(self, proposal: Proposal, one: Side, other: Side) -> None:
        if self._busy:
            return
        self._busy = True
        take = frozenset(field for field, group in self._choices.items() if group.checkedId() == 3)
        name = other.customer.name if "name" in take else one.customer.name
        self._session.run(
            _("Merge {one} and {other}").format(one=one.customer.name, other=other.customer.name),
            partial(store_merge.merge, kept=proposal.one, other=proposal.other, take=take),
            done=partial(self._done, proposal, True),
            failed=partial(self._failed, proposal),
            say=_("Both are {name} now").format(name=name),
        )

    def _keep_apart(self, proposal: Proposal) -> None:
        if self._busy:
            return
        self._busy = True
        self._session.run(
            _("Keep two customers apart"),
            partial(store_duplicates.keep_apart, one=proposal.one, other=proposal.other, reasons=proposal.why.reasons),
            done=partial(self._done, proposal, False),
            failed=partial(self._failed, proposal),
            say=_("Noted: they are two"),
        )

    def _done(self, proposal: Proposal, merged: bool, _result: object) -> None:
        gone = {proposal.other} if merged else set()
        self._proposals = [
            pair for pair in self._proposals if pair.pair != proposal.pair and not gone & {pair.one, pair.other}
        ]
        self._place = min(self._place, max(len(self._proposals) - 1, 0))
        if merged and not self._proposals:
            self.merged.emit(proposal.one)
        else:
            self._show()

    def _failed(self, proposal: Proposal, error: Exception) -> None:
        if isinstance(error, LookupError):
            self._session.say(_("One of the two was deleted meanwhile."))
            self._done(proposal, False, None)
        else:
            self._busy = False
            crash.report(error)


def side_of(db: Queries, customer_id: int) -> Side:
    """What the comparison shows of a customer; LookupError for one who is gone."""
    found = card(db, customer_id, limit=0)
    return Side(
        found.customer, found.segment, found.channel, found.entries, found.complaints, found.purchases, found.last
    )


def pair_of(one: int, other: int) -> Proposal:
    """Two customers the owner chose, with nothing said about why."""
    first, second = sorted((one, other))
    return Proposal(first, second, Likeness(0.0))


def _value(view: DuplicatesView, text: str) -> QLabel:
    return label(view._theme, text or "–", TEXT, tone="" if text else "faint", wrap=True)


__all__ = ["DuplicatesView", "pair_of", "side_of"]
