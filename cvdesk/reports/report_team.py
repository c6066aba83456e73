"""The sheet for the staff's wall: one page in large type, as much of it as the page holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cvdesk.catalogue.report_furniture import furniture
from cvdesk.pdf import styles
from cvdesk.pdf.blocks import Flowable, Text, Title
from cvdesk.pdf.document import as_bytes
from cvdesk.pdf.fonts import SEMIBOLD
from cvdesk.pdf.structure import tagged
from cvdesk.pdf.styles import Style
from cvdesk.pdf.text import draw_lines, lines
from cvdesk.reports.records_team import TeamSheet, Words
from cvdesk.reports.records_team_names import first_name, first_name_and_letter
from cvdesk.wording import _, ngettext
from cvdesk.wording.numbers import day_short, span, whole

_HEAD = Style(14.5, 20, SEMIBOLD, styles.ACCENT)
_BODY = Style(13.5, 19.5)
_STRONG = Style(13.5, 19.5, SEMIBOLD)
_QUIET = Style(11, 15.5, colour=styles.QUIET)
_FIGURE = Style(15, 21)
_INDENT = 12.0
_FEW = 5  # pieces of feedback in a week: with fewer the sheet asks for more


def as_pdf(data: TeamSheet, paper: str = "a4", left_out: frozenset[str] = frozenset()) -> bytes:
    """The sheet; the same data gives the same bytes."""
    note = _("Customers by their first names.") if data.named else _("Customers' names are left out.")
    around = furniture(
        data.letterhead, _("For the team"), data.today, paper, note=note, subject=_("What customers said this week")
    )
    return as_bytes(story(data, left_out), around)


def story(data: TeamSheet, left_out: frozenset[str] = frozenset()) -> list[Flowable]:
    """The finding, the figure, then what is wrong, what is right, what was promised and what became better."""
    return [
        Title(_title(data), _("For the team"), after=6), Text(_about(data), _QUIET, after=10),
        *([Text(_figure(data), _FIGURE, after=2)] if data.entries else []), _OnePage(list(_parts(data, left_out))),
    ]  # fmt: skip


class _Part:
    """A heading with its lines, each in its style and so far from the left."""

    def __init__(self, heading: str, rows: Sequence[tuple[str, Style, float]]) -> None:
        self.heading, self.rows = heading, rows

    def height(self, width: float) -> float:
        tall = sum(
            len(lines(text, style, width - left)) * style.leading + _gap(self.rows, place)
            for place, (text, style, left) in enumerate(self.rows)
        )
        return 17 + _HEAD.leading + 3 + tall

    def paint(self, canvas: Any, top: float, width: float) -> float:
        y = top - 17
        y -= _drawn(canvas, self.heading, _HEAD, 0, y, width, "H2") + 3
        for place, (text, style, left) in enumerate(self.rows):
            y -= _drawn(canvas, text, style, left, y, width, "P") + _gap(self.rows, place)
        return y


def _gap(rows: Sequence[tuple[str, Style, float]], place: int) -> float:
    """Below a line: none before the name that belongs to it, more after that name."""
    if place + 1 < len(rows) and rows[place + 1][1] is _QUIET:
        return 0.0
    return 6.0 if rows[place][1] is _QUIET else 4.0


def _drawn(canvas: Any, text: str, style: Style, left: float, top: float, width: float, tag: str) -> float:
    rows = lines(text, style, width - left)
    with tagged(canvas, tag):
        draw_lines(canvas, rows, style, left, top, width - left)
    return len(rows) * style.leading


class _OnePage(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Parts one below the other; where the page has no room for all of their lines, the longest loses its last ones."""

    def __init__(self, parts: list[_Part]) -> None:
        super().__init__()
        self.parts = parts

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """No taller than the page."""
        while sum(part.height(width) for part in self.parts) > height - 1:
            longest = max(self.parts, key=lambda part: part.height(width))
            if len(longest.rows) > 1:
                longest.rows = longest.rows[:-1]
            else:
                self.parts.remove(longest)
        self.width, self.height = width, sum(part.height(width) for part in self.parts)
        return width, self.height

    def draw(self) -> None:
        """Part after part."""
        y = self.height
        for part in self.parts:
            y = part.paint(self.canv, y, self.width)


def _title(data: TeamSheet) -> str:
    trouble = data.trouble
    if not data.entries:
        return _("Nobody has told us anything yet this week")
    if trouble is not None and trouble.customers:
        return ngettext(
            "{theme}: {count} customer named it", "{theme}: {count} customers named it", trouble.customers
        ).format(theme=trouble.theme, count=whole(trouble.customers))
    if trouble is not None and trouble.theme:
        return _("What bothered customers most: {theme}").format(theme=trouble.theme)
    if data.problems:
        return ngettext("{count} problem to look at", "{count} problems to look at", data.problems).format(
            count=whole(data.problems))  # fmt: skip
    return _("No customer named a problem")


def _about(data: TeamSheet) -> str:
    words = span(data.period.start, data.period.end)
    if data.entries:
        said = ngettext("{period} · feedback {count} time", "{period} · feedback {count} times", data.entries)
        words = said.format(period=words, count=whole(data.entries))
    if data.shortened:
        return _("{words} · the last week of a longer period").format(words=words)
    return words


def _figure(data: TeamSheet) -> str:
    if not data.rated:
        return _("No stars were given.")
    return ngettext(
        "{pleased} of {count} rating was four or five stars.", "{pleased} of {count} ratings were four or five stars.",
        data.rated,
    ).format(pleased=whole(data.pleased), count=whole(data.rated))  # fmt: skip


def _parts(data: TeamSheet, left_out: frozenset[str]) -> Iterator[_Part]:
    if data.trouble is not None and not data.trouble.theme and "problems" not in left_out:
        yield _Part(_("What went wrong"), _said(data.trouble.words))
    elif data.trouble is not None and "problems" not in left_out:
        doing = [(_("What we do now: {action}").format(action=one), _STRONG, 0.0) for one in data.trouble.doing]
        nothing = [(_("Nothing is planned against it yet. What would you try?"), _STRONG, 0.0)]
        yield _Part(
            _("The problem named most"),
            [*(doing or nothing), *_said(data.trouble.words)],
        )
    if data.praise and "voices" not in left_out:
        yield _Part(_("What they liked"), _said(data.praise))
    if data.vows and "promises" not in left_out:
        yield _Part(_("Promises to keep"), [(_vow(data, place), _BODY, _INDENT) for place in range(len(data.vows))])
    if data.done and "changes" not in left_out:
        yield _Part(_("What has become better"), [(one, _BODY, _INDENT) for one in data.done])
    if data.entries < _FEW:
        yield _questions()
    if data.tallies and "tallies" not in left_out:
        counted = _(" · ").join(
            _("{name}: {count}").format(name=one.name, count=whole(one.week)) for one in data.tallies
        )
        yield _Part(_("Counted in seven days"), [(counted, _BODY, _INDENT)])


def _questions() -> _Part:
    """What anybody can ask at the counter, where nobody has said much."""
    asked = (
        _("“What could we do better?”"), _("“What do you like best here?”"),
        _("“Was there anything you could not find today?”"),
    )  # fmt: skip
    rows = [(one, _BODY, _INDENT) for one in asked]
    said = _("Three customers each, today. Note it as they say it, good or bad.")
    return _Part(_("Ask today"), [*rows, (said, _QUIET, _INDENT)])


def _said(words: Sequence[Words]) -> list[tuple[str, Style, float]]:
    found = []
    for one in words:
        found.append((_("“{words}”").format(words=one.text), _BODY, _INDENT))
        if name := first_name(one.name):  # on a line of its own: words and name may run in different directions
            found.append((name, _QUIET, _INDENT))
    return found


def _vow(data: TeamSheet, place: int) -> str:
    vow = data.vows[place]
    by = day_short(vow.by, data.today)
    words = _("{promise}, by {day}") if vow.by >= data.today else _("{promise}, was due {day}")
    said = words.format(promise=vow.text.rstrip("."), day=by)
    customer = first_name_and_letter(vow.customer)
    if vow.who and customer:
        return _("{who}, for {customer}: {promise}").format(who=vow.who, customer=customer, promise=said)
    if vow.who:
        return _("{who}: {promise}").format(who=vow.who, promise=said)
    return _("For {customer}: {promise}").format(customer=customer, promise=said) if customer else said
