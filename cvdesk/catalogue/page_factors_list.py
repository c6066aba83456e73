"""What is asked about: the list of what customers value by part of value, with ticks, importance and own ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox

from cvdesk.catalogue import store as catalogue
from cvdesk.catalogue import store_factors as store
from cvdesk.catalogue import store_wording
from cvdesk.catalogue.form_factors import FactorForm
from cvdesk.catalogue.page_factors_side import SideView
from cvdesk.catalogue.records import LEVERS
from cvdesk.catalogue.records_factors import FactorSetUp, factor_problems, type_name
from cvdesk.db import Operation
from cvdesk.kit.session import Session
from cvdesk.kit.side import SideContent
from cvdesk.kit.table import Column, Listed, Table
from cvdesk.kit.widgets import NOTE, Choice, button, label
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name


class FactorsView(SideView):
    """The list with its panel. Space: short form or not; 1 to 5: how much it matters, 0 not; Delete: out of use."""

    def __init__(self, session: Session) -> None:
        columns = (
            Column(_("Part of value"), lambda one: lever_name(one.lever), 104, lambda one: _tone(one, one.lever)),
            Column(_("What customers value"), lambda one: one.label, stretch=True, tone=lambda one: _tone(one, "")),
            Column(_("Asked"), _asked, 150, lambda one: _tone(one, "quiet")),
            Column(_("Matters to you"), _matters, 110, lambda one: _tone(one, "quiet")),
        )
        table = Table(session.theme, _("What customers value"), columns, lambda one: one.id)
        super().__init__(session, _("About this one"), table, {2: 880, 3: 760})
        self._all: list[FactorSetUp] = []
        self.note = label(session.theme, "", NOTE, tone="faint", wrap=True)
        self.foot.addWidget(self.note, 1)
        self.add_button = button(session.theme, _("Add your own…"), self.add_own, "main")
        self.add_button.setEnabled(not session.file.read_only)
        self.foot.addWidget(self.add_button)
        for keys, do in (("Space", self.toggle_core), ("Delete", self.toggle_use)):
            self._key(keys, do)
        for number in range(6):
            self._key(str(number), partial(self.set_importance, number or None))
        table.opened.connect(lambda _id: self.change())
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again; a form that is open stays."""
        self._all = store.factors_set_up(self.session.file)
        self.table.show_source(Listed(self._all))
        self._count()
        if self.side.form is None:
            self.show_selected()

    def selected(self) -> FactorSetUp | None:
        """The selected one."""
        found: FactorSetUp | None = self.table.rows.row(self.table.currentIndex().row())
        return found

    def show_selected(self) -> None:
        """Shows the selected one with all that can be set."""
        one = self.selected()
        content = SideContent(self.theme, _("About this one"))
        if one is None:
            content.add(label(self.theme, _("Choose one to see how it is asked."), tone="quiet", wrap=True))
            self.side.show_content(content)
            return
        about = lever_name(one.lever) if one.lever == "worth" else f"{lever_name(one.lever)} · {type_name(one.type)}"
        content.add(label(self.theme, about, NOTE, tone=one.lever, wrap=True))
        if one.own:
            content.add(label(self.theme, _("Added by you"), NOTE, tone="faint"))
        self._add_settings(content, one)
        self.add_question(content, one.wording, "scale5")
        if one.keywords:
            content.add_heading(_("Words that point to it in feedback"))
            content.add(label(self.theme, ", ".join(one.keywords), NOTE, tone="quiet", wrap=True))
        content.box.addStretch(1)
        self.side.show_content(content, one.label)

    def _add_settings(self, content: SideContent, one: FactorSetUp) -> None:
        if self.session.file.read_only:
            return
        core, use = QCheckBox(_("Asked on the short form")), QCheckBox(_("In use"))
        core.setChecked(one.core)
        core.setEnabled(one.active)
        use.setChecked(one.active)
        core.clicked.connect(lambda _checked: self.toggle_core())
        use.clicked.connect(lambda _checked: self.toggle_use())
        content.add(core)
        content.add(use)
        options: list[tuple[object, str]] = [(None, _("Not said how much it matters"))]
        options += [(float(number), _words(number)) for number in range(1, 6)]
        matters = Choice(self.theme, _("How much it matters to you"), options, one.importance)
        matters.chosen.connect(self.set_importance)
        content.add(matters)
        content.add_link(_("Change the wording…"), "pencil", self.change)
        if one.reworded:
            content.add_link(_("Take the program's wording again"), "undo-2", self.reset)

    # What can be done

    def toggle_core(self) -> None:
        """The short form asks about the selected one, or no longer."""
        one = self._may_change()
        if one is None or not one.active:
            return
        step = _("Short form without {name}") if one.core else _("Short form with {name}")
        self.session.run(
            step.format(name=one.label), partial(store.set_core, factor_id=one.id, core=not one.core),
            say=step.format(name=one.label),
        )  # fmt: skip

    def toggle_use(self) -> None:
        """The selected one goes out of use, or comes back."""
        one = self._may_change()
        if one is None:
            return
        step = _("{name} out of use") if one.active else _("{name} in use again")
        said = _("{name} is out of use. Its answers are kept.") if one.active else _("{name} is in use again.")
        self.session.run(
            step.format(name=one.label), partial(store.set_in_use, factor_id=one.id, active=not one.active),
            failed=self._not_done, say=said.format(name=one.label),
        )  # fmt: skip

    def set_importance(self, number: float | None) -> None:
        """Notes how much the selected one matters to the owner."""
        one = self._may_change()
        if one is not None and one.importance != number:
            step = _("How much {name} matters").format(name=one.label)
            work = partial(catalogue.set_importance, factor_id=one.id, importance=number)
            self.session.run(step, work, say=step)

    def add_own(self) -> None:
        """Opens the form for one of the owner's own, under the part of value that is selected."""
        one = self.selected()
        form = FactorForm(self.theme, lever=LEVERS[0] if one is None else one.lever)
        self.open_form(_("Your own"), form, _("Add"), partial(self._save, form, None))

    def change(self) -> None:
        """Opens the form for the selected one."""
        one = self._may_change()
        if one is not None:
            form = FactorForm(self.theme, one, store_wording.is_used(self.session.file, one.version_id))
            self.open_form(one.label, form, _("Save"), partial(self._save, form, one))

    def reset(self) -> None:
        """Asks the selected one in the program's words again."""
        one = self._may_change()
        if one is not None:
            wording = store_wording.bank_wordings()[one.key]
            step = _("The program's wording for {name}").format(name=one.label)
            work = partial(store_wording.reword, version_id=one.version_id, wording=wording, same=False)
            self.session.run(step, work, say=step)

    def _save(self, form: FactorForm, before: FactorSetUp | None) -> None:
        draft = form.record()
        problems = factor_problems(draft, [one for one in self._all if before is None or one.id != before.id])
        form.show_problems(problems)
        if problems:
            return
        if before is None:
            name = draft.label.strip()
            said = _("{name} is asked about from now on.").format(name=name)
            self.write(form, _("Add {name}").format(name=name), partial(store.add_factor, draft=draft), said)
            return
        step = _("Change {name}").format(name=before.label)

        def work(op: Operation) -> int:
            store.change_factor(op, before, draft, form.keeps_series)
            return before.id

        self.write(form, step, work, step)

    def _may_change(self) -> FactorSetUp | None:
        return None if self.session.file.read_only or self.side.form is not None else self.selected()

    def _not_done(self, error: Exception) -> None:
        self.show_selected()  # the tick goes back
        self.side.save_failed(None, error)

    def _key(self, keys: str, do: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(do)

    def _count(self) -> None:
        asked = [one for one in self._all if one.active]
        without = [lever for lever in LEVERS if not any(one.core for one in asked if one.lever == lever)]
        if without:
            text = _("The short form asks nothing under {part} yet.").format(part=lever_name(without[0]))
        else:
            core = sum(one.core for one in asked)
            short = ngettext("Short form: {count} of them", "Short form: {count} of them", core).format(count=core)
            text = _("{short}, full form: {count}. Space: short form or not. 1 to 5: how much it matters.").format(
                short=short, count=len(asked)
            )
        self.note.setText(text)


def _tone(one: FactorSetUp, tone: str) -> str:
    return tone if one.active else "faint"


def _asked(one: FactorSetUp) -> str:
    if not one.active:
        return _("Out of use")
    return _("Short and full form") if one.core else _("Full form")


def _matters(one: FactorSetUp) -> str:
    return "" if one.importance is None else _("{number} of 5").format(number=f"{one.importance:g}")


def _words(number: int) -> str:
    return {
        1: _("1: hardly matters"), 2: _("2: matters a little"), 3: _("3: matters"), 4: _("4: matters a lot"),
        5: _("5: decides it"),
    }[number]  # fmt: skip
