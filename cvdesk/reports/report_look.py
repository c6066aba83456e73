"""The page of a monthly look: what was seen, what came of it, the one thing, and when the next look is due."""

from __future__ import annotations

from typing import Any

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Band, Drawing, Flowable, Heading, KeepTogether, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import draw
from cvdesk.reports.records_look import MOST_FINDINGS, Judged, State, following
from cvdesk.reports.store_look import Sheet
from cvdesk.reports.words_look import decision_name
from cvdesk.wording import _
from cvdesk.wording.numbers import day_long, month_long, whole

_SAID = Style(12.5, 18)
_INDENT = 22.0
_LINE = 30.0  # from one ruled line to the next, for writing by hand
_NOTES, _MORE_NOTES = 4, 7  # lines; the second where the whole page is for the pen


def as_pdf(found: Sheet, paper: str = "a4", left_out: frozenset[str] = frozenset()) -> bytes:
    """The page; the same look gives the same bytes. left_out: "effects" for what was judged."""
    around = furniture(
        found.letterhead, _("Monthly look"), found.today, paper,
        note=_("Next look: {month}, due from {day}.").format(
            month=month_long(following(found.month)), day=day_long(found.next)
        ),
        subject=_("What was seen in a month, and the one thing to do"),
    )  # fmt: skip
    return as_bytes(story(found, left_out), around)


def story(found: Sheet, left_out: frozenset[str] = frozenset()) -> list[Flowable]:
    """Findings, what was judged, the one thing; what was not decided leaves room for the pen."""
    state = found.look.state if found.look is not None else State()
    title = _("{month}: what we saw and what we do").format(month=month_long(found.month))
    parts: list[Flowable] = [Title(title, _("Monthly look"), after=6)]
    if found.look is None:
        parts.append(Text(
            _("Nothing was decided for this month yet. “Monthly look” on the Reports page fills this page in twenty "
              "minutes; or take a pen."),
            styles.NOTE, after=4,
        ))  # fmt: skip
    parts += _findings(state)
    if "effects" not in left_out and state.judged:
        parts += [Heading(_("Did it work?"), outline=1), *[part for one in state.judged for part in _judged(one)]]
    return [*parts, *_one(state), *_next(found)]


def _findings(state: State) -> list[Flowable]:
    parts: list[Flowable] = [Heading(_("What we saw"), outline=1)]
    figures = [*(one.figure for one in state.findings), ""]
    for place, said in enumerate(state.said):
        figure = figures[place] if place < len(state.findings) else ""
        number = _Numbered(whole(place + 1), said)
        parts.append(KeepTogether([number, Text(figure, styles.NOTE, indent=_INDENT)]) if figure else number)
    return parts if state.said else [*parts, *_ruled(2 * MOST_FINDINGS)]


def _judged(one: Judged) -> list[Flowable]:
    decision = decision_name(one.decision)
    line = f"{one.name} – {decision}" if decision else one.name
    return [KeepTogether([Text(line, styles.VALUE, before=4), Text(one.sentence or one.said, styles.BODY)])]


def _one(state: State) -> list[Flowable]:
    heading = Heading(_("The one thing"), outline=1)
    one = state.one
    if one is None:
        return [KeepTogether([heading, *_ruled(2)])]
    when = _("from {day}").format(day=day_long(one.start))
    who = _("{who}, {when}").format(who=one.who, when=when) if one.who else f"{when[:1].upper()}{when[1:]}"
    parts: list[Flowable] = [heading, Band(one.name, Style(15, 20, styles.TITLE.weight)), Text(who, _SAID, before=8)]
    if one.why:
        parts.append(Text(one.why, styles.NOTE, before=2))
    return [KeepTogether(parts)]


def _next(found: Sheet) -> list[Flowable]:
    said = _("We look again from {day} on: did it work?").format(day=day_long(found.next))
    return [
        KeepTogether(
            [Heading(_("How it went"), said, before=26), *_ruled(_MORE_NOTES if found.look is None else _NOTES)]
        )
    ]


def _ruled(count: int) -> list[Flowable]:
    def paint(canvas: Any, width: float, _height: float) -> None:
        canvas.setStrokeColor(styles.AXIS)
        canvas.setLineWidth(0.6)
        canvas.line(0, 4, width, 4)

    return [Drawing(_LINE, paint, alt=_("A line to write on")) for _number in range(count)]


class _Numbered(Text):
    """A sentence with its number before it."""

    def __init__(self, number: str, text: str) -> None:
        super().__init__(text, _SAID, before=8, indent=_INDENT)
        self._number = number

    def split(self, width: float, height: float) -> list[Flowable]:
        """A finding is never split."""
        return []

    def draw(self) -> None:
        """The number in the accent's colour, then the sentence."""
        draw(self.canv, self._number, _SAID.in_colour(styles.ACCENT), 0, self.height - 14)
        super().draw()
