"""One theme told: how many, how they speak of it, its share over time, their own words, and what was done."""

from __future__ import annotations

from typing import Any

from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Heading, KeepTogether, Text
from cvdesk.pdf.chart import trend
from cvdesk.pdf.structure import tagged
from cvdesk.pdf.text import draw_lines, lines
from cvdesk.themes import records_rank_words as words
from cvdesk.themes.records_report import Done, Part, Told
from cvdesk.wording import _, ngettext
from cvdesk.wording.figures import lever_name
from cvdesk.wording.numbers import day, stars, whole

_CHART = 96.0
_ENOUGH = 3  # a line of fewer points shows nothing a sentence does not
_LONGEST = 320  # characters of what one customer said; the rest is in the file
_INDENT = 12.0


def part_story(part: Part, headed: bool = True) -> list[Flowable]:
    """The theme's heading, sentences and chart together; then its words, which may go on over the page."""
    figure, row = part.row.figure, part.row
    head: list[Flowable] = []
    if headed:
        note = words.place_sentence(part.place) if part.place is not None else ""
        head = [Heading(figure.name, note, before=16, outline=1), Text(words.share_sentence(figure), styles.BODY)]
    head.append(Text(_about(part), styles.SMALL, before=3))
    if row.pain is not None:
        said = " ".join([words.pain_sentence(row.pain), words.affected_sentence(row.pain)]).strip()
        head.append(Text(said, styles.SMALL, before=3))
    head += _over_time(part)
    found: list[Flowable] = [KeepTogether(head)]
    quotes: list[Flowable] = [_Saying(told, _colour(part)) for told in part.said]
    if quotes:
        label = Text(_("In their own words"), styles.SUBHEADING, before=8, after=4, keep=True)
        quotes = [KeepTogether([label, quotes[0]]), *quotes[1:]]
    last = quotes.pop() if quotes else None
    acted = Text(_acted(part), styles.SMALL, before=4)
    return [*found, *quotes, acted if last is None else KeepTogether([last, acted])]


def _about(part: Part) -> str:
    """What part of value it belongs to, how it is spoken of, what is only suggested, what its words are."""
    figure = part.row.figure
    said = [
        _("Belongs to “{factor}”, part of {lever}.").format(factor=part.factor, lever=lever_name(figure.lever)),
        words.entries_sentence(figure),
        words.moods_sentence(part.row.moods),
    ]
    if change := words.change_words(part.row.change, figure.share):
        said.append(_("Against the period before: {change}.").format(change=change))
    if part.row.new:
        said.append(words.new_sentence(part.row))
    if part.words:
        said.append(_("Words that set it apart: {words}.").format(words=", ".join(part.words)))
    return " ".join(one for one in said if one)


def _over_time(part: Part) -> list[Flowable]:
    series = part.trend
    if series is None or sum(point.value is not None for point in series.points) < _ENOUGH:
        return []
    chart = trend(series, _CHART)
    chart.spaceBefore = 8
    return [chart, Text(series.sentence, styles.SMALL, before=3)]


def _acted(part: Part) -> str:
    """Complaints about it, and what was done."""
    if part.complaints:
        said = ngettext(
            "{count} complaint was about it.", "{count} complaints were about it.", part.complaints
        ).format(count=whole(part.complaints))  # fmt: skip
    else:
        said = _("No complaint was about it.")
    if not part.actions:
        return " ".join([said, _("No action has been noted for it.")])
    listed = "; ".join(_action(done) for done in part.actions)
    return " ".join([said, _("Actions: {actions}.").format(actions=listed)])


def _action(done: Done) -> str:
    state = {
        "idea": _("idea"), "planned": _("planned"), "started": _("started"), "done": _("done"),
    }[done.status]  # fmt: skip
    if done.day is None:
        return _("{action} ({state})").format(action=done.name, state=state)
    return _("{action} ({state}, {day})").format(action=done.name, state=state, day=day(done.day))


def _colour(part: Part) -> str:
    return styles.LEVER_COLOURS[part.row.figure.lever]


class _Saying(Flowable):  # type: ignore[misc]
    """What a customer said with a coloured line at its side, and quietly who and when."""

    def __init__(self, told: Told, colour: str) -> None:
        super().__init__()
        self.told, self.colour = told, colour
        self.spaceAfter = 7

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Words and the line below them."""
        self.width = width
        self.words = lines(_short(self.told.text), styles.SMALL, width - _INDENT)
        self.source = lines(_source(self.told), styles.TINY, width - _INDENT)
        self.height = len(self.words) * styles.SMALL.leading + len(self.source) * styles.TINY.leading + 2
        return width, self.height

    def draw(self) -> None:
        """Line, words, source."""
        canvas: Any = self.canv
        canvas.setFillColor(self.colour)
        canvas.roundRect(0, 1, 2, self.height - 2, 1, stroke=0, fill=1)
        with tagged(canvas, "BlockQuote"):
            draw_lines(canvas, self.words, styles.SMALL, _INDENT, self.height, self.width - _INDENT)
            below = len(self.source) * styles.TINY.leading + 1
            draw_lines(canvas, self.source, styles.TINY, _INDENT, below, self.width - _INDENT)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip() + " …"


def _source(told: Told) -> str:
    parts = [told.who, day(told.date), stars(told.rating), told.channel]
    return " · ".join(part for part in parts if part)
