"""Everybody something concerns: who raised it, who is likely affected too, who is left out, and the text for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cvdesk.care.form_loop import ToldDialog
from cvdesk.care.letters import quoted
from cvdesk.care.page_loop_out import Out
from cvdesk.care.page_loop_text import LetterText
from cvdesk.care.records_loop import Circle, Person
from cvdesk.kit.session import Session
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.tabs import Tabs
from cvdesk.kit.theme import SMALL
from cvdesk.kit.widgets import NOTE, TEXT, Card, EmptyState, Flow, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import whole

_TICK, _REACH = 0, 3
_ROOMY = 640
_SHORTEST = 150


class CircleCard(Card):
    """The right side of telling: people with their words, ticked or not, and what can be done with those ticked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme, " ")
        self.session = session
        self.found: Circle | None = None
        self.ticked: set[int] = set()
        self._shown: Sequence[Person] = ()
        theme = session.theme
        self.sentence = label(theme, "", TEXT, tone="quiet", wrap=True)
        self.tabs = Tabs(theme, _("Who"), [("raised", _("Raised it")), ("likely", _("Likely affected too")),
                                           ("left_out", _("Left out"))])  # fmt: skip
        self.tabs.chosen.connect(lambda _key: self._fill())
        self.table = Table(theme, _("Whom it concerns"), self._columns(), lambda one: one.id)
        self.table.setMinimumHeight(theme.px(_SHORTEST))
        self.table.clicked.connect(self._clicked)
        self.table.selected.connect(lambda _one: self._preview())
        self.table.opened.connect(lambda customer: session.open("customers", customer))
        toggle = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        toggle.setContext(Qt.ShortcutContext.WidgetShortcut)
        toggle.activated.connect(lambda: self._toggle(self.table.currentIndex().row()))
        self._nobody = EmptyState(theme, "", icon="users")
        self.text = LetterText(session)
        self.out = Out(session, self)
        for widget in (self.sentence, self.tabs):
            self.box.addWidget(widget)
        self.box.addWidget(self.table, 3)
        self.box.addWidget(self._nobody, 3)
        self.box.addWidget(self.text, 5)
        self._buttons()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("", self._tick, 34, "accent", said=self._spoken_tick),
            Column(_("Customer"), lambda one: one.name, 150),
            Column(_("Their words, or the reason"), _words, 150, "quiet", stretch=True),
            Column(_("Reached by"), _reached, 126, "quiet"),
        )

    def _buttons(self) -> None:
        theme = self.session.theme
        self.all = button(theme, _("Tick all"), self._tick_all)
        self.calls = _menu(button(theme, _("Call list")), (
            (_("Save as PDF…"), lambda: self.out.calls(False)), (_("Print…"), lambda: self.out.calls(True)),
        ))  # fmt: skip
        self.letters = _menu(button(theme, _("Letters")), (
            (_("Save as PDF…"), lambda: self.out.letters(False)), (_("Print…"), lambda: self.out.letters(True)),
        ))  # fmt: skip
        self.drafts = _menu(button(theme, _("E-mail drafts")), (
            (_("Open for the selected customer"), self._open_draft), (_("Save all as files…"), self._save_drafts),
        ))  # fmt: skip
        self.tell = button(theme, _("Told…"), self._told, "main", name=_("Note that those ticked were told"))
        self.chosen = label(theme, "", NOTE, tone="quiet", wrap=True)
        place, row = QWidget(), Flow(SMALL)
        place.setLayout(row)
        for made in (self.all, self.calls, self.letters, self.drafts, self.tell):
            row.addWidget(made)
        self.box.addWidget(self.chosen)
        self.box.addWidget(place)

    def show_circle(self, found: Circle) -> None:
        """Shows everybody; those who raised it are ticked. What was ticked stays where it is the same matter."""
        same = self.found is not None and self.found.about == found.about
        before = {one.id for one in (*self.found.raised, *self.found.likely)} if same and self.found else set()
        kept = self.ticked if same else set()
        everybody = {one.id for one in (*found.raised, *found.likely)}
        self.ticked = (kept & everybody) | {one.id for one in found.raised if one.id not in before}
        self.found = found
        self.title.setText(found.title)
        self.setAccessibleName(found.title)
        self.sentence.setText(_sentence(found))
        for key, text, count in (
            ("raised", _("Raised it"), len(found.raised)), ("likely", _("Likely affected too"), len(found.likely)),
            ("left_out", _("Left out"), len(found.left_out)),
        ):  # fmt: skip
            self.tabs.rename(key, _("{title} ({count})").format(title=text, count=whole(count)))
        if not same:
            self.tabs.choose("raised")
        self._fill()

    def show_nothing(self) -> None:
        """What was shown is gone."""
        self.found, self.ticked = None, set()
        self.title.setText(_("No longer in the file"))
        self.sentence.setText("")
        self._fill()

    def people(self) -> list[Person]:
        """Those ticked, in the order of the lists."""
        if self.found is None:
            return []
        return [one for one in (*self.found.raised, *self.found.likely) if one.id in self.ticked]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_REACH, self._narrow())

    def _narrow(self) -> bool:
        return self.tabs.key == "left_out" or self.width() < self.session.theme.px(_ROOMY)

    def _fill(self) -> None:
        found, key = self.found, self.tabs.key
        self._shown = () if found is None else _list_of(found, key)
        selected = self.table.rows.id_at(self.table.currentIndex().row())
        with QSignalBlocker(self.table):
            self.table.show_source(Listed(self._shown), selected)
            self.table.setColumnHidden(_TICK, key == "left_out")
            self.table.setColumnHidden(_REACH, self._narrow())
        if self._shown and not self.table.currentIndex().isValid():
            with QSignalBlocker(self.table):
                self.table.select_row(0)
        self.table.setVisible(bool(self._shown))
        self._nobody.setVisible(not self._shown)
        self._nobody.sentence.setText(_nobody(key, found))
        self.text.setVisible(key != "left_out")
        self.ticks_changed()
        self._preview()

    def _tick(self, one: Person) -> str:
        return "☑" if one.id in self.ticked else "☐"

    def _spoken_tick(self, one: Person) -> str:
        return _("ticked") if one.id in self.ticked else _("not ticked")

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == _TICK:
            self._toggle(index.row())

    def _toggle(self, place: int) -> None:
        one = self.table.rows.row(place)
        if one is None or self.tabs.key == "left_out":
            return
        self.ticked ^= {one.id}
        index = self.table.rows.index(place, _TICK)
        self.table.rows.dataChanged.emit(index, index)
        self.ticks_changed()

    def _tick_all(self) -> None:
        """All of the list shown, or none where all are ticked already."""
        ids = {one.id for one in self._shown}
        self.ticked = self.ticked - ids if ids <= self.ticked else self.ticked | ids
        self.table.viewport().update()
        self.ticks_changed()

    def ticks_changed(self) -> None:
        """Says how many are ticked, and what can be done with them."""
        some = self.people()
        ids = {one.id for one in self._shown}
        self.all.setText(_("Untick all") if ids and ids <= self.ticked else _("Tick all"))
        self.all.setEnabled(bool(ids) and self.tabs.key != "left_out")
        self.chosen.setText(_chosen(some))
        ready = self.found is not None and bool(some)
        for made in (self.calls, self.letters):
            made.setEnabled(ready)
        self.drafts.setEnabled(ready and any(one.email for one in some))
        self.tell.setEnabled(ready and not self.session.file.read_only)

    def _current(self) -> Person | None:
        one = self.table.rows.row(self.table.currentIndex().row())
        return one if isinstance(one, Person) and self.tabs.key != "left_out" else None

    def _preview(self) -> None:
        self.text.show_for(self.found, self._current())

    def _open_draft(self) -> None:
        """One after the other: after a draft the next customer is selected."""
        one = self._current()
        if one is None or not one.email:
            self.session.say(_("Select a customer with an e-mail address in the list first."))
            return
        if self.out.open_draft(one):
            place = self.table.currentIndex().row() + 1
            if place < len(self._shown):
                self.table.select_row(place)

    def _save_drafts(self) -> None:
        self.out.drafts()

    def _told(self) -> None:
        some, found = self.people(), self.found
        if found is not None and some:
            dialog = ToldDialog(self.session, found, some, self.window())
            dialog.open()


def _menu(made: QPushButton, items: Sequence[tuple[str, object]]) -> QPushButton:
    menu = QMenu(made)
    for text, do in items:
        menu.addAction(text).triggered.connect(partial(_call, do))
    made.setMenu(menu)
    return made


def _call(do: object, _checked: bool = False) -> None:
    if callable(do):
        do()


def _list_of(found: Circle, key: str) -> Sequence[Person]:
    if key == "raised":
        return found.raised
    if key == "likely":
        return found.likely
    some = [Person(customer, name, why=why) for customer, (name, why) in found.left_out.items()]
    return sorted(some, key=lambda one: (one.name.casefold(), one.id))


def _words(one: Person) -> str:
    said = quoted(one)
    return _("“{words}”").format(words=said) if said else one.why


def _reached(one: Person) -> str:
    if one.channel:
        return _("best by {way}").format(way=one.channel)
    known = [text for text, there in ((_("phone"), one.phone), (_("e-mail"), one.email), (_("letter"), one.address))
             if there]  # fmt: skip
    return ", ".join(known) or "–"


def _chosen(some: Sequence[Person]) -> str:
    text = ngettext("{count} customer ticked", "{count} customers ticked", len(some)).format(count=whole(len(some)))
    ways = [
        ngettext("{count} with a phone number", "{count} with a phone number", count).format(count=whole(count))
        for count in [sum(1 for one in some if one.phone)] if count
    ]  # fmt: skip
    mails = sum(1 for one in some if one.email)
    if mails:
        ways.append(_("{count} with an e-mail address").format(count=whole(mails)))
    posts = sum(1 for one in some if one.address)
    if posts:
        ways.append(_("{count} with a postal address").format(count=whole(posts)))
    return _("{ticked}: {ways}").format(ticked=text, ways=", ".join(ways)) if ways else text


def _sentence(found: Circle) -> str:
    said = [] if found.ready else [_("Not done yet: say so, or wait until it is.")]
    if found.told:
        said.append(ngettext("{count} was told already.", "{count} were told already.", found.told).format(
            count=whole(found.told)))  # fmt: skip
    if found.anonymous:
        said.append(ngettext(
            "{count} more said it without a name.", "{count} more said it without a name.",
            found.anonymous).format(count=whole(found.anonymous)))  # fmt: skip
    return " ".join(said) or _("Each hears what became of their own words.")


def _nobody(key: str, found: Circle | None) -> str:
    if key == "likely":
        return _("Nobody shares a product, a group or a tag with those who raised it, and may be written to unasked.")
    if key == "left_out":
        return _("Nobody is left out.")
    if found is not None and found.told:
        return _("Everybody who raised this was told.")
    return _("Nobody with a name raised this in the last two years.")


__all__ = ["CircleCard"]
