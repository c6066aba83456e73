"""The card a comment is filed from: the customer's words, what it seems to be about, and what the keys do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cvdesk.kit.chips import Chip, Chips, Option
from cvdesk.kit.theme import MEDIUM, SMALL, TIGHT
from cvdesk.kit.theme import Theme as Look
from cvdesk.kit.widgets import (
    CARD_TITLE,
    NOTE,
    TEXT,
    TITLE,
    Card,
    Elided,
    Flow,
    Hairline,
    button,
    clear,
    column,
    label,
    line,
    scrolled,
    tooltip,
)
from cvdesk.themes.form_words import Words
from cvdesk.themes.records import Theme
from cvdesk.themes.records_filing import Draft, minutes_for
from cvdesk.themes.store_filing import Waiting
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import kind_name, lever_name
from cvdesk.wording.numbers import day_short, stars, whole

_SHORT = 220  # letters up to which words are shown large


class ReadingCard(Card):
    """One comment. `asked` names what the person wants ("yes", "none", "skip", "find"), with a theme where it has one.

    With a theme: "toggle", "main", "good", "bad", "without". `marked` carries words to file always.
    """

    asked = Signal(str, object)
    marked = Signal(str)

    def __init__(self, theme: Look, writable: bool) -> None:
        super().__init__(theme)
        self._theme, self._writable = theme, writable
        self.setAccessibleName(_("The comment to file"))
        head = line(MEDIUM)
        self.who = Elided(theme, "", TEXT, "quiet")
        self.left_over = label(theme, "", NOTE, tone="faint")
        head.addWidget(self.who, 1)
        head.addWidget(self.left_over)
        self.box.addLayout(head)
        inside = QWidget()
        inner = column(inside, MEDIUM, (0, 0, SMALL, 0))
        self._place = column(None, 0)
        inner.addLayout(self._place)
        self.always = button(theme, "", self._mark, "plain", "plus")
        self.always.hide()
        inner.addWidget(self.always)
        inner.addWidget(Hairline())
        self.about = label(theme, "", NOTE, strong=True, tone="faint")
        inner.addWidget(self.about)
        self.chips = Chips(theme)
        inner.addWidget(self.chips)
        self.hint = label(theme, "", NOTE, tone="quiet", wrap=True)
        inner.addWidget(self.hint)
        inner.addWidget(label(theme, _("The themes you use most"), NOTE, strong=True, tone="faint"))
        holder = QWidget()
        self._usual = Flow(TIGHT)
        holder.setLayout(self._usual)
        inner.addWidget(holder)
        inner.addStretch(1)
        self.box.addWidget(scrolled(inside), 1)
        self.box.addLayout(self._foot())
        self.words: Words | None = None
        self._shown: tuple[int, str] = (0, "")
        self._themes: Mapping[int, Theme] = {}

    def _foot(self) -> Flow:
        foot = Flow(SMALL)
        theme = self._theme
        for text, key, what, kind in (
            (_("File it"), _("Enter"), "yes", "main"), (_("None of these"), "N", "none", ""),
            (_("Another theme…"), "/", "find", ""), (_("Later"), "S", "skip", ""),
        ):  # fmt: skip
            made = button(theme, f"{text}  {key}", partial(self.asked.emit, what, None), kind, name=text)
            made.setToolTip(tooltip(_("Key: {key}").format(key=key)))
            made.setEnabled(self._writable or what == "skip")
            foot.addWidget(made)
        return foot

    def show_usual(self, themes: Sequence[Theme]) -> None:
        """Offers the themes used most, by their numbers."""
        self._usual.clear()
        for number, one in enumerate(themes, start=1):
            made = button(
                self._theme, f"{number}  {one.name}", partial(self.asked.emit, "toggle", one.id), "chip", name=one.name
            )
            made.setProperty("tone", one.lever)
            made.setToolTip(tooltip(_("Key: {key}").format(key=whole(number))))
            made.setEnabled(self._writable)
            self._usual.addWidget(made)

    def show_left(self, count: int) -> None:
        """Says how many are left and how long they take."""
        left = ngettext("{count} left", "{count} left", count).format(count=whole(count))
        minutes = minutes_for(count)
        if minutes > 60:
            self.left_over.setText(left)
            return
        long = ngettext("about {count} minute", "about {count} minutes", minutes).format(count=whole(minutes))
        self.left_over.setText(_("{left}, {long}").format(left=left, long=long))

    def show_entry(self, entry: Waiting, draft: Draft, themes: Mapping[int, Theme], today: date) -> None:
        """Shows an entry and what it will be filed under."""
        self._themes = themes
        if self._shown != (entry.id, entry.text):
            self._shown = (entry.id, entry.text)
            self._show_words(entry.text)
        parts = [
            entry.customer or _("Anonymous"), day_short(entry.date, today), entry.channel, kind_name(entry.kind),
            stars(entry.rating) if entry.rating is not None else "",
        ]  # fmt: skip
        self.who.set_whole(" · ".join(part for part in parts if part))
        known = [themes[one] for one in draft.themes if one in themes]
        self.chips.show_chips([self._chip(one, draft, place) for place, one in enumerate(known)])
        self.chips.setVisible(bool(known))
        self.about.setText(self._source(entry, draft, bool(known)))
        self.hint.setText(_hint(draft, bool(known)))

    def _show_words(self, text: str) -> None:
        clear(self._place)
        self.words = Words(self._theme, text, size=TITLE if len(text) <= _SHORT else CARD_TITLE)
        self.words.setAccessibleDescription(
            _("Mark words with Shift and the arrow keys, then press Enter to file them always.")
        )
        self.words.marked.connect(self._words_marked)
        self._place.addWidget(self.words)
        self._words_marked("", False)

    def _words_marked(self, passage: str, by_key: bool) -> None:
        short = " ".join(passage.split())
        self.always.setVisible(bool(short) and self._writable)
        offered = _("Always file “{words}” under a theme…").format(words=short)
        self.always.setText(offered.replace("&", "&&"))
        self.always.setAccessibleName(offered)
        if short and by_key and self._writable:
            self._mark()

    def _mark(self) -> None:
        if self.words is not None and self.words.passage():
            self.marked.emit(self.words.passage())

    def _source(self, entry: Waiting, draft: Draft, known: bool) -> str:
        if draft.picked:
            return _("What you say")
        if not known:
            return _("What it is about")
        sources = {
            "rule": _("Suggested by your rules"), "words": _("Suggested by the word list"),
            "model": _("Suggested by what you taught it"), "owner": _("Suggested"),
        }  # fmt: skip
        first = next((by for theme, by in entry.suggested if theme in self._themes), "owner")
        return sources[first]

    def _chip(self, theme: Theme, draft: Draft, place: int) -> Chip:
        moods = {"good": _("praise"), "bad": _("complaint")}
        mood = draft.mood(theme.id)
        text = f"{theme.name} → {lever_name(theme.lever)}"
        text = f"{text} · {moods[mood]}" if mood else text
        name = _("Theme") if draft.picked else _("Suggested theme")
        if place == 0 and len(draft.themes) > 1:
            name = _("Main theme")
        options: list[Option] = [
            (_("Only this one"), partial(self.asked.emit, "only", theme.id)),
            (_("It is the main theme"), partial(self.asked.emit, "main", theme.id)),
            (_("It is praise"), partial(self.asked.emit, "good", theme.id)),
            (_("It is a complaint"), partial(self.asked.emit, "bad", theme.id)),
            (_("It is not about this"), partial(self.asked.emit, "without", theme.id)),
        ]
        return Chip(name, text, theme.lever, not draft.picked, options if self._writable else ())


def _hint(draft: Draft, known: bool) -> str:
    if not known:
        return _("Choose with a number, or type the beginning of a theme's name.")
    if draft.picked and len(draft.picked) > 1:
        return _("Enter files it. The first is the main theme; M makes the next one the main one.")
    if draft.picked:
        return _("Enter files it. + says praise, − says complaint.")
    return _("Enter says yes. A number or a letter chooses something else.")


class BulkFiling(Card):
    """What can be done with several selected comments at once. `asked`: "confirm", "theme", "none" or "clear"."""

    asked = Signal(str)

    def __init__(self, theme: Look, writable: bool) -> None:
        super().__init__(theme)
        self.setAccessibleName(_("Several selected"))
        self.heading = label(theme, "", CARD_TITLE, strong=True)
        self.box.addWidget(self.heading)
        self.box.addWidget(
            label(theme, _("What you do here is done for all of them, in one step."), NOTE, tone="quiet", wrap=True)
        )
        self.confirm = button(theme, "", partial(self.asked.emit, "confirm"), "main")
        rows = [
            self.confirm, button(theme, _("File all under a theme…"), partial(self.asked.emit, "theme")),
            button(theme, _("About none of the themes"), partial(self.asked.emit, "none")),
        ]  # fmt: skip
        for made in rows:
            made.setEnabled(writable)
            self.box.addWidget(made)
        self.box.addStretch(1)
        foot = line(SMALL)
        foot.addWidget(button(theme, _("Clear the selection"), partial(self.asked.emit, "clear"), "plain"))
        foot.addStretch(1)
        self.box.addLayout(foot)

    def show_count(self, count: int) -> None:
        """Says how many are selected."""
        said = ngettext("{count} selected", "{count} selected", count).format(count=whole(count))
        self.heading.setText(said)
        words = ngettext("Confirm what is suggested for it", "Confirm what is suggested for all {count}", count)
        self.confirm.setText(words.format(count=whole(count)))
        self.confirm.setAccessibleName(self.confirm.text())


__all__ = ["BulkFiling", "ReadingCard"]
