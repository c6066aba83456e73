"""What can be chosen for a document beside the filter: what it is about, its sections, names, paper, to fill in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue.form_find import FindDialog, Found
from cvdesk.db import Queries
from cvdesk.kit.print_pdf import usual_paper
from cvdesk.kit.session import Session
from cvdesk.kit.widgets import Choice, Flow, button, tooltip
from cvdesk.reports.records_choices import Chosen
from cvdesk.reports.records_kinds import About, Kind
from cvdesk.reports.store_find import fitting, named, usual
from cvdesk.wording import _, ngettext

_WIDEST = 260  # pixels of the name of what a document is about, however long


class StayingMenu(QMenu):
    """A menu that stays open while things in it are switched on and off."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._switch():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() not in keys or not self._switch():
            super().keyPressEvent(event)

    def _switch(self) -> bool:
        action = self.activeAction()
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True


class Choices(QWidget):
    """A row of buttons that show what is chosen; it wraps where the window is narrow."""

    changed = Signal(object)  # the new Chosen

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kind: Kind | None = None
        self.chosen = Chosen()
        theme = session.theme
        row = Flow()
        self.setLayout(row)
        self.about = button(theme, "", self.choose_about, icon="search")
        self.sections = button(theme, "")
        self._menu = StayingMenu(self.sections)
        self.sections.setMenu(self._menu)
        self.sections.setIcon(theme.icon("chevron-down", "quiet", 14))
        self.sections.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        names: list[tuple[object, str]] = [(True, _("With customers' names")), (False, _("Names left out"))]
        self.names = Choice(theme, _("Names of customers"), names, True)
        papers: list[tuple[object, str]] = [("a4", _("A4 paper")), ("letter", _("US Letter paper"))]
        self.paper = Choice(theme, _("Paper"), papers, "a4")
        ways: list[tuple[object, str]] = [(False, _("To fill in by hand")), (True, _("To fill in on the screen"))]
        self.fillable = Choice(theme, _("How it is filled in"), ways, False)
        for made in (self.about, self.sections, self.names, self.fillable, self.paper):
            row.addWidget(made)
        self.names.chosen.connect(lambda value: self._take(names=value))
        self.paper.chosen.connect(lambda value: self._take(paper=value))
        self.fillable.chosen.connect(lambda value: self._take(fillable=value))

    @property
    def missing(self) -> bool:
        """Whether it has to be said first what the document is about."""
        return self._kind is not None and self._kind.needed and self.chosen.about is None

    @property
    def about_name(self) -> str:
        """What the document is about, as it is called on screen; empty for the whole business."""
        table: About = self._kind.about if self._kind is not None else ""
        return named(self._session.file, table, self.chosen.about) or ""

    def show_kind(self, kind: Kind, chosen: Chosen) -> None:
        """Offers what this kind knows, set to what was chosen before, without telling anyone."""
        self._kind = kind
        about = chosen.about if named(self._session.file, kind.about, chosen.about) is not None else None
        if about is None and kind.needed:
            about = usual(self._session.file, kind.about)
        usual_one = usual_paper(catalogue.business(self._session.file).country)
        self.chosen = replace(chosen, about=about, paper=chosen.paper or usual_one)
        self._menu.clear()
        for section in kind.sections:
            action = self._menu.addAction(section.title().replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(section.key not in chosen.left_out)
            action.toggled.connect(partial(self._switch, section.key))
        self._show()

    def choose_about(self) -> None:
        """Asks what the document is about."""
        kind, file = self._kind, self._session.file
        if kind is None:
            return
        title, field = _question(kind.about)

        def look(text: str) -> list[Found]:
            everything = [] if kind.needed or text.strip() else [Found(None, _unset(kind), "", "quiet")]
            return [*everything, *(Found(one.id, one.name, one.beside) for one in fitting(file, kind.about, text))]

        dialog = FindDialog(self._session.theme, self.window(), title, field, look)
        dialog.chosen.connect(lambda found: self._take(about=found))
        dialog.open()

    def _switch(self, key: str, on: bool) -> None:
        self._take(left_out=self.chosen.left_out - {key} if on else self.chosen.left_out | {key})

    def _take(self, **changes: object) -> None:
        changed = replace(self.chosen, **changes)  # type: ignore[arg-type]
        if changed != self.chosen:
            self.chosen = changed
            self._show()
            self.changed.emit(changed)

    def _show(self) -> None:
        kind = self._kind
        if kind is None:
            return
        self.about.setVisible(bool(kind.about))
        if kind.about:
            words = self.about_name or _unset(kind)
            room = self._session.theme.px(_WIDEST)
            shown = self.about.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            self.about.setText(f"\u2002{shown}".replace("&", "&&"))
            self.about.setToolTip(tooltip(words) if shown != words else "")
            self.about.setAccessibleName(_("What it is about: {name}").format(name=words))
        self.sections.setVisible(bool(kind.sections))
        out = len([section for section in kind.sections if section.key in self.chosen.left_out])
        all_of_it = _("Every section")
        words = ngettext("{count} section left out", "{count} sections left out", out).format(count=out)
        self.sections.setText(words if out else all_of_it)
        self.sections.setAccessibleName(words if out else all_of_it)
        self.names.setVisible(kind.named)
        self.names.offer(self.names._options, self.chosen.names)
        self.paper.offer(self.paper._options, self.chosen.paper)
        self.fillable.setVisible(kind.fillable)
        self.fillable.offer(self.fillable._options, self.chosen.fillable)
        self.updateGeometry()


def _question(table: About) -> tuple[str, str]:
    """What is asked, and the name of the field to type in."""
    return {
        "customers": (_("Which customer?"), _("Find a customer")),
        "complaints": (_("Which complaint?"), _("Number or customer")),
        "surveys": (_("Which survey?"), _("Find a survey")),
        "actions": (_("Which action?"), _("Find an action")),
        "gatherings": (_("Which event?"), _("Find an event")),
        "care_plans": (_("Which plan?"), _("Find a plan")),
    }.get(table, ("", ""))


def _unset(kind: Kind) -> str:
    """What the button says while nothing is chosen."""
    if kind.needed:
        return _question(kind.about)[0]
    return {
        "customers": _("All customers"), "complaints": _("All complaints"), "surveys": _("All surveys"),
        "actions": _("All actions"), "gatherings": _("All events"), "care_plans": _("All plans"),
    }.get(kind.about, "")  # fmt: skip


def first_step(kind: Kind, db: Queries) -> tuple[str, str, str] | None:
    """What has to be there before there is anything to choose from, what the button says, and the page it opens."""
    if fitting(db, kind.about, ""):
        return None
    return {
        "customers": (_("There is no customer yet whom this could be about."), _("Open Customers"), "customers"),
        "complaints": (_("There is no complaint yet that this could be about."), _("Open Complaints"), "complaints"),
        "surveys": (_("There is no survey yet that could be printed."), _("Open Surveys"), "surveys"),
        "actions": (_("There is no action yet that customers could be told of."), _("Open Strategy"), "strategy"),
        "gatherings": (_("There is no event yet that this could be about."), _("Open Care"), "care"),
        "care_plans": (_("There is no plan yet that this could be about."), _("Open Care"), "care"),
    }.get(kind.about)


def first_question(kind: Kind) -> str:
    """What has to be chosen before this document can be made."""
    return _question(kind.about)[0]
