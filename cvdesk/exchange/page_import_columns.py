"""Which column of a file is what, in the import dialog: a choice for each field, with what stands in the column."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cvdesk.exchange import page_import_words as words
from cvdesk.exchange.look import Look
from cvdesk.exchange.page_import_parts import Combo
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT, Theme
from cvdesk.kit.widgets import NOTE, TEXT, Elided, label, tooltip
from cvdesk.wording import _

_SAMPLES = 4
_LONGEST_TITLE = 26


class Mapping(QWidget):
    """Which column fills which field, with what stands in it."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.choices: dict[str, Combo] = {}
        self._samples: dict[str, Elided] = {}
        self._chosen: dict[str, tuple[int, ...]] = {}
        self._names: tuple[str, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, SMALL, 0)
        self._rows = QWidget()
        self._box.addWidget(self._rows)
        self._box.addStretch(1)

    def show_look(self, look: Look) -> None:
        """Shows which column is what; the rows stay where they are while the columns stay the same."""
        shown = (look.kind, tuple(one.name for one in look.columns))
        if shown != self._shown:
            self._shown, self._names = shown, look.table.header
            self._make_rows(look)
        for field, choice in self.choices.items():
            places = look.mapping.get(field, ())
            options: list[tuple[object, str]] = [((), _("Not in this file"))]
            if len(places) > 1:
                options.append((places, " + ".join(self._names[place] for place in places)))
            options += [((place,), name) for place, name in enumerate(self._names)]
            choice.offer(options, places)
            samples = look.columns[places[0]].samples[:_SAMPLES] if places else ()
            self._samples[field].set_whole(" · ".join(samples))
            self._samples[field].setVisible(bool(samples))
        self._box.activate()  # or the rows stand on each other until the next round of events

    def forget(self) -> None:
        """Back to the columns that are recognised."""
        self._chosen.clear()

    def take(self, look: Look) -> None:
        """Takes over what was chosen for the last list like this one."""
        said = {field for field, _column in look.options.mapping}
        self._names = look.table.header
        self._chosen = {field: look.mapping.get(field, ()) for field in said}

    @property
    def overruled_any(self) -> bool:
        """Whether any column is not as it was recognised."""
        return bool(self._chosen)

    def overruled(self) -> tuple[tuple[str, str], ...]:
        """What the person chose, as an import takes it: (field, column); an empty column leaves the field out."""
        pairs: list[tuple[str, str]] = []
        for field, places in self._chosen.items():
            pairs += [(field, self._column(place)) for place in places] or [(field, "")]
        return tuple(pairs)

    def _column(self, place: int) -> str:
        """A column by its name, or by its number where the name is not its own."""
        name = self._names[place]
        return name if self._names.count(name) == 1 else str(place + 1)

    def _make_rows(self, look: Look) -> None:
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        self._box.insertWidget(0, self._rows)
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        self.choices, self._samples = {}, {}
        for number, field in enumerate(words.fields(look)):
            name = words.title_of(look, field)
            choice, title = Combo(name), label(self._theme, words.short(name, _LONGEST_TITLE), TEXT)
            title.setBuddy(choice)
            if len(name) > _LONGEST_TITLE:
                title.setToolTip(tooltip(name))
            sample = Elided(self._theme, "", NOTE, "faint")
            grid.addWidget(title, 2 * number, 0)
            grid.addWidget(choice, 2 * number, 1)
            grid.addWidget(sample, 2 * number + 1, 1)
            choice.currentIndexChanged.connect(lambda _place, field=field: self._choose(field))
            self.choices[field], self._samples[field] = choice, sample

    def _choose(self, field: str) -> None:
        self._chosen[field] = self.choices[field].currentData()
        taken = set(self._chosen[field])
        for other, places in list(self._chosen.items()):
            if other != field and taken & set(places):
                del self._chosen[other]
        self.changed.emit()
