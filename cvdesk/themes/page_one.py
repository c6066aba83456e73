"""Beside the ranking: one theme, how customers speak of it, what goes wrong with it, and their own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from cvdesk.kit.menus import menu_button, offer
from cvdesk.kit.quote import QuoteButton
from cvdesk.kit.side import SideContent, SidePanel
from cvdesk.kit.theme import Theme
from cvdesk.kit.widgets import NOTE, SMALL, TEXT, Flow, RowButton, column, label
from cvdesk.themes.learn import available
from cvdesk.themes.page_rank_table import draw_moods
from cvdesk.themes.records_rank import Moods, Ranked
from cvdesk.themes.records_rank_words import (
    affected_sentence,
    change_words,
    entries_sentence,
    level_sentence,
    moods_sentence,
    new_sentence,
    pain_sentence,
    share_sentence,
)
from cvdesk.themes.store_quotes import OneTheme, Quote
from cvdesk.wording import _, ngettext
from cvdesk.wording import figures as words
from cvdesk.wording.numbers import day_short, stars, whole

# What can be done with a theme, by name.
RENAME, MERGE, SPLIT, WORDS = "rename", "merge", "split", "words"


class MoodBar(QWidget):
    """Complaint against praise, drawn; the sentence beside it says the same."""

    def __init__(self, theme: Theme, moods: Moods) -> None:
        super().__init__()
        self._theme, self._moods = theme, moods
        self.setFixedHeight(theme.px(18))
        self.setAccessibleName(moods_sentence(moods))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_moods(painter, self._theme, QRectF(self.rect()), self._moods)
        painter.end()


class OnePanel(SidePanel):
    """What is behind the selected line. It says where the person wants to go; the view takes her there."""

    opened = Signal(str, object)  # a table and the id of a record, or what opens there
    # An id has more digits than an int of Qt's.
    feedback_wanted = Signal(object)
    complaints_wanted = Signal(object)
    guess_wanted = Signal(object)  # ids of quotes of which nobody has said how they are meant
    changed = Signal(str, object)  # one of RENAME ... and the theme's id

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("The theme"))
        self.theme_id: int | None = None
        self.ask_to_choose()

    def ask_to_choose(self) -> None:
        """Nothing is selected yet."""
        self.theme_id = None
        content = SideContent(self.theme, _("The theme"))
        content.add(label(self.theme, _("Choose a theme to see what customers say of it."), TEXT, wrap=True))
        content.box.addStretch(1)
        self.show_content(content, _("In their words"))

    def show_theme(
        self,
        row: Ranked,
        above: Ranked | None,
        found: OneTheme | None,
        today: date,
        guesses: Mapping[int, str] | None = None,
    ) -> None:
        """Shows a theme; without `found` what customers said is still being read.

        `guesses`: how the program thinks quotes are meant, by their ids; None where nobody has asked for it.
        """
        figure, held = row.figure, self.holds_focus()
        self.theme_id = figure.id
        content = SideContent(self.theme, figure.name)
        self._add_head(content, row, found)
        self._add_figures(content, row, above)
        self._add_links(content, row, found)
        if found is not None:
            self._add_quotes(content, found, today, guesses)
        self._add_manage(content, figure.id)
        content.box.addStretch(1)
        self.show_content(content, figure.name)
        if held:  # what had the keyboard has gone with what was shown before
            content.findChildren(RowButton)[0].setFocus()

    def _add_head(self, content: SideContent, row: Ranked, found: OneTheme | None) -> None:
        part = words.lever_name(row.figure.lever)
        said = part if found is None else _("{part} · {factor}").format(part=part, factor=found.factor)
        content.add(label(self.theme, said, NOTE, tone=row.figure.lever, wrap=True))

    def _add_figures(self, content: SideContent, row: Ranked, above: Ranked | None) -> None:
        figure = row.figure
        content.add(label(self.theme, share_sentence(figure), TEXT, wrap=True))
        quiet = [entries_sentence(figure), level_sentence(row, above), new_sentence(row)]
        content.add(label(self.theme, " ".join(part for part in quiet if part), NOTE, tone="quiet", wrap=True))
        if row.moods.customers:
            spoken = column(None, 2)
            spoken.addWidget(MoodBar(self.theme, row.moods))
            said = _("How these customers speak of it: {moods}").format(moods=moods_sentence(row.moods))
            spoken.addWidget(label(self.theme, said, NOTE, tone="quiet", wrap=True))
            content.add(spoken)
        if row.pain is not None:
            trouble = column(None, 2)
            trouble.addWidget(label(self.theme, pain_sentence(row.pain), TEXT, wrap=True))
            affected = affected_sentence(row.pain)
            if affected:
                trouble.addWidget(label(self.theme, affected, NOTE, tone="quiet", wrap=True))
            content.add(trouble)
        changed = change_words(row.change, figure.share)
        if changed:
            text = _("Against the period before: {change}.").format(change=changed)
            content.add(label(self.theme, text, NOTE if row.change and not row.change.clear else TEXT, wrap=True))

    def _add_links(self, content: SideContent, row: Ranked, found: OneTheme | None) -> None:
        figure = row.figure
        if figure.entries:
            text = ngettext("Show the piece of feedback", "Show the {n} pieces of feedback", figure.entries)
            content.add_link(
                text.format(n=whole(figure.entries)), "message-square-text",
                partial(self.feedback_wanted.emit, figure.id),
            )  # fmt: skip
        if found is not None and found.complaints:
            text = ngettext("Show the complaint", "Show the {n} complaints", found.complaints)
            content.add_link(
                text.format(n=whole(found.complaints)), "circle-alert", partial(self.complaints_wanted.emit, figure.id)
            )
        content.add_link(
            _("See it over time"), "chart-line", partial(self.opened.emit, "series", f"theme:{figure.theme}")
        )
        content.add_link(
            _("Make this an action"), "target",
            partial(self.opened.emit, "actions", ("make", ("themes", figure.id))),
        )  # fmt: skip
        if figure.customers_suggested:
            content.add_link(
                _("Confirm what is suggested"), "check", partial(self.opened.emit, "themes", ("view", "file"))
            )

    def _add_quotes(
        self, content: SideContent, found: OneTheme, today: date, guesses: Mapping[int, str] | None
    ) -> None:
        if found.words:
            content.add_heading(_("Words they use"))
            flow = Flow(SMALL)
            for word in found.words:
                flow.addWidget(label(self.theme, word, NOTE, tone="quiet"))
            content.add(flow)
        for heading, quotes in ((_("Typical words"), found.typical), (_("Latest words"), found.newest)):
            if quotes:
                content.add_heading(heading)
            for quote in quotes:
                content.box.addWidget(self._quote(quote, today, (guesses or {}).get(quote.id, "")))
        unrated = [quote.id for quote in (*found.typical, *found.newest) if quote.rating is None]
        if unrated and guesses is None and available():
            content.add_link(
                _("Guess how those without stars are meant"), "sparkles", partial(self.guess_wanted.emit, unrated)
            )

    def _quote(self, quote: Quote, today: date, guess: str) -> QuoteButton:
        said = _("“{words}”").format(words=" ".join(quote.text.split()))
        guessed = {"good": _("program’s guess: praise"), "bad": _("program’s guess: complaint")}.get(guess, "")
        parts = (stars(quote.rating), day_short(quote.date, today), quote.channel, guessed)
        below = " · ".join(part for part in parts if part)
        made = QuoteButton(self.theme, said, below)
        made.clicked.connect(lambda: self.opened.emit("entries", quote.id))
        return made

    def _add_manage(self, content: SideContent, theme_id: int) -> None:
        def fill(menu: QMenu) -> None:
            for name, text in (
                (RENAME, _("Rename…")), (WORDS, _("Words that suggest it…")),
                (MERGE, _("Merge into another theme…")), (SPLIT, _("Split…")),
            ):  # fmt: skip
                offer(menu, text, _emitter(self.changed.emit, name, theme_id))

        content.add(menu_button(self.theme, _("Change this theme"), _("Change this theme"), fill))


def _emitter(emit: Callable[[str, object], None], name: str, theme_id: int) -> Callable[[], None]:
    return lambda: emit(name, theme_id)


__all__ = ["MERGE", "RENAME", "SPLIT", "WORDS", "MoodBar", "OnePanel"]
