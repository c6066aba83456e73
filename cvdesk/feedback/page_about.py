"""What an entry is about: its themes, suggested ones to confirm or reject, and marking words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cvdesk.catalogue.form_find import Finder, Found, among
from cvdesk.catalogue.records import LEVERS
from cvdesk.db import Operation
from cvdesk.feedback.store_detail import Detail
from cvdesk.kit.session import Session
from cvdesk.kit.theme import Theme as Look
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, TIGHT, Elided, Flow, button, column, label, line, tooltip
from cvdesk.themes import store_marks
from cvdesk.themes.records import Theme
from cvdesk.wording import _
from cvdesk.wording.figures import lever_name

_QUOTED = 40


class AboutThemes(QWidget):
    """The themes as chips; a suggested one has Yes and No."""

    def __init__(self, session: Session, detail: Detail) -> None:
        super().__init__()
        self.session, self._detail = session, detail
        self._known = {one.id: one for one in detail.themes}
        box = column(self, TIGHT)
        theme, writable = session.theme, not session.file.read_only
        holder = QWidget()
        flow = Flow(TIGHT)
        holder.setLayout(flow)
        for one in self._chosen(detail.entry.themes):
            text = f"{one.name} → {lever_name(one.lever)}"
            chip = button(theme, text, partial(self.settle, one, "rejected"), "chip", "x")
            chip.setAccessibleName(_("{theme}: it is not about this").format(theme=text))
            chip.setToolTip(tooltip(_("Take the theme away")))
            chip.setProperty("tone", one.lever)
            chip.setEnabled(writable)
            flow.addWidget(chip)
        box.addWidget(holder)
        holder.setVisible(bool(detail.entry.themes))
        for place, one in enumerate(self._chosen(detail.entry.suggested_themes)):
            row = line(TIGHT)
            row.addWidget(Elided(theme, _("{theme}?").format(theme=one.name), TEXT, one.lever), 1)
            for word, state, key, name in (
                (_("Yes"), "confirmed", "Y", _("Yes, this is about {theme}")),
                (_("No"), "rejected", "N", _("No, this is not about {theme}")),
            ):
                made = button(theme, word, partial(self.settle, one, state), name=name.format(theme=one.name))
                made.setEnabled(writable)
                if place == 0:
                    made.setToolTip(tooltip(_("In the list: the key {key}").format(key=key)))
                row.addWidget(made)
            box.addLayout(row)
        add = button(theme, _("Add a theme…"), self._begin, "plain", "plus")
        self.add = add
        box.addWidget(add)
        add.setVisible(writable)  # once it has its place: a widget without one would be a window of its own
        self.bar: MarkBar | None = None
        self._box = box

    def _chosen(self, ids: Sequence[int]) -> list[Theme]:
        return [self._known[one] for one in ids if one in self._known]

    def settle(self, theme: Theme, state: str) -> None:
        """Confirms or rejects a theme."""
        entry_id = self._detail.entry.id or 0
        work = partial(store_marks.settle, entry_id=entry_id, theme_id=theme.id, state=state)
        confirmed = state == "confirmed"
        text = _("Confirm a theme") if confirmed else _("Take a theme away")
        self.session.run(text, work, say=_("Theme confirmed") if confirmed else _("Theme taken away"))

    def settle_first(self, state: str) -> None:
        """Confirms or rejects the first suggested theme, where there is one."""
        suggested = self._chosen(self._detail.entry.suggested_themes)
        if suggested and not self.session.file.read_only:
            self.settle(suggested[0], state)

    def _begin(self) -> None:
        self.mark("", True)

    def mark(self, words: str, by_key: bool) -> None:
        """Asks what these words are about; none: what the entry as a whole is about."""
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None
        self.add.setVisible(not self.session.file.read_only)
        if self.session.file.read_only or not (words or by_key):
            return
        self.add.hide()
        self.bar = MarkBar(self.session.theme, words, self._detail.themes)
        self.bar.chosen.connect(self._file)
        self.bar.left.connect(partial(self.mark, "", False))
        self._box.addWidget(self.bar)
        if by_key:
            self.bar.finder.field.setFocus()

    def _file(self, value: object, words: str, always: bool) -> None:
        """A theme by its id, or "other" of a part of value by its name."""
        entry_id = self._detail.entry.id or 0

        def work(op: Operation) -> None:
            theme_id = value if isinstance(value, int) else store_marks.other_theme(op, str(value))
            store_marks.settle(op, entry_id, theme_id, "confirmed", words)
            if always:
                store_marks.add_rule(op, theme_id, words)

        self.session.run(_("File words under a theme"), work, say=_("Filed"))


class MarkBar(QWidget):
    """Asks for a theme, or for a part of value and then for one of its themes. `chosen`: value, words, always."""

    chosen = Signal(object, str, bool)
    left = Signal()

    def __init__(self, theme: Look, words: str, options: Sequence[Theme]) -> None:
        super().__init__()
        self._words, self._options = words, options
        self.setAccessibleName(_("What is it about?"))
        box = column(self, TIGHT, (0, TIGHT, 0, TIGHT))
        short = " ".join(words.split())
        short = short if len(short) <= _QUOTED else short[:_QUOTED].rstrip() + "…"
        asked = _("What is “{words}” about?").format(words=short) if words else _("What is it about?")
        box.addWidget(label(theme, asked, NOTE, tone="quiet", wrap=True))
        self.finder = Finder(theme, _("Theme or part of value"), among(self._everything()))
        box.addWidget(self.finder)
        self.always = QCheckBox(_("Always suggest it"))
        self.always.setToolTip(tooltip(_("Whenever these words are said")))
        box.addWidget(self.always)
        self.always.setVisible(bool(words))
        foot = line(SMALL)
        foot.addWidget(button(theme, _("Cancel"), self.left.emit, "plain"))
        foot.addStretch(1)
        box.addLayout(foot)
        self.finder.chosen.connect(self._choose)
        self.finder.left.connect(self.left)

    def _everything(self) -> list[Found]:
        found = [Found(one.id, one.name, lever_name(one.lever), one.lever) for one in self._options]
        return found + [Found(lever, lever_name(lever), _("a part of value"), lever) for lever in LEVERS]

    def _choose(self, value: object) -> None:
        if value not in LEVERS:
            text = str(value).removeprefix("other ")
            self.chosen.emit(value if isinstance(value, int) else text, self._words, self.always.isChecked())
            return
        lever = str(value)
        found = [Found(one.id, one.name, "", lever) for one in self._options if one.lever == lever]
        other = Found(f"other {lever}", _("Other: {part}").format(part=lever_name(lever)), "", lever)
        self.finder.offer(among([*found, other]))
        self.finder.field.setFocus()
